// The right pane stays in view. CSS cannot ask how tall an element is, so the pane's height is told to the style sheet.

import { mustFind } from '../dom.js';

export function watchPane() {
  const pane = mustFind('.get');
  new ResizeObserver(() => pane.style.setProperty('--get-height', `${pane.offsetHeight}px`)).observe(pane);
}
