// What goes where: a rail for the key, one for the certificate and one for its chain, which run down beside the files, with a stop
// at each file that holds it. The style draws them; in words each file says what it contains.

import { list, mustFind, put } from '../dom.js';
import { fillOutput } from './outputs.js';
import * as words from '../words.js';

/** @typedef {import('../types').Shown} Shown */
/** @typedef {{ id: string, text: string, holds: (file: Shown) => boolean }} Source */

/**
 * @param {HTMLElement} picture
 * @param {Shown[]} files
 * @param {import('../types').Kind} kind of the entry that goes in
 * @param {(node: HTMLElement, file: Shown) => void} [more] what else is said of a file
 */
export function renderPicture(picture, files, kind, more = () => {}) {
  const all = sources(files, kind);
  list(mustFind('.sources', picture), '#source-template', all, ({ id }) => id, (node, { id, text }) => {
    const at = all.findIndex(one => one.id === id);
    put(node, 'source', text);
    draw(node, all.map((source, index) => ({ source, stop: index === at, above: index < at, below: index <= at })));
  });
  list(mustFind('.outputs', picture), '#output-template', files, ({ name }) => name, (node, file) => {
    fillOutput(node, file, kind);
    const at = files.indexOf(file);
    const rails = all.map(source => {
      const last = files.map(source.holds).lastIndexOf(true);
      return { source, stop: source.holds(file), above: at <= last, below: at < last };
    });
    draw(node, rails);
    put(node, 'contents', contents(file, kind));
    more(node, file);
  });
}

/**
 * What goes into any of the files.
 * @param {Shown[]} files
 * @param {import('../types').Kind} kind
 * @returns {Source[]}
 */
function sources(files, kind) {
  const most = (/** @type {'certificates' | 'chain'} */ what) => Math.max(0, ...files.map(file => file[what] ?? 0));
  const counted = words.say('kinds.certificate', { n: most('certificates') });
  const own = most('certificates') === 1 ? words.say('kind.certificate') : counted;
  /** @type {Source[]} */
  const all = [
    { id: 'key', text: words.say('source.secret', { what: words.named('kind', kind) }), holds: ({ holds_key }) => holds_key },
    { id: 'certificate', text: own, holds: ({ certificates }) => Boolean(certificates) },
    { id: 'chain', text: words.say('source.chain', { n: most('chain') }), holds: ({ chain }) => Boolean(chain) },
  ];
  return all.filter(({ holds }) => files.some(holds));
}

/**
 * @param {HTMLElement} node
 * @param {{ source: Source, stop: boolean, above: boolean, below: boolean }[]} rails
 */
function draw(node, rails) {
  const first = rails.findIndex(({ stop }) => stop);
  mustFind('.rails', node).replaceChildren(
    ...rails.map(({ source, stop, above, below }, index) => {
      const rail = document.createElement('i');
      rail.dataset.rail = source.id;
      rail.toggleAttribute('data-stop', stop);
      rail.toggleAttribute('data-above', above);
      rail.toggleAttribute('data-below', below);
      rail.toggleAttribute('data-branch', first >= 0 && index >= first);
      return rail;
    }),
  );
}

/**
 * The same in words.
 * @param {Shown} file
 * @param {import('../types').Kind} kind
 */
function contents({ holds_key, certificates, chain }, kind) {
  const parts = [
    holds_key && words.say('source.secret', { what: words.named('kind', kind) }),
    certificates && words.say('kinds.certificate', { n: certificates }),
    chain && words.say('source.chain', { n: chain }),
  ];
  const some = parts.filter(part => typeof part === 'string');
  return some.length ? words.say('source.contains', { what: words.enumerate(some) }) : null;
}
