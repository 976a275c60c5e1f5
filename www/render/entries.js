// "What is inside": a card for each identity, and a line for everything else.

import { renderChain, renderTrust } from './chain.js';
import { list, mustFind, put } from '../dom.js';
import { MANY, choosable, entryKey, identities, summary, targetOf } from '../entries.js';
import { renderFindings } from './findings.js';
import { renderVerdict } from './verdict.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */
/** @typedef {import('../types').Identity} Identity */
/** @typedef {import('../types').Other} Other */
/** @typedef {import('../types').Dated} Dated */

/** @param {State} state */
export function renderEntries(state) {
  const { view } = state;
  const target = targetOf(state);
  const all = identities(view);
  const others = (view?.entries ?? []).filter(entry => entry.kind !== 'private-key');
  const choices = view && target ? choosable(view, target) : [];
  const findings = view?.findings ?? [];
  const general = findings.filter(({ entry, file }) => entry == null && file == null);

  mustFind('#step-inside').hidden = !view?.entries.length && !view?.rows && general.length === 0;
  const choose = mustFind('#choose');
  choose.hidden = choices.length < 2 || target?.takes === 'certificates';
  choose.textContent =
    words.say(target?.takes === 'one' ? 'inside.choose-one' : 'inside.choose');
  renderFindings(mustFind('#findings'), general);

  list(mustFind('#entries'), '#entry-template', all, entryKey, (node, identity) => {
    fillChoice(node, identity, state, choices);
    const alike = all.some(one => one !== identity && one.name === identity.name);
    fillIdentity(node, identity, all.length === 1 || node.hasAttribute('data-chosen'), alike);
  });

  const also = /** @type {HTMLDetailsElement} */ (mustFind('#also'));
  also.hidden = others.length === 0;
  // Beside an identity the rest is a footnote; alone, or where it can be chosen, it is what there is to see.
  // So is what a person must act on: a list that is not used, a certificate of another key, a request.
  /** @param {import('../types').Finding} finding */
  const due = ({ severity, code }) => severity !== 'info' && (code.startsWith('crl-') || code === 'certificate-of-another-key');
  const told = findings.some(due) || others.some(({ kind }) => kind === 'request');
  const wanted = all.length === 0 || told || others.some(other => choices.includes(other));
  if (others.length > 0 && others.length < MANY && wanted) also.open = true;
  const places = new Map(view?.entries.map((entry, index) => [entry, index]));
  const place = (/** @type {Other} */ other) => places.get(other) ?? -1;
  /** @type {import('../types').Counts} */
  const rest = {};
  for (const { kind } of others) rest[kind] = (rest[kind] ?? 0) + 1;
  mustFind('summary', also).textContent = words.say(all.length ? 'inside.also' : 'inside.others', { contents: summary(rest) });
  const whole = others.filter(({ brief }) => !brief);
  const more = mustFind('#more-others');
  more.hidden = whole.length === others.length;
  more.textContent = words.say('inside.more', { n: others.length - whole.length });
  list(mustFind('#others'), '#other-template', whole, place, (node, other) => {
    node.dataset.kind = other.kind;
    fillOther(node, other);
    fillChoice(node, other, state, choices);
  });
}

/**
 * The verdict, and the box that chooses it where there is a choice.
 * @param {HTMLElement} node
 * @param {import('../types').Entry} entry
 * @param {State} state
 * @param {import('../types').Entry[]} choosable
 */
function fillChoice(node, entry, state, choosable) {
  node.dataset.entry = String(state.view?.entries.indexOf(entry) ?? -1);
  renderVerdict(node, entry, targetOf(state));
  const input = /** @type {HTMLInputElement} */ (mustFind('input[name=identity]', node));
  input.type = targetOf(state)?.takes === 'one' ? 'radio' : 'checkbox';
  input.value = entryKey(entry);
  input.checked = state.choices.chosen.includes(input.value);
  input.hidden = choosable.length < 2 || !choosable.includes(entry);
  input.disabled = state.busy?.action === 'convert';
  node.toggleAttribute('data-chosen', input.checked && !input.hidden);
}

/**
 * @param {HTMLElement} node
 * @param {Identity} identity
 * @param {boolean} whole not only a row to choose it from
 * @param {boolean} alike another has its name: only the alias tells which is which
 */
function fillIdentity(node, identity, whole, alike) {
  const { chain } = identity;
  const named = chain.length > 0 || identity.alias;
  put(node, 'name', (named && identity.name) || words.named('kind', 'private-key'));
  const addresses = identity.emails.map(({ address }) => address).join(', ');
  put(node, 'emails', [addresses, alike ? identity.alias : ''].filter(Boolean).join(' · '));
  put(node, 'alias', identity.alias);
  put(node, 'again', words.say('entry.again', { name: identity.name }));
  fillLeft(node, chain[0]);
  renderChain(node, chain, identity.verdict);
  mustFind('.body', node).hidden = !whole;
}

/**
 * @param {HTMLElement} node
 * @param {Other} other
 */
function fillOther(node, other) {
  // A revocation list has no name but its issuer's.
  const crl = other.kind === 'crl';
  const what = words.named('kind', other.kind);
  const keyAlone = other.kind === 'public-key' || other.kind === 'secret-key';
  const name = (crl && other.issuer_name) || (keyAlone ? other.alias : other.name || other.alias);
  put(node, 'name', name || what);
  const issuer = !other.self_signed && !crl && other.issuer_name;
  put(node, 'what', issuer ? words.say('issued-by', { what, issuer }) : name && what);
  fillLeft(node, other.not_after ? other : undefined);
  const { verdict, sha256 = '', asked } = other;
  const certificate = other.kind === 'certificate';
  put(node, 'subject', asked?.subject);
  put(node, 'names', asked?.names.join(', '));
  const secret = other.kind === 'secret-key' ? [other.algorithm, words.say('size.bits', { n: other.bits ?? 0 })] : [];
  put(node, 'key', certificate ? null : (asked?.key ?? other.key ?? secret.join(', ')));
  // Of a root by itself there is no chain: it can issue others once it is trusted.
  const root = other.ca && verdict?.verdict === 'self-signed' ? { name: other.name ?? '', sha256 } : verdict?.root;
  renderTrust(node, root, other.ca && verdict?.verdict === 'self-signed' ? 'private-root' : verdict?.verdict);
  put(node, 'again', certificate ? words.say('entry.again', { name: other.name ?? '' }) : null);
  mustFind('.again', node).hidden = !certificate || Boolean(other.ca);
  mustFind('.exactly', node).hidden = !certificate && other.kind !== 'request' && other.kind !== 'crl';
}

/**
 * @param {HTMLElement} node
 * @param {Dated | undefined} certificate
 */
function fillLeft(node, certificate) {
  put(node, 'left', certificate && words.valid(certificate));
  mustFind('[data-field=left]', node).dataset.urgency = certificate ? words.urgency(certificate) : '';
}
