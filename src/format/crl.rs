//! Certificate revocation lists: RFC 5280, section 5. What they revoke of the certificates that are here.
//!
//! ```text
//! CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
//! TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer Name, thisUpdate, nextUpdate OPTIONAL,
//!                            revokedCertificates SEQUENCE OF Revoked OPTIONAL, crlExtensions [0] OPTIONAL }
//! Revoked ::= SEQUENCE { serial INTEGER, revocationDate, crlEntryExtensions OPTIONAL }
//! ```
//!
//! The lists of large CAs have hundreds of thousands of entries and tens of megabytes, so no tree is made of one: its
//! entries are walked over once, and each serial is looked up among those that are here. A list that is stale, or that is
//! not signed by its issuer, is said to be so and used for nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::asn1::ber::{self, BIT_STRING, Fault, Flat, INTEGER, Node, Oid, SEQUENCE, Tag, oids};
use crate::base::error::{Error, Finding, Severity};
use crate::base::format::Format;
use crate::crypto::signature::{self, Verdict};
use crate::judge::roots::roots;
use crate::model::certificate::{Certificate, Extension, extension, instant, rfc3339};
use crate::model::name;
use crate::model::store::{EntryKind, Store};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Crl;

oids! {
    REASON = 3: 2 5 29 21;
}

/// The reasons of CRLReason, by their numbers; 7 is none.
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

/// Whether these bytes begin a list: the third part of what is signed, or the fourth after a version, is a time.
pub(crate) fn is_crl(bytes: &[u8]) -> bool {
    Crl::read(bytes).is_ok()
}

