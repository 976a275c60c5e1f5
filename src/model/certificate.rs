//! Certificates: RFC 5280.
//!
//! ```text
//! Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature BIT STRING }
//! TBSCertificate ::= SEQUENCE { version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject,
//!                               subjectPublicKeyInfo, …, extensions [3] OPTIONAL }
//! ```
//!
//! [`Certificate::parse`] looks only for the fields that pairing and chain order need, so that a certificate with an odd date
//! or extension still goes where it belongs byte for byte. What its extensions say is read once, with x509-parser, when
//! somebody asks: [`Certificate::extensions`].

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::asn1::ber::{self, INTEGER, Node, SEQUENCE, Tag};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::crypto::algorithm::KeyAlgorithm;
use crate::crypto::digest::{Digest, hex, sha256_hex};
use crate::crypto::signature::{self, Verdict};
use crate::model::name;

pub(crate) mod extension;
mod extensions;

pub(crate) use extension::Extension;
pub use extensions::Extensions;

/// What a certificate is called in a message.
pub(crate) const WHAT: Format = Format::Certificate;

/// A certificate, byte for byte as it was read.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: Vec<u8>,
    serial: Range<usize>,
    issuer: Range<usize>,
    validity: Range<usize>,
    subject: Range<usize>,
    spki: Range<usize>,
    signature_algorithm: Range<usize>,
    self_signed: OnceLock<bool>,
    extensions: OnceLock<Box<Extensions>>,
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(test)]
        crate::base::counted::note(&crate::base::counted::COMPARED);
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der.hash(state);
    }
}

/// An e-mail address of a certificate and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Email {
    /// The address.
    pub address: String,
    /// Where it stands.
    pub from: EmailPlace,
}

/// Where a certificate says an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailPlace {
    /// In the subject alternative name.
    San,
    /// In the subject's emailAddress attribute.
    Subject,
}

