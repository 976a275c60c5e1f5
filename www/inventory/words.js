// What the table says of a row, in words.

import * as words from '../words.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('./types').Status} Status */

/** Worst first. @type {Status[]} */
export const ranks = [
  'revoked', 'expired', 'not-yet-valid', 'unknown', 'expiring-30', 'expiring-60', 'expiring-90', 'valid',
];

/** @param {Row} row */
export function status({ status }) {
  return words.say(`status.${status}`);
}

/** What a filter is called: as the status it shows, where it is one. @param {string} filter */
export function filterName(filter) {
  const own = /** @type {const} */ ({ all: 'inventory.all', weak: 'inventory.weak', changed: 'inventory.changed' });
  return filter in own ? words.say(own[/** @type {keyof typeof own} */ (filter)]) : words.named('status', filter);
}

/** @param {Row} row */
export function urgency({ status }) {
  if (status === 'valid') return 'fine';
  return status.startsWith('expiring') ? 'warning' : 'error';
}

/** @param {Row} row */
export function weakness({ weak }) {
  return weak.length ? words.say('inventory.weakness', { reasons: weak.join(', ') }) : '';
}

/** @param {Row} row */
export function change({ seen, was }) {
  if (seen === 'new') return words.say('inventory.new');
  const before = was ? words.say('inventory.was', { status: words.say(`status.${was}`) }) : '';
  return [seen === 'missing' ? words.say('inventory.missing') : '', before].filter(Boolean).join('; ');
}

/** @param {Row} row */
export function left({ days_left, expired }) {
  if (days_left === null) return '';
  if (!expired) return String(days_left);
  return days_left === 0 ? words.say('inventory.expired-today') : words.say('inventory.ago', { n: -days_left });
}

/** @param {Row} row */
export function expiry({ not_after }) {
  return not_after ? words.day(not_after) : words.say('inventory.unknown');
}

/** @param {Row} row */
export function privateKey({ private_key }) {
  return private_key.join(', ') || words.say('inventory.no-key');
}

/**
 * What changed since a table was saved, as one sentence.
 * @param {string} since
 * @param {Row[]} rows
 */
export function changes(since, rows) {
  const count = (/** @type {(row: Row) => unknown} */ which) => rows.filter(which).length;
  const parts = [
    [count(({ seen }) => seen === 'new'), 'inventory.since.new', ''],
    [count(({ seen }) => seen === 'missing'), 'inventory.since.missing', ''],
    ...ranks.map(rank => /** @type {const} */ ([
      count(({ seen, was, status }) => seen !== 'new' && was && status === rank), 'inventory.since.status', words.say(`status.${rank}`),
    ])),
  ];
  const said = parts.filter(([n]) => n).map(([n, code, status]) => words.say(/** @type {words.Code} */ (code), { n, status }));
  return words.say('inventory.since', { day: words.day(since), changes: said.join(' · ') || words.say('inventory.since.none') });
}
