// What a certificate, request or list says of itself, as the core tells it. Only types.

export interface Place {
  entry: number;
  link: number;
}

export interface Pair {
  one: Place;
  other: Place;
}

/** A field or an extension: what it says, what that means, and where it is not known its identifier and bytes. */
export interface Fact {
  name: string;
  values: string[];
  explanation: string;
  oid?: string;
  critical?: boolean;
  hex?: string;
}

export interface Details {
  kind: string;
  name: string;
  fields: Fact[];
  extensions: Fact[];
  sha1: string;
  sha256: string;
  spki_sha256: string | null;
  pem: string | null;
  /** Of a list: its first entries. */
  revoked?: { serial: string; date: string | null; reason: string | null }[];
}

export interface Node {
  depth: number;
  offset: number;
  tag: string;
  length: number;
  value: string | null;
}

export interface Comparison {
  same_key: boolean;
  identical: boolean;
  differences: { name: string; one: string[] | null; other: string[] | null }[];
}
