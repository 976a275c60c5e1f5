// The state of a batch → DOM, its rows apart.

import { mustFind } from '../dom.js';
import { state } from '../state.js';
import * as words from '../words.js';

/** @typedef {import('./contract').Row} Row */

const failedOnly = /** @type {HTMLInputElement} */ (mustFind('#batch-failed-only'));

/**
 * @param {{ asked: number, rows: Row[], passwords: import('./contract').Passwords, working: boolean, note: string }} batch
 */
export function render({ asked, rows, passwords, working, note }) {
  mustFind('#step-many').hidden = asked === 0;
  mustFind('#many-title').textContent = `You gave ${words.count(asked, 'file')} at once`;
  document.documentElement.toggleAttribute('data-batch', state.batch);
  mustFind('#step-batch').hidden = !state.batch;

  const { done, refused, partly, failed, working: going } = tally(rows);
  const parts = [words.count(rows.length, 'file')];
  if (done) parts.push(`${done.toLocaleString('en')} done`);
  if (refused) parts.push(`${refused.toLocaleString('en')} will be refused`);
  if (going) parts.push(`${going.toLocaleString('en')} at work`);
  if (partly) parts.push(`${partly.toLocaleString('en')} partly done`);
  if (failed) parts.push(`${failed.toLocaleString('en')} failed`);
  say('#batch-count', parts.join(' · '));
  say('#batch-listed', listed(passwords));

  const unfinished = failed + partly;
  /** @type {HTMLElement} */ (failedOnly.parentElement).hidden = unfinished === 0 && !failedOnly.checked;
  mustFind('#batch-retry').hidden = working || unfinished === 0 || !state.offer;
  mustFind('#batch-together').hidden = working;

  if (state.batch) {
    const none = done + refused + partly === 0;
    const some = `Your files are made, but your system will refuse ${words.count(refused, 'file')} of ${rows.length.toLocaleString('en')}`;
    say('#made-title', none ? 'Your report is ready' : refused ? some : 'Your files are ready');
    const used = state.review?.password.used ? ', with its new password where it has one,' : '';
    say('#checked', none ? '' : `Each file was opened again${used} and compared with what you gave.`);
  }
  mustFind('#batch-note').hidden = !state.batch || note === '';
  say('#batch-note', note);
}

/**
 * @param {Row[]} rows
 * @returns {Record<Row['state'], number>} how many are in each state
 */
export function tally(rows) {
  const counts = { waiting: 0, working: 0, done: 0, refused: 0, partly: 0, failed: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}

/** @param {import('./contract').Passwords} passwords */
function listed({ shared, of, strange }) {
  const parts = [];
  if (shared.length) parts.push(`${words.count(shared.length, 'password')} to try on every file`);
  if (of.size) parts.push(`${words.count(of.size, 'file')} with a password of its own`);
  if (strange) parts.push(`${words.count(strange, 'line')} for files that are not here`);
  return parts.join(' · ');
}

/**
 * @param {string} selector
 * @param {string} text
 */
function say(selector, text) {
  const node = mustFind(selector);
  if (node.textContent !== text) node.textContent = text;
}

failedOnly.addEventListener('change', () => {
  mustFind('#batch-rows').toggleAttribute('data-failed-only', failedOnly.checked);
});
