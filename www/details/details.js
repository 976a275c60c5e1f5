// "Every detail" of a card: the whole certificate, request or list, fetched when somebody unfolds it; its ASN.1 and a
// comparison with another on demand.

import { ask } from '../worker/converter.js';
import { harmless, list, mustFind, put } from '../dom.js';
import { copyFrom } from '../fields.js';
import { state } from '../state.js';
import * as words from '../words.js';
import { comparable, differing, facts, fingerprints, lines, revoked } from './facts.js';

/** @typedef {import('./contract').Details} Details */
/** @typedef {import('./contract').Fact} Fact */
/** @typedef {import('./contract').Place} Place */

/** @type {import('../contract').View | null} the view that what is unfolded was read from */
let seen = null;

/** What is unfolded is of what was open before: it is read again. @param {import('../contract').State} state */
export function renderDetails({ view }) {
  if (view === seen) return;
  seen = view;
  for (const unfolded of document.querySelectorAll('details.exactly')) {
    mustFind('[data-role=facts]', unfolded).replaceChildren();
    if (/** @type {HTMLDetailsElement} */ (unfolded).open) fill(/** @type {HTMLElement} */ (unfolded), 0);
  }
}

// It does not bubble.
document.addEventListener(
  'toggle',
  async ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    if (target.matches('.exactly')) await fill(target, 0);
    if (target.matches('[data-role=tree]')) await fillTree(target);
  },
  true,
);

document.addEventListener('change', async ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const unfolded = /** @type {HTMLElement | null} */ (target.closest('.exactly'));
  if (!unfolded) return;
  if (target.matches('[data-role=link]')) await fill(unfolded, Number(target.value));
  if (target.matches('[data-role=compare-with]')) await compare(unfolded, target.value);
});

document.addEventListener('click', async ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest('[data-role=copy-pem]'));
  if (!button) return;
  const pem = mustFind('pre', /** @type {HTMLElement} */ (button.closest('details')));
  await copyFrom(button, pem, pem.textContent ?? '');
});

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
  list(holder, '#facts-template', [details], ({ sha256 }) => `${link} ${sha256}`, node => {
    const chain = entry.kind === 'private-key' ? entry.chain : [];
    choices(mustFind('[data-role=link]', node), chain.map(({ name }, index) => [String(index), name]), String(link));
    mustFind('.of-link', node).hidden = chain.length < 2;
    fillFacts(mustFind('[data-role=fields]', node), facts(details.fields));
    fillFacts(mustFind('[data-role=extensions]', node), facts(details.extensions));
    mustFind('.of-extensions', node).hidden = details.extensions.length === 0;
    fillFacts(mustFind('[data-role=fingerprints]', node), fingerprints(details));
    fillFacts(mustFind('[data-role=revoked]', node), revoked(details));
    mustFind('.of-revoked', node).hidden = !details.revoked?.length;
    put(node, 'pem', details.pem);
    for (const part of ['.of-pem', '[data-role=tree]']) mustFind(part, node).hidden = !details.pem;
    const others = comparable(state.view, place);
    choices(mustFind('[data-role=compare-with]', node), [['', 'Choose one'], ...others], '');
    mustFind('.of-compare', node).hidden = !others.length || lone;
    mustFind('[data-role=compared]', node).hidden = true;
  });
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
  const { same_key, identical, differences } = compared;
  const key = same_key ? 'Both are of the same key.' : 'They are of different keys.';
  put(shown, 'verdict', identical ? 'They are the same, byte for byte.' : `${key} ${words.count(differences.length, 'difference')}.`);
  shown.dataset.same = String(same_key);
  fillFacts(mustFind('[data-role=differences]', shown), differing(differences));
}

/** @param {HTMLElement} within @returns {Place} */
function place(within) {
  const unfolded = /** @type {HTMLElement} */ (within.closest('.exactly'));
  const card = /** @type {HTMLElement} */ (unfolded.closest('[data-entry]'));
  return { entry: Number(card.dataset.entry), link: Number(unfolded.dataset.link ?? 0) };
}

/**
 * @param {HTMLElement} parent
 * @param {Fact[]} rows
 */
function fillFacts(parent, rows) {
  list(parent, '#fact-template', rows, row => rows.indexOf(row), (node, { name, values, explanation, oid, critical, hex }) => {
    put(node, 'name', name);
    put(node, 'values', values.join('\n'));
    put(node, 'explanation', explanation);
    put(node, 'critical', critical ? 'critical: who does not understand it must refuse' : null);
    put(node, 'oid', oid);
    put(node, 'hex', hex);
    mustFind('details', node).hidden = !hex;
  });
}

/**
 * @param {HTMLElement} select
 * @param {string[][]} all
 * @param {string} chosen
 */
function choices(select, all, chosen) {
  select.replaceChildren(...all.map(([value, name]) => new Option(harmless(name ?? ''), value)));
  /** @type {HTMLSelectElement} */ (select).value = chosen;
}

/** A key without a certificate has but its fingerprint. @param {import('../contract').Identity} identity @returns {Details} */
function keyAlone({ name, key, spki_sha256 }) {
  const fields = [{ name: 'Key', values: [key], explanation: 'no certificate of it is here' }];
  return { kind: 'private-key', name, fields, extensions: [], sha1: '', sha256: '', spki_sha256, pem: null };
}

/** @param {import('../contract').Failure} failure */
function said(failure) {
  if (failure.code === 'internal') throw failure;
  return failure.message;
}

/** What cannot be read is said where it would stand. @param {import('../contract').Failure} failure @returns {Details} */
function refused(failure) {
  const fields = [{ name: 'It cannot be read', values: [said(failure)], explanation: failure.hint ?? '' }];
  return { kind: '', name: '', fields, extensions: [], sha1: '', sha256: '', spki_sha256: null, pem: null };
}
