// What is said of files that were made: how each was opened again, what the system will refuse, who must not get them, and what to
// do next.

import { mustFind, put } from '../dom.js';
import { targetOf } from '../entries.js';
import { renderChecked } from './checked.js';
import { renderFindings } from './findings.js';
import { renderNext } from './next.js';
import { renderDownload } from './outputs.js';
import { renderPicture } from './picture.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */

/** @param {State} state */
export function renderMade(state) {
  const { offer, changed, batch, taken, targets } = state;
  const section = mustFind('#made');
  section.hidden = !offer;
  section.toggleAttribute('data-refused', offer?.refused ?? false);
  section.toggleAttribute('data-earlier', offer !== null && changed !== null);
  const files = offer?.files ?? [];
  const earlier = changed !== null;

  const all = /** @type {HTMLAnchorElement} */ (mustFind('#download-all'));
  const alone = files.length === 1 && !batch;
  if (offer) {
    all.href = offer.archive.link;
    all.download = offer.archive.name;
    put(all, 'size', words.bytes(offer.archive.size));
    renderDownload(all, { taken: taken.includes(offer.archive.name), earlier, all: true });
  } else all.removeAttribute('href');
  // One file is better had as it is.
  all.classList.toggle('primary', !alone && !earlier);
  all.classList.toggle('button', !alone);
  all.classList.toggle('plain', alone);

  renderPicture(mustFind('.picture', section), files, offer?.kind ?? 'private-key', (node, { name }) => {
    const link = mustFind('[data-role=download]', node);
    renderDownload(link, { taken: taken.includes(name), earlier });
    link.classList.toggle('primary', alone && !earlier);
  });
  renderChecked(section, files);
  renderNext(offer?.steps ?? []);
  const secret = files.filter(one => !one.public).map(({ name }) => name);
  const reminder = mustFind('#reminder');
  reminder.hidden = secret.length === 0;
  reminder.textContent = words.say('made.keep', { n: secret.length, files: words.enumerate(secret) });

  const errors = offer?.refused ? offer.findings.filter(({ severity, entry }) => severity === 'error' && entry != null) : [];
  renderFindings(mustFind('#findings-made'), errors);
  if (!offer || batch) return;

  const made = targets.find(({ id }) => id === offer.choices.target) ?? targetOf(state);
  const name = made?.name ?? '';
  const title = () => {
    if (earlier) return made?.by_hand ? words.say('made.earlier') : words.say('made.earlier-for', { target: name });
    if (!offer.refused) return words.say('made.ready');
    if (made?.by_hand) return words.say('made.refused-by-most');
    return words.say(made?.serves ? 'made.refused-by-clients' : 'made.refused', { target: name });
  };
  mustFind('#made-title').textContent = title();
}
