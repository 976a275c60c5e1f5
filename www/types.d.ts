// What the page keeps, and what its workers take and give: in the types of contract.d.ts, which is made from the core's.
// Only types: nothing of this is inside the page.

import type * as core from './contract';

export type { Certificate, ChainVerdict, Email, FileView, Identity, Kind, Snippet } from './contract';
export type Target = core.TargetRow;
export type Rule = core.RuleState;
/** Of a batch nothing is planned: what each file holds is not known before. */
type Known = 'certificates' | 'chain' | 'public';
export type OutputShape = Omit<core.PlannedFile, Known> & Partial<Pick<core.PlannedFile, Known>>;
/** A file that will be made, or that was: what is shown of both. */
export type Shown = OutputShape & Partial<Pick<WithLink<Output>, 'link' | 'size'>>;
export type Step = core.Step;

/** What a person can change after the files were made: the ends of the texts `change.*`. */
export type Change = 'alias' | 'chain' | 'files' | 'given' | 'identity' | 'password' | 'settings' | 'system';

/** The core's, or one of the page's own, which may do without a hint. */
export interface Failure {
  code: string;
  message: string;
  hint?: string | undefined;
  data?: Record<string, unknown> | undefined;
}

/** The core's, or one of the page's own, which may do without data. */
export type Finding = Pick<core.Finding, 'severity' | 'code' | 'message' | 'hint'> & Partial<core.Finding>;

/** An entry that is no identity: what all of them have, and what some of them have. */
export type Other = Omit<OneOf<Exclude<core.Entry, core.Identity>>, 'kind'> & { kind: Exclude<core.Kind, 'private-key'> };
export type Entry = core.Identity | Other;

type Names<T> = T extends unknown ? keyof T : never;
type OneOf<T> = Pick<T, keyof T> & {
  [K in Exclude<Names<T>, keyof T>]?: T extends unknown ? (K extends keyof T ? T[K] : never) : never;
};

export interface View extends Omit<core.View, 'entries'> {
  entries: Entry[];
}

/** What of a certificate says how long it is valid. */
export type Dated = Partial<Pick<core.Certificate, 'status' | 'days_left' | 'expires_soon' | 'not_before' | 'not_after'>>;

/** How many of each kind of entry. */
export type Counts = Partial<Record<string, number>>;

/** One file by hand: its name, its output format, and the settings of that; see formats.js. */
export interface OutputFile {
  name: string;
  form: string;
  [setting: string]: unknown;
}

/** A file that was written. `bytes` is as it comes from the worker; the page keeps a link to a blob instead. */
export type Output = Sized<core.MadeFile>;
export type Archive = Pick<Sized<core.Archive>, 'name' | 'media_type' | 'size'>;
/** In the core's words the bytes are their number. */
type Sized<T> = Omit<T, 'bytes'> & { size: number };
export type WithBytes<T> = T & { bytes: ArrayBuffer };
export type WithLink<T> = T & { link: string };

export interface Made<F = WithBytes<Output>, A = WithBytes<Archive>> extends Omit<core.Packed, 'files' | 'archive'> {
  files: F[];
  archive: A;
}
export interface Offer extends Made<WithLink<Output>, WithLink<Archive>> {
  /** What it was made for, and of. */
  choices: Choices;
  /** The kind of the entry that it was made of. */
  kind: core.Kind;
  /** Its password was generated: it was seen nowhere but here. */
  generated: boolean;
}

/** What each action takes and gives. */
export interface Actions {
  targets: { takes: {}; gives: core.TargetTable };
  add: { takes: { files: { id: number; name: string; bytes: ArrayBuffer }[] }; gives: void };
  open: {
    takes: {
      removed: number[];
      passwords: string[];
      accepted: number[];
      /** SHA-256 of the roots that the person trusts. */
      trusted: string[];
      /** None where no system is chosen. */
      target: string | null;
      at: number;
    };
    gives: View;
  };
  review: { takes: Options; gives: core.Review };
  convert: { takes: Options; gives: Made };
  sha256: { takes: { bytes: ArrayBuffer }; gives: string };
  generate: { takes: { target: string }; gives: string };
  inventory: { takes: { at: number; from: number }; gives: core.Slice };
  alone: { takes: import('./batch/types').Alone; gives: import('./batch/types').Carried };
  pack: { takes: import('./batch/types').Pack; gives: { folders: string[]; bytes: ArrayBuffer } };
  inventory_file: { takes: core.Selection; gives: Uint8Array<ArrayBuffer> };
  review_request: {
    takes: { form: import('./request/types').RequestForm; password: string };
    gives: core.RequestReview;
  };
  request: {
    takes: { form: import('./request/types').RequestForm; password: string; at: number };
    gives: import('./request/types').Requested;
  };
  details: { takes: core.Place; gives: core.Details };
  tree: { takes: core.Place; gives: core.TreeNode[] };
  compare: { takes: core.Pair; gives: core.Comparison };
}

/** What a person asks of a conversion; `entry` is an index into the latest view, `issuers` are SHA-256 of certificates. */
export interface Options extends Required<Omit<core.OptionsInput, 'entries' | 'files'>> {
  entries: Required<core.Chosen>[];
  files: OutputFile[];
  password: string;
  key_password: string | null;
}

/** What a person has decided, all but passwords: what undo takes back. Entries go by `entryKey`, since indices move. */
export interface Choices {
  target: string;
  chosen: string[];
  aliases: Record<string, string>;
  issuers: Record<string, string[]>;
  files: OutputFile[];
  strength: core.Strength;
  iterations: number | null;
  line_ends: core.LineEnds;
}

/** A file a person gave: a handle, never its bytes. `error` is the page's own reason not to hand it to the core. */
export interface Given {
  id: number;
  name: string;
  size: number;
  handle: File;
  /** It is the page's own sample. */
  sample?: boolean;
  error?: Failure | undefined;
}

export interface Busy {
  action: 'open' | 'convert';
  done: number;
  total: number;
}

export interface State {
  targets: Target[];
  strengths: core.StrengthRow[];
  choices: Choices;
  /** Earlier choices, the latest last, and what was changed of each. */
  past: { choices: Choices; what: Change }[];
  given: Given[];
  /** The files are those of a batch: each is opened on its own, and nothing of them is seen here. */
  batch: boolean;
  /** SHA-256 of the roots that the person trusts while the page is open. */
  trusted: string[];
  view: View | null;
  /** The new password was asked to be used although a rule is not met: say the unmet ones louder. */
  tried: boolean;
  review: core.Review | null;
  busy: Busy | null;
  offer: Offer | null;
  /** What was changed since the offer was made. */
  changed: Change | null;
  /** The names of what was downloaded of the offer. */
  taken: string[];
  refusal: Failure | null;
  failure: Failure | null;
  said: string;
}
