// What few people change: how strong the password's guard is, how lines end, a second password.

import { fillSelect, mustFind, put } from '../dom.js';
import { targetOf } from '../entries.js';
import { renderRules, twiceToo } from './findings.js';
import { typedTwice } from '../twice.js';
import { named, say } from '../words.js';

/** @param {import('../types').State} state */
export function renderSettings(state) {
  const { strengths, choices, review, tried, busy } = state;
  const target = targetOf(state);
  const details = mustFind('#settings');
  const locked = review?.password.used ?? target?.uses_password ?? false;
  const text = (review?.files ?? []).some(({ name }) => /\.(pem|txt|key|p8|pub)$/.test(name));
  details.hidden = !(locked || text || target?.by_hand);

  const converting = busy?.action === 'convert';
  mustFind('#field-strength').hidden = !locked;
  const names = strengths.map(({ id }) => [id, named('strength', id)]);
  fillSelect(mustFind('#strength'), Object.fromEntries(names), choices.strength);
  put(details, 'strength', strengths.find(({ id }) => id === choices.strength)?.description);

  mustFind('#field-line-ends').hidden = !text;
  fillSelect(mustFind('#line-ends'), { lf: say('line-ends.lf'), crlf: say('line-ends.crlf') }, choices.line_ends);

  mustFind('#field-iterations').hidden = !(target?.by_hand && locked);
  const iterations = /** @type {HTMLInputElement} */ (mustFind('#iterations'));
  const typed = choices.iterations === null ? '' : String(choices.iterations);
  if (iterations.value !== typed) iterations.value = typed;

  mustFind('#field-key-password').hidden = !(target?.two_passwords && locked);
  const rules = review?.key_password.rules ?? [];
  const key = /** @type {HTMLInputElement} */ (mustFind('#key-password'));
  renderRules(mustFind('#rules-key-password'), twiceToo(rules, typedTwice(key)), tried);
  key.setAttribute('aria-invalid', String(tried && rules.some(({ met }) => !met)));
  for (const control of details.querySelectorAll('input, select')) {
    /** @type {HTMLInputElement} */ (control).disabled = converting;
  }
}
