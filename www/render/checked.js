// How files were opened again: in a line, and for each file by whom.

import { list, mustFind, put } from '../dom.js';
import * as words from '../words.js';

/** @typedef {import('../types').Output} Output */

/**
 * @param {HTMLElement} section
 * @param {Output[]} files
 */
export function renderChecked(section, files) {
  const checked = mustFind('.checked', section);
  checked.hidden = files.length === 0;
  put(checked, 'checked', files.length ? said(files) : null);
  list(mustFind('.readers', checked), '#reader-template', files, ({ name }) => name, (node, file) => {
    put(node, 'name', file.name);
    put(node, 'readers', words.enumerate(file.verified_by.map(name => (name === 'keyferry' ? 'Keyferry' : name))));
    put(node, 'alone', file.not_opened);
    put(node, 'sha256', file.sha256);
  });
}

/**
 * A word of a password only where there is one, and of a second reader only where one was.
 * @param {Output[]} files
 */
function said(files) {
  const locked = files.filter(({ uses_password }) => uses_password).length;
  const second = files.filter(({ verified_by }) => verified_by.length > 1).length;
  const how = !locked ? 'plain' : locked === files.length ? 'password' : 'some';
  const what = words.say(`checked.${how}`);
  if (second === files.length) return words.say('checked.two', { what });
  const n = files.length;
  return second ? words.say('checked.some-two', { what, second, n }) : words.say('checked.one', { what });
}
