// Files by hand: the rows in which a person says what each file is.

import { list, mustFind } from '../dom.js';
import { decide } from '../actions/choosing.js';
import { targetOf } from './entries.js';
import { FORMS, SETTINGS } from '../forms.js';
import { state } from '../state.js';

/** @typedef {import('../contract').FormFile} FormFile */
/** @typedef {keyof typeof SETTINGS} Setting */

/**
 * What a list begins with, by what is to go in.
 * @param {import('../contract').Kind | undefined} kind
 */
export function first(kind) {
  if (kind === 'secret-key' || kind === 'public-key') return [fresh(kind)];
  return kind === 'certificate' ? [fresh('certificates')] : [fresh('certificates'), fresh('private-key')];
}

/**
 * A file as the core reads it: algorithms by hand are one value there.
 * @param {FormFile} file
 */
export function toCore({ cipher, derivation, protection, mac, ...file }) {
  /** @type {FormFile} */
  const told = { ...file };
  if (protection) told.protection = protection === 'pbes2' ? { pbes2: { cipher, derivation } } : protection;
  if (mac) told.mac = mac;
  return told;
}

/** @param {import('../contract').State} state */
export function renderCustom(state) {
  const byHand = targetOf(state)?.by_hand ?? false;
  mustFind('#by-hand').hidden = !byHand;
  if (!byHand) return;
  const { files } = state.choices;
  list(mustFind('#forms'), '#form-template', files, file => files.indexOf(file), (node, file) => {
    const form = FORMS[file.form];
    node.dataset.index = String(files.indexOf(file));
    const name = /** @type {HTMLInputElement} */ (mustFind('[data-role=file-name]', node));
    if (name.value !== file.name) name.value = file.name;
    const kinds = Object.fromEntries(Object.entries(FORMS).map(([id, { words }]) => [id, words]));
    fillSelect(mustFind('[data-role=form]', node), kinds, file.form);
    const settings = (form?.settings ?? []).map(id => /** @type {Setting} */ (id)).filter(id => applies(id, file));
    list(mustFind('[data-role=settings]', node), '#setting-template', settings, id => id, (row, id) => {
      const { title, values } = SETTINGS[id];
      mustFind('[data-field=title]', row).textContent = title;
      const select = mustFind('select', row);
      select.dataset.setting = id;
      fillSelect(select, values, String(file[nameOf(id)] ?? ''));
    });
    mustFind('[data-role=drop-form] .unseen', node).textContent = ` ${file.name}`;
  });
}

/**
 * A change in one of the rows.
 * @param {HTMLInputElement | HTMLSelectElement} field
 */
export function changeForm(field) {
  const index = rowOf(field);
  const { files } = state.choices;
  const before = files[index];
  if (!before) return;
  let file = before;
  if (field.dataset.role === 'file-name') file = { ...file, name: field.value };
  else if (field.dataset.role === 'form') file = fresh(field.value);
  else file = { ...file, [nameOf(/** @type {Setting} */ (field.dataset.setting))]: field.value };
  // PKCS#1 and SEC1 have no password of their own.
  if (file.syntax === 'pkcs1' || file.syntax === 'sec1') file = { ...file, protection: 'none' };
  if (field.dataset.role !== 'file-name' && before.name === usual(before)) file = { ...file, name: usual(file) };
  decide({ files: files.map(one => (one === before ? file : one)) }, field.dataset.role === 'file-name' ? `file ${index}` : '');
}

export function addForm() {
  decide({ files: [...state.choices.files, fresh('pkcs12')] });
}

/** @param {HTMLElement} button */
export function dropForm(button) {
  const index = rowOf(button);
  decide({ files: state.choices.files.filter((_, at) => at !== index) });
}

/** @param {HTMLElement} within */
function rowOf(within) {
  return Number(/** @type {HTMLElement} */ (within.closest('[data-index]')).dataset.index);
}

/**
 * A file of a form, each setting at its first value.
 * @param {string} form
 * @returns {FormFile}
 */
function fresh(form) {
  const settings = (FORMS[form]?.settings ?? []).map(id => /** @type {Setting} */ (id));
  const first = settings.map(id => [nameOf(id), Object.keys(SETTINGS[id].values)[0]]);
  const file = { name: '', form, ...Object.fromEntries(first) };
  // Keystores hold the chain, and so do bags.
  if (['pkcs12', 'java', 'certificate-bag'].includes(form)) Object.assign(file, { which: 'whole-chain' });
  if (form === 'pem-bundle') Object.assign(file, { which: 'full-chain' });
  return { ...file, name: usual(file) };
}

/** @param {FormFile} file */
function usual(file) {
  const form = FORMS[file.form];
  return form ? `${form.stem}.${form.extension(file)}` : file.name;
}

/**
 * @param {Setting} id
 * @returns {string}
 */
function nameOf(id) {
  const setting = SETTINGS[id];
  return 'name' in setting ? setting.name : id;
}

/**
 * @param {Setting} id
 * @param {FormFile} file
 */
function applies(id, file) {
  if (id === 'cipher' || id === 'derivation') return file.protection === 'pbes2';
  return !(file.syntax === 'openssh' && id === 'encoding');
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} values
 * @param {string} chosen
 */
export function fillSelect(element, values, chosen) {
  const select = /** @type {HTMLSelectElement} */ (element);
  const ids = Object.keys(values);
  if ([...select.options].map(({ value }) => value).join() !== ids.join()) {
    select.replaceChildren(...ids.map(id => new Option(values[id], id)));
  }
  if (select.value !== chosen) select.value = chosen;
}
