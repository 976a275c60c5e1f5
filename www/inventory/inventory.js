// "Certificates at a glance": a table of every certificate that is open. Its rows come from the worker in slices, when
// somebody looks; they are sorted and searched here. It has a state of its own, which only this module writes.

import { ask } from '../worker/converter.js';
import { mustFind } from '../dom.js';
import { pause } from '../slices.js';
import * as words from '../words.js';
import { MANY, select, sortable } from './rows.js';
import { save } from './save.js';
import { PAGE, renderFilters, renderTable } from './table.js';
import { renderTimeline } from './timeline.js';

/** @typedef {import('./contract').Glance} Glance */

const details = /** @type {HTMLDetailsElement} */ (mustFind('#glance'));
const search = /** @type {HTMLInputElement} */ (mustFind('#glance-search'));
const scope = /** @type {HTMLSelectElement} */ (mustFind('#glance-scope'));
const filter = /** @type {HTMLSelectElement} */ (mustFind('#glance-filter'));

/** @type {Glance} */
const glance = {
  rows: [],
  shown: [],
  at: 0,
  since: null,
  search: '',
  scope: 'all',
  filter: 'all',
  column: 'expires',
  descending: false,
  page: 0,
};

/** What is open changed: the rows on show are of what was open before. */
let stale = true;
let turn = 0;
let before = 0;
let picture = 0;

/**
 * Hears that something else is open now.
 * @param {number} count of certificates
 */
export function look(count) {
  stale = true;
  turn++;
  details.hidden = count === 0;
  mustFind('summary', details).textContent = `Certificates at a glance: ${words.count(count, 'certificate')} as a table`;
  // It opens itself once; who closes it has seen it.
  if (count >= MANY && before < MANY) details.open = true;
  if (count === 0) details.open = false;
  before = count;
  gather();
}

async function gather() {
  if (!stale || !details.open) return;
  stale = false;
  const mine = ++turn;
  const at = Date.now();
  const rows = [];
  let total = before;
  /** @type {string | null} */
  let since = null;
  while (rows.length < total) {
    /** @type {import('./contract').Slice | void} */
    const slice = await ask('glance', { at, from: rows.length }).catch(failure => {
      if (failure.code !== 'cancelled') throw failure;
    });
    if (!slice || mine !== turn) return;
    ({ total, since } = slice);
    rows.push(...slice.rows.map(sortable));
  }
  Object.assign(glance, { rows, at, since, page: 0 });
  renderFilters(glance);
  await pause();
  refresh({});
}

/** @param {Partial<Glance>} changes */
function refresh(changes) {
  Object.assign(glance, changes);
  glance.shown = select(glance);
  renderTable(glance);
  // The rows first: the picture is a task of its own.
  clearTimeout(picture);
  picture = setTimeout(() => renderTimeline(glance.shown, glance.at));
}

details.addEventListener('toggle', gather);
search.addEventListener('input', () => refresh({ search: search.value, page: 0 }));
scope.addEventListener('change', () => refresh({ scope: /** @type {Glance['scope']} */ (scope.value), page: 0 }));
filter.addEventListener('change', () => refresh({ filter: filter.value, page: 0 }));

details.addEventListener('click', async ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest('button'));
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  const { sort, turn, save: kind } = button.dataset;
  if (sort) sortBy(/** @type {Glance['column']} */ (sort));
  if (turn) turnTo(glance.page + (turn === 'next' ? 1 : -1));
  if (kind) {
    const name = await save(/** @type {import('./contract').Kind} */ (kind), glance);
    mustFind('#status').textContent = `${name} is in your downloads.`;
  }
});

/** @param {Glance['column']} column */
function sortBy(column) {
  refresh({ column, descending: column === glance.column && !glance.descending, page: 0 });
}

/** @param {number} page */
function turnTo(page) {
  glance.page = Math.max(0, Math.min(page, Math.ceil(glance.shown.length / PAGE) - 1));
  renderTable(glance);
}
