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
 * @returns {import('./types').Offer}
 */
export function offer(made) {
  return { ...made, files: made.files.map(linked), archive: linked(made.archive) };
}

/** @param {({ link: string } | undefined)[]} files whose bytes the browser need not keep any longer */
export function withdraw(files) {
  for (const file of files) if (file) URL.revokeObjectURL(file.link);
}
