// The state of a batch. The texts of password lists stand in it, since they came as files; what is typed stays in its field.

import { holder } from '../state.js';

/** @typedef {import('./types').Row} Row */

export const { state: batch, update, subscribe } = holder(() => /** @type {import('./types').Batch} */ ({
  asked: [],
  rows: [],
  lists: [],
  listed: { shared: 0, files: 0, strange: 0 },
  working: false,
  note: '',
}));

/** @type {((row: Row) => void)[]} */
const listeners = [];

/**
 * Thousands of rows change one by one; each is told on its own.
 * @param {Row} row
 * @param {Partial<Row>} changes
 */
export function put(row, changes) {
  Object.assign(row, changes);
  for (const listener of listeners) listener(row);
}

/** @param {(row: Row) => void} listener */
export function hearRows(listener) {
  listeners.push(listener);
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
