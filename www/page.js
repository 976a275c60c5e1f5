// Wiring: what a person does, and which change of the state that is. The elements say it with data-role.

import * as batch from './batch/batch.js';
import { chooseEntry, chooseTarget, decide, undo } from './actions/choosing.js';
import { addForm, changeForm, dropForm, first } from './render/custom.js';
import { chosenEntries } from './render/entries.js';
import { mustFind } from './dom.js';
import { conceal, copyFrom, reveal } from './fields.js';
import { hearFiles, textFile } from './actions/files.js';
import { generate, look, make, retype } from './actions/making.js';
import * as opening from './actions/opening.js';
import { forget } from './request/request.js';
import { state, update } from './state.js';
import { chain, retitle } from './render/subjects.js';

const pasted = /** @type {HTMLTextAreaElement} */ (mustFind('#pasted-text'));
const newPassword = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
const keyPassword = /** @type {HTMLInputElement} */ (mustFind('#key-password'));

/** @type {Record<string, (button: HTMLElement) => unknown>} */
const clicks = {
  'add-form': () => looked(addForm),
  accept: button => opening.accept(fileOf(button)),
  anew: make,
  batch: batch.start,
  cancel: () => batch.cancel() || opening.cancel(),
  copy: button => copyFrom(button, mustFind('pre', row(button)), lines(row(button))),
  'copy-password': button => copyFrom(button, newPassword, newPassword.value),
  dismiss: () => update({ failure: null }, '#file-title'),
  'drop-form': button => looked(() => dropForm(button)),
  generate,
  leave: button => opening.remove(fileOf(button)),
  remove: button => opening.remove(fileOf(button)),
  'retry-batch': batch.retry,
  reveal,
  'start-over': startOver,
  'take-text': takeText,
  together: batch.together,
  trust,
  undo: takeBack,
};

/** @type {Record<string, (form: HTMLElement) => unknown>} */
const submits = {
  make: () => (state.batch ? batch.make() : make()),
  unlock(form) {
    const input = /** @type {HTMLInputElement} */ (mustFind('[data-role=password]', form));
    const password = input.value;
    conceal(input);
    opening.unlock(fileOf(form), password);
  },
};

// Asynchronous, so that whatever throws in there rejects and is heard below.
addEventListener('click', async ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest('button[data-role]'));
  if (button) await clicks[button.dataset.role ?? '']?.(button);
});

addEventListener('submit', async event => {
  event.preventDefault();
  const form = /** @type {HTMLElement} */ (event.target);
  await submits[form.dataset.role ?? '']?.(form);
});

/** What a field that was changed decides, by its name or role. @type {Record<string, (field: any) => void>} */
const changes = {
  form: changeForm,
  identity: ({ value, checked }) => chooseEntry(value, checked),
  issuer: chain,
  iterations: ({ value }) => decide({ iterations: value === '' ? null : Number(value) }),
  line_ends: ({ value }) => decide({ line_ends: value }),
  setting: changeForm,
  strength: ({ value }) => decide({ strength: value }),
  target: ({ value }) => pick(value),
};

/** What is decided letter by letter. @type {Record<string, (field: any) => void>} */
const typed = { alias: retitle, 'file-name': changeForm };

addEventListener('change', ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  const change = changes[field.dataset?.role ?? ''];
  if (change) return looked(() => change(field));
});

addEventListener('input', ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  if (field === newPassword || field === keyPassword) return retype();
  const change = typed[field.dataset?.role ?? ''];
  if (change) return looked(() => change(field));
});

/**
 * A decision, and what the core says of the wish after it.
 * @param {() => unknown} decision
 */
function looked(decision) {
  decision();
  return look();
}

/** @param {string} id */
function pick(id) {
  chooseTarget(id);
  const target = state.targets.find(one => one.id === id);
  const { kind } = chosenEntries(state)[0] ?? state.view?.entries[0] ?? {};
  if (target?.by_hand && !state.choices.files.length) update({ choices: { ...state.choices, files: first(kind) } });
  update({ review: null });
  opening.judge();
}

function takeBack() {
  const before = state.choices.target;
  undo();
  if (state.choices.target !== before) opening.judge();
  return look();
}

// The browser may keep this page to come back to: without passwords and keys.
addEventListener('pagehide', () => {
  for (const input of document.querySelectorAll('[data-role=password], #new-password, #key-password')) {
    conceal(/** @type {HTMLInputElement} */ (input));
  }
  pasted.value = '';
  batch.forget();
});

// What nobody expected is our bug: the worker's, which then starts afresh, or the page's own.
addEventListener('unhandledrejection', event => {
  const { reason } = event;
  if (reason?.code === 'internal') {
    event.preventDefault();
    return opening.recover(reason, []);
  }
  const message = String(reason?.message ?? reason);
  if (message !== state.failure?.message) update({ failure: { code: 'internal', message } });
});

hearFiles(batch.take);
opening.start();

function takeText() {
  if (!pasted.value.trim()) return pasted.focus();
  opening.take([textFile(pasted.value)]);
  pasted.value = '';
  /** @type {HTMLDetailsElement} */ (mustFind('#paste-in')).open = false;
}

/** Trusts a root while the page is open, or no longer. @param {HTMLElement} button */
function trust({ dataset }) {
  const root = dataset.root ?? '';
  const trusted = state.trusted.includes(root) ? state.trusted.filter(one => one !== root) : [...state.trusted, root];
  update({ trusted });
  opening.judge();
}

function startOver() {
  batch.leave();
  conceal(newPassword);
  conceal(keyPassword);
  forget();
  const choices = { ...state.choices, chosen: [], aliases: {}, issuers: {} };
  const empty = { given: [], trusted: [], choices, past: [], tried: false, review: null, refusal: null, failure: null };
  opening.restart({ ...empty, said: 'Everything is forgotten.' }, '#file-input');
}

/**
 * The lines as they are: on the page their hidden characters are spelled out.
 * @param {HTMLElement} shown
 */
function lines({ dataset }) {
  return state.offer?.paste.find(({ title }) => title === dataset.key)?.text ?? '';
}

/** @param {HTMLElement} within */
function row(within) {
  return /** @type {HTMLElement} */ (within.closest('li'));
}

/** @param {HTMLElement} within */
function fileOf(within) {
  return Number(row(within).dataset.file);
}