impl<'a> Crl<'a> {
    /// Reads a list but for its entries; bytes after its end are left out.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`] or [`Error::Damaged`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let read = Self::read(bytes).map_err(|fault| fault.of(WHAT))?;
        // Nobody can rely on a list whose dates are none.
        match read.dated {
            true => Ok(read),
            false => Err(Error::Damaged {
                what: Some(WHAT),
                detail: "a date in it is none".into(),
            }),
        }
    }

    fn read(bytes: &'a [u8]) -> ber::Result<Self> {
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
            return Err(Fault::Malformed("it has no date"));
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

    /// The entries, up to the first that is none.
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

const MISSING: Fault = Fault::Malformed("a part is missing");

impl Revoked<'_> {
    /// Why, in words; `None` where the list does not say.
    pub(crate) fn reason(&self) -> Option<&'static str> {
        let node = Node::parse(self.extensions?).ok()?;
        let extensions = extension::parse(&node).ok()?;
        let reason = extensions
            .iter()
            .find(|extension| extension.oid == REASON)?;
        let number = Node::parse(reason.value)
            .ok()?
            .contents()
            .first()
            .copied()?;
        REASONS
            .get(usize::from(number))
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

/// A certificate of the store that a list revokes.
pub struct Revocation {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// From when.
    pub date: Option<OffsetDateTime>,
    /// Why, in words.
    pub reason: Option<&'static str>,
}

/// What the lists of a store say.
#[derive(Default)]
pub struct Revocations {
    /// The certificates that are revoked.
    pub revoked: Vec<Revocation>,
    /// One of each list, and one of each certificate that is revoked.
    pub findings: Vec<Finding>,
}

impl Revocations {
    /// What a person sees of them.
    pub fn to_json(&self) -> Value {
        let revoked = self.revoked.iter().map(|one| {
            json!({
                "sha256": one.certificate.sha256(),
                "date": one.date.and_then(rfc3339),
                "reason": one.reason,
            })
        });
        json!({ "revoked": revoked.collect::<Vec<_>>(), "findings": self.findings })
    }
}

/// Notes in a store what its lists revoke, and what is to be said of them.
pub fn revoke(store: &mut Store, at: OffsetDateTime) {
    let Revocations { revoked, findings } = revocations(store, at);
    let revoked: HashSet<&[u8]> = revoked.iter().map(|one| one.certificate.der()).collect();
    for held in &mut store.certificates {
        held.revoked = revoked.contains(held.certificate.der());
    }
    store.findings.extend(findings);
}

/// Looks every certificate of the store up in the lists of its issuer that are in the store too, at an instant.
pub fn revocations(store: &Store, at: OffsetDateTime) -> Revocations {
    let mut found = Revocations::default();
    let certificates = store.certificates();
    for (index, entry) in store.entries.iter().enumerate() {
        let EntryKind::Crl(der) = &entry.kind else {
            continue;
        };
        let Ok(crl) = Crl::parse(der) else { continue };
        let judged = match usable(&crl, &certificates, at) {
            Ok(()) => look_up(&crl, &certificates, store, &mut found),
            Err(finding) => finding,
        };
        found.findings.push(Finding {
            entry: Some(index),
            ..judged
        });
    }
    found
}

/// Whether a list may be used: of its issuer, of now, and of a kind that is understood.
fn usable(
    crl: &Crl<'_>,
    certificates: &[Arc<Certificate>],
    at: OffsetDateTime,
) -> Result<(), Finding> {
    let issuer = name::display(crl.issuer);
    let refused = |severity, code, date: Option<OffsetDateTime>| {
        let data = json!({
            "issuer": issuer,
            "this_update": crl.this_update.and_then(rfc3339),
            "next_update": crl.next_update.and_then(rfc3339),
            "date": date.map(|date| date.date().to_string()),
        });
        Err(Finding::new(severity, code, data))
    };
    if let Some(code) = unsupported(crl) {
        return refused(Severity::Warning, code, None);
    }
    let here = certificates
        .iter()
        .filter(|one| name::same(one.subject(), crl.issuer));
    let mut keys: Vec<&[u8]> = here.map(|one| one.spki()).collect();
    keys.extend(roots().named(crl.issuer).map(|root| root.spki));
    if keys.is_empty() {
        return refused(Severity::Warning, "crl-issuer-missing", None);
    }
    if !keys.iter().any(|key| crl.verify(key) == Verdict::Right) {
        return refused(Severity::Error, "crl-signature", None);
    }
    match (crl.this_update, crl.next_update) {
        (Some(from), _) if at < from => refused(Severity::Warning, "crl-not-yet", Some(from)),
        (_, Some(next)) if at > next => refused(Severity::Warning, "crl-stale", Some(next)),
        _ => Ok(()),
    }
}

/// The code for a kind of list whose rules are not kept here.
fn unsupported(crl: &Crl<'_>) -> Option<&'static str> {
    const UNDERSTOOD: [Oid<'static>; 3] = [
        extension::AUTHORITY_KEY_ID,
        extension::CRL_NUMBER,
        extension::ISSUING_DISTRIBUTION_POINT,
    ];
    let look = |extensions: &[Extension<'_>]| {
        for extension in extensions {
            if extension.oid == extension::DELTA_CRL {
                return Some("crl-unsupported.delta");
            }
            if extension.oid == extension::ISSUING_DISTRIBUTION_POINT {
                let node = Node::parse(extension.value).ok();
                let parts = node.as_ref().map_or(&[][..], Node::nodes);
                let set = |number| {
                    parts
                        .iter()
                        .any(|part| part.tag == Tag::context(number) && part.contents() != [0])
                };
                // onlySomeReasons, indirectCRL
                if set(3) || set(4) {
                    return Some("crl-unsupported.partial");
                }
            }
            if extension.critical && !UNDERSTOOD.contains(&extension.oid) {
                return Some("crl-unsupported.extension");
            }
        }
        None
    };
    crl.with_extensions(look)
        .unwrap_or(Some("crl-unsupported.unreadable"))
}

/// Walks over the entries once, and notes those that are of certificates that are here.
fn look_up(
    crl: &Crl<'_>,
    certificates: &[Arc<Certificate>],
    store: &Store,
    found: &mut Revocations,
) -> Finding {
    let issued = certificates
        .iter()
        .filter(|one| name::same(one.issuer(), crl.issuer));
    let wanted: HashMap<&[u8], &Arc<Certificate>> =
        issued.map(|one| (one.serial_digits(), one)).collect();
    let issuer = name::display(crl.issuer);
    let mut count = 0_u64;
    for entry in crl.entries() {
        let Ok(entry) = entry else {
            return Finding::new(
                Severity::Warning,
                "crl-unreadable",
                json!({ "issuer": issuer, "entries": count }),
            );
        };
        count += 1;
        if let Some(certificate) = wanted.get(entry.serial) {
            let revocation = Revocation {
                certificate: (*certificate).clone(),
                date: entry.date,
                reason: entry.reason(),
            };
            found.findings.extend(of_revocation(&revocation, store));
            found.revoked.push(revocation);
        }
    }
    let known = wanted.len();
    let code = match crl.next_update {
        Some(_) => "crl-used.until",
        None => "crl-used",
    };
    let data = json!({
        "issuer": issuer,
        "entries": count,
        "known": known,
        "next_update": crl.next_update.and_then(rfc3339),
        "date": crl.next_update.map(|next| next.date().to_string()),
    });
    Finding::new(Severity::Info, code, data)
}

/// One finding for each entry that the certificate is in.
fn of_revocation(revocation: &Revocation, store: &Store) -> Vec<Finding> {
    let name = revocation.certificate.name();
    let code = match (revocation.date, revocation.reason) {
        (Some(_), Some(_)) => "revoked.reason",
        (Some(_), None) => "revoked",
        (None, Some(_)) => "revoked.undated-reason",
        (None, None) => "revoked.undated",
    };
    let holds = |kind: &EntryKind| match kind {
        EntryKind::Certificate(certificate) => *certificate == revocation.certificate,
        EntryKind::PrivateKey { chain, .. } => chain.contains(&revocation.certificate),
        _ => false,
    };
    let entries = store
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| holds(&entry.kind));
    let data = json!({
        "certificate": name,
        "date": revocation.date.map(|date| date.date().to_string()),
        "reason": revocation.reason,
    });
    entries
        .map(|(index, _)| Finding {
            entry: Some(index),
            ..Finding::new(Severity::Error, code, data.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests;
