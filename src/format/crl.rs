//! Certificate revocation lists: RFC 5280, section 5.
//!
//! ```text
//! CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
//! TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer Name, thisUpdate, nextUpdate OPTIONAL,
//!                            revokedCertificates SEQUENCE OF Revoked OPTIONAL, crlExtensions [0] OPTIONAL }
//! Revoked ::= SEQUENCE { serial INTEGER, revocationDate, crlEntryExtensions OPTIONAL }
//! ```
//!
//! The lists of large CAs have hundreds of thousands of entries and tens of megabytes, so no tree is made of one: its
//! entries are walked over once.

use time::OffsetDateTime;
use x509_parser::extensions::ParsedExtension;

use crate::asn1::ber::{self, BIT_STRING, Fault, Flat, INTEGER, Node, SEQUENCE, Tag, oids};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::crypto::signature::{self, Verdict};
use crate::model::certificate::{Extension, extension, instant};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Crl;

oids! {
    REASON = 3: 2 5 29 21;
}

/// The reasons of CRLReason, by their numbers; 7 is not used.
const REASONS: [&str; 11] = [
    "unspecified",
    "key compromise",
    "CA compromise",
    "affiliation changed",
    "superseded",
    "cessation of operation",
    "certificate hold",
    "",
    "removed from the revocation list",
    "privilege withdrawn",
    "attribute authority compromise",
];

/// A revocation list, its parts borrowed.
pub struct Crl<'a> {
    der: &'a [u8],
    tbs: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
    issuer: &'a [u8],
    dated: bool,
    this_update: Option<OffsetDateTime>,
    next_update: Option<OffsetDateTime>,
    revoked: Option<Flat<'a>>,
    extensions: Option<&'a [u8]>,
}

/// One entry of a list.
pub(crate) struct Revoked<'a> {
    /// The serial number's bytes, without a leading zero byte.
    pub(crate) serial: &'a [u8],
    pub(crate) date: Option<OffsetDateTime>,
    extensions: Option<&'a [u8]>,
}

