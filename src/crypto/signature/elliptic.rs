//! ECDSA on the curves of FIPS 186-5, and Ed25519 (RFC 8032).

use ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use ed25519_dalek::Signer;
use p256::ecdsa;
use zeroize::Zeroizing;

use crate::asn1::ber::{BIT_STRING, Node, OCTET_STRING, significant};
use crate::asn1::der;
use crate::base::secret::SecretDer;
use crate::crypto::algorithm::{self, KeyAlgorithm};
use crate::crypto::curve::Curve;

/// Whether an ECDSA signature is that of a digest; `None` for a curve that is not supported.
pub(super) fn verify(spki: &[u8], digest: &[u8], signature: &[u8]) -> Option<bool> {
    let node = Node::parse(spki).ok()?;
    let [identifier, bits] = node.nodes() else {
        return Some(false);
    };
    let [oid, parameters] = identifier.nodes() else {
        return Some(false);
    };
    if oid.oid().ok() != Some(algorithm::EC) {
        return Some(false);
    }
    let Some(point) = bits
        .primitive(BIT_STRING)
        .ok()
        .and_then(|bits| bits.get(1..))
    else {
        return Some(false);
    };
    macro_rules! on {
        ($curve:ident, $size:literal) => {{
            use $curve::ecdsa::{Signature, VerifyingKey};
            let verify = || {
                let key = VerifyingKey::from_sec1_bytes(point).ok()?;
                let signature = Signature::from_slice(&numbers(signature, $size)?).ok()?;
                key.verify_prehash(digest, &signature).ok()
            };
            verify().is_some()
        }};
    }
    match Curve::of_parameters(parameters)?.name? {
        "P-256" => Some(on!(p256, 32)),
        "P-384" => Some(on!(p384, 48)),
        "P-521" => Some(on!(p521, 66)),
        _ => None,
    }
}

/// The ECDSA signature of a digest, its random number made of key and digest (RFC 6979); `None` for another key than one on
/// a supported curve.
pub(super) fn sign(pkcs8: &SecretDer, kind: &KeyAlgorithm, digest: &[u8]) -> Option<Vec<u8>> {
    let contents = contents(pkcs8)?;
    let node = Node::parse(&contents).ok()?;
    let scalar = significant(node.nodes().get(1)?.primitive(OCTET_STRING).ok()?);
    macro_rules! on {
        ($curve:ident, $size:literal) => {{
            let mut padded = Zeroizing::new(vec![0; usize::checked_sub($size, scalar.len())?]);
            padded.extend_from_slice(scalar);
            let key = $curve::ecdsa::SigningKey::from_slice(&padded).ok()?;
            let signature: $curve::ecdsa::Signature = key.sign_prehash(digest).ok()?;
            let (r, s) = signature.split_bytes();
            Some(value(&r, &s))
        }};
    }
    match kind.curve.as_deref()? {
        "P-256" => on!(p256, 32),
        "P-384" => on!(p384, 48),
        "P-521" => on!(p521, 66),
        _ => None,
    }
}

/// Ecdsa-Sig-Value (RFC 3279, 2.2.3): SEQUENCE { r, s }.
fn value(r: &[u8], s: &[u8]) -> Vec<u8> {
    let (r, s) = (der::integer(significant(r)), der::integer(significant(s)));
    der::public(der::sequence(&[&r, &s]))
}

/// The two numbers of an Ecdsa-Sig-Value, each in so many bytes.
fn numbers(signature: &[u8], size: usize) -> Option<Vec<u8>> {
    let node = Node::parse(signature).ok()?;
    let [r, s] = node.nodes() else {
        return None;
    };
    let (r, s) = (r.magnitude().ok()?, s.magnitude().ok()?);
    // DER alone: a signature that has several encodings would be several signatures.
    (value(r, s) == signature).then_some(())?;
    let mut numbers = vec![0; 2 * size];
    for (number, half) in [r, s].into_iter().zip(numbers.chunks_exact_mut(size)) {
        let zeros = size.checked_sub(number.len())?;
        half.get_mut(zeros..)?.copy_from_slice(number);
    }
    Some(numbers)
}

/// Whether an Ed25519 signature is that of the data.
pub(super) fn verify_ed25519(spki: &[u8], data: &[u8], signature: &[u8]) -> Option<bool> {
    let verify = || {
        let node = Node::parse(spki).ok()?;
        let [identifier, bits] = node.nodes() else {
            return None;
        };
        let kind = identifier.nodes().first()?.oid().ok()?;
        (kind == algorithm::ED25519).then_some(())?;
        let point = bits.primitive(BIT_STRING).ok()?.get(1..)?.try_into().ok()?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(point).ok()?;
        let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
        key.verify_strict(data, &signature).ok()
    };
    Some(verify().is_some())
}

/// The Ed25519 signature of data; `None` for another key.
pub(super) fn sign_ed25519(pkcs8: &SecretDer, data: &[u8]) -> Option<Vec<u8>> {
    let contents = contents(pkcs8)?;
    let seed = Node::parse(&contents).ok()?.primitive(OCTET_STRING).ok()?;
    let key = ed25519_dalek::SigningKey::from_bytes(seed.try_into().ok()?);
    Some(key.sign(data).to_bytes().to_vec())
}

/// What the privateKey of a key holds.
fn contents(pkcs8: &SecretDer) -> Option<Zeroizing<Vec<u8>>> {
    let node = Node::parse(pkcs8.expose()).ok()?;
    Some(Zeroizing::new(node.nodes().get(2)?.contents().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_der_is_a_signature() {
        let right = value(&[1], &[0x80, 2]);
        assert_eq!(right, [0x30, 8, 2, 1, 1, 2, 3, 0, 0x80, 2]);
        assert_eq!(numbers(&right, 3).unwrap(), [0, 0, 1, 0, 0x80, 2]);
        let long = value(&[1], &[1, 2, 3, 4]);
        for wrong in [
            &[][..],
            &[0x30, 0],
            &[0x30, 3, 2, 1, 1],
            &[0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1],
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 1],
            &[0x30, 0x81, 6, 2, 1, 1, 2, 1, 1],
            &[0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0],
            &[0x30, 6, 2, 1, 1, 2, 1, 0x81],
            &[0x31, 6, 2, 1, 1, 2, 1, 1],
            &long,
        ] {
            assert_eq!(numbers(wrong, 3), None, "{wrong:02x?}");
        }
    }
}
