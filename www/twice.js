// A password that nobody sees is typed twice, so that a slip of a finger does not lock the files for good. The style shows the
// second field while the first hides what is typed.

import { mustFind } from './dom.js';

/**
 * Whether a new password can be trusted to be what was meant: it is on show, or the second field says the same.
 * @param {HTMLInputElement} input its second field has its id and `-again`
 */
export function typedTwice(input) {
  const again = /** @type {HTMLInputElement} */ (mustFind(`#${input.id}-again`));
  return input.type !== 'password' || again.value === input.value;
}
