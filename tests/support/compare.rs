//! A line of the vectors' manifest against a view of what was opened.
//!
//! Views are the JSON that the page and the examples receive, so that the native tests and the browser's compare alike.

use serde_json::Value;

/// What a view says otherwise than the manifest's line; empty where they agree.
pub fn differences(line: &Value, view: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let file = &view["files"][0];
    if let Some(code) = line["error"].as_str() {
        if file["error"]["code"] != *code {
            found.push(format!(
                "expected the error {code}, found {}",
                outcome(view)
            ));
        }
        for said in ["message", "hint"] {
            if file["error"][said].as_str().is_none_or(str::is_empty) {
                found.push(format!("the error has no {said}"));
            }
        }
        for (name, value) in line["data"].as_object().into_iter().flatten() {
            let said = text(&file["error"]["data"][name]);
            if !said.contains(value.as_str().unwrap_or("?")) {
                found.push(format!(
                    "expected {value} in {name}, found {}",
                    file["error"]["data"]
                ));
            }
        }
        let key = entries(view, "private-key").next();
        if let Some(key) = key.filter(|_| code != "content-password-needed") {
            found.push(format!("a key was found beside the error: {key}"));
        }
        return found;
    }
    for file in view["files"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|file| file["state"] != "open")
    {
        found.push(format!(
            "{} is {}: {}",
            file["name"], file["state"], file["error"]
        ));
    }
    unequal(&mut found, "format", &line["format"], &file["format"]);
    unequal(
        &mut found,
        "keys",
        keys(&line["keys"], line),
        keys_found(view, line),
    );
    unequal(
        &mut found,
        "certificates",
        sorted(strings(&line["certificates"])),
        sorted(certificates(view)),
    );
    for (kind, field) in [("crl", "crls"), ("secret-key", "secret_keys")] {
        let count = entries(view, kind).count() as u64;
        unequal(&mut found, field, line[field].as_u64().unwrap_or(0), count);
    }
    if let Some(expected) = line.get("findings") {
        unequal(
            &mut found,
            "findings",
            sorted(strings(expected)),
            findings(view),
        );
    }
    found
}

/// The entries of one kind.
pub fn entries<'a>(view: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    view["entries"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(move |entry| entry["kind"] == *kind)
}

/// SHA-256 of the certificates that belong to no key.
pub fn certificates(view: &Value) -> Vec<String> {
    entries(view, "certificate")
        .map(|entry| text(&entry["sha256"]))
        .collect()
}

/// SHA-256 of every certificate, with or without a key, each once.
pub fn all_certificates(view: &Value) -> Vec<String> {
    let chains = entries(view, "private-key").flat_map(|key| hashes(&key["chain"]));
    let mut all = sorted(chains.chain(certificates(view)).collect());
    all.dedup();
    all
}

/// SHA-256 of the public key of every private one.
pub fn public_keys(view: &Value) -> Vec<String> {
    sorted(
        entries(view, "private-key")
            .map(|key| text(&key["spki_sha256"]))
            .collect(),
    )
}

/// The first file's state and error, in a word.
pub fn outcome(view: &Value) -> String {
    let file = &view["files"][0];
    format!(
        "{} {} {}",
        text(&file["state"]),
        text(&file["error"]["code"]),
        text(&file["error"]["message"])
    )
}

pub fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

type Key = (Option<String>, String, Vec<String>);

fn keys(expected: &Value, line: &Value) -> Vec<Key> {
    let rows = expected.as_array().into_iter().flatten();
    in_order(
        rows.map(|key| {
            (
                alias(key),
                text(&key["spki_sha256"]),
                strings(&key["chain"]),
            )
        })
        .collect(),
        line,
    )
}

fn keys_found(view: &Value, line: &Value) -> Vec<Key> {
    let rows = entries(view, "private-key");
    in_order(
        rows.map(|key| (alias(key), text(&key["spki_sha256"]), hashes(&key["chain"])))
            .collect(),
        line,
    )
}

/// Java's keystores have no order of their own; what was crafted has one, and must keep it.
fn in_order(mut keys: Vec<Key>, line: &Value) -> Vec<Key> {
    if line["ordered"] != true {
        keys.sort();
    }
    keys
}

fn findings(view: &Value) -> Vec<String> {
    let all = view["findings"].as_array().into_iter().flatten();
    let mut codes = sorted(
        all.filter(|one| one["severity"] != "info")
            .map(|one| text(&one["code"]))
            .collect(),
    );
    codes.dedup();
    codes
}

fn alias(key: &Value) -> Option<String> {
    key["alias"].as_str().map(Into::into)
}

fn hashes(chain: &Value) -> Vec<String> {
    chain
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| text(&one["sha256"]))
        .collect()
}

fn strings(words: &Value) -> Vec<String> {
    words.as_array().into_iter().flatten().map(text).collect()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().into()
}

fn unequal<T: PartialEq + std::fmt::Debug>(
    found: &mut Vec<String>,
    what: &str,
    expected: T,
    is: T,
) {
    if expected != is {
        found.push(format!("{what}: expected {expected:?}, found {is:?}"));
    }
}
