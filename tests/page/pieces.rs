//! Pieces that belong together: several files at once, archives, parts with a password of their own, files taken away.

use std::fs;

use serde_json::json;

use crate::support::{manifest, words};
use crate::visit::{PASSWORD, Visit, said, text, until};

/// A request's key, the certificate that came back, and the chain as PKCS#7, made by openssl as a CA's instructions say.
struct Pieces {
    visit: Visit,
    paths: [std::path::PathBuf; 3],
}

impl Pieces {
    #[track_caller]
    fn new() -> Self {
        let visit = Visit::over_http();
        let folder = visit.folder.path();
        let [all, key, certificate, rest, chain] =
            ["all.pem", "alice.key", "alice.crt", "rest.pem", "chain.p7b"]
                .map(|name| folder.join(name));
        let vector = crate::visit::root().join("tests/vectors/pkcs12-openssl-default.p12");
        let (vector, pass) = (text(&vector), format!("pass:{PASSWORD}"));
        let openssl = |arguments: &[&str]| said("openssl", arguments);
        let read = ["pkcs12", "-in", &vector, "-passin", &pass, "-nodes"];
        openssl(&[&read[..], &["-out", &text(&all)]].concat());
        openssl(&["pkey", "-in", &text(&all), "-out", &text(&key)]);
        openssl(&["x509", "-in", &text(&all), "-out", &text(&certificate)]);
        openssl(&[&read[..], &["-cacerts", "-nokeys", "-out", &text(&rest)]].concat());
        openssl(&[
            "crl2pkcs7",
            "-nocrl",
            "-certfile",
            &text(&rest),
            "-outform",
            "DER",
            "-out",
            &text(&chain),
        ]);
        let paths = [certificate, key, chain];
        Self { visit, paths }
    }

    fn give(&self) {
        let paths: Vec<_> = self.paths.iter().map(std::path::PathBuf::as_path).collect();
        self.visit.choose("#file-input", &paths);
    }
}

/// The words of the file's row.
#[track_caller]
fn row(visit: &Visit, name: &str) -> String {
    let script = "return [...document.querySelectorAll('#files > li')]
        .find((row) => row.querySelector('[data-field=name]').textContent === arguments[0])?.innerText ?? ''";
    let words = visit.run(script, json!([name]));
    words.as_str().expect("text").to_owned()
}

/// Takes the file of this name off the list.
#[track_caller]
fn remove(visit: &Visit, name: &str) {
    let script = "[...document.querySelectorAll('#files > li')]
        .find((row) => row.querySelector('[data-field=name]').textContent === arguments[0])
        .querySelector('[data-role=remove]').click()";
    visit.run(script, json!([name]));
    until("the row to go", || row(visit, name).is_empty());
    until("the rest to be looked at", || !visit.shows("#busy-open"));
}

#[test]
fn three_files_make_one_identity_and_each_takes_back_what_it_brought() {
    let pieces = Pieces::new();
    let visit = &pieces.visit;
    pieces.give();
    visit.see("#step-outputs");
    assert_eq!(visit.count("#entries > li"), 1);
    assert_eq!(visit.count("#entries [data-role=chain] > li"), 3);
    assert_eq!(visit.count("#others > li"), 0);
    // Each row says what lies in that file, and not what became of it.
    assert!(row(visit, "alice.crt").contains("1 certificate"));
    assert!(row(visit, "alice.key").contains("1 private key"));
    assert!(row(visit, "chain.p7b").contains("2 certificates"));

    remove(visit, "chain.p7b");
    until("the authorities to go", || {
        visit.count("#entries [data-role=chain] > li:not([data-missing])") == 1
    });
    assert_eq!(
        visit.count("#entries [data-role=chain] > li[data-missing]"),
        1,
        "what is missing is named"
    );
    assert!(visit.shows("#step-outputs"));

    remove(visit, "alice.crt");
    until("the certificate to go", || {
        visit.count("#entries [data-role=chain] > li") == 0
    });
    assert_eq!(visit.count("#entries > li"), 1, "the key stays, alone");
    assert!(
        visit.shows("#entries [data-code=key-without-certificate]"),
        "a key alone says what to add"
    );

    // The other way round: a certificate that waits for its key.
    remove(visit, "alice.key");
    until("nothing to be left", || visit.count("#entries > li") == 0);
    visit.choose("#file-input", &[&pieces.paths[0]]);
    visit.see("#others > li[data-kind=certificate]");
    assert!(visit.shows("#none-chosen") && !visit.shows("#make-form"));
    visit.choose("#file-input", &[&pieces.paths[1]]);
    visit.see("#make-form");
    assert_eq!(visit.count("#entries > li"), 1);
}

