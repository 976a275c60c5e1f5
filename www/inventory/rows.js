// Rows sorted, searched and filtered: no document, no state.

import { ranks } from './words.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('./types').Sortable} Sortable */
/** @typedef {import('./types').Inventory} Inventory */

/** Rows at once: what a screen or two hold, and what is laid out in the time of a frame or two. */
export const PAGE = 25;

/** Months that have a bar of their own: public certificates last a year or less, those for people two or three. */
const MONTHS = 15;

/** @type {Record<string, (row: Row) => boolean>} */
export const filters = {
  all: () => true,
  valid: ({ status }) => status === 'valid' || status.startsWith('expiring'),
  'expiring-30': ({ status }) => status === 'expiring-30',
  'expiring-60': ({ status }) => status === 'expiring-30' || status === 'expiring-60',
  'expiring-90': ({ status }) => status.startsWith('expiring'),
  expired: ({ status }) => status === 'expired',
  'not-yet-valid': ({ status }) => status === 'not-yet-valid',
  unknown: ({ status }) => status === 'unknown',
  weak: ({ weak }) => weak.length > 0,
  revoked: ({ revoked }) => revoked,
  changed: ({ seen, was }) => Boolean(seen ?? was),
};

/**
 * @param {Row} row
 * @returns {Sortable}
 */
export function sortable(row) {
  const user = fold([row.name, ...row.emails].join('\n'));
  // What has no date comes last.
  const until = row.not_after ?? '~';
  return {
    row,
    keys: {
      status: ranks.indexOf(row.status),
      subject: fold(row.name || row.subject),
      expires: until,
      key: row.key.replace(/\d+/g, digits => digits.padStart(6, '0')),
      file: fold(row.files.join(' ')),
    },
    text: {
      user,
      certificate: fold(
        [row.name, row.subject, row.issuer, row.serial, row.sha256, row.key, ...row.files, ...row.private_key].join('\n'),
      ),
    },
  };
}

/**
 * What search and filter leave, in the order that was asked for, and what of that expires in the chosen month.
 * @param {Inventory} inventory
 */
export function select(inventory) {
  const found = matching(inventory);
  const { month, at } = inventory;
  const last = lastMonth(at);
  return { found, shown: month ? found.filter(({ row }) => monthOf(row, last) === month) : found };
}

/**
 * The months that have a bar of their own, from that of an instant on.
 * @param {number} at
 */
export function months(at) {
  const now = new Date(at);
  return Array.from({ length: MONTHS }, (_, index) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index)));
}

/** The last of them, as 2028-05. @param {number} at */
export function lastMonth(at) {
  return (months(at).at(-1)?.toISOString() ?? '').slice(0, 7);
}

/**
 * The bar that a row is counted in.
 * @param {Row} row
 * @param {string} last month that has one of its own
 */
export function monthOf({ not_after, expired }, last) {
  if (not_after === null) return 'unknown';
  if (expired) return 'past';
  const month = not_after.slice(0, 7);
  return month <= last ? month : 'later';
}

/**
 * @param {Inventory} inventory
 * @returns {Sortable[]}
 */
function matching({ rows, search, scope, filter, column, descending }) {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const fits = filters[filter] ?? (() => true);
  const found = rows.filter(({ row, text }) => {
    return fits(row) && words.every(word => has(text, scope, word));
  });
  const sign = descending ? -1 : 1;
  // Plain comparisons: a collator takes ten times as long. What is equal stays in the order of the files.
  return found.sort(({ keys: { [column]: one } }, { keys: { [column]: other } }) => {
    return one < other ? -sign : one > other ? sign : 0;
  });
}

/**
 * @param {Sortable['text']} text
 * @param {Inventory['scope']} scope
 * @param {string} word
 */
function has({ certificate, user }, scope, word) {
  // Serial numbers and fingerprints are often written with colons.
  const plain = /^[\da-f]{2}(:[\da-f]{2})+$/.test(word) ? word.replaceAll(':', '') : word;
  return (scope !== 'user' && certificate.includes(plain)) || (scope !== 'certificate' && user.includes(word));
}

/**
 * Without case and accents: who searches for "muller" finds "Müller".
 * @param {string} text
 */
function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
