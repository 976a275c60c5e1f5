// What a certificate, request or list says of itself. Only types.

import type * as core from '../contract';

export type { Comparison, Fact, Pair, Place, TreeNode } from '../contract';

/** The core's, or what the page itself says of a key, of which the core says nothing more. */
export type Details = Omit<core.Details, 'kind'> & { kind: core.Kind | '' };
