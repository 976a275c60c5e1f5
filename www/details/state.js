// The state of what is unfolded: of each card what the core says of one certificate of its chain.

import { holder } from '../state.js';

/** @typedef {import('./types').Card} Card */

const EMPTY = { link: 0, details: null, tree: null, compared: null };

export const { state: unfolded, update, subscribe } = holder(() => /** @type {import('./types').Unfolded} */ ({ cards: new Map() }));

/** @param {number} entry */
export function card(entry) {
  return unfolded.cards.get(entry) ?? /** @type {Card} */ (EMPTY);
}

/**
 * @param {number} entry
 * @param {Partial<Card>} changes
 */
export function put(entry, changes) {
  update({ cards: new Map(unfolded.cards).set(entry, { ...card(entry), ...changes }) });
}
