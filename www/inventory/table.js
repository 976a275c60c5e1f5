// The table: one page of its rows, and what stands around it. Rows are refilled and kept, so that a sort
// changes text and no structure.

import { list, mustFind, put, stamp } from '../dom.js';
import { MANY } from '../entries.js';
import { state } from '../state.js';
import { say } from '../words.js';
import { cardsOf } from './cards.js';
import { PAGE, filters } from './rows.js';
import * as table from './words.js';

/** @typedef {import('./types').Inventory} Inventory */
/** @typedef {import('./types').Row} Row */

/**
 * @param {Inventory} inventory
 * @param {Inventory} before
 */
export function renderInventory(inventory, before) {
  const details = mustFind('#inventory');
  details.hidden = inventory.count === 0;
  mustFind('summary', details).textContent = say('inventory.title', { n: inventory.count });
  place(details, inventory.count >= MANY);
  if (inventory.rows !== before.rows) renderFilters(inventory);
  const drawn = /** @type {const} */ (['shown', 'page', 'column', 'descending', 'opened']);
  if (drawn.some(name => inventory[name] !== before[name])) renderTable(inventory);
}

/**
 * Of many certificates the table comes first, in a step of its own; of few it is one more view of what is inside.
 * @param {HTMLElement} details
 * @param {boolean} first
 */
function place(details, first) {
  const home = mustFind(first ? '#step-certificates' : '#step-inside');
  if (details.parentElement !== home) home.append(details);
  mustFind('#step-certificates').hidden = !first;
}

/** @param {Inventory} inventory */
function renderTable({ rows, shown, since, column, descending, page, opened }) {
  const from = page * PAGE;
  const here = shown.slice(from, from + PAGE);
  const body = mustFind('#inventory-rows');
  for (const more of body.querySelectorAll('.inventory-more')) more.remove();
  const cards = cardsOf(state.view);
  list(body, '#inventory-row-template', here, one => here.indexOf(one), (node, { row }) => {
    node.dataset.sha256 = row.sha256;
    node.dataset.status = row.status;
    fill(node, row, cards.has(row.sha256));
    const open = opened.includes(row.sha256);
    const button = mustFind('[data-more]', node);
    button.dataset.more = row.sha256;
    button.setAttribute('aria-expanded', String(open));
  });
  // Below their rows, once the rows stand where they belong.
  here.forEach(({ row }, index) => {
    if (opened.includes(row.sha256)) body.querySelectorAll('tr:not(.inventory-more)')[index]?.after(more(row));
  });
  mustFind('#inventory-table').hidden = here.length === 0;

  for (const head of document.querySelectorAll('#inventory-table th[data-column]')) {
    const sorted = /** @type {HTMLElement} */ (head).dataset.column === column;
    head.setAttribute('aria-sort', sorted ? (descending ? 'descending' : 'ascending') : 'none');
  }

  const all = say('count.certificates', { n: rows.length });
  const count = shown.length === rows.length ? all : say('of-all', { n: shown.length, all });
  const range = { from: from + 1, until: from + here.length, all: shown.length };
  sayOnce('#inventory-count', count);
  mustFind('#inventory-range').textContent = here.length ? say('inventory.rows', range) : '';
  mustFind('#inventory-pages').hidden = shown.length <= PAGE;
  able('previous', page > 0);
  able('next', from + PAGE < shown.length);
  mustFind('#inventory-save').hidden = shown.length === 0;
  mustFind('#inventory-keep').textContent = say('inventory.keep', { n: shown.length });

  const changed = mustFind('#inventory-since');
  changed.hidden = since === null;
  changed.textContent = since === null ? '' : table.changes(since, rows.map(({ row }) => row));
}

/** How many rows each filter leaves, in its own words. @param {Inventory} inventory */
function renderFilters({ rows, since }) {
  for (const option of document.querySelectorAll('#inventory-filter option')) {
    const one = /** @type {HTMLOptionElement} */ (option);
    const fits = filters[one.value] ?? (() => false);
    const count = rows.filter(({ row }) => fits(row)).length;
    one.textContent = say('inventory.filter', { filter: table.filterName(one.value), n: count });
    one.hidden = one.value === 'changed' && since === null;
  }
}

/**
 * The row below a row: what five columns have no room for.
 * @param {Row} row
 */
function more(row) {
  const node = stamp('#inventory-more-template');
  put(node, 'left', table.left(row));
  put(node, 'user', row.emails.join(', '));
  put(node, 'subject', row.subject);
  put(node, 'issuer', row.issuer_name || row.issuer);
  put(node, 'serial', row.serial.toUpperCase());
  put(node, 'uses', row.uses.join(', '));
  put(node, 'private', table.privateKey(row));
  put(node, 'sha256', row.sha256);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {Row} row
 * @param {boolean} carded whether its card is on the page
 */
function fill(node, row, carded) {
  put(node, 'status', table.status(row));
  mustFind('[data-field=status]', node).dataset.urgency = table.urgency(row);
  put(node, 'weak', table.weakness(row));
  put(node, 'change', table.change(row));
  const name = row.name || say('inventory.unnamed');
  put(node, 'name', carded ? null : name);
  put(node, 'link', carded ? name : null);
  const card = mustFind('[data-card]', node);
  card.hidden = !carded;
  card.dataset.card = row.sha256;
  put(node, 'more', say('inventory.more', { name }));
  put(node, 'expires', table.expiry(row));
  put(node, 'key', row.key);
  put(node, 'file', row.files.join(', ') || say('inventory.nothing'));
}

/**
 * A live region says what is put there again, even when it is the same.
 * @param {string} selector
 * @param {string} text
 */
function sayOnce(selector, text) {
  const node = mustFind(selector);
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Not `disabled`, which would take the focus from a person who reached the last page by keyboard.
 * @param {string} turn
 * @param {boolean} can
 */
function able(turn, can) {
  mustFind(`#inventory-pages [data-turn=${turn}]`).setAttribute('aria-disabled', String(!can));
}
