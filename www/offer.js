// "What you get": alias, new password, the files, the lines to paste.

import { chosenEntry } from './entries.js';
import { icon, list, mustFind, put } from './dom.js';
import { renderFindings, renderRules } from './findings.js';
import * as words from './words.js';

/** @typedef {import('./contract').State} State */

/** @param {State} state */
export function renderOffer(state) {
  const { target, offer, busy, review, refusal, tried } = state;
  mustFind('#step-outputs').hidden = !(target && chosenEntry(state));
  if (!target) return;

  const converting = busy?.action === 'convert';
  mustFind('#for-target').textContent = `${words.count(target.files.length, 'file')} for ${target.name}.`;

  const alias = /** @type {HTMLInputElement} */ (mustFind('#alias'));
  if (alias.value !== state.alias) alias.value = state.alias;
  for (const field of /** @type {const} */ (['alias', 'password'])) {
    const { rules = [], findings = [] } = review?.[field] ?? {};
    renderRules(mustFind(`#rules-${field}`), rules, tried);
    renderFindings(mustFind(`#findings-${field}`), findings);
    const input = /** @type {HTMLInputElement} */ (mustFind(field === 'alias' ? '#alias' : '#new-password'));
    input.readOnly = converting;
    input.setAttribute('aria-invalid', String(tried && rules.some(rule => !rule.met)));
  }

  const refused = mustFind('#refusal');
  refused.hidden = !refusal;
  refused.dataset.code = refusal?.code ?? '';
  put(refused, 'message', refusal?.message);
  put(refused, 'hint', refusal?.hint);

  mustFind('#make').hidden = converting || offer !== null;
  mustFind('#made').hidden = !offer;
  mustFind('#over').hidden = !offer;
  renderOutputs(state);
  renderPaste(offer?.paste ?? []);
}

/** @param {State} state */
function renderOutputs({ target, offer }) {
  const all = /** @type {HTMLAnchorElement} */ (mustFind('#download-all'));
  if (offer) {
    all.href = offer.archive.link;
    all.download = offer.archive.name;
    put(all, 'size', words.bytes(offer.archive.size));
  } else all.removeAttribute('href');

  /** @type {(Partial<import('./contract').WithLink<import('./contract').Output>> & import('./contract').OutputShape)[]} */
  const outputs = offer?.files ?? target?.files ?? [];
  list(mustFind('#outputs'), '#output-template', outputs, output => output.name, (node, output) => {
    const made = output.link !== undefined;
    node.dataset.name = output.name;
    node.dataset.made = String(made);
    icon(node, output.holds_key ? 'key' : 'file');
    put(node, 'name', output.name);
    put(node, 'description', output.description);
    put(node, 'size', output.size === undefined ? null : words.bytes(output.size));
    put(node, 'sha256', output.sha256);
    put(node, 'verified', output.verified ? 'Verified' : null);
    put(node, 'which', ` ${output.name}`);
    const link = /** @type {HTMLAnchorElement} */ (mustFind('[data-role=download]', node));
    link.hidden = !made;
    if (output.link) link.href = output.link;
    else link.removeAttribute('href');
    link.download = output.name;
  });

  const reminder = mustFind('#reminder');
  const secret = outputs.filter(output => output.holds_key).map(output => output.name);
  reminder.hidden = !offer || secret.length === 0;
  put(reminder, 'private', words.enumerate(secret));
  put(reminder, 'holds', secret.length === 1 ? 'holds' : 'hold');
}

/** @param {{ title: string, text: string }[]} lines */
function renderPaste(lines) {
  mustFind('#paste-lines').hidden = lines.length === 0;
  list(mustFind('#paste'), '#paste-template', lines, ({ title }) => title, (node, { title, text }) => {
    put(node, 'title', title);
    put(node, 'text', text);
    mustFind('pre', node).setAttribute('aria-label', title);
  });
}
