// The table: one page of its rows, and what stands around it. Rows are refilled and never made anew, so that a sort
// changes text and no structure.

import { list, mustFind, put } from '../dom.js';
import * as words from '../words.js';
import { PAGE, filters } from './rows.js';
import * as say from './words.js';

/** @typedef {import('./types').Inventory} Inventory */
/** @typedef {import('./types').Row} Row */

/**
 * @param {Inventory} inventory
 * @param {Inventory} before
 */
export function renderInventory(inventory, before) {
  const details = mustFind('#inventory');
  details.hidden = inventory.count === 0;
  mustFind('summary', details).textContent = `Certificates at a glance: ${words.count(inventory.count, 'certificate')} as a table`;
  if (inventory.rows !== before.rows) renderFilters(inventory);
  const { shown, page, column, descending } = inventory;
  if (shown !== before.shown || page !== before.page || column !== before.column || descending !== before.descending) {
    renderTable(inventory);
  }
}

/** @param {Inventory} inventory */
function renderTable({ rows, shown, since, column, descending, page }) {
  const from = page * PAGE;
  const here = shown.slice(from, from + PAGE);
  list(mustFind('#inventory-rows'), '#inventory-row-template', here, one => here.indexOf(one), (node, { row }) => {
    node.dataset.sha256 = row.sha256;
    node.dataset.status = row.status;
    fill(node, row);
  });
  mustFind('#inventory-table').hidden = here.length === 0;

  for (const head of document.querySelectorAll('#inventory-table th[data-column]')) {
    const sorted = /** @type {HTMLElement} */ (head).dataset.column === column;
    head.setAttribute('aria-sort', sorted ? (descending ? 'descending' : 'ascending') : 'none');
  }

  const all = words.count(rows.length, 'certificate');
  const count = shown.length === rows.length ? all : `${shown.length.toLocaleString('en')} of ${all}`;
  const range = `${(from + 1).toLocaleString('en')} to ${(from + here.length).toLocaleString('en')}`;
  sayOnce('#inventory-count', count);
  mustFind('#inventory-range').textContent = here.length ? `Rows ${range} of ${shown.length.toLocaleString('en')}` : '';
  mustFind('#inventory-pages').hidden = shown.length <= PAGE;
  able('previous', page > 0);
  able('next', from + PAGE < shown.length);
  mustFind('#inventory-save').hidden = shown.length === 0;
  mustFind('#inventory-saved-rows').textContent = words.count(shown.length, 'row');

  const changed = mustFind('#inventory-since');
  changed.hidden = since === null;
  changed.textContent = since === null ? '' : say.changes(since, rows.map(({ row }) => row));
}

/** How many rows each filter leaves, in its own words. @param {Inventory} inventory */
function renderFilters({ rows, since }) {
  for (const option of document.querySelectorAll('#inventory-filter option')) {
    const one = /** @type {HTMLOptionElement} */ (option);
    const fits = filters[one.value] ?? (() => false);
    const count = rows.filter(({ row }) => fits(row)).length;
    one.textContent = `${one.dataset.words} (${count.toLocaleString('en')})`;
    one.hidden = one.value === 'changed' && since === null;
  }
}

/**
 * @param {HTMLElement} node
 * @param {Row} row
 */
function fill(node, row) {
  put(node, 'status', say.status(row));
  mustFind('[data-field=status]', node).dataset.urgency = say.urgency(row);
  put(node, 'weak', say.weakness(row));
  put(node, 'change', say.change(row));
  put(node, 'name', row.name || 'without a name');
  put(node, 'subject', row.subject);
  put(node, 'user', row.emails.join(', ') || '–');
  put(node, 'issuer', row.issuer_name || row.issuer || '–');
  put(node, 'serial', words.fingerprint(row.serial));
  put(node, 'expires', say.expiry(row));
  put(node, 'left', say.left(row) || '–');
  put(node, 'key', row.key);
  put(node, 'uses', row.uses.join(', ') || '–');
  put(node, 'file', row.files.join(', ') || '–');
  put(node, 'private', say.privateKey(row));
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
 * Not `disabled`, which would take the focus from whoever came to the last page by keyboard.
 * @param {string} turn
 * @param {boolean} can
 */
function able(turn, can) {
  mustFind(`#inventory-pages [data-turn=${turn}]`).setAttribute('aria-disabled', String(!can));
}
