//! Findings: what a target will refuse of an identity, and what to do about it. Nothing here stops anything.

use serde_json::json;
use time::OffsetDateTime;

use crate::base::error::{Finding, Severity};
use crate::judge::chain::{Chain, verdicts};
use crate::judge::validity::Validity;
use crate::model::certificate::{Certificate, rfc3339};
use crate::model::store::{Entry, EntryKind, Store};
use crate::target::{Asks, Takes, Target};

mod anaplan;
mod key;
mod server;
mod strangers;
mod trust;

pub(crate) use strangers::strangers;

/// What a target and the calendar have against each entry; `at` is the instant it is judged for. Without a target it is what is
/// true for any system.
pub fn check(store: &Store, target: Option<&Target>, at: OffsetDateTime) -> Vec<Finding> {
    check_some(store, target, at, &|_| true)
}

/// As [`check`], for some of the entries.
fn check_some(
    store: &Store,
    target: Option<&Target>,
    at: OffsetDateTime,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Finding> {
    let about = |finding: &&Finding| finding.entry.is_none_or(wanted);
    let mut findings: Vec<Finding> = store.findings.iter().filter(about).cloned().collect();
    let entries = store.entries.iter().enumerate();
    for (index, entry) in entries.filter(|&(index, _)| wanted(index)) {
        let of_entry = check_entry(entry, target, at)
            .into_iter()
            .map(|mut finding| {
                finding.entry = Some(index);
                finding
            });
        findings.extend(of_entry);
    }
    findings
}

/// What is said of some entries, with what the target has against where their chains end.
pub(crate) fn judge(
    store: &Store,
    target: &Target,
    at: OffsetDateTime,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Finding> {
    let mut findings = check_some(store, Some(target), at, wanted);
    for (index, chain) in verdicts(store, at, wanted).iter().enumerate() {
        findings.extend(of_chain(index, chain.as_ref(), target));
    }
    findings
}

/// What the target has against where the chain of an entry ends.
pub(crate) fn of_chain(index: usize, chain: Option<&Chain>, target: &Target) -> Option<Finding> {
    // An authority is not judged as the certificate of a user.
    let authority = |chain: &&Chain| {
        let leaf = chain.links.first();
        leaf.is_some_and(|leaf| leaf.extensions().ca)
    };
    let mut finding = trust::check(chain.filter(|chain| !authority(chain))?, target)?;
    finding.entry = Some(index);
    Some(finding)
}

fn check_entry(entry: &Entry, target: Option<&Target>, at: OffsetDateTime) -> Vec<Finding> {
    match &entry.kind {
        EntryKind::PrivateKey { key, chain } => match (chain.first(), target) {
            (Some(leaf), _) => check_certificate(leaf, target, at),
            (None, Some(target)) => {
                let lone = key::check(key.algorithm(), target);
                lone.into_iter().chain(no_certificate(target)).collect()
            }
            (None, None) => Vec::new(),
        },
        EntryKind::Certificate(certificate) if !certificate.extensions().ca => {
            let mut findings: Vec<Finding> = target.map(no_key).unwrap_or_default();
            findings.extend(check_certificate(certificate, target, at));
            findings
        }
        _ => Vec::new(),
    }
}

/// A key that awaits its certificate, where the target has a use for one.
fn no_certificate(target: &Target) -> Option<Finding> {
    let wanted = target.by_hand()
        || target
            .files
            .iter()
            .any(|file| file.format.needs_certificate());
    wanted.then(|| Finding::new(Severity::Error, "key-without-certificate", json!({})))
}

/// A certificate that awaits its key, where the target has a use for one.
fn no_key(target: &Target) -> Vec<Finding> {
    let certificates = target.takes == Takes::Certificates;
    let wanted = target.by_hand() || target.files.iter().any(|file| file.format.takes_key());
    if certificates || !wanted {
        return Vec::new();
    }
    vec![Finding::new(
        Severity::Warning,
        "no-private-key.certificate",
        json!({}),
    )]
}

fn check_certificate(
    certificate: &Certificate,
    target: Option<&Target>,
    at: OffsetDateTime,
) -> Vec<Finding> {
    let extensions = certificate.extensions();
    let mut findings = Vec::new();
    if !certificate.is_well_formed() {
        findings.push(Finding::new(
            Severity::Warning,
            "certificate-unreadable",
            json!({}),
        ));
    }
    findings.extend(check_validity(certificate, at));
    let Some(target) = target else {
        return findings;
    };
    findings.extend(check_length(certificate, target));
    findings.extend(key::check(&certificate.algorithm(), target));
    findings.extend(match target.asks {
        Asks::Anaplan => anaplan::check(certificate, extensions),
        Asks::Nothing => Vec::new(),
        Asks::Server => server::check(certificate, extensions),
    });
    findings
}

fn check_validity(certificate: &Certificate, at: OffsetDateTime) -> Option<Finding> {
    let (not_before, not_after) = certificate.validity();
    let (severity, code, date) = match Validity::of(certificate, at) {
        Validity::Expired { until } => (Severity::Error, "expired", until),
        Validity::ExpiresSoon { until } => {
            let code = match (until - at).whole_days() {
                0 => "expires-soon.today",
                1 => "expires-soon.tomorrow",
                _ => "expires-soon",
            };
            (Severity::Warning, code, until)
        }
        Validity::NotYetValid { from } => (Severity::Error, "not-yet-valid", from),
        Validity::Unreadable => {
            let code = "validity-unreadable";
            return Some(Finding::new(Severity::Error, code, json!({})));
        }
        Validity::Valid => return None,
    };
    let data = json!({
        "not_before": not_before.and_then(rfc3339),
        "not_after": not_after.and_then(rfc3339),
        "at": rfc3339(at),
        "date": date.date().to_string(),
        "days": not_after.map(|until| (until - at).whole_days()),
    });
    Some(Finding::new(severity, code, data))
}

/// Some targets take no certificate that is valid for too long.
fn check_length(certificate: &Certificate, target: &Target) -> Option<Finding> {
    let (Some(limit), (Some(not_before), Some(not_after))) = (target.days, certificate.validity())
    else {
        return None;
    };
    let days = (not_after - not_before).whole_days();
    (days > limit).then(|| {
        Finding::new(
            Severity::Error,
            "validity-too-long",
            json!({ "days": days, "limit": limit, "target": target.name }),
        )
    })
}
