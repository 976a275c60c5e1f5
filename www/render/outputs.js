// A file that will be made, or that was.

import { mustFind, put } from '../dom.js';
import * as words from '../words.js';

/** @typedef {import('../types').Shown} Shown */

/**
 * @param {HTMLElement} node
 * @param {Shown} file
 * @param {import('../types').Kind} kind of the entry that is in it
 */
export function fillOutput(node, file, kind) {
  const made = file.link !== undefined;
  node.dataset.name = file.name;
  node.dataset.made = String(made);
  put(node, 'name', file.name);
  put(node, 'description', file.description);
  put(node, 'size', file.size === undefined ? null : words.bytes(file.size));
  put(node, 'which', ` ${file.name}`);
  const badge = made ? badgeOf(file, kind) : '';
  mustFind('[data-field=badge]', node).dataset.badge = badge;
  put(node, 'badge', badge && words.say(`badge.${badge}`));
  const link = /** @type {HTMLAnchorElement} */ (mustFind('[data-role=download]', node));
  link.hidden = !made;
  if (file.link) link.href = file.link;
  else link.removeAttribute('href');
  link.download = file.name;
  renderDownload(link, { taken: false, earlier: false });
}

/**
 * What a button says that saves a file: that it was saved, or that its files are those from before a change.
 * @param {HTMLElement} link
 * @param {{ taken: boolean, earlier: boolean, all?: boolean }} how
 */
export function renderDownload(link, { taken, earlier, all = false }) {
  const plain = words.say(all ? (earlier ? 'download.all-earlier' : 'download.all') : earlier ? 'download.earlier' : 'download');
  put(link, 'get', taken ? words.say('download.taken') : plain);
  link.toggleAttribute('data-taken', taken);
}

/**
 * Who may have it, by what was written into it.
 * @param {Shown} file
 * @param {import('../types').Kind} kind
 */
function badgeOf({ holds_key, key_open, public: open }, kind) {
  if (holds_key && kind === 'secret-key') return 'secret-key';
  if (holds_key) return key_open ? 'open-key' : 'key';
  return open ? 'public' : 'signs-in';
}
