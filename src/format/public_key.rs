//! Public keys alone: RFC 5280 SubjectPublicKeyInfo, and RFC 8017 RSAPublicKey, which is taken in as the first. OpenSSH's
//! are read by [`crate::format::openssh`].
//!
//! ```text
//! SubjectPublicKeyInfo ::= SEQUENCE { AlgorithmIdentifier, BIT STRING }
//! RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
//! ```

use crate::asn1::ber::{self, INTEGER, Node};
use crate::asn1::der;
use crate::crypto::algorithm;

/// DER of the SubjectPublicKeyInfo.
pub(crate) fn parse(node: &Node<'_>) -> Vec<u8> {
    match is_rsa(node) {
        true => rsa(node.raw),
        false => node.raw.to_vec(),
    }
}

/// The SubjectPublicKeyInfo of an RSAPublicKey.
pub(crate) fn rsa(key: &[u8]) -> Vec<u8> {
    let identifier = der::sequence(&[&der::object_identifier(algorithm::RSA), &der::tlv(5, &[])]);
    der::public(der::sequence(&[&identifier, &der::bit_string(key)]))
}

/// Whether this is an RSAPublicKey. The parameters of a Diffie-Hellman group are two integers as well: there the second is
/// the generator, 2 or 5, which are never used as an exponent.
pub(crate) fn is_rsa(node: &Node<'_>) -> bool {
    let numbers = || -> ber::Result<bool> {
        let mut parts = node.sequence()?;
        let modulus = parts.next()?.tagged(INTEGER)?.magnitude()?;
        let exponent = parts.next()?.tagged(INTEGER)?.magnitude()?;
        parts.end()?;
        Ok(modulus.len() >= 48
            && exponent.last().is_some_and(|last| last & 1 == 1)
            && exponent != [5])
    };
    numbers().unwrap_or(false)
}
