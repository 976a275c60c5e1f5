// Files out: bytes that the worker made, behind links that only this page knows.

/**
 * The bytes put behind a link.
 * @template {{ media_type: string }} T
 * @param {T & { bytes: ArrayBuffer }} file
 */
export function linked({ bytes, ...file }) {
  return { ...file, link: URL.createObjectURL(new Blob([bytes], { type: file.media_type })) };
}

/**
 * What the worker made, its bytes put behind links.
 * @param {import('./types').Made} made
 * @param {Pick<import('./types').Offer, 'choices' | 'kind' | 'generated'>} how
 * @returns {import('./types').Offer}
 */
export function offer(made, how) {
  return { ...made, files: made.files.map(linked), archive: linked(made.archive), ...how };
}

/** Each link of a file that was saved, and the timer that ends it. @type {Map<string, number>} */
const saved = new Map();

/**
 * Saves a file to the downloads.
 * @param {string} name
 * @param {BlobPart[]} parts
 * @param {string} type
 */
export function save(name, parts, type) {
  const link = document.createElement('a');
  const url = URL.createObjectURL(new Blob(parts, { type }));
  // Later: Safari reads the blob only after the click is over.
  saved.set(url, setTimeout(() => drop(url), 60_000));
  link.href = url;
  link.download = name;
  link.click();
}

/** Forgets what was saved. */
export function endSaved() {
  for (const url of [...saved.keys()]) drop(url);
}

/** @param {string} url */
function drop(url) {
  clearTimeout(saved.get(url));
  saved.delete(url);
  URL.revokeObjectURL(url);
}

/** @param {({ link: string } | undefined)[]} files whose bytes the browser need not keep any longer */
export function withdraw(files) {
  for (const file of files) if (file) URL.revokeObjectURL(file.link);
}
