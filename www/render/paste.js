// Lines to paste, and the seconds that are left for those that grow old.

import { list, mustFind, put } from '../dom.js';
import { state } from '../state.js';
import { say } from '../words.js';

/** @typedef {import('../types').Snippet} Snippet */

let ticking = 0;

/** @param {Snippet[]} lines */
export function renderSnippets(lines) {
  const section = mustFind('#paste-lines');
  section.hidden = lines.length === 0;
  section.toggleAttribute('data-earlier', state.changed !== null);
  put(section, 'own', lines.some(({ text }) => /[/\\]path[/\\]to[/\\]/.test(text)) ? say('snippets.paths') : null);
  list(mustFind('#paste'), '#paste-template', lines, ({ title }) => title, (node, snippet) => {
    put(node, 'title', snippet.title);
    put(node, 'text', snippet.text);
    mustFind('pre', node).setAttribute('aria-label', snippet.title);
    age(node, snippet);
  });
  const ages = lines.some(({ stale_at }) => stale_at !== null);
  if (ages && !ticking) ticking = setInterval(tick, 1000);
  if (!ages) {
    clearInterval(ticking);
    ticking = 0;
  }
}

function tick() {
  const lines = state.offer?.paste ?? [];
  for (const node of mustFind('#paste').children) {
    const row = /** @type {HTMLElement} */ (node);
    const snippet = lines.find(({ title }) => title === row.dataset.key);
    if (snippet) age(row, snippet);
  }
}

/**
 * @param {HTMLElement} node
 * @param {Snippet} snippet
 */
function age(node, { stale_at }) {
  const seconds = stale_at === null ? null : Math.ceil((stale_at - Date.now()) / 1000);
  const stale = seconds !== null && seconds <= 0;
  const left = seconds === null ? null : say('snippet.left', { n: seconds });
  put(node, 'age', stale ? say('snippet.stale') : left);
  node.toggleAttribute('data-stale', stale);
  mustFind('[data-role=anew]', node).hidden = !stale;
}
