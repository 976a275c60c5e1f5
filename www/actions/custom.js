// Files by hand: a person adds one, changes one, leaves one out.

import { decide } from './choosing.js';
import { fresh, nameOf, usual } from '../formats.js';
import { state } from '../state.js';

/**
 * A change in one of the rows.
 * @param {HTMLInputElement | HTMLSelectElement} field
 */
export function changeFile(field) {
  const index = rowOf(field);
  const { files } = state.choices;
  const before = files[index];
  if (!before) return;
  let file = before;
  if (field.dataset.role === 'file-name') file = { ...file, name: field.value };
  else if (field.dataset.role === 'form') file = fresh(field.value);
  else file = { ...file, [nameOf(field.dataset.setting ?? '')]: field.value };
  // PKCS#1 and SEC1 have no password of their own.
  if (file.syntax === 'pkcs1' || file.syntax === 'sec1') file = { ...file, protection: 'none' };
  if (field.dataset.role !== 'file-name' && before.name === usual(before)) file = { ...file, name: usual(file) };
  decide({ files: files.map(one => (one === before ? file : one)) }, field.dataset.role === 'file-name' ? `file ${index}` : '');
}

export function addFile() {
  decide({ files: [...state.choices.files, fresh('pkcs12')] });
}

/** @param {HTMLElement} button */
export function dropFile(button) {
  const index = rowOf(button);
  decide({ files: state.choices.files.filter((_, at) => at !== index) });
}

/** @param {HTMLElement} within */
function rowOf(within) {
  return Number(/** @type {HTMLElement} */ (within.closest('[data-index]')).dataset.index);
}
