// The words of the page: its texts by code, and numbers, dates and addresses among them.

import { language, page } from './words/en.js';

/** @typedef {import('./types').Dated} Dated */
/** @typedef {keyof typeof page} Code */
/** @typedef {Record<string, string | number>} Variables */

const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const plurals = new Intl.PluralRules(language);
const lists = new Intl.ListFormat(language);

/**
 * A text of the catalogue with its variables; numbers are written as the language writes them.
 * @param {Code} code
 * @param {Variables} [variables] `n` decides the plural form
 */
export function say(code, variables = {}) {
  const text = page[code];
  const plain = typeof text === 'string' ? text : text[/** @type {'one' | 'other'} */ (plurals.select(Number(variables['n'])))];
  return plain.replace(/\{(\w+)\}/g, (_, name) => {
    const value = variables[name] ?? '';
    return typeof value === 'number' ? number(value) : value;
  });
}

/**
 * A text whose code ends in what the core or the state calls a thing; nothing where the catalogue has none.
 * @param {string} family
 * @param {string} name
 */
export function named(family, name) {
  const code = /** @type {Code} */ (`${family}.${name}`);
  return code in page ? say(code) : name;
}

/** @param {number} value */
export function number(value) {
  return numbers.format(value);
}

/** @param {number} size */
export function bytes(size) {
  if (size < 10_000) return say('size.bytes', { n: size });
  return size < 1_000_000 ? say('size.kilobytes', { n: size / 1000 }) : say('size.megabytes', { n: size / 1e6 });
}

/**
 * A date as the core's texts write it, year first: it can be taken for no other.
 * @param {string | null | undefined} instant RFC 3339
 */
export function day(instant) {
  return instant ? instant.slice(0, 10) : say('day.unknown');
}

/**
 * Until when it is valid; how long that is only where a person should act.
 * @param {Dated} certificate
 */
export function valid({ status, days_left, expires_soon, not_before, not_after }) {
  if (days_left == null || status === 'unknown') return say('validity.unknown');
  if (status === 'not-yet-valid') return say('validity.from', { day: day(not_before) });
  if (status === 'expired') return say('validity.expired', { day: day(not_after) });
  if (!expires_soon) return say('validity.until', { day: day(not_after) });
  return say('validity.soon', { day: day(not_after), n: days_left });
}

/**
 * How urgent that is: certificates take weeks to renew.
 * @param {Dated} certificate
 */
export function urgency({ status, expires_soon }) {
  if (status !== 'valid') return 'error';
  return expires_soon ? 'warning' : 'fine';
}

/** @param {import('./types').Email[]} emails */
export function addresses(emails) {
  return emails.map(({ address, from }) => say(from === 'san' ? 'email.san' : 'email.subject', { address })).join('\n');
}

/**
 * Why a system stops at an entry, in a few words; nothing where the finding itself is needed to say it.
 * @param {import('./types').Finding} finding
 */
export function reason({ code, data = {} }) {
  // Of a certificate above the person's own, other words are true.
  const whole = `reason.${code}${data['certificate'] ? '.of' : ''}`;
  const at = `reason.${code}.at`;
  const name = data['address'] && at in page ? at : whole;
  return name in page ? say(/** @type {Code} */ (name), /** @type {Variables} */ (data)) : null;
}

/** @param {string} hex */
export function fingerprint(hex) {
  return hex.toUpperCase().replace(/..(?=.)/g, '$&:');
}

/** @param {unknown} seconds */
export function duration(seconds) {
  if (typeof seconds !== 'number') return null;
  if (seconds < 90) return say('time.seconds', { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return say('time.minutes', { n: Math.round(seconds / 60) });
  return seconds < 172_800 ? say('time.hours', { n: Math.round(seconds / 3600) }) : say('time.days', { n: Math.round(seconds / 86_400) });
}

/**
 * "a", "a and b", "a, b and c"
 * @param {string[]} parts
 */
export function enumerate(parts) {
  return lists.format(parts);
}
