// What the table says of a row, in words.

import * as words from '../words.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('./types').Status} Status */

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Worst first. @type {Status[]} */
export const ranks = [
  'revoked', 'expired', 'not-yet-valid', 'unknown', 'expiring-30', 'expiring-60', 'expiring-90', 'valid',
];

/** @type {Record<Status, string>} */
const statuses = {
  revoked: 'Revoked',
  expired: 'Expired',
  'not-yet-valid': 'Not yet valid',
  unknown: 'Validity unknown',
  'expiring-30': 'Expires within 30 days',
  'expiring-60': 'Expires within 60 days',
  'expiring-90': 'Expires within 90 days',
  valid: 'Valid',
};

/** @param {Row} row */
export function status({ status }) {
  return statuses[status];
}

/** @param {Row} row */
export function urgency({ status }) {
  if (status === 'valid') return 'fine';
  return status.startsWith('expiring') ? 'warning' : 'error';
}

/** @param {Row} row */
export function weakness({ weak }) {
  return weak.length ? `Weak: ${weak.join(', ')}` : '';
}

/** @param {Row} row */
export function change({ seen, was }) {
  if (seen === 'new') return 'New';
  const before = was ? `was: ${statuses[was].toLowerCase()}` : '';
  return [seen === 'missing' ? 'Not given this time' : '', before].filter(Boolean).join('; ');
}

/** @param {Row} row */
export function left({ days_left, expired }) {
  if (days_left === null) return '';
  if (!expired) return String(days_left);
  return days_left === 0 ? 'expired today' : `${words.count(-days_left, 'day')} ago`;
}

/** As narrow as a date can be that nobody takes for another. @param {Row} row */
export function expiry({ not_after }) {
  const time = Date.parse(not_after ?? '');
  return Number.isNaN(time) ? (not_after ?? 'unknown') : days.format(time);
}

/** @param {Row} row */
export function privateKey({ private_key }) {
  return private_key.join(', ') || 'not here';
}

/**
 * What changed since a table was saved, as one sentence.
 * @param {string} since
 * @param {Row[]} rows
 */
export function changes(since, rows) {
  const count = (/** @type {(row: Row) => unknown} */ which) => rows.filter(which).length;
  const parts = [
    [count(({ seen }) => seen === 'new'), 'new'],
    [count(({ seen }) => seen === 'missing'), 'not given this time'],
    ...ranks.map(rank => [
      count(({ seen, was, status }) => seen !== 'new' && was && status === rank),
      `now: ${statuses[rank].toLowerCase()}`,
    ]),
  ].filter(([number]) => number);
  const said = parts.map(([number, what]) => `${number} ${what}`).join(' · ');
  return `Since the table was saved on ${words.day(since)}: ${said || 'nothing changed'}`;
}
