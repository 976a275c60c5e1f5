//! Which ends of a chain a target takes.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::judge::chain::{Chain, End};
use crate::target::{Asks, Target};

/// What a target has against where a chain ends. A root that is missing may be a public one; a certificate that signs
/// itself is spoken of where its fields are.
pub(crate) fn check(chain: &Chain, target: &Target) -> Option<Finding> {
    let root = match (&target.asks, &chain.end) {
        (Asks::Anaplan, End::CompanyRoot(root) | End::PrivateRoot(root)) => root.name(),
        _ => return None,
    };
    Some(Finding::new(
        Severity::Error,
        "private-root",
        json!({ "root": root, "target": "Anaplan" }),
    ))
}
