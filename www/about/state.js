// The state of the check of a copy.

import { holder } from '../state.js';

export const { state: copy, update, subscribe } = holder(() => /** @type {import('./types').Copy} */ ({
  file: null,
  failure: '',
  published: '',
}));
