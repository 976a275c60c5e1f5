// The state of a batch → DOM, its rows apart.

import { mustFind } from '../dom.js';
import { state } from '../state.js';
import * as words from '../words.js';
import { batch, tally } from './state.js';

export function renderBatch() {
  const { asked, rows, listed, working, note } = batch;
  mustFind('#step-many').hidden = asked.length === 0;
  mustFind('#many-title').textContent = `You gave ${words.count(asked.length, 'file')} at once`;
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
  say('#batch-listed', lists(listed));

  const unfinished = failed + partly;
  mustFind('.batch-failed-only').toggleAttribute('data-none', unfinished === 0);
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

/** @param {import('./types').Batch['listed']} listed */
function lists({ shared, files, strange }) {
  const parts = [];
  if (shared) parts.push(`${words.count(shared, 'password')} to try on every file`);
  if (files) parts.push(`${words.count(files, 'file')} with a password of its own`);
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