#[test]
fn files_given_again_are_the_same_identity() {
    let pieces = Pieces::new();
    pieces.give();
    pieces.visit.see("#step-outputs");
    pieces.give();
    until("all to be read", || {
        pieces.visit.count("#files > li[data-state=open]") == 6
    });
    assert_eq!(pieces.visit.count("#entries > li"), 1);
    assert_eq!(pieces.visit.count("#others > li"), 0);
}

#[test]
fn an_archive_of_them() {
    let pieces = Pieces::new();
    let visit = &pieces.visit;
    let archive = visit.folder.path().join("from the CA.zip");
    let files = pieces
        .paths
        .each_ref()
        .map(|path| (text(path), fs::read(path).expect("it was written")));
    let files = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), &bytes[..]));
    let packed = keyferry::archive(files).expect("a few files fit into an archive");
    fs::write(&archive, &*packed).expect("the folder is there");
    visit.choose("#file-input", &[&archive]);
    visit.see("#step-outputs");
    assert_eq!(visit.count("#entries > li"), 1);
    assert_eq!(visit.count("#entries [data-role=chain] > li"), 3);
    assert!(row(visit, "from the CA.zip").contains("1 private key and 3 certificates"));
    remove(visit, "from the CA.zip");
    assert!(!visit.shows("#step-inside"));
}

#[test]
fn locked_archives() {
    for name in [
        "zip-infozip-locked.zip",
        "zip-7z-locked-aes256.zip",
        "zip-infozip-locked-partly.zip",
    ] {
        let visit = Visit::over_http();
        visit.give(&[name]);
        visit.see("#files [data-state=locked] [data-role=password]");
        visit.unlock("not this one");
        until("the wrong password to be said", || {
            visit.text("#files [data-field=error]").contains("password")
        });
        visit.unlock(PASSWORD);
        visit.see("#files > li[data-state=open]");
        assert_eq!(visit.count("#entries > li"), 1, "{name}");
        assert_eq!(visit.count("#entries [data-role=chain] > li"), 3, "{name}");
    }
}

#[test]
fn an_archive_and_what_is_in_it_have_passwords_of_their_own() {
    let visit = Visit::over_http();
    visit.give(&["zip-infozip-locked-p12.zip"]);
    visit.unlock("outer");
    visit.see_state("locked", "content-password-needed");
    let label = visit.text("#files form label");
    assert!(label.contains("pkcs12-openssl-default.p12"), "{label}");
    visit.unlock(PASSWORD);
    visit.see("#step-outputs");
}

#[test]
fn a_key_with_a_password_of_its_own_is_asked_for_by_name() {
    let visit = Visit::over_http();
    visit.give(&["jks-keytool-three-passwords.jks"]);
    visit.unlock("storepass");
    visit.see_state("locked", "content-password-needed");
    // The certificates are there, and nobody is sent for a key that only waits for its password.
    visit.see("#others > li[data-kind=certificate]");
    assert_eq!(visit.count("[data-code=no-private-key]"), 0);
    let asked = |alias: &str| visit.text("#files form label").contains(alias);
    assert!(asked("alice"), "{}", visit.text("#files form"));
    // A wrong one is told from one not typed yet.
    visit.unlock("not this one");
    until("the wrong one to be said", || {
        visit
            .text("#files [data-field=error]")
            .contains("none of the other passwords")
    });
    assert_eq!(
        visit.attribute("#files [data-role=password]", "aria-invalid"),
        "true"
    );
    visit.unlock("keypass");
    until("the other key to be asked for", || asked("bob"));
    assert_eq!(visit.count("#entries > li"), 1, "one key is open already");
    visit.unlock("bobspass");
    visit.see("#files > li[data-state=open]");
    let lines = manifest();
    let line = lines
        .iter()
        .find(|line| line["file"] == "jks-keytool-three-passwords.jks")
        .expect("the manifest has it");
    assert_eq!(
        visit.count("#entries > li"),
        words(&line["passwords"]).len() as u64 - 1,
        "a key for each password but the store's"
    );
}

#[test]
fn a_check_value_with_a_password_of_its_own() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-crafted-mac-password.p12"]);
    visit.unlock("outer");
    visit.see_state("locked", "content-password-needed");
    let row = visit.text("#files > li");
    assert!(row.contains("password is correct"), "{row}");
    assert_eq!(visit.text("#files form label"), "The other password");
    visit.unlock("inner");
    visit.see("#step-outputs");
    assert_eq!(visit.count("#entries > li"), 1);
}

#[test]
fn one_password_opens_all_that_it_fits() {
    let visit = Visit::over_http();
    visit.give(&[
        "pkcs12-openssl-default.p12",
        "jks-keytool-default.jks",
        "zip-infozip-locked.zip",
    ]);
    until("all to be locked", || {
        visit.count("#files > li[data-state=locked]") == 3
    });
    visit.unlock(PASSWORD);
    until("all to open", || {
        visit.count("#files > li[data-state=open]") == 3
    });
}
