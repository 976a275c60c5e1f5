// Files in: picked, dropped, pasted, read.

import { mustFind } from '../dom.js';
import { dropped, pathOf, seen } from './folders.js';
import { patiently } from '../slices.js';
import { say } from '../words.js';

/** Read no further than this: no honest file with certificates is larger. */
const LARGEST = 64 * 1024 * 1024;

/** @typedef {import('../types').Given} Given */

let lastId = 0;

/**
 * Hears every way a file can come.
 * @param {(handles: File[]) => void} take
 */
export function hearFiles(take) {
  for (const selector of ['#file-input', '#folder-input']) {
    const input = /** @type {HTMLInputElement} */ (mustFind(selector));
    input.addEventListener('change', async () => {
      const files = [...(input.files ?? [])];
      // Else the same file chosen once more would be no change.
      input.value = '';
      take((await patiently(files, file => (seen(file) ? [file] : []))).flat());
    });
  }

  // The empty page has a zone to drop on: a click anywhere in it chooses a file.
  mustFind('#berth').addEventListener('click', ({ target }) => {
    const control = target instanceof Element && target.closest(':is(label, input, button), [data-filled]');
    if (!control) mustFind('#file-input').click();
  });

  const root = document.documentElement;
  // dragenter and dragleave also come from every element inside: while the count is above zero something hovers.
  let inside = 0;
  /** @param {number} count */
  const hover = count => root.toggleAttribute('data-dragging', (inside = Math.max(0, count)) > 0);
  /** @param {DragEvent} event */
  const bringsFiles = event => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragenter', event => bringsFiles(event) && hover(inside + 1));
  addEventListener('dragleave', event => bringsFiles(event) && hover(inside - 1));
  addEventListener('dragover', event => bringsFiles(event) && event.preventDefault());
  addEventListener('drop', async event => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    hover(0);
    take(await dropped(/** @type {DataTransfer} */ (event.dataTransfer)));
  });

  addEventListener('paste', event => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // Text pasted into a field is that field's; but no system's name has lines.
    const field = event.target instanceof Element && event.target.closest('input, textarea');
    const lines = field && field.id === 'system' && /[\r\n]/.test(text);
    const typing = field && !lines;
    if (lines) event.preventDefault();
    if (files.length) take(files);
    else if (text.trim() && !typing) take([textFile(text)]);
  });
}

/** @param {string} text */
export function textFile(text) {
  return new File([text], say('file.pasted'), { type: 'text/plain' });
}

/**
 * A handle as the page keeps it, refused here when it is too large to be read at all.
 * @param {File} handle
 * @returns {Given}
 */
export function given(handle) {
  const error = {
    code: 'too-large',
    message: say('file.too-large'),
    hint: say('file.too-large.hint'),
  };
  const { size } = handle;
  return { id: ++lastId, name: pathOf(handle), size, handle, error: size > LARGEST ? error : undefined };
}

/**
 * @param {Given} file
 * @returns {Promise<ArrayBuffer>} rejected with a Failure
 */
export async function read({ handle }) {
  try {
    return await handle.arrayBuffer();
  } catch {
    throw {
      code: 'unreadable',
      message: say('file.unreadable'),
      hint: say('file.unreadable.hint'),
    };
  }
}
