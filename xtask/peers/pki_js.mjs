// What PKI.js finds in a file. PEM is taken apart for it, as its own documentation leaves that to whoever calls it.

import * as pkijs from 'pkijs';
import { blocks, first } from './der.mjs';

export async function open(kind, bytes, passwords) {
  if (kind === 'pkcs12') return pfx(bytes, passwords);
  if (['jks', 'jceks', 'bks'].includes(kind)) throw new Error('no format of PKI.js');
  const armoured = blocks(bytes);
  const found = [];
  for (const { label, der, headers } of armoured.length ? armoured : [{ label: '', der: bytes, headers: false }]) {
    if (headers) throw new Error('the old encryption of PEM');
    found.push(...(await one(label, der, passwords)));
  }
  return found;
}

// Without a label each kind is tried in turn.
async function one(label, der, passwords) {
  const tries = [
    [/CERTIFICATE$/, () => thing('certificate', pkijs.Certificate, first(der))],
    [/REQUEST$/, () => thing('request', pkijs.CertificationRequest, der)],
    [/CRL$/, () => thing('list', pkijs.CertificateRevocationList, der)],
    [/^(PKCS7|CMS)$/, () => message(der)],
    [/^ENCRYPTED PRIVATE KEY$/, () => shrouded(der, passwords)],
    [/^PRIVATE KEY$/, () => thing('key', pkijs.PrivateKeyInfo, der)],
    [/^RSA PRIVATE KEY$/, () => thing('key', pkijs.RSAPrivateKey, der)],
    [/^EC PRIVATE KEY$/, () => thing('key', pkijs.ECPrivateKey, der)],
    [/^PUBLIC KEY$/, () => thing('other', pkijs.PublicKeyInfo, der)],
  ];
  let last = new Error(`nothing for ${label}`);
  for (const [labels, attempt] of tries.filter(([labels]) => !label || labels.test(label))) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
    }
  }
  // What stands before a key of OpenSSL's is none of what is looked for.
  if (label.endsWith('PARAMETERS')) return [];
  throw last;
}

const encode = (object) => Buffer.from(object.toSchema().toBER());

function thing(kind, type, der) {
  type.fromBER(der);
  return [{ kind, der }];
}

function message(der) {
  const info = pkijs.ContentInfo.fromBER(der);
  if (info.contentType !== pkijs.ContentInfo.SIGNED_DATA) return [{ kind: 'other' }];
  const signed = new pkijs.SignedData({ schema: info.content });
  return signed.certificates.map((certificate) => ({ kind: 'certificate', der: encode(certificate) }));
}

async function withEach(passwords, attempt) {
  let last;
  for (const password of passwords) {
    try {
      return await attempt(new Uint8Array(Buffer.from(password)).buffer);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

async function shrouded(der, passwords) {
  const bag = pkijs.PKCS8ShroudedKeyBag.fromBER(der);
  await withEach(passwords, (password) => bag.parseInternalValues({ password }));
  return [{ kind: 'key', der: encode(bag.parsedValue) }];
}

async function pfx(bytes, passwords) {
  return withEach(passwords, async (password) => {
    const file = pkijs.PFX.fromBER(bytes);
    await file.parseInternalValues({ password, checkIntegrity: file.macData !== undefined });
    const safe = file.parsedValue.authenticatedSafe;
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) });
    const found = [{ kind: 'other' }];
    for (const { value } of safe.parsedValue.safeContents) found.push(...(await bags(value.safeBags, passwords)));
    return found;
  });
}

async function bags(all, passwords) {
  const found = [];
  for (const { bagValue } of all) {
    if (bagValue instanceof pkijs.PKCS8ShroudedKeyBag) found.push(...(await shrouded(encode(bagValue), passwords)));
    else if (bagValue instanceof pkijs.PrivateKeyInfo) found.push({ kind: 'key', der: encode(bagValue) });
    else if (bagValue instanceof pkijs.CertBag) found.push({ kind: 'certificate', der: encode(bagValue.parsedValue) });
    else if (bagValue instanceof pkijs.SafeContents) found.push(...(await bags(bagValue.safeBags, passwords)));
  }
  return found;
}
