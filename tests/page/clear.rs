//! What a person gave is gone when the page is left or started over: files, passwords, texts, links.

use browser::poll;
use serde_json::json;

use crate::batch::thirty;
use crate::support;
use crate::visit::{NEW_PASSWORD, PASSWORD, Visit, address, until};

/// Every value of a field, and all markup but the script.
fn everything(visit: &Visit) -> String {
    let all = "const fields = [...document.querySelectorAll('input, textarea, select')].map((field) => field.value);
        const parts = [...document.body.children].filter((part) => part.localName !== 'script');
        return [...fields, ...parts.map((part) => part.outerHTML)].join('\\n')";
    let all = visit.run(all, json!([]));
    all.as_str().expect("a string").to_owned()
}

#[track_caller]
fn assert_gone(visit: &Visit, planted: &[&str]) {
    let all = everything(visit);
    for one in planted {
        assert!(!all.contains(one), "{one} is still on the page");
    }
    assert_eq!(visit.count("#files > li"), 0);
    assert!(!visit.shows("#step-inside") && !visit.shows("#step-outputs"));
    assert!(!visit.shows("#start-over"), "nothing is held");
    assert!(!visit.shows("#failure"), "{}", visit.text("#failure"));
}

#[track_caller]
fn assert_there(visit: &Visit, planted: &[&str]) {
    let all = everything(visit);
    for one in planted {
        assert!(all.contains(one), "{one} was never on the page");
    }
}

/// Chromium keeps the page whole while another is shown, and says so with `persisted`.
#[test]
fn back_and_forward_find_an_empty_page() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.make("planted-alias");
    let planted = ["planted-alias", NEW_PASSWORD, "pkcs12-openssl-default.p12"];
    assert_there(&visit, &planted);
    let link = visit.property("#outputs a[data-role=download]", "href");
    let listen =
        "addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted });
        const revoke = URL.revokeObjectURL; window.revoked = [];
        URL.revokeObjectURL = (url) => { revoked.push(url); revoke.call(URL, url) }";
    visit.run(listen, json!([]));
    visit.go(&format!("http://{}/SHA256SUMS", address()));
    visit.run("history.back()", json!([]));
    poll("the page to come back as it was left", || {
        (visit.run("return window.persisted", json!([])) == true).then_some(())
    });
    assert_gone(&visit, &planted);
    // The bytes behind the old link are gone too.
    let revoked = "return window.revoked.includes(arguments[0])";
    assert_eq!(visit.run(revoked, json!([link])), true);
    // The page goes on working, and the same file asks for its password again.
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
    visit.unlock(PASSWORD);
    visit.see("#step-outputs");
}

#[test]
fn starting_over_clears_every_field_and_text() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.click("#entries .exactly > summary");
    visit.click("#entries [data-role=trust]");
    visit.see("#entries .chain[data-verdict=company-root]");
    visit.see("#entries .groups dl > div");
    visit.click("#inventory > summary");
    visit.fill("#inventory-search", "planted-search");
    visit.click("#paste-in > summary");
    let key = String::from_utf8(support::vector("pkcs8-openssl-rsa.pem")).unwrap();
    visit.fill("#pasted-text", &key);
    let line = key.lines().nth(1).unwrap();
    visit.click("#request > summary");
    visit.fill("#request-cn", "planted-name");
    visit.fill("#request-email", "planted@example.com");
    visit.fill("#request-password", "planted-request-1A");
    visit.fill("#alias", "planted-alias");
    visit.fill("#new-password", "planted-new-1A");
    let planted = [
        line,
        "planted-search",
        "planted-name",
        "planted@example.com",
        "planted-request-1A",
        "planted-alias",
        "planted-new-1A",
        "pkcs12-openssl-default.p12",
    ];
    assert_there(&visit, &planted);
    visit.click("#start-over");
    until("the files to go", || visit.count("#files > li") == 0);
    assert_gone(&visit, &planted);
    // What was trusted is trusted no longer.
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#entries .chain[data-verdict=private-root]");
}

#[test]
fn files_by_hand_are_cleared() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("custom");
    visit.fill("#forms [data-role=file-name]", "planted.pem");
    assert_there(&visit, &["planted.pem"]);
    visit.click("#start-over");
    until("the files to go", || visit.count("#files > li") == 0);
    assert_gone(&visit, &["planted.pem"]);
    // The system stays, with the types of its files: nothing of that is a person's own.
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#forms > li");
    assert!(!everything(&visit).contains("planted.pem"));
}

#[test]
fn a_text_alone_or_a_request_alone_can_be_cleared() {
    let visit = Visit::over_http();
    assert!(!visit.shows("#start-over"), "nothing is held yet");
    visit.click("#paste-in > summary");
    visit.fill("#pasted-text", "planted-text");
    visit.click("#start-over");
    until("the text to go", || {
        visit.property("#pasted-text", "value").is_empty()
    });
    assert_gone(&visit, &["planted-text"]);

    visit.click("#request > summary");
    visit.fill("#request-cn", "planted-name");
    visit.fill("#request-email", "planted@example.com");
    visit.fill("#request-password", NEW_PASSWORD);
    visit.click("#request-make");
    visit.see("#request-made");
    let planted = ["planted-name", "planted@example.com", NEW_PASSWORD];
    assert_there(&visit, &planted);
    visit.click("#start-over");
    until("the request to go", || !visit.shows("#request-made"));
    assert_gone(&visit, &planted);
    assert_eq!(visit.count("#request-outputs > li"), 0);
}

#[test]
fn a_batch_is_cleared() {
    let visit = Visit::over_http();
    let files = thirty(&visit);
    let paths: Vec<_> = files.iter().map(std::path::PathBuf::as_path).collect();
    visit.choose("#file-input", &paths);
    visit.click("[data-role=batch]");
    visit.fill("#batch-passwords", "planted-batch");
    visit.fill("#new-password", NEW_PASSWORD);
    let first = visit.property("#batch-rows > li [data-field=name]", "textContent");
    assert_there(&visit, &["planted-batch", NEW_PASSWORD, &first]);
    visit.click("#make");
    visit.see("#busy-convert");
    visit.click("#start-over");
    until("the rows to go", || visit.count("#batch-rows > li") == 0);
    assert_gone(&visit, &["planted-batch", NEW_PASSWORD, &first]);
}
