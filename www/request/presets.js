// What a certificate is asked for: the choices of the form, and what each preset fills in.

/** @typedef {{ key: string, key_usage: string[], extended_key_usage: string[] }} Preset */

/** @type {Record<string, Preset>} */
export const presets = {
  anaplan: {
    key: 'rsa2048',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['clientAuth', 'emailProtection'],
  },
  client: {
    key: 'rsa2048',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['clientAuth'],
  },
  email: {
    key: 'rsa2048',
    key_usage: ['digitalSignature', 'keyEncipherment'],
    extended_key_usage: ['emailProtection'],
  },
  server: {
    key: 'p256',
    key_usage: ['digitalSignature'],
    extended_key_usage: ['serverAuth'],
  },
  none: {
    key: 'rsa2048',
    key_usage: [],
    extended_key_usage: [],
  },
};

export const keys = ['rsa2048', 'rsa3072', 'rsa4096', 'p256', 'p384', 'ed25519'];

/** By their names in RFC 5280. */
export const keyUsages = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement'];
export const purposes = ['clientAuth', 'emailProtection', 'serverAuth', 'codeSigning'];
