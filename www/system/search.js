// Which systems a text finds: by name, by id, by what else they are called, and by the types of their files.

import { LOOK } from '../setup.js';
import { say } from '../words.js';

/** @typedef {Pick<import('../types').Target, 'id' | 'name' | 'description' | 'group'> | { id: string, name: string, description: string, group: 'look' }} Option */

/** @returns {Option} what is chosen instead of a system */
export function lookOption() {
  return { id: LOOK, name: say('system.look'), description: say('system.look.about'), group: 'look' };
}

/**
 * What the list offers for a text, the best first; with no text all of them in the order of the core's table.
 * @param {import('../types').Target[]} targets
 * @param {string} text
 * @returns {Option[]}
 */
export function found(targets, text) {
  const wanted = plain(text).split(' ').filter(Boolean);
  const ranked = targets.map(target => ({ target, rank: rank(target, wanted) }));
  const fitting = ranked.filter(({ rank }) => rank < NONE).sort((one, other) => one.rank - other.rank);
  const look = lookOption();
  const looks = wanted.every(word => plain(look.name).includes(word));
  // Group by group, that of the best first.
  const groups = [...new Set(fitting.map(({ target }) => target.group))];
  const grouped = groups.flatMap(group => fitting.filter(({ target }) => target.group === group));
  return [...grouped.map(({ target }) => target), ...(looks ? [look] : [])];
}

const NONE = 9;

/**
 * How well a system fits every word: the worst of them counts.
 * @param {import('../types').Target} target
 * @param {string[]} wanted
 */
function rank(target, wanted) {
  if (wanted.length === 0) return 0;
  if (wanted.join('-') === target.id) return 0;
  const files = target.files.map(({ name }) => name.split('.').at(-1) ?? '');
  const tiers = [
    [target.name],
    [target.id, ...target.search],
    files,
    [target.description],
  ].map(texts => texts.map(plain).join(' '));
  const ranks = wanted.map(word => {
    const starts = tiers.findIndex(text => ` ${text}`.includes(` ${word}`));
    if (starts >= 0) return 1 + starts;
    // In the middle of a word, or over two: "soft" of Microsoft, "macosx" of Mac OS X.
    const within = word.length > 3 && tiers.some(text => text.replaceAll(' ', '').includes(word));
    return within ? 6 : NONE;
  });
  return Math.max(...ranks);
}

/** Letters and digits alone, so that ".PEM", "pem" and "PKCS#12" are found however they are typed. @param {string} text */
function plain(text) {
  return text.normalize('NFKD').toLowerCase().replace(/pkcs\W*12/g, 'p12').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
