// The table of certificates: what the worker gives and what the page keeps of it. Only types.

export type Status =
  | 'revoked'
  | 'expired'
  | 'not-yet-valid'
  | 'unknown'
  | 'expiring-30'
  | 'expiring-60'
  | 'expiring-90'
  | 'valid';

/** A certificate, as the core's `glance` gives it. */
export interface Row {
  status: Status;
  days_left: number | null;
  expired: boolean;
  name: string;
  subject: string;
  emails: string[];
  issuer_name: string;
  issuer: string;
  serial: string;
  /** RFC 3339; null where the certificate says nothing that is a date. */
  not_before: string | null;
  not_after: string | null;
  key: string;
  signature: string;
  uses: string[];
  ca: boolean;
  weak: string[];
  revoked: boolean;
  files: string[];
  private_key: string[];
  sha256: string;
  /** What became of it since the table was saved that was given beside it. */
  seen?: 'new' | 'missing';
  was?: Status;
}

export interface Slice {
  rows: Row[];
  total: number;
  since: string | null;
}

export type Kind = 'csv' | 'ics' | 'json';

export interface Selection {
  kind: Kind;
  at: number;
  /** SHA-256 of each row, in the order they are wanted. */
  rows: string[];
}

export type Column =
  | 'status'
  | 'subject'
  | 'user'
  | 'issuer'
  | 'serial'
  | 'expires'
  | 'left'
  | 'key'
  | 'uses'
  | 'file'
  | 'private';

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
  /** What search and filter leave, in order. */
  shown: Sortable[];
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
