// What goes into the files: for each chosen entry its alias, and the certificates that go with it.

import { list, mustFind, put } from '../dom.js';
import { aliasId, candidates, chosenEntries, entryKey, issuersOf, targetOf } from '../entries.js';
import { renderFindings, renderRules } from './findings.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */
/** @typedef {import('../types').Entry} Entry */

/** @param {State} state */
export function renderSubjects(state) {
  const { review, tried, busy, choices } = state;
  const target = targetOf(state);
  const chosen = chosenEntries(state);
  const several = chosen.length > 1;
  list(mustFind('#subjects'), '#subject-template', chosen, entryKey, (node, entry) => {
    const index = chosen.indexOf(entry);
    const id = aliasId(index);
    const looked = review?.aliases[index];
    const field = mustFind('.field', node);
    // By hand it depends on the files whether there is a place for it: then the core has rules for it.
    field.hidden = !(target?.uses_alias || looked?.rules.length);
    const input = /** @type {HTMLInputElement} */ (mustFind('input', field));
    const rules = mustFind('[data-role=rules]', field);
    input.id = id;
    rules.id = `rules-${id}`;
    mustFind('[data-role=findings]', field).id = `findings-${id}`;
    input.setAttribute('aria-describedby', `rules-${id}`);
    mustFind('label', field).setAttribute('for', id);
    put(field, 'of', several ? words.say('alias.of', { name: entry.name || words.say('request.unnamed') }) : null);
    const alias = choices.aliases[entryKey(entry)] ?? entry.suggested_alias;
    if (input.value !== alias) input.value = alias;
    input.readOnly = busy?.action === 'convert';
    input.setAttribute('aria-invalid', String(tried && (looked?.rules ?? []).some(({ met }) => !met)));
    renderRules(rules, looked?.rules ?? [], tried);
    renderFindings(mustFind(`#findings-${id}`, field), looked?.findings ?? []);
    const chained = target?.uses_chain || (target?.by_hand && choices.files.some(({ which }) => which && which !== 'leaf'));
    renderChain(node, entry, state);
    mustFind('[data-role=chain-of]', node).hidden ||= !chained;
  });
}

/**
 * @param {HTMLElement} node
 * @param {Entry} entry
 * @param {State} state
 */
function renderChain(node, entry, { view, choices, busy }) {
  const could = view ? candidates(view, entry) : [];
  const chosen = issuersOf(choices, entry);
  const details = mustFind('[data-role=chain-of]', node);
  details.hidden = could.length === 0;
  mustFind('summary', details).textContent = words.say('chain.includes', { n: chosen.length });
  list(mustFind('ul', details), '#issuer-template', could, ({ sha256 }) => sha256, (row, certificate) => {
    const box = /** @type {HTMLInputElement} */ (mustFind('input', row));
    box.value = certificate.sha256;
    box.checked = chosen.includes(certificate.sha256);
    box.disabled = busy?.action === 'convert';
    put(row, 'name', certificate.name || certificate.subject);
    put(row, 'what', words.say(certificate.self_signed ? 'chain.until-root' : 'chain.until', { day: words.day(certificate.not_after) }));
  });
}
