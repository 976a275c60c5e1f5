//! The built page in Chromium, driven through WebDriver: from http and from a folder, as a person uses it.
//!
//! What the page saves, strangers open: openssl and keytool. Run by `cargo xtask test`, which builds the page first.

#[path = "../support/mod.rs"]
mod support;

mod about;
mod access;
mod batch;
mod clear;
mod closed;
mod inside;
mod inventory;
mod made;
mod media;
mod pieces;
mod recover;
mod report;
mod request;
mod system;
mod targets;
mod visit;
mod worth;

use std::fs;
use std::path::Path;

use browser::Key;
use serde_json::{Value, json};

use support::{manifest, words};
use visit::{Home, NEW_PASSWORD, PASSWORD, Visit, said, text, until};

const FILES: [&str; 4] = [
    "public_key.pem",
    "private_key.pem",
    "bundle.p12",
    "my_keystore.jks",
];

#[test]
fn the_job_over_http() {
    job(&Visit::over_http());
}

#[test]
fn the_job_from_a_folder() {
    job(&Visit::at(Home::Folder, &[]));
}

fn job(visit: &Visit) {
    visit.open("pkcs12-nss-default.p12");
    assert_eq!(visit.count("#entries > li"), 1);
    visit.make("scott");
    assert_eq!(
        visit.count("#outputs > li[data-made=true]"),
        FILES.len() as u64
    );
    let folder = visit.take_all();
    strangers_open(&folder, "pkcs12-nss-default.p12", "scott");
    assert_eq!(
        visit.text("#made [data-field=checked]"),
        "Opened again, with the new password where there is one. A second reader opened 3 of 4 files."
    );
    visit.click("#made .checked summary");
    for name in FILES {
        let row = format!("#outputs > li[data-name='{name}']");
        let reader = match name {
            "public_key.pem" => "x509-parser 0.18",
            "private_key.pem" => "pkcs8 0.11",
            "bundle.p12" => "p12-keystore 0.4",
            _ => "",
        };
        let readers = format!("#made .readers > li[data-key='{name}']");
        let opened = visit.text(&format!("{readers} [data-field=readers]"));
        assert!(opened.contains("Keyferry"), "{name}: {opened}");
        assert!(opened.contains(reader), "{name}: {opened}");
        let alone = visit.shows(&format!("{readers} [data-field=alone]"));
        assert_eq!(alone, reader.is_empty(), "{name}: {opened}");
        visit.click(&format!("{row} a[data-role=download]"));
        let alone = fs::read(visit.downloaded(name)).unwrap();
        assert!(
            alone == fs::read(folder.join(name)).unwrap(),
            "{name} alone and in the archive"
        );
        let shown = visit
            .text(&format!("{readers} [data-field=sha256]"))
            .replace(char::is_whitespace, "");
        assert_eq!(
            shown,
            sha256(&folder.join(name)),
            "the SHA-256 shown for {name}"
        );
    }
}

