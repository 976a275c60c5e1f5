// What the live region says about files: the sentences a sighted person reads off the list.

import { summary } from '../entries.js';
import * as words from '../words.js';

/** Nobody listens to more names than this. */
const SPOKEN = 8;

/**
 * @param {import('../types').Given[]} files the ones it is about
 * @param {import('../types').View | null} view
 */
export function news(files, view) {
  if (files.length > SPOKEN) return crowd(files, view);
  return files.map(file => sentence(file, view)).join(' ');
}

/**
 * @param {import('../types').Given[]} files
 * @param {import('../types').View | null} view
 */
function crowd(files, view) {
  if (!view) return words.say('files.opening', { n: files.length });
  const ids = new Set(files.map(({ id }) => id));
  const open = view.files.filter(({ id, state }) => ids.has(id) && state === 'open').length;
  const all = words.say('count.files', { n: files.length });
  return open === files.length ? words.say('files.open', { n: open }) : words.say('files.some-open', { n: open, all });
}

/**
 * @param {import('../types').Given} file
 * @param {import('../types').View | null} view
 */
function sentence({ id, name, error }, view) {
  const seen = view?.files.find(file => file.id === id);
  const trouble = error ?? seen?.error;
  if (trouble) return words.say('file.trouble', { name, message: trouble.message });
  const contents = seen && (summary(seen.holds) || words.say('file.empty'));
  return view && contents ? words.say('file.open', { name, contents }) : words.say('file.opening', { name });
}
