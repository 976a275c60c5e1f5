// Thousands of things a few at a time, so that the page answers in between.

const SLICE = 25;

/** In milliseconds: a fifth of what is called a long task, since a busy machine makes everything longer. */
const TASK = 10;

/**
 * @template T
 * @param {T[]} things
 */
export function slices(things) {
  const starts = Array.from({ length: Math.ceil(things.length / SLICE) }, (_, index) => index * SLICE);
  return starts.map(start => things.slice(start, start + SLICE));
}

/**
 * The same where one thing may take a hundred times as long as another.
 * @template T, R
 * @param {T[]} things
 * @param {(thing: T) => R} work
 */
export async function patiently(things, work) {
  const results = [];
  let since = performance.now();
  for (const thing of things) {
    if (performance.now() - since > TASK) {
      await pause();
      since = performance.now();
    }
    results.push(work(thing));
  }
  return results;
}

/** Lets the browser draw, and hear the person. */
export function pause() {
  return new Promise(done => setTimeout(done));
}