/// Every file opens with the new password, and holds the key and the chain that the manifest names.
fn strangers_open(folder: &Path, vector: &str, alias: &str) {
    let lines = manifest().into_iter().filter(|line| line["file"] == vector);
    let mut keys = lines.flat_map(|line| line["keys"].as_array().cloned().unwrap_or_default());
    let wanted =
        |key: &Value| key["chain"] != json!([]) && (alias == "scott" || key["alias"] == alias);
    let key = keys.find(wanted).unwrap();
    let (public, chain) = (key["spki_sha256"].as_str().unwrap(), words(&key["chain"]));
    let [certificate, private, bundle, keystore] = FILES.map(|name| text(&folder.join(name)));
    let [scratch, der] = ["scratch.pem", "scratch.der"].map(|name| text(&folder.join(name)));
    let pass = format!("pass:{NEW_PASSWORD}");

    let pem = fs::read_to_string(&certificate).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"), "{pem}");
    assert_eq!(pem.matches("-----BEGIN").count(), 1, "{pem}");
    said(
        "openssl",
        &["x509", "-in", &certificate, "-outform", "DER", "-out", &der],
    );
    assert_eq!(sha256(Path::new(&der)), chain[0]);

    said(
        "openssl",
        &[
            "pkey", "-in", &private, "-passin", &pass, "-pubout", "-outform", "DER", "-out", &der,
        ],
    );
    assert_eq!(sha256(Path::new(&der)), public);

    said(
        "openssl",
        &[
            "pkcs12", "-in", &bundle, "-passin", &pass, "-nodes", "-out", &scratch,
        ],
    );
    said(
        "openssl",
        &[
            "pkey", "-in", &scratch, "-pubout", "-outform", "DER", "-out", &der,
        ],
    );
    assert_eq!(sha256(Path::new(&der)), public);
    assert_eq!(
        fs::read_to_string(&scratch)
            .unwrap()
            .matches("-----BEGIN CERTIFICATE")
            .count(),
        chain.len()
    );

    let keytool = [
        "-list",
        "-v",
        "-storetype",
        "JKS",
        "-keystore",
        &keystore,
        "-storepass",
        NEW_PASSWORD,
    ];
    let listed = said("keytool", &keytool);
    assert!(
        listed.contains(&format!("Alias name: {alias}\n")),
        "{listed}"
    );
    assert!(listed.contains("Entry type: PrivateKeyEntry"), "{listed}");
    let listed = listed.replace(':', "").to_lowercase();
    assert!(
        chain.iter().all(|certificate| listed.contains(certificate)),
        "{listed}"
    );
}

fn sha256(file: &Path) -> String {
    let said = said("openssl", &["dgst", "-sha256", "-r", &text(file)]);
    said.split_whitespace().next().unwrap().to_owned()
}

/// From the empty page to the files in twelve keystrokes, besides what is typed.
#[test]
fn by_keyboard_alone() {
    let visit = Visit::empty();
    let metrics = json!({"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
    let mut keystrokes = tab_to(&visit, "#system");
    visit.type_text("anaplan");
    visit.press(Key::Enter);
    visit.see("#file-input:focus");
    // Space opens the system's own dialog, which is no part of the page.
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see("#files [data-role=password]:focus");
    visit.type_text(PASSWORD);
    visit.press(Key::Enter);
    visit.see("#new-password:focus");
    visit.type_text(NEW_PASSWORD);
    visit.see("#new-password-again");
    keystrokes += tab_to(&visit, "#new-password-again");
    visit.type_text(NEW_PASSWORD);
    until("the rules to agree", || {
        visit.count("#rules-password > li[data-met=false]") == 0
    });
    visit.press(Key::Enter);
    visit.see("#made-title:focus");
    keystrokes += tab_to(&visit, "#download-all");
    visit.press(Key::Enter);
    visit.downloaded(&visit.property("#download-all", "download"));
    // Enter four times, and the key that opens the dialog.
    keystrokes += 5;
    assert!(keystrokes <= 12, "{keystrokes} keystrokes");
}

/// Presses Tab until the focus is there, in no more steps than the page has things to focus; answers with how many.
#[track_caller]
fn tab_to(visit: &Visit, selector: &str) -> usize {
    let there = format!("{selector}:focus");
    for pressed in 0..80 {
        if visit.count(&there) == 1 {
            return pressed;
        }
        visit.press(Key::Tab);
    }
    panic!("Tab does not come to {selector}");
}

#[test]
fn a_sample_shows_the_whole_way() {
    let visit = Visit::over_http();
    visit.click("[data-role=try-sample]");
    visit.see("#files > li[data-state=open]");
    assert_eq!(
        visit.text("#files [data-field=sample]"),
        "This is a sample. Its certificate is not real. Its password is “sample”."
    );
    assert_eq!(
        visit.text("#entries [data-field=name]"),
        "Sample User (not real)"
    );
    visit.make("scott");
    assert_eq!(
        visit.count("#outputs > li[data-made=true]"),
        FILES.len() as u64
    );
    // A file that is no sample does not say so.
    visit.give(&["pem-openssl-other-certificate.pem"]);
    visit.see("#files > li:nth-child(2)[data-state=open]");
    assert!(!visit.shows("#files > li:nth-child(2) [data-field=sample]"));
}

#[test]
fn the_whole_zone_chooses_a_file() {
    let visit = Visit::over_http();
    let count = "window.chosen = 0; document.querySelector('#file-input').addEventListener('click', event => {
        window.chosen++; event.preventDefault(); })";
    visit.run(count, json!([]));
    let chosen = || visit.run("return window.chosen", json!([]));
    visit.click(".berth-first");
    assert_eq!(chosen(), 1);
    visit.click("label[for=file-input]");
    assert_eq!(chosen(), 2);
    // Once there are files the zone is gone, and so is the click.
    visit.open("pkcs12-openssl-default.p12");
    visit.run("document.querySelector('#berth').click()", json!([]));
    assert_eq!(chosen(), 2);
}

