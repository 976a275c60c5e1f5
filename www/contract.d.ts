// What crosses between page and worker, and the page's own state. Only types: nothing of this is inside the page.

export interface Failure {
  code: string;
  message: string;
  hint?: string | undefined;
  data?: Record<string, unknown> | undefined;
}

export interface Finding {
  severity: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  hint: string;
  entry?: number | null;
  file?: number | null;
}

/** `key` says the rest in words: "RSA, 2048 bits". */
export interface KeyShape {
  algorithm: string;
  bits: number | null;
  curve: string | null;
  key: string;
}

export interface Email {
  address: string;
  from: 'san' | 'subject';
}

export interface Certificate extends KeyShape {
  name: string;
  subject: string;
  issuer: string;
  issuer_name: string;
  serial: string;
  /** RFC 3339; null where the certificate says nothing that is a date. */
  not_before: string | null;
  not_after: string | null;
  days_left: number | null;
  expires_soon: boolean;
  status: 'valid' | 'expired' | 'not-yet-valid' | 'unknown';
  self_signed: boolean;
  emails: Email[];
  sha1: string;
  sha256: string;
  key_usage: string[] | null;
  extended_key_usage: string[] | null;
  signature_algorithm: string;
  ca: boolean;
}

/** A private key with its chain, end-entity first; the chain is empty when no certificate came with the key. */
export interface Identity extends KeyShape {
  kind: 'private-key';
  alias: string | null;
  suggested_alias: string;
  name: string;
  emails: Email[];
  spki_sha256: string | null;
  files: number[];
  chain: Certificate[];
  verdict?: Verdict | null;
}

export interface Other extends Partial<Certificate> {
  kind: Exclude<Kind, 'private-key'>;
  spki_sha256?: string;
  /** Nothing more of it crossed: the table of certificates has it. */
  brief?: true;
  alias: string | null;
  suggested_alias: string;
  files: number[];
  verdict?: Verdict | null;
}

/** Where the chain of a certificate ends, and what is to be said of it; `root` is there where there is one. */
export interface Verdict {
  verdict: 'company-root' | 'incomplete' | 'private-root' | 'public-root' | 'self-signed';
  good: boolean;
  root?: { name: string; sha256: string };
  findings: Finding[];
  /** The built-in list: NSS's version, and the day it was taken. */
  roots: { version: string; date: string };
}

export type Entry = Identity | Other;

/** Of thousands that are open only what is needed crosses: no name, size and format. */
export interface FileView {
  id: number;
  name?: string;
  size?: number;
  format?: string | null;
  format_label?: string | null;
  state: 'open' | 'locked' | 'costly' | 'refused';
  entries: number[];
  /** What lies in the file itself; an entry may be made of several files. */
  holds: Counts;
  error?: Failure | null;
}

/** How many of each kind of entry. */
export type Counts = Record<string, number>;

export interface View {
  files: FileView[];
  entries: Entry[];
  findings: Finding[];
  /** How many rows the table of certificates has. */
  rows: number;
}

export type Kind = 'private-key' | 'certificate' | 'request' | 'crl' | 'secret-key' | 'public-key';

export interface Target {
  id: string;
  name: string;
  group: 'anaplan' | 'platforms' | 'servers' | 'systems' | 'by-hand';
  description: string;
  files: OutputShape[];
  /** Which kinds of entries go into its files, and how many of them. */
  kinds: Kind[];
  takes: 'one' | 'several' | 'certificates';
  by_hand: boolean;
  uses_alias: boolean;
  uses_chain: boolean;
  uses_password: boolean;
  two_passwords: boolean;
  note: string | null;
}

/** `pkcs8` and `pkcs12` are iterations. */
export interface Strength {
  id: string;
  pkcs8: number;
  pkcs12: number;
  description: string;
}

export interface OutputShape {
  name: string;
  description: string;
  /** Whether a private or secret key is in it, whether it lies there without a password, whether the file is opened with one. */
  holds_key?: boolean;
  key_open?: boolean;
  uses_password?: boolean;
}

/** One file by hand: its name, its form, and what the form can be told; see forms.js. */
export interface FormFile {
  name: string;
  form: string;
  [setting: string]: unknown;
}

