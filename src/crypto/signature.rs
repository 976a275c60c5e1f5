//! Signatures, made and verified: RSA (RFC 8017), ECDSA (FIPS 186-5, RFC 5758) and Ed25519 (RFC 8032, RFC 8410).
//!
//! ```text
//! AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters OPTIONAL }
//! DigestInfo ::= SEQUENCE { AlgorithmIdentifier, digest OCTET STRING }        what PKCS#1 v1.5 pads and signs
//! ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
//! ```
//!
//! Whatever touches a private key is RustCrypto's, which takes care of time; [`crate::crypto::modular`] does not, and so signs
//! nothing. Digests are not judged here: that SHA-1 is weak is a finding of the caller, and the signature is right or not.

use crate::asn1::ber::{self, Node, Oid, Tag, oids};
use crate::asn1::der;
use crate::base::error::Error;
use crate::base::secret::SecretDer;
use crate::crypto::algorithm::{self, KeyAlgorithm};
use crate::crypto::digest::Digest;

mod elliptic;
mod rsa;

pub(crate) use self::rsa::sign_rsa_pkcs1;
pub use self::rsa::verify_rsa_pkcs1;

/// What came of verifying a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is the key's, over the data.
    Right,
    /// It is not.
    Wrong,
    /// It cannot be told: the algorithm, by name or identifier, is not supported.
    Unknown(String),
}

/// A signature and the AlgorithmIdentifier that names it.
pub(crate) struct Signed {
    /// DER of the AlgorithmIdentifier.
    pub(crate) algorithm: Vec<u8>,
    /// The signature, as a BIT STRING holds it.
    pub(crate) signature: Vec<u8>,
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Ecdsa(Digest),
    Ed25519,
    Pkcs1(Digest),
    Pss { digest: Digest, salt: usize },
}

/// Verifies a signature over data with the key of a SubjectPublicKeyInfo.
pub fn verify(spki: &[u8], algorithm: &[u8], data: &[u8], signature: &[u8]) -> Verdict {
    #[cfg(test)]
    crate::base::counted::note(&crate::base::counted::VERIFIED);
    let Ok(identifier) = Node::parse(algorithm) else {
        return Verdict::Wrong;
    };
    let Some(scheme) = Scheme::of(&identifier) else {
        return Verdict::Unknown(name(algorithm));
    };
    let right = match scheme {
        Scheme::Ecdsa(digest) => elliptic::verify(spki, &digest.of(&[data]), signature),
        Scheme::Ed25519 => elliptic::verify_ed25519(spki, data, signature),
        Scheme::Pkcs1(digest) => Some(verify_rsa_pkcs1(spki, digest, data, signature)),
        Scheme::Pss { digest, salt } => rsa::verify_pss(spki, digest, salt, data, signature),
    };
    match right {
        Some(true) => Verdict::Right,
        Some(false) => Verdict::Wrong,
        None => Verdict::Unknown(name(algorithm)),
    }
}

/// Signs data with a PKCS#8 key and the algorithm that suits it: SHA-256 but for the larger curves, whose digests are as long as they.
///
/// # Errors
///
/// [`Error::CannotSign`] for a key of another kind than RSA, EC on P-256, P-384 or P-521, and Ed25519.
pub(crate) fn sign(pkcs8: &SecretDer, kind: &KeyAlgorithm, data: &[u8]) -> Result<Signed, Error> {
    let cannot = || Error::CannotSign { key: kind.words() };
    let plain = |oid| der::sequence(&[&der::object_identifier(oid)]);
    let (algorithm, signature) = match (kind.name.as_str(), kind.curve.as_deref()) {
        ("RSA", _) => (
            der::sequence(&[&der::object_identifier(RSA_SHA256), &der::tlv(5, &[])]),
            sign_rsa_pkcs1(pkcs8, Digest::Sha256, data).ok_or_else(cannot)?,
        ),
        ("EC", Some("P-256")) => (
            plain(ECDSA_SHA256),
            elliptic::sign(pkcs8, kind, &Digest::Sha256.of(&[data])).ok_or_else(cannot)?,
        ),
        ("EC", Some("P-384")) => (
            plain(ECDSA_SHA384),
            elliptic::sign(pkcs8, kind, &Digest::Sha384.of(&[data])).ok_or_else(cannot)?,
        ),
        ("EC", Some("P-521")) => (
            plain(ECDSA_SHA512),
            elliptic::sign(pkcs8, kind, &Digest::Sha512.of(&[data])).ok_or_else(cannot)?,
        ),
        ("Ed25519", _) => (
            plain(algorithm::ED25519),
            elliptic::sign_ed25519(pkcs8, data).ok_or_else(cannot)?,
        ),
        _ => return Err(cannot()),
    };
    Ok(Signed {
        algorithm: der::public(algorithm),
        signature,
    })
}

