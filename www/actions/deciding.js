// What follows a decision: the core checks the options again, or judges what is open for another target.

import { chosenEntries } from '../entries.js';
import { first } from '../formats.js';
import { state, update } from '../state.js';
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

/** @param {string} id of a target */
export function pick(id) {
  chooseTarget(id);
  const target = state.targets.find(one => one.id === id);
  const { kind } = chosenEntries(state)[0] ?? state.view?.entries[0] ?? {};
  if (target?.by_hand && !state.choices.files.length) update({ choices: { ...state.choices, files: first(kind) } });
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