export interface Rule {
  code: string;
  text: string;
  met: boolean;
}

export interface Looked {
  rules: Rule[];
  findings: Finding[];
}

/** What the core says of a wish before anything is made; `error` is what stands in its way. */
export interface Review {
  aliases: (Looked & { alias: string })[];
  password: Looked & { used: boolean };
  key_password: Looked & { used: boolean };
  files: OutputShape[];
  findings: Finding[];
  error: Failure | null;
}

/** Lines to paste; `stale_at`, in milliseconds since 1970, is when they are better made anew. */
export interface Paste {
  title: string;
  text: string;
  stale_at: number | null;
}

/** A file that was written. `bytes` is as it comes from the worker; the page keeps a link to a blob instead. */
export interface Output extends OutputShape {
  media_type: string;
  size: number;
  sha256: string;
  verified: boolean;
}
export type Archive = Pick<Output, 'name' | 'media_type' | 'size'>;
export type WithBytes<T> = T & { bytes: ArrayBuffer };
export type WithLink<T> = T & { link: string };

export interface Made<F = WithBytes<Output>, A = WithBytes<Archive>> {
  files: F[];
  archive: A;
  paste: Paste[];
  findings: Finding[];
  /** The target is certain to refuse them: a finding about an entry is an error. */
  refused: boolean;
}
export type Offer = Made<WithLink<Output>, WithLink<Archive>>;

/** What each action takes and gives. */
export interface Actions {
  targets: { takes: {}; gives: { targets: Target[]; strengths: Strength[] } };
  add: { takes: { files: { id: number; name: string; bytes: ArrayBuffer }[] }; gives: void };
  open: {
    takes: {
      removed: number[];
      passwords: string[];
      accepted: number[];
      /** SHA-256 of the roots that the person trusts. */
      trusted: string[];
      target: string;
      at: number;
    };
    gives: View;
  };
  review: { takes: Wish; gives: Review };
  convert: { takes: Wish; gives: Made };
  generate: { takes: { target: string }; gives: string };
  glance: { takes: { at: number; from: number }; gives: import('./inventory/contract').Slice };
  alone: { takes: import('./batch/contract').Alone; gives: import('./batch/contract').Carried };
  pack: { takes: import('./batch/contract').Pack; gives: Uint8Array<ArrayBuffer> };
  glance_file: { takes: import('./inventory/contract').Selection; gives: Uint8Array<ArrayBuffer> };
  review_request: {
    takes: { form: import('./request/contract').RequestForm; password: string };
    gives: import('./request/contract').Reviewed;
  };
  request: {
    takes: { form: import('./request/contract').RequestForm; password: string; at: number };
    gives: import('./request/contract').Requested;
  };
  details: { takes: import('./details/contract').Place; gives: import('./details/contract').Details };
  tree: { takes: import('./details/contract').Place; gives: import('./details/contract').Node[] };
  compare: { takes: import('./details/contract').Pair; gives: import('./details/contract').Comparison };
}

/** What a person wishes to be made; `entry` is an index into the latest view, `issuers` are SHA-256 of certificates. */
export interface Wish {
  target: string;
  entries: { entry: number; alias: string; issuers: string[] | null }[];
  files: FormFile[];
  strength: string;
  iterations: number | null;
  line_ends: string;
  at: number;
  password: string;
  key_password: string | null;
}

/** What a person has decided, all but passwords: what undo takes back. Entries go by `entryKey`, since indices move. */
export interface Choices {
  target: string;
  chosen: string[];
  aliases: Record<string, string>;
  issuers: Record<string, string[]>;
  files: FormFile[];
  strength: string;
  iterations: number | null;
  line_ends: string;
}

/** A file a person gave: a handle, never its bytes. `error` is the page's own reason not to hand it to the core. */
export interface Given {
  id: number;
  name: string;
  size: number;
  handle: File;
  error?: Failure | undefined;
}

export interface Busy {
  action: 'open' | 'convert';
  done: number;
  total: number;
}

