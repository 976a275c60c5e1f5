// The state of the page, and how any state is made and changed. A state knows nothing of the document: page.js says who
// listens. No password is in one: a file's goes from its field to the worker, the new one stays in its field.

/** @typedef {import('./types').State} State */

/**
 * Hears of each change: the state, what it was before, and what to move the focus to.
 * @template S
 * @typedef {(state: Readonly<S>, before: Readonly<S>, focus: string) => unknown} Listener
 */

/** @type {(() => void)[]} */
const clears = [];

/**
 * @template {object} S
 * @param {() => S} empty what it holds before anything is given
 * @param {(keyof S)[]} [lasting] what stays when everything else is cleared
 */
export function holder(empty, lasting = []) {
  const state = empty();
  /** @type {Listener<S>[]} */
  const listeners = [];
  /**
   * @param {Partial<S>} changes
   * @param {string} [focus] a selector
   */
  const update = (changes, focus = '') => {
    const before = { ...state };
    Object.assign(state, changes);
    for (const listener of listeners) listener(state, before, focus);
  };
  clears.push(() => update({ ...empty(), ...Object.fromEntries(lasting.map(name => [name, state[name]])) }));
  return {
    /** @type {Readonly<S>} */
    state,
    update,
    /** @param {Listener<S>} listener */
    subscribe: listener => void listeners.push(listener),
  };
}

/**
 * Says something, also where it is what was said last: a live region says only what changes.
 * @param {string} said
 */
export function announce(said) {
  update({ said: '' });
  update({ said });
}

/** Every state becomes what it was before anything was given. */
export function clearStates() {
  for (const clear of clears) clear();
}

// What the core can do stays: it is the same for everybody.
export const { state, update, subscribe } = holder(
  () => /** @type {State} */ ({
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
    changed: null,
    taken: [],
    refusal: null,
    failure: null,
    said: '',
  }),
  ['targets', 'strengths'],
);
