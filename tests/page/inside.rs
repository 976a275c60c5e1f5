//! What the person has: the verdict of the chosen system, the chain, and a next step for every file.

use std::fs;

use serde_json::{Value, json};

use crate::access::assert_fits;
use crate::support::vector;
use crate::visit::{PASSWORD, Visit, said, text, until};

/// What is written on the screen inside an element; what only a screen reader says is left out.
fn seen(visit: &Visit, selector: &str) -> String {
    let script = "const hidden = document.querySelectorAll('.unseen, option:not(:checked)');
        for (const one of hidden) one.hidden = true;
        const text = document.querySelector(arguments[0]).innerText;
        for (const one of hidden) one.hidden = false;
        return text;";
    let shown = visit.run(script, json!([selector]));
    shown.as_str().expect("a text").to_owned()
}

fn target(visit: &Visit, id: &str) {
    visit.choose_system(id);
    until("the system's own verdict", || !visit.shows("#busy-open"));
}

fn verdict(visit: &Visit) -> String {
    visit.text("#step-inside [data-field=verdict]")
}

#[test]
fn an_ordinary_file_is_said_in_few_words() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#entries [data-outcome=refused]");
    let words = |selector| seen(&visit, selector).split_whitespace().count();
    let have = words(".have");
    assert!(have <= 70, "{have} words: {}", seen(&visit, ".have"));
    let all = words("body");
    assert!(all <= 180, "{all} words: {}", seen(&visit, "body"));
    // Each fact once.
    let card = seen(&visit, "#entries");
    for once in ["2046-01-01", "alice@example.com", "public root"] {
        assert_eq!(card.matches(once).count(), 1, "{once} in {card}");
    }
}

#[test]
fn the_verdict_is_that_of_the_chosen_system() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#entries [data-outcome=refused]");
    assert_eq!(
        verdict(&visit),
        "Anaplan will refuse this: its root “Test Root” is not a public root."
    );
    assert!(
        visit
            .text("#entries [data-field=next]")
            .starts_with("Request a certificate")
    );
    target(&visit, "windows-current");
    visit.see("#entries [data-outcome=warned]");
    assert!(
        verdict(&visit).ends_with("takes this. 1 warning."),
        "{}",
        verdict(&visit)
    );
    assert!(visit.shows("#entries [data-role=findings] [data-code=chain-private-root]"));
    visit.click("#entries .exactly > summary");
    visit.click("#entries [data-role=trust]");
    visit.see("#entries [data-outcome=ready]");
    assert!(
        verdict(&visit).starts_with("Ready for Windows"),
        "{}",
        verdict(&visit)
    );
    // Files by hand are no system.
    target(&visit, "custom");
    until("no verdict", || {
        !visit.shows("#entries [data-field=verdict]")
    });
    assert_eq!(
        visit.text("#entries [data-field=left]"),
        "Valid until 2046-01-01"
    );
}

#[test]
fn a_date_is_said_once_and_with_what_to_do() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-expired.p12");
    visit.see("#entries [data-outcome=refused]");
    assert_eq!(verdict(&visit), "Anaplan will refuse this: it has expired.");
    let left = visit.text("#entries [data-field=left]");
    assert!(left.starts_with("Expired on 20"), "{left}");
    assert!(
        visit
            .text("#entries [data-field=next]")
            .starts_with("Renew it")
    );
    let day = left.trim_start_matches("Expired on ");
    assert_eq!(seen(&visit, "#entries").matches(day).count(), 1);
}

#[test]
fn the_chain_is_a_small_picture() {
    let visit = Visit::over_http();
    visit.give(&["pkcs8-openssl-rsa.pem", "pem-openssl-cert.pem"]);
    visit.see("#entries .chain > [data-missing]");
    let chain: Value = visit.run(
        "return [...document.querySelectorAll('#entries .chain > li')].map(one => one.innerText.trim())",
        json!([]),
    );
    assert_eq!(chain, json!(["Alice Example", "Test Issuing missing"]));
    let dashed = visit.run(
        "return getComputedStyle(document.querySelector('#entries .chain > [data-missing]')).borderTopStyle",
        json!([]),
    );
    assert_eq!(dashed, "dashed");
    assert!(
        visit.shows("#entries [data-outcome=incomplete]"),
        "{}",
        verdict(&visit)
    );
    for width in [320, 360, 1440] {
        assert_fits(&visit, "a card with a chain", width);
    }
}

