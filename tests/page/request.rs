//! A certificate from its beginning: a key and a request made in the page, the CA's answer, the identity.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::visit::{Home, NEW_PASSWORD, PASSWORD, Visit, address, root, said, text, until};

/// Opens the form and fills in a person.
#[track_caller]
fn form() -> Visit {
    let visit = Visit::over_http();
    fill(&visit);
    visit
}

#[track_caller]
fn fill(visit: &Visit) {
    visit.click("#request > summary");
    visit.fill("#request-cn", "Ann Example");
    visit.fill("#request-email", "ann@example.com");
}

/// Chooses in a list of the form.
#[track_caller]
fn choose(visit: &Visit, selector: &str, value: &str) {
    let script = "const select = document.querySelector(arguments[0]); select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true })); return select.value";
    assert_eq!(visit.run(script, json!([selector, value])), value);
}

/// Chooses what to request by how its choice begins.
#[track_caller]
fn choose_what(visit: &Visit, start: &str) {
    let script = "return [...document.querySelector('#request-what').options]
        .find(({ value }) => value.startsWith(arguments[0])).value";
    let value = visit.run(script, json!([start]));
    choose(
        visit,
        "#request-what",
        value.as_str().expect("there is one"),
    );
}

#[track_caller]
fn make(visit: &Visit) {
    // What was made before stands there until the new one is asked for.
    let link =
        "return document.querySelector('#request-outputs a[data-role=download]')?.href ?? ''";
    let before = visit.run(link, json!([]));
    visit.click("#request-make");
    until("another one to be made", || {
        visit.shows("#request-made") && visit.run(link, json!([])) != before
    });
}

#[track_caller]
fn take(visit: &Visit, name: &str) -> PathBuf {
    visit.click(&format!(
        "#request-outputs > li[data-name='{name}'] a[data-role=download]"
    ));
    visit.downloaded(name)
}

/// What openssl says of a request, once its signature is found right.
#[track_caller]
fn read(request: &Path) -> String {
    let request = text(request);
    said(
        "openssl",
        &["req", "-in", &request, "-verify", "-noout", "-text"],
    )
}

/// The request is of this key, which the new password opens.
#[track_caller]
fn assert_of(request: &Path, key: &Path) {
    let pass = format!("pass:{NEW_PASSWORD}");
    let public = said(
        "openssl",
        &["pkey", "-in", &text(key), "-passin", &pass, "-pubout"],
    );
    let asked = said(
        "openssl",
        &["req", "-in", &text(request), "-noout", "-pubkey"],
    );
    assert_eq!(public, asked);
}

/// A CA signs a request with all that it asks for; says where root and certificate are.
fn answer(visit: &Visit, request: &Path) -> [PathBuf; 2] {
    let paths = ["ca.key", "ca.crt", "answer.crt"].map(|name| visit.folder.path().join(name));
    let [key, authority, certificate] = paths.each_ref().map(|path| text(path));
    said(
        "openssl",
        &[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            &key,
            "-out",
            &authority,
            "-subj",
            "/CN=Test CA",
            "-days",
            "30",
        ],
    );
    said(
        "openssl",
        &[
            "x509",
            "-req",
            "-in",
            &text(request),
            "-CA",
            &authority,
            "-CAkey",
            &key,
            "-set_serial",
            "4711",
            "-days",
            "20",
            "-copy_extensions",
            "copy",
            "-out",
            &certificate,
        ],
    );
    let [_, authority, certificate] = paths;
    [authority, certificate]
}

