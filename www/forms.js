// What each form of file can be told: the tables behind the rows in which a person lists files by hand.
//
// The names of forms, settings and values are the core's (src/target/output.rs); the words are the page's.

/** @typedef {import('./types').FormFile} FormFile */
/** @typedef {{ words: string, stem: string, extension: (file: FormFile) => string, settings: Setting[] }} Form */
/** @typedef {keyof typeof SETTINGS} Setting */

/** @param {FormFile} file */
const byEncoding = file => ({ pem: 'pem', der: 'der', base64: 'txt' })[String(file.encoding)] ?? 'pem';

/** @type {Record<string, Form>} */
export const FORMS = {
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
export const SETTINGS = {
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
    values: {
      password: 'the new password',
      'legacy-3des': 'the new password, for Java before 19',
      pbes2: 'the new password, algorithms by hand',
      none: 'nothing',
    },
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

/**
 * What a list begins with, by what is to go in.
 * @param {import('./types').Kind | undefined} kind
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

/**
 * A file of a form, each setting at its first value.
 * @param {string} form
 * @returns {FormFile}
 */
export function fresh(form) {
  const first = (FORMS[form]?.settings ?? []).map(id => [nameOf(id), Object.keys(SETTINGS[id].values)[0]]);
  const file = { name: '', form, ...Object.fromEntries(first) };
  // Keystores hold the chain, and so do bags.
  if (['pkcs12', 'java', 'certificate-bag'].includes(form)) Object.assign(file, { which: 'whole-chain' });
  if (form === 'pem-bundle') Object.assign(file, { which: 'full-chain' });
  return { ...file, name: usual(file) };
}

/** @param {FormFile} file */
export function usual(file) {
  const form = FORMS[file.form];
  return form ? `${form.stem}.${form.extension(file)}` : file.name;
}

/**
 * @param {Setting} id
 * @returns {string}
 */
export function nameOf(id) {
  const setting = SETTINGS[id];
  return 'name' in setting ? setting.name : id;
}

/**
 * @param {Setting} id
 * @param {FormFile} file
 */
export function applies(id, file) {
  if (id === 'cipher' || id === 'derivation') return file.protection === 'pbes2';
  return !(file.syntax === 'openssh' && id === 'encoding');
}