/// The digest under a signature; `None` where there is no digest, or no known one.
pub(crate) fn digest(algorithm: &[u8]) -> Option<Digest> {
    let identifier = Node::parse(algorithm).ok()?;
    match Scheme::of(&identifier) {
        Some(Scheme::Ecdsa(digest) | Scheme::Pkcs1(digest) | Scheme::Pss { digest, .. }) => {
            Some(digest)
        }
        // Not verified here, and known all the same.
        None if first_oid(&identifier) == Some(DSA_SHA1) => Some(Digest::Sha1),
        None if first_oid(&identifier) == Some(DSA_SHA224) => Some(Digest::Sha224),
        None if first_oid(&identifier) == Some(DSA_SHA256) => Some(Digest::Sha256),
        _ => None,
    }
}

fn first_oid<'a>(identifier: &Node<'a>) -> Option<Oid<'a>> {
    identifier.nodes().first()?.oid().ok()
}

/// The name of a signature's algorithm, or its object identifier.
pub(crate) fn name(algorithm: &[u8]) -> String {
    let node = Node::parse(algorithm);
    let oid = node.as_ref().ok().and_then(|node| node.nodes().first());
    let Some(Ok(oid)) = oid.map(Node::oid) else {
        return String::new();
    };
    let known = TABLE.iter().find(|row| row.0 == oid).map(|row| row.1);
    known.map_or_else(|| oid.to_string(), str::to_owned)
}

oids! {
    MD2_RSA = 9: 1 2 840 113549 1 1 2;
    MD4_RSA = 9: 1 2 840 113549 1 1 3;
    MD5_RSA = 9: 1 2 840 113549 1 1 4;
    SHA1_RSA = 9: 1 2 840 113549 1 1 5;
    MGF1 = 9: 1 2 840 113549 1 1 8;
    RSA_SHA256 = 9: 1 2 840 113549 1 1 11;
    RSA_SHA384 = 9: 1 2 840 113549 1 1 12;
    RSA_SHA512 = 9: 1 2 840 113549 1 1 13;
    RSA_SHA224 = 9: 1 2 840 113549 1 1 14;
    RSA_SHA512_224 = 9: 1 2 840 113549 1 1 15;
    RSA_SHA512_256 = 9: 1 2 840 113549 1 1 16;
    RSA_SHA3_224 = 9: 2 16 840 1 101 3 4 3 13;
    RSA_SHA3_256 = 9: 2 16 840 1 101 3 4 3 14;
    RSA_SHA3_384 = 9: 2 16 840 1 101 3 4 3 15;
    RSA_SHA3_512 = 9: 2 16 840 1 101 3 4 3 16;
    RSA_RIPEMD160 = 6: 1 3 36 3 3 1 2;
    /// The identifiers of OIW, which old programs wrote.
    OIW_MD5_RSA = 5: 1 3 14 3 2 3;
    OIW_SHA1_RSA = 5: 1 3 14 3 2 29;
    DSA_SHA1 = 7: 1 2 840 10040 4 3;
    DSA_SHA224 = 9: 2 16 840 1 101 3 4 3 1;
    DSA_SHA256 = 9: 2 16 840 1 101 3 4 3 2;
    ECDSA_SHA1 = 7: 1 2 840 10045 4 1;
    ECDSA_SHA224 = 8: 1 2 840 10045 4 3 1;
    ECDSA_SHA256 = 8: 1 2 840 10045 4 3 2;
    ECDSA_SHA384 = 8: 1 2 840 10045 4 3 3;
    ECDSA_SHA512 = 8: 1 2 840 10045 4 3 4;
    ECDSA_SHA3_224 = 9: 2 16 840 1 101 3 4 3 9;
    ECDSA_SHA3_256 = 9: 2 16 840 1 101 3 4 3 10;
    ECDSA_SHA3_384 = 9: 2 16 840 1 101 3 4 3 11;
    ECDSA_SHA3_512 = 9: 2 16 840 1 101 3 4 3 12;
    SM2_SM3 = 8: 1 2 156 10197 1 501;
}