#[test]
fn a_request_and_its_answer_make_an_identity() {
    let visit = form();
    visit.fill("#request-o", "Example & Söhne");
    visit.fill("#request-c", "DE");
    visit.fill(
        "#request-sans",
        "www.example.com\nIP:192.0.2.7\nurn:example:1",
    );
    visit.fill("#request-password", NEW_PASSWORD);
    make(&visit);
    assert!(visit.text("[data-field=made-by]").contains("WebCrypto"));
    assert_eq!(visit.count("#request-outputs > li"), 2);
    let (request, key) = (take(&visit, "request.csr"), take(&visit, "private_key.pem"));

    let shown = read(&request);
    for field in [
        "CN = Ann Example",
        "C = DE",
        "emailAddress = ann@example.com",
        "email:ann@example.com",
        "DNS:www.example.com",
        "IP Address:192.0.2.7",
        "URI:urn:example:1",
        "TLS Web Client Authentication, E-mail Protection",
        "Digital Signature",
        "(2048 bit)",
    ] {
        assert!(shown.contains(field), "{field} is not in {shown}");
    }
    assert!(shown.contains("Example & S"), "{shown}");
    let pem = fs::read_to_string(&key).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    assert_of(&request, &key);

    // The answer alone: what is missing is said in so many words.
    let [_, certificate] = answer(&visit, &request);
    visit.choose("#file-input", &[&certificate]);
    visit.see("#others [data-code=no-private-key]");
    let said = visit.text("#others [data-code=no-private-key]");
    assert!(said.contains("its private key is missing"), "{said}");
    visit.choose("#file-input", &[&key]);
    visit.unlock(NEW_PASSWORD);
    visit.see("#make-form");
    assert_eq!(visit.count("#entries > li"), 1);
    assert_eq!(visit.text("#entries [data-field=name]"), "Ann Example");
    assert_eq!(visit.count("[data-code=no-private-key]"), 0);
    visit.make("scott");
}

#[test]
fn what_is_not_in_order_is_said_before_anything_is_made() {
    let visit = Visit::over_http();
    visit.click("#request > summary");
    visit.fill("#request-email", "ann at example");
    visit.click("#request-make");
    visit.see("#request-problems [data-code=common-name-empty]");
    assert!(visit.shows("#request-problems [data-code=email-malformed]"));
    assert!(!visit.shows("#request-made"));
    visit.fill("#request-cn", "Ann Example");
    visit.fill("#request-email", "ann@example.com");
    visit.click("#request-make");
    visit.see("#request-rules > li[data-loud]");
    assert!(!visit.shows("#request-made"), "a key without a password");
    visit.click("[name=unlocked]");
    make(&visit);
    assert!(visit.shows("#request-findings [data-code=key-not-locked]"));
    let pem = fs::read_to_string(take(&visit, "private_key.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
}

#[test]
fn keys_of_other_kinds_kept_as_pkcs12() {
    for (kind, algorithm) in [("p384", "P-384"), ("ed25519", "ED25519")] {
        let visit = form();
        choose(&visit, "#request-key", kind);
        choose(&visit, "#request-keep", "p12");
        visit.fill("#request-password", NEW_PASSWORD);
        make(&visit);
        assert!(!visit.text("[data-field=made-by]").is_empty());
        let shown = read(&take(&visit, "request.csr"));
        assert!(shown.contains(algorithm), "{shown}");
        let (kept, pass) = (
            text(&take(&visit, "private_key.p12")),
            format!("pass:{NEW_PASSWORD}"),
        );
        let opened = said(
            "openssl",
            &["pkcs12", "-in", &kept, "-passin", &pass, "-nodes"],
        );
        assert!(opened.contains("BEGIN PRIVATE KEY"), "{kind}");
    }
}

/// Browsers have WebCrypto only where nobody on the way could have changed the page. Over plain http from another machine, as
/// some companies host their tools, Rust makes keys on curves, and for RSA the page says how to open it instead.
#[test]
fn a_key_made_without_webcrypto() {
    let visit = Visit::at(
        Home::Http,
        &["--host-resolver-rules=MAP keyferry.test 127.0.0.1".to_owned()],
    );
    visit.go(&format!("http://keyferry.test:{}/", address().port()));
    visit.see("html[data-ready]");
    assert_eq!(
        visit.run("return crypto.subtle === undefined", json!([])),
        true
    );
    fill(&visit);
    visit.fill("#request-password", NEW_PASSWORD);
    choose(&visit, "#request-key", "rsa2048");
    visit.click("#request-make");
    visit.see("#request-problems [data-code=generation-unavailable]");
    assert!(!visit.shows("#request-made"));
    choose(&visit, "#request-key", "p256");
    make(&visit);
    let made_by = visit.text("[data-field=made-by]");
    assert!(made_by.contains("Keyferry generated the key"), "{made_by}");
    let (request, key) = (take(&visit, "request.csr"), take(&visit, "private_key.pem"));
    let shown = read(&request);
    assert!(shown.contains("(256 bit)"), "{shown}");
    assert_of(&request, &key);
}

#[test]
fn a_renewal_with_the_same_key_and_with_a_new_one() {
    let visit = Visit::over_http();
    let vector = text(&root().join("tests/vectors/pkcs12-openssl-default.p12"));
    visit.open("pkcs12-openssl-default.p12");
    let pass = format!("pass:{PASSWORD}");
    let own = text(&visit.folder.path().join("own.pem"));
    said(
        "openssl",
        &[
            "pkcs12", "-in", &vector, "-passin", &pass, "-clcerts", "-nokeys", "-out", &own,
        ],
    );
    let about = |what: &[&str], file: &str| {
        said(
            "openssl",
            &[what, &["-in", file, "-noout", "-pubkey", "-subject"]].concat(),
        )
    };
    let before = about(&["x509"], &own);

    visit.click("#entries .exactly > summary");
    visit.click("#entries [data-role=request-again]");
    choose_what(&visit, "same ");
    make(&visit);
    assert_eq!(visit.count("#request-outputs > li"), 1);
    assert!(!visit.text("[data-field=made-by]").contains("WebCrypto"));
    let request = take(&visit, "request.csr");
    assert_eq!(about(&["req"], &text(&request)), before);
    fs::remove_file(request).expect("it is there");

    choose_what(&visit, "next ");
    visit.fill("#request-password", NEW_PASSWORD);
    make(&visit);
    let after = about(&["req"], &text(&take(&visit, "request.csr")));
    let subject = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("subject"))
            .map(str::to_owned)
    };
    assert_eq!(subject(&after), subject(&before));
    assert_ne!(after, before, "the key is another");
}

