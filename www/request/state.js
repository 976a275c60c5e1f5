// The state of a request for a certificate. What was typed stands in the form, and the password in its field.

import { holder } from '../state.js';

export const { state: request, update, subscribe } = holder(() => /** @type {import('./types').RequestState} */ ({
  problems: [],
  rules: [],
  tried: false,
  busy: false,
  refusal: null,
  made: null,
  changed: false,
  taken: [],
  forTests: false,
}));
