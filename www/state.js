// The one state, and the one way to change it. No password is in it: a file's goes from its input to the worker, the
// new one stays in its input.

import { withdraw } from './actions/files.js';
import { render } from './render/render.js';

/** @typedef {import('./contract').State} State */

/** @type {Readonly<State>} */
export const state = {
  targets: [],
  strengths: [],
  choices: {
    target: '',
    chosen: [],
    aliases: {},
    issuers: {},
    files: [],
    strength: 'standard',
    iterations: null,
    line_ends: 'lf',
  },
  past: [],
  given: [],
  batch: false,
  trusted: [],
  view: null,
  tried: false,
  review: null,
  busy: null,
  offer: null,
  refusal: null,
  failure: null,
  said: '',
};

/**
 * @param {Partial<State>} changes
 * @param {string} [focus] what to move the focus to, if it is there
 */
export function update(changes, focus) {
  if ('offer' in changes && state.offer !== changes.offer) withdraw(state.offer);
  Object.assign(state, changes);
  render(state);
  if (focus) /** @type {HTMLElement | null} */ (document.querySelector(focus))?.focus();
}
