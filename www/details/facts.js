// What the core tells of a certificate, as rows: no document, no state.

import * as words from '../words.js';

/** @typedef {import('./types').Details} Details */
/** @typedef {import('./types').Fact} Fact */
/** @typedef {import('./types').Place} Place */

/** A key of 4,096 bits has so many digits that nobody reads them unasked. */
const SHORT = 40;

/** @param {Fact[]} rows @returns {Fact[]} */
function facts(rows) {
  return rows.map(row => {
    const { hex, ...plain } = row;
    return hex ? { ...plain, hex: words.fingerprint(hex) } : plain;
  });
}

/** The headings, those first that a person asks about. */
const GROUPS = /** @type {const} */ (['identity', 'validity', 'uses', 'key', 'issuer']);

/**
 * Under each heading its facts.
 * @param {Details} details
 */
export function grouped({ fields, extensions }) {
  const all = facts([...fields, ...extensions]);
  const groups = GROUPS.map(group => ({ group, rows: all.filter(fact => fact.group === group) }));
  return { groups: groups.filter(({ rows }) => rows.length), rest: all.filter(({ group }) => group === 'technical') };
}

/** @param {Details} details @returns {Fact[]} */
export function fingerprints({ sha1, sha256, spki_sha256 }) {
  const rows = [
    { name: words.say('details.sha256'), hex: sha256, explanation: words.say('details.sha256.about') },
    { name: words.say('details.sha1'), hex: sha1, explanation: words.say('details.sha1.about') },
    { name: words.say('details.spki'), hex: spki_sha256, explanation: words.say('details.spki.about') },
  ];
  return rows.flatMap(({ name, hex, explanation }) => (hex ? [technical(name, [words.fingerprint(hex)], explanation)] : []));
}

/** @param {Details} details @returns {Fact[]} */
export function revoked({ revoked = [] }) {
  return revoked.map(({ serial, date, reason }) => {
    const of = { day: words.day(date), reason: reason ?? '' };
    const since = words.say(reason ? 'details.revoked-for' : 'details.revoked', of);
    return technical(words.fingerprint(serial), [date ? since : (reason ?? '')]);
  });
}

/** @param {import('./types').Comparison['differences']} differences @returns {Fact[]} */
export function differing(differences) {
  const said = (/** @type {string[] | null} */ values) => values?.map(short).join(', ') || words.say('details.absent');
  return differences.map(({ name, one, other }) => {
    return technical(name, [words.say('details.this', { values: said(one) }), words.say('details.that', { values: said(other) })]);
  });
}

/**
 * @param {string} name
 * @param {string[]} values
 * @param {string} [explanation]
 * @returns {Fact}
 */
function technical(name, values, explanation = '') {
  return { name, values, explanation, group: 'technical' };
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
  const kinds = /** @type {const} */ ({
    request: 'details.of-request',
    crl: 'details.of-crl',
    certificate: 'details.of-certificate',
    'private-key': 'details.of-certificate',
  });
  return (view?.entries ?? []).flatMap((one, entry) => {
    const kind = kinds[/** @type {keyof typeof kinds} */ (one.kind)];
    if (!kind) return [];
    if (one.kind !== 'private-key') return one.brief || entry === own.entry ? [] : [[`${entry} 0`, words.say(kind, { name: one.name || one.alias || '?' })]];
    const links = one.chain.map(({ name }, link) => ({ link, name: words.say(kind, { name }) }));
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
