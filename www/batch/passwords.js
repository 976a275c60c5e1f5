// A list of passwords: one a line, or as a spreadsheet writes it: CSV (RFC 4180) of file and password.
//
// A trap: a password may have commas and quotes in it, so a list is CSV only where its name or its first line says so.

/** @typedef {import('./types').Passwords} Passwords */

/**
 * What a file is known by in such a list: its path, or its name alone. Case and the way accents are composed differ
 * between systems.
 * @param {string} name
 */
export function plain(name) {
  return name.normalize('NFC').toLowerCase().trim();
}

/** @param {string} path */
export function baseName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Whether a file among others is the list of their passwords.
 * @param {string} path
 */
export function isList(path) {
  return /^passwords?\.(csv|txt)$/i.test(baseName(path));
}

/**
 * @param {Blob} file
 * @returns {Promise<string>}
 */
export async function listText(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Excel calls CSV without more words is in the code page of Windows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * @param {string} text
 * @param {string[]} files the paths of all that are here
 * @param {boolean} [named] whether the list's own name says that it is CSV
 * @returns {Passwords}
 */
function readList(text, files, named = false) {
  const all = text.replace(/^\ufeff/, '');
  const known = new Set(files.flatMap(path => [plain(path), plain(baseName(path))]));
  const comma = /^[^,\r\n]*;/.test(all) ? ';' : ',';
  const records = cells(all, comma);
  const [first = []] = records;
  const header = /^files?(name)?$/.test(plain(first[0] ?? '')) && /^passwords?$/.test(plain(first[1] ?? ''));
  const csv = named || header || (first.length > 1 && known.has(plain(first[0] ?? '')));
  if (!csv) return { shared: all.split(/\r\n|\r|\n/).filter(Boolean), of: new Map(), strange: 0 };

  /** @type {Passwords} */
  const found = { shared: [], of: new Map(), strange: 0 };
  for (const [file = '', password] of header ? records.slice(1) : records) {
    const name = plain(file);
    if (password === undefined) {
      // A line of one cell is a password for all.
      if (file) found.shared.push(file);
    } else if (!name) found.shared.push(password);
    else {
      if (!known.has(name)) found.strange++;
      found.of.set(name, [...(found.of.get(name) ?? []), password]);
    }
  }
  return found;
}

/**
 * Several lists as one.
 * @param {{ text: string, csv: boolean }[]} lists `csv` where the list's own name says so
 * @param {string[]} files
 * @returns {Passwords}
 */
export function readLists(lists, files) {
  const all = lists.map(({ text, csv }) => readList(text, files, csv));
  return {
    shared: all.flatMap(({ shared }) => shared),
    of: new Map(all.flatMap(({ of }) => [...of])),
    strange: all.reduce((sum, { strange }) => sum + strange, 0),
  };
}

/**
 * What to try on a file: its own first, then those for all, the one that fitted last before the others.
 * @param {Passwords} list
 * @param {string} path
 * @param {string | null} last
 */
export function toTry({ shared, of }, path, last) {
  const own = [...(of.get(plain(path)) ?? []), ...(of.get(plain(baseName(path))) ?? [])];
  const likely = last !== null && shared.includes(last) ? [last] : [];
  return [...new Set([...own, ...likely, ...shared])];
}

/**
 * RFC 4180: quotes around what holds a comma, a line's end or a quote, which then stands twice.
 * @param {string} text
 * @param {string} comma
 * @returns {string[][]} without empty lines
 */
export function cells(text, comma) {
  const records = [];
  let record = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
        // Of two quotes the second.
        if (text[at] === '"') at++;
        cell += text[at++];
      }
      at++;
    }
    while (at < text.length && text[at] !== comma && text[at] !== '\r' && text[at] !== '\n') cell += text[at++];
    record.push(cell);
    const more = text[at] === comma;
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    // A comma at the very end has an empty cell behind it.
    if (more && at >= text.length) record.push('');
    if (more) continue;
    if (record.some(Boolean)) records.push(record);
    record = [];
  }
  if (record.some(Boolean)) records.push(record);
  return records;
}
