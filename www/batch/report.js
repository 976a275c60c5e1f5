// What a batch leaves behind: a folder for each identity, and report.csv, which says what became of every file. No password
// is in it.

import { FILE, lines, ownText } from './lines.js';
import { say } from '../words.js';
import { baseName } from './passwords.js';

/** @typedef {import('./types').Row} Row */

const HEADER = ['file', 'alias', 'status', 'files', 'reason', 'findings'];

/** The report, beside the folders. */
export const REPORT = 'report.csv';

/**
 * What the folder of each identity with files would be called; the core makes names of it that every system can save.
 * @param {Row[]} rows
 */
export function wanted(rows) {
  return rows.flatMap(({ name, identities }) => {
    const stem = baseName(name).replace(/\.[^.]*$/, '');
    const made = identities.filter(({ files }) => files.length);
    return made.map(({ alias }) => (identities.length > 1 ? `${stem}-${alias}` : stem).normalize('NFC'));
  });
}

/**
 * @param {Row[]} rows
 * @param {string[]} folders in the order of {@link wanted}
 * @returns {import('./types').Pack}
 */
export function pack(rows, folders) {
  const files = [];
  const report = [HEADER];
  const names = folders.values();
  const { own } = lines(rows);
  for (const { name, state, error: trouble, identities, findings } of rows) {
    // What concerns the file itself: all of it, or the part that stayed locked.
    const whole = identities.every(({ error }) => error !== trouble) ? trouble : null;
    if (identities.length === 0 || whole) {
      report.push([name, '', identities.length ? 'failed' : state, '', reason(whole), told(findings)]);
    }
    for (const identity of identities) {
      const { alias, files: made, error } = identity;
      const folder = made.length ? names.next().value : '';
      const inside = made.map(({ name, blob }) => ({ name: `${folder}/${name}`, blob }));
      files.push(...inside);
      const text = ownText(identity, own);
      if (text) files.push({ name: `${folder}/${FILE}`, blob: new Blob([text]) });
      const paths = inside.map(({ name }) => name).join('; ');
      report.push([name, alias, error ? 'failed' : identity.refused ? say('batch.report.refused') : 'done', paths, reason(error), told(identity.findings)]);
    }
  }
  return { files, report };
}

/** @param {import('../types').Failure | null} failure */
export function reason(failure) {
  return failure ? sentences([failure.message, failure.hint ?? '']) : '';
}

/**
 * What a person should act on.
 * @param {import('../types').Finding[]} findings
 */
function told(findings) {
  return sentences(findings.filter(({ severity }) => severity !== 'info').map(({ message }) => message));
}

/** One after the other, each with its full stop. @param {string[]} all */
function sentences(all) {
  return all.filter(Boolean).map(one => one.replace(/[^.!?]$/u, '$&.')).join(' ');
}
