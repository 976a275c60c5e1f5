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
  const many = words.count(files.length, 'file');
  if (!view) return `Opening ${many}.`;
  const ids = new Set(files.map(({ id }) => id));
  const open = view.files.filter(({ id, state }) => ids.has(id) && state === 'open').length;
  return open === files.length ? `All ${many} are open.` : `${open.toLocaleString('en')} of ${many} are open.`;
}

/**
 * @param {import('../types').Given} file
 * @param {import('../types').View | null} view
 */
function sentence({ id, name, error }, view) {
  const seen = view?.files.find(file => file.id === id);
  const trouble = error ?? seen?.error;
  if (trouble) return `${name}: ${trouble.message}.`;
  return view && seen ? `${name} is open: ${summary(seen.holds) || 'nothing inside'}.` : `Opening ${name}.`;
}
