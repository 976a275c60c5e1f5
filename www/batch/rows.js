// The rows of a batch → DOM: laid down a few at a time, and then only those drawn again that changed, a few
// times a second: a frame for each would cost the workers a third of the processor.

import { mustFind, put } from '../dom.js';
import { pause, slices } from '../slices.js';
import * as words from '../words.js';
import { reason } from './report.js';

/** @typedef {import('./contract').Row} Row */

/** So many fit into a frame. */
const FRAME = 60;

/** In milliseconds. */
const TICK = 250;

/** @type {Map<Row, HTMLElement>} */
let nodes = new Map();

/** @type {Set<Row>} */
const changed = new Set();
let due = 0;

/** @param {Row[]} rows all there are; those on show already stay */
export async function lay(rows) {
  const all = mustFind('#batch-rows');
  const { content } = /** @type {HTMLTemplateElement} */ (mustFind('#batch-row-template'));
  if (rows.length === 0) {
    nodes = new Map();
    changed.clear();
    return all.replaceChildren();
  }
  const mine = nodes;
  for (const some of slices(rows.filter(row => !nodes.has(row)))) {
    const fresh = some.map(row => {
      const node = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
      put(node, 'name', row.name);
      nodes.set(row, node);
      fill(row, node);
      return node;
    });
    all.append(...fresh);
    await pause();
    // Another batch, or none, while this one waited.
    if (mine !== nodes) return;
  }
}

/** @param {Row} row that is in another state now */
export function touch(row) {
  changed.add(row);
  due ||= setTimeout(() => requestAnimationFrame(draw), TICK);
}

function draw() {
  due = 0;
  let room = FRAME;
  for (const row of changed) {
    if (room-- === 0) {
      due = requestAnimationFrame(draw);
      break;
    }
    changed.delete(row);
    const node = nodes.get(row);
    if (node) fill(row, node);
  }
}

/**
 * @param {Row} row
 * @param {HTMLElement} node
 */
function fill(row, node) {
  if (node.dataset.state === row.state) return;
  node.dataset.state = row.state;
  node.dataset.code = row.error?.code ?? '';
  const made = row.identities.filter(({ error }) => !error).length;
  const several = row.identities.length > 1 ? ` · ${words.count(made, 'identity', 'identities')}` : '';
  put(node, 'status', `${row.state}${row.state === 'done' ? several : ''}`);
  put(node, 'reason', reason(row.error));
}
