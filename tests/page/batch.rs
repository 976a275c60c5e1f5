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
            .ends_with("1 line names an unknown file")
    });
    convert(&visit);
    assert_eq!(
        visit.text("#batch-count"),
        "30 files · 1 ready · 26 will be refused · 3 failed"
    );
    // The chains of most end in a root that Anaplan does not take.
    let title = "1 ready · 26 will be refused · 3 failed";
    assert_eq!(visit.text("#made-title"), title);
    assert!(visit.shows("#made[data-refused]"));
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
    assert_eq!(lines[0], "file,alias,status,files,reason,findings");
    // Two identities of one file have a line each.
    assert_eq!(lines.len(), 1 + 31);
    let line = |start: &str| *lines.iter().find(|line| line.starts_with(start)).unwrap();
    let first = line("user-00.p12");
    assert!(
        first.starts_with("user-00.p12,alice,will be refused,user-00/my_keystore.jks,,"),
        "{first}"
    );
    // What there is to know of it stands there and in its row.
    assert!(first.contains("“Test Root”"), "{first}");
    visit.click("#batch-rows > li[data-state=refused] summary");
    visit.see("#batch-rows [data-code=private-root]");

    // The lines to paste stand there once, with a place for the alias, which is not the same for all.
    assert!(visit.shows("#paste-lines") && visit.shows("#batch-note"));
    let pasted = visit.property("#paste", "textContent");
    assert!(pasted.contains("KeyStoreAlias=ALIAS"), "{pasted}");
    assert!(!pasted.contains("alice"), "{pasted}");
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

    // The steps name the ZIP and its folders.
    let steps = visit.text("#next-steps");
    assert!(
        steps.starts_with("Unpack anaplan-connect-jks.zip.") && steps.contains("user-00"),
        "{steps}"
    );
    assert!(steps.contains("25 more folders"), "{steps}");

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
    assert_eq!(visit.text("#batch-count"), "30 files · 1 ready · 29 failed");
    visit.fill("#batch-passwords", PASSWORD);
    visit.click("#batch-retry");
    until("the rest", || {
        visit.text("#batch-count") == "30 files · 1 ready · 26 will be refused · 3 failed"
    });
    visit.see("#download-all");
    assert_eq!(keystores(&visit.take_all()).len(), 28);

    visit.click("#batch-failed-only");
    let shown = "return [...document.querySelectorAll('#batch-rows > li')].filter((one) => one.checkVisibility()).length";
    assert_eq!(visit.run(shown, json!([])), 3);

    // What is cancelled is as if it had not been asked for.
    let link = visit.property("#download-all", "href");
    let wrong: Vec<String> = (0..400).map(|number| format!("wrong {number}")).collect();
    visit.run(
        "document.querySelector('#batch-passwords').value = arguments[0];
            document.querySelector('#batch-retry').click()",
        json!([wrong.join("\n")]),
    );
    visit.see("#busy-convert [data-role=cancel]");
    visit.click("#busy-convert [data-role=cancel]");
    until("the end of it", || !visit.shows("#busy-convert"));
    assert_eq!(
        visit.text("#batch-count"),
        "30 files · 1 ready · 26 will be refused · 3 failed"
    );
    assert_eq!(visit.property("#download-all", "href"), link);

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
fn a_part_that_stays_locked_does_not_keep_the_rest() {
    let visit = Visit::over_http();
    let users = [
        ("three.jks", "jks-keytool-three-passwords.jks"),
        ("one.p12", "pkcs12-openssl-default.p12"),
    ];
    begin_folder(&visit, &users);
    visit.fill(
        "#batch-passwords",
        &format!("storepass\nkeypass\n{PASSWORD}"),
    );
    convert(&visit);
    assert_eq!(
        visit.text("#batch-count"),
        "2 files · 1 will be refused · 1 partly done"
    );
    until("the row to say what is locked", || {
        visit
            .property("#batch-rows", "textContent")
            .contains("“bob”")
    });
    let report = report(&visit.take_all());
    assert!(report.contains("users/three.jks,,failed,,"), "{report}");
    assert!(
        report.contains("users/three.jks,alice,will be refused,three/my_keystore.jks,"),
        "{report}"
    );
    fs::remove_dir_all(visit.folder.path().join("unpacked")).expect("it is there");
    fs::remove_file(visit.downloads().join("anaplan-connect-jks.zip")).expect("it is there");

    visit.fill(
        "#batch-passwords",
        &format!("storepass\nkeypass\nbobspass\n{PASSWORD}"),
    );
    visit.click("#batch-retry");
    until("the rest", || {
        visit.text("#batch-count") == "2 files · 2 will be refused"
    });
    visit.see("#download-all");
    assert_eq!(keystores(&visit.take_all()).len(), 3);
}

