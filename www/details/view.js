// The details of a certificate, request or list → DOM.

import { harmless, list, mustFind, put } from '../dom.js';
import { state } from '../state.js';
import * as words from '../words.js';
import { comparable, differing, facts, fingerprints, revoked } from './facts.js';

/** @typedef {import('./types').Details} Details */
/** @typedef {import('./types').Fact} Fact */

/**
 * @param {HTMLElement} holder
 * @param {Details} details
 * @param {{ entry: import('../types').Entry, place: import('./types').Place, lone: boolean }} of
 */
export function renderDetails(holder, details, { entry, place, lone }) {
  list(holder, '#facts-template', [details], ({ sha256 }) => `${place.link} ${sha256}`, node => {
    const chain = entry.kind === 'private-key' ? entry.chain : [];
    choices(mustFind('[data-role=link]', node), chain.map(({ name }, index) => [String(index), name]), String(place.link));
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
    choices(mustFind('[data-role=compare-with]', node), [['', words.say('details.choose')], ...others], '');
    mustFind('.of-compare', node).hidden = !others.length || lone;
    mustFind('[data-role=compared]', node).hidden = true;
  });
}

/**
 * @param {HTMLElement} shown
 * @param {import('./types').Comparison} compared
 */
export function renderComparison(shown, compared) {
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
