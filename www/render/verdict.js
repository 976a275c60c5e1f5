// The verdict on an entry: one line, then what to do, then what else is to be said. The core judges; this finds the words.

import { icon, mustFind, put } from '../dom.js';
import { renderFindings } from './findings.js';
import * as words from '../words.js';

/** @typedef {import('../types').Entry} Entry */
/** @typedef {import('../types').Finding} Finding */
/** @typedef {import('../types').Target} Target */

/** What the date on the card says already: only the next step is new. */
const DATES = ['expired', 'expires-soon', 'not-yet-valid', 'validity-unreadable'];

/** Each outcome with its icon and its tone. */
const LOOKS = /** @type {const} */ ({
  ready: ['check', 'good'],
  warned: ['check', 'good'],
  incomplete: ['warning', 'warning'],
  refused: ['error', 'error'],
});

/** Where no few words say why: the finding below says it whole. */
const PLAIN = /** @type {const} */ ({ refused: 'verdict.refused.plain', incomplete: 'verdict.incomplete.plain' });

/**
 * @param {HTMLElement} node the card
 * @param {Entry} entry
 * @param {Target | undefined} target
 */
export function renderVerdict(node, entry, target) {
  const { outcome = null, findings = [], notes = [] } = entry.judgement ?? {};
  // Before a system is chosen, whether a warning matters is not known.
  const due = target ? findings : findings.filter(({ severity }) => severity === 'error');
  const [first] = due;
  const stopped = outcome === 'refused' || outcome === 'incomplete';
  const reason = stopped && first ? words.reason(first) : null;
  const said = reason ? first : due.find(isDate);

  const line = mustFind('[data-role=verdict]', node);
  line.hidden = !outcome || !target;
  line.dataset.outcome = outcome ?? '';
  line.dataset.code = said?.code ?? '';
  if (outcome && target) {
    const [sign, tone] = LOOKS[outcome];
    icon(line, sign);
    line.dataset.tone = tone;
    const code = stopped && !reason ? PLAIN[outcome] : /** @type {const} */ (`verdict.${outcome}`);
    put(line, 'verdict', words.say(code, { target: outcome === 'refused' ? refuser(target) : target.name, n: due.length, reason: reason ?? '' }));
  }
  put(node, 'next', said?.hint ?? about(entry, target));
  const rest = due.filter(finding => finding !== said && !(stopped && isDate(finding)));
  renderFindings(mustFind('[data-role=findings]', node), rest);
  const quiet = findings.filter(finding => !due.includes(finding));
  renderFindings(mustFind('[data-role=notes]', node), [...quiet, ...notes]);
}

/**
 * A server sends its own certificate and refuses none: its clients do.
 * @param {Target} target
 */
function refuser({ name, serves, by_hand }) {
  if (by_hand) return words.say('verdict.by-most');
  return serves ? words.say('verdict.by-clients', { target: name }) : name;
}

/** @param {Finding} finding */
function isDate({ code, data }) {
  return DATES.includes(code) && !data?.certificate;
}

/**
 * What can be done with what is no certificate.
 * @param {Entry} entry
 * @param {Target | undefined} target
 */
function about(entry, target) {
  const { kind } = entry;
  if (kind === 'request') return words.say('asked' in entry && entry.asked?.key_here ? 'about.request.key-here' : 'about.request');
  if (kind === 'crl') return words.say('about.crl');
  if (kind === 'public-key' || kind === 'secret-key') return target?.by_hand ? null : words.say(`about.${kind}`);
  return null;
}
