// What the core tells of a certificate, as rows: no document, no state.

import * as words from '../words.js';

/** @typedef {import('./types').Details} Details */
/** @typedef {import('./types').Fact} Fact */
/** @typedef {import('./types').Place} Place */

/** A key of 4,096 bits has so many digits that nobody reads them unasked. */
const SHORT = 40;

/** @param {Fact[]} rows @returns {Fact[]} */
export function facts(rows) {
  return rows.map(row => {
    const { hex, ...plain } = row;
    return hex ? { ...plain, hex: words.fingerprint(hex) } : plain;
  });
}

/** @param {Details} details @returns {Fact[]} */
export function fingerprints({ sha1, sha256, spki_sha256 }) {
  const rows = [
    { name: 'SHA-256', hex: sha256, explanation: 'of all its bytes: what two people compare' },
    { name: 'SHA-1', hex: sha1, explanation: 'the same, as older programs show it' },
    { name: 'Public key, SHA-256', hex: spki_sha256, explanation: 'the same for all that belong to one key' },
  ];
  return rows.flatMap(({ name, hex, explanation }) => (hex ? [{ name, values: [words.fingerprint(hex)], explanation }] : []));
}

/** @param {Details} details @returns {Fact[]} */
export function revoked({ revoked = [] }) {
  return revoked.map(({ serial, date, reason }) => {
    const since = date ? `since ${words.day(date)}` : '';
    return { name: words.fingerprint(serial), values: [[since, reason].filter(Boolean).join(': ')], explanation: '' };
  });
}

/** @param {import('./types').Comparison['differences']} differences @returns {Fact[]} */
export function differing(differences) {
  const said = (/** @type {string[] | null} */ values) => values?.map(short).join(', ') || 'not there';
  return differences.map(({ name, one, other }) => {
    return { name, values: [`this one: ${said(one)}`, `the other: ${said(other)}`], explanation: '' };
  });
}

/** @param {string} value */
function short(value) {
  return value.length > 10 * SHORT ? `${value.slice(0, 10 * SHORT)}…` : value;
}

/**
 * Everything else that can be laid beside it, by place and name.
 * @param {import('../types').View | null} view
 * @param {Place} own
 * @returns {string[][]}
 */
export function comparable(view, own) {
  const kinds = { request: 'request', crl: 'revocation list', certificate: 'certificate', 'private-key': 'certificate' };
  return (view?.entries ?? []).flatMap((one, entry) => {
    const kind = kinds[/** @type {keyof typeof kinds} */ (one.kind)];
    if (!kind) return [];
    if (one.kind !== 'private-key') return one.brief || entry === own.entry ? [] : [[`${entry} 0`, `${kind} “${one.name || one.alias || '?'}”`]];
    const links = one.chain.map(({ name }, link) => ({ link, name: `${kind} “${name}”` }));
    return links.filter(({ link }) => entry !== own.entry || link !== own.link).map(({ link, name }) => [`${entry} ${link}`, name]);
  });
}

/** The tree as text: offset, depth, tag, value. @param {import('./types').TreeNode[]} nodes */
export function lines(nodes) {
  const width = String(nodes.at(-1)?.offset ?? 0).length;
  return nodes
    .map(({ depth, offset, tag, length, value }) => {
      return `${String(offset).padStart(width)}  ${'  '.repeat(depth)}${tag}${value === null ? ` (${length})` : ` ${value}`}`;
    })
    .join('\n');
}
