//! A corpus of real files, made and collected elsewhere.
//!
//! It is not part of this repository. `KEYFERRY_CORPUS` says where it is, by default `../shared/corpus`.

use std::io::Write;
use std::path::PathBuf;
use std::{env, fs, io};

use serde_json::Value;

use super::compare::text;

/// The manifest's lines and where their files are; `None`, said plainly, where there is no corpus.
pub fn corpus() -> Option<(PathBuf, Vec<Value>)> {
    let root = env::var_os("KEYFERRY_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"),
        PathBuf::from,
    );
    let Ok(text) = fs::read_to_string(root.join("manifest.jsonl")) else {
        // Past the test harness, which hides what a passing test prints.
        let said = writeln!(
            io::stderr(),
            "no corpus at {}: nothing of it is checked (KEYFERRY_CORPUS says where one is)",
            root.display()
        );
        said.expect("standard error is open");
        return None;
    };
    Some((
        root,
        text.lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect(),
    ))
}

/// Every password that the manifest knows of: the store's, the key's, or one for each key.
pub fn passwords(line: &Value) -> Vec<String> {
    let known = line["passwords"].as_object().into_iter().flatten();
    let each = known.flat_map(|(_, value)| match value {
        Value::Object(by_alias) => by_alias.values().map(text).collect(),
        one => vec![text(one)],
    });
    each.filter(|password| !password.is_empty()).collect()
}
