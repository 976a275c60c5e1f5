// "All details" of a card: the whole certificate, request or list, asked for when somebody unfolds it; its ASN.1 and a
// comparison with another on demand.

import { harmless } from '../dom.js';
import { state } from '../state.js';
import { say } from '../words.js';
import { ask, broke } from '../worker/converter.js';
import { lines } from './facts.js';
import { card, put, update } from './state.js';

/** @typedef {import('./types').Details} Details */

/** What is unfolded is of what was open before: it is asked for again. */
export function refresh() {
  update({ cards: new Map() });
  return Promise.all([...document.querySelectorAll('details.exactly[open]')].map(one => show(entryOf(one), 0)));
}

/** @param {EventTarget | null} target what was unfolded */
export async function unfold(target) {
  if (!(target instanceof HTMLDetailsElement) || !target.open) return;
  if (target.matches('.exactly')) await show(entryOf(target), 0);
  if (target.matches('[data-role=tree]')) await showTree(entryOf(target));
}

/** @param {HTMLSelectElement} select another certificate of the chain */
export async function chooseLink(select) {
  await show(entryOf(select), Number(select.value));
}

/** @param {HTMLSelectElement} select what to compare with */
export async function compareWith(select) {
  const own = entryOf(select);
  if (!select.value) return put(own, { compared: null });
  const [entry = 0, link = 0] = select.value.split(' ').map(Number);
  const { view } = state;
  const asked = ask('compare', { one: { entry: own, link: card(own).link }, other: { entry, link } });
  const compared = await asked.catch(failure => ({ refusal: said(failure) }));
  if (view === state.view) put(own, { compared });
}

/**
 * @param {number} index of the entry
 * @param {number} link of its chain
 */
async function show(index, link) {
  const { view } = state;
  const entry = view?.entries[index];
  if (!entry) return;
  const lone = entry.kind === 'private-key' && entry.chain.length === 0;
  const details = lone ? keyAlone(entry) : await ask('details', { entry: index, link }).catch(refused);
  if (view === state.view) put(index, { link, details, tree: null, compared: null });
}

/** @param {number} entry */
async function showTree(entry) {
  const { view } = state;
  const text = await ask('tree', { entry, link: card(entry).link }).then(lines, said);
  if (view === state.view) put(entry, { tree: harmless(text) });
}

/** @param {Element} within */
function entryOf(within) {
  return Number(/** @type {HTMLElement} */ (within.closest('[data-entry]')).dataset.entry);
}

/** A key without a certificate has but its fingerprint. @param {import('../types').Identity} identity @returns {Details} */
function keyAlone({ name, key, spki_sha256 }) {
  /** @type {Details['fields']} */
  const fields = [{ name: say('details.key'), values: [key], explanation: say('details.key.alone'), group: 'key' }];
  return { kind: 'private-key', name, fields, extensions: [], sha1: '', sha256: '', spki_sha256, pem: null };
}

/** @param {import('../types').Failure} failure */
function said(failure) {
  if (broke(failure)) throw failure;
  return failure.message;
}

/** What cannot be read is said where it would stand. @param {import('../types').Failure} failure @returns {Details} */
function refused(failure) {
  /** @type {Details['fields']} */
  const fields = [{ name: say('details.unreadable'), values: [said(failure)], explanation: failure.hint ?? '', group: 'identity' }];
  return { kind: '', name: '', fields, extensions: [], sha1: '', sha256: '', spki_sha256: null, pem: null };
}