#[test]
fn of_several_identities_only_the_chosen_one_is_whole() {
    let visit = Visit::over_http();
    visit.open("pkcs12-keytool-two-keys.p12");
    visit.see("#entries > li:nth-child(2) [data-field=verdict]");
    let bodies = || visit.count("#entries > li > .body:not([hidden])");
    assert_eq!(bodies(), 0);
    // The whole row chooses.
    visit.click("#entries > li:nth-child(2) .who label");
    visit.see("#entries > li:nth-child(2) .chain");
    assert_eq!(bodies(), 1);
    visit.click("#entries > li:nth-child(1) input");
    visit.see("#entries > li:nth-child(1) .chain");
    assert_eq!(bodies(), 1);
}

#[test]
fn details_have_headings_and_what_matters_first() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.click("#entries .exactly > summary");
    visit.see("#entries .groups dl > div");
    let headings = visit.run(
        "return [...document.querySelectorAll('#entries .exactly h4')].map(one => one.textContent)",
        json!([]),
    );
    let wanted = ["Identity", "Validity", "Uses", "Key", "Issuer", "Technical"];
    assert_eq!(headings, json!(wanted));
    // What needs no act stands here.
    assert!(visit.shows("#entries [data-role=notes] [data-code=email-found]"));
    let order = visit.run(
        "return [...document.querySelectorAll('main :is(h2, h3, h4)')].filter(one => one.checkVisibility())
            .every((one, index, all) => !index || one.tagName[1] - all[index - 1].tagName[1] <= 1)",
        json!([]),
    );
    assert_eq!(order, true, "a level of headings is left out");
}

#[test]
fn a_truststore_asks_for_the_password_that_checks_it() {
    let visit = Visit::over_http();
    visit.give(&["jks-keytool-truststore.jks"]);
    visit.see("#files [data-code=integrity-unchecked]");
    let field = "#files [data-role=password]";
    let described = visit.run(
        "const field = document.querySelector('#files [data-role=password]');
        return document.getElementById(field.getAttribute('aria-describedby')).innerText",
        json!([]),
    );
    assert!(
        described.as_str().unwrap().contains("password"),
        "{described}"
    );
    visit.fill(field, "not this one");
    visit.click("#files form[data-role=unlock] [type=submit]");
    visit.see_state("locked", "wrong-password");
    visit.see(&format!("{field}:focus"));
    visit.unlock(PASSWORD);
    visit.see("#files > li[data-state=open]");
    assert!(!visit.shows("#files [data-code=integrity-unchecked]"));
    assert!(!visit.shows(field));
}

