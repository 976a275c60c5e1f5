// What a certificate, request or list says of itself. Only types.

import type * as core from '../contract';

export type { Comparison, Fact, Pair, Place, TreeNode } from '../contract';

/** The core's, or what the page itself says of a key, of which the core says nothing more. */
export type Details = Omit<core.Details, 'kind'> & { kind: core.Kind | '' };

/** What is unfolded of a card. */
export interface Card {
  /** Which certificate of the chain. */
  link: number;
  details: Details | null;
  tree: string | null;
  /** What came of a comparison, or why none did. */
  compared: core.Comparison | { refusal: string } | null;
}

/** By the index of the entry in the view. */
export interface Unfolded {
  cards: Map<number, Card>;
}
