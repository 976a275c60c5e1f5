// What a report says: what went in, what was found, what came out. It is made of the page's state alone, which has no
// password and no byte of a key.

import { chosenEntries, entryKey, summary, targetOf } from '../entries.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */
/** @typedef {import('./types').Fact} Fact */
/** @typedef {import('./types').Report} Report */
/** @typedef {import('./types').Section} Section */

/** @typedef {Record<string, any>} Shape any entry, or a certificate of a chain */

const { say } = words;

/**
 * @param {State} state
 * @param {Fact[]} build the version of the page
 * @param {Map<number, string>} digests SHA-256 of each file, by its number
 * @param {string} at RFC 3339
 * @returns {Report}
 */
export function report(state, build, digests, at) {
  return {
    title: say('report.of'),
    facts: said([[say('report.date'), at], ...build, ...options(state)]),
    sections: [given(state, digests), contents(state), findings(state), made(state)].filter(({ things }) => things.length),
    end: say('report.end'),
  };
}

/** @param {State} state @returns {Fact[]} */
function options(state) {
  const { strength, iterations, line_ends, aliases } = state.choices;
  const names = chosenEntries(state).map(entry => aliases[entryKey(entry)] ?? entry.suggested_alias);
  return [
    [say('report.target'), targetOf(state)?.name ?? ''],
    [say('report.alias'), names.join(', ')],
    [say('report.strength'), words.named('strength', strength)],
    [say('report.iterations'), iterations === null ? '' : words.number(iterations)],
    [say('report.line-ends'), say(`line-ends.${line_ends}`)],
  ];
}

/** @param {State} state @param {Map<number, string>} digests @returns {Section} */
function given({ given, view }, digests) {
  const things = given.map(({ id, name, size, error }) => {
    const seen = view?.files.find(file => file.id === id);
    const trouble = error ?? seen?.error;
    return {
      title: name,
      facts: said([
        [say('report.format'), seen?.format_label],
        [say('report.size'), words.bytes(size)],
        [say('report.sha256'), digests.get(id)],
        [say('report.contents'), seen && summary(seen.holds)],
        [say('report.trouble'), trouble && `${trouble.message} ${trouble.hint ?? ''}`],
      ]),
    };
  });
  return { title: say('report.given'), things };
}

/** Each certificate once, whatever chains it is in. @param {State} state @returns {Section} */
function contents({ view }) {
  /** @type {Map<string, { title: string, facts: Fact[] }>} */
  const things = new Map();
  const add = (/** @type {Shape} */ one, /** @type {string} */ kind, /** @type {Fact[]} */ more = []) => {
    const key = String(one.sha256 || one.spki_sha256 || things.size);
    if (one.brief || things.has(key)) return;
    things.set(key, { title: one.name || one.alias || words.named('kind', kind), facts: said([[say('report.kind'), words.named('kind', kind)], ...more, ...certificate(one)]) });
  };
  for (const entry of view?.entries ?? []) {
    if (entry.kind !== 'private-key') add(entry, entry.kind, [[say('report.alias-in'), entry.alias ?? '']]);
    else {
      const own = entry.chain[0] ?? entry;
      add({ ...own, name: entry.name }, 'private-key', [[say('report.alias-in'), entry.alias ?? ''], [say('report.public-key'), entry.spki_sha256 ?? '']]);
      for (const authority of entry.chain.slice(1)) add(authority, 'certificate');
    }
  }
  return { title: say('report.inside'), things: [...things.values()] };
}

/** What of it is known. @param {Shape} one @returns {(Fact | [string, undefined])[]} */
function certificate({ subject, emails, issuer, issuer_name, serial, not_before, not_after, key, signature_algorithm, sha256, sha1 }) {
  return [
    [say('report.subject'), subject],
    [say('report.emails'), emails && words.addresses(emails).replaceAll('\n', ', ')],
    [say('report.issuer'), issuer ?? issuer_name],
    [say('report.serial'), serial?.toUpperCase()],
    [say('report.valid'), not_after && say('validity.range', { from: words.day(not_before), until: words.day(not_after) })],
    [say('report.key'), key],
    [say('report.signature'), signature_algorithm],
    [say('report.sha256'), sha256],
    [say('report.sha1'), sha1],
  ];
}

/** @param {State} state @returns {Section} */
function findings({ view, offer }) {
  const all = [...(view?.findings ?? []), ...(offer?.findings ?? [])];
  /** @type {Map<string, { title: string, facts: Fact[] }>} */
  const things = new Map();
  for (const { severity, message, hint } of all) {
    things.set(message, { title: say('report.finding', { severity: say(`severity.${severity}`), message }), facts: said([[say('report.hint-of'), hint]]) });
  }
  return { title: say('report.findings'), things: [...things.values()] };
}

/** @param {State} state @returns {Section} */
function made({ offer }) {
  const things = (offer?.files ?? []).map(({ name, size, sha256, description, holds_key, key_open, verified_by }) => ({
    title: name,
    facts: said([
      [say('report.contents'), description],
      [say('report.size'), words.bytes(size)],
      [say('report.sha256'), sha256],
      [say('report.private-key'), say(!holds_key ? 'report.no-key' : key_open ? 'report.open-key' : 'report.encrypted-key')],
      [say('report.opened-by'), verified_by.join(', ')],
    ]),
  }));
  return { title: say('report.made'), things };
}

/** @param {(Fact | [string, string | null | undefined])[]} facts @returns {Fact[]} */
function said(facts) {
  return facts.flatMap(([name, value]) => (value ? [/** @type {Fact} */ ([name, value])] : []));
}
