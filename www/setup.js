// A setup as the address of the page says it: the system and what is set of its files. Never a name, a password, an alias or a
// file, so that it can be given on.
//
//   #kafka   #look   #nginx&line-ends=crlf   #custom&strength=strong&iterations=100000&file=pkcs12.profile_legacy-3des

import { FORMATS, SETTINGS, fresh, nameOf, usual } from './formats.js';

/** @typedef {import('./types').Choices} Choices */
/** @typedef {import('./types').OutputFile} OutputFile */
/** @typedef {Pick<import('./types').State, 'targets' | 'strengths'>} Tables */

/** What is chosen instead of a system by a person who wants no files. */
export const LOOK = 'look';

/** What a conversion is given where a person sets nothing. */
const USUAL = { strength: 'standard', line_ends: 'lf' };

/** The bounds of the field, and more files than anyone lists. */
const ITERATIONS = { least: 1000, most: 5_000_000 };
const FILES = 50;

/**
 * @param {Choices} choices
 * @param {Tables} tables
 */
export function hashOf({ target, strength, line_ends, iterations, files }, { targets }) {
  if (!target) return '';
  const parts = [`#${target}`];
  if (target === LOOK) return parts.join('');
  if (strength !== USUAL.strength) parts.push(`strength=${strength}`);
  if (line_ends !== USUAL.line_ends) parts.push(`line-ends=${line_ends}`);
  if (targets.find(({ id }) => id === target)?.by_hand) {
    if (iterations !== null) parts.push(`iterations=${iterations}`);
    parts.push(...files.map(file => `file=${written(file)}`));
  }
  return parts.join('&');
}

/**
 * What a hash says, or null where it is none of ours. Whatever in it is not understood is left out.
 * @param {string} hash
 * @param {Tables} tables
 * @returns {Pick<Choices, 'target' | 'strength' | 'line_ends' | 'iterations' | 'files'> | null}
 */
export function setupOf(hash, { targets, strengths }) {
  const [id = '', ...rest] = hash.slice(1).split('&');
  const target = targets.find(one => one.id === id);
  if (!target && id !== LOOK) return null;
  const said = new URLSearchParams(rest.join('&'));
  const strength = strengths.find(one => one.id === said.get('strength'))?.id ?? 'standard';
  const line_ends = said.get('line-ends') === 'crlf' ? 'crlf' : 'lf';
  const number = /^\d{1,9}$/.test(said.get('iterations') ?? '') ? Number(said.get('iterations')) : NaN;
  const iterations = target?.by_hand && number >= ITERATIONS.least && number <= ITERATIONS.most ? number : null;
  const files = target?.by_hand ? said.getAll('file').slice(0, FILES).flatMap(read) : [];
  return { target: id, strength, line_ends, iterations, files };
}

/** @param {OutputFile} file */
function written(file) {
  const plain = fresh(file.form);
  const settings = (FORMATS[file.form]?.settings ?? []).map(nameOf).filter(name => file[name] !== plain[name]);
  return [file.form, ...settings.map(name => `${name}_${file[name]}`)].join('.');
}

/**
 * @param {string} text
 * @returns {OutputFile[]} one file, or none where it is not understood
 */
function read(text) {
  const [form = '', ...settings] = text.split('.');
  if (!Object.hasOwn(FORMATS, form)) return [];
  const file = fresh(form);
  for (const setting of settings) {
    const [name = '', value = ''] = setting.split('_');
    const known = FORMATS[form]?.settings.find(id => nameOf(id) === name);
    if (known && SETTINGS[known]?.values.includes(value)) file[name] = value;
  }
  return [{ ...file, name: usual(file) }];
}
