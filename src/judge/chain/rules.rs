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
            findings.push(error(
                "extensions-unreadable",
                format!("the extensions of “{name}” break the standard"),
                "ask the CA for a corrected certificate",
                &name,
            ));
        }
        if let Some(oid) = &link.unknown_critical {
            findings.push(error(
                "critical-extension",
                format!(
                    "“{name}” has the extension {oid}, which must be understood and is not known"
                ),
                "use the certificate with the system it was made for, or ask the CA for another",
                &name,
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
        if root.not_after.is_some_and(|end| end < at) {
            let name = root.name();
            findings.push(error(
                "expired",
                format!("the root “{name}” has expired"),
                RENEW,
                &name,
            ));
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

const RENEW: &str = "ask the CA for a certificate with a chain that is valid";

/// A root is trusted for what it is: the strength of its own signature says nothing.
fn is_top(link: &Link, public: Option<&Root>, depth: usize, length: usize) -> bool {
    depth + 1 == length
        && (public.is_some_and(|root| root.spki == link.certificate.spki())
            || link.is_self_issued())
}

fn validity(link: &Link, name: &str, at: OffsetDateTime) -> Option<Finding> {
    let (Some(from), Some(to)) = (link.not_before, link.not_after) else {
        let message = format!("the dates of “{name}” cannot be read");
        return Some(error(
            "validity-unreadable",
            message,
            "ask the CA for a corrected certificate",
            name,
        ));
    };
    let data = json!({ "certificate": name, "not_before": rfc3339(from), "not_after": rfc3339(to), "at": rfc3339(at) });
    let (code, message, hint) = match at {
        at if at < from => (
            "not-yet-valid",
            format!("“{name}” is valid only from {}", from.date()),
            "wait until then, and check the clock of this machine",
        ),
        at if at > to => (
            "expired",
            format!("“{name}” expired on {}", to.date()),
            RENEW,
        ),
        _ => return None,
    };
    Some(Finding::new(Severity::Error, code, message, hint, data))
}

/// What a CA must say of itself. A root of version 1, as old ones are, says nothing and is trusted as it is.
fn authority(link: &Link, name: &str, below: u64, last: bool) -> Option<Finding> {
    const ISSUED: &str =
        "ask the CA for the right chain, or for a certificate that one of its CAs issued";
    let old_root = last && !link.extended && link.is_self_issued();
    if !link.ca && !old_root {
        let message = format!("“{name}” is not a CA, so it could not issue a certificate");
        return Some(error("not-a-ca", message, ISSUED, name));
    }
    if !link.signs_certificates {
        let message = format!("the key of “{name}” is not for signing certificates");
        return Some(error("ca-key-usage", message, ISSUED, name));
    }
    let limit = link.path_length.filter(|limit| below > *limit)?;
    let message = format!("“{name}” allows {limit} CAs below it, and there are {below}");
    Some(error("path-length", message, ISSUED, name))
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
        let message =
            format!("“{authority}” may not issue certificates for {broken}, which “{name}” names");
        let hint = "ask the CA for a certificate whose names it may certify";
        let data = json!({ "certificate": name, "authority": authority, "name": broken });
        Some(Finding::new(
            Severity::Error,
            "name-constraints",
            message,
            hint,
            data,
        ))
    });
    let broken: Vec<Finding> = broken.collect();
    if !broken.is_empty() || below.is_empty() {
        return broken;
    }
    let message = format!(
        "“{authority}” issues only certificates for certain names, and this one is among them"
    );
    let hint = "nothing to do; a certificate for another name needs another CA";
    vec![Finding::new(
        Severity::Info,
        "name-constraints-kept",
        message,
        hint,
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
            let message = format!("“{name}” may not issue certificates for what this one is for");
            let hint = "ask the CA for a certificate of its CA for this purpose";
            return Some(error("purpose-nesting", message, hint, &name));
        }
        left = Some(kept);
    }
    None
}

/// What may be refused although it verifies.
fn strength(link: &Link, name: &str, root: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let warn = |code, message, data| {
        let hint = "ask the CA for a certificate with SHA-256 and a key of 2,048 bits RSA or 256 bits EC, or more";
        Finding::new(Severity::Warning, code, message, hint, data)
    };
    if let Some(digest) = link.digest().filter(|digest| !root && is_weak(*digest)) {
        let message = format!(
            "the signature of “{name}” is made with {}, which is broken",
            digest.name()
        );
        findings.push(warn(
            "weak-signature",
            message,
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
        let message = format!("the key of “{name}” is too short: {}", key.words());
        findings.push(warn(
            "weak-key",
            message,
            json!({ "certificate": name, "bits": key.bits }),
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

fn error(code: &'static str, message: String, hint: &str, certificate: &str) -> Finding {
    Finding::new(
        Severity::Error,
        code,
        message,
        hint,
        json!({ "certificate": certificate }),
    )
}
