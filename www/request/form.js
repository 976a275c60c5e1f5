// The form as it stands, in the core's words.

import { mustFind } from '../dom.js';
import { entryKey } from '../entries.js';
import { state } from '../state.js';
import { say } from '../words.js';

/** @typedef {import('./types').RequestForm} RequestForm */
/** @typedef {import('./types').Source} Source */
/** @typedef {import('./types').AlternativeName} AlternativeName */
/** @typedef {import('../types').View} View */

export const form = mustFind('#request-form');
export const what = /** @type {HTMLSelectElement} */ (mustFind('#request-what'));

const attributes = /** @type {const} */ (['cn', 'o', 'ou', 'c', 'l', 'st', 'email']);

/**
 * What could be asked for, with what is open: a request for a new key, one of a key that is here, the next one of a
 * certificate that is here.
 * @param {View | null} view
 * @returns {Source[]}
 */
export function sources(view) {
  /** @type {Source[]} */
  const found = [{ id: 'new', name: say('request.new'), entry: null, renew: false, own: false }];
  view?.entries.forEach((one, entry) => {
    const name = one.name || one.alias || say('request.unnamed');
    // Of what is brief nothing is known but its kind.
    const certified = one.kind === 'private-key' ? one.chain.length > 0 : one.kind === 'certificate' && !one.brief;
    const add = (/** @type {string} */ id, /** @type {string} */ words, /** @type {{ renew: boolean, own: boolean }} */ what) =>
      found.push({ id: `${id} ${entryKey(one)}`, name: words, entry, ...what });
    if (certified) add('next', say('request.next', { name }), { renew: true, own: false });
    if (one.kind !== 'private-key') return;
    if (certified) add('same', say('request.same', { name }), { renew: true, own: true });
    add('key', say('request.of-key', { name }), { renew: false, own: true });
  });
  return found;
}

/** What is chosen among them. */
export function source() {
  const all = sources(state.view);
  return /** @type {Source} */ (all.find(({ id }) => id === what.value) ?? all[0]);
}

/**
 * @param {Source} source
 * @returns {RequestForm}
 */
export function read({ entry, renew, own }) {
  const preset = field('preset').value;
  const subject = /** @type {RequestForm['subject']} */ (
    Object.fromEntries(attributes.map(name => [name, field(name).value]))
  );
  const own_email = preset === 'email' && subject.email.trim();
  return {
    key: own ? null : /** @type {NonNullable<RequestForm['key']>} */ (field('key').value),
    preset: preset === 'anaplan' ? preset : null,
    subject,
    sans: [...(own_email ? [name(own_email)] : []), ...field('sans').value.split('\n').filter(line => line.trim()).map(name)],
    key_usage: ticked('key_usage'),
    extended_key_usage: ticked('extended_key_usage'),
    entry,
    renew,
    self_signed_days: checked('self_signed') ? Math.max(1, Math.min(Number(field('days').value) || 30, 3650)) : null,
    keep: /** @type {RequestForm['keep']} */ (field('keep').value),
  };
}

/**
 * What kind of name a line is: as it says before a colon, else as it looks.
 * @param {string} line
 * @returns {AlternativeName}
 */
function name(line) {
  const [, kind, rest = ''] = /^\s*(dns|email|ip|uri)\s*:(.*)$/i.exec(line) ?? [];
  if (kind) return { type: /** @type {AlternativeName['type']} */ (kind.toLowerCase()), value: rest.trim() };
  const value = line.trim();
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(value) || /^urn:/i.test(value)) return { type: 'uri', value };
  if (value.includes('@')) return { type: 'email', value };
  return { type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value };
}

/** @param {string} name */
export function field(name) {
  return /** @type {HTMLInputElement} */ (mustFind(`[name=${name}]`, form));
}

/** @param {string} name */
export function checked(name) {
  return field(name).checked;
}

/** @param {string} name */
function ticked(name) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[name=${name}]:checked`));
  return [...boxes].map(({ value }) => value);
}
