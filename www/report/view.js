// Whether there is something to report.

import { mustFind } from '../dom.js';

/** @param {import('../types').State} state */
export function renderReport({ offer, batch }) {
  // Files that are converted separately have a report in their ZIP.
  mustFind('#report').hidden = !offer || batch;
}
