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

use zeroize::Zeroizing;

use crate::asn1::ber::{BIT_STRING, Fault, INTEGER, Node, OCTET_STRING, OID, SEQUENCE, Tag};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::text;
use crate::container::base64_scan::Piece;
use crate::container::binary::Binary;
use crate::container::parsed::Parsed;
use crate::container::{base64_scan, concatenated, pem, zip};
use crate::format::crl::Crl;
use crate::format::{bcfks, bks, cms, inventory_file, jks, openssh, public_key};
use crate::model::{certificate, private_key};

mod stranger;

/// What bytes are, with all that was read of them to tell.
pub(crate) enum Recognised<'a> {
    /// Base64 in a text without armour, one piece or several.
    Base64(Vec<Piece>),
    /// With the bytes it stands in, others of its kind after it.
    Binary(Binary<'a>, &'a [u8]),
    Pem(Zeroizing<String>),
    Table(&'a [u8]),
    Zip(&'a [u8]),
}

impl Recognised<'_> {
    /// Which format it is: of a single piece of base64 its own, since the text around it says nothing.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Base64(pieces) => match pieces.as_slice() {
                [(format, _)] => *format,
                // A text of parts, as PEM is.
                _ => Format::Pem,
            },
            Self::Binary(binary, _) => binary.format(),
            Self::Pem(_) => Format::Pem,
            Self::Table(_) => Format::Table,
            Self::Zip(_) => Format::Zip,
        }
    }

    /// Reads what the structure says.
    ///
    /// # Errors
    ///
    /// Those of the format's reader; the error of the first part where none can be read.
    pub(crate) fn parse(self) -> Result<Parsed, Error> {
        match self {
            Self::Base64(pieces) => base64_scan::parse(pieces),
            Self::Binary(binary, bytes) => concatenated::parse(binary, bytes),
            Self::Pem(text) => pem::parse(&text).map(Parsed::locked),
            Self::Table(bytes) => inventory_file::parse(bytes).map(Parsed::Open),
            Self::Zip(bytes) => zip::parse(bytes).map(Parsed::locked),
        }
    }
}

/// What the bytes are.
///
/// # Errors
///
/// [`Error::NotRecognised`] with what they look like instead; [`Error::Truncated`] or [`Error::Damaged`] where they start
/// like something known and go on like nothing.
pub fn recognise(bytes: &[u8]) -> Result<Format, Error> {
    find(bytes).map(|found| found.format())
}

/// Reads the structure of bytes, whatever they are; what was read to recognise them is not read again.
///
/// # Errors
///
/// Those of [`recognise`]; beside the format, those of its reader.
pub(crate) fn parse(bytes: &[u8]) -> Result<(Format, Result<Parsed, Error>), Error> {
    let found = find(bytes)?;
    Ok((found.format(), found.parse()))
}

/// What the bytes are, or carry.
pub(crate) fn find(bytes: &[u8]) -> Result<Recognised<'_>, Error> {
    if let Some(error) = stranger::carried_as_text(bytes) {
        return Err(error);
    }
    let fault = match binary(bytes) {
        Ok(binary) => return Ok(Recognised::Binary(binary, bytes)),
        Err(fault) => fault,
    };
    if bytes.starts_with(&zip::MAGIC) {
        return Ok(Recognised::Zip(bytes));
    }
    if inventory_file::is_table(bytes) {
        return Ok(Recognised::Table(bytes));
    }
    let Some(text) = text::read(bytes) else {
        return Err(stranger::error(bytes, fault));
    };
    if pem::has_block(&text) {
        return match pem::is_pgp(&text) {
            true => Err(Error::NotRecognised { looks_like: "pgp" }),
            false => Ok(Recognised::Pem(text)),
        };
    }
    let pieces = base64_scan::find(&text);
    match pieces.is_empty() {
        true => Err(stranger::error(bytes, fault)),
        false => Ok(Recognised::Base64(pieces)),
    }
}

/// What bytes are that are no text and no archive.
///
/// # Errors
///
/// Why they are not BER, or `None` where they are, but nothing known.
pub(crate) fn binary(bytes: &[u8]) -> Result<Binary<'_>, Option<Fault>> {
    match bytes {
        _ if bytes.starts_with(&jks::MAGIC_JKS) => Ok(Binary::Jks(bytes)),
        _ if bytes.starts_with(&jks::MAGIC_JCEKS) => Ok(Binary::Jceks(bytes)),
        _ if bytes.starts_with(openssh::MAGIC) => Ok(Binary::OpenSsh(bytes)),
        _ if openssh::is_public_key(bytes) => Ok(Binary::OpenSshPublic(bytes)),
        _ => der(bytes).or_else(|fault| match bks::recognise(bytes) {
            Some(Format::Uber) => Ok(Binary::Uber(bytes)),
            Some(_) => Ok(Binary::Bks(bytes)),
            None => Err(fault),
        }),
    }
}

