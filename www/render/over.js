// "Start over", which is there as soon as the page holds anything.

import { mustFind } from '../dom.js';

/** Where text is typed: boxes and choices say nothing of anyone, the files of a setup have names
 * before any is typed, and a search holds nothing. */
const TEXTS = 'textarea, input:not([type=checkbox], [type=radio], [type=file], [data-role=file-name], [role=combobox])';

/** What stands on the page while something is held. */
const HELD = '#files > li, #step-many:not([hidden]), #step-batch:not([hidden]), #request-made:not([hidden])';

export function renderOver() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(TEXTS));
  const typed = [...fields].some(({ value, defaultValue }) => value !== defaultValue);
  mustFind('#over').hidden = !typed && !document.querySelector(HELD);
}