#[test]
fn a_wrong_password_then_the_right_one() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
    visit.unlock("not this one");
    visit.see_state("locked", "wrong-password");
    assert!(!visit.shows("#step-inside"));
    // What was tried is said, beside the field and to those who hear it.
    let said = visit.text("#files > li");
    for words in [
        "The password does not open this PKCS#12 file.",
        "The empty password",
        "without outer spaces",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let field = "#files [data-role=password]";
    assert_eq!(visit.attribute(field, "aria-invalid"), "true");
    let about = visit.attribute(field, "aria-describedby");
    assert!(visit.text(&format!("#{about}")).contains("does not open"));
    visit.unlock("nor this");
    until("two passwords to be counted", || {
        visit
            .text("#files [data-field=error]")
            .contains("None of the 2 passwords")
    });
    visit.unlock(PASSWORD);
    visit.see("#step-outputs");
}

#[test]
fn a_costly_file_is_asked_about_then_opened_or_given_up() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-hostile-iterations-mac-costly.p12"]);
    // Its password first: nothing is derived to try the empty one.
    visit.see_state("locked", "password-needed");
    visit.unlock(PASSWORD);
    visit.see_state("costly", "costly-derivation");
    visit.click("#files [data-role=accept]");
    visit.see("#files > li[data-state=open]");

    // The minutes of this one end when they are cancelled, and the page works on.
    let visit = Visit::over_http();
    visit.give(&["pkcs12-hostile-iterations-mac.p12"]);
    visit.unlock(PASSWORD);
    visit.see_state("costly", "costly-derivation");
    visit.click("#files [data-role=accept]");
    visit.click("#busy-open [data-role=cancel]");
    until("the cancelled work to end", || !visit.shows("#busy-open"));
    visit.click("#files [data-role=remove]");
    until("the file to go", || visit.count("#files > li") == 0);
    visit.open("pkcs12-openssl-default.p12");
}

#[test]
fn a_page_saved_under_a_keystores_name() {
    let visit = Visit::over_http();
    visit.give(&["html-hostile.p12"]);
    visit.see_state("refused", "not-recognised");
    let (fact, step) = (
        visit.text("#files [data-field=error]"),
        visit.text("#files [data-field=hint]"),
    );
    assert!(fact.contains("web page"), "{fact}");
    assert!(step.contains("Sign in"), "{step}");
    assert!(!visit.shows("#step-inside") && !visit.shows("#files form"));
    // The file itself, given beside it, opens.
    visit.open("pkcs12-openssl-default.p12");
}

#[test]
fn more_than_64_mib_is_refused() {
    let visit = Visit::over_http();
    let path = visit.folder.write("large.p12", b"");
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len((64 << 20) + 1)
        .unwrap();
    visit.choose("#file-input", &[&path]);
    visit.see_state("refused", "too-large");
}