#[test]
fn a_request_says_what_it_asks_for_and_whose_key_is_here() {
    let visit = Visit::over_http();
    let path = |name: &str| visit.folder.path().join(name);
    let (key, request) = (text(&path("own.key")), text(&path("own.csr")));
    said(
        "openssl",
        &[
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=Ann Example",
            "-addext",
            "subjectAltName=email:ann@example.com,DNS:www.example.com",
            "-keyout",
            &key,
            "-out",
            &request,
        ],
    );
    visit.choose("#file-input", &[&path("own.csr")]);
    visit.see("#others > li[data-kind=request]");
    let shown = seen(&visit, "#others");
    for part in [
        "Ann Example",
        "CN=Ann Example",
        "RSA, 2048 bits",
        "ann@example.com",
        "www.example.com",
        "Send this to your CA. Keep its key.",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    visit.choose("#file-input", &[&path("own.key")]);
    until("the key to be seen", || {
        seen(&visit, "#others").contains("Keep its key, which is in your files.")
    });
    // Both at once: nobody has to look for it.
    let visit_again = Visit::over_http();
    visit_again.choose("#file-input", &[&path("own.csr"), &path("own.key")]);
    visit_again.see("#others > li[data-kind=request] [data-field=next]");
}

#[test]
fn a_key_and_the_certificate_of_another_are_both_named() {
    let visit = Visit::over_http();
    let folder = visit.folder.path();
    let key = folder.join("a.key");
    let certificate = folder.join("b.crt");
    said("openssl", &["genrsa", "-out", &text(&key), "2048"]);
    fs::write(&certificate, vector("pem-openssl-cert.pem")).unwrap();
    visit.choose("#file-input", &[&key, &certificate]);
    visit.see("#entries [data-code=certificate-of-another-key]");
    let shown = visit.text("#entries [data-role=findings]");
    assert!(
        shown.contains(
            "The key in a.key does not belong to the certificate Alice Example in b.crt."
        ),
        "{shown}"
    );
    assert_eq!(verdict(&visit), "Not ready for Anaplan yet.");
    // Beside it, which file the certificate waits for.
    let other = seen(&visit, "#others");
    assert!(
        other.contains("its private key is missing") && other.contains(".key"),
        "{other}"
    );
}

#[test]
fn a_forgotten_password_has_a_way_on() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
    visit.click("#files .forgot > summary");
    assert!(seen(&visit, "#files .forgot").contains("It cannot be recovered."));
    let makers = || {
        let shown = visit.run(
            "return [...document.querySelectorAll('#files li:last-child .forgot li')].filter(one => !one.hidden).map(one => one.dataset.maker)",
            json!([]),
        );
        shown.as_array().expect("a list").len()
    };
    assert_eq!(makers(), 6, "the maker is not known");
    for (file, maker) in [
        ("pkcs12-nss-default.p12", "nss"),
        ("pkcs12-keytool-default.p12", "java"),
        ("pkcs12-crafted-windows.pfx", "windows"),
        ("jks-keytool-default.jks", "java"),
        ("openssh-keygen-rsa-encrypted", "open-ssh"),
        ("pem-openssl-proctype-aes256.pem", "open-ssl"),
    ] {
        let visit = Visit::over_http();
        visit.give(&[file]);
        visit.see("#files [data-state=locked]");
        visit.click("#files .forgot > summary");
        assert!(
            visit.shows(&format!("#files .forgot [data-maker={maker}]")),
            "{file}"
        );
        assert_eq!(visit.count("#files .forgot li:not([hidden])"), 1, "{file}");
    }
}

#[test]
fn what_is_no_certificate_says_what_can_be_made_of_it() {
    for (file, kind, words) in [
        (
            "crl-openssl.crl",
            "crl",
            "Add your certificate to check it.",
        ),
        (
            "jceks-java-secret-keys.jceks",
            "secret-key",
            "choose the files by hand",
        ),
    ] {
        let visit = Visit::over_http();
        visit.give(&[file]);
        if kind == "secret-key" {
            visit.unlock(PASSWORD);
        }
        visit.see(&format!("#others > li[data-kind={kind}]"));
        let shown = visit.text(&format!("#others > li[data-kind={kind}] [data-field=next]"));
        assert!(shown.contains(words), "{file}: {shown}");
        assert!(!visit.shows("#others [data-field=verdict]"), "{file}");
    }
    let visit = Visit::over_http();
    let path = |name: &str| text(&visit.folder.path().join(name));
    said("openssl", &["genrsa", "-out", &path("own.key"), "2048"]);
    said(
        "openssl",
        &[
            "pkey",
            "-in",
            &path("own.key"),
            "-pubout",
            "-out",
            &path("own.pub"),
        ],
    );
    visit.choose("#file-input", &[&visit.folder.path().join("own.pub")]);
    visit.see("#others > li[data-kind=public-key]");
    let shown = seen(&visit, "#others");
    assert!(
        shown.contains("RSA, 2048 bits") && shown.contains("nothing secret"),
        "{shown}"
    );
}
