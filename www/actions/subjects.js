// What goes into the files: an alias that is typed, a certificate that is put in or taken out.

import { chooseIssuer, decide } from './choosing.js';
import { chosenEntries, entryKey } from '../entries.js';
import { state } from '../state.js';

/** @param {HTMLInputElement} input an alias that is being typed */
export function retitle(input) {
  const entry = entryOf(input);
  if (!entry) return;
  const aliases = { ...state.choices.aliases, [entryKey(entry)]: input.value };
  decide({ aliases }, `alias ${entryKey(entry)}`);
}

/** @param {HTMLInputElement} box a certificate that is put in or taken out */
export function chain(box) {
  const entry = entryOf(box);
  if (entry) chooseIssuer(entry, box.value, box.checked);
}

/** @param {HTMLElement} within */
function entryOf(within) {
  const row = within.closest('#subjects > li');
  const index = row ? [.../** @type {HTMLElement} */ (row.parentElement).children].indexOf(row) : -1;
  return chosenEntries(state)[index];
}
