// Numbers, dates and addresses in plain words.

/** @typedef {import('./types').Dated} Dated */

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
// Day before month in letters: nobody can take one for the other.
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export function count(number, one, many = `${one}s`) {
  return `${numbers.format(number)} ${number === 1 ? one : many}`;
}

/** @param {number} size */
export function bytes(size) {
  if (size < 10_000) return count(size, 'byte');
  return size < 1_000_000 ? `${numbers.format(size / 1000)} kB` : `${numbers.format(size / 1e6)} MB`;
}

/** @param {string | null | undefined} instant RFC 3339 */
export function day(instant) {
  if (!instant) return 'an unknown day';
  const time = Date.parse(instant);
  // RFC 5280 has years that no calendar of the browser knows; then its own text is the best there is.
  return Number.isNaN(time) ? instant : days.format(time);
}

/** @param {Dated} certificate */
export function left({ status, days_left, not_before }) {
  if (days_left == null || status === 'unknown') return 'validity unknown';
  if (status === 'not-yet-valid') return `not valid before ${day(not_before)}`;
  if (status === 'expired') return days_left === 0 ? 'expired today' : `expired ${count(-days_left, 'day')} ago`;
  return days_left === 0 ? 'last day' : `${count(days_left, 'day')} left`;
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
  const places = { san: 'subject alternative name', subject: 'subject' };
  return emails.map(({ address, from }) => `${address} (${places[from]})`).join('\n');
}

/** @param {string} hex */
export function fingerprint(hex) {
  return hex.toUpperCase().replace(/..(?=.)/g, '$&:');
}

/** @param {unknown} seconds */
export function duration(seconds) {
  if (typeof seconds !== 'number') return null;
  if (seconds < 90) return count(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 5400) return count(Math.round(seconds / 60), 'minute');
  return seconds < 172_800 ? count(Math.round(seconds / 3600), 'hour') : count(Math.round(seconds / 86_400), 'day');
}

/**
 * "a", "a and b", "a, b and c"
 * @param {string[]} parts
 */
export function enumerate(parts) {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
