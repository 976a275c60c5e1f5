// From what was chosen to files: the options checked while they are typed, then the files made.
//
// A failure that is our bug is left to reject: page.js hears it.

import { ask, broke } from '../worker/converter.js';
import { mustFind } from '../dom.js';
import { aliasId, chosenEntries, chosenKind, entryKey, issuersOf, targetOf } from '../entries.js';
import { conceal, show } from './fields.js';
import { typedTwice } from '../twice.js';
import { toCore } from '../formats.js';
import { offer } from '../links.js';
import { state, update } from '../state.js';
import { enumerate, say } from '../words.js';

/** @typedef {import('../types').Failure} Failure */

const newPassword = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
const keyPassword = /** @type {HTMLInputElement} */ (mustFind('#key-password'));

let reviews = 0;

/** The new password is one that was generated, as it is. */
let generated = false;

/** Counts what was asked for: what a person has cancelled since is not shown. */
let making = 0;

/** A password is no state, so here is said that it is another. */
export function retype() {
  generated = false;
  update({ changed: state.offer && 'password', refusal: null });
  look();
}

/** Nothing is left to be guarded by it, and nothing to be made of. */
export function forget() {
  for (const input of [newPassword, keyPassword]) {
    conceal(input);
    /** @type {HTMLInputElement} */ (mustFind(`#${input.id}-again`)).value = '';
  }
  update({ offer: null, changed: null, taken: [], review: null });
}

/** A file was downloaded. @param {string} name */
export function took(name) {
  update({ taken: [...new Set([...state.taken, name])] });
}

/** Whether closing the page loses files under a password that was generated here and that nobody has used yet. */
export function atRisk() {
  return state.offer !== null && state.offer.generated && state.taken.length === 0;
}

/** How files are made: for what, and whether their password was generated. */
export function origin() {
  const used = state.review?.password.used ?? targetOf(state)?.uses_password ?? false;
  return { choices: state.choices, kind: chosenKind(state), generated: generated && used };
}

export async function generate() {
  const target = targetOf(state);
  if (!target || state.busy) return;
  try {
    newPassword.value = await ask('generate', { target: target.id });
    // Nobody can keep a password that was never seen.
    show(newPassword, true);
    update({ said: say('make.generated') });
    retype();
    generated = true;
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure));
  }
}

/** The options, once every rule is met; until then null, with the focus at the first that is not. */
export async function settled() {
  await look();
  const asked = options();
  if (state.busy || !asked) return null;
  const unmet = firstUnmet();
  if (!unmet) return asked;
  update({ tried: true, said: say('make.not-yet', { rule: unmet.text }) }, unmet.input);
  return null;
}

export async function make() {
  const options = await settled();
  if (!options) return;
  const mine = ++making;
  const how = origin();
  update({ busy: { action: 'convert', done: 0, total: 0 }, refusal: null }, '#busy-convert [data-role=cancel]');
  try {
    const progress = (/** @type {{ done: number, total: number }} */ at) => {
      if (mine === making) update({ busy: { action: 'convert', ...at } });
    };
    const made = await ask('convert', options, { progress });
    if (mine !== making) return;
    const files = enumerate(made.files.map(({ name }) => name));
    const refused = targetOf(state)?.by_hand ? 'make.refused-by-most' : 'make.refused';
    const said = say(made.refused ? refused : 'make.ready', { files });
    update({ busy: null, offer: offer(made, how), changed: null, taken: [], tried: false, said }, '#made-title');
  } catch (failure) {
    if (mine === making) refuse(/** @type {Failure} */ (failure), '#make');
  }
}

/** Leaves everything as it was before: the worker ends what it does for nobody. Says whether there was anything to cancel. */
export function cancel() {
  if (state.busy?.action !== 'convert') return false;
  making++;
  update({ busy: null, said: say('cancelled') }, '#make');
  return true;
}

/** Asks the core what it says of the options as they stand. */
export async function look() {
  const asked = options();
  const mine = ++reviews;
  if (!asked) return;
  try {
    const review = await ask('review', asked);
    if (mine === reviews) update({ review });
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure));
  }
}

/** The first rule that is not kept, and the field it is about. */
function firstUnmet() {
  const { review } = state;
  const fields = [
    ...(review?.aliases ?? []).map(({ rules }, index) => ({ rules, input: `#${aliasId(index)}` })),
    { rules: review?.password.rules ?? [], input: '#new-password' },
    { rules: review?.key_password.rules ?? [], input: '#key-password' },
  ];
  for (const { rules, input } of fields) {
    const unmet = rules.find(({ met }) => !met);
    if (unmet) return { input, text: unmet.text };
  }
  const used = review?.password.used ?? targetOf(state)?.uses_password;
  const twice = [used && newPassword, review?.key_password.used && keyPassword].find(input => input && !typedTwice(input));
  return twice ? { input: `#${twice.id}-again`, text: say('password.again') } : null;
}

/** @returns {import('../types').Options | null} */
function options() {
  const { choices, view } = state;
  const target = targetOf(state);
  const chosen = state.batch ? [] : chosenEntries(state);
  // Of a batch the workers open the files, and put in what they find.
  if (!target || (!chosen.length && !state.batch)) return null;
  const entries = chosen.map(entry => ({
    entry: /** @type {import('../types').View} */ (view).entries.indexOf(entry),
    alias: choices.aliases[entryKey(entry)] ?? entry.suggested_alias,
    issuers: choices.issuers[entryKey(entry)] ? issuersOf(choices, entry) : null,
  }));
  const { strength, line_ends } = choices;
  return {
    target: target.id,
    entries,
    files: target.by_hand ? choices.files.map(toCore) : [],
    strength,
    iterations: target.by_hand ? choices.iterations : null,
    line_ends,
    at: Date.now(),
    password: newPassword.value,
    key_password: (target.two_passwords && keyPassword.value) || null,
  };
}

/**
 * @param {Failure} failure
 * @param {string} [focus]
 */
function refuse(failure, focus) {
  if (broke(failure)) throw failure;
  if (failure.code !== 'cancelled') update({ refusal: failure, busy: null, said: failure.message }, focus);
}
