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
  status: 'valid' | 'expired' | 'not-yet-valid' | 'unknown';
  self_signed: boolean;
  emails: Email[];
  sha1: string;
  sha256: string;
  key_usage: string[] | null;
  extended_key_usage: string[] | null;
  signature_algorithm: string;
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
}

export interface Other extends Partial<Certificate> {
  kind: 'certificate' | 'request' | 'crl' | 'secret-key' | 'public-key';
  alias: string | null;
  files: number[];
}

export type Entry = Identity | Other;

export interface FileView {
  id: number;
  name: string;
  size: number;
  format?: string | null;
  format_label?: string | null;
  state: 'open' | 'locked' | 'costly' | 'refused';
  entries: number[];
  error?: Failure | null;
}

export interface View {
  files: FileView[];
  entries: Entry[];
  findings: Finding[];
}

export interface Target {
  id: string;
  name: string;
  description: string;
  files: OutputShape[];
}

export interface OutputShape {
  name: string;
  description: string;
  /** Whether the private key is in it; known of what was written. */
  holds_key?: boolean;
}

export interface Rule {
  code: string;
  text: string;
  met: boolean;
}

export type Review = Record<'alias' | 'password', { rules: Rule[]; findings: Finding[] }>;

/** A file that was written. `bytes` is as it comes from the worker; the page keeps a link to a blob instead. */
export interface Output extends OutputShape {
  media_type: string;
  size: number;
  sha256: string;
  verified: boolean;
}
export type Archive = Omit<Output, keyof OutputShape | 'verified'> & { name: string };
export type WithBytes<T> = T & { bytes: ArrayBuffer };
export type WithLink<T> = T & { link: string };

export interface Made<F = WithBytes<Output>, A = WithBytes<Archive>> {
  files: F[];
  archive: A;
  paste: { title: string; text: string }[];
  findings: Finding[];
}
export type Offer = Made<WithLink<Output>, WithLink<Archive>>;

/** What each action takes and gives. */
export interface Actions {
  targets: { takes: {}; gives: Target[] };
  open: {
    takes: {
      files: { id: number; name: string; bytes: ArrayBuffer }[];
      removed: number[];
      passwords: string[];
      accepted: number[];
      target: string;
      at: number;
    };
    gives: View;
  };
  review: { takes: Wish; gives: { fields: Review } };
  convert: { takes: Wish & { at: number }; gives: Made };
  generate: { takes: { target: string }; gives: string };
}

/** What a person wishes to be made; `entry` is an index into the latest view. */
export interface Wish {
  entry: number;
  target: string;
  alias: string;
  password: string;
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
  target: Target | null;
  given: Given[];
  view: View | null;
  /** The identity that was chosen, by `entryKey`, since indices move when files come and go. */
  chosen: string | null;
  alias: string;
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
