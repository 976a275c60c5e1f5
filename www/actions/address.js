// The address of the page says the setup, so that it can be kept and given on.

import { hashOf } from '../setup.js';
import { state } from '../state.js';

export function keepAddress() {
  const hash = hashOf(state.choices, state);
  if (hash !== location.hash) history.replaceState(history.state, '', withHash(hash));
}

/** @param {string} hash */
export function withHash(hash) {
  return location.href.split('#')[0] + hash;
}