fn der(bytes: &[u8]) -> Result<Binary<'_>, Option<Fault>> {
    // Before a tree is made: a revocation list may have more entries than a tree may have nodes.
    if let Ok(crl) = Crl::read(bytes) {
        return Ok(Binary::Crl(crl));
    }
    let (node, _) = Node::parse_prefix(bytes)?;
    let kind = kind(&node).ok_or(None)?;
    Ok(kind(node))
}

/// What makes a tree into what it is a tree of.
type Kind<'a> = fn(Node<'a>) -> Binary<'a>;

fn kind<'a>(node: &Node<'a>) -> Option<Kind<'a>> {
    let parts = node.sequence().ok()?.rest();
    let names_algorithm =
        |node: &Node<'_>| node.nodes().first().is_some_and(|first| first.tag == OID);
    match parts {
        [version, info, ..]
            if version.tag == INTEGER && info.tag == SEQUENCE && names_algorithm(info) =>
        {
            match parts.get(2) {
                Some(third) if third.tag == OCTET_STRING => Some(Binary::PrivateKey),
                // MacData is a SEQUENCE, and optional.
                Some(third) if third.tag == SEQUENCE => Some(Binary::Pkcs12),
                None => Some(Binary::Pkcs12),
                _ => None,
            }
        }
        _ if private_key::shape(node).is_some() => Some(Binary::PrivateKey),
        _ if cms::is_content_info(node) => Some(Binary::Cms),
        _ if bcfks::is_store(node) => Some(Binary::Bcfks),
        _ if private_key::is_encrypted(node) => Some(Binary::EncryptedPkcs8),
        [algorithm, bits] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            Some(Binary::PublicKey)
        }
        _ if public_key::is_rsa(node) => Some(Binary::PublicKey),
        [first, algorithm, bits, ..] if names_algorithm(algorithm) && bits.tag == BIT_STRING => {
            signed(node, first)
        }
        _ => None,
    }
}

/// The two structures that are a part, an algorithm and a signature over the part.
fn signed<'a>(node: &Node<'a>, first: &Node<'_>) -> Option<Kind<'a>> {
    let tags: Vec<Tag> = first.nodes().iter().map(|part| part.tag).collect();
    match tags.as_slice() {
        _ if certificate::is_certificate(node) => Some(Binary::Certificate),
        // CertificationRequestInfo: the third part is a key, whose second part is a bit string.
        [INTEGER, SEQUENCE, SEQUENCE, ..]
            if first
                .nodes()
                .get(2)
                .and_then(|key| key.nodes().get(1))
                .is_some_and(|part| part.tag == BIT_STRING) =>
        {
            Some(Binary::Pkcs10)
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
    use crate::asn1::ber::TREES;

    #[test]
    fn a_time_of_parts_is_none() {
        let mut list = include_bytes!("../../tests/vectors/crl-openssl.crl").to_vec();
        assert_eq!(recognise(&list).unwrap(), Format::Crl);
        let time = list.windows(2).position(|pair| pair == [23, 13]).unwrap();
        list[time] |= 0x20;
        assert!(recognise(&list).is_err());
    }

    /// How many trees of all its bytes are made of a file until its structure is read, or refused.
    fn trees(bytes: &[u8], is_read: bool) -> usize {
        TREES.take();
        let parsed = parse(bytes).and_then(|(_, parsed)| parsed);
        assert_eq!(parsed.is_ok(), is_read);
        let trees = TREES.take();
        trees.iter().filter(|&&of| of == bytes.len()).count()
    }

    #[test]
    fn what_was_read_to_recognise_a_file_is_not_read_again() {
        for bytes in [
            include_bytes!("../../tests/vectors/x509-openssl-cert.cer").as_slice(),
            include_bytes!("../../tests/vectors/pkcs8-openssl-rsa-der.der"),
            include_bytes!("../../tests/vectors/pkcs12-openssl-all-plain-nomac.p12"),
            NSS,
        ] {
            assert_eq!(trees(bytes, true), 1);
            assert_eq!(trees(&bytes[..bytes.len() - 1], false), 1);
        }
        // Of a revocation list none is made at all.
        let list = include_bytes!("../../tests/vectors/crl-openssl.crl");
        assert_eq!(trees(list, true), 0);
    }

    /// Indefinite lengths: where the file ends shows only in its tree.
    const NSS: &[u8] = include_bytes!("../../tests/vectors/pkcs12-nss-default.p12");
}
