// PEM blocks, the first element of DER, and the hashes by which things are known.

import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';

/** The blocks of a text: label, DER, whether headers (of the old encryption) stand before it, and the block itself. */
export function blocks(bytes) {
  const all = bytes.toString('latin1').matchAll(/-----BEGIN ([^-\n]*)-----([^]*?)-----END \1-----/g);
  return [...all].map(([text, label, body]) => {
    const headers = body.includes(':');
    const digits = headers ? body.replace(/^[^]*?\r?\n\r?\n/, '') : body;
    return { label, der: Buffer.from(digits, 'base64'), headers, text };
  });
}

/** Without what follows the first element: a TRUSTED CERTIFICATE goes on after the certificate. */
export function first(der) {
  const long = der[1] & 0x80;
  const size = der[1] & 0x7f;
  // An indefinite length says nothing of where it ends.
  if (der.length < 2 || (long && !size)) return der;
  const length = long ? 2 + size + der.readUIntBE(2, Math.min(size, 6)) : 2 + size;
  return der.subarray(0, length);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What a program printed, as things. */
export function things(text) {
  const kinds = [
    [/PRIVATE KEY$/, 'key'],
    [/CERTIFICATE$/, 'certificate'],
    [/REQUEST$/, 'request'],
    [/CRL$/, 'list'],
  ];
  return blocks(Buffer.from(text, 'latin1')).map(({ label, der, text }) => {
    const kind = kinds.find(([labels]) => labels.test(label))?.[1] ?? 'other';
    return { kind, der, text: kind === 'key' ? text : undefined };
  });
}

/** A private key is known by its public half, or by its own bytes where Node cannot compute that. */
export function keyHashes({ der, text }) {
  const hashes = new Set([sha256(der)]);
  const inputs = ['pkcs8', 'pkcs1', 'sec1'].map((type) => ({ key: der, format: 'der', type }));
  for (const input of text ? [text, ...inputs] : inputs) {
    try {
      const key = createPrivateKey(input);
      hashes.add(sha256(createPublicKey(key).export({ format: 'der', type: 'spki' })));
      hashes.add(sha256(key.export({ format: 'der', type: 'pkcs8' })));
      break;
    } catch {
      // Not of this shape.
    }
  }
  return hashes;
}
