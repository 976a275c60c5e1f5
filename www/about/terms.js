// Terms with a dotted underline: what one means stands beside it while it has the focus, the pointer or a tap. The texts are
// those of the glossary in Help, where a screen reader finds them too, by aria-describedby.
//
// Each term is a button and so one stop of the Tab key. To keep these few, a term is a button once in a step of the page:
// where it comes again, as in the second card of a list, it is plain text.

import { mustFind } from '../dom.js';

/** In milliseconds: a pointer that only passes opens nothing, and one on its way into the explanation keeps it. */
const OPENS = 250;
const CLOSES = 250;

const tip = mustFind('#term-tip');

/** @type {HTMLElement | null} the term that is explained */
let shown = null;
let timer = 0;

/** Makes terms that come again plain text. */
export function settle() {
  for (const step of document.querySelectorAll('.step, .foot')) {
    /** @type {Set<string | null>} */
    const seen = new Set();
    for (const term of step.querySelectorAll('.term')) {
      const id = term.getAttribute('aria-describedby');
      if (seen.has(id)) term.replaceWith(...term.childNodes);
      seen.add(id);
    }
  }
}

/** Hears what opens and closes an explanation. */
export function hear() {
  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType !== 'mouse') return;
    const term = termOf(target);
    if (term && term !== shown) later(() => explain(term), OPENS);
    else if (term || inTip(target)) clearTimeout(timer);
    else if (shown && document.activeElement !== shown) later(hide, CLOSES);
    else clearTimeout(timer);
  });
  document.addEventListener('focusin', ({ target }) => {
    const term = termOf(target);
    if (term?.matches(':focus-visible')) explain(term);
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target === shown) hide();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!inTip(target) && termOf(target) !== shown) hide();
  });
  document.addEventListener(
    'keydown',
    event => {
      if (event.key !== 'Escape' || !shown) return;
      // It closes the explanation and nothing around it.
      event.preventDefault();
      event.stopPropagation();
      hide();
    },
    true,
  );
  // It stays beside its term: moving the focus to a term may scroll the page.
  addEventListener('scroll', follow, { capture: true, passive: true });
  addEventListener('resize', follow);
}

/** @param {HTMLElement} term */
export function explain(term) {
  clearTimeout(timer);
  const about = document.getElementById(term.getAttribute('aria-describedby') ?? '');
  mustFind('p', tip).replaceChildren(...(about?.cloneNode(true).childNodes ?? []));
  shown = term;
  if (!tip.matches(':popover-open')) tip.showPopover();
  follow();
}

function hide() {
  clearTimeout(timer);
  if (!shown) return;
  shown = null;
  tip.hidePopover();
}

/** Below the term, or above it where there is no room. */
function follow() {
  if (!shown) return;
  const { left, top, bottom } = shown.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = bottom + 6;
  tip.style.left = `${Math.max(8, Math.min(left, clientWidth - width - 8))}px`;
  tip.style.top = `${below + height > clientHeight ? Math.max(8, top - height - 6) : below}px`;
}

/**
 * @param {() => void} action
 * @param {number} delay
 */
function later(action, delay) {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function termOf(target) {
  return target instanceof Element ? target.closest('.term') : null;
}

/** @param {EventTarget | null} target */
function inTip(target) {
  return target instanceof Node && tip.contains(target);
}
