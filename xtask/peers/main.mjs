// `cargo xtask bench corpus`: how many files of a corpus each peer opens, kind by kind, in one table.
//
// Opened means the same for all: with the passwords that the manifest knows, the peer gives every private key, certificate,
// request and revocation list that the manifest says the file holds, and no other key or certificate. Where it says that
// there is none of them, as in a public key or an empty keystore, anything but a refusal will do. Files that must be
// refused are left out: who opens nothing refuses them all.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keyHashes, sha256 } from './der.mjs';
import { certtool, keyferry, openssl } from './programs.mjs';

/** No library may take longer over one file, on a machine that does other things too. */
const PATIENCE = 120_000;

const [corpus, inspect, p12Keystore] = process.argv.slice(2);
const KINDS = ['pkcs12', 'jks', 'jceks', 'bks', 'pem', 'der', 'pkcs7', 'csr', 'crl'];
const files = readFileSync(join(corpus, 'manifest.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ expected }) => expected.opens !== false)
  .map((line) => ({ ...line, path: join(corpus, line.path), passwords: known(line.passwords) }));

/** The passwords that a file's line knows of, the store's first; the empty one where there is none. */
function known({ store, key, keys = {} }) {
  const all = [store, key, ...Object.values(keys)].filter((password) => typeof password === 'string');
  return all.length ? all : [''];
}

const peers = {
  keyferry: eachFile(keyferry(inspect)),
  openssl: eachFile(openssl(false)),
  'openssl -legacy': eachFile(openssl(true)),
  certtool: eachFile(certtool),
  keytool: () =>
    lines('java', ['--add-exports', 'java.base/sun.security.pkcs10=ALL-UNNAMED', join(import.meta.dirname, 'Jdk.java')], files, true),
  'p12-keystore': () => lines(p12Keystore, [], files.filter(({ kind }) => kind === 'pkcs12'), false),
  'node-forge': inWorker('node_forge.mjs'),
  'PKI.js': inWorker('pki_js.mjs'),
};

console.log(['', ...KINDS, 'all'].map(column).join(''));
console.log(['files', ...KINDS.map((kind) => count(kind, () => true)), files.length].map(column).join(''));
// All at once, each row in its turn.
const running = Object.entries(peers).map(([name, run]) => [name, run()]);
for (const [name, run] of running) {
  const found = await run;
  const good = new Set(files.filter((file) => opened(file, found.get(file.path))));
  console.log([name, ...KINDS.map((kind) => count(kind, (file) => good.has(file))), good.size].map(column).join(''));
}

function column(value, at) {
  return at ? String(value).padStart(8) : String(value).padEnd(16);
}

function count(kind, holds) {
  return files.filter((file) => file.kind === kind && holds(file)).length;
}

/** Whether what was found, `undefined` for a refusal, is what the manifest says. */
function opened({ holds, expected }, found) {
  if (!found?.length) return false;
  const of = (kind) => found.filter((thing) => thing.kind === kind);
  const hashes = (kind) => [...new Set(of(kind).map(({ der, hash }) => hash ?? sha256(der)))].sort().join();
  const same = (kind, wanted) => !wanted || hashes(kind) === [...new Set(wanted)].sort().join();
  const given = of('key').map((key) => (key.hash ? new Set([key.hash]) : keyHashes(key)));
  const fits = (key, names) => names.has(key.spki_sha256) || names.has(key.pkcs8_sha256);
  return (
    holds.keys.every((key) => given.some((names) => fits(key, names))) &&
    given.every((names) => holds.keys.some((key) => fits(key, names))) &&
    same('certificate', expected.cert_sha256) &&
    same('request', holds.csr_sha256) &&
    same('list', holds.crl_sha256)
  );
}

/** Asks a program of each file, as many at once as there are cores. */
function eachFile(open) {
  return async () => {
    const found = new Map();
    const queue = files.values();
    const lane = async () => {
      for (const { kind, path, passwords } of queue) found.set(path, await open(kind, path, passwords).catch(() => undefined));
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
    return found;
  };
}

/** Asks one process of all files: a line for each goes in, one for each thing comes out. */
function lines(program, args, asked, withKind) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${program} ends with ${code}`));
      const found = new Map();
      for (const line of Buffer.concat(parts).toString().split('\n')) {
        const [path, kind, hex = ''] = line.split('\t');
        found.set(path, [...(found.get(path) ?? []), { kind, der: Buffer.from(hex, 'hex') }]);
      }
      resolve(found);
    });
    const hex = (password) => Buffer.from(password).toString('hex');
    const line = ({ kind, path, passwords }) => [...(withKind ? [kind] : []), path, ...passwords.map(hex)].join('\t');
    child.stdin.end(asked.map(line).map((text) => `${text}\n`).join(''));
  });
}

/** Asks a library of each file, in a thread that can be stopped. */
function inWorker(module) {
  return async () => {
    const found = new Map();
    let worker;
    for (const { kind, path, passwords } of files) {
      worker ??= new Worker(new URL('worker.mjs', import.meta.url), { workerData: module });
      const answer = await new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), PATIENCE);
        worker.once('message', (things) => (clearTimeout(timer), resolve(things)));
        worker.once('error', () => (clearTimeout(timer), resolve(null)));
        worker.postMessage({ kind, path, passwords });
      });
      if (answer === null) {
        await worker.terminate();
        worker = undefined;
      } else {
        worker.removeAllListeners('error');
        found.set(path, answer.map((thing) => ({ ...thing, der: Buffer.from(thing.der ?? []) })));
      }
    }
    await worker?.terminate();
    return found;
  };
}
