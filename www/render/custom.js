// Files by hand: the rows in which a person says what each file is.

import { fillSelect, list, mustFind } from '../dom.js';
import { targetOf } from '../entries.js';
import { FORMATS, SETTINGS, applies, nameOf } from '../formats.js';
import { named } from '../words.js';

/** @param {import('../types').State} state */
export function renderCustom(state) {
  const byHand = targetOf(state)?.by_hand ?? false;
  mustFind('#by-hand').hidden = !byHand;
  const files = byHand ? state.choices.files : [];
  list(mustFind('#forms'), '#form-template', files, file => files.indexOf(file), (node, file) => {
    const format = FORMATS[file.form];
    node.dataset.index = String(files.indexOf(file));
    const name = /** @type {HTMLInputElement} */ (mustFind('[data-role=file-name]', node));
    if (name.value !== file.name) name.value = file.name;
    const kinds = Object.fromEntries(Object.keys(FORMATS).map(id => [id, named('form', id)]));
    fillSelect(mustFind('[data-role=form]', node), kinds, file.form);
    const settings = (format?.settings ?? []).filter(id => applies(id, file));
    list(mustFind('[data-role=settings]', node), '#setting-template', settings, id => id, (row, id) => {
      const { family = id, values } = SETTINGS[id] ?? { values: [] };
      mustFind('[data-field=title]', row).textContent = named('setting', id);
      const select = mustFind('select', row);
      select.dataset.setting = id;
      fillSelect(select, Object.fromEntries(values.map(value => [value, named(family, value)])), String(file[nameOf(id)] ?? ''));
    });
    mustFind('[data-role=drop-form] .unseen', node).textContent = ` ${file.name}`;
  });
}
