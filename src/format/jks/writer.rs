//! Writes a JKS of version 2.

use std::sync::Arc;

use super::{KEY_PROTECTOR, MAGIC_JKS, integrity, protection};
use crate::ber;
use crate::format::java::to_modified_utf8;
use crate::format::pkcs8::PrivateKey;
use crate::format::x509::Certificate;
use crate::secret::Password;

/// An identity that is to be written.
pub(crate) struct Identity<'a> {
    /// The alias; it is lowered.
    pub(crate) alias: &'a str,
    /// The private key.
    pub(crate) key: &'a PrivateKey,
    /// Its chain, end-entity first.
    pub(crate) chain: &'a [Arc<Certificate>],
    /// Salt of the key's protection.
    pub(crate) salt: [u8; 20],
}

/// Writes a JKS of version 2; each key has the keystore's password, since that is what most programs try on it.
/// `at` is the entries' date, in milliseconds since 1970.
pub(crate) fn write(identities: &[Identity<'_>], password: &Password, at: i64) -> Vec<u8> {
    let number = |value: usize| (value as u32).to_be_bytes();
    let text = |text: &str| {
        let bytes = to_modified_utf8(text);
        [&(bytes.len() as u16).to_be_bytes()[..], &bytes].concat()
    };
    let block = |bytes: &[u8]| [&number(bytes.len())[..], bytes].concat();
    let mut out = [&MAGIC_JKS[..], &number(2), &number(identities.len())].concat();
    for identity in identities {
        let algorithm = ber::sequence(&[&ber::object_identifier(KEY_PROTECTOR), &ber::tlv(5, &[])]);
        let protected = ber::tlv(
            4,
            &protection::protect(identity.key.pkcs8(), password, &identity.salt),
        );
        out.extend(number(1));
        out.extend(text(&identity.alias.to_lowercase()));
        out.extend(at.to_be_bytes());
        out.extend(block(&ber::sequence(&[&algorithm, &protected])));
        out.extend(number(identity.chain.len()));
        for certificate in identity.chain {
            out.extend(text("X.509"));
            out.extend(block(certificate.der()));
        }
    }
    let digest = integrity(password, &out);
    out.extend(digest);
    out
}
