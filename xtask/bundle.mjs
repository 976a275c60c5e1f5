// Makes one HTML file of the page: parts of its markup, style, script, worker and wasm inside it.
//
//   node bundle.mjs WASM_FOLDER WWW_FOLDER OUT_FOLDER
//
// The page's script imports `keyferry:core`, a module that exists only here: workerSource is wasm-bindgen's glue,
// www/worker/worker.js and www/worker/alone.js as one classic script, wasmSplit the wasm, as split.mjs takes it apart. They are
// literals inside the one script whose hash the content security policy names, since a page opened from a folder can fetch
// nothing.
//
// In index.html, <!-- include PATH --> stands for the markup in that file of www, without the comment that it begins with.
// {{CODE}} stands for a text of www/words/en.js, and in such a text [[TERM|WORDS]] for a button that
// explains a term of the glossary. <!-- version --> stands for the version of Cargo.toml, <!-- repository --> for its
// repository, <!-- licences --> and <!-- crates --> for the licences of Keyferry and of what is compiled into it, and
// <!-- commit --> for the commit. A <div> whose <dd> would be empty is left out.
//
// The commit is KEYFERRY_COMMIT, or what git says of a folder without changes. The same source gives the same bytes with the
// same commit: who builds from an archive, without git, sets KEYFERRY_COMMIT to the commit that the published page names.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { join as joined } from '../www/worker/join.js';
import { split } from './split.mjs';

import { licences } from './licences.mjs';

const [wasm, www, out] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(www, 'package.json'))('esbuild');
const read = (...path) => readFileSync(join(...path), 'utf8');
const options = { minify: true, charset: 'utf8', legalComments: 'none', target: 'es2022' };

// One character a number. Those that occur most have the characters that UTF-8 writes in one byte and that JavaScript and HTML
// leave alone in a string, each its own where it is one of them; the rest are lifted to U+00A0 and above. Unlike base64 this
// leaves a compressor what repeats: 23 % less of it crosses the network. The alphabet says the character of each number.
const PLAIN = Array.from({ length: 0x5f }, (_, at) => String.fromCharCode(0x20 + at)).filter((character) => !'"\\<'.includes(character));
const alphabetOf = (numbers) => {
  const counts = new Uint32Array(numbers.reduce((one, other) => Math.max(one, other), 0) + 1);
  numbers.forEach((number) => counts[number]++);
  const often = new Set(Array.from(counts.keys()).sort((one, other) => counts[other] - counts[one]).slice(0, PLAIN.length));
  const own = (number) => often.has(number) && PLAIN.includes(String.fromCharCode(number));
  const free = PLAIN.filter((character) => !own(character.charCodeAt(0)));
  let lifted = 0xa0;
  return Array.from(counts.keys(), (number) => {
    if (own(number)) return String.fromCharCode(number);
    return often.has(number) ? free.shift() : String.fromCharCode(lifted++);
  });
};
const lettered = (rows) => {
  const alphabet = alphabetOf(rows.flat());
  return { alphabet: alphabet.join(''), texts: rows.map((row) => row.map((number) => alphabet[number]).join('')) };
};

const wasmBytes = readFileSync(join(wasm, 'keyferry_bg.wasm'));
const { ends, kinds, order, streams } = split(new Uint8Array(wasmBytes));
const wasmSplit = {
  size: wasmBytes.length,
  ends: lettered(ends),
  kinds,
  order: lettered([order]),
  streams: lettered(streams),
};
if (!wasmBytes.equals(joined(wasmSplit))) throw new Error('www/worker/join.js does not undo xtask/split.mjs');

const classic = read(wasm, 'keyferry.js') + read(www, 'worker/worker.js') + read(www, 'worker/alone.js');
const core = {
  workerSource: (await esbuild.transform(classic, options)).code,
  wasmSplit,
};

const coreModule = {
  name: 'keyferry:core',
  setup(build) {
    build.onResolve({ filter: /^keyferry:core$/ }, ({ path }) => ({ path, namespace: 'core' }));
    build.onLoad({ filter: /.*/, namespace: 'core' }, () => ({
      contents: Object.entries(core).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n'),
    }));
  },
};

