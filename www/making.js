// From a chosen identity to files: alias and new password looked over while they are typed, then the files made.
//
// A failure that is our bug is left to reject: page.js hears it.

import { ask } from './converter.js';
import { mustFind } from './dom.js';
import { chosenEntry, entryKey, identities } from './entries.js';
import { show } from './fields.js';
import { offer } from './files.js';
import { state, update } from './state.js';

/** @typedef {import('./contract').Failure} Failure */
/** @typedef {import('./contract').State} State */

const newPassword = /** @type {HTMLInputElement} */ (mustFind('#new-password'));

let reviews = 0;

/** @param {import('./contract').Identity} entry */
export function choose(entry) {
  const chosen = entryKey(entry);
  if (chosen !== state.chosen) update({ chosen, alias: entry.suggested_alias, review: null, tried: false });
  edit({});
}

/** @param {string} key */
export function chooseKey(key) {
  const entry = identities(state.view).find(one => entryKey(one) === key);
  if (entry) choose(entry);
}

/**
 * What is wished for changed, so what was made for the wish before goes.
 * @param {Partial<State>} changes
 */
export function edit(changes) {
  update({ ...changes, offer: null, refusal: null });
  review();
}

export async function generate() {
  if (!state.target || state.busy) return;
  try {
    newPassword.value = await ask('generate', { target: state.target.id });
    // Nobody can keep a password that was never seen.
    show(newPassword, true);
    edit({ said: 'A password was made up and is shown in the field. Keep it.' });
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure));
  }
}

export async function make() {
  await review();
  const wished = wish();
  if (state.busy || !wished) return;
  for (const [field, input] of /** @type {const} */ ([['alias', '#alias'], ['password', '#new-password']])) {
    const unmet = state.review?.[field].rules.find(rule => !rule.met);
    if (unmet) return update({ tried: true, said: `Not yet: ${unmet.text}` }, input);
  }
  update({ busy: { action: 'convert', done: 0, total: 0 }, refusal: null }, '#busy-convert [data-role=cancel]');
  try {
    const progress = (/** @type {{ done: number, total: number }} */ at) => update({ busy: { action: 'convert', ...at } });
    const made = await ask('convert', { ...wished, at: Date.now() }, { progress });
    const said = `Ready to download: ${made.files.map(({ name }) => name).join(', ')}`;
    update({ busy: null, offer: offer(made), tried: false, said }, '#made-title');
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure), '#make');
  }
}

async function review() {
  const asked = wish();
  const mine = ++reviews;
  if (!asked) return;
  try {
    const { fields } = await ask('review', asked);
    if (mine === reviews) update({ review: fields });
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure));
  }
}

/** @returns {import('./contract').Wish | null} */
function wish() {
  const { target, alias, view } = state;
  const entry = chosenEntry(state);
  if (!target || !view || !entry) return null;
  return { entry: view.entries.indexOf(entry), target: target.id, alias, password: newPassword.value };
}

/**
 * @param {Failure} failure
 * @param {string} [focus]
 */
function refuse(failure, focus) {
  if (failure.code === 'internal') throw failure;
  if (failure.code !== 'cancelled') update({ refusal: failure, busy: null, said: failure.message }, focus);
}
