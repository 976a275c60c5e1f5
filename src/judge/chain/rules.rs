//! The rules that each link keeps (RFC 5280, 6.1), from the root down.

use serde_json::json;
use time::OffsetDateTime;

use super::constraints;
use super::link::Link;
use crate::base::error::{Finding, Severity};
use crate::judge::roots::Root;
use crate::judge::strength::{Weakness, weaknesses};
use crate::judge::validity::Validity;
use crate::model::certificate::rfc3339;

/// What stands against a chain whose signatures are right, end-entity first. `public` is the root of Mozilla's list that it
/// leads to, which may stand at its end or not. `rooted` says that the last link is a root: a trusted one, or one that signed
/// itself.
pub(super) fn judge(
    links: &[&Link],
    public: Option<&Root>,
    rooted: bool,
    at: OffsetDateTime,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_root = |depth| rooted && depth + 1 == links.len();
    for (depth, link) in links.iter().enumerate() {
        let name = link.certificate.name();
        findings.extend(validity(link, &name, at));
        if link.extensions().unreadable {
            findings.push(error("extensions-unreadable", &name));
        }
        if let Some(oid) = link.unknown_critical() {
            findings.push(Finding::new(
                Severity::Error,
                "critical-extension",
                json!({ "certificate": name, "oid": oid }),
            ));
        }
        if depth > 0 {
            let between = links
                .iter()
                .take(depth)
                .skip(1)
                .filter(|link| !link.is_self_issued())
                .count();
            findings.extend(authority(link, &name, between as u64, is_root(depth)));
        }
        findings.extend(strength(link, &name, is_root(depth)));
    }
    if let Some(root) = public {
        if let Validity::Expired { until } = Validity::between((None, root.not_after), at) {
            let data = json!({ "certificate": root.name(), "date": until.date().to_string() });
            findings.push(Finding::new(Severity::Error, "expired.root", data));
        }
        if let Some(constraints) = root.name_constraints {
            findings.extend(constrained(constraints, &root.name(), links));
        }
    }
    for (depth, link) in links.iter().enumerate() {
        if let Some(constraints) = &link.extensions().name_constraints {
            findings.extend(constrained(
                constraints,
                &link.certificate.name(),
                links.get(..depth).unwrap_or_default(),
            ));
        }
    }
    findings.extend(purposes(links));
    findings
}

fn validity(link: &Link, name: &str, at: OffsetDateTime) -> Option<Finding> {
    let (code, date) = match Validity::between(link.dates, at) {
        Validity::Expired { until } => ("expired.chain", until),
        Validity::ExpiresSoon { .. } | Validity::Valid => return None,
        Validity::NotYetValid { from } => ("not-yet-valid.chain", from),
        Validity::Unreadable => return Some(error("validity-unreadable.chain", name)),
    };
    let (from, until) = link.dates;
    let data = json!({
        "certificate": name,
        "not_before": from.and_then(rfc3339),
        "not_after": until.and_then(rfc3339),
        "at": rfc3339(at),
        "date": date.date().to_string(),
    });
    Some(Finding::new(Severity::Error, code, data))
}

/// What a CA must say of itself. A root of version 1, as old ones are, says nothing and is trusted as it is.
fn authority(link: &Link, name: &str, below: u64, root: bool) -> Option<Finding> {
    let old_root = root && !link.extended;
    if !link.extensions().ca && !old_root {
        return Some(error("not-a-ca", name));
    }
    if !link.signs_certificates() {
        return Some(error("ca-key-usage", name));
    }
    let limit = link.extensions().path_length;
    let limit = limit.filter(|limit| below > u64::from(*limit))?;
    let data = json!({ "certificate": name, "limit": limit, "below": below });
    Some(Finding::new(Severity::Error, "path-length", data))
}

fn constrained(constraints: &[u8], authority: &str, below: &[&Link]) -> Vec<Finding> {
    // A CA that renews itself may have a name that its own constraints do not allow; the end-entity never.
    let bound = below
        .iter()
        .enumerate()
        .filter(|(depth, link)| *depth == 0 || !link.is_self_issued());
    let broken = bound.filter_map(|(_, link)| {
        let broken = constraints::broken(constraints, link)?;
        let name = link.certificate.name();
        let code = match broken {
            Some(_) => "name-constraints",
            None => "name-constraints.unreadable",
        };
        let data = json!({ "certificate": name, "authority": authority, "name": broken });
        Some(Finding::new(Severity::Error, code, data))
    });
    let broken: Vec<Finding> = broken.collect();
    if !broken.is_empty() || below.is_empty() {
        return broken;
    }
    vec![Finding::new(
        Severity::Info,
        "name-constraints-kept",
        json!({ "authority": authority }),
    )]
}

/// Purposes nest: what a CA may not issue for, its certificates are not good for.
fn purposes(links: &[&Link]) -> Option<Finding> {
    let any = |purposes: &[String]| purposes.iter().any(|one| one == "anyExtendedKeyUsage");
    let mut left: Option<Vec<String>> = None;
    for link in links {
        // The purposes of a root restrict nothing: it is trusted by a list, and the list says for what.
        let purposes = link.extensions().extended_key_usage.as_ref();
        let Some(purposes) = purposes.filter(|purposes| !any(purposes)) else {
            continue;
        };
        let kept: Vec<String> = match &left {
            None => purposes.clone(),
            Some(left) => left
                .iter()
                .filter(|purpose| purposes.contains(purpose))
                .cloned()
                .collect(),
        };
        if kept.is_empty() {
            let name = link.certificate.name();
            return Some(error("purpose-nesting", &name));
        }
        left = Some(kept);
    }
    None
}

/// What may be refused although it verifies. A root is trusted for what it is: the strength of its own signature says nothing.
fn strength(link: &Link, name: &str, root: bool) -> Vec<Finding> {
    let finding = |weakness| {
        let (code, data) = match weakness {
            Weakness::Key(bits) => {
                let key = link.certificate.algorithm().words();
                let data = json!({ "certificate": name, "bits": bits, "key": key });
                ("weak-key", data)
            }
            Weakness::Signature(digest) => {
                let data = json!({ "certificate": name, "digest": digest.name() });
                ("weak-signature", data)
            }
        };
        Finding::new(Severity::Warning, code, data)
    };
    let found = weaknesses(&link.certificate, || root);
    found.into_iter().map(finding).collect()
}

fn error(code: &'static str, certificate: &str) -> Finding {
    Finding::new(Severity::Error, code, json!({ "certificate": certificate }))
}
