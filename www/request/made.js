// What was made for a request: links to it, and what to do next.

import { list, mustFind, put } from '../dom.js';
import { renderFindings } from '../render/findings.js';
import { renderChecked } from '../render/checked.js';
import { fillOutput, renderDownload } from '../render/outputs.js';
import { say } from '../words.js';

/** @typedef {import('./types').Kept} Kept */

const section = mustFind('#request-made');

/** @type {Kept | null} */
let seen = null;

/** @param {import('./types').RequestState} state */
export function renderMade({ made, changed, taken, forTests }) {
  section.hidden = !made;
  section.toggleAttribute('data-earlier', changed);
  mustFind('#request-made-title').textContent = say(changed ? 'request.earlier' : 'request.made');
  if (made !== seen) draw(made, forTests);
  for (const row of mustFind('#request-outputs').children) {
    const node = /** @type {HTMLElement} */ (row);
    const link = mustFind('[data-role=download]', node);
    link.classList.toggle('primary', !changed && node === node.parentElement?.firstElementChild);
    renderDownload(link, { taken: taken.includes(node.dataset.name ?? ''), earlier: changed });
  }
}

/**
 * @param {Kept | null} made
 * @param {boolean} forTests
 */
function draw(made, forTests) {
  seen = made;
  const { files, findings, made_by } = made ?? { files: [], findings: [], made_by: null };
  list(mustFind('#request-outputs'), '#output-template', files, ({ name }) => name, (node, file) => fillOutput(node, file, 'private-key'));
  renderChecked(section, files);
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