impl Certificate {
    /// Reads a certificate; bytes after its end are left out.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`] or [`Error::Damaged`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (node, _) = Node::parse_prefix(bytes).map_err(|fault| fault.of(WHAT))?;
        Self::parse_node(&node)
    }

    /// Reads a certificate from its tree.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`].
    pub(crate) fn parse_node(node: &Node<'_>) -> Result<Self, Error> {
        Self::of_node(node).map_err(|fault| fault.of(WHAT))
    }

    /// Whether its names are in the characters that they say they are in; a keystore's key is worth more than this, a
    /// certificate that stands alone is nothing without it.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`].
    pub(crate) fn well_written(self) -> Result<Self, Error> {
        if [self.issuer(), self.subject()]
            .iter()
            .all(|name| name::is_well_written(name))
        {
            return Ok(self);
        }
        Err(Error::Damaged {
            what: Some(WHAT),
            detail: "name-utf8".into(),
        })
    }

    fn of_node(node: &Node<'_>) -> ber::Result<Self> {
        let start = node.raw.as_ptr() as usize;
        let range = |part: &Node<'_>| {
            let from = part.raw.as_ptr() as usize - start;
            from..from + part.raw.len()
        };
        let mut outer = node.sequence()?;
        let tbs = outer.next()?;
        let signature_algorithm = outer.next()?.tagged(SEQUENCE)?;
        outer.next()?.tagged(ber::BIT_STRING)?;
        let mut parts = tbs.sequence()?;
        parts.optional(Tag::context(0));
        let serial = parts.next()?.tagged(INTEGER)?;
        parts.next()?.tagged(SEQUENCE)?;
        let issuer = parts.next()?.tagged(SEQUENCE)?;
        let validity = parts.next()?.tagged(SEQUENCE)?;
        let subject = parts.next()?.tagged(SEQUENCE)?;
        let spki = parts.next()?.tagged(SEQUENCE)?;
        // A key that names no algorithm is no key; one that names an unknown one is.
        spki.sequence()?.next()?.sequence()?.next()?.oid()?;
        Ok(Self {
            der: node.raw.to_vec(),
            serial: range(serial),
            issuer: range(issuer),
            validity: range(validity),
            subject: range(subject),
            spki: range(spki),
            signature_algorithm: range(signature_algorithm),
            self_signed: OnceLock::new(),
            extensions: OnceLock::new(),
        })
    }

    /// The certificate, as it was read.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes of a part.
    #[expect(
        clippy::indexing_slicing,
        reason = "`of_node` takes each range from a part of these bytes"
    )]
    fn part(&self, range: &Range<usize>) -> &[u8] {
        &self.der[range.clone()]
    }

    /// DER of the issuer's Name.
    pub fn issuer(&self) -> &[u8] {
        self.part(&self.issuer)
    }

    /// DER of the subject's Name.
    pub fn subject(&self) -> &[u8] {
        self.part(&self.subject)
    }

    /// DER of the SubjectPublicKeyInfo.
    pub fn spki(&self) -> &[u8] {
        self.part(&self.spki)
    }

    /// The serial number in hexadecimal, without a leading zero byte.
    pub fn serial(&self) -> String {
        hex(self.serial_digits())
    }

    /// The serial number's bytes, without a leading zero byte.
    pub(crate) fn serial_digits(&self) -> &[u8] {
        let contents = Node::parse(self.part(&self.serial))
            .map(|node| node.contents())
            .unwrap_or_default();
        match contents {
            [0, rest @ ..] if !rest.is_empty() => rest,
            all => all,
        }
    }

    /// What a person would call the holder. A subject may be empty: then an e-mail address or a host of the subject
    /// alternative name, or the serial number, so that it is called something.
    pub fn name(&self) -> String {
        let found = name::display(self.subject());
        if !found.is_empty() {
            return found;
        }
        let extensions = self.extensions();
        let named = extensions.san_emails.first();
        named
            .or(extensions.san_host.as_ref())
            .cloned()
            .unwrap_or_else(|| format!("no name (serial {})", self.serial()))
    }

    /// Whether subject and issuer are one name.
    pub fn is_self_issued(&self) -> bool {
        name::same(self.subject(), self.issuer())
    }

    /// Whether its own key signed it; verified once.
    ///
    /// One name as subject and issuer does not say so: a CA that changes its key certifies the old key with the new one, under one
    /// name (RFC 4210, 4.4). Where the signature's algorithm is not supported this cannot be checked; then one name is taken for a
    /// signature by its own key, as it nearly always is, unless the key identifiers are those of two keys.
    pub fn is_self_signed(&self) -> bool {
        *self.self_signed.get_or_init(|| {
            let two_keys = || {
                let Extensions {
                    authority_key_id,
                    subject_key_id,
                    ..
                } = self.extensions();
                authority_key_id.is_some() && authority_key_id != subject_key_id
            };
            self.is_self_issued()
                && match self.verify(self.spki()) {
                    Verdict::Right => true,
                    Verdict::Wrong => false,
                    Verdict::Unknown(_) => !two_keys(),
                }
        })
    }

    /// The kind of key; its name is a question mark where the key cannot be read.
    pub fn algorithm(&self) -> KeyAlgorithm {
        let unknown = KeyAlgorithm {
            name: "?".into(),
            bits: None,
            curve: None,
        };
        KeyAlgorithm::of_spki(self.spki()).unwrap_or(unknown)
    }

    /// SHA-256 of the DER, in hexadecimal.
    pub fn sha256(&self) -> String {
        #[cfg(test)]
        crate::base::counted::note(&crate::base::counted::DIGESTED);
        sha256_hex(&self.der)
    }

    /// SHA-1 of the DER, in hexadecimal: what older consoles show.
    pub fn sha1(&self) -> String {
        hex(&Digest::Sha1.of(&[&self.der]))
    }

    /// Not before, not after; `None` for one that cannot be read.
    pub fn validity(&self) -> (Option<OffsetDateTime>, Option<OffsetDateTime>) {
        let Ok(node) = Node::parse(self.part(&self.validity)) else {
            return (None, None);
        };
        let at = |index: usize| node.nodes().get(index).and_then(instant);
        (at(0), at(1))
    }

    /// The name of the signature's algorithm, or its object identifier.
    pub fn signature_algorithm(&self) -> String {
        signature::name(self.signature_algorithm_der())
    }

    /// 1, 2 or 3.
    pub(crate) fn version(&self) -> u64 {
        let version = || -> ber::Result<u64> {
            let node = Node::parse(&self.der)?;
            let mut parts = node.sequence()?.next()?.sequence()?;
            match parts.optional(Tag::context(0)) {
                Some(version) => Ok(version
                    .explicit(Tag::context(0))?
                    .count()?
                    .saturating_add(1)),
                None => Ok(1),
            }
        };
        version().unwrap_or(1)
    }

    /// DER of the signature's AlgorithmIdentifier.
    pub(crate) fn signature_algorithm_der(&self) -> &[u8] {
        self.part(&self.signature_algorithm)
    }

    /// What came of verifying its signature with the key of a SubjectPublicKeyInfo. The algorithm must be the one that stands
    /// in what is signed too (RFC 5280, 4.1.1.2).
    pub(crate) fn verify(&self, spki: &[u8]) -> Verdict {
        let parts = || -> ber::Result<_> {
            let node = Node::parse(&self.der)?;
            let mut outer = node.sequence()?;
            let tbs = outer.next()?;
            let algorithm = outer.next()?.raw;
            let bits = outer.next()?.primitive(ber::BIT_STRING)?;
            let mut inner = tbs.sequence()?;
            inner.optional(Tag::context(0));
            inner.next()?;
            Ok((tbs.raw, inner.next()?.raw == algorithm, bits.get(1..)))
        };
        match parts() {
            Ok((tbs, true, Some(bits))) => {
                signature::verify(spki, self.signature_algorithm_der(), tbs, bits)
            }
            _ => Verdict::Wrong,
        }
    }

    /// The extensions in their order; empty where there are no extensions.
    pub(crate) fn raw_extensions(&self) -> ber::Result<Vec<Extension<'_>>> {
        let node = Node::parse(&self.der)?;
        let tbs = node.sequence()?.next()?;
        let tagged = tbs.nodes().iter().find(|part| part.tag == Tag::context(3));
        match tagged {
            Some(tagged) => extension::parse(tagged.explicit(Tag::context(3))?),
            None => Ok(Vec::new()),
        }
    }

    /// Whether x509-parser reads it whole: every field, its dates and names too, keeps the standard.
    pub(crate) fn is_well_formed(&self) -> bool {
        X509Certificate::from_der(&self.der).is_ok()
    }

    /// What the extensions say, read when it is asked for first.
    pub fn extensions(&self) -> &Extensions {
        self.extensions.get_or_init(|| {
            let list = self.raw_extensions().ok();
            Box::new(Extensions::of(list.as_deref()))
        })
    }

    /// The e-mail addresses, those of the subject alternative name first.
    pub fn emails(&self) -> Vec<Email> {
        let san = self.extensions().san_emails.iter().cloned();
        let san = san.map(|address| Email {
            address,
            from: EmailPlace::San,
        });
        let subject = name::values(self.subject(), name::EMAIL_ADDRESS).into_iter();
        san.chain(subject.map(|address| Email {
            address,
            from: EmailPlace::Subject,
        }))
        .collect()
    }
}

/// UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5).
pub(crate) fn instant(node: &Node<'_>) -> Option<OffsetDateTime> {
    let text = std::str::from_utf8(node.contents()).ok()?;
    let (year, rest) = match node.tag {
        tag if tag == Tag::universal(23) => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        tag if tag == Tag::universal(24) => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    // RFC 5280 wants Z; certificates from before it may have a difference from UTC.
    let (digits, zone) = rest.split_at(rest.find(['Z', '+', '-'])?);
    let ahead = offset(zone)?;
    let two = |at: usize| -> Option<u8> { digits.get(at..at + 2)?.parse().ok() };
    let month = time::Month::try_from(two(0)?).ok()?;
    let date = time::Date::from_calendar_date(year, month, two(2)?).ok()?;
    // Seconds are required by the standard and left out by some old programs.
    let seconds = if digits.len() == 8 { 0 } else { two(8)? };
    let time = time::Time::from_hms(two(4)?, two(6)?, seconds).ok()?;
    let instant = time::PrimitiveDateTime::new(date, time).assume_utc();
    instant.checked_sub(ahead)
}

/// How far a zone is ahead of UTC: `Z`, `+hhmm`, `-hhmm`.
fn offset(zone: &str) -> Option<time::Duration> {
    if zone == "Z" {
        return Some(time::Duration::ZERO);
    }
    let minutes = zone.get(3..5).filter(|_| zone.len() == 5)?;
    let (hours, minutes): (i64, i64) = (zone.get(1..3)?.parse().ok()?, minutes.parse().ok()?);
    let ahead = time::Duration::minutes(hours * 60 + minutes);
    Some(if zone.starts_with('-') { -ahead } else { ahead })
}

/// Whether this looks like a certificate: SEQUENCE { SEQUENCE { …, Name, SEQUENCE, Name, SEQUENCE … }, SEQUENCE, BIT STRING }.
pub(crate) fn is_certificate(node: &Node<'_>) -> bool {
    Certificate::of_node(node).is_ok()
}

/// An RFC 3339 text of an instant.
pub(crate) fn rfc3339(instant: OffsetDateTime) -> Option<String> {
    instant
        .format(&time::format_description::well_known::Rfc3339)
        .ok()
}

#[cfg(test)]
mod tests;
