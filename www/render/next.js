// What to do with the files: the steps of the system, in the words of its own menus.

import { harmless, list, mustFind } from '../dom.js';

/** The element of each kind of piece; words are text. @type {Record<string, string>} */
const ELEMENTS = { alias: 'code', file: 'code', screen: 'b' };

/** @param {import('../types').Step[]} steps */
export function renderNext(steps) {
  mustFind('#next').hidden = steps.length === 0;
  list(mustFind('#next-steps'), '#step-template', steps, ({ code }) => code, (node, { parts }) => {
    node.replaceChildren(
      ...parts.map(({ kind, text }) => {
        const element = ELEMENTS[kind];
        if (!element) return text;
        const piece = document.createElement(element);
        piece.dir = 'auto';
        piece.textContent = harmless(text);
        return piece;
      }),
    );
  });
}
