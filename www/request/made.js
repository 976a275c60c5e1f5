// What was made for a request: links to it, and what to do next.

import { list, mustFind, put } from '../dom.js';
import { renderFindings } from '../render/findings.js';
import { fillOutput } from '../render/offer.js';

/** @typedef {import('./types').Kept} Kept */

const section = mustFind('#request-made');

const makers = {
  browser: 'The key was made by this browser’s own cryptography, WebCrypto.',
  keyferry: 'The key was made by Keyferry itself: this browser does not make keys of this kind here.',
};

/** @type {Kept | null} */
let seen = null;

/**
 * @param {Kept | null} made
 * @param {boolean} forTests
 */
export function renderMade(made, forTests) {
  section.hidden = !made;
  if (made === seen) return;
  seen = made;
  const { files, findings, made_by } = made ?? { files: [], findings: [], made_by: null };
  list(mustFind('#request-outputs'), '#output-template', files, ({ name }) => name, fillOutput);
  renderFindings(mustFind('#request-findings'), findings);
  put(section, 'made-by', !made ? null : made_by ? makers[made_by] : 'The key that you gave signed it.');
  const [first, key] = files.map(({ name }) => name);
  const keys = key ? `Keep ${key}${files[1]?.uses_password ? ', and its password, where you find both again' : ''}.` : '';
  const dropped = key ? `drop it here together with ${key}` : 'drop it here together with the file that holds the key';
  const steps = forTests
    ? [`${first} is for testing alone: it is signed by its own key.`, `To use it, drop it here${key ? ` together with ${key}` : ''}.`]
    : [
        `Send ${first} to your certification authority. The private key is not in it.`,
        keys,
        `When the answer comes (.crt, .cer, .p7b or a ZIP), ${dropped}: the two become one identity, ready for your system.`,
      ];
  list(mustFind('#request-next'), '#request-next-template', made ? steps.filter(Boolean) : [], step => step, (node, step) => {
    node.textContent = step;
  });
}
