// The licences of what is inside the page, as markup: of each crate that the wasm is compiled from, its copyright lines and
// the whole text of one licence. Most licences differ in nothing but those lines, so each text stands there once.
//
// Where a crate offers a choice, MIT is taken, the shortest. What is not known here stops the build: a new licence wants a
// look by a person.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Each licence by the words that no other has, the most wanted first. */
const known = [
  ['MIT', /Permission is hereby granted, free of charge/],
  ['BSD-3-Clause', /Redistribution and use in source and binary forms/],
  ['Apache-2.0', /Apache License\s+Version 2\.0/],
  ['Unicode-3.0', /UNICODE LICENSE V3/],
];

/** What no crate says: the compiler adds its library, and src/judge/roots holds a list of Mozilla's. */
const library = { title: 'Rust standard library', copyright: ['Copyright (c) The Rust Project Contributors'] };
const roots = { title: 'List of root certificates (NSS)', licence: 'MPL-2.0', address: 'https://mozilla.org/MPL/2.0/' };

/** @param {string} folder of Cargo.toml */
export function licences(folder) {
  const own = name => readFileSync(join(folder, name), 'utf8').trim();
  /** @type {Map<string, { licence: string, text: string, holders: Map<string, string[]> }>} */
  const texts = new Map();
  const add = (licence, text, title, authors = []) => {
    const { plain, copyright } = parted(text);
    const key = plain.replace(/\W+/g, ' ').toLowerCase();
    const group = texts.get(key) ?? { licence, text: plain, holders: new Map() };
    texts.set(key, group);
    const holder = (copyright.length ? copyright : authors).join('\n');
    group.holders.set(holder, [...(group.holders.get(holder) ?? []), title]);
  };
  for (const { name, version, license, authors, manifest_path } of crates(folder)) {
    const title = `${name} ${version}`;
    const found = files(dirname(manifest_path));
    for (const licence of wanted(license, title)) {
      const text = found.find(text => isOf(licence, text));
      if (!text && licence !== 'MIT') throw new Error(`${title} has no text of ${licence}`);
      // Without a file of its own it is the text that all have; without a line of its own, the authors that Cargo.toml names.
      const names = authors.map(author => author.replace(/ <.*>/, ''));
      add(licence, text ?? own('LICENSE-MIT').replace(/^Copyright.*$/m, ''), title, names);
    }
  }
  add('MIT', own('LICENSE-MIT').replace(/^Copyright.*$/m, library.copyright[0]), library.title);
  const sections = [...texts.values()].map(({ licence, text, holders }) => {
    const lines = [...holders].map(([holder, titles]) => `<li>${escaped(titles.join(', '))}${holder && `<br><small>${escaped(holder)}</small>`}</li>`);
    const titles = [...holders.values()].flat();
    const some = titles.slice(0, 3).join(', ') + (titles.length > 3 ? ', …' : '');
    return `<details><summary>${licence} · ${some}</summary><ul>${lines.join('')}</ul><pre tabindex="0">${escaped(text)}</pre></details>`;
  });
  const list = `<p>${roots.title}: ${roots.licence}, <code>${roots.address}</code></p>`;
  const ours = ['MIT', 'APACHE'].map(name => `<details><summary>LICENSE-${name}</summary><pre tabindex="0">${escaped(own(`LICENSE-${name}`))}</pre></details>`);
  return { own: ours.join('\n'), crates: [...sections, list].join('\n') };
}

/** Every crate that is compiled into the wasm: no tests, no build scripts, nothing that only the compiler runs. */
function crates(folder) {
  const command = ['metadata', '--locked', '--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown'];
  const said = execFileSync('cargo', command, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  const { packages, resolve } = JSON.parse(said);
  const byId = new Map(packages.map(one => [one.id, one]));
  const edges = new Map(resolve.nodes.map(({ id, deps }) => [id, deps]));
  const found = new Set();
  const walk = id => {
    if (found.has(id) || byId.get(id).targets.some(({ kind }) => kind.includes('proc-macro'))) return;
    found.add(id);
    for (const { pkg, dep_kinds } of edges.get(id)) if (dep_kinds.some(({ kind }) => kind === null)) walk(pkg);
  };
  const root = packages.find(({ name }) => name === 'keyferry').id;
  walk(root);
  found.delete(root);
  return [...found].map(id => byId.get(id)).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The licences that a crate is used under: one of each choice, all that are joined. */
function wanted(expression, title) {
  const parts = (expression ?? '').replace(/[()]/g, '').split(' AND ');
  return parts.map(part => {
    const offered = part.split(/ OR |\//).map(one => one.trim());
    const taken = known.find(([licence]) => offered.includes(licence));
    if (!taken) throw new Error(`${title}: the licence ${expression} is not known to xtask/licences.mjs`);
    return taken[0];
  });
}

/** The texts of licences that lie in a crate's folder. */
function files(folder) {
  const names = readdirSync(folder).filter(name => /^(licen[sc]e|copying)/i.test(name)).sort();
  return names.flatMap(name => {
    try {
      return [readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim()];
    } catch {
      return [];
    }
  });
}

function isOf(licence, text) {
  return known.find(([name]) => name === licence)[1].test(text);
}

/** The lines that name who holds the rights, and the text without them. */
function parted(text) {
  // What stands before the grant names holders; below it a licence speaks of copyright in general.
  const lines = text.split('\n');
  const start = lines.findIndex(line => known.some(([, words]) => words.test(line)) || /^\s*Apache License/.test(line));
  const holds = (line, index) => index < Math.max(start, 0) && /^\s*copyright\b/i.test(line);
  const copyright = lines.filter(holds).map(line => line.trim());
  const plain = lines.filter((line, index) => !holds(line, index)).join('\n').replace(/^(The )?MIT License( \(MIT\))?\s*\n/i, '');
  return { plain: plain.trim().replace(/\n{3,}/g, '\n\n'), copyright };
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
