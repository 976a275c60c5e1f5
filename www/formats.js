// The settings of each output format: the tables behind the rows in which a person lists files by hand.
//
// The names of formats, settings and values are the core's (src/target/output.rs); their words stand in the catalogue.

/** @typedef {import('./types').OutputFile} OutputFile */
/** @typedef {{ stem: string, extension: (file: OutputFile) => string, settings: string[] }} OutputFormat */

/** @param {OutputFile} file */
const byEncoding = file => ({ pem: 'pem', der: 'der', base64: 'txt' })[String(file.encoding)] ?? 'pem';

/** @type {Record<string, OutputFormat>} */
export const FORMATS = {
  certificates: { stem: 'certificate', extension: byEncoding, settings: ['which', 'encoding'] },
  'certificate-bag': {
    stem: 'certificates',
    extension: () => 'p7b',
    settings: ['which', 'encoding'],
  },
  'private-key': {
    stem: 'private_key',
    extension: file => (file.syntax === 'openssh' ? 'key' : byEncoding(file)),
    settings: ['syntax', 'encoding', 'protection', 'cipher', 'derivation'],
  },
  'pem-bundle': {
    stem: 'bundle',
    extension: () => 'pem',
    settings: ['which', 'protection', 'cipher', 'derivation'],
  },
  'public-key': { stem: 'public_key', extension: byEncoding, settings: ['public', 'encoding'] },
  pkcs12: { stem: 'bundle', extension: () => 'p12', settings: ['profile', 'mac', 'which'] },
  java: {
    stem: 'keystore',
    extension: file => String(file.kind),
    settings: ['kind', 'which'],
  },
  'secret-key': { stem: 'secret', extension: () => 'key', settings: ['raw'] },
};

/**
 * Each setting: its values in the order in which they are offered, its name in the core and its family of words where those
 * are others.
 * @type {Record<string, { values: string[], name?: string, family?: string }>}
 */
export const SETTINGS = {
  which: { values: ['leaf', 'full-chain', 'whole-chain', 'intermediates', 'authorities'] },
  encoding: { values: ['pem', 'der', 'base64'] },
  raw: { name: 'encoding', values: ['der', 'base64'] },
  syntax: { values: ['pkcs8', 'pkcs1', 'sec1', 'openssh'] },
  public: { name: 'syntax', values: ['spki', 'openssh'] },
  protection: { values: ['password', 'legacy-3des', 'pbes2', 'none'] },
  cipher: { values: ['aes-256', 'aes-128', '3des'] },
  derivation: { values: ['pbkdf2-sha256', 'pbkdf2-sha512', 'pbkdf2-sha1', 'scrypt'] },
  profile: { values: ['modern-2023', 'legacy-3des'] },
  mac: { values: ['', 'sha1', 'sha256', 'sha384', 'sha512'] },
  kind: { family: 'kind-of-store', values: ['jks', 'jceks'] },
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
 * @param {OutputFile} file
 */
export function toCore({ cipher, derivation, protection, mac, ...file }) {
  /** @type {OutputFile} */
  const told = { ...file };
  if (protection) told.protection = protection === 'pbes2' ? { pbes2: { cipher, derivation } } : protection;
  if (mac) told.mac = mac;
  return told;
}

/**
 * A file of a format, each setting at its first value.
 * @param {string} format
 * @returns {OutputFile}
 */
export function fresh(format) {
  const first = (FORMATS[format]?.settings ?? []).map(id => [nameOf(id), SETTINGS[id]?.values[0]]);
  const file = { name: '', form: format, ...Object.fromEntries(first) };
  // Keystores hold the chain, and so do bags.
  if (['pkcs12', 'java', 'certificate-bag'].includes(format)) Object.assign(file, { which: 'whole-chain' });
  if (format === 'pem-bundle') Object.assign(file, { which: 'full-chain' });
  return { ...file, name: usual(file) };
}

/** @param {OutputFile} file */
export function usual(file) {
  const format = FORMATS[file.form];
  return format ? `${format.stem}.${format.extension(file)}` : file.name;
}

/**
 * @param {string} id
 * @returns {string}
 */
export function nameOf(id) {
  return SETTINGS[id]?.name ?? id;
}

/**
 * @param {string} id
 * @param {OutputFile} file
 */
export function applies(id, file) {
  if (id === 'cipher' || id === 'derivation') return file.protection === 'pbes2';
  return !(file.syntax === 'openssh' && id === 'encoding');
}
