// What a person decides, passwords apart: the target, what goes in, under which names, with which certificates.
//
// Every decision leaves the one before it behind for undo. Letters typed into one field are one decision.

import { keepAddress } from './address.js';
import { candidates, choosable, entryKey, issuersOf, targetOf } from '../entries.js';
import { first } from '../formats.js';
import { state, update } from '../state.js';
import { named, say } from '../words.js';

/** @typedef {import('../types').Choices} Choices */
/** @typedef {import('../types').Entry} Entry */
/** @typedef {import('../types').State} State */
/** @typedef {import('../types').View} View */

/** More steps back than anyone counts. */
const DEPTH = 100;

/** What each choice is called when it is changed. @type {Record<keyof Choices, import('../types').Change>} */
const WHAT = {
  target: 'system',
  chosen: 'identity',
  aliases: 'alias',
  issuers: 'chain',
  files: 'files',
  strength: 'settings',
  iterations: 'settings',
  line_ends: 'settings',
};

/** What the last decision was about: while it is the same field, it is the same decision. */
let field = '';

/**
 * @param {Partial<Choices>} changes
 * @param {string} [about] the field that is being typed in
 */
export function decide(changes, about = '') {
  // What was made ends a decision: back to it is one step.
  const same = about !== '' && about === field && state.choices !== state.offer?.choices;
  field = about;
  const what = WHAT[/** @type {keyof Choices} */ (Object.keys(changes)[0])];
  const past = same ? state.past : [...state.past.slice(-DEPTH + 1), { choices: state.choices, what }];
  update({ choices: { ...state.choices, ...changes }, past, changed: state.offer && what, refusal: null, tried: false });
  keepAddress();
}

/** @returns {boolean} whether there was anything to take back */
export function undo() {
  const last = state.past.at(-1);
  if (!last) return false;
  field = '';
  const { choices, what } = last;
  // Back where the files were made they are the ones that are wanted, unless what no choice says has changed too.
  const lasting = state.changed === 'password' || state.changed === 'given';
  const changed = lasting ? state.changed : state.offer && (choices === state.offer.choices ? null : what);
  const said = say('undone', { what: named('change', what) });
  update({ choices, past: state.past.slice(0, -1), changed, refusal: null, tried: false, said });
  keepAddress();
  return true;
}

/**
 * The files that a person lists by hand; the first are listed for them.
 * @param {State} state
 */
function listed({ choices, targets, view, batch }) {
  const byHand = targets.find(({ id }) => id === choices.target)?.by_hand;
  if (!byHand || choices.files.length || !(view || batch)) return choices.files;
  const entries = view?.entries ?? [];
  const { kind } = entries.find(entry => choices.chosen.includes(entryKey(entry))) ?? entries[0] ?? {};
  return first(kind);
}

/**
 * Another target, and what else is set with it: what it cannot take is no longer chosen.
 * @param {Partial<Choices> & { target: string }} setup
 */
export function chooseTarget(setup) {
  const { chosen, files } = settled({ ...state, choices: { ...state.choices, ...setup } });
  decide({ ...setup, chosen, files });
}

/**
 * @param {string} key
 * @param {boolean} on
 */
export function chooseEntry(key, on) {
  const several = targetOf(state)?.takes !== 'one';
  const { chosen } = state.choices;
  if (!several) return decide({ chosen: [key] });
  decide({ chosen: on ? [...chosen, key] : chosen.filter(one => one !== key) });
}

/**
 * What stays chosen among what is open now, without being a decision of its own.
 * @param {View | null} view
 */
export function settle(view) {
  return settled({ ...state, view });
}

/** @param {State} state */
function settled(state) {
  const choices = { ...state.choices, chosen: fitting(state, state.view) };
  return { ...choices, files: listed({ ...state, choices }) };
}

/**
 * @param {State} state
 * @param {View | null} view
 * @returns {string[]}
 */
function fitting({ choices, targets }, view) {
  const target = targets.find(({ id }) => id === choices.target);
  if (!view || !target) return [];
  const all = choosable(view, target);
  const keys = all.map(entryKey);
  const kept = choices.chosen.filter(key => keys.includes(key));
  if (kept.length) return target.takes === 'one' ? kept.slice(0, 1) : kept;
  // One alone is chosen, never simply the first of several; to be trusted are all that have no key.
  const identities = all.filter(({ kind }) => kind === 'private-key');
  const certificates = all.filter(({ kind }) => kind === 'certificate');
  if (target.takes === 'certificates' && certificates.length) return certificates.map(entryKey);
  if (identities.length === 1) return identities.map(entryKey);
  return identities.length === 0 && all.length === 1 ? keys : [];
}

/**
 * @param {Entry} entry
 * @param {string} sha256
 * @param {boolean} on
 */
export function chooseIssuer(entry, sha256, on) {
  if (!state.view) return;
  const chosen = new Set(issuersOf(state.choices, entry));
  if (on) chosen.add(sha256);
  else chosen.delete(sha256);
  // In the order in which they are shown: the chain's, then the rest.
  const ordered = candidates(state.view, entry).map(one => one.sha256).filter(one => chosen.has(one));
  decide({ issuers: { ...state.choices.issuers, [entryKey(entry)]: ordered } });
}
