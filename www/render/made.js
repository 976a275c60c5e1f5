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
  put(mustFind('#paste-lines'), 'own', words.say(locked ? 'snippets.paths-password' : 'snippets.paths'));
  const files = offer?.files ?? [];
  remind(files);
  const errors = offer?.refused ? offer.findings.filter(({ severity, entry }) => severity === 'error' && entry != null) : [];
  renderFindings(mustFind('#findings-made'), errors);
  const outputs = mustFind('#outputs');
  for (const node of [section, outputs]) node.toggleAttribute('data-refused', offer?.refused ?? false);
  if (!offer || batch) return;

  const refused = target?.by_hand ? 'made.refused-by-most' : 'made.refused';
  mustFind('#made-title').textContent = words.say(offer.refused ? refused : 'made.ready');
  mustFind('#checked').textContent = readBack(files);
}

/**
 * How files were read back: with a password where one was used, and no word of one where none was.
 * @param {OutputShape[]} files
 */
function readBack(files) {
  const locked = files.filter(({ uses_password }) => uses_password).length;
  if (!locked) return words.say('made.checked');
  return words.say(locked === files.length ? 'made.checked-all' : 'made.checked-some');
}

/** @param {OutputShape[]} files */
function remind(files) {
  const reminder = mustFind('#reminder');
  const keys = files.filter(({ holds_key }) => holds_key);
  reminder.hidden = keys.length === 0;
  const hold = (/** @type {'made.key' | 'made.open-key'} */ code, /** @type {OutputShape[]} */ some) =>
    some.length ? words.say(code, { n: some.length, files: words.enumerate(some.map(({ name }) => name)) }) : null;
  put(reminder, 'locked', hold('made.key', keys.filter(({ key_open }) => !key_open)));
  put(reminder, 'open', hold('made.open-key', keys.filter(({ key_open }) => key_open)));
}
