// Where the certificate of a row has a card on the page, and the way to it.

/** @typedef {import('../types').View} View */

/** Of each view once: thousands of rows ask. @type {WeakMap<View, Map<string, number>>} */
const known = new WeakMap();

/**
 * The entry that shows a certificate, by its SHA-256: its own card before the one whose chain it is in.
 * @param {View | null} view
 */
export function cardsOf(view) {
  if (!view) return new Map();
  const there = known.get(view);
  if (there) return there;
  /** @type {Map<string, number>} */
  const cards = new Map();
  const add = (/** @type {string | null | undefined} */ sha256, /** @type {number} */ entry) => {
    if (sha256 && !cards.has(sha256)) cards.set(sha256, entry);
  };
  view.entries.forEach((entry, index) => {
    if (entry.kind === 'private-key') add(entry.chain[0]?.sha256, index);
    else if (entry.kind === 'certificate' && !entry.brief) add(entry.sha256, index);
  });
  view.entries.forEach((entry, index) => {
    if (entry.kind === 'private-key') for (const { sha256 } of entry.chain.slice(1)) add(sha256, index);
  });
  known.set(view, cards);
  return cards;
}

/**
 * Scrolls to the card and moves the focus there.
 * @param {View | null} view
 * @param {string} sha256
 */
export function showCard(view, sha256) {
  const entry = cardsOf(view).get(sha256);
  const card = document.querySelector(`#step-inside li[data-entry="${entry}"]`);
  if (!(card instanceof HTMLElement)) return;
  // Cards of certificates without a key may be folded.
  for (let around = card.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'start' });
}
