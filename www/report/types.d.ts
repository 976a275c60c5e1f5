// A report before it is written as a file. Only types.

/** A name and what is said under it. */
export type Fact = [name: string, value: string];

export interface Section {
  title: string;
  /** Each with a title of its own. */
  things: { title: string; facts: Fact[] }[];
}

export interface Report {
  title: string;
  facts: Fact[];
  sections: Section[];
  end: string;
}
