//! What revocation lists revoke of the certificates that are here (RFC 5280, section 6.3).
//!
//! Each serial of a list is looked up among those that are here. A list that is stale, or that is not signed by its issuer,
//! is said to be so and used for nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::json;
use time::OffsetDateTime;

use crate::asn1::ber::Oid;
use crate::base::error::{Finding, Severity};
use crate::crypto::signature::Verdict;
use crate::format::crl::Crl;
use crate::judge::roots::roots;
use crate::model::certificate::extension::{self, IssuingPoint};
use crate::model::certificate::{Certificate, Extension, rfc3339};
use crate::model::name;
use crate::model::store::{EntryKind, Store};

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

/// Notes in a store what its lists revoke, and what is to be said of them.
pub fn revoke(store: &mut Store, at: OffsetDateTime) {
    let Revocations { revoked, findings } = revocations(store, at);
    let revoked: HashSet<&[u8]> = revoked.iter().map(|one| one.certificate.der()).collect();
    for held in &mut store.held {
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
    let issuer = name::display(crl.issuer());
    let refused = |severity, code, date: Option<OffsetDateTime>| {
        let data = json!({
            "issuer": issuer,
            "this_update": crl.this_update().and_then(rfc3339),
            "next_update": crl.next_update().and_then(rfc3339),
            "date": date.map(|date| date.date().to_string()),
        });
        Err(Finding::new(severity, code, data))
    };
    if let Some(code) = unsupported(crl) {
        return refused(Severity::Warning, code, None);
    }
    let here = certificates
        .iter()
        .filter(|one| name::same(one.subject(), crl.issuer()));
    let mut keys: Vec<&[u8]> = here.map(|one| one.spki()).collect();
    keys.extend(roots().named(crl.issuer()).map(|root| root.spki));
    if keys.is_empty() {
        return refused(Severity::Warning, "crl-issuer-missing", None);
    }
    if !keys.iter().any(|key| crl.verify(key) == Verdict::Right) {
        return refused(Severity::Error, "crl-signature", None);
    }
    match (crl.this_update(), crl.next_update()) {
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
                let Ok(point) = IssuingPoint::parse(extension.value) else {
                    return Some("crl-unsupported.unreadable");
                };
                let partial = [IssuingPoint::SOME_REASONS, IssuingPoint::INDIRECT];
                if point.parts.iter().any(|part| partial.contains(part)) {
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
        .filter(|one| name::same(one.issuer(), crl.issuer()));
    let wanted: HashMap<&[u8], &Arc<Certificate>> =
        issued.map(|one| (one.serial_digits(), one)).collect();
    let issuer = name::display(crl.issuer());
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
    let code = match crl.next_update() {
        Some(_) => "crl-used.until",
        None => "crl-used",
    };
    let data = json!({
        "issuer": issuer,
        "entries": count,
        "known": known,
        "next_update": crl.next_update().and_then(rfc3339),
        "date": crl.next_update().map(|next| next.date().to_string()),
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
