// Is a file of this page the published one? Its SHA-256 is computed from the bytes that a person chose: the page cannot
// read its own, since the policy forbids every fetch.

import { given, read } from '../actions/files.js';
import { mustFind } from '../dom.js';
import { ask } from '../worker/converter.js';
import { update } from './state.js';

/** While the check is on show, a file that is dropped is for it. */
export function isShown() {
  return /** @type {HTMLDialogElement} */ (mustFind('#about')).open;
}

/** @param {File[]} handles */
export async function check([handle]) {
  if (!handle) return;
  const file = given(handle);
  try {
    if (file.error) throw file.error;
    const bytes = await read(file);
    const sha256 = await ask('sha256', { bytes }, { transfer: [bytes] });
    update({ file: { name: file.name, sha256 }, failure: '' });
  } catch (failure) {
    update({ file: null, failure: /** @type {import('../types').Failure} */ (failure).message });
  }
}

/** @param {string} published */
export function compare(published) {
  update({ published });
}
