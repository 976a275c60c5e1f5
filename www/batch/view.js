// The state of a batch → DOM, its rows apart.

import { mustFind } from '../dom.js';
import { state } from '../state.js';
import * as words from '../words.js';
import { batch, tally } from './state.js';

export function renderBatch() {
  const { asked, rows, listed, working, note } = batch;
  mustFind('#step-many').hidden = asked.length === 0;
  document.documentElement.toggleAttribute('data-asked', asked.length > 0);
  mustFind('#apart').hidden = state.batch || state.given.length < 2;
  mustFind('#many-title').textContent = words.say('many.title', { n: asked.length });
  document.documentElement.toggleAttribute('data-batch', state.batch);
  mustFind('#step-batch').hidden = !state.batch;

  const { done, refused, partly, failed, working: going } = tally(rows);
  const parts = [words.say('count.files', { n: rows.length })];
  if (done) parts.push(words.say('batch.done', { n: done }));
  if (refused) parts.push(words.say('batch.refused', { n: refused }));
  if (going) parts.push(words.say('batch.working', { n: going }));
  if (partly) parts.push(words.say('batch.partly', { n: partly }));
  if (failed) parts.push(words.say('batch.failed', { n: failed }));
  show('#batch-count', parts.join(' · '));
  show('#batch-listed', lists(listed));

  const unfinished = failed + partly;
  mustFind('.batch-failed-only').toggleAttribute('data-none', unfinished === 0);
  mustFind('#batch-retry').hidden = working || unfinished === 0 || !state.offer;
  mustFind('#batch-together').hidden = working;

  if (state.batch) {
    const none = done + refused + partly === 0;
    const title = none ? words.say('batch.report-ready') : parts.slice(1).join(' · ');
    show('#made-title', state.changed ? words.say('made.earlier') : title);
  }
  mustFind('#batch-note').hidden = !state.batch || note === '';
  show('#batch-note', note);
}

/** @param {import('./types').Batch['listed']} listed */
function lists({ shared, files, strange }) {
  const parts = [];
  if (shared) parts.push(words.say('batch.passwords', { n: shared }));
  if (files) parts.push(words.say('batch.own-passwords', { n: files }));
  if (strange) parts.push(words.say('batch.strange', { n: strange }));
  return parts.join(' · ');
}

/**
 * @param {string} selector
 * @param {string} text
 */
function show(selector, text) {
  const node = mustFind(selector);
  if (node.textContent !== text) node.textContent = text;
}