/// Identifier, name as OpenSSL prints it, scheme where it is supported.
const TABLE: [(Oid<'static>, &str, Option<Scheme>); 33] = [
    (
        MD2_RSA,
        "md2WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Md2)),
    ),
    (
        MD4_RSA,
        "md4WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Md4)),
    ),
    (
        MD5_RSA,
        "md5WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Md5)),
    ),
    (
        SHA1_RSA,
        "sha1WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha1)),
    ),
    (OIW_MD5_RSA, "md5WithRSA", Some(Scheme::Pkcs1(Digest::Md5))),
    (
        OIW_SHA1_RSA,
        "sha1WithRSA",
        Some(Scheme::Pkcs1(Digest::Sha1)),
    ),
    (
        RSA_RIPEMD160,
        "ripemd160WithRSA",
        Some(Scheme::Pkcs1(Digest::Ripemd160)),
    ),
    (
        RSA_SHA224,
        "sha224WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha224)),
    ),
    (
        RSA_SHA256,
        "sha256WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha256)),
    ),
    (
        RSA_SHA384,
        "sha384WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha384)),
    ),
    (
        RSA_SHA512,
        "sha512WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha512)),
    ),
    (
        RSA_SHA512_224,
        "sha512-224WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha512_224)),
    ),
    (
        RSA_SHA512_256,
        "sha512-256WithRSAEncryption",
        Some(Scheme::Pkcs1(Digest::Sha512_256)),
    ),
    (
        RSA_SHA3_224,
        "RSA-SHA3-224",
        Some(Scheme::Pkcs1(Digest::Sha3_224)),
    ),
    (
        RSA_SHA3_256,
        "RSA-SHA3-256",
        Some(Scheme::Pkcs1(Digest::Sha3_256)),
    ),
    (
        RSA_SHA3_384,
        "RSA-SHA3-384",
        Some(Scheme::Pkcs1(Digest::Sha3_384)),
    ),
    (
        RSA_SHA3_512,
        "RSA-SHA3-512",
        Some(Scheme::Pkcs1(Digest::Sha3_512)),
    ),
    (
        ECDSA_SHA1,
        "ecdsa-with-SHA1",
        Some(Scheme::Ecdsa(Digest::Sha1)),
    ),
    (
        ECDSA_SHA224,
        "ecdsa-with-SHA224",
        Some(Scheme::Ecdsa(Digest::Sha224)),
    ),
    (
        ECDSA_SHA256,
        "ecdsa-with-SHA256",
        Some(Scheme::Ecdsa(Digest::Sha256)),
    ),
    (
        ECDSA_SHA384,
        "ecdsa-with-SHA384",
        Some(Scheme::Ecdsa(Digest::Sha384)),
    ),
    (
        ECDSA_SHA512,
        "ecdsa-with-SHA512",
        Some(Scheme::Ecdsa(Digest::Sha512)),
    ),
    (
        ECDSA_SHA3_224,
        "ecdsa_with_SHA3-224",
        Some(Scheme::Ecdsa(Digest::Sha3_224)),
    ),
    (
        ECDSA_SHA3_256,
        "ecdsa_with_SHA3-256",
        Some(Scheme::Ecdsa(Digest::Sha3_256)),
    ),
    (
        ECDSA_SHA3_384,
        "ecdsa_with_SHA3-384",
        Some(Scheme::Ecdsa(Digest::Sha3_384)),
    ),
    (
        ECDSA_SHA3_512,
        "ecdsa_with_SHA3-512",
        Some(Scheme::Ecdsa(Digest::Sha3_512)),
    ),
    (algorithm::ED25519, "Ed25519", Some(Scheme::Ed25519)),
    (algorithm::RSA_PSS, "RSASSA-PSS", None),
    (algorithm::ED448, "Ed448", None),
    (DSA_SHA1, "dsa-with-sha1", None),
    (DSA_SHA224, "dsa-with-sha224", None),
    (DSA_SHA256, "dsa-with-sha256", None),
    (SM2_SM3, "SM2-with-SM3", None),
];

impl Scheme {
    fn of(identifier: &Node<'_>) -> Option<Self> {
        let mut parts = identifier.sequence().ok()?;
        let oid = parts.next().ok()?.oid().ok()?;
        match oid {
            algorithm::RSA_PSS => Self::pss(parts.rest().first()?).ok().flatten(),
            _ => TABLE.iter().find(|row| row.0 == oid)?.2,
        }
    }

    /// `RSASSA-PSS-params ::= SEQUENCE { hash [0] DEFAULT sha1, mask generation [1] DEFAULT mgf1 of sha1,`
    /// `salt length [2] DEFAULT 20, trailer [3] DEFAULT 1 }` (RFC 8017, A.2.3). Two different digests are not supported.
    fn pss(parameters: &Node<'_>) -> ber::Result<Option<Self>> {
        let mut parts = parameters.sequence()?;
        let mut tagged = |number| {
            let tag = Tag::context(number);
            let found = parts.optional(tag);
            found.map(|node| node.explicit(tag)).transpose()
        };
        let digest_of = |node: Option<&Node<'_>>| match node {
            Some(node) => Ok(Digest::of_oid(node.sequence()?.next()?.oid()?)),
            None => Ok::<_, ber::Fault>(Some(Digest::Sha1)),
        };
        let digest = digest_of(tagged(0)?)?;
        let mask = match tagged(1)? {
            Some(node) => {
                let mut mask = node.sequence()?;
                match mask.next()?.oid()? {
                    MGF1 => digest_of(Some(mask.next()?))?,
                    _ => None,
                }
            }
            None => Some(Digest::Sha1),
        };
        let salt = tagged(2)?.map_or(Ok(20), Node::count)?;
        let trailer = tagged(3)?.map_or(Ok(1), Node::count)?;
        Ok(match (digest, mask) {
            (Some(digest), Some(mask)) if digest == mask && trailer == 1 => Some(Self::Pss {
                digest,
                salt: usize::try_from(salt).unwrap_or(usize::MAX),
            }),
            _ => None,
        })
    }
}
