// The details of a certificate, request or list → DOM.

import { harmless, list, mustFind, put } from '../dom.js';
import { state } from '../state.js';
import * as words from '../words.js';
import { comparable, differing, fingerprints, grouped, revoked } from './facts.js';

/** @typedef {import('./types').Details} Details */
/** @typedef {import('./types').Fact} Fact */

/**
 * @param {import('./types').Unfolded} now
 * @param {import('./types').Unfolded} before
 */
export function renderUnfolded(now, before) {
  for (const unfolded of document.querySelectorAll('details.exactly')) {
    const holder = mustFind('[data-role=facts]', unfolded);
    const entry = Number(/** @type {HTMLElement} */ (unfolded.closest('[data-entry]')).dataset.entry);
    const card = now.cards.get(entry);
    const was = before.cards.get(entry);
    if (!card?.details) {
      holder.replaceChildren();
      continue;
    }
    if (card === was) continue;
    if (card.details !== was?.details) renderDetails(holder, card.details, { entry, link: card.link });
    mustFind('[data-role=tree] pre', holder).textContent = card.tree;
    renderComparison(mustFind('[data-role=compared]', holder), card.compared);
  }
}

/**
 * @param {HTMLElement} holder
 * @param {Details} details
 * @param {import('./types').Place} place
 */
function renderDetails(holder, details, place) {
  const entry = state.view?.entries[place.entry];
  const chain = entry?.kind === 'private-key' ? entry.chain : [];
  const lone = entry?.kind === 'private-key' && chain.length === 0;
  list(holder, '#facts-template', [details], ({ sha256 }) => `${place.link} ${sha256}`, node => {
    choices(mustFind('[data-role=link]', node), chain.map(({ name }, index) => [String(index), name]), String(place.link));
    mustFind('.of-link', node).hidden = chain.length < 2;
    const { groups, rest } = grouped(details);
    list(mustFind('[data-role=groups]', node), '#group-template', groups, ({ group }) => group, (section, { group, rows }) => {
      put(section, 'title', words.named('facts', group));
      fillFacts(mustFind('dl', section), rows);
    });
    fillFacts(mustFind('[data-role=technical]', node), rest);
    fillFacts(mustFind('[data-role=fingerprints]', node), fingerprints(details));
    fillFacts(mustFind('[data-role=revoked]', node), revoked(details));
    mustFind('.of-revoked', node).hidden = !details.revoked?.length;
    put(node, 'pem', details.pem);
    for (const part of ['.of-pem', '[data-role=tree]']) mustFind(part, node).hidden = !details.pem;
    const others = comparable(state.view, place);
    choices(mustFind('[data-role=compare-with]', node), [['', words.say('details.choose')], ...others], '');
    mustFind('.of-compare', node).hidden = !others.length || lone;
  });
}

/**
 * @param {HTMLElement} shown
 * @param {import('./types').Card['compared']} compared
 */
function renderComparison(shown, compared) {
  shown.hidden = compared === null;
  if (!compared) return;
  if ('refusal' in compared) {
    put(shown, 'verdict', compared.refusal);
    return fillFacts(mustFind('[data-role=differences]', shown), []);
  }
  const { same_key, identical, differences } = compared;
  const differ = words.say(same_key ? 'details.same-key' : 'details.other-key', { n: differences.length });
  put(shown, 'verdict', identical ? words.say('details.identical') : differ);
  shown.dataset.same = String(same_key);
  fillFacts(mustFind('[data-role=differences]', shown), differing(differences));
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
    put(node, 'critical', critical ? words.say('details.critical') : null);
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
