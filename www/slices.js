// Thousands of things a few at a time, so that the page answers in between.

const SLICE = 25;

/**
 * @template T
 * @param {T[]} things
 */
export function slices(things) {
  const starts = Array.from({ length: Math.ceil(things.length / SLICE) }, (_, index) => index * SLICE);
  return starts.map(start => things.slice(start, start + SLICE));
}

/** Lets the browser draw, and hear the person. */
export function pause() {
  return new Promise(done => setTimeout(done));
}