export interface State {
  targets: Target[];
  strengths: Strength[];
  choices: Choices;
  /** Earlier choices, the latest last. */
  past: Choices[];
  given: Given[];
  /** The files are those of a batch: each is opened on its own, and nothing of them is seen here. */
  batch: boolean;
  /** SHA-256 of the roots that the person trusts while the page is open. */
  trusted: string[];
  view: View | null;
  /** The new password was asked to be used although a rule is not met: say the unmet ones louder. */
  tried: boolean;
  review: Review | null;
  busy: Busy | null;
  offer: Offer | null;
  refusal: Failure | null;
  failure: Failure | null;
  said: string;
}

// What the core's `request`, `reviewRequest`, `chain`, `revocations`, `details`, `compare` and `tree` take and give; each
// crosses as JSON text.

export type KeyKind = 'rsa2048' | 'rsa3072' | 'rsa4096' | 'p256' | 'p384' | 'ed25519';

/** What is asked of a CA. What is left out is absent; another property than these is refused. */
export interface Form {
  /** The key to be made; without one the key of `entry` signs, or RSA 2048 is made. */
  key?: KeyKind;
  /** `anaplan`: RSA 2048, the e-mail address of the subject as alternative name too, both purposes, digitalSignature. */
  preset?: 'anaplan';
  subject?: Partial<Record<'cn' | 'o' | 'ou' | 'c' | 'l' | 'st' | 'email', string>>;
  sans?: { type: 'email' | 'dns' | 'ip' | 'uri'; value: string }[];
  /** Names of bits: digitalSignature, nonRepudiation, keyEncipherment, … */
  key_usage?: string[];
  /** clientAuth, emailProtection, … or object identifiers in dots. */
  extended_key_usage?: string[];
  entry?: number;
  /** Subject, names and extensions are those of the entry's certificate. */
  renew?: boolean;
  /** A certificate for testing instead of a request. */
  self_signed_days?: number;
  keep?: 'pkcs8' | 'p12';
}

/** `request(form, password, at, progress)` gives this and the files' bytes beside it; an empty password is none. */
export interface Requested {
  /** `bytes` is how many. */
  files: (OutputShape & { media_type: string; bytes: number; sha256: string; verified: boolean })[];
  findings: Finding[];
  /** Who made the key; null for one that was there. */
  made_by: 'browser' | 'keyferry' | null;
}

/** `reviewRequest(form)`: `data` of each has the field and the rule that is broken. */
export type RequestReview = Failure[];

/** `chain(entry, company, at)`; `company` are SHA-256 fingerprints of roots that the person trusts for now. */
export interface Chain {
  verdict: 'public-root' | 'company-root' | 'private-root' | 'self-signed' | 'incomplete';
  /** It ends in a trusted root, and no finding is an error. */
  good: boolean;
  links: { name: string; subject: string; sha256: string }[];
  root?: { name: string; sha256: string; tls?: boolean; email?: boolean };
  missing?: { name: string; subject: string; addresses: string[] };
  findings: Finding[];
  /** Mozilla's list: the version of NSS's builtin token, the day on which the table was made. */
  roots: { version: string; date: string };
}

/** `revocations(at)`: one finding for each list and for each entry that has a revoked certificate. */
export interface Revocations {
  revoked: { sha256: string; date: string | null; reason: string | null }[];
  findings: Finding[];
}

/** A line of `details`; `hex` where its contents are not known, and of keys. */
export interface DetailRow {
  name: string;
  values: string[];
  explanation: string;
  oid?: string;
  critical?: boolean;
  hex?: string;
}

/** `details(entry)` */
export interface Details {
  kind: 'certificate' | 'request' | 'crl';
  name: string;
  fields: DetailRow[];
  extensions: DetailRow[];
  sha1: string;
  sha256: string;
  spki_sha256: string | null;
  /** Null for a large revocation list. */
  pem: string | null;
  /** The first entries of a revocation list. */
  revoked?: { serial: string; date: string | null; reason: string | null }[];
}

/** `compare(one, other)` */
export interface Compared {
  same_key: boolean;
  identical: boolean;
  differences: { name: string; one: string[] | null; other: string[] | null }[];
}

/** `tree(entry)`: every node in the order of the bytes. */
export type Asn1Tree = { depth: number; offset: number; tag: string; length: number; value: string | null }[];
