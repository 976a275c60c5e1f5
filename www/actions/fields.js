// Fields: a password is shown or hidden, a text is copied, and all of them are cleared.

import { mustFind } from '../dom.js';
import { announce } from '../state.js';
import { say } from '../words.js';

/** @param {Element} button names its field with aria-controls */
export function reveal(button) {
  const input = /** @type {HTMLInputElement} */ (mustFind(`#${button.getAttribute('aria-controls')}`));
  show(input, input.type === 'password');
}

/** @param {HTMLInputElement} input */
export function conceal(input) {
  input.value = '';
  show(input, false);
}

/**
 * @param {HTMLInputElement} input
 * @param {boolean} shown
 */
export function show(input, shown) {
  input.type = shown ? 'text' : 'password';
  mustFind(`[aria-controls=${input.id}] [data-word]`).textContent = say(shown ? 'hide' : 'show');
}

/**
 * Copies, and says so on the button; where the browser keeps the clipboard from us, selects for the person to copy.
 * @param {HTMLElement} button
 * @param {HTMLElement} shown where the text stands
 * @param {string} text
 */
export async function copyFrom(button, shown, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.dataset.said = say('copied');
  } catch {
    if (shown instanceof HTMLInputElement) shown.select();
    else getSelection()?.selectAllChildren(shown);
    button.dataset.said = say('selected');
  }
  announce(button.dataset.said);
  setTimeout(() => delete button.dataset.said, 3000);
}

/** Every field as the markup has it, but for how the page looks and works; every password hidden, everything folded. */
export function clearFields() {
  for (const field of document.querySelectorAll(':is(input, textarea, select):not([data-lasting])')) {
    if (field instanceof HTMLSelectElement) field.selectedIndex = Math.max(0, [...field.options].findIndex(one => one.defaultSelected));
    else if (field instanceof HTMLTextAreaElement) field.value = field.defaultValue;
    else if (field instanceof HTMLInputElement) {
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = field.defaultChecked;
      else field.value = field.type === 'file' ? '' : field.defaultValue;
    }
  }
  for (const button of document.querySelectorAll('[data-role=reveal][aria-controls]')) {
    show(/** @type {HTMLInputElement} */ (mustFind(`#${button.getAttribute('aria-controls')}`)), false);
  }
  for (const unfolded of document.querySelectorAll('details[open]')) unfolded.removeAttribute('open');
  for (const told of document.querySelectorAll('[data-said]')) told.removeAttribute('data-said');
}
