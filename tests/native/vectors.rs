//! Every vector opens, or fails, as its line of the manifest says; and what is cut or changed never gives another key.

use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};

use crate::support::compare::{all_certificates, differences, outcome, public_keys};
use crate::support::{each, manifest, open, open_accepted, vector, words};
use serde_json::Value;

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

/// Small files and their passwords: one iteration, so that they can be opened at every length and with every byte changed.
/// The last word says whether the whole file is covered by a MAC or a digest.
const SMALL: [(&str, bool); 7] = [
    ("pkcs12-openssl-small.p12", true),
    ("pkcs12-crafted-ber-small.p12", true),
    ("pkcs12-openssl-small-nomac.p12", false),
    ("pkcs12-openssl-all-plain-nomac.p12", false),
    ("pkcs8-openssl-small.der", false),
    ("pkcs8-openssl-rsa-der.der", false),
    ("jks-keytool-p256.jks", true),
];

#[test]
fn a_file_cut_at_any_byte_is_an_error() {
    for (name, _) in SMALL {
        let whole = vector(name);
        let lengths: Vec<_> = (0..whole.len()).collect();
        let opened = each(&lengths, |&length| view_of(name, whole[..length].to_vec()));
        for (length, view) in opened.iter().enumerate() {
            let file = &view
                .as_ref()
                .unwrap_or_else(|| panic!("{name} cut at {length} panics"))["files"][0];
            assert_ne!(
                file["state"],
                "open",
                "{name} cut at {length} of {} opens",
                whole.len()
            );
            assert!(
                file["error"]["code"].is_string(),
                "{name} cut at {length}: {file}"
            );
        }
        println!("{name}: {} lengths", whole.len());
    }
}

#[test]
fn a_changed_byte_never_gives_another_key() {
    for (name, covered) in SMALL {
        let whole = vector(name);
        let good = view_of(name, whole.clone()).expect("a good vector does not panic");
        let (keys, certificates) = (public_keys(&good), all_certificates(&good));
        assert_eq!(keys.len(), 1, "{name}: {}", outcome(&good));
        let changes: Vec<_> = (0..whole.len())
            .flat_map(|at| [(at, 0x01), (at, 0x80), (at, 0xFF)])
            .collect();
        let opened = each(&changes, |&(at, flip)| {
            let mut changed = whole.clone();
            changed[at] ^= flip;
            view_of(name, changed)
        });
        let mut same = 0;
        for ((at, flip), view) in changes.iter().zip(&opened) {
            let view = view
                .as_ref()
                .unwrap_or_else(|| panic!("{name}, byte {at} ^ {flip:#04x}: panics"));
            let now = public_keys(view);
            assert!(
                now.is_empty() || now == keys,
                "{name}, byte {at} ^ {flip:#04x}: another key"
            );
            let unchecked = view["findings"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one["code"] == "integrity-unchecked"));
            if covered && !now.is_empty() && !unchecked {
                assert_eq!(
                    all_certificates(view),
                    certificates,
                    "{name}, byte {at} ^ {flip:#04x}: other certificates"
                );
            }
            same += usize::from(!now.is_empty());
        }
        println!(
            "{name}: {} changes, {same} of them still give the key",
            changes.len()
        );
    }
}

/// What opening gives; `None` if it panics.
fn view_of(name: &str, bytes: Vec<u8>) -> Option<Value> {
    panic::catch_unwind(AssertUnwindSafe(|| {
        open(&[(name, bytes)], &["keyferry".into()])
    }))
    .ok()
}
