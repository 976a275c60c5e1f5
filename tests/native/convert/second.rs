//! Which readers opened each file, by target and by hand; where a second one cannot, that is said.

use keyferry::Converted;
use keyferry::target::TARGETS;
use keyferry::view::Made;
use serde_json::{Value, json};

use super::{PASSWORD, make, store};
use crate::support::converted;

/// The readers of a file, and why there is no second one, from what is said of it.
fn readers(made: &Converted, name: &str) -> (Vec<String>, Option<String>) {
    let described = Made::of(made);
    let mut files = described.files.into_iter();
    let file = files.find(|file| file.name == name).unwrap();
    let by = file.verified_by.into_iter().map(str::to_owned).collect();
    (by, file.not_opened)
}

#[test]
fn two_readers_open_what_two_can() {
    let store = store("pkcs12-openssl-rsa4096.p12");
    let mut alone = Vec::new();
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let made = make(&store, target.id, "scott").unwrap();
        for file in &made.files {
            let (by, not_opened) = readers(&made, &file.name);
            let second = match file.media_type {
                "application/x-pkcs12" => Some("p12-keystore 0.4"),
                "application/x-pem-file" if file.name == "kafka.keystore.pem" => {
                    Some("x509-parser 0.18")
                }
                "application/x-pem-file" if file.name == "haproxy.pem" => Some("pkcs8 0.11"),
                "application/x-pem-file" if file.holds_key => Some("pkcs8 0.11"),
                "application/x-pem-file" => Some("x509-parser 0.18"),
                _ => None,
            };
            let place = format!("{}, {}: {by:?}, {not_opened:?}", target.id, file.name);
            assert_eq!(by[0], "keyferry", "{place}");
            assert_eq!(by.get(1).map(String::as_str), second, "{place}");
            assert_eq!(by.len() > 2, file.name == "haproxy.pem", "{place}");
            if let Some(reason) = not_opened {
                assert!(
                    reason.starts_with("Not opened by a second reader. "),
                    "{place}"
                );
                alone.push(file.name.clone());
            }
        }
    }
    alone.sort();
    alone.dedup();
    let without = [
        "authenticate-v1.json",
        "authenticate-v2.json",
        "kafka.keystore.jks",
        "kafka.keystore.pem",
        "keystore.jks",
        "my_keystore.jks",
        "truststore.jks",
    ];
    assert_eq!(alone, without);
}

/// One file by hand, with an alias, passwords and iterations.
fn by_hand(
    file: Value,
    alias: &str,
    passwords: (&str, Option<&str>),
    more: Value,
) -> (Vec<String>, Option<String>) {
    let mut file = file;
    file["name"] = "file".into();
    let entries = json!([{ "entry": 0, "alias": alias }]);
    let mut request =
        json!({ "target": "custom", "entries": entries, "files": [file], "iterations": 1_000 });
    for (name, value) in more.as_object().into_iter().flatten() {
        request[name] = value.clone();
    }
    let store = store("pkcs12-openssl-default.p12");
    let made = converted(&store, request, passwords.0, passwords.1).unwrap();
    readers(&made, "file")
}

#[test]
fn what_the_second_reader_cannot_is_said() {
    let plain = (PASSWORD, None);
    let p12 = || json!({ "form": "pkcs12" });
    let key = || json!({ "form": "private-key" });
    let none = || json!({});
    let cases = [
        (
            by_hand(p12(), "alice", ("key 🔑", None), none()),
            "password",
        ),
        (by_hand(p12(), "alice 🔑", plain, none()), "alias"),
        (
            by_hand(p12(), "alice", (PASSWORD, Some("Another-1")), none()),
            "separate password",
        ),
        (
            by_hand(p12(), "alice", plain, json!({ "iterations": 1_000_001 })),
            "1,000,000",
        ),
        (
            by_hand(key(), "alice", plain, json!({ "iterations": 1_000_001 })),
            "1,000,000",
        ),
        (
            by_hand(
                json!({ "form": "private-key", "protection": "legacy-3des" }),
                "a",
                plain,
                none(),
            ),
            "3DES",
        ),
        (
            by_hand(
                json!({ "form": "private-key", "syntax": "pkcs1", "protection": "none" }),
                "a",
                plain,
                none(),
            ),
            "PKCS#1",
        ),
        (
            by_hand(
                json!({ "form": "private-key", "syntax": "openssh" }),
                "a",
                plain,
                none(),
            ),
            "OpenSSH",
        ),
        (
            by_hand(json!({ "form": "certificate-bag" }), "a", plain, none()),
            "PKCS#7",
        ),
        (
            by_hand(json!({ "form": "java" }), "a", plain, none()),
            "Java",
        ),
    ];
    for ((by, not_opened), reason) in cases {
        assert_eq!(by, ["keyferry"], "{reason}");
        let said = not_opened.unwrap_or_else(|| panic!("{reason} is not said"));
        assert!(said.contains(reason), "{said}");
    }
    // What only looks like it: within the BMP, scrypt, 3DES of PBES2, a second password that is the same.
    let scrypt = json!({ "form": "private-key", "protection": { "pbes2": { "cipher": "aes-128", "derivation": "scrypt" } } });
    let des = json!({ "form": "private-key", "protection": { "pbes2": { "cipher": "3des", "derivation": "pbkdf2-sha1" } } });
    let opened = [
        by_hand(p12(), "schlüssel 鍵", ("grün und lang 鍵", None), none()),
        by_hand(p12(), "alice", (PASSWORD, Some(PASSWORD)), none()),
        by_hand(scrypt, "alice", plain, none()),
        by_hand(des, "alice", ("grün und lang", None), none()),
        by_hand(
            json!({ "form": "certificates", "which": "whole-chain" }),
            "alice",
            plain,
            json!({ "line_ends": "crlf" }),
        ),
        by_hand(key(), "alice", plain, json!({ "line_ends": "crlf" })),
    ];
    for (by, not_opened) in opened {
        assert_eq!(by.len(), 2, "{by:?} {not_opened:?}");
    }
}

/// Several identities and certificates in one store, each under its alias, in the order of the entries.
#[test]
fn p12_keystore_finds_every_entry_of_several() {
    let store = store("pkcs12-crafted-several-keys.p12");
    let count = store.entries.len();
    let entry = |entry: usize| json!({ "entry": entry, "alias": format!("entry-{entry}") });
    let entries: Vec<Value> = (0..count).map(entry).collect();
    let request = json!({ "target": "windows-current", "entries": entries });
    let made = converted(&store, request, PASSWORD, None).unwrap();
    assert!(count > 1);
    assert_eq!(readers(&made, "certificate.pfx").0.len(), 2);
}
