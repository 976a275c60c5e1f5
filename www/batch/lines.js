// The target's lines to paste, for a whole batch: once, where they differ in nothing but the alias; where they differ in
// more, as those with a public key do, each identity has its own in its folder.

import { enumerate, say } from '../words.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('./types').Identity} Identity */
/** @typedef {import('../types').Snippet} Snippet */

/** Stands for each identity's alias. */
const ALIAS = 'ALIAS';

/** What the file with an identity's own lines is called. */
const FILE = 'lines-to-paste.txt';

/**
 * @param {Row[]} rows
 * @returns {{ shared: Snippet[], own: Set<string> }} the lines for all, and the titles of those that each has for itself
 */
export function lines(rows) {
  const made = rows.flatMap(({ identities }) => identities).filter(({ error }) => !error);
  /** @type {Snippet[]} */
  const shared = [];
  /** @type {Set<string>} */
  const own = new Set();
  for (const one of lasting(made[0])) {
    const all = made.map(({ alias, snippets }) => ({ alias, text: snippets.find(({ title }) => title === one.title)?.text ?? '' }));
    const text = common(all);
    if (text === null) own.add(one.title);
    else shared.push({ ...one, text });
  }
  return { shared, own };
}

/** So many folders are named. */
const NAMED = 3;

/**
 * What to do with the files of a batch: the steps of one identity, for each folder.
 * @param {Row[]} rows
 * @param {string} archive its name
 * @param {string[]} folders in it
 * @returns {import('../types').Step[]}
 */
export function next(rows, archive, folders) {
  const made = rows.flatMap(({ identities }) => identities).find(({ error }) => !error);
  if (!made) return [];
  const some = folders.slice(0, NAMED);
  const rest = folders.length - some.length;
  const named = enumerate(rest ? [...some, say('batch.more-folders', { n: rest })] : some);
  const text = say('batch.unpack', { n: folders.length, file: archive, folders: named });
  const steps = made.steps.map(({ code, parts }) => ({
    code,
    parts: parts.map(part => (part.kind === 'alias' ? { ...part, text: ALIAS } : part)),
  }));
  return [{ code: 'unpack', parts: [{ kind: 'text', text }] }, ...steps];
}

/**
 * What is to be said of them beside the ZIP.
 * @param {ReturnType<typeof lines>} lines
 * @param {import('../types').Step[]} steps
 */
export function noted({ shared, own }, steps) {
  const parts = [];
  const alias = steps.some(({ parts }) => parts.some(({ kind }) => kind === 'alias'));
  if (alias || shared.some(({ text }) => text.includes(ALIAS))) {
    parts.push(say('batch.alias', { alias: ALIAS }));
  }
  if (own.size) parts.push(say('batch.own-lines', { file: FILE }));
  return parts.join(' ');
}

/**
 * The text of an identity's own lines.
 * @param {Identity} identity
 * @param {Set<string>} own
 */
export function ownText(identity, own) {
  return lasting(identity)
    .filter(({ title }) => own.has(title))
    .map(({ title, text }) => `${title}\n\n${text}`)
    .join('\n\n');
}

/**
 * Those with a time stamp are too old before anyone has unpacked the ZIP.
 * @param {Identity | undefined} identity
 */
function lasting(identity) {
  return (identity?.snippets ?? []).filter(({ stale_at }) => stale_at === null);
}

/**
 * @param {{ alias: string, text: string }[]} all
 * @returns {string | null} what each becomes with its alias in it; nothing where there is no such text
 */
function common(all) {
  const [first = { alias: '', text: '' }] = all;
  if (all.every(({ text }) => text === first.text)) return first.text;
  if (!first.alias) return null;
  const text = first.text.replaceAll(first.alias, ALIAS);
  // With a function, since a dollar sign in an alias means nothing.
  return all.every(one => text.replaceAll(ALIAS, () => one.alias) === one.text) ? text : null;
}
