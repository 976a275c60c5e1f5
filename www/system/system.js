// A person chooses a system: types, goes through the list with the arrows, takes one, or keeps the one there was.
//
// The pattern is the combobox of the ARIA Authoring Practices Guide with a list that pops up: the focus stays in the field.

import { withHash } from '../actions/address.js';
import { pick } from '../actions/deciding.js';
import { copyFrom } from '../actions/fields.js';
import { mustFind } from '../dom.js';
import { isHeld } from '../entries.js';
import { LOOK, hashOf } from '../setup.js';
import { state } from '../state.js';
import { found } from './search.js';
import { chooser, update } from './state.js';

const input = /** @type {HTMLInputElement} */ (mustFind('#system'));
const box = mustFind('#system-list');

export function hearSystem() {
  input.addEventListener('input', () => {
    const { value } = input;
    update({ open: true, search: value, active: value.trim() ? (found(state.targets, value)[0]?.id ?? '') : '' });
  });
  input.addEventListener('click', () => update({ open: true }));
  input.addEventListener('focusout', () => update({ open: false }));
  input.addEventListener('keydown', event => {
    const act = keys[event.key];
    if (act && !event.isComposing && act()) event.preventDefault();
  });
  // The focus stays in the field.
  box.addEventListener('mousedown', event => event.preventDefault());
  box.addEventListener('click', ({ target }) => {
    const option = target instanceof Element && target.closest('[role=option]');
    if (option instanceof HTMLElement) choose(option.dataset.id ?? '');
  });
}

/** What each key does; it says whether it did anything. @type {Record<string, () => boolean>} */
const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter() {
    if (!chooser.open || !chooser.active) return false;
    choose(chooser.active);
    return true;
  },
  Escape() {
    if (chooser.open) update({ open: false, active: '' });
    else if (chooser.changing) keep();
    else return false;
    return true;
  },
};

/**
 * The next option, and after the last the first.
 * @param {1 | -1} step
 */
function move(step) {
  const ids = found(state.targets, chooser.search).map(({ id }) => id);
  const at = ids.indexOf(chooser.active);
  const next = at < 0 ? ids.at(step === 1 ? 0 : -1) : ids.at((at + step) % ids.length);
  update({ open: true, active: next ?? '' });
  return true;
}

/** @param {string} id of a system, or of none */
export function choose(id) {
  settle();
  pick(id);
  mustFind(isHeld(state) ? '#system-change' : '#file-input').focus();
}

export function lookInside() {
  choose(LOOK);
}

/** Asks again; what was typed elsewhere stays. */
export function change() {
  update({ changing: true, open: true, search: '', active: state.choices.target });
  input.focus();
}

/** The system stays what it was. */
export function keep() {
  settle();
  mustFind('#system-change').focus();
}

function settle() {
  input.value = '';
  update({ open: false, changing: false, search: '', active: '' });
}

/** @param {HTMLElement} button */
export async function copySetup(button) {
  const link = withHash(hashOf(state.choices, state));
  const field = /** @type {HTMLInputElement} */ (mustFind('#setup-link'));
  // As an attribute: it is no text that a person typed.
  field.setAttribute('value', link);
  // Where the browser keeps the clipboard from us, a person copies it from the field.
  field.hidden = Boolean(navigator.clipboard);
  await copyFrom(button, field, link);
}
