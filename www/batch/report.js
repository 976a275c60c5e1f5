// What a batch leaves behind: a folder for each identity, and report.csv, which says what became of every file. No password
// is in it.

import { FILE, lines, ownText } from './lines.js';
import { say } from '../words.js';
import { baseName } from './passwords.js';

/** @typedef {import('./types').Row} Row */

const HEADER = ['file', 'alias', 'status', 'files', 'reason', 'findings'];

/** Windows keeps these whatever their extension. */
const DEVICES = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/**
 * @param {Row[]} rows
 * @returns {import('./types').Pack}
 */
export function pack(rows) {
  const files = [];
  const report = [HEADER];
  const taken = new Set(['report.csv']);
  const { own } = lines(rows);
  for (const { name, state, error: trouble, identities, findings } of rows) {
    // What concerns the file itself: all of it, or the part that stayed locked.
    const whole = identities.every(({ error }) => error !== trouble) ? trouble : null;
    if (identities.length === 0 || whole) {
      report.push([name, '', identities.length ? 'failed' : state, '', reason(whole), told(findings)]);
    }
    const stem = baseName(name).replace(/\.[^.]*$/, '');
    for (const identity of identities) {
      const { alias, files: made, error } = identity;
      const folder = made.length ? unique(saved(identities.length > 1 ? `${stem}-${alias}` : stem), taken) : '';
      const inside = made.map(({ name, blob }) => ({ name: `${folder}/${name}`, blob }));
      files.push(...inside);
      const text = ownText(identity, own);
      if (text) files.push({ name: `${folder}/${FILE}`, blob: new Blob([text]) });
      const names = inside.map(({ name }) => name).join('; ');
      report.push([name, alias, error ? 'failed' : identity.refused ? say('batch.report.refused') : 'done', names, reason(error), told(identity.findings)]);
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

/**
 * A name that every system can save.
 * @param {string} name
 */
function saved(name) {
  const calm = name.normalize('NFC').replace(/[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]/gu, '_');
  // By characters and not by halves of them; and neither a dot nor a space at the ends.
  const short = [...calm].slice(0, 80).join('').replace(/^[. ]+|[. ]+$/g, '');
  return !short || DEVICES.test(short.split('.')[0] ?? '') ? `_${short}` : short;
}

/**
 * The name itself, or with a number where an earlier one has it, in whatever case.
 * @param {string} name
 * @param {Set<string>} taken
 */
function unique(name, taken) {
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${name}-${number}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
