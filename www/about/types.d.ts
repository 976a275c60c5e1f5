// What the check of a copy keeps. Only types.

export interface Copy {
  /** The file that a person chose as that of this page. */
  file: { name: string; sha256: string } | null;
  /** Why it could not be read. */
  failure: string;
  /** What was pasted, as it was. */
  published: string;
}
