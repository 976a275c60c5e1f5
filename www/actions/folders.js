// Folders: a dropped one is walked through, and each file in it is called by its path from there.
//
// A trap: in a page opened from a folder Chromium lists what a dropped folder holds with the older interface
// (webkitGetAsEntry) and then gives no file of it; with the newer one (getAsFileSystemHandle), which the other browsers
// lack, it does.

/** @type {WeakMap<File, string>} */
const paths = new WeakMap();

/** @typedef {{ kind: string, name: string, getFile(): Promise<File>, values(): AsyncIterable<Handle> }} Handle */

/**
 * What a file is called: with the folders it came in, where it came in one.
 * @param {File} file
 */
export function pathOf(file) {
  return paths.get(file) || file.webkitRelativePath || file.name;
}

/**
 * What systems hide is no file a person means: .DS_Store, .git.
 * @param {File} file
 */
export function seen(file) {
  return !/(^|\/)\./.test(file.webkitRelativePath);
}

/**
 * The files that were dropped, those inside dropped folders too.
 * @param {DataTransfer} transfer
 * @returns {Promise<File[]>}
 */
export async function dropped(transfer) {
  const plain = [...transfer.files];
  // Both have to be asked for before the first wait: then the browser empties the transfer.
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map(item => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some(entry => entry?.isDirectory)) return plain;
  const handles = items.map(item => /** @type {any} */ (item).getAsFileSystemHandle?.());
  try {
    const files = handles.every(Boolean)
      ? await Promise.all(handles.map(async handle => walkHandle(await handle, '')))
      : await Promise.all(entries.map(entry => (entry ? walkEntry(entry) : [])));
    return files.flat();
  } catch {
    // The folder then stands in the list, and says that it cannot be read.
    return plain;
  }
}

/**
 * @param {Handle} handle
 * @param {string} folder
 * @returns {Promise<File[]>}
 */
async function walkHandle(handle, folder) {
  const path = folder + handle.name;
  if (handle.kind === 'file') return [called(await handle.getFile(), path)];
  const files = [];
  for await (const inside of handle.values()) {
    if (!hidden(inside.name)) files.push(...(await walkHandle(inside, `${path}/`)));
  }
  return files;
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<File[]>}
 */
async function walkEntry(entry) {
  if (entry.isFile) {
    const { file } = /** @type {FileSystemFileEntry} */ (entry);
    const handle = await new Promise((resolve, reject) => file.call(entry, resolve, reject));
    return [called(handle, entry.fullPath.slice(1))];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const files = [];
  // It lists a hundred at a time, and an end.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const inside = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (inside.length === 0) return files;
    for (const one of inside) if (!hidden(one.name)) files.push(...(await walkEntry(one)));
  }
}

/**
 * @param {File} file
 * @param {string} path
 */
function called(file, path) {
  paths.set(file, path);
  return file;
}

/** @param {string} name */
function hidden(name) {
  return name.startsWith('.');
}
