//! A batch: many files at once, each converted on its own into one ZIP.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::vector;
use crate::visit::{NEW_PASSWORD, PASSWORD, Visit, said, text, until};

/// What a spreadsheet would run, as the name of a file.
const EVIL: &str = "=1+1, \"x\".p12";

#[test]
fn thirty_files_into_one_archive() {
    let visit = Visit::over_http();
    begin(&visit, &thirty(&visit));
    assert!(!visit.shows("#step-file") && visit.shows("#step-outputs"));
    assert_eq!(visit.count("#batch-rows > li[data-state=waiting]"), 30);

    let list =
        format!("file,password\r\nUSER-00.p12,\"{PASSWORD}\"\r\n,{PASSWORD}\r\nnobody.p12,x\r\n");
    let list = visit.folder.write("of-mine.csv", list.as_bytes());
    visit.choose("#batch-list", &[&list]);
    until("the list to be read", || {
        visit
            .text("#batch-listed")
            .ends_with("1 line for files that are not here")
    });
    convert(&visit);
    assert_eq!(visit.text("#batch-count"), "30 files · 27 done · 3 failed");
    let failed = |name: &str, code: &str| {
        let named = "return [...document.querySelectorAll('#batch-rows > li')]
            .find((one) => one.querySelector('.name').textContent === arguments[0]).dataset";
        // Rows are drawn a few times a second, and so later than they are counted.
        until(name, || {
            let row = visit.run(named, json!([name]));
            row["state"] == "failed" && row["code"] == code
        });
    };
    failed("stranger.p12", "wrong-password");
    failed("page.p12", "not-recognised");
    failed("costly.p12", "costly-derivation");

    let folder = visit.take_all();
    let report = fs::read_to_string(folder.join("report.csv")).unwrap();
    let lines: Vec<&str> = report
        .strip_prefix('\u{feff}')
        .unwrap()
        .split_terminator("\r\n")
        .collect();
    assert_eq!(lines[0], "file,alias,status,files,reason");
    // Two identities of one file have a line each.
    assert_eq!(lines.len(), 1 + 31);
    let line = |start: &str| *lines.iter().find(|line| line.starts_with(start)).unwrap();
    assert_eq!(
        line("user-00.p12"),
        "user-00.p12,alice,done,user-00/my_keystore.jks,"
    );
    assert!(
        line("\"'=1+1, \"\"x\"\".p12\"").contains(",done,"),
        "{report}"
    );
    assert!(line("stranger.p12,,failed,,").len() > "stranger.p12,,failed,,".len());
    assert!(line("page.p12,,failed,,").contains("web page"), "{report}");
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.starts_with("two.p12,"))
            .count(),
        2
    );
    assert!(!report.contains(PASSWORD) && !report.contains(NEW_PASSWORD));

    // A folder an identity, of which each opens.
    let keystores = keystores(&folder);
    assert_eq!(keystores.len(), 28);
    for keystore in [&keystores[0], &keystores[27]] {
        let listed = said(
            "keytool",
            &[
                "-list",
                "-keystore",
                &text(keystore),
                "-storepass",
                NEW_PASSWORD,
            ],
        );
        assert!(listed.contains("PrivateKeyEntry"), "{listed}");
    }
    let evil = keystores
        .iter()
        .filter(|path| text(path).contains("=1+1, _x_"));
    assert_eq!(evil.count(), 1, "{keystores:?}");

    // Nothing of a password is in the document's attributes or its storage.
    let markup = "return document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage })";
    let markup = visit.run(markup, json!([])).to_string();
    assert!(!markup.contains(NEW_PASSWORD) && !markup.contains(&format!("{PASSWORD}\"")));
}