impl<'a> Crl<'a> {
    /// Reads a list but for its entries; bytes after its end are left out.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`] or [`Error::Damaged`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let read = Self::read(bytes).map_err(|fault| fault.of(WHAT))?;
        read.dated()?;
        Ok(read)
    }

    /// The list, if its dates are valid: a list without valid dates is of no use.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`].
    pub(crate) fn dated(&self) -> Result<&Self, Error> {
        match self.dated {
            true => Ok(self),
            false => Err(Error::Damaged {
                what: Some(WHAT),
                detail: "date-invalid".into(),
            }),
        }
    }

    /// Reads a list, whatever its dates say. That it is one shows in the third part of what is signed, or the fourth after a
    /// version: it is a time.
    pub(crate) fn read(bytes: &'a [u8]) -> ber::Result<Self> {
        let (whole, _) = Flat::parse_prefix(bytes)?;
        let mut outer = whole.tagged(SEQUENCE)?.inside();
        let mut next = || outer.next().unwrap_or(Err(MISSING));
        let (tbs, algorithm, signature) = (next()?.tagged(SEQUENCE)?, next()?, next()?);
        let mut parts = tbs.inside().peekable();
        // The version is there in version 2 alone.
        parts.next_if(|part| part.as_ref().is_ok_and(|part| part.tag == INTEGER));
        let mut next = || parts.next().unwrap_or(Err(MISSING));
        next()?.tagged(SEQUENCE)?;
        let issuer = next()?.tagged(SEQUENCE)?;
        let this_update = next()?;
        if !is_time(this_update) {
            return Err(Fault::Malformed("date-missing"));
        }
        let mut optional = |is: fn(Flat<'a>) -> bool| -> ber::Result<Option<Flat<'a>>> {
            parts
                .next_if(|part| part.as_ref().is_ok_and(|&part| is(part)))
                .transpose()
        };
        let next_update = optional(is_time)?;
        let revoked = optional(|node| node.tag == SEQUENCE)?;
        let extensions = optional(|node| node.tag == Tag::context(0))?;
        Ok(Self {
            der: whole.raw,
            tbs: tbs.raw,
            algorithm: algorithm.tagged(SEQUENCE)?.raw,
            signature: signature
                .tagged(BIT_STRING)?
                .contents
                .get(1..)
                .unwrap_or_default(),
            issuer: issuer.raw,
            dated: time(this_update).is_some()
                && next_update.is_none_or(|date| time(date).is_some()),
            this_update: time(this_update),
            next_update: next_update.and_then(time),
            revoked,
            extensions: extensions.map(|extensions| extensions.contents),
        })
    }

    /// The list, as it was read.
    pub fn der(&self) -> &'a [u8] {
        self.der
    }

    /// DER of the issuer's Name.
    pub fn issuer(&self) -> &'a [u8] {
        self.issuer
    }

    /// When it was made.
    pub fn this_update(&self) -> Option<OffsetDateTime> {
        self.this_update
    }

    /// When the next one comes at the latest.
    pub fn next_update(&self) -> Option<OffsetDateTime> {
        self.next_update
    }

    /// DER of the signature's AlgorithmIdentifier.
    pub(crate) fn algorithm(&self) -> &'a [u8] {
        self.algorithm
    }

    /// The entries, up to the first that is invalid.
    pub(crate) fn entries(&self) -> impl Iterator<Item = ber::Result<Revoked<'a>>> + use<'a> {
        let entry = |node: ber::Result<Flat<'a>>| {
            let node = node?.tagged(SEQUENCE)?;
            let mut parts = node.inside();
            let serial = parts.next().unwrap_or(Err(MISSING))?.tagged(INTEGER)?;
            let date = parts.next().unwrap_or(Err(MISSING))?;
            let serial = match serial.contents {
                [0, rest @ ..] if !rest.is_empty() => rest,
                all => all,
            };
            Ok(Revoked {
                serial,
                date: time(date),
                extensions: parts.next().transpose()?.map(|node| node.raw),
            })
        };
        self.revoked
            .into_iter()
            .flat_map(|list| list.inside())
            .map(entry)
    }

    /// The extensions of the list.
    pub(crate) fn with_extensions<T>(
        &self,
        look: impl Fn(&[Extension<'_>]) -> T,
    ) -> ber::Result<T> {
        match self.extensions {
            None => Ok(look(&[])),
            Some(extensions) => Ok(look(&extension::parse(&Node::parse(extensions)?)?)),
        }
    }

    /// What came of verifying its signature with the key of a SubjectPublicKeyInfo.
    pub(crate) fn verify(&self, spki: &[u8]) -> Verdict {
        signature::verify(spki, self.algorithm, self.tbs, self.signature)
    }
}

const MISSING: Fault = Fault::Malformed("element-missing");

impl Revoked<'_> {
    /// Why, in words; `None` where the list does not say.
    pub(crate) fn reason(&self) -> Option<&'static str> {
        let node = Node::parse(self.extensions?).ok()?;
        let extensions = extension::parse(&node).ok()?;
        let reason = extensions
            .iter()
            .find(|extension| extension.oid == REASON)?;
        let Some(ParsedExtension::ReasonCode(code)) = reason.read() else {
            return None;
        };
        REASONS
            .get(usize::from(code.0))
            .copied()
            .filter(|reason| !reason.is_empty())
    }
}

/// UTCTime or GeneralizedTime. One that holds parts is the Validity of a certificate, one bit of its tag changed.
fn is_time(node: Flat<'_>) -> bool {
    matches!(node.raw.first(), Some(23 | 24))
}

fn time(node: Flat<'_>) -> Option<OffsetDateTime> {
    instant(&Node::parse(node.raw).ok()?)
}
