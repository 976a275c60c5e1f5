// What a batch leaves behind: the core makes of it a folder for each identity, and report.csv, which says what became of
// every file. No password is in it.

import { lines, ownText } from './lines.js';
import { say } from '../words.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('./types').Identity} Identity */

/**
 * @param {Row[]} rows
 * @returns {import('./types').Pack}
 */
export function pack(rows) {
  const { own } = lines(rows);
  return {
    // Accents are composed as most systems write them.
    files: rows.map(({ name, state, error, findings, identities }) => ({
      name: name.normalize('NFC'),
      state,
      error,
      findings,
      identities: identities.map(identity => ({ ...identity, status: status(identity), lines: ownText(identity, own) })),
    })),
  };
}

/** @param {Identity} identity */
function status({ error, refused }) {
  if (error) return 'failed';
  return refused ? say('batch.report.refused') : 'done';
}

/** @param {import('../types').Failure | null} failure */
export function reason(failure) {
  return failure ? sentences([failure.message, failure.hint ?? '']) : '';
}

/** One after the other, each with its full stop. @param {string[]} all */
function sentences(all) {
  return all.filter(Boolean).map(one => one.replace(/[^.!?]$/u, '$&.')).join(' ');
}