#[test]
fn what_failed_is_tried_again_with_another_password() {
    let visit = Visit::over_http();
    begin(&visit, &thirty(&visit));
    visit.fill("#batch-passwords", "not this one");
    convert(&visit);
    // The one that the empty password opens.
    assert_eq!(visit.text("#batch-count"), "30 files · 1 done · 29 failed");
    visit.fill("#batch-passwords", PASSWORD);
    visit.click("#batch-retry");
    until("the rest", || {
        visit.text("#batch-count") == "30 files · 27 done · 3 failed"
    });
    visit.see("#download-all");
    assert_eq!(keystores(&visit.take_all()).len(), 28);

    visit.click("#batch-failed-only");
    let shown = "return [...document.querySelectorAll('#batch-rows > li')].filter((one) => one.checkVisibility()).length";
    assert_eq!(visit.run(shown, json!([])), 3);

    // Together they are what they would have been.
    visit.click("#batch-together");
    until("the files", || {
        visit
            .property("#status", "textContent")
            .contains(" of 30 files are open.")
    });
    assert!(visit.shows("#step-file") && !visit.shows("#step-batch"));
}

#[test]
fn a_batch_is_cancelled_and_forgotten() {
    let visit = Visit::over_http();
    begin(&visit, &thirty(&visit));
    // So many wrong ones take their time.
    let wrong: Vec<String> = (0..400).map(|number| format!("wrong {number}")).collect();
    visit.fill("#new-password", NEW_PASSWORD);
    visit.run(
        "document.querySelector('#batch-passwords').value = arguments[0]",
        json!([wrong.join("\n")]),
    );
    visit.click("#make");
    visit.see("#batch-rows > li[data-state=working]");
    visit.click("#busy-convert [data-role=cancel]");
    until("the end of it", || !visit.shows("#busy-convert"));
    until("all to wait", || {
        visit.count("#batch-rows > li[data-state=waiting]") == 30
    });
    assert!(!visit.shows("#download-all") && !visit.shows("#failure"));
    visit.fill("#batch-passwords", PASSWORD);
    convert(&visit);
    visit.click("#start-over");
    until("the rows to go", || visit.count("#batch-rows > li") == 0);
    assert!(visit.shows("#step-file") && !visit.shows("#step-batch"));
    assert_eq!(visit.property("#batch-passwords", "value"), "");
}

#[test]
fn few_files_are_no_batch() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-openssl-default.p12", "pem-openssl-cert.pem"]);
    visit.see("#files [data-state=locked]");
    assert!(!visit.shows("#step-many"));
}

/// Gives files that are asked about, and converts each on its own.
#[track_caller]
pub fn begin(visit: &Visit, files: &[PathBuf]) {
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    visit.choose("#file-input", &paths);
    visit.see("#step-many");
    visit.click("[data-role=batch]");
    let laid = files.len() as u64;
    until("the rows", || visit.count("#batch-rows > li") == laid);
}

/// For Anaplan Connect with a keystore.
#[track_caller]
fn convert(visit: &Visit) {
    let target = "const target = document.querySelector('#target');
        target.value = 'anaplan-connect-jks';
        target.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.run(target, json!([]));
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    visit.see("#download-all");
}

/// 25 files that the usual password opens, one with two identities, one without a password and with a name to beware of,
/// and three that fail.
pub fn thirty(visit: &Visit) -> Vec<PathBuf> {
    let alike = (0..25).map(|number| {
        (
            format!("user-{number:02}.p12"),
            "pkcs12-openssl-default.p12",
        )
    });
    let others = [
        ("two.p12", "pkcs12-keytool-two-keys.p12"),
        (EVIL, "pkcs12-openssl-empty-password.p12"),
        ("stranger.p12", "pkcs12-openssl-unicode-password.p12"),
        ("page.p12", "html-hostile.p12"),
        ("costly.p12", "pkcs12-hostile-iterations-mac.p12"),
    ];
    let others = others.map(|(name, from)| (name.to_owned(), from));
    let all = alike.chain(others);
    all.map(|(name, from)| visit.folder.write(&name, &vector(from)))
        .collect()
}

fn keystores(folder: &Path) -> Vec<PathBuf> {
    let inside = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = inside
        .map(|path| path.join("my_keystore.jks"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}
