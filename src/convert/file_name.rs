//! What a person may call the files that are written.

use serde_json::json;

use super::options::unfit;
use crate::base::error::Error;
use crate::base::file_name::fault;
use crate::base::hidden::is_hidden;

/// Refuses a name that a system cannot save or that would leave its folder.
pub(super) fn check(name: &str) -> Result<(), Error> {
    match fault(name) {
        Some(rule) => Err(unfit(rule, json!({ "name": shown(name) }))),
        None => Ok(()),
    }
}

fn shown(name: &str) -> String {
    let visible = name.chars().filter(|c| !is_hidden(*c));
    visible.take(100).collect()
}
