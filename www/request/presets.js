// What a certificate is asked for: the choices of the form, and what each preset fills in.

/** @typedef {{ name: string, key: string, key_usage: string[], extended_key_usage: string[], hint: string }} Preset */

/** @type {Record<string, Preset>} */
export const presets = {
  anaplan: {
    name: 'Anaplan: the user of an integration',
    key: 'rsa2048',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['clientAuth', 'emailProtection'],
    hint: 'An S/MIME or client certificate of a public CA. The e-mail address is the one the integration signs in as.',
  },
  client: {
    name: 'A client that signs in (TLS)',
    key: 'rsa2048',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['clientAuth'],
    hint: 'For systems that know you by a certificate.',
  },
  email: {
    name: 'E-mail (S/MIME)',
    key: 'rsa2048',
    key_usage: ['digitalSignature', 'keyEncipherment'],
    extended_key_usage: ['emailProtection'],
    hint: 'To sign mail, and to get it encrypted.',
  },
  server: {
    name: 'A server (TLS)',
    key: 'p256',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['serverAuth'],
    hint: 'Write each host name among the other names: browsers look nowhere else.',
  },
  none: {
    name: 'Something else: choose everything',
    key: 'rsa2048',
    key_usage: [],
    extended_key_usage: [],
    hint: 'Many CAs write their own uses into the certificate, whatever is asked for.',
  },
};

/** @type {Record<string, string>} */
export const keys = {
  rsa2048: 'RSA, 2048 bits: every system takes it',
  rsa3072: 'RSA, 3072 bits',
  rsa4096: 'RSA, 4096 bits: takes seconds to make',
  p256: 'EC on P-256',
  p384: 'EC on P-384',
  ed25519: 'Ed25519: few CAs take it yet',
};

/** By their names in RFC 5280. @type {Record<string, string>} */
export const keyUsages = {
  digitalSignature: 'Digital signature',
  nonRepudiation: 'Non-repudiation',
  keyEncipherment: 'Encryption of keys (RSA)',
  dataEncipherment: 'Encryption of data',
  keyAgreement: 'Key agreement (EC)',
};

/** @type {Record<string, string>} */
export const purposes = {
  clientAuth: 'Client authentication (TLS)',
  emailProtection: 'E-mail protection (S/MIME)',
  serverAuth: 'Server authentication (TLS)',
  codeSigning: 'Code signing',
};
