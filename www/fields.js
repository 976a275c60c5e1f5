// Password fields and copy buttons: what concerns one field and no state.

import { mustFind } from './dom.js';

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
  mustFind(`[aria-controls=${input.id}] [data-word]`).textContent = shown ? 'Hide' : 'Show';
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
    button.dataset.said = 'Copied';
  } catch {
    if (shown instanceof HTMLInputElement) shown.select();
    else getSelection()?.selectAllChildren(shown);
    button.dataset.said = 'Selected: press Ctrl+C';
  }
  mustFind('#status').textContent = button.dataset.said;
  setTimeout(() => delete button.dataset.said, 3000);
}
