// The windows of Help and About, the theme, and the keys that are pressed outside of fields.

import { mustFind } from '../dom.js';

/** Where a key that is pressed is that field's own. */
const FIELDS = 'input:not([type=radio],[type=checkbox],[type=file]),select,textarea,[contenteditable],[role=listbox],[role=combobox],[role=option]';

/** @param {string} id of the dialog */
export function show(id) {
  const dialog = /** @type {HTMLDialogElement} */ (mustFind(`#${id}`));
  if (dialog.open) return;
  dialog.showModal();
  // The heading, and not the button that closes it: what is read first is what it is.
  mustFind('h2', dialog).focus();
  dialog.scrollTop = 0;
}

/** @param {HTMLElement} button in the dialog */
export function close(button) {
  /** @type {HTMLDialogElement} */ (button.closest('dialog')).close();
}

/** Until the page is closed: nothing is stored. @param {string} theme light, dark, or nothing for that of the system */
export function wear(theme) {
  const { dataset } = document.documentElement;
  if (theme) dataset.theme = theme;
  else delete dataset.theme;
}

/** @param {KeyboardEvent} event */
export function press(event) {
  const { key, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return;
  if (target instanceof Element && target.closest(FIELDS)) return;
  const on = /** @type {HTMLInputElement} */ (mustFind('#shortcuts-on')).checked;
  if (!on || document.querySelector('dialog[open]')) return;
  if (key === '?') show('help');
  else if (key.toLowerCase() === 'o') mustFind('#file-input').click();
  else return;
  event.preventDefault();
}
