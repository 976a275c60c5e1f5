// The rows of a batch → DOM: laid down a few at a time, and then only those drawn again that changed, a few
// times a second: a frame for each would cost the workers a third of the processor.

import { mustFind, put } from '../dom.js';
import { renderFindings } from '../render/findings.js';
import { pause, slices } from '../slices.js';
import * as words from '../words.js';
import { reason } from './report.js';

/** @typedef {import('./types').Row} Row */

/** So many fit into a frame. */
const FRAME = 60;

/** In milliseconds. */
const TICK = 250;

/** @type {Map<Row, HTMLElement>} */
let nodes = new Map();

/** @type {Set<Row>} */
const changed = new Set();
let timer = 0;
let frame = 0;

/** @param {Row[]} rows all there are; those on show already stay */
export async function lay(rows) {
  const all = mustFind('#batch-rows');
  const { content } = /** @type {HTMLTemplateElement} */ (mustFind('#batch-row-template'));
  if (rows.length === 0) {
    nodes = new Map();
    changed.clear();
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = frame = 0;
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
  if (timer || frame) return;
  timer = setTimeout(() => {
    timer = 0;
    frame = requestAnimationFrame(draw);
  }, TICK);
}

function draw() {
  frame = 0;
  let room = FRAME;
  for (const row of changed) {
    if (room-- === 0) {
      frame = requestAnimationFrame(draw);
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
  node.dataset.state = row.state;
  node.dataset.code = row.error?.code ?? '';
  const made = row.identities.filter(({ error }) => !error).length;
  const state = words.say(`batch.state.${row.state}`);
  const identities = words.say('count.identities', { n: made });
  put(node, 'status', made && row.identities.length > 1 ? words.say('batch.state.several', { state, identities }) : state);
  put(node, 'reason', reason(row.error));
  const details = /** @type {HTMLDetailsElement} */ (mustFind('details', node));
  const told = findings(row);
  details.hidden = told.length === 0;
  put(node, 'told', counted(told));
  if (details.open) renderFindings(mustFind('ul', details), told);
}

/**
 * Of several identities each finding says whose it is, at its end: the style begins it with a capital letter.
 * @param {Row} row
 */
function findings({ findings, identities }) {
  const several = identities.length > 1;
  const of = (/** @type {import('./types').Identity} */ { alias, findings }) =>
    several ? findings.map(one => ({ ...one, message: words.say('batch.finding-of', { message: one.message, alias }) })) : findings;
  return [...findings, ...identities.flatMap(of)];
}

/** @param {import('../types').Finding[]} findings */
function counted(findings) {
  const of = (/** @type {string} */ severity) => findings.filter(one => one.severity === severity).length;
  const [errors, warnings, infos] = [of('error'), of('warning'), of('info')];
  const parts = [
    errors && words.say('batch.problems', { n: errors }),
    warnings && words.say('batch.warnings', { n: warnings }),
    infos && words.say('batch.notes', { n: infos }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The findings of a thousand rows are drawn where somebody looks. @param {EventTarget | null} target what was unfolded */
export function renderUnfolded(target) {
  const row = [...nodes].find(([, node]) => node.contains(/** @type {Node} */ (target)))?.[0];
  if (row) fill(row, /** @type {HTMLElement} */ (nodes.get(row)));
}
