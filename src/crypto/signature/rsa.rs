//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017, section 8).

use std::ops::RangeInclusive;

use crypto_bigint::BoxedUint;
use rsa::{Pkcs1v15Sign, PrivateKey as RsaPrivateKey, Pss, PublicKey as RsaPublicKey};

use crate::asn1::ber::{BIT_STRING, Fields, Node, Oid};
use crate::asn1::der;
use crate::base::secret::SecretDer;
use crate::crypto::algorithm;
use crate::crypto::digest::Digest;

/// Bits of the moduli that signatures are verified with: the smallest of old certificates, and the figure that keeps the
/// work on a hostile one short.
const BITS: RangeInclusive<usize> = 512..=16_384;

/// A signature in the form of PKCS#1 v1.5 over the digest of some data; `None` for a key that is not RSA, is made of more
/// than two primes, or is too short for the digest.
pub(crate) fn sign_rsa_pkcs1(pkcs8: &SecretDer, digest: Digest, data: &[u8]) -> Option<Vec<u8>> {
    // Without blinding: the arithmetic runs in constant time, and its input is a digest that nobody else chooses.
    let signature = private(pkcs8)?.sign(padding(digest), &digest.of(&[data]));
    signature.ok()
}

/// Whether a signature in the form of PKCS#1 v1.5 is that of the data, by the key of a SubjectPublicKeyInfo. A key that is
/// for PSS alone made none.
pub fn verify_rsa_pkcs1(spki: &[u8], digest: Digest, data: &[u8], signature: &[u8]) -> bool {
    public(spki, &[algorithm::RSA]).is_some_and(|key| {
        let digested = digest.of(&[data]);
        key.verify(padding(digest), &digested, signature).is_ok()
    })
}

/// Whether a signature in the form of PSS, both its digests the same, is that of the data; `None` for a digest that is not
/// had for it.
pub(super) fn verify_pss(
    spki: &[u8],
    digest: Digest,
    salt: usize,
    data: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let key = public(spki, &[algorithm::RSA, algorithm::RSA_PSS]);
    let digested = digest.of(&[data]);
    // Each digest is a copy of the code, so only those that signatures are made with.
    let right = |key: RsaPublicKey| match digest {
        Digest::Sha1 => {
            Some(key.verify(Pss::<sha1::Sha1>::new_with_salt(salt), &digested, signature))
        }
        Digest::Sha256 => Some(key.verify(
            Pss::<sha2::Sha256>::new_with_salt(salt),
            &digested,
            signature,
        )),
        Digest::Sha384 => Some(key.verify(
            Pss::<sha2::Sha384>::new_with_salt(salt),
            &digested,
            signature,
        )),
        Digest::Sha512 => Some(key.verify(
            Pss::<sha2::Sha512>::new_with_salt(salt),
            &digested,
            signature,
        )),
        _ => None,
    };
    match key {
        Some(key) => right(key).map(|result| result.is_ok()),
        None => Some(false),
    }
}

/// The DigestInfo up to the digest.
fn padding(digest: Digest) -> Pkcs1v15Sign {
    let size = digest.size();
    let algorithm = der::sequence(&[&der::object_identifier(digest.oid()), &der::tlv(5, &[])]);
    let mut info = der::public(der::sequence(&[&algorithm, &der::tlv(4, &vec![0; size])]));
    info.truncate(info.len() - size);
    Pkcs1v15Sign {
        hash_len: Some(size),
        prefix: info.into(),
    }
}

fn private(pkcs8: &SecretDer) -> Option<RsaPrivateKey> {
    let node = Node::parse(pkcs8.expose()).ok()?;
    let [_, identifier, inner, ..] = node.nodes() else {
        return None;
    };
    kind(identifier).filter(|kind| *kind == algorithm::RSA)?;
    let key = Node::parse(inner.contents()).ok()?;
    let mut parts = key.sequence().ok()?;
    // Version 1 is a key of more than two primes.
    (parts.next().ok()?.count().ok()? == 0).then_some(())?;
    let [n, e, d, p, q] = [(); 5].map(|()| number(&mut parts));
    RsaPrivateKey::from_components(n?, e?, d?, vec![p?, q?]).ok()
}

fn public(spki: &[u8], kinds: &[Oid<'_>]) -> Option<RsaPublicKey> {
    let node = Node::parse(spki).ok()?;
    let [identifier, bits] = node.nodes() else {
        return None;
    };
    kind(identifier).filter(|kind| kinds.contains(kind))?;
    let key = Node::parse(bits.primitive(BIT_STRING).ok()?.get(1..)?).ok()?;
    let mut parts = key.sequence().ok()?;
    let (n, e) = (number(&mut parts)?, number(&mut parts)?);
    RsaPublicKey::new_with_size_limits(n, e, BITS).ok()
}

fn number(parts: &mut Fields<'_, '_>) -> Option<BoxedUint> {
    let magnitude = parts.next().ok()?.magnitude().ok()?;
    Some(BoxedUint::from_be_slice_vartime(magnitude))
}

fn kind<'a>(identifier: &Node<'a>) -> Option<Oid<'a>> {
    identifier.nodes().first()?.oid().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_verifies_and_nothing_else_does() {
        let random = &mut rand_core::UnwrapErr(getrandom::SysRng);
        let key = crate::request::KeyKind::Rsa2048.make(random).unwrap();
        let spki = key.spki().unwrap();
        for digest in [
            Digest::Md5,
            Digest::Sha1,
            Digest::Sha256,
            Digest::Sha512,
            Digest::Sha3_256,
        ] {
            let mut signature = sign_rsa_pkcs1(key.pkcs8(), digest, b"data").unwrap();
            assert!(verify_rsa_pkcs1(spki, digest, b"data", &signature));
            assert!(!verify_rsa_pkcs1(spki, digest, b"date", &signature));
            assert!(!verify_rsa_pkcs1(spki, Digest::Sha384, b"data", &signature));
            signature[9] ^= 1;
            assert!(!verify_rsa_pkcs1(spki, digest, b"data", &signature));
            assert!(!verify_rsa_pkcs1(spki, digest, b"data", &[]));
        }
        assert!(!verify_rsa_pkcs1(b"", Digest::Sha256, b"data", b""));
    }
}
