// How text and lists reach the document. Text is always a text node: names and aliases are the file author's.

import { say } from './words.js';

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function mustFind(selector, within = document) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(say('failure.missing', { selector }));
  return /** @type {HTMLElement} */ (found);
}

/**
 * Fills [data-field]; without text the field hides, and with it the last row around it that has nothing else to say.
 * @param {ParentNode} within
 * @param {string} field
 * @param {string | null | undefined} text
 */
export function put(within, field, text) {
  const node = mustFind(`[data-field="${field}"]`, within);
  const shown = harmless(text ?? '');
  if (node.textContent !== shown) node.textContent = shown;
  node.hidden = !text;
  const row = node.closest('[data-row]');
  if (row instanceof HTMLElement) row.hidden = [...row.querySelectorAll('[data-field]')].every(one => !one.textContent);
}

/**
 * Makes the list hold one filled template for each thing, keeping the elements of those that stay: a password half
 * typed and the focus survive.
 * @template T
 * @param {HTMLElement} parent
 * @param {string} template
 * @param {T[]} things
 * @param {(thing: T) => string | number} key
 * @param {(node: HTMLElement, thing: T) => void} fill
 */
export function list(parent, template, things, key, fill) {
  const kept = new Map([...parent.children].map(node => [/** @type {HTMLElement} */ (node).dataset.key, node]));
  /** @type {Map<string, number>} */
  const uses = new Map();
  const nodes = things.map(thing => {
    const plain = String(key(thing));
    const use = (uses.get(plain) ?? 0) + 1;
    uses.set(plain, use);
    // Two things may look alike; their elements must not.
    const name = use === 1 ? plain : `${plain} (${use})`;
    const node = /** @type {HTMLElement} */ (kept.get(name) ?? stamp(template));
    kept.delete(name);
    node.dataset.key = name;
    fill(node, thing);
    return node;
  });
  for (const node of kept.values()) node.remove();
  nodes.forEach((node, index) => {
    const there = parent.children[index] ?? null;
    // Moving an element takes the focus from it.
    if (there !== node) parent.insertBefore(node, there);
  });
  parent.hidden = nodes.length === 0;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} values
 * @param {string} chosen
 */
export function fillSelect(element, values, chosen) {
  const select = /** @type {HTMLSelectElement} */ (element);
  const ids = Object.keys(values);
  if ([...select.options].map(({ value }) => value).join() !== ids.join()) {
    select.replaceChildren(...ids.map(id => new Option(values[id], id)));
  }
  if (select.value !== chosen) select.value = chosen;
}

/**
 * @param {HTMLElement} within
 * @param {string} name
 */
export function icon(within, name) {
  mustFind('use', within).setAttribute('href', `#icon-${name}`);
}

/**
 * Characters that show nothing, or turn the direction of what stands around them, made visible.
 * Zero-width joiners stay: Persian and Indic names need them.
 * @param {string} text
 */
export function harmless(text) {
  return text.replace(/(?![\n\u200c\u200d])[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}\p{Cs}]/gu, hidden => {
    const code = /** @type {number} */ (hidden.codePointAt(0));
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/**
 * @param {string} template
 * @returns {HTMLElement}
 */
export function stamp(template) {
  const { content } = /** @type {HTMLTemplateElement} */ (mustFind(template));
  return /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (content.cloneNode(true)).firstElementChild);
}
