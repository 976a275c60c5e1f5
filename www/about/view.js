// What the check of a copy says.

import { harmless, mustFind, put } from '../dom.js';
import { say } from '../words.js';

/** @param {import('./types').Copy} copy */
export function renderCopy(copy) {
  const about = mustFind('#about');
  put(about, 'copy-name', copy.failure || (copy.file && say('copy.file-of', { name: copy.file.name })));
  put(about, 'copy-sha256', copy.file?.sha256);
  const verdict = mustFind('#copy-verdict');
  const { equal, text } = judged(copy);
  if (verdict.textContent !== text) verdict.textContent = text;
  verdict.dataset.equal = String(equal ?? '');
}

/**
 * @param {import('./types').Copy} copy
 * @returns {{ equal?: boolean, text: string }}
 */
function judged({ file, published }) {
  if (!published.trim()) return { text: '' };
  // A line of SHA256SUMS names the file after the digits.
  const pasted = new Set(published.toLowerCase().match(/\b[\da-f]{64}\b/g));
  if (pasted.size !== 1) return { text: say('copy.unclear') };
  if (!file) return { text: say('copy.no-file') };
  const equal = pasted.has(file.sha256);
  return { equal, text: say(equal ? 'copy.equal' : 'copy.different', { name: harmless(file.name) }) };
}
