// "Request a certificate": what a person does with the form. The password stays in its field.

import { show } from '../actions/fields.js';
import { mustFind } from '../dom.js';
import { entryKey } from '../entries.js';
import { linked } from '../links.js';
import { state, update as updatePage } from '../state.js';
import { typedTwice } from '../twice.js';
import * as words from '../words.js';
import { ask, broke } from '../worker/converter.js';
import { checked, field, form, read, source, what } from './form.js';
import { presets } from './presets.js';
import { request, update } from './state.js';

/** @typedef {import('../types').Failure} Failure */

const section = /** @type {HTMLDetailsElement} */ (mustFind('#request'));
const password = /** @type {HTMLInputElement} */ (mustFind('#request-password'));

const again = /** @type {HTMLInputElement} */ (mustFind('#request-password-again'));

let reviews = 0;

/** Counts what was asked for: what a person has cancelled since is not shown. */
let making = 0;

/** The form as it stands before anything is typed. */
export function start() {
  prefer('anaplan');
  update({});
}

/** @param {EventTarget | null} target the field that was changed */
export function change(target) {
  update({ changed: request.made !== null });
  if (target === field('preset')) prefer(field('preset').value);
  return look();
}

/** A letter more or less in a field. @param {HTMLElement} target */
export function type(target) {
  if (target !== again) update({ changed: request.made !== null });
  return look();
}

/** A file was downloaded. @param {string} name */
export function took(name) {
  update({ taken: [...request.taken, name] });
}

/** Whether closing the page loses a key that was generated here: it is nowhere else. */
export function atRisk() {
  const { made, taken } = request;
  return made !== null && made.made_by !== null && made.files.some(({ name, holds_key }) => holds_key && !taken.includes(name));
}

/** Ends what is under way; everything is as it was before. */
export function cancel() {
  if (!request.busy) return false;
  making++;
  update({ busy: false }, '#request-make');
  updatePage({ said: words.say('cancelled') });
  return true;
}

/** The next certificate of what a card shows: with a new key, where there is a choice. @param {HTMLElement} button */
export function renew(button) {
  const card = /** @type {HTMLElement} */ (button.closest('[data-entry]'));
  const entry = state.view?.entries[Number(card.dataset.entry)];
  if (!entry) return;
  const ids = ['next', 'key'].map(one => `${one} ${entryKey(entry)}`);
  what.value = ids.find(id => [...what.options].some(({ value }) => value === id)) ?? 'new';
  section.open = true;
  update({ changed: request.made !== null });
  what.focus();
  return look();
}

export async function generate() {
  const id = state.targets[0]?.id;
  if (!id) return;
  try {
    password.value = await ask('generate', { target: id });
  } catch (failure) {
    return refuse(/** @type {Failure} */ (failure));
  }
  // Nobody can keep a password that was never seen.
  show(password, true);
  update({ changed: request.made !== null });
  return look();
}

/** What the core says of the form as it stands. */
export async function look() {
  update({ refusal: null });
  if (!section.open) return { problems: [], unmet: false };
  const mine = ++reviews;
  /** @type {import('./types').RequestReview} */
  const nothing = { problems: [], rules: [] };
  const asked = ask('review_request', { form: read(source()), password: password.value });
  const { problems, rules } = await asked.catch(failure => (refuse(failure), nothing));
  if (mine === reviews) update({ problems, rules });
  return { problems, unmet: guarded() && rules.some(({ met }) => !met) };
}

/** A new key is to be encrypted. */
function guarded() {
  return !source().own && !checked('unlocked');
}

export async function make() {
  if (request.busy) return;
  update({ tried: true });
  const { problems, unmet } = await look();
  const wrong = problems[0]?.data?.['field'];
  if (problems.length) return field(typeof wrong === 'string' ? wrong : 'cn').focus();
  if (unmet) return password.focus();
  if (guarded() && !typedTwice(password)) return again.focus();
  const asked = source();
  const guard = asked.own || checked('unlocked') ? '' : password.value;
  const forTests = checked('self_signed');
  const mine = ++making;
  update({ busy: true }, '#request-busy [data-role=cancel]');
  try {
    const made = await ask('request', { form: read(asked), password: guard, at: Date.now() });
    if (mine !== making) return;
    const files = made.files.map(linked);
    update({ made: { ...made, files }, changed: false, taken: [], forTests, tried: false }, '#request-made-title');
    updatePage({ said: words.say('make.ready', { files: words.enumerate(files.map(({ name }) => name)) }) });
  } catch (failure) {
    if (mine === making) refuse(/** @type {Failure} */ (failure));
  } finally {
    if (mine === making) update({ busy: false });
  }
}

/** @param {Failure} failure */
function refuse(failure) {
  if (broke(failure)) throw failure;
  if (failure.code !== 'cancelled') update({ refusal: failure });
}

/** @param {string} id */
function prefer(id) {
  const preset = presets[id];
  if (!preset) return;
  field('key').value = preset.key;
  const wanted = [...preset.key_usage, ...preset.extended_key_usage];
  for (const box of form.querySelectorAll('.uses input')) {
    const input = /** @type {HTMLInputElement} */ (box);
    input.checked = wanted.includes(input.value);
  }
}
