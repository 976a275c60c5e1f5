// What node-forge finds in a file.

import forge from 'node-forge';
import { blocks, first } from './der.mjs';

const { asn1, pki, pkcs7, pkcs12 } = forge;

export async function open(kind, bytes, passwords) {
  if (kind === 'pkcs12') return pfx(bytes, passwords);
  if (['jks', 'jceks', 'bks', 'crl'].includes(kind)) throw new Error('no format of node-forge');
  const armoured = blocks(bytes);
  if (!armoured.length) return one(bytes, passwords);
  const found = armoured.map(({ label, der, headers, text }) => {
    if (label.endsWith('PARAMETERS')) return [];
    return headers ? [key(old(text, passwords))] : one(der, passwords);
  });
  return found.flat();
}

const read = (der) => asn1.fromDer(forge.util.createBuffer(der.toString('latin1')));
const encode = (node) => Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
const key = (rsa) => ({ kind: 'key', der: encode(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(rsa))) });

// Each kind is tried in turn.
function one(der, passwords) {
  const node = read(first(der));
  const tries = [
    () => [pki.certificateFromAsn1(node), { kind: 'certificate', der: first(der) }][1],
    () => [pki.certificationRequestFromAsn1(node), { kind: 'request', der }][1],
    () => message(pkcs7.messageFromAsn1(node)),
    () => key(pki.privateKeyFromAsn1(node)),
    () => key(pki.privateKeyFromAsn1(withEach(passwords, (password) => pki.decryptPrivateKeyInfo(node, password)))),
    () => [pki.publicKeyFromAsn1(node), { kind: 'other' }][1],
  ];
  return [attempt(tries)].flat();
}

function attempt(tries) {
  let last;
  for (const attempt of tries) {
    try {
      return attempt();
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function message(content) {
  const certificates = content.certificates ?? [];
  return [{ kind: 'other' }, ...certificates.map((one) => ({ kind: 'certificate', der: encode(pki.certificateToAsn1(one)) }))];
}

// node-forge answers null to a wrong password.
function withEach(passwords, open) {
  return attempt(
    passwords.map((password) => () => {
      const opened = open(password);
      if (!opened) throw new Error('wrong password');
      return opened;
    }),
  );
}

function old(text, passwords) {
  return withEach(passwords, (password) => pki.decryptRsaPrivateKey(text, password));
}

function pfx(bytes, passwords) {
  const node = read(bytes);
  const file = withEach(passwords, (password) => pkcs12.pkcs12FromAsn1(node, false, password));
  const found = [{ kind: 'other' }];
  for (const bag of file.safeContents.flatMap((contents) => contents.safeBags)) {
    const { type, asn1: inner } = bag;
    if (type === pki.oids.certBag) found.push({ kind: 'certificate', der: encode(bag.cert ? pki.certificateToAsn1(bag.cert) : inner) });
    // A key of another kind than RSA is handed on as it is.
    else if (type === pki.oids.keyBag || type === pki.oids.pkcs8ShroudedKeyBag) found.push(bag.key ? key(bag.key) : { kind: 'key', der: encode(inner) });
  }
  return found;
}