#[test]
fn several_identities_and_none_chosen_silently() {
    let visit = Visit::over_http();
    visit.open("pkcs12-keytool-two-keys.p12");
    assert_eq!(visit.count("#entries input[name=identity]"), 2);
    assert_eq!(visit.count("#entries input[name=identity]:checked"), 0);
    assert!(visit.shows("#none-chosen") && !visit.shows("#make-form"));
    // Which card is whose, the page says; the second is chosen, whoever that is.
    let alias = visit.property(
        "#entries > li:nth-child(2) [data-field=alias]",
        "textContent",
    );
    visit.click("#entries > li:nth-child(2) input[name=identity]");
    visit.see("#make-form");
    assert_eq!(visit.property("#alias", "value"), alias);
    visit.make(&alias);
    strangers_open(&visit.take_all(), "pkcs12-keytool-two-keys.p12", &alias);
}

#[test]
fn a_key_and_its_certificate_from_two_files() {
    let visit = Visit::over_http();
    visit.give(&["pkcs8-openssl-rsa.pem", "pem-openssl-cert.pem"]);
    visit.see("#step-outputs");
    assert_eq!(visit.count("#entries > li"), 1);
    visit.make("scott");
    strangers_open(&visit.take_all(), "pkcs8-openssl-rsa.pem", "scott");
}

#[test]
fn pasted_text() {
    let visit = Visit::over_http();
    visit.click("#paste-in > summary");
    let pem = String::from_utf8(support::vector("pem-openssl-cert.pem")).unwrap();
    visit.fill("#pasted-text", &pem);
    visit.click("[data-role=take-text]");
    visit.see("#others > li[data-kind=certificate] [data-code=no-private-key]");
    assert_eq!(visit.count("#others > li"), 1);
}

#[test]
fn a_new_password_the_target_cannot_take_is_said_before() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.fill("#new-password", "a:bé");
    until("the rules to answer", || {
        visit.count("#rules-password > li[data-met=false]") >= 3
    });
    visit.click("#make");
    until("no file made", || !visit.shows("#busy-convert"));
    assert!(!visit.shows("#download-all"));
    assert_eq!(visit.count("#outputs > li[data-made=true]"), 0);
    visit.fill("#new-password", NEW_PASSWORD);
    until("the rules to agree", || {
        visit.count("#rules-password > li[data-met=false]") == 0
    });
}

#[test]
fn an_alias_like_markup_is_text() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-quoted-name.p12");
    assert_eq!(
        visit.property("#entries [data-field=alias]", "textContent"),
        "<b>alice</b> & \"co\""
    );
}

#[test]
fn starting_over_forgets() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.make("scott");
    visit.click("#start-over");
    until("the files to go", || visit.count("#files > li") == 0);
    assert!(!visit.shows("#step-inside") && !visit.shows("#step-outputs"));
    assert_eq!(visit.property("#new-password", "value"), "");
    assert_eq!(visit.count("#alias"), 0);
    // The password went too: the same file asks for it again.
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
}

#[test]
fn the_footer_names_the_version() {
    let visit = Visit::over_http();
    let version = concat!("Version ", env!("CARGO_PKG_VERSION"));
    assert!(
        visit.text("footer").contains(version),
        "{}",
        visit.text("footer")
    );
}

#[test]
fn a_certificate_without_key_usages() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-noeku.p12");
    assert!(
        visit.shows("#entries [data-role=findings] > li[data-code=extended-key-usage-missing]")
    );
    assert!(!visit.shows("#failure"), "{}", visit.text("#failure"));
}

#[test]
fn every_hostile_vector_at_once_breaks_nothing() {
    let visit = Visit::over_http();
    let lines = manifest();
    let files = lines.iter().filter_map(|line| line["file"].as_str());
    let mut files: Vec<_> = files.filter(|file| file.contains("-hostile")).collect();
    files.sort_unstable();
    files.dedup();
    visit.give(&files);
    visit.click("[data-role=together]");
    // The list shows some of so many; what is said is of all.
    let all = format!(" of {} files are open.", files.len());
    until("all to be read", || {
        visit.property("#status", "textContent").ends_with(&all)
    });
    assert!(!visit.shows("#failure"), "{}", visit.text("#failure"));
}
