// The table of every certificate that is open. Its rows come from the worker in slices, when somebody looks; they are
// sorted and searched here.

import { ask } from '../worker/converter.js';
import { mustFind } from '../dom.js';
import { MANY } from '../entries.js';
import { pause } from '../slices.js';
import { announce, state } from '../state.js';
import { say } from '../words.js';
import { showCard } from './cards.js';
import { PAGE, select, sortable } from './rows.js';
import { saveTable } from './save.js';
import { inventory, update } from './state.js';

/** @typedef {import('./types').Inventory} Inventory */

const details = /** @type {HTMLDetailsElement} */ (mustFind('#inventory'));

/** What is open changed: the rows on show are of what was open before. */
let stale = true;
let turn = 0;

/**
 * Hears that something else is open now.
 * @param {number} count of certificates
 */
export function look(count) {
  stale = true;
  turn++;
  // It opens itself once; who closes it has seen it.
  if (count >= MANY && inventory.count < MANY) details.open = true;
  if (count === 0) details.open = false;
  update(count === 0 ? { count, rows: [], found: [], shown: [], month: '', opened: [], since: null, page: 0 } : { count });
  return gather();
}

/** Asks for the rows, where somebody looks and they are not here yet. */
export async function gather() {
  if (!stale || !details.open) return;
  stale = false;
  const mine = ++turn;
  const at = Date.now();
  const rows = [];
  let total = inventory.count;
  /** @type {string | null} */
  let since = null;
  while (rows.length < total) {
    /** @type {import('./types').Slice | void} */
    const slice = await ask('inventory', { at, from: rows.length }).catch(failure => {
      if (failure.code !== 'cancelled') throw failure;
    });
    if (!slice || mine !== turn) return;
    ({ total, since } = slice);
    rows.push(...slice.rows.map(sortable));
  }
  await pause();
  if (mine === turn) refresh({ rows, at, since, page: 0 });
}

/** @param {Partial<Inventory>} changes of what is shown, or how */
export function refresh(changes) {
  update({ ...changes, ...select({ ...inventory, ...changes }) });
}

/** @param {HTMLElement} button a head to sort by, a bar, a row to open, a card to go to, a page to turn, a file to save */
export async function press(button) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  const { sort, turn, save: kind, month, more, card } = button.dataset;
  if (sort) sortBy(/** @type {Inventory['column']} */ (sort));
  if (turn) turnTo(inventory.page + (turn === 'next' ? 1 : -1));
  if (month !== undefined) choose(month);
  if (more !== undefined) open(more);
  if (card !== undefined) showCard(state.view, card);
  if (kind) {
    const name = await saveTable(/** @type {import('./types').TableFormat} */ (kind), inventory);
    announce(say('inventory.saved', { name }));
  }
}

/** One month, or all again. @param {string} month */
function choose(month) {
  const chosen = inventory.month;
  refresh({ month: month === chosen ? '' : month, page: 0 });
  // The button that was pressed may be gone; the bar is where the month is chosen again.
  if (!month) mustFind(`#inventory-bars [data-month="${chosen}"]`).focus();
}

/** @param {string} sha256 */
function open(sha256) {
  const { opened } = inventory;
  update({ opened: opened.includes(sha256) ? opened.filter(one => one !== sha256) : [...opened, sha256] });
}

/** @param {Inventory['column']} column */
function sortBy(column) {
  refresh({ column, descending: column === inventory.column && !inventory.descending, page: 0 });
}

/** @param {number} page */
function turnTo(page) {
  update({ page: Math.max(0, Math.min(page, Math.ceil(inventory.shown.length / PAGE) - 1)) });
}
