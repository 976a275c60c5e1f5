// What follows a decision: the core checks the options again, or judges what is open for another target.

import { hashOf, setupOf } from '../setup.js';
import { state, update } from '../state.js';
import { keepAddress } from './address.js';
import { chooseTarget, undo } from './choosing.js';
import { look } from './making.js';
import { judge } from './opening.js';

/**
 * A decision, and what the core says of the options after it.
 * @param {() => unknown} decision
 */
export function looked(decision) {
  decision();
  return look();
}

/** @param {string} id of a target, or LOOK */
export function pick(id) {
  take({ target: id });
}

/** The address names another setup: somebody followed a link, or typed there. */
export function follow() {
  const setup = setupOf(location.hash, state);
  const known = setup && state.busy?.action !== 'convert';
  if (known && location.hash !== hashOf(state.choices, state)) take(setup);
  keepAddress();
}

/** @param {Partial<import('../types').Choices> & { target: string }} setup */
function take(setup) {
  chooseTarget(setup);
  update({ review: null });
  judge();
}

export function takeBack() {
  const before = state.choices.target;
  undo();
  // The button goes with the last of them.
  if (!state.past.length) update({}, state.offer && !state.changed ? '#made-title' : '#make');
  if (state.choices.target !== before) judge();
  return look();
}

/** Trusts a root while the page is open, or no longer. @param {HTMLElement} button */
export function trust({ dataset }) {
  const root = dataset.root ?? '';
  const trusted = state.trusted.includes(root) ? state.trusted.filter(one => one !== root) : [...state.trusted, root];
  update({ trusted });
  judge();
}
