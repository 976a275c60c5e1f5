// What was made for a request: links to it, and what to do next.

import { list, mustFind, put } from '../dom.js';
import { renderFindings } from '../render/findings.js';
import { fillOutput } from '../render/offer.js';
import { say } from '../words.js';

/** @typedef {import('./types').Kept} Kept */

const section = mustFind('#request-made');

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
  put(section, 'made-by', !made ? null : say(made_by ? `request.by-${made_by}` : 'request.by-key'));
  const [first, key] = files.map(({ name }) => name);
  const use = say(key ? 'request.next.use-test-with' : 'request.next.use-test', { key: key ?? '' });
  const steps = forTests
    ? [say('request.next.test', { file: first ?? '' }), use]
    : [
        say('request.next.send', { file: first ?? '' }),
        key ? say(files[1]?.holds_key ? 'request.next.keep-password' : 'request.next.keep', { key }) : '',
        say(key ? 'request.next.answer-with' : 'request.next.answer', { key: key ?? '' }),
      ];
  list(mustFind('#request-next'), '#request-next-template', made ? steps.filter(Boolean) : [], step => step, (node, step) => {
    node.textContent = step;
  });
}
