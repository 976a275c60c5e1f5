//! Name constraints: RFC 5280, 4.2.1.10.
//!
//! ```text
//! NameConstraints ::= SEQUENCE { permittedSubtrees [0] OPTIONAL, excludedSubtrees [1] OPTIONAL }
//! GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
//! ```
//!
//! A name of a kind that has permitted subtrees must be in one of them; one in an excluded subtree is refused. Kinds that
//! are not known (otherName among them) are refused where they are constrained and occur.

use crate::asn1::ber::Node;
use crate::model::certificate::extension::{Name, subtrees};
use crate::model::name;

use super::link::Link;

/// The first name of a certificate that breaks the constraints, as text; no text where the constraints cannot be read.
pub(super) fn broken(constraints: &[u8], link: &Link) -> Option<Option<String>> {
    let Some([permitted, excluded]) = subtrees(constraints) else {
        return Some(None);
    };
    let broken = |(kind, value): &Name| {
        let within = |base: &Name| base.0 == *kind && matches(*kind, value, &base.1);
        let constrained = permitted.iter().any(|base| base.0 == *kind);
        let unknown = !matches!(*kind, RFC822 | DNS | DIRECTORY | URI | IP);
        let touched = constrained || excluded.iter().any(|base| base.0 == *kind);
        unknown && touched
            || excluded.iter().any(within)
            || constrained && !permitted.iter().any(within)
    };
    let (kind, value) = names(link).into_iter().find(broken)?;
    Some(Some(shown(kind, &value)))
}

const RFC822: u32 = 1;
const DNS: u32 = 2;
const DIRECTORY: u32 = 4;
const URI: u32 = 6;
const IP: u32 = 7;

/// The names that constraints are about: the alternative ones, the subject, and the e-mail addresses in it.
fn names(link: &Link) -> Vec<Name> {
    let mut names = link.extensions().names.clone();
    let subject = link.subject();
    if Node::parse(subject).is_ok_and(|node| !node.contents().is_empty()) {
        names.push((DIRECTORY, subject.to_vec()));
    }
    let addresses = name::values(subject, name::EMAIL_ADDRESS);
    names.extend(
        addresses
            .into_iter()
            .map(|address| (RFC822, address.into_bytes())),
    );
    names
}

fn shown(kind: u32, value: &[u8]) -> String {
    match kind {
        DIRECTORY => name::to_text(value),
        IP => value
            .iter()
            .map(u8::to_string)
            .collect::<Vec<_>>()
            .join("."),
        _ => String::from_utf8_lossy(value).into_owned(),
    }
}

fn matches(kind: u32, value: &[u8], constraint: &[u8]) -> bool {
    match kind {
        DIRECTORY => name::starts_with(value, constraint),
        IP => ip(value, constraint),
        _ => {
            let lower = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
            let (value, constraint) = (lower(value), lower(constraint));
            match kind {
                DNS => dns(&value, &constraint),
                RFC822 => email(&value, &constraint),
                _ => uri(&value, &constraint),
            }
        }
    }
}

/// A host and all below it; with a dot in front only what is below, as OpenSSL has it.
fn dns(value: &str, constraint: &str) -> bool {
    if constraint.is_empty() {
        return true;
    }
    match value.strip_suffix(constraint) {
        Some(rest) => rest.is_empty() || constraint.starts_with('.') || rest.ends_with('.'),
        None => false,
    }
}

/// One address, every address at a host, or with a dot in front at every host below.
fn email(value: &str, constraint: &str) -> bool {
    let Some((_, host)) = value.rsplit_once('@') else {
        return false;
    };
    match constraint {
        "" => true,
        whole if whole.contains('@') => value == whole,
        below if below.starts_with('.') => host.ends_with(below),
        exact => host == exact,
    }
}

/// As [`email`], of the host of a URI.
fn uri(value: &str, constraint: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    match constraint {
        below if below.starts_with('.') => host.ends_with(below),
        exact => host == exact,
    }
}

/// Address and mask (RFC 4632).
fn ip(value: &[u8], constraint: &[u8]) -> bool {
    let (address, mask) = constraint.split_at(constraint.len() / 2);
    value.len() == address.len()
        && mask.len() == address.len()
        && value
            .iter()
            .zip(address)
            .zip(mask)
            .all(|((value, address), mask)| value & mask == address & mask)
}
