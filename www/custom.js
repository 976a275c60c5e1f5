// Files by hand: what each form of file can be told, and the rows in which a person tells it.
//
// The names of forms, settings and values are the core's (src/target/form.rs); the words are the page's.

import { list, mustFind } from './dom.js';
import { decide } from './choosing.js';
import { targetOf } from './entries.js';
import { state } from './state.js';

/** @typedef {import('./contract').FormFile} FormFile */
/** @typedef {{ words: string, stem: string, extension: (file: FormFile) => string, settings: string[] }} Form */

/** @param {FormFile} file */
const byEncoding = file => ({ pem: 'pem', der: 'der', base64: 'txt' })[String(file.encoding)] ?? 'pem';

/** @type {Record<string, Form>} */
const FORMS = {
  certificates: { words: 'Certificates', stem: 'certificate', extension: byEncoding, settings: ['which', 'encoding'] },
  'certificate-bag': {
    words: 'PKCS#7 (.p7b): certificates in one file',
    stem: 'certificates',
    extension: () => 'p7b',
    settings: ['which', 'encoding'],
  },
  'private-key': {
    words: 'Private key',
    stem: 'private_key',
    extension: file => (file.syntax === 'openssh' ? 'key' : byEncoding(file)),
    settings: ['syntax', 'encoding', 'protection', 'cipher', 'derivation'],
  },
  'pem-bundle': {
    words: 'Private key and certificates in one PEM',
    stem: 'bundle',
    extension: () => 'pem',
    settings: ['which', 'protection', 'cipher', 'derivation'],
  },
  'public-key': { words: 'Public key', stem: 'public_key', extension: byEncoding, settings: ['public', 'encoding'] },
  pkcs12: { words: 'PKCS#12 (.p12, .pfx)', stem: 'bundle', extension: () => 'p12', settings: ['profile', 'mac', 'which'] },
  java: {
    words: 'Java keystore',
    stem: 'keystore',
    extension: file => String(file.kind),
    settings: ['kind', 'which'],
  },
  'secret-key': { words: 'Secret key, its raw bytes', stem: 'secret', extension: () => 'key', settings: ['raw'] },
};

/** Each setting: its name in the core, its title, its values in the order in which they are offered. */
const SETTINGS = {
  which: {
    title: 'Which certificates',
    values: {
      leaf: 'yours alone',
      'full-chain': 'yours and those up to the root',
      'whole-chain': 'all, the root with them',
      intermediates: 'those between yours and the root',
      authorities: 'all but yours',
    },
  },
  encoding: { title: 'Written as', values: { pem: 'PEM text', der: 'DER, binary', base64: 'Base64 without armour' } },
  raw: { name: 'encoding', title: 'Written as', values: { der: 'the bytes', base64: 'Base64' } },
  syntax: {
    title: 'Structure',
    values: { pkcs8: 'PKCS#8', pkcs1: 'PKCS#1 (RSA)', sec1: 'SEC1 (EC)', openssh: 'OpenSSH' },
  },
  public: { name: 'syntax', title: 'Structure', values: { spki: 'SubjectPublicKeyInfo', openssh: 'OpenSSH' } },
  protection: {
    title: 'Guarded by',
    values: { password: 'the new password', pbes2: 'the new password, algorithms by hand', none: 'nothing' },
  },
  cipher: { title: 'Cipher', values: { 'aes-256': 'AES-256', 'aes-128': 'AES-128', '3des': '3DES' } },
  derivation: {
    title: 'Derivation',
    values: {
      'pbkdf2-sha256': 'PBKDF2, SHA-256',
      'pbkdf2-sha512': 'PBKDF2, SHA-512',
      'pbkdf2-sha1': 'PBKDF2, SHA-1',
      scrypt: 'scrypt',
    },
  },
  profile: { title: 'Algorithms', values: { 'modern-2023': 'AES-256, SHA-256', 'legacy-3des': '3DES, SHA-1, for old systems' } },
  mac: {
    title: 'MAC',
    values: { '': 'as the algorithms', sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' },
  },
  kind: { title: 'Kind', values: { jks: 'JKS', jceks: 'JCEKS' } },
};

/** @typedef {keyof typeof SETTINGS} Setting */

/** What a new list begins with. */
export const FIRST = [fresh('certificates'), fresh('private-key')];

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

/** @param {import('./contract').State} state */
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
