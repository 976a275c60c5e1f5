// "Request a certificate": a form, and from it a private key and the request for its certificate. It has a state of its
// own, which only this module writes; the password stays in its field.

import { ask } from '../worker/converter.js';
import { harmless, mustFind } from '../dom.js';
import { entryKey } from '../render/entries.js';
import { conceal, copyFrom, show } from '../fields.js';
import { renderFindings, renderRules } from '../render/findings.js';
import { state } from '../state.js';
import { checked, field, form, read, sources } from './form.js';
import { keep, withdraw } from './made.js';
import { keys, keyUsages, presets, purposes } from './presets.js';

/** @typedef {import('./contract').Source} Source */
/** @typedef {import('../contract').Failure} Failure */

const section = /** @type {HTMLDetailsElement} */ (mustFind('#request'));
const what = /** @type {HTMLSelectElement} */ (mustFind('#request-what'));
const password = /** @type {HTMLInputElement} */ (mustFind('#request-password'));
const busy = mustFind('#request-busy');

/** @type {import('../contract').View | null} the view that the choices are of */
let seen = null;
let reviews = 0;
/** It was asked for although something is not in order: say it until it is. */
let tried = false;

options('request-preset', presets);
options('request-key', keys);
boxes('key_usage', keyUsages);
boxes('extended_key_usage', purposes);
prefer('anaplan');

/** @param {import('../contract').State} state */
export function renderRequest({ view, given }) {
  mustFind('summary', section).textContent = given.length ? 'Request a certificate' : 'I have none yet: request one';
  if (view === seen && what.options.length) return;
  seen = view;
  const before = what.value;
  what.replaceChildren(...sources(view).map(({ id, name }) => new Option(harmless(name), id)));
  what.value = before;
  // What it was for is no longer open.
  if (!what.value) what.value = 'new';
  fit();
}

/** Nothing of what was typed for the key, or made, stays. */
export function forget() {
  conceal(password);
  withdraw();
  tried = false;
}

section.addEventListener('toggle', () => section.open && look());
section.addEventListener('input', look);
section.addEventListener('change', ({ target }) => {
  if (target === field('preset')) prefer(field('preset').value);
  fit();
  return look();
});

section.addEventListener('submit', async event => {
  event.preventDefault();
  await make();
});

document.addEventListener('click', async ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest('button[data-role]'));
  const role = button?.dataset.role;
  if (role === 'request-again') return again(/** @type {HTMLElement} */ (button));
  if (role === 'request-generate') await generate();
  if (role === 'request-copy') await copyFrom(/** @type {HTMLElement} */ (button), password, password.value);
});

/** The next certificate of what a card shows: with a new key, where there is a choice. @param {HTMLElement} button */
function again(button) {
  const card = /** @type {HTMLElement} */ (button.closest('[data-entry]'));
  const entry = state.view?.entries[Number(card.dataset.entry)];
  if (!entry) return;
  const ids = ['next', 'key'].map(one => `${one} ${entryKey(entry)}`);
  what.value = ids.find(id => [...what.options].some(({ value }) => value === id)) ?? 'new';
  section.open = true;
  fit();
  what.focus();
  return look();
}

async function generate() {
  const id = state.targets[0]?.id;
  if (!id) return;
  password.value = await ask('generate', { target: id });
  // Nobody can keep a password that was never seen.
  show(password, true);
  return look();
}

function source() {
  const all = sources(state.view);
  return /** @type {Source} */ (all.find(({ id }) => id === what.value) ?? all[0]);
}

/** Shows what there is to decide. */
function fit() {
  const { renew, own } = source();
  mustFind('#request-names').hidden = renew;
  mustFind('#request-asks').hidden = renew;
  mustFind('#request-renews').hidden = !renew;
  mustFind('#request-new-key').hidden = own;
  const open = checked('unlocked');
  mustFind('#request-guard').hidden = open;
  mustFind('#request-days').hidden = !checked('self_signed');
  mustFind('#request-make').textContent = checked('self_signed')
    ? 'Make the test certificate'
    : own ? 'Make the request' : 'Make the key and the request';
}

/** What the core says of the form as it stands. */
async function look() {
  const mine = ++reviews;
  const { own } = source();
  const guarded = !own && !checked('unlocked');
  /** @type {import('./contract').Reviewed} */
  const nothing = { problems: [], rules: [] };
  const asked = ask('review_request', { form: read(source()), password: password.value });
  const { problems, rules } = await asked.catch(failure => (refuse(failure), nothing));
  if (mine !== reviews) return { problems, unmet: false };
  renderRules(mustFind('#request-rules'), rules, tried);
  const findings = problems.map(({ code, message, hint = '', data }) => {
    return { severity: /** @type {const} */ ('error'), code: String(data?.['rule'] ?? code), message, hint };
  });
  // An address that is no address is wrong in the subject and among the other names: once is enough.
  const once = findings.filter((one, index) => findings.findIndex(({ message }) => message === one.message) === index);
  renderFindings(mustFind('#request-problems'), tried ? once : []);
  return { problems, unmet: guarded && rules.some(({ met }) => !met) };
}

async function make() {
  if (!busy.hidden) return;
  tried = true;
  const { problems, unmet } = await look();
  const wrong = problems[0]?.data?.['field'];
  if (problems.length) return field(typeof wrong === 'string' ? wrong : 'cn').focus();
  if (unmet) return password.focus();
  const asked = source();
  const guard = asked.own || checked('unlocked') ? '' : password.value;
  withdraw();
  busy.hidden = false;
  try {
    keep(await ask('request', { form: read(asked), password: guard, at: Date.now() }), checked('self_signed'));
    tried = false;
  } catch (failure) {
    refuse(/** @type {Failure} */ (failure));
  } finally {
    busy.hidden = true;
  }
}

/** @param {Failure} failure */
function refuse(failure) {
  if (failure.code === 'internal') throw failure;
  if (failure.code === 'cancelled') return;
  const { code, message, hint = '' } = failure;
  renderFindings(mustFind('#request-problems'), [{ severity: 'error', code, message, hint }]);
}

/** @param {string} id */
function prefer(id) {
  const preset = presets[id];
  if (!preset) return;
  mustFind('#request-preset-hint').textContent = preset.hint;
  field('key').value = preset.key;
  const wanted = [...preset.key_usage, ...preset.extended_key_usage];
  for (const box of form.querySelectorAll('.uses input')) {
    const input = /** @type {HTMLInputElement} */ (box);
    input.checked = wanted.includes(input.value);
  }
}

/**
 * @param {string} id
 * @param {Record<string, string | { name: string }>} choices
 */
function options(id, choices) {
  const all = Object.entries(choices).map(([id, one]) => new Option(typeof one === 'string' ? one : one.name, id));
  mustFind(`#${id}`).replaceChildren(...all);
}

/**
 * @param {string} name
 * @param {Record<string, string>} choices
 */
function boxes(name, choices) {
  const labels = Object.entries(choices).map(([value, words]) => {
    const input = Object.assign(document.createElement('input'), { type: 'checkbox', name, value });
    const label = document.createElement('label');
    label.append(input, ` ${words}`);
    return label;
  });
  mustFind(`#request-${name}`).append(...labels);
}
