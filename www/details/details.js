// "Every detail" of a card: the whole certificate, request or list, fetched when somebody unfolds it; its ASN.1 and a
// comparison with another on demand.

import { ask, broke } from '../worker/converter.js';
import { harmless, mustFind, put } from '../dom.js';
import { state } from '../state.js';
import { say } from '../words.js';
import { lines } from './facts.js';
import { renderComparison, renderDetails } from './view.js';

/** @typedef {import('./types').Details} Details */
/** @typedef {import('./types').Place} Place */

/** @type {import('../types').View | null} the view that what is unfolded was read from */
let seen = null;

/** What is unfolded is of what was open before: it is read again. @param {import('../types').State} state */
export function refresh({ view }) {
  if (view === seen) return;
  seen = view;
  for (const unfolded of document.querySelectorAll('details.exactly')) {
    mustFind('[data-role=facts]', unfolded).replaceChildren();
    if (/** @type {HTMLDetailsElement} */ (unfolded).open) fill(/** @type {HTMLElement} */ (unfolded), 0);
  }
}

/** @param {EventTarget | null} target what was unfolded */
export async function unfold(target) {
  if (!(target instanceof HTMLDetailsElement) || !target.open) return;
  if (target.matches('.exactly')) await fill(target, 0);
  if (target.matches('[data-role=tree]')) await fillTree(target);
}

/** @param {HTMLSelectElement} select another certificate of the chain */
export async function chooseLink(select) {
  await fill(/** @type {HTMLElement} */ (select.closest('.exactly')), Number(select.value));
}

/** @param {HTMLSelectElement} select what to compare with */
export async function compareWith(select) {
  await compare(/** @type {HTMLElement} */ (select.closest('.exactly')), select.value);
}

/**
 * @param {HTMLElement} unfolded
 * @param {number} link of the chain
 */
async function fill(unfolded, link) {
  const holder = mustFind('[data-role=facts]', unfolded);
  const place = { entry: Number(/** @type {HTMLElement} */ (unfolded.closest('[data-entry]')).dataset.entry), link };
  const entry = state.view?.entries[place.entry];
  if (!entry) return;
  const lone = entry.kind === 'private-key' && entry.chain.length === 0;
  const view = state.view;
  /** @type {Details} */
  const details = lone ? keyAlone(entry) : await ask('details', place).catch(refused);
  if (view !== state.view) return;
  unfolded.dataset.link = String(link);
  renderDetails(holder, details, { entry, place, lone });
}

/** @param {HTMLDetailsElement} tree */
async function fillTree(tree) {
  const text = await ask('tree', place(tree)).then(lines, failure => said(failure));
  mustFind('pre', tree).textContent = harmless(text);
}

/**
 * @param {HTMLElement} unfolded
 * @param {string} other
 */
async function compare(unfolded, other) {
  const shown = mustFind('[data-role=compared]', unfolded);
  shown.hidden = other === '';
  if (!other) return;
  const [entry = 0, link = 0] = other.split(' ').map(Number);
  const asked = ask('compare', { one: place(unfolded), other: { entry, link } });
  const compared = await asked.catch(failure => void put(shown, 'verdict', said(failure)));
  if (!compared) return;
  renderComparison(shown, compared);
}

/** @param {HTMLElement} within @returns {Place} */
function place(within) {
  const unfolded = /** @type {HTMLElement} */ (within.closest('.exactly'));
  const card = /** @type {HTMLElement} */ (unfolded.closest('[data-entry]'));
  return { entry: Number(card.dataset.entry), link: Number(unfolded.dataset.link ?? 0) };
}

/** A key without a certificate has but its fingerprint. @param {import('../types').Identity} identity @returns {Details} */
function keyAlone({ name, key, spki_sha256 }) {
  const fields = [{ name: say('details.key'), values: [key], explanation: say('details.key.alone') }];
  return { kind: 'private-key', name, fields, extensions: [], sha1: '', sha256: '', spki_sha256, pem: null };
}

/** @param {import('../types').Failure} failure */
function said(failure) {
  if (broke(failure)) throw failure;
  return failure.message;
}

/** What cannot be read is said where it would stand. @param {import('../types').Failure} failure @returns {Details} */
function refused(failure) {
  const fields = [{ name: say('details.unreadable'), values: [said(failure)], explanation: failure.hint ?? '' }];
  return { kind: '', name: '', fields, extensions: [], sha1: '', sha256: '', spki_sha256: null, pem: null };
}
