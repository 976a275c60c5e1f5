// The state of the question where the certificate will be used: what is typed and which system the arrows are at. Which system
// is chosen stands in the page's state.

import { holder } from '../state.js';

export const { state: chooser, update, subscribe } = holder(() => ({
  /** The list is open. */
  open: false,
  /** A system is chosen, and the question is asked again. */
  changing: false,
  search: '',
  /** The id of the option that Enter takes; none where it is empty. */
  active: '',
}));
