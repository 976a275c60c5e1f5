// The state of a request → DOM.

import { harmless, mustFind } from '../dom.js';
import { renderFindings, renderRules, twiceToo } from '../render/findings.js';
import { state } from '../state.js';
import { typedTwice } from '../twice.js';
import { named, say } from '../words.js';
import { checked, field, source, sources, what } from './form.js';
import { renderMade } from './made.js';
import { keys, keyUsages, presets, purposes } from './presets.js';
import { request } from './state.js';

/** @type {import('../types').View | null} the view that the choices are of */
let seen = null;

/** The choices that are always the same. */
export function layOut() {
  options('request-preset', 'preset', Object.keys(presets));
  options('request-key', 'key', keys);
  boxes('key_usage', 'usage', keyUsages);
  boxes('extended_key_usage', 'purpose', purposes);
}

export function renderRequest() {
  const { view, given } = state;
  mustFind('#request > summary').textContent = say(given.length ? 'request.title' : 'request.title.first');
  if (view !== seen || !what.options.length) {
    seen = view;
    const before = what.value;
    what.replaceChildren(...sources(view).map(({ id, name }) => new Option(harmless(name), id)));
    what.value = before;
    // What it was for is no longer open.
    if (!what.value) what.value = 'new';
  }
  fit();
  const password = /** @type {HTMLInputElement} */ (mustFind('#request-password'));
  renderRules(mustFind('#request-rules'), twiceToo(request.rules, typedTwice(password)), request.tried);
  renderFindings(mustFind('#request-problems'), problems());
  mustFind('#request-busy').hidden = !request.busy;
  mustFind('#request-changed').hidden = !request.changed;
  renderMade(request);
}

/** Shows what there is to decide. */
function fit() {
  const { renew, own } = source();
  mustFind('#request-preset-hint').textContent = named('preset', `${field('preset').value}.hint`);
  mustFind('#request-names').hidden = renew;
  mustFind('#request-asks').hidden = renew;
  mustFind('#request-renews').hidden = !renew;
  mustFind('#request-new-key').hidden = own;
  mustFind('#request-guard').hidden = checked('unlocked');
  mustFind('#request-days').hidden = !checked('self_signed');
  mustFind('#request-make').textContent = say(
    checked('self_signed') ? 'request.make.test' : own ? 'request.make.request' : 'request.make',
  );
}

/** @returns {import('../types').Finding[]} */
function problems() {
  const { refusal, tried, problems } = request;
  const said = refusal ? [refusal] : tried ? problems : [];
  const findings = said.map(({ code, message, hint = '', data }) => {
    return { severity: /** @type {const} */ ('error'), code: String(data?.['rule'] ?? code), message, hint };
  });
  // An address that is no address is wrong in the subject and among the other names: once is enough.
  return findings.filter((one, index) => findings.findIndex(({ message }) => message === one.message) === index);
}

/**
 * @param {string} id
 * @param {string} family of words
 * @param {string[]} values
 */
function options(id, family, values) {
  mustFind(`#${id}`).replaceChildren(...values.map(value => new Option(named(family, value), value)));
}

/**
 * @param {string} name
 * @param {string} family of words
 * @param {string[]} values
 */
function boxes(name, family, values) {
  const labels = values.map(value => {
    const input = Object.assign(document.createElement('input'), { type: 'checkbox', name, value });
    const label = document.createElement('label');
    label.append(input, ` ${named(family, value)}`);
    return label;
  });
  mustFind(`#request-${name}`).append(...labels);
}
