// The table of certificates: what the worker gives and what the page keeps of it. Only types.

import type { Row, Status } from '../contract';

export type { Row, Selection, Slice, Status, TableFormat } from '../contract';

export type Column = 'status' | 'subject' | 'expires' | 'key' | 'file';

export type Scope = 'all' | 'certificate' | 'user';

/** A row with what it is sorted and searched by, made once: 5,000 rows are sorted in the time of a keystroke. */
export interface Sortable {
  row: Row;
  keys: Record<Column, string | number>;
  text: Record<'certificate' | 'user', string>;
}

export interface Inventory {
  /** How many certificates are open; their rows come when somebody looks. */
  count: number;
  rows: Sortable[];
  /** What search and filter leave, in order, of every month. */
  found: Sortable[];
  /** What of that expires in the chosen month. */
  shown: Sortable[];
  /** The bar that was chosen: a month as 2027-01, or past, later or unknown; empty for all. */
  month: string;
  /** SHA-256 of the rows whose details are open. */
  opened: string[];
  /** The instant the rows were judged for. */
  at: number;
  since: string | null;
  search: string;
  scope: Scope;
  filter: string;
  column: Column;
  descending: boolean;
  page: number;
}
