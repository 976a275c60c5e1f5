//! Whether a target takes the key, and which targets do.

use serde_json::json;

use crate::crypto::algorithm::KeyAlgorithm;
use crate::model::error::{Finding, Severity};
use crate::target::Target;

/// More names than these help nobody to choose.
const NAMED: usize = 4;

pub(super) fn check(key: &KeyAlgorithm, target: &Target) -> Option<Finding> {
    if target.keys.takes(key) {
        return None;
    }
    let takes = target.keys.words;
    let small = key.name == "RSA" && target.keys.takes_rsa();
    let code = match (small, target.keys.curves.is_empty()) {
        (true, _) => "rsa-too-small",
        (false, true) => "key-not-rsa",
        (false, false) => "key-unfit",
    };
    let others = Target::taking(key);
    let hint = match others.as_slice() {
        [] => format!("request a certificate for {takes}"),
        others => {
            let named = others[..others.len().min(NAMED)].join(", ");
            let more = if others.len() > NAMED {
                ", and others"
            } else {
                ""
            };
            format!(
                "request a certificate for {takes}, or choose a target that takes this key: {named}{more}"
            )
        }
    };
    Some(Finding::new(
        Severity::Error,
        code,
        format!(
            "the key is {}, and {} takes {takes}",
            key.words(),
            target.name
        ),
        hint,
        json!({
            "algorithm": key.name,
            "bits": key.bits,
            "curve": key.curve,
            "target": target.name,
            "others": others,
        }),
    ))
}
