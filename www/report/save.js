// Saves a report of what was converted.

import { read } from '../actions/files.js';
import { mustFind } from '../dom.js';
import { save } from '../links.js';
import { announce, state } from '../state.js';
import { say } from '../words.js';
import { ask } from '../worker/converter.js';
import { report } from './contents.js';
import { asHtml, asText } from './write.js';

/** As text it begins with the mark by which Windows knows UTF-8. */
const kinds = {
  html: { write: asHtml, type: 'text/html', mark: '' },
  txt: { write: asText, type: 'text/plain', mark: '\ufeff' },
};

/** @param {HTMLElement} button */
export async function saveReport({ dataset }) {
  const kind = /** @type {keyof typeof kinds} */ (dataset.kind);
  const { write, type, mark } = kinds[kind];
  // What is shown now, whatever changes while the files are read.
  const now = { ...state };
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const text = write(report(now, build(), await digests(now.given), at));
  const name = `keyferry-report-${at.slice(0, 10)}.${kind}`;
  save(name, [mark, text], type);
  announce(say('inventory.saved', { name }));
}

/** What About says of this page. @returns {import('./types').Fact[]} */
function build() {
  return [...document.querySelectorAll('#about [data-build]')].map(row => [
    mustFind('dt', row).textContent ?? '',
    mustFind('dd', row).textContent ?? '',
  ]);
}

/**
 * SHA-256 of the files that can still be read.
 * @param {import('../types').Given[]} files
 */
async function digests(files) {
  /** @type {Map<number, string>} */
  const found = new Map();
  for (const file of files) {
    if (file.error) continue;
    const bytes = await read(file).catch(() => null);
    if (bytes) found.set(file.id, await ask('sha256', { bytes }, { transfer: [bytes] }));
  }
  return found;
}
