// The state of the table of certificates: its rows, and which of them are shown in what order.

import { holder } from '../state.js';

export const { state: inventory, update, subscribe } = holder(() => /** @type {import('./types').Inventory} */ ({
  count: 0,
  rows: [],
  found: [],
  shown: [],
  month: '',
  opened: [],
  at: 0,
  since: null,
  search: '',
  scope: 'all',
  filter: 'all',
  column: 'expires',
  descending: false,
  page: 0,
}));
