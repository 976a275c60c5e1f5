//! Bytes to [`Format`], by content alone: a name's extension is what somebody called it.
//!
//! Each deduction quotes the ASN.1 or the magic number that it relies on. Everything DER starts with SEQUENCE; what comes
//! after tells them apart:
//!
//! ```text
//! PFX                   { INTEGER 3, SEQUENCE { OID, … }, … }
//! OneAsymmetricKey      { INTEGER, SEQUENCE, OCTET STRING, … }        PKCS#1 { INTEGER × 9 }   SEC 1 { INTEGER, OCTET STRING, … }
//! ContentInfo           { OID signedData, … }
//! EncryptedPrivateKey   { SEQUENCE { OID, … }, OCTET STRING }
//! SubjectPublicKeyInfo  { SEQUENCE { OID, … }, BIT STRING }                RSAPublicKey { INTEGER, INTEGER }
//! BCFKS ObjectStore     { SEQUENCE { SEQUENCE, OCTET STRING }, SEQUENCE { SEQUENCE, SEQUENCE, OCTET STRING } }
//! Certificate, CRL, CertificationRequest   { SEQUENCE, SEQUENCE { OID, … }, BIT STRING }, told apart by their first part:
//!     CertificationRequestInfo  { INTEGER, Name, SubjectPublicKeyInfo, [0] … }
//!     TBSCertList               { INTEGER OPTIONAL, AlgorithmIdentifier, Name, Time, … }
//!     TBSCertificate            { [0] OPTIONAL, INTEGER, AlgorithmIdentifier, Name, Validity, … }
//! ```

use crate::asn1::ber::{BIT_STRING, INTEGER, Node, OID, SEQUENCE, Tag};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::SecretDer;
use crate::base::text;
use crate::container::{base64_scan, pem, zip};
use crate::format::crl;
use crate::format::{bcfks, bks, cms, jks, openssh, public_key};
use crate::inventory::saved;
use crate::model::{certificate, private_key};

mod stranger;

/// What bytes are, and what is to be read in their place where a text carries it in base64.
pub(crate) struct Recognised {
    pub(crate) format: Format,
    pub(crate) carried: Option<SecretDer>,
}

/// What the bytes are.
///
/// # Errors
///
/// [`Error::NotRecognised`] with what they look like instead; [`Error::Truncated`] or [`Error::Damaged`] where they start
/// like something known and go on like nothing.
pub fn recognise(bytes: &[u8]) -> Result<Format, Error> {
    find(bytes).map(|found| found.format)
}

/// What the bytes are, or carry.
pub(crate) fn find(bytes: &[u8]) -> Result<Recognised, Error> {
    let plain = |format| Recognised {
        format,
        carried: None,
    };
    if let Some(error) = stranger::carried_as_text(bytes) {
        return Err(error);
    }
    if let Some(format) = binary(bytes) {
        return Ok(plain(format));
    }
    if bytes.starts_with(&zip::MAGIC) {
        return Ok(plain(Format::Zip));
    }
    if saved::is_table(bytes) {
        return Ok(plain(Format::Table));
    }
    let Some(text) = text::read(bytes) else {
        return Err(stranger::error(bytes));
    };
    if pem::has_block(&text) {
        return match pem::is_pgp(&text) {
            true => Err(Error::NotRecognised { looks_like: "pgp" }),
            false => Ok(plain(Format::Pem)),
        };
    }
    let mut carried = base64_scan::find(&text);
    match (carried.pop(), carried.is_empty()) {
        (None, _) => Err(stranger::error(bytes)),
        (Some((format, bytes)), true) => Ok(Recognised {
            format,
            carried: Some(bytes),
        }),
        // Several pieces in one text: a text of parts, as PEM is.
        (Some(_), false) => Ok(plain(Format::Pem)),
    }
}

/// The format of bytes that are no text and no archive, so that they can also stand in a PEM block; `None` where none.
pub(crate) fn binary(bytes: &[u8]) -> Option<Format> {
    match bytes {
        _ if bytes.starts_with(&jks::MAGIC_JKS) => Some(Format::Jks),
        _ if bytes.starts_with(&jks::MAGIC_JCEKS) => Some(Format::Jceks),
        _ if bytes.starts_with(openssh::MAGIC) => Some(Format::OpenSsh),
        _ if openssh::is_public_key(bytes) => Some(Format::PublicKey),
        _ => der(bytes).or_else(|| bks::recognise(bytes)),
    }
}

/// The format of DER or BER; `None` where it is none, or none known.
fn der(bytes: &[u8]) -> Option<Format> {
    // Before a tree is made: a revocation list may have more entries than a tree may have nodes.
    if crl::is_crl(bytes) {
        return Some(Format::Crl);
    }
    let (node, _) = Node::parse_prefix(bytes).ok()?;
    let parts = node.sequence().ok()?.rest();
    let names_algorithm =
        |node: &Node<'_>| node.nodes().first().is_some_and(|first| first.tag == OID);
    match parts {
        [version, info, ..]
            if version.tag == INTEGER && info.tag == SEQUENCE && names_algorithm(info) =>
        {
            match parts.get(2) {
                Some(third) if third.tag == crate::asn1::ber::OCTET_STRING => {
                    Some(Format::PrivateKey)
                }
                // MacData is a SEQUENCE, and optional.
                Some(third) if third.tag == SEQUENCE => Some(Format::Pkcs12),
                None => Some(Format::Pkcs12),
                _ => None,
            }
        }
        _ if private_key::shape(&node).is_some() => Some(Format::PrivateKey),
        _ if cms::is_content_info(&node) => Some(Format::Cms),
        _ if bcfks::is_store(&node) => Some(Format::Bcfks),
        _ if private_key::is_encrypted(&node) => Some(Format::EncryptedPkcs8),
        [algorithm, bits] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            Some(Format::PublicKey)
        }
        _ if public_key::is_rsa(&node) => Some(Format::PublicKey),
        [first, algorithm, bits, ..] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            signed(&node, first)
        }
        _ => None,
    }
}

/// The two structures that are a part, an algorithm and a signature over the part.
fn signed(node: &Node<'_>, first: &Node<'_>) -> Option<Format> {
    let tags: Vec<Tag> = first.nodes().iter().map(|part| part.tag).collect();
    match tags.as_slice() {
        _ if certificate::is_certificate(node) => Some(Format::Certificate),
        // CertificationRequestInfo: the third part is a key, whose second part is a bit string.
        [INTEGER, SEQUENCE, SEQUENCE, ..]
            if first.nodes()[2]
                .nodes()
                .get(1)
                .is_some_and(|part| part.tag == BIT_STRING) =>
        {
            Some(Format::Pkcs10)
        }
        _ => None,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_parts_is_none() {
        let mut list = include_bytes!("../../tests/vectors/crl-openssl.crl").to_vec();
        assert_eq!(recognise(&list).unwrap(), Format::Crl);
        let time = list.windows(2).position(|pair| pair == [23, 13]).unwrap();
        list[time] |= 0x20;
        assert!(recognise(&list).is_err());
    }
}
