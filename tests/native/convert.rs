//! Every target, and every file by hand: what it takes, what it refuses and says, and that its lines to paste are lines.

mod by_hand;
mod claims;
mod second;
mod snippets;

use crate::support::{AT_MILLISECONDS, converted, opened, vector};
use keyferry::target::TARGETS;
use keyferry::{Converted, Error, Severity, Store};
use serde_json::{Value, json};

const PASSWORD: &str = "Plain-and-long-1";

/// What a vector holds.
fn store(name: &str) -> Store {
    opened(&[(name, vector(name))], &["keyferry".into()])
}

/// A target's files for the first entry of a store.
fn make(store: &Store, target: &str, alias: &str) -> Result<Converted, Error> {
    let entries = json!([{ "entry": 0, "alias": alias }]);
    let request = json!({ "target": target, "entries": entries, "at": AT_MILLISECONDS });
    converted(store, request, PASSWORD, None)
}

fn codes(converted: &Converted, severity: Severity) -> Vec<&'static str> {
    let findings = converted.findings.iter();
    let of = findings.filter(|finding| finding.severity == severity);
    of.map(|finding| finding.code).collect()
}

#[test]
fn every_target_makes_what_its_row_says() {
    let store = store("pkcs12-openssl-rsa4096.p12");
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let made = make(&store, target.id, "scott")
            .unwrap_or_else(|error| panic!("{}: {error}", target.id));
        let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
        let promised: Vec<&str> = target.files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, promised, "{}", target.id);
        assert!(made.files.iter().all(|file| file.verified), "{}", target.id);
        let open = target
            .files
            .iter()
            .filter(|file| file.format.lays_key_open())
            .count();
        let warned = codes(&made, Severity::Warning);
        let warned = warned
            .iter()
            .filter(|code| **code == "key-unencrypted")
            .count();
        assert_eq!(warned, open, "{}: a key that lies open is said", target.id);
        for snippets in &made.snippets {
            assert!(
                !snippets.text.contains(PASSWORD),
                "{}: {}",
                target.id,
                snippets.title
            );
        }
    }
}

/// The README's table is the one in the code.
#[test]
fn the_readme_has_every_target() {
    let row = |target: &keyferry::Target| {
        let files = target.files.iter().map(|file| format!("`{}`", file.name));
        let files = match target.by_hand() {
            true => "the files you list".into(),
            false => files.collect::<Vec<_>>().join(" · "),
        };
        format!("| `{}` | {} | {files} |\n", target.id, target.name)
    };
    let rows: String = TARGETS.iter().map(row).collect();
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains(&rows),
        "the table of targets must be:\n{rows}"
    );
}

/// Each heading of the chooser once, its targets under it.
#[test]
fn targets_stand_group_by_group() {
    let mut groups: Vec<_> = TARGETS.iter().map(|target| target.group).collect();
    groups.dedup();
    for (index, group) in groups.iter().enumerate() {
        assert!(!groups[..index].contains(group), "{group:?} twice");
    }
}

/// Without a target only what is true for any system is said.
#[test]
fn without_a_target_none_judges() {
    let at = time::OffsetDateTime::from_unix_timestamp(1_767_225_600 + 300 * 86_400).unwrap();
    let said = |name: &str| -> Vec<_> {
        let findings = keyferry::check(&store(name), None, at);
        findings.iter().map(|finding| finding.code).collect()
    };
    for name in [
        "pkcs12-openssl-default.p12",
        "pkcs12-openssl-p256.p12",
        "pkcs8-openssl-rsa.pem",
        "pem-openssl-other-certificate.pem",
    ] {
        let anaplan = keyferry::target("anaplan").unwrap();
        assert_eq!(said(name), [""; 0], "{name}");
        assert!(
            !keyferry::check(&store(name), Some(anaplan), at).is_empty(),
            "{name}"
        );
    }
    assert_eq!(said("pkcs12-openssl-expired.p12"), ["expired"]);
}

#[test]
fn a_key_that_a_target_cannot_take_is_an_error() {
    let p256 = store("pkcs12-openssl-p256.p12");
    for (target, code) in [
        ("anaplan", "key-not-rsa"),
        ("salesforce", "key-not-rsa"),
        ("snowflake", "key-not-rsa"),
    ] {
        let made = make(&p256, target, "scott").unwrap();
        let finding = made.findings.iter().find(|finding| finding.code == code);
        let finding = finding.unwrap_or_else(|| panic!("{target} says {code}"));
        assert_eq!(finding.severity, Severity::Error);
        let others = finding.data["others"].as_array().unwrap();
        assert!(others.contains(&json!("Apache Kafka")), "{others:?}");
        assert!(!finding.hint.contains("Kafka"), "{}", finding.hint);
    }
    let refused = make(&p256, "anaplan-api", "scott").err();
    assert_eq!(refused.map(|error| error.code()), Some("unfit-key"));

    // DSA goes where only what is old goes.
    let dsa = store("pkcs8-openssl-dsa.pem");
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let takes = matches!(target.id, "java-8");
        assert_eq!(target.keys.takes(dsa_key(&dsa)), takes, "{}", target.id);
    }
}