#[test]
fn of_files_that_all_fail_there_is_the_report() {
    let visit = Visit::over_http();
    let users = [
        ("a.p12", "pkcs12-openssl-default.p12"),
        ("b.p12", "html-hostile.p12"),
        ("c.zip", "zip-infozip-locked-partly.zip"),
    ];
    begin_folder(&visit, &users);
    visit.fill("#batch-passwords", "not this one");
    convert(&visit);
    // In the last the certificate is open, and its key is not.
    assert_eq!(visit.text("#batch-count"), "3 files · 3 failed");
    assert_eq!(visit.text("#made-title"), "Your report is ready");
    assert!(visit.shows("#refusal[data-code=batch-failed]") && visit.shows("#batch-retry"));
    let folder = visit.take_all();
    assert_eq!(report(&folder).lines().count(), 1 + 3);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

    // Where a certificate is all that is wanted, that one is enough.
    visit.choose_system("anaplan-administrator");
    visit.click("#make");
    until("one of them", || {
        visit.text("#batch-count") == "3 files · 1 partly done · 2 failed"
    });
}

#[test]
fn lines_that_are_each_ones_own_lie_in_its_folder() {
    let visit = Visit::over_http();
    let users = [
        ("a.p12", "pkcs12-openssl-default.p12"),
        ("b.p12", "pkcs12-keytool-two-keys.p12"),
    ];
    begin_folder(&visit, &users);
    visit.fill("#batch-passwords", PASSWORD);
    convert_for(&visit, "snowflake");
    let shared = visit.property("#paste", "textContent");
    assert!(
        shared.contains("-Dnet.snowflake") && !shared.contains("ALTER USER"),
        "{shared}"
    );
    assert!(visit.shows("#batch-note"));
    let folder = visit.take_all();
    let lines = fs::read_to_string(folder.join("a/lines-to-paste.txt")).unwrap();
    assert!(lines.contains("ALTER USER"), "{lines}");
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

#[test]
fn the_question_stands_alone_and_its_answer_can_be_changed() {
    let visit = Visit::over_http();
    let files = thirty(&visit);
    let paths: Vec<&Path> = files.iter().take(25).map(PathBuf::as_path).collect();
    visit.choose("#file-input", &paths);
    visit.see("#step-many");
    for other in [
        "#step-file",
        "#paste-in",
        "#request",
        "#system-chosen",
        "#step-outputs",
    ] {
        assert!(!visit.shows(other), "{other}");
    }
    visit.click("#step-many [data-role=together]");
    until("all of them in the list", || visit.shows("#apart"));
    visit.click("[data-role=apart]");
    visit.see("#step-batch");
    assert_eq!(visit.count("#batch-rows > li[data-state=waiting]"), 25);
    assert_eq!(visit.count("#files > li"), 0);
    visit.click("#batch-together");
    until("the list again", || {
        visit.shows("#apart") && !visit.shows("#step-batch")
    });
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

/// Gives a folder of vectors under other names, and converts each on its own.
#[track_caller]
fn begin_folder(visit: &Visit, files: &[(&str, &str)]) {
    let folder = visit.folder.path().join("users");
    fs::create_dir(&folder).expect("the visit's folder is there");
    for (name, from) in files {
        fs::write(folder.join(name), vector(from)).expect("the folder is there");
    }
    visit.choose("#folder-input", &[&folder]);
    visit.click("[data-role=batch]");
    until("the rows", || {
        visit.count("#batch-rows > li") == files.len() as u64
    });
}

fn report(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.csv")).unwrap()
}

/// For Anaplan Connect with a keystore.
#[track_caller]
fn convert(visit: &Visit) {
    convert_for(visit, "anaplan-connect-jks");
}

#[track_caller]
fn convert_for(visit: &Visit, id: &str) {
    visit.choose_system(id);
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
