// What is said of files that were made: how each was read back, what the system will refuse, and who must not get them.

import { mustFind, put } from '../dom.js';
import { targetOf } from '../entries.js';
import { renderFindings } from './findings.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */
/** @typedef {import('../types').OutputShape} OutputShape */

/** @param {State} state */
export function renderMade(state) {
  const { offer, batch, review } = state;
  const section = mustFind('#made');
  section.hidden = !offer;
  const target = targetOf(state);
  const locked = review?.password.used ?? target?.uses_password ?? false;
  const own = locked ? 'Put in your own paths, and the new password where the lines ask for it.' : 'Put in your own paths.';
  put(mustFind('#paste-lines'), 'own', own);
  const files = offer?.files ?? [];
  remind(files);
  const errors = offer?.refused ? offer.findings.filter(({ severity, entry }) => severity === 'error' && entry != null) : [];
  renderFindings(mustFind('#findings-made'), errors);
  const outputs = mustFind('#outputs');
  for (const node of [section, outputs]) node.toggleAttribute('data-refused', offer?.refused ?? false);
  if (!offer || batch) return;

  const who = target?.by_hand ? 'most systems' : 'your system';
  mustFind('#made-title').textContent = offer.refused ? `Your files are made, but ${who} will refuse them` : 'Your files are ready';
  mustFind('#checked').textContent = readBack(files);
}

/**
 * How files were read back: with a password where one was used, and no word of one where none was.
 * @param {OutputShape[]} files
 */
function readBack(files) {
  const locked = files.filter(({ uses_password }) => uses_password).length;
  const all = locked === files.length ? ' with its new password' : ', with its new password where it has one,';
  return `Each file was opened again${locked ? all : ''} and compared with what you gave.`;
}

/** @param {OutputShape[]} files */
function remind(files) {
  const reminder = mustFind('#reminder');
  const keys = files.filter(({ holds_key }) => holds_key);
  reminder.hidden = keys.length === 0;
  const hold = (/** @type {OutputShape[]} */ some, /** @type {string} */ how) =>
    some.length ? `${words.enumerate(some.map(({ name }) => name))} ${some.length === 1 ? 'holds' : 'hold'} your key${how}.` : null;
  const locked = hold(keys.filter(({ key_open }) => !key_open), '');
  const open = hold(keys.filter(({ key_open }) => key_open), ' without a password');
  put(reminder, 'locked', locked && `${locked} Anyone who has such a file and its password can use it.`);
  put(reminder, 'open', open && `${open} Anyone who has such a file can use it.`);
}