const bundle = async (entry, more = {}) => {
  const { outputFiles } = await esbuild.build({
    ...options, ...more, entryPoints: [join(www, entry)], absWorkingDir: www, bundle: true, write: false,
  });
  return outputFiles[0].text.trim();
};

const script = await bundle('page.js', { format: 'esm', plugins: [coreModule] });
const style = await bundle('style.css');
// esbuild writes "</script" as "<\/script"; these too change where HTML ends a script (HTML, "restrictions for contents").
const early = /<!--|<\/?script/i.exec(script) ?? /<\/style/i.exec(style);
if (early) throw new Error(`the page's script or style may not hold ${early[0]}`);

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  'img-src data: blob:',
  "connect-src 'none'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  'trusted-types worker',
  "require-trusted-types-for 'script'",
].join('; ');

const manifest = read(www, '../Cargo.toml');
const version = /^version = "(.+)"$/m.exec(manifest)?.[1];
if (!version) throw new Error('Cargo.toml names no version');
const repository = /^repository = "(.+)"$/m.exec(manifest)?.[1] ?? '';

const git = (...command) => execFileSync('git', command, { cwd: www, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const commitOf = () => {
  try {
    return git('status', '--porcelain') ? '' : git('rev-parse', 'HEAD');
  } catch {
    return '';
  }
};
const commit = process.env.KEYFERRY_COMMIT ?? commitOf();
const { own, crates } = licences(join(www, '..'));

const { markup: texts } = await import(pathToFileURL(join(www, 'words/en.js')));
const unsaid = new Set(Object.keys(texts));
const textOf = (code) => {
  if (!(code in texts)) throw new Error(`words/en.js has no text ${code}`);
  unsaid.delete(code);
  return texts[code].replace(/\[\[([\w-]+)\|(.+?)\]\]/g, (_, term, words) => {
    if (!(`term.${term}` in texts)) throw new Error(`words/en.js has no term ${term}, which ${code} names`);
    return `<button type="button" class="term" data-role="term" aria-describedby="about-${term}">${words}</button>`;
  });
};
const facts = { version, repository, commit, licences: own, crates };
const included = (text) =>
  text.replace(/<!-- include (\S+) -->/g, (_, path) => included(read(www, path).replace(/^<!--.*-->\n/, '').trim()));
const markup = included(read(www, 'index.html'))
  .replace(/("?)\{\{([\w.-]+)\}\}/g, (_, quote, code) => {
    const text = textOf(code);
    if (quote && text.includes('<')) throw new Error(`an attribute may not hold the markup of ${code}`);
    return quote + text;
  })
  .replace(/<div[^>]*><dt>[^<]*<\/dt><dd><!-- (\w+) --><\/dd><\/div>\n?\s*/g, (row, name) => (facts[name] ? row : ''))
  .replace(/<!-- (version|repository|commit|licences|crates) -->/g, (_, name) => facts[name]);
if (unsaid.size) throw new Error(`no markup says ${[...unsaid].join(', ')}`);

// Each of the three stands in index.html exactly once, or the page is not what this was written for.
const html = [
  ['<meta http-equiv="Content-Security-Policy" content="">', `<meta http-equiv="Content-Security-Policy" content="${policy}">`],
  ['<link rel="stylesheet" href="style.css">', `<style>${style}</style>`],
  ['<script type="module" src="page.js"></script>', `<script type="module">${script}</script>`],
].reduce((text, [tag, whole]) => {
  const parts = text.split(tag);
  if (parts.length !== 2) throw new Error(`index.html has ${parts.length - 1} times, and not once: ${tag}`);
  return parts.join(whole);
}, markup);

mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'index.html'), html);
const digest = createHash('sha256').update(html).digest('hex');
writeFileSync(join(out, 'SHA256SUMS'), `${digest}  index.html\n`);
console.log(`dist/index.html  ${Buffer.byteLength(html).toLocaleString('en')} bytes  SHA-256 ${digest}`);
