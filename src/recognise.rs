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
//! SubjectPublicKeyInfo  { SEQUENCE { OID, … }, BIT STRING }
//! BCFKS ObjectStore     { SEQUENCE { SEQUENCE, OCTET STRING }, SEQUENCE { SEQUENCE, SEQUENCE, OCTET STRING } }
//! Certificate, CRL, CertificationRequest   { SEQUENCE, SEQUENCE { OID, … }, BIT STRING }, told apart by their first part:
//!     CertificationRequestInfo  { INTEGER, Name, SubjectPublicKeyInfo, [0] … }
//!     TBSCertList               { INTEGER OPTIONAL, AlgorithmIdentifier, Name, Time, … }
//!     TBSCertificate            { [0] OPTIONAL, INTEGER, AlgorithmIdentifier, Name, Validity, … }
//! ```

use crate::ber::{BIT_STRING, INTEGER, Node, OID, SEQUENCE, Tag};
use crate::error::Error;
use crate::format::{Format, bcfks, bks, cms, jks, pkcs8, x509};

/// What the bytes are.
///
/// # Errors
///
/// [`Error::NotRecognised`] with what they look like instead; [`Error::Truncated`] or [`Error::Damaged`] where they start
/// like something known and go on like nothing.
pub fn recognise(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.starts_with(&jks::MAGIC_JKS) {
        return Ok(Format::Jks);
    }
    if bytes.starts_with(&jks::MAGIC_JCEKS) {
        return Ok(Format::Jceks);
    }
    if let Some(format) = der(bytes) {
        return Ok(format);
    }
    if contains(bytes, b"-----BEGIN ") {
        return Ok(Format::Pem);
    }
    if let Some(format) = bks::recognise(bytes) {
        return Ok(format);
    }
    match broken(bytes) {
        Some(error) => Err(error),
        None => Err(Error::NotRecognised {
            looks_like: looks_like(bytes),
        }),
    }
}

/// The format of DER or BER; `None` where it is none, or none known.
pub(crate) fn der(bytes: &[u8]) -> Option<Format> {
    let (node, _) = Node::parse_prefix(bytes).ok()?;
    let parts = node.sequence().ok()?.rest();
    let names_algorithm =
        |node: &Node<'_>| node.nodes().first().is_some_and(|first| first.tag == OID);
    match parts {
        [version, info, ..]
            if version.tag == INTEGER && info.tag == SEQUENCE && names_algorithm(info) =>
        {
            match parts.get(2) {
                Some(third) if third.tag == crate::ber::OCTET_STRING => Some(Format::PrivateKey),
                // MacData is a SEQUENCE, and optional.
                Some(third) if third.tag == SEQUENCE => Some(Format::Pkcs12),
                None => Some(Format::Pkcs12),
                _ => None,
            }
        }
        _ if pkcs8::shape(&node).is_some() => Some(Format::PrivateKey),
        _ if cms::is_signed_data(&node) => Some(Format::Cms),
        _ if bcfks::is_store(&node) => Some(Format::Bcfks),
        _ if pkcs8::is_encrypted(&node) => Some(Format::EncryptedPkcs8),
        [algorithm, bits] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            Some(Format::PublicKey)
        }
        [first, algorithm, bits, ..] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            signed(&node, first)
        }
        _ => None,
    }
}

/// The three structures that are a part, an algorithm and a signature over the part.
fn signed(node: &Node<'_>, first: &Node<'_>) -> Option<Format> {
    let tags: Vec<Tag> = first.nodes().iter().map(|part| part.tag).collect();
    match tags.as_slice() {
        _ if x509::is_certificate(node) => Some(Format::Certificate),
        // CertificationRequestInfo: the third part is a key, whose second part is a bit string.
        [INTEGER, SEQUENCE, SEQUENCE, ..]
            if first.nodes()[2]
                .nodes()
                .get(1)
                .is_some_and(|part| part.tag == BIT_STRING) =>
        {
            Some(Format::Pkcs10)
        }
        [INTEGER, SEQUENCE, SEQUENCE, time, ..] | [SEQUENCE, SEQUENCE, time, ..]
            if is_time(*time) =>
        {
            Some(Format::Crl)
        }
        _ => None,
    }
}

/// UTCTime or GeneralizedTime.
fn is_time(tag: Tag) -> bool {
    tag == Tag::universal(23) || tag == Tag::universal(24)
}

/// Bytes that start like something known and are not it: cut off, or changed.
fn broken(bytes: &[u8]) -> Option<Error> {
    let what = prefix(bytes)?;
    match Node::parse_prefix(bytes) {
        Err(fault) => Some(fault.of(what)),
        Ok(_) => None,
    }
}

/// What the first bytes promise: SEQUENCE, a length of two bytes or more or an indefinite one, then a first part.
fn prefix(bytes: &[u8]) -> Option<&'static str> {
    let [0x30, length, rest @ ..] = bytes else {
        return None;
    };
    let body = match length {
        0x80 => rest,
        0x81..=0x88 => rest.get(usize::from(length & 0x7f)..).unwrap_or_default(),
        _ => return None,
    };
    Some(match body {
        [2, 1, 3, ..] => Format::Pkcs12.what(),
        [2, 1, 0, 0x30, ..] | [2, 1, 0, 2, ..] => Format::PrivateKey.what(),
        [0x30, 0x82, _, _, 0xa0, ..] => Format::Certificate.what(),
        [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2, ..] => Format::Cms.what(),
        [0x30 | 2 | 6, ..] | [] => "a certificate or key file",
        _ => return None,
    })
}

/// What bytes that are no format of ours seem to be, for the message.
fn looks_like(bytes: &[u8]) -> &'static str {
    let trimmed = bytes.trim_ascii_start();
    let start = &trimmed[..trimmed.len().min(512)];
    let lower = start.to_ascii_lowercase();
    match trimmed {
        [] => "empty",
        _ if bytes.iter().all(|&byte| byte == 0) => "zeros",
        [0x89, b'P', b'N', b'G', ..]
        | [0xff, 0xd8, 0xff, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'B', b'M', ..] => "image",
        [b'%', b'P', b'D', b'F', ..] => "pdf",
        [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => "office",
        [b'<', ..] if contains(&lower, b"<html") || contains(&lower, b"<!doctype html") => "html",
        [b'<', ..] => "xml",
        [b'{' | b'[', ..] if std::str::from_utf8(bytes).is_ok() => "json",
        _ if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => "text",
        _ => "unknown",
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
