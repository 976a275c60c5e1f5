// "What you get": the system, what goes in, the new password, the files.

import { renderCustom } from './custom.js';
import { icon, list, mustFind, put } from '../dom.js';
import { choosable, chosenEntries, targetOf } from '../entries.js';
import { renderFindings, renderRules } from './findings.js';
import { renderMade } from './made.js';
import { renderSnippets } from './paste.js';
import { renderSettings } from './settings.js';
import { renderSubjects } from './subjects.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */

const GROUPS = /** @type {const} */ (['anaplan', 'platforms', 'servers', 'systems', 'by-hand']);

/** @param {State} state */
export function renderOffer(state) {
  const { view, batch, offer, busy, review, refusal, tried, past } = state;
  const target = targetOf(state);
  renderTargets(state);
  const some = view?.entries.some(({ kind }) => kind !== 'crl' && kind !== 'request') ?? false;
  mustFind('#step-outputs').hidden = !(target && (some || batch));
  if (!target) return;

  const chosen = batch || chosenEntries(state).length > 0;
  const none = mustFind('#none-chosen');
  none.hidden = chosen;
  none.textContent = view && choosable(view, target).length
    ? words.say('target.none-chosen')
    : words.say('target.no-key', { target: target.name });
  mustFind('#make-form').hidden = !chosen;

  const converting = busy?.action === 'convert';
  renderSubjects(state);
  renderCustom(state);
  renderSettings(state);
  const { used = target.uses_password, rules = [], findings = [] } = review?.password ?? {};
  mustFind('#field-password').hidden = !used;
  renderRules(mustFind('#rules-password'), rules, tried);
  renderFindings(mustFind('#findings-password'), findings);
  const password = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
  password.readOnly = converting;
  password.setAttribute('aria-invalid', String(tried && rules.some(rule => !rule.met)));
  renderFindings(mustFind('#findings-files'), batch ? openKeys(target) : (review?.findings ?? []));

  // What the core sees in the way is said before anyone asks for the files.
  const trouble = refusal ?? (batch ? null : review?.error);
  const refused = mustFind('#refusal');
  refused.hidden = !trouble;
  refused.dataset.code = trouble?.code ?? '';
  put(refused, 'message', trouble?.message);
  put(refused, 'hint', trouble?.hint);

  mustFind('#make').hidden = converting || offer !== null;
  mustFind('#undo').hidden = converting || past.length === 0;
  renderOutputs(state);
  renderMade(state);
  renderSnippets(offer?.paste ?? []);
  if (!chosen) mustFind('#outputs').hidden = true;
}

/**
 * What the core says of a key without a password it can only say of a key that is there; a batch is warned before.
 * @param {import('../types').Target} target
 * @returns {import('../types').Finding[]}
 */
function openKeys({ files }) {
  const names = files.filter(({ key_open }) => key_open).map(({ name }) => name);
  if (!names.length) return [];
  const message = words.say('target.open-keys', { files: words.enumerate(names) });
  return [{ severity: 'warning', code: 'key-unencrypted', message, hint: words.say('target.open-keys.hint') }];
}

/** @param {State} state */
function renderTargets({ targets, choices, busy }) {
  const select = /** @type {HTMLSelectElement} */ (mustFind('#target'));
  if (select.options.length !== targets.length) {
    select.replaceChildren(
      ...GROUPS.map(id => {
        const group = document.createElement('optgroup');
        group.label = words.say(`group.${id}`);
        group.append(...targets.filter(one => one.group === id).map(one => new Option(one.name, one.id)));
        return group;
      }),
    );
  }
  if (select.value !== choices.target) select.value = choices.target;
  select.disabled = busy !== null;
  const target = targets.find(({ id }) => id === choices.target);
  const step = mustFind('#step-outputs');
  put(step, 'target-description', target?.description);
  put(step, 'target-note', target?.note);
}

/** @param {State} state */
function renderOutputs(state) {
  const { offer, review } = state;
  const all = /** @type {HTMLAnchorElement} */ (mustFind('#download-all'));
  if (offer) {
    all.href = offer.archive.link;
    all.download = offer.archive.name;
    put(all, 'size', words.bytes(offer.archive.size));
  } else all.removeAttribute('href');

  /** @type {(Partial<import('../types').WithLink<import('../types').Output>> & import('../types').OutputShape)[]} */
  const outputs = offer?.files ?? (review?.files.length ? review.files : targetOf(state)?.files) ?? [];
  list(mustFind('#outputs'), '#output-template', outputs, output => output.name, fillOutput);
}

/**
 * Who opened it, and whether with a password.
 * @param {Partial<import('../types').Output>} output
 */
function verified({ uses_password, verified_by = [] }) {
  if (verified_by.length < 2) return words.say(uses_password ? 'made.verified-password' : 'made.verified');
  const readers = words.enumerate(verified_by.map(name => (name === 'keyferry' ? 'Keyferry' : name)));
  return words.say(uses_password ? 'made.verified-password-by' : 'made.verified-by', { n: verified_by.length, readers });
}

/**
 * A file that will be made, or that was.
 * @param {HTMLElement} node
 * @param {Partial<import('../types').WithLink<import('../types').Output>> & import('../types').OutputShape} output
 */
export function fillOutput(node, output) {
  const made = output.link !== undefined;
  node.dataset.name = output.name;
  node.dataset.made = String(made);
  icon(node, output.holds_key ? 'key' : 'file');
  put(node, 'name', output.name);
  put(node, 'description', output.description);
  put(node, 'size', output.size === undefined ? null : words.bytes(output.size));
  put(node, 'sha256', output.sha256);
  put(node, 'verified', output.verified ? verified(output) : null);
  put(node, 'alone', output.not_opened);
  put(node, 'which', ` ${output.name}`);
  const link = /** @type {HTMLAnchorElement} */ (mustFind('[data-role=download]', node));
  link.hidden = !made;
  if (output.link) link.href = output.link;
  else link.removeAttribute('href');
  link.download = output.name;
}
