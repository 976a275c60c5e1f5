// The certificate chain as a small picture: from the certificate up to a root, or to what is missing.

import { list, mustFind, put } from '../dom.js';
import * as words from '../words.js';

/** @typedef {import('../types').Certificate} Certificate */
/** @typedef {import('../types').ChainVerdict} ChainVerdict */

/** @typedef {{ authority: string, part: string | null, state: string }} Step */

/**
 * @param {HTMLElement} node the card
 * @param {Certificate[]} chain
 * @param {ChainVerdict | null | undefined} verdict
 */
export function renderChain(node, chain, verdict) {
  const parent = mustFind('[data-role=chain]', node);
  const steps = [...chain.map(one => step(one, chain[0])), ...above(chain.at(-1), verdict)];
  list(parent, '#authority-template', steps, one => steps.indexOf(one), (item, { authority, part, state }) => {
    put(item, 'authority', authority);
    put(item, 'part', part);
    item.dataset.state = state;
    item.toggleAttribute('data-missing', state === 'missing');
  });
  // A certificate that signed itself is no chain.
  parent.hidden = steps.length < 2;
  parent.dataset.verdict = verdict?.verdict ?? '';
  const { version, date } = verdict?.roots ?? {};
  put(node, 'roots', date ? words.say('chain.roots', { version: version ?? '', day: words.day(date) }) : null);
  renderTrust(node, verdict?.root, verdict?.verdict);
}

/**
 * When it expires is said only where the chain ends before the certificate does.
 * @param {Certificate} certificate
 * @param {Certificate | undefined} leaf
 * @returns {Step}
 */
function step(certificate, leaf) {
  const { name, subject, status, not_after } = certificate;
  const day = words.day(not_after);
  const authority = name || subject;
  if (certificate === leaf) return { authority, part: null, state: 'own' };
  if (status === 'expired') return { authority, part: words.say('chain.expired', { day }), state: 'expired' };
  const sooner = not_after && leaf?.not_after && not_after < leaf.not_after;
  return { authority, part: sooner ? words.say('chain.until', { day }) : null, state: sooner ? 'sooner' : 'issuer' };
}

/**
 * What stands above the last certificate and is not in the files.
 * @param {Certificate | undefined} last
 * @param {ChainVerdict | null | undefined} verdict
 * @returns {Step[]}
 */
function above(last, verdict) {
  if (!last || last.self_signed) return [];
  if (verdict?.root) return [{ authority: verdict.root.name, part: words.say('chain.known-root'), state: 'known' }];
  return [{ authority: last.issuer_name || last.issuer, part: words.say('chain.missing'), state: 'missing' }];
}

/**
 * The button by which a person trusts a root that is not public, until the page is closed.
 * @param {HTMLElement} node
 * @param {{ name: string, sha256: string } | undefined} root
 * @param {ChainVerdict['verdict'] | undefined} verdict
 */
export function renderTrust(node, root, verdict) {
  const button = mustFind('[data-role=trust]', node);
  const offered = root && (verdict === 'private-root' || verdict === 'company-root');
  button.hidden = !offered;
  button.dataset.root = offered ? root.sha256 : '';
  const trusted = verdict === 'company-root';
  put(button, 'trust', offered ? words.say(trusted ? 'chain.distrust' : 'chain.trust', { name: root.name }) : null);
}
