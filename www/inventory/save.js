// The rows that are shown, as a file that a person keeps.

import { ask } from '../worker/converter.js';

/** @typedef {import('./types').TableFormat} Kind */

/** @type {Record<Kind, [string, string]>} */
const files = {
  csv: ['certificates.csv', 'text/csv'],
  ics: ['certificate-reminders.ics', 'text/calendar'],
  json: ['certificates.json', 'application/json'],
};

/** Each link, and the timer that ends it. @type {Map<string, number>} */
const links = new Map();

/**
 * @param {Kind} kind
 * @param {import('./types').Inventory} inventory
 */
export async function save(kind, { shown, at }) {
  const rows = shown.map(({ row }) => row.sha256);
  const bytes = await ask('inventory_file', { kind, at, rows });
  const [name, type] = files[kind];
  const link = document.createElement('a');
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  // Later: Safari reads the blob only after the click is over.
  links.set(url, setTimeout(() => drop(url), 60_000));
  link.href = url;
  link.download = name;
  link.click();
  return name;
}

/** Forgets what was saved. */
export function end() {
  for (const url of [...links.keys()]) drop(url);
}

/** @param {string} url */
function drop(url) {
  clearTimeout(links.get(url));
  links.delete(url);
  URL.revokeObjectURL(url);
}
