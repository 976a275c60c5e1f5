//! What is too weak of a certificate: a key of less than 112 bits of strength (SP 800-57 part 1, table 2), and a signature over a
//! digest that is broken: MD2, MD4, MD5 (RFC 6149, RFC 6150, RFC 6151) and SHA-1 (RFC 6194).

use crate::crypto::algorithm::KeyAlgorithm;
use crate::crypto::digest::Digest;
use crate::crypto::signature;
use crate::model::certificate::Certificate;

/// One weakness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// The key has only so many bits.
    Key(u32),
    /// The signature is made with this digest.
    Signature(Digest),
}

/// What is weak of a certificate. `trusted` says of one whose signature is broken whether it is trusted as it is: because it signed
/// itself, or because a list of roots has it. Then its signature is not used, and that is no weakness.
pub(crate) fn weaknesses(
    certificate: &Certificate,
    trusted: impl FnOnce() -> bool,
) -> Vec<Weakness> {
    let digest = signature::digest(certificate.signature_algorithm_der());
    let broken = digest.filter(|digest| is_broken(*digest));
    let signature = broken.filter(|_| !trusted()).map(Weakness::Signature);
    let key = weak_key(&certificate.algorithm()).map(Weakness::Key);
    signature.into_iter().chain(key).collect()
}

/// The bits of a key that has too few.
fn weak_key(key: &KeyAlgorithm) -> Option<u32> {
    let least = match key.name.as_str() {
        "DH" | "DSA" | "RSA" | "RSA-PSS" => 2048,
        "EC" => 224,
        _ => 0,
    };
    key.bits.filter(|bits| *bits < least)
}

fn is_broken(digest: Digest) -> bool {
    matches!(
        digest,
        Digest::Md2 | Digest::Md4 | Digest::Md5 | Digest::Sha1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_below_112_bits_of_strength_are_weak() {
        let weak = |name: &str, bits| {
            let name = name.to_owned();
            let curve = None;
            weak_key(&KeyAlgorithm { name, bits, curve })
        };
        for kind in ["DH", "DSA", "RSA", "RSA-PSS"] {
            assert_eq!(weak(kind, Some(1024)), Some(1024), "{kind}");
            assert_eq!(weak(kind, Some(2048)), None, "{kind}");
        }
        assert_eq!(weak("EC", Some(192)), Some(192));
        assert_eq!(weak("EC", Some(224)), None);
        assert_eq!(weak("Ed25519", None), None);
    }
}
