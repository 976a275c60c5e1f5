//! Every vector opens, or fails, as its line of the manifest says. What is cut or changed, `hostile.rs` opens.

use std::collections::BTreeSet;
use std::panic;

use crate::support::compare::{differences, outcome, public_keys};
use crate::support::{each, manifest, open, open_accepted, vector, words};

#[test]
fn vectors_open_as_their_manifest_says() {
    let lines = manifest();
    let results = each(&lines, |line| {
        let names = [
            words(&serde_json::json!([line["file"]])),
            words(&line["together"]),
        ]
        .concat();
        let files: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), vector(name)))
            .collect();
        let opened = panic::catch_unwind(|| open(&files, &words(&line["passwords"])));
        opened.map_or_else(
            |_| vec!["it panics".into()],
            |view| differences(line, &view),
        )
    });
    let failures: Vec<_> = lines
        .iter()
        .zip(&results)
        .filter(|(_, found)| !found.is_empty())
        .collect();
    for (line, found) in &failures {
        println!("{} {} ({}):", line["file"], line["passwords"], line["note"]);
        found.iter().for_each(|what| println!("    {what}"));
    }
    let refusals = lines
        .iter()
        .filter(|line| line["error"].is_string())
        .count();
    println!(
        "{} lines: {} open, {refusals} refuse",
        lines.len(),
        lines.len() - refusals
    );
    assert!(
        failures.is_empty(),
        "{} of {} lines are not as the manifest says",
        failures.len(),
        lines.len()
    );
}

#[test]
fn each_failure_of_opening_has_a_vector() {
    let lines = manifest();
    let shown: BTreeSet<_> = lines
        .iter()
        .filter_map(|line| line["error"].as_str())
        .collect();
    let codes = [
        "content-password-needed",
        "costly-derivation",
        "damaged",
        "inconsistent-key",
        "not-recognised",
        "password-needed",
        "too-complex",
        "too-large",
        "truncated",
        "unsupported-algorithm",
        "unsupported-form",
        "wrong-password",
    ];
    assert_eq!(
        shown,
        codes.into_iter().collect(),
        "codes that vectors show, and codes that opening can end with"
    );
}

#[test]
fn a_file_above_the_limit_is_refused() {
    let mut bytes = vector("pkcs12-openssl-default.p12");
    bytes.resize((64 << 20) + 1, 0);
    let view = open(&[("large.p12", bytes)], &["keyferry".into()]);
    assert_eq!(
        view["files"][0]["error"]["code"],
        "too-large",
        "{}",
        outcome(&view)
    );
}

#[test]
fn a_costly_file_opens_once_its_cost_is_accepted() {
    let name = "pkcs12-hostile-iterations-mac-costly.p12";
    let files = [(name, vector(name))];
    let passwords = ["keyferry".into()];
    assert_eq!(open(&files, &passwords)["files"][0]["state"], "costly");
    let view = open_accepted(&files, &passwords);
    assert_eq!(view["files"][0]["state"], "open", "{}", outcome(&view));
    assert_eq!(public_keys(&view).len(), 1);
}

#[test]
fn a_costly_file_asks_for_its_password_before_anything_is_derived() {
    let name = "pkcs12-hostile-iterations-mac-costly.p12";
    let view = open(&[(name, vector(name))], &[]);
    let file = &view["files"][0];
    assert_eq!(file["state"], "locked", "{}", outcome(&view));
    assert_eq!(file["error"]["code"], "password-needed");
}
