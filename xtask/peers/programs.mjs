// The programs that are asked about one file at a time.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { things } from './der.mjs';

/** No program may take longer over one file, on a machine that does other things too. */
const PATIENCE = 120_000;

/** What a program prints, and whether it says that it failed. */
function output(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: PATIENCE });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ text: Buffer.concat(parts).toString(), failed: code !== 0 }));
  });
}

/** All that several commands give. One that fails may have given something before; `mayBeEmpty` tells which need not give anything. */
async function union(program, commands, mayBeEmpty = () => false) {
  const found = [];
  for (const args of commands) {
    const { text, failed } = await output(program, args);
    // certtool writes some keys without their curve, but tells the hash of the public half.
    const hash = text.match(/Public Key ID:\s+sha256:([0-9a-f]{64})/)?.[1];
    found.push(...things(text).map((thing) => (hash && thing.kind === 'key' ? { ...thing, hash } : thing)));
    if (!failed && mayBeEmpty(args)) found.push({ kind: 'other' });
  }
  return found;
}

/** What work gives that has a folder of its own. */
async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** openssl, each kind by the commands made for it. */
export const openssl = (legacy) => (kind, path, passwords) => {
  const commands = passwords.flatMap((password) => {
    const secret = ['-passin', `pass:${password}`];
    const providers = legacy ? ['-provider', 'legacy', '-provider', 'default'] : [];
    if (kind === 'pkcs12') return [['pkcs12', '-in', path, '-nodes', ...secret, ...(legacy ? ['-legacy'] : [])]];
    return [['storeutl', ...secret, ...providers, path]];
  });
  const plain = { csr: ['req'], crl: ['crl'], pkcs7: ['pkcs7', 'cms'], pem: ['req', 'pkcs7'], der: ['req'] }[kind] ?? [];
  for (const command of plain) {
    const extra = { pkcs7: ['-print_certs'], cms: ['-cmsout'] }[command] ?? [];
    for (const form of ['PEM', 'DER']) {
      const out = command === 'cms' ? ['-outform', 'PEM'] : [];
      commands.push([command, ...extra, '-in', path, '-inform', form, ...out]);
    }
  }
  return union('openssl', ['jks', 'jceks', 'bks'].includes(kind) ? [] : commands, ([command]) => command === 'pkcs12');
};

/** certtool of GnuTLS, likewise. */
export const certtool = async (kind, path, passwords) => {
  const forms = (command) => [[], ['--inder']].map((form) => [command, ...form, '--infile', path]);
  const locked = (command) => passwords.flatMap((password) => forms(command).map((args) => [...args, '--password', password]));
  const commands = {
    pkcs12: () => [...locked('--p12-info'), ...forms('--p12-info').map((args) => [...args, '--null-password'])],
    csr: () => forms('--crq-info'),
    crl: () => forms('--crl-info'),
    pkcs7: () => forms('--p7-info'),
    pem: () => [...locked('--key-info'), ...forms('--certificate-info'), ...forms('--pubkey-info')],
    der: () => [...locked('--key-info'), ...forms('--certificate-info'), ...forms('--pubkey-info')],
  }[kind];
  const found = await union('certtool', commands?.() ?? [], ([command]) => command === '--p12-info');
  // The keys of PKCS#12 it prints as they are locked, and opens them by another command.
  const opened = found.map((thing) => (thing.text?.includes('ENCRYPTED') ? unlocked(thing.text, passwords) : [thing]));
  return (await Promise.all(opened)).flat();
};

const unlocked = (text, passwords) =>
  inFolder((folder) => {
    const file = join(folder, 'key.pem');
    writeFileSync(file, text);
    return union('certtool', passwords.map((password) => ['--key-info', '--infile', file, '--password', password]));
  });

/** Keyferry, by its example; where a part stays locked, the others count as with all. */
export const keyferry = (program) => (kind, path, passwords) =>
  inFolder(async (folder) => {
    const files = passwords.flatMap((password, at) => {
      const file = join(folder, String(at));
      writeFileSync(file, password);
      return ['--password-file', file];
    });
    const { text, failed } = await output(program, [...files, path]);
    const found = JSON.parse(text).entries.flatMap(ofEntry);
    return failed ? found : [{ kind: 'other' }, ...found];
  });

function ofEntry({ kind, spki_sha256, sha256, chain = [] }) {
  const kinds = { certificate: 'certificate', crl: 'list', request: 'request', 'private-key': 'key' };
  const links = chain.map((link) => ({ kind: 'certificate', hash: link.sha256 }));
  return [{ kind: kinds[kind] ?? 'other', hash: spki_sha256 && kind === 'private-key' ? spki_sha256 : sha256 }, ...links];
}
