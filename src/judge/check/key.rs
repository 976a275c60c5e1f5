//! Whether a target takes the key.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::crypto::algorithm::KeyAlgorithm;
use crate::target::Target;

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
    // Which others take it is data: to someone who needs this target the name of another is no help.
    let others = Target::taking(key);
    Some(Finding::new(
        Severity::Error,
        code,
        json!({
            "algorithm": key.name,
            "bits": key.bits,
            "curve": key.curve,
            "target": target.name,
            "key": key.words(),
            "takes": takes,
            "others": others,
        }),
    ))
}