fn dsa_key(store: &Store) -> &keyferry::crypto::algorithm::KeyAlgorithm {
    match &store.entries[0].kind {
        keyferry::model::store::EntryKind::PrivateKey { key, .. } => key.algorithm(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn sizes_and_years_are_judged() {
    let small = store("pkcs12-openssl-default.p12");
    let codes = |target| codes(&make(&small, target, "alice").unwrap(), Severity::Error);
    assert!(!codes("salesforce").contains(&"rsa-too-small"));
    assert!(codes("netsuite").contains(&"rsa-too-small"));
    assert!(codes("netsuite").contains(&"validity-too-long"));
    assert!(!codes("tomcat").contains(&"validity-too-long"));
}

#[test]
fn a_password_that_a_target_cannot_take_says_why() {
    let store = store("pkcs12-openssl-default.p12");
    let with = |target: &str, password: &str| {
        let request = json!({ "target": target, "entries": [{ "entry": 0, "alias": "alice" }] });
        match converted(&store, request, password, None) {
            Err(error @ Error::PasswordUnfit { .. }) => error.to_string(),
            Err(error) => panic!("{error:?}"),
            Ok(_) => "made".into(),
        }
    };
    assert!(with("anaplan", "grün-und-lang").contains("“ü”"));
    assert!(with("anaplan-connect-pem", "with:colon").contains("colon"));
    assert!(with("anaplan-connect-jks", "short").contains("6 characters"));
    assert!(with("windows-current", "").contains("is empty"));
    assert_eq!(with("anaplan-connect-jks", "grün: und lang"), "made");
    assert_eq!(with("anaplan-administrator", ""), "made");
    // A second password only where there are two fields for it.
    let two = |target: &str| {
        let request = json!({ "target": target, "entries": [{ "entry": 0, "alias": "alice" }] });
        converted(&store, request, PASSWORD, Some("Another-one-2")).map_err(|error| error.code())
    };
    assert_eq!(two("anaplan").err(), Some("wish-unfit"));
    assert!(two("java-8").is_ok());
}

#[test]
fn an_alias_that_java_folds_into_another_is_caught() {
    let store = store("pkcs12-crafted-several-keys.p12");
    let named = |aliases: [&str; 2]| {
        let entry = |(entry, alias): (usize, &&str)| json!({ "entry": entry, "alias": alias });
        let entries: Vec<Value> = aliases.iter().enumerate().map(entry).collect();
        let request = json!({ "target": "java-8", "entries": entries });
        converted(&store, request, PASSWORD, None)
    };
    match named(["Scott", "scott"]) {
        Err(Error::AliasUnfit { rule, .. }) => assert_eq!(rule, "alias-folded"),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("two aliases became one"),
    }
    let made = named(["Scott", "ann"]).unwrap();
    assert!(codes(&made, Severity::Info).contains(&"alias-lowered"));
    let keystore = made.files.iter().find(|file| file.name == "keystore.jks");
    let back = opened(
        &[("keystore.jks", keystore.unwrap().bytes.to_vec())],
        &[PASSWORD.into()],
    );
    let aliases: Vec<_> = back
        .entries
        .iter()
        .map(|entry| entry.alias.clone())
        .collect();
    assert_eq!(aliases, [Some("scott".into()), Some("ann".into())]);
}

#[test]
fn one_target_takes_one_identity() {
    let store = store("pkcs12-crafted-several-keys.p12");
    let entries = json!([{ "entry": 0, "alias": "a" }, { "entry": 1, "alias": "b" }]);
    let refused = converted(
        &store,
        json!({ "target": "anaplan", "entries": entries }),
        PASSWORD,
        None,
    );
    assert_eq!(refused.err().map(|error| error.code()), Some("wish-unfit"));
    let none = converted(&store, json!({ "target": "anaplan" }), PASSWORD, None);
    assert_eq!(none.err().map(|error| error.code()), Some("entry-needed"));
}

#[test]
fn the_chain_is_what_is_chosen() {
    let store = store("pkcs12-openssl-default.p12");
    let all = make(&store, "haproxy", "alice").unwrap();
    assert_eq!(blocks(&all), ["PRIVATE KEY", "CERTIFICATE", "CERTIFICATE"]);
    let with = |issuers: Value| {
        let entries = json!([{ "entry": 0, "alias": "alice", "issuers": issuers }]);
        converted(
            &store,
            json!({ "target": "haproxy", "entries": entries }),
            PASSWORD,
            None,
        )
    };
    assert_eq!(
        blocks(&with(json!([])).unwrap()),
        ["PRIVATE KEY", "CERTIFICATE"]
    );
    let unknown = with(json!(["00".repeat(32)]))
        .err()
        .map(|error| error.code());
    assert_eq!(unknown, Some("wish-unfit"));
}

fn blocks(made: &Converted) -> Vec<String> {
    let text = String::from_utf8(made.files[0].bytes.to_vec()).unwrap();
    let begins = text
        .lines()
        .filter_map(|line| line.strip_prefix("-----BEGIN "));
    begins
        .map(|line| line.trim_end_matches('-').to_owned())
        .collect()
}

#[test]
fn a_truststore_holds_certificates_alone() {
    let store = opened(
        &[
            ("chain.pem", vector("pem-openssl-chain.pem")),
            ("alice.p12", vector("pkcs12-openssl-default.p12")),
        ],
        &["keyferry".into()],
    );
    let entries: Vec<Value> = (0..store.entries.len())
        .map(|entry| json!({ "entry": entry, "alias": format!("trusted-{entry}") }))
        .collect();
    let request = json!({ "target": "java-truststore", "entries": entries });
    let made = converted(&store, request, PASSWORD, None).unwrap();
    for file in &made.files {
        let back = opened(&[(&file.name, file.bytes.to_vec())], &[PASSWORD.into()]);
        let kinds = back.entries.iter().map(|entry| &entry.kind);
        let trusted = |kind| matches!(kind, &keyferry::model::store::EntryKind::Certificate(_));
        assert!(
            back.entries.len() > 1 && kinds.clone().all(trusted),
            "{}",
            file.name
        );
    }
}
