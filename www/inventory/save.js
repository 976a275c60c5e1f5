// The rows that are shown, as a file that a person keeps.

import { save } from '../links.js';
import { ask } from '../worker/converter.js';

/** @typedef {import('./types').TableFormat} Kind */

/** @type {Record<Kind, [string, string]>} */
const files = {
  csv: ['certificates.csv', 'text/csv'],
  ics: ['certificate-reminders.ics', 'text/calendar'],
  json: ['certificates.json', 'application/json'],
};

/**
 * @param {Kind} kind
 * @param {import('./types').Inventory} inventory
 */
export async function saveTable(kind, { shown, at }) {
  const rows = shown.map(({ row }) => row.sha256);
  const bytes = await ask('inventory_file', { kind, at, rows });
  const [name, type] = files[kind];
  save(name, [bytes], type);
  return name;
}
