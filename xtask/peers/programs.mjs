// The programs that are asked about one file at a time.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { things } from './der.mjs';

/** No program may take longer over one file, on a machine that does other things too. */
const PATIENCE = 120_000;

/** What a program prints; rejects where it fails. */
function output(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: PATIENCE });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(parts).toString('latin1')) : reject(new Error(`${program}: ${code}`))));
  });
}

/** All that several commands give; one that fails gives nothing, and all failing is a refusal. */
async function union(program, commands) {
  const found = [];
  let worked = false;
  for (const args of commands) {
    try {
      const text = await output(program, args);
      const given = things(text);
      worked ||= given.length > 0 || args[0] === 'pkcs12' || args[0] === '--p12-info';
      found.push(...given);
    } catch {
      // The next may do.
    }
  }
  if (!worked) throw new Error('refused');
  return found;
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
  return union('openssl', ['jks', 'jceks', 'bks'].includes(kind) ? [] : commands);
};

/** certtool of GnuTLS, likewise. */
export const certtool = (kind, path, passwords) => {
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
  return union('certtool', commands?.() ?? []);
};

/** Keyferry, by its example. */
export const keyferry = (program) => async (kind, path, passwords) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
  try {
    const files = passwords.flatMap((password, at) => {
      const file = join(folder, String(at));
      writeFileSync(file, password);
      return ['--password-file', file];
    });
    const { entries } = JSON.parse(Buffer.from(await output(program, [...files, path]), 'latin1').toString());
    return [{ kind: 'other' }, ...entries.flatMap(ofEntry)];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function ofEntry({ kind, spki_sha256, sha256, chain = [] }) {
  const kinds = { certificate: 'certificate', crl: 'list', request: 'request', 'private-key': 'key' };
  const links = chain.map((link) => ({ kind: 'certificate', hash: link.sha256 }));
  return [{ kind: kinds[kind] ?? 'other', hash: spki_sha256 && kind === 'private-key' ? spki_sha256 : sha256 }, ...links];
}
