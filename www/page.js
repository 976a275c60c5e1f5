// Wiring: what a person does, and which change of the state that is. The elements say it with data-role.

import { mustFind } from './dom.js';
import { conceal, copyFrom, reveal } from './fields.js';
import { hearFiles, textFile } from './files.js';
import { chooseKey, edit, generate, make } from './making.js';
import * as opening from './opening.js';
import { state, update } from './state.js';

const pasted = /** @type {HTMLTextAreaElement} */ (mustFind('#pasted-text'));
const newPassword = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
const alias = /** @type {HTMLInputElement} */ (mustFind('#alias'));

/** @type {Record<string, (button: HTMLElement) => unknown>} */
const clicks = {
  accept: button => opening.accept(fileOf(button)),
  cancel: opening.cancel,
  copy: button => copyFrom(button, mustFind('pre', row(button)), lines(row(button))),
  'copy-password': button => copyFrom(button, newPassword, newPassword.value),
  dismiss: () => update({ failure: null }, '#file-title'),
  generate,
  leave: button => opening.remove(fileOf(button)),
  remove: button => opening.remove(fileOf(button)),
  reveal,
  'start-over': startOver,
  'take-text': takeText,
};

/** @type {Record<string, (form: HTMLElement) => unknown>} */
const submits = {
  make,
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

addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.name === 'identity') chooseKey(target.value);
});

alias.addEventListener('input', () => edit({ alias: alias.value }));
newPassword.addEventListener('input', () => edit({}));

// The browser may keep this page to come back to: without passwords and keys.
addEventListener('pagehide', () => {
  for (const input of document.querySelectorAll('[data-role=password], #new-password')) {
    conceal(/** @type {HTMLInputElement} */ (input));
  }
  pasted.value = '';
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

hearFiles(opening.take);
opening.start();

function takeText() {
  if (!pasted.value.trim()) return pasted.focus();
  opening.take([textFile(pasted.value)]);
  pasted.value = '';
  /** @type {HTMLDetailsElement} */ (mustFind('#paste-in')).open = false;
}

function startOver() {
  conceal(newPassword);
  const empty = { given: [], chosen: null, alias: '', tried: false, review: null, refusal: null, failure: null };
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
