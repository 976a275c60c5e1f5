// What crosses between a batch and its workers, and the batch's own state. Only types: nothing of this is inside the page.

import type { Failure, Finding, Options, Snippet, Step } from '../types';

/** One file, opened on its own: the passwords in the order in which they are tried. */
export interface Alone {
  name: string;
  bytes: ArrayBuffer;
  passwords: string[];
  options: Options;
}

/** `error` is why nothing of it opened, or not all. */
export interface Carried {
  identities: Identity[];
  /** About the file itself. */
  findings: Finding[];
  error: Failure | null;
  /** The password that was tried last, when it or none was needed. */
  used: string | null;
}

/** What one identity became; `error` is why nothing. */
export interface Identity {
  alias: string;
  files: Written[];
  findings: Finding[];
  steps: Step[];
  snippets: Snippet[];
  error: Failure | null;
  /** It became files that the target is certain to refuse. */
  refused: boolean;
}

/** Its bytes lie in a blob: the browser keeps those, and crossing from thread to thread costs nothing. */
export interface Written {
  name: string;
  blob: Blob;
}

/** What became of each file: the core reads of it what it knows (`BatchFile`). */
export interface Pack {
  files: (Pick<Row, 'name' | 'state' | 'error' | 'findings'> & { identities: (Identity & { status: string; lines: string })[] })[];
}

export interface Row {
  name: string;
  handle: File;
  /** `refused`: converted, and the target will refuse it. `partly`: some of it was converted, and `error` says what was not. */
  state: 'waiting' | 'working' | 'done' | 'refused' | 'partly' | 'failed';
  /** Why it failed. */
  error: Failure | null;
  findings: Finding[];
  identities: Identity[];
}

export interface Batch {
  /** About which a person is asked whether they are a batch. */
  asked: File[];
  rows: Row[];
  /** Lists of passwords that came as files; `csv` where the list's own name says so. */
  lists: { text: string; csv: boolean }[];
  /** How many passwords are tried on every file, how many files have their own, how many lines name no file. */
  listed: { shared: number; files: number; strange: number };
  working: boolean;
  /** What is to be said of the ZIP. */
  note: string;
}

/** `of` has the passwords of one file, by `plain` of its name. */
export interface Passwords {
  shared: string[];
  of: Map<string, string[]>;
  /** How many lines of the list name no file that is here. */
  strange: number;
}
