// The rows that are shown, as a file that a person keeps.

import { ask } from '../worker/converter.js';

/** @typedef {import('./contract').Kind} Kind */

/** @type {Record<Kind, [string, string]>} */
const files = {
  csv: ['certificates.csv', 'text/csv'],
  ics: ['certificate-reminders.ics', 'text/calendar'],
  json: ['certificates.json', 'application/json'],
};

/**
 * @param {Kind} kind
 * @param {import('./contract').Glance} glance
 */
export async function save(kind, { shown, at }) {
  const rows = shown.map(({ row }) => row.sha256);
  const bytes = await ask('glance_file', { kind, at, rows });
  const [name, type] = files[kind];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  // Later: Safari reads the blob only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}
