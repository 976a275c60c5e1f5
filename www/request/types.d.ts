// Asking for a certificate: what the page tells the worker, and what it gets. Only types.

import type * as core from '../contract';
import type { Failure, Output, Rule, WithBytes, WithLink } from '../types';

export type { AlternativeName, RequestReview } from '../contract';

/** The whole form: the page fills in every field. */
export type RequestForm = Required<Omit<core.RequestOptions, 'subject'>> & { subject: Required<core.Subject> };

/** What can be asked for; `own`: the key that is here signs. */
export interface Source {
  id: string;
  name: string;
  entry: number | null;
  renew: boolean;
  own: boolean;
}

export interface Requested<F = WithBytes<Output>> extends Omit<core.KeyedRequest, 'files'> {
  files: F[];
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
  /** The form was changed since it was made. */
  changed: boolean;
  /** The names of what was downloaded of it. */
  taken: string[];
  /** What was made is a certificate for testing. */
  forTests: boolean;
}
