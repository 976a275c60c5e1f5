//! A corpus of real files, made and collected elsewhere: what its manifest says, we find.

use std::collections::BTreeMap;
use std::time::Instant;
use std::{fs, panic};

use crate::support::compare::{all_certificates, outcome, public_keys, sorted, text};
use crate::support::corpus::{corpus, passwords};
use crate::support::{each, manifest, open, vector, words};
use p12_keystore::Pkcs12Archive;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What p12-keystore passes over: bags inside bags.
const PASSED_OVER: [&str; 1] = ["pkcs12-crafted-nested.p12"];

/// Files that openssl refuses and the manifest therefore calls bad, and that Keyferry is meant to open: texts as mail
/// programs, JSON and environment variables leave them.
const OPENED_ALL_THE_SAME: [&str; 2] = ["made/pem/escaped-newlines.txt", "made/pem/quoted.pem"];

/// No file of the corpus may take longer than this, debug build or not.
const PATIENCE: f64 = 60.0;

#[test]
fn the_corpus_opens_as_its_manifest_says() {
    let Some((root, lines)) = corpus() else {
        return;
    };
    let results = each(&lines, |line| check(&root, line));
    let mut kinds: BTreeMap<&str, Count> = BTreeMap::new();
    let mut broken = Vec::new();
    for (line, result) in lines.iter().zip(&results) {
        let (kind, path) = (
            line["kind"].as_str().unwrap_or_default(),
            line["path"].as_str().unwrap_or_default(),
        );
        let count = kinds.entry(kind).or_default();
        count.all += 1;
        match result {
            Checked::AsSaid => count.as_said += 1,
            Checked::Better(why) => {
                count.better += 1;
                println!("{kind} {path}: {why}");
            }
            Checked::Otherwise(why) => broken.push(format!("{kind} {path}: {why}")),
        }
    }
    for (kind, count) in &kinds {
        let Count {
            all,
            as_said,
            better,
        } = count;
        match better {
            0 => println!("{kind}: {as_said} of {all} as the manifest says"),
            _ => println!(
                "{kind}: {as_said} of {all} as the manifest says, {better} more opened where it says that none could"
            ),
        }
    }
    assert!(
        broken.is_empty(),
        "not as the manifest says:\n{}",
        broken.join("\n")
    );
}

/// The files of one kind.
#[derive(Default)]
struct Count {
    all: usize,
    as_said: usize,
    better: usize,
}

#[test]
fn p12_keystore_agrees_where_it_opens_a_file() {
    let mut files: Vec<(String, Vec<u8>, Vec<String>)> = manifest()
        .iter()
        .filter(|line| line["format"] == "pkcs12" && line["together"].is_null())
        .map(|line| {
            (
                text(&line["file"]),
                vector(&text(&line["file"])),
                words(&line["passwords"]),
            )
        })
        .collect();
    if let Some((root, lines)) = corpus() {
        for line in lines.iter().filter(|line| line["kind"] == "pkcs12") {
            let path = text(&line["path"]);
            files.push((
                path.clone(),
                fs::read(root.join(path)).expect("the corpus is whole"),
                passwords(line),
            ));
        }
    }
    files.retain(|(name, ..)| !PASSED_OVER.contains(&name.as_str()));
    let opinions = each(&files, |(name, bytes, passwords)| {
        let tries = [passwords.clone(), vec![String::new()]].concat();
        let second = tries.iter().find_map(|password| {
            panic::catch_unwind(|| Pkcs12Archive::from_pkcs12(bytes, password).ok())
                .ok()
                .flatten()
        })?;
        let view = open(&[(name.as_str(), bytes.clone())], passwords);
        let keys = second.keys.iter().map(|key| {
            let alone = open(&[("key.der", key.key.as_der().to_vec())], &[]);
            public_keys(&alone).concat()
        });
        let mut keys = sorted(keys.collect());
        keys.dedup();
        let hashes = second
            .certs
            .iter()
            .map(|certificate| hex(&Sha256::digest(certificate.cert.as_der())));
        let mut certificates = sorted(hashes.collect());
        certificates.dedup();
        let agree = keys == public_keys(&view) && certificates == all_certificates(&view);
        Some((
            agree,
            format!(
                "{name}: {} keys, {} certificates; we: {}",
                keys.len(),
                certificates.len(),
                outcome(&view)
            ),
        ))
    });
    let opened: Vec<_> = opinions.iter().flatten().collect();
    println!(
        "p12-keystore opens {} of {} files",
        opened.len(),
        files.len()
    );
    let apart: Vec<_> = opened
        .iter()
        .filter(|(agree, _)| !agree)
        .map(|(_, what)| what.as_str())
        .collect();
    assert!(
        opened.len() > 50,
        "a second opinion on so few files is none"
    );
    assert!(
        apart.is_empty(),
        "p12-keystore finds other things in\n{}",
        apart.join("\n")
    );
}

enum Checked {
    AsSaid,
    /// Opened on purpose where the manifest's tools could not.
    Better(String),
    /// As nobody says; a panic, or no end.
    Otherwise(String),
}

fn check(root: &std::path::Path, line: &Value) -> Checked {
    let path = text(&line["path"]);
    let bytes = fs::read(root.join(&path)).expect("the corpus is whole");
    let begun = Instant::now();
    let opened = panic::catch_unwind(|| open(&[(path.as_str(), bytes.clone())], &passwords(line)));
    let Ok(view) = opened else {
        return Checked::Otherwise("panics".into());
    };
    let seconds = begun.elapsed().as_secs_f64();
    if seconds > PATIENCE {
        return Checked::Otherwise(format!("took {seconds:.0} s"));
    }
    let is_open = view["files"][0]["state"] == "open";
    if line["expected"]["opens"] == false {
        return match (is_open, OPENED_ALL_THE_SAME.contains(&path.as_str())) {
            (false, false) => Checked::AsSaid,
            (true, true) => {
                Checked::Better(format!("opened; the manifest: {}", text(&line["note"])))
            }
            (true, false) => Checked::Otherwise("opens".into()),
            (false, true) => Checked::Otherwise(outcome(&view)),
        };
    }
    // Where the manifest's tools could not read a part for want of its password, neither can we, and we ask for it.
    let unread = line["unreadable"].is_array() || line["blocks_not_read"].is_array();
    let asks = ["password-needed", "content-password-needed"].map(Value::from);
    let is_partly_open = unread && asks.contains(&view["files"][0]["error"]["code"]);
    if !is_open && !is_partly_open {
        return Checked::Otherwise(outcome(&view));
    }
    let keys = line["holds"]["keys"].as_array().into_iter().flatten();
    let mut expected = sorted(keys.map(|key| text(&key["spki_sha256"])).collect());
    expected.dedup();
    let mut found = public_keys(&view);
    found.dedup();
    if expected != found {
        return Checked::Otherwise(format!("expected the keys {expected:?}, found {found:?}"));
    }
    let expected = words(&line["expected"]["cert_sha256"]);
    let found = all_certificates(&view);
    if expected != found {
        return Checked::Otherwise(format!(
            "expected {} certificates, found {}",
            expected.len(),
            found.len()
        ));
    }
    Checked::AsSaid
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
