// "What you get": the system, what goes in, the new password, the files.

import { renderCustom } from './custom.js';
import { icon, mustFind, put } from '../dom.js';
import { choosable, chosenEntries, chosenKind, targetOf } from '../entries.js';
import { renderFindings, renderRules, twiceToo } from './findings.js';
import { renderMade } from './made.js';
import { renderSnippets } from './paste.js';
import { renderPicture } from './picture.js';
import { renderSettings } from './settings.js';
import { renderSubjects } from './subjects.js';
import { typedTwice } from '../twice.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */

/** @param {State} state */
export function renderOffer(state) {
  const { view, batch, offer, changed, busy, review, refusal, tried } = state;
  const target = targetOf(state);
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
  const password = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
  const twice = !used || typedTwice(password);
  const fine = target.by_hand ? words.say('password.fine') : words.say('password.fine-for', { target: target.name });
  renderRules(mustFind('#rules-password'), twiceToo(rules, twice), tried, fine);
  renderFindings(mustFind('#findings-password'), findings);
  for (const input of [password, /** @type {HTMLInputElement} */ (mustFind('#new-password-again'))]) input.readOnly = converting;
  password.setAttribute('aria-invalid', String(tried && rules.some(rule => !rule.met)));
  mustFind('#new-password-again').setAttribute('aria-invalid', String(tried && !twice));
  renderFindings(mustFind('#findings-files'), batch ? openKeys(target) : (review?.findings ?? []));

  // What the core sees in the way is said before anyone asks for the files.
  const trouble = refusal ?? (batch ? null : review?.error);
  const refused = mustFind('#refusal');
  refused.hidden = !trouble;
  refused.dataset.code = trouble?.code ?? '';
  put(refused, 'message', trouble?.message);
  put(refused, 'hint', trouble?.hint);

  renderGo(state, target, !trouble);
  const files = review?.files.length ? review.files : target.files;
  // While the same files stand below, from before a change, they keep their place.
  const names = (/** @type {{ name: string }[]} */ some) => some.map(({ name }) => name).join('/');
  const there = offer && (!changed || names(files) === names(offer.files));
  const plan = mustFind('#plan');
  plan.hidden = !chosen || files.length === 0 || Boolean(there);
  renderPicture(plan, files, chosenKind(state));
  renderMade(state);
  renderSnippets(offer?.paste ?? []);
}

/**
 * The button, what it will come to, and what was changed since it was pressed.
 * @param {State} state
 * @param {import('../types').Target} target
 * @param {boolean} clear nothing is known to be in the way
 */
function renderGo({ review, batch, offer, changed, busy, past }, target, clear) {
  const converting = busy?.action === 'convert';
  const refusals = batch ? [] : (review?.refusals ?? []);
  const rules = [review?.password, review?.key_password, ...(review?.aliases ?? [])].flatMap(one => one?.rules ?? []);
  const password = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
  const ready = !batch && review !== null && rules.every(({ met }) => met) && (!review.password.used || typedTwice(password));
  const fresh = offer !== null && !changed;

  const button = mustFind('#make');
  button.hidden = converting || fresh;
  button.textContent = words.say(refusals.length ? 'make.anyway' : changed ? 'make.again' : 'make');
  button.classList.toggle('primary', refusals.length === 0);
  button.toggleAttribute('data-refused', refusals.length > 0);

  const verdict = mustFind('#verdict');
  verdict.hidden = !clear || converting || fresh || !(refusals.length || ready);
  verdict.dataset.verdict = refusals.length ? 'refused' : 'ready';
  icon(verdict, refusals.length ? 'warning' : 'check');
  put(verdict, 'verdict', verdictOf(refusals, target));

  const notice = mustFind('#changed');
  notice.hidden = !changed || converting;
  notice.textContent = changed ? words.say('changed', { what: words.named('change', changed) }) : '';

  const last = past.at(-1);
  const undo = mustFind('#undo');
  undo.hidden = converting || !last;
  undo.textContent = last ? words.say('undo', { what: words.named('change', last.what) }) : '';
}

/**
 * In a line: the first reason, and how many more there are.
 * @param {import('../types').Finding[]} refusals
 * @param {import('../types').Target} target
 */
function verdictOf([first, ...more], { by_hand, serves, name }) {
  if (!first) return by_hand ? words.say('go.ready') : words.say('go.ready-for', { target: name });
  // The fact is enough here: the finding beside the certificate says the rest. A full stop inside a name ends no sentence.
  const fact = /^(?:“[^”]*”|[^“])*?\.(?= |$)/u.exec(first.message)?.[0] ?? first.message;
  const reason = more.length ? words.say('go.more', { reason: fact, n: more.length }) : fact;
  if (by_hand) return words.say('go.refused-by-most', { reason });
  return words.say(serves ? 'go.refused-by-clients' : 'go.refused', { target: name, reason });
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
