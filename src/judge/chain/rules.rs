//! The rules that each link keeps (RFC 5280, 6.1), from the root down.

use serde_json::json;
use time::OffsetDateTime;

use super::constraints;
use super::link::Link;
use crate::base::error::{Finding, Severity};
use crate::crypto::digest::Digest;
use crate::judge::roots::Root;
use crate::model::certificate::rfc3339;

/// anyExtendedKeyUsage
const ANY_PURPOSE: &[u8] = &[0x55, 0x1d, 0x25, 0];

/// Whether an instant is between both dates.
pub(super) fn is_valid_at(link: &Link, at: OffsetDateTime) -> bool {
    matches!((link.not_before, link.not_after), (Some(from), Some(to)) if from <= at && at <= to)
}

/// What stands against a chain whose signatures are right, end-entity first. `public` is the root of Mozilla's list that it
/// leads to, which may stand at its end or not.
pub(super) fn judge(links: &[&Link], public: Option<&Root>, at: OffsetDateTime) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (depth, link) in links.iter().enumerate() {
        let name = link.certificate.name();
        findings.extend(validity(link, &name, at));
        if link.unreadable {
            findings.push(error("extensions-unreadable", &name));
        }
        if let Some(oid) = &link.unknown_critical {
            findings.push(Finding::new(
                Severity::Error,
                "critical-extension",
                json!({ "certificate": name, "oid": oid }),
            ));
        }
        if depth > 0 {
            let between = links[1..depth]
                .iter()
                .filter(|link| !link.is_self_issued())
                .count();
            findings.extend(authority(
                link,
                &name,
                between as u64,
                depth + 1 == links.len(),
            ));
        }
        findings.extend(strength(
            link,
            &name,
            is_top(link, public, depth, links.len()),
        ));
    }
    if let Some(root) = public {
        if let Some(end) = root.not_after.filter(|end| *end < at) {
            let data = json!({ "certificate": root.name(), "date": end.date().to_string() });
            findings.push(Finding::new(Severity::Error, "expired.root", data));
        }
        if let Some(constraints) = root.name_constraints {
            findings.extend(constrained(constraints, &root.name(), links));
        }
    }
    for (depth, link) in links.iter().enumerate() {
        if let Some(constraints) = &link.name_constraints {
            findings.extend(constrained(
                constraints,
                &link.certificate.name(),
                &links[..depth],
            ));
        }
    }
    findings.extend(purposes(links));
    findings
}

/// A root is trusted for what it is: the strength of its own signature says nothing.
fn is_top(link: &Link, public: Option<&Root>, depth: usize, length: usize) -> bool {
    depth + 1 == length
        && (public.is_some_and(|root| root.spki == link.certificate.spki())
            || link.is_self_issued())
}

fn validity(link: &Link, name: &str, at: OffsetDateTime) -> Option<Finding> {
    let (Some(from), Some(to)) = (link.not_before, link.not_after) else {
        return Some(error("validity-unreadable.chain", name));
    };
    let (code, date) = match at {
        at if at < from => ("not-yet-valid.chain", from),
        at if at > to => ("expired.chain", to),
        _ => return None,
    };
    let data = json!({
        "certificate": name,
        "not_before": rfc3339(from),
        "not_after": rfc3339(to),
        "at": rfc3339(at),
        "date": date.date().to_string(),
    });
    Some(Finding::new(Severity::Error, code, data))
}

/// What a CA must say of itself. A root of version 1, as old ones are, says nothing and is trusted as it is.
fn authority(link: &Link, name: &str, below: u64, last: bool) -> Option<Finding> {
    let old_root = last && !link.extended && link.is_self_issued();
    if !link.ca && !old_root {
        return Some(error("not-a-ca", name));
    }
    if !link.signs_certificates {
        return Some(error("ca-key-usage", name));
    }
    let limit = link.path_length.filter(|limit| below > *limit)?;
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
        let data = json!({ "certificate": name, "authority": authority, "name": broken });
        Some(Finding::new(Severity::Error, "name-constraints", data))
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
    let any = |purposes: &[Vec<u8>]| purposes.iter().any(|purpose| purpose == ANY_PURPOSE);
    let mut left: Option<Vec<Vec<u8>>> = None;
    for link in links {
        // The purposes of a root restrict nothing: it is trusted by a list, and the list says for what.
        let Some(purposes) = link.purposes.as_ref().filter(|purposes| !any(purposes)) else {
            continue;
        };
        let kept: Vec<Vec<u8>> = match &left {
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

/// What may be refused although it verifies.
fn strength(link: &Link, name: &str, root: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let warn = |code, data| Finding::new(Severity::Warning, code, data);
    if let Some(digest) = link.digest().filter(|digest| !root && is_weak(*digest)) {
        findings.push(warn(
            "weak-signature",
            json!({ "certificate": name, "digest": digest.name() }),
        ));
    }
    let key = link.certificate.algorithm();
    let least = match key.name.as_str() {
        "RSA" | "RSA-PSS" | "DSA" => 2048,
        "EC" => 224,
        _ => 0,
    };
    if key.bits.is_some_and(|bits| bits < least) {
        findings.push(warn(
            "weak-key",
            json!({ "certificate": name, "bits": key.bits, "key": key.words() }),
        ));
    }
    findings
}

fn is_weak(digest: Digest) -> bool {
    matches!(
        digest,
        Digest::Md2 | Digest::Md4 | Digest::Md5 | Digest::Sha1
    )
}

fn error(code: &'static str, certificate: &str) -> Finding {
    Finding::new(Severity::Error, code, json!({ "certificate": certificate }))
}
