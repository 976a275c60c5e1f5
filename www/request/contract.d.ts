// Asking for a certificate: what the page tells the worker, and what it gets. Only types.

import type { Failure, Finding, Output, Rule, WithBytes, WithLink } from '../contract';

export interface AlternativeName {
  type: 'dns' | 'email' | 'ip' | 'uri';
  value: string;
}

/** The core's form. `entry` is an index into the latest view: whose key signs, and whose certificate is renewed. */
export interface RequestForm {
  key: string | null;
  preset: string | null;
  subject: Record<'cn' | 'o' | 'ou' | 'c' | 'l' | 'st' | 'email', string>;
  sans: AlternativeName[];
  key_usage: string[];
  extended_key_usage: string[];
  entry: number | null;
  renew: boolean;
  self_signed_days: number | null;
  keep: string;
}

/** What can be asked for; `own`: the key that is here signs. */
export interface Source {
  id: string;
  name: string;
  entry: number | null;
  renew: boolean;
  own: boolean;
}

export interface Reviewed {
  problems: Failure[];
  rules: Rule[];
}

/** `made_by` is who made the key; null for one that was there. */
export interface Requested<F = WithBytes<Output>> {
  files: F[];
  findings: Finding[];
  made_by: 'browser' | 'keyferry' | null;
}
export type Kept = Requested<WithLink<Output>>;

export interface RequestState {
  problems: Failure[];
  rules: Rule[];
  /** It was asked for although something is not in order: say it until it is. */
  tried: boolean;
  busy: boolean;
  refusal: Failure | null;
  made: Kept | null;
  /** What was made is a certificate for testing. */
  forTests: boolean;
}
