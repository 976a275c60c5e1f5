// What the live region says about files: the sentences a sighted person reads off the list.

import { summary } from './entries.js';

/**
 * @param {import('./contract').Given[]} files the ones it is about
 * @param {import('./contract').View | null} view
 */
export function news(files, view) {
  return files.map(file => sentence(file, view)).join(' ');
}

/**
 * @param {import('./contract').Given} file
 * @param {import('./contract').View | null} view
 */
function sentence({ id, name, error }, view) {
  const seen = view?.files.find(file => file.id === id);
  const trouble = error ?? seen?.error;
  if (trouble) return `${name}: ${trouble.message}.`;
  return view && seen ? `${name} is open: ${summary(seen.holds) || 'nothing inside'}.` : `Opening ${name}.`;
}