#[test]
fn a_certificate_for_testing_says_so() {
    let visit = form();
    visit.click("[name=self_signed]");
    visit.fill("#request-password", NEW_PASSWORD);
    make(&visit);
    assert!(visit.shows("#request-findings [data-code=self-signed-test]"));
    let certificate = take(&visit, "test_certificate.pem");
    let subject = said(
        "openssl",
        &["x509", "-in", &text(&certificate), "-noout", "-subject"],
    );
    assert!(subject.contains("Test only"), "{subject}");
    let key = take(&visit, "private_key.pem");
    visit.choose("#file-input", &[&certificate, &key]);
    visit.unlock(NEW_PASSWORD);
    visit.see("#entries [data-code=self-signed]");
}

#[test]
fn starting_over_forgets_the_key() {
    let visit = form();
    visit.fill("#request-password", NEW_PASSWORD);
    make(&visit);
    visit.open("pkcs12-openssl-default.p12");
    visit.make("scott");
    visit.click("#start-over");
    until("it to be forgotten", || !visit.shows("#request-made"));
    assert_eq!(visit.property("#request-password", "value"), "");
}

#[test]
fn a_changed_form_leaves_the_request_and_its_key() {
    let visit = form();
    visit.fill("#request-password", NEW_PASSWORD);
    make(&visit);
    assert!(!visit.shows("#request-changed"));
    let key = "#request-outputs > li[data-name='private_key.pem']";
    let link = visit.property(&format!("{key} a"), "href");
    assert_eq!(
        visit.text(&format!("{key} [data-field=badge]")),
        "Contains your private key"
    );
    assert_eq!(
        visit.text("#request-outputs > li[data-name='request.csr'] [data-field=badge]"),
        "Public: safe to share"
    );
    visit.fill("#request-cn", "Ann Other");
    visit.see("#request-changed");
    assert_eq!(
        visit.text("#request-changed"),
        "You changed the request. Create it again."
    );
    assert!(visit.shows("#request-made[data-earlier]"));
    assert_eq!(visit.property(&format!("{key} a"), "href"), link);
    assert_eq!(
        visit.text(&format!("{key} [data-field=get]")),
        "Download earlier file"
    );
    assert!(text(&take(&visit, "private_key.pem")).ends_with("private_key.pem"));
    make(&visit);
    assert!(!visit.shows("#request-changed") && !visit.shows("#request-made[data-earlier]"));
}

/// A key that was generated here is nowhere else until it is downloaded.
#[test]
fn leaving_asks_for_a_generated_key() {
    let asks = |visit: &Visit| {
        let script = "const event = new Event('beforeunload', { cancelable: true });
            dispatchEvent(event); return event.defaultPrevented";
        visit.run(script, json!([])) == true
    };
    let visit = form();
    visit.fill("#request-password", NEW_PASSWORD);
    assert!(!asks(&visit));
    make(&visit);
    assert!(asks(&visit));
    take(&visit, "request.csr");
    assert!(asks(&visit), "the request is not the key");
    take(&visit, "private_key.pem");
    visit.see("#request-outputs > li[data-name='private_key.pem'] [data-taken]");
    assert!(!asks(&visit));
}
