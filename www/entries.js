// What is asked of the state: which entries are open, what each is called, which of them are chosen, with which certificates.

import * as words from './words.js';

/** @typedef {import('./types').Choices} Choices */
/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').Identity} Identity */
/** @typedef {import('./types').State} State */
/** @typedef {import('./types').Target} Target */
/** @typedef {import('./types').View} View */

/** From so many certificates on, a table says more than cards. */
export const MANY = 10;

/** In the order in which they are said. */
const KINDS = /** @type {const} */ (['private-key', 'certificate', 'public-key', 'request', 'crl', 'secret-key']);

/**
 * @param {View | null} view
 * @returns {Identity[]}
 */
export function identities(view) {
  return (view?.entries ?? []).filter(entry => entry.kind === 'private-key');
}

/**
 * What an entry is called while files come and go: its index may change. A key may stand in two files with two
 * certificates, so the key alone does not tell.
 * @param {Entry} entry
 */
export function entryKey(entry) {
  if (entry.kind === 'private-key') return [entry.spki_sha256, entry.chain[0]?.sha256, entry.alias].join(' ');
  return [entry.kind, entry.sha256 || entry.spki_sha256, entry.alias].join(' ');
}

/**
 * Whether the page holds a person's files.
 * @param {State} state
 */
export function isHeld({ given, batch }) {
  return given.length > 0 || batch;
}

/** @param {State} state */
export function targetOf({ targets, choices }) {
  return targets.find(({ id }) => id === choices.target);
}

/**
 * @param {View} view
 * @param {Target} target
 */
export function choosable(view, target) {
  return view.entries.filter(({ kind }) => target.kinds.includes(kind));
}

/**
 * What was chosen, if what is open still has it, in the order in which it was.
 * @param {State} state
 */
export function chosenEntries({ view, choices }) {
  if (!choices.chosen.length) return [];
  const entries = new Map(view?.entries.map(entry => [entryKey(entry), entry]));
  const found = choices.chosen.map(key => entries.get(key));
  return found.filter(entry => entry !== undefined);
}

/**
 * The kind of the first of them: of a batch private keys are expected.
 * @param {import('./types').State} state
 * @returns {import('./types').Kind}
 */
export function chosenKind(state) {
  return chosenEntries(state)[0]?.kind ?? 'private-key';
}

/**
 * Every certificate that could go with an identity: its chain, then the authorities that other files brought.
 * @param {View} view
 * @param {Entry} entry
 */
export function candidates(view, entry) {
  if (entry.kind !== 'private-key') return [];
  /** @type {Map<string, import('./types').Certificate>} */
  const found = new Map();
  const others = view.entries.flatMap(one => (one.kind === 'private-key' ? one.chain.slice(1) : []));
  for (const certificate of [...entry.chain.slice(1), ...others]) found.set(certificate.sha256, certificate);
  for (const one of view.entries) {
    if (one.kind === 'certificate' && one.ca && one.sha256) found.set(one.sha256, /** @type {any} */ (one));
  }
  return [...found.values()];
}

/**
 * @param {Choices} choices
 * @param {Entry} entry
 */
export function issuersOf(choices, entry) {
  const own = entry.kind === 'private-key' ? entry.chain.slice(1).map(({ sha256 }) => sha256) : [];
  return choices.issuers[entryKey(entry)] ?? own;
}

/**
 * The field of the alias of one of the chosen entries.
 * @param {number} index
 */
export function aliasId(index) {
  return index === 0 ? 'alias' : `alias-${index + 1}`;
}

/**
 * "1 private key and 3 certificates"
 * @param {import('./types').Counts} counts
 */
export function summary(counts) {
  const there = KINDS.filter(kind => counts[kind]);
  return words.enumerate(there.map(kind => words.say(`kinds.${kind}`, { n: counts[kind] ?? 0 })));
}
