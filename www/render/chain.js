// The certificate chain: the certificates above an identity's, where they end, and what is to be said of that.

import { list, mustFind, put } from '../dom.js';
import { renderFindings } from './findings.js';
import * as words from '../words.js';

/** @typedef {import('../types').Certificate} Certificate */
/** @typedef {import('../types').ChainVerdict} ChainVerdict */

/** @typedef {{ authority: string, part: string, missing: boolean }} Step */

/**
 * From the identity up to a root, or to the authority that is missing.
 * @param {HTMLElement} node the card
 * @param {Certificate[]} chain
 * @param {ChainVerdict | null | undefined} verdict
 */
export function renderChain(node, chain, verdict) {
  const parent = mustFind('[data-role=chain]', node);
  const steps = [
    ...chain.map(({ name, self_signed, not_after }, index) => {
      const part = words.say(self_signed ? 'chain.root' : index === 0 ? 'chain.own' : 'chain.intermediate');
      return { authority: name, part: words.say('chain.part', { part, day: words.day(not_after) }), missing: false };
    }),
    ...above(chain.at(-1), verdict),
  ];
  list(parent, '#authority-template', steps, step => steps.indexOf(step), (node, { authority, part, missing }) => {
    put(node, 'authority', authority);
    put(node, 'part', part);
    node.toggleAttribute('data-missing', missing);
  });
  const chained = /** @type {HTMLElement} */ (parent.closest('.chained'));
  chained.hidden = steps.length === 0;
  chained.dataset.verdict = verdict?.verdict ?? '';
  renderFindings(mustFind('[data-role=verdict]', chained), verdict?.findings ?? []);
  const { version, date } = verdict?.roots ?? {};
  put(chained, 'roots', date ? words.say('chain.roots', { version: version ?? '', day: words.day(date) }) : null);
  renderTrust(node, verdict?.root, verdict?.verdict);
}

/**
 * What stands above the last certificate and is not in the files.
 * @param {Certificate | undefined} last
 * @param {ChainVerdict | null | undefined} verdict
 * @returns {Step[]}
 */
function above(last, verdict) {
  if (!last || last.self_signed) return [];
  if (verdict?.root) return [{ authority: verdict.root.name, part: words.say('chain.known-root'), missing: false }];
  return [{ authority: last.issuer_name || last.issuer, part: words.say('chain.missing'), missing: true }];
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
