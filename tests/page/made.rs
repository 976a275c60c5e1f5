//! What the page says of files that were made: of keys and passwords only what is in them, and no success where the system
//! will refuse them.

use serde_json::json;

use crate::targets::pick;
use crate::visit::{NEW_PASSWORD, Visit, until};

fn make(visit: &Visit, target: &str) {
    pick(visit, "#target", target);
    let name = keyferry::target(target).unwrap().files[0].name.to_string();
    visit.see(&format!("#outputs > li[data-name='{name}']"));
    if visit.shows("#new-password") {
        visit.fill("#new-password", NEW_PASSWORD);
    }
    visit.click("#make");
    visit.see("#download-all");
}

fn colour(visit: &Visit, selector: &str) -> String {
    let script = "return getComputedStyle(document.querySelector(arguments[0])).color";
    let colour = visit.run(script, json!([selector]));
    colour.as_str().unwrap_or_default().to_owned()
}

#[test]
fn an_open_key_is_said_to_be_open() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    make(&visit, "nginx");
    let checked = visit.text("#checked");
    assert_eq!(
        checked,
        "Each file was opened again and compared with your original."
    );
    let reminder = visit.text("#reminder");
    assert!(
        reminder.starts_with("privkey.pem contains your key without a password."),
        "{reminder}"
    );
    assert!(!reminder.contains("its password"), "{reminder}");
    let verified = visit.text("#outputs > li[data-name='privkey.pem'] [data-field=verified]");
    assert!(
        verified.starts_with("Opened again") && !verified.contains("password"),
        "{verified}"
    );
    let lines = visit.text("#paste-lines [data-field=own]");
    assert!(!lines.contains("password"), "{lines}");
}

#[test]
fn a_truststore_is_said_to_hold_no_key() {
    let visit = Visit::over_http();
    visit.give(&["pem-openssl-chain.pem"]);
    visit.see("#step-outputs");
    make(&visit, "java-truststore");
    assert!(!visit.shows("#reminder"), "{}", visit.text("#reminder"));
    assert_eq!(
        visit.count("#findings-files > li[data-code=jks-one-round]"),
        0
    );
    let checked = visit.text("#checked");
    assert_eq!(
        checked,
        "Each file was opened again with its new password and compared with your original."
    );
    let icons = "return document.querySelectorAll('#outputs use[href=\"#icon-key\"]').length";
    assert_eq!(visit.run(icons, json!([])), 0);
}

#[test]
fn what_the_system_will_refuse_is_said_where_the_files_are() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-expired.p12");
    make(&visit, "tomcat");
    assert!(visit.shows("#made[data-refused]"));
    let title = visit.text("#made-title");
    assert_eq!(
        title,
        "Your files are made, but your system will refuse them"
    );
    visit.see("#findings-made > li[data-code=expired]");
    let warning = colour(&visit, "#made-title");
    assert_eq!(colour(&visit, "#outputs .verified"), warning);

    // The same identity, good for another system.
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    make(&visit, "windows-current");
    assert!(!visit.shows("#made[data-refused]"));
    assert_eq!(visit.text("#made-title"), "Your files are ready");
    assert_eq!(visit.count("#findings-made > li"), 0);
    assert_ne!(colour(&visit, "#outputs .verified"), warning);
}

#[test]
fn a_key_alone_is_refused_before() {
    let visit = Visit::over_http();
    visit.give(&["pkcs8-openssl-rsa.pem"]);
    visit.see("#step-outputs");
    for target in ["spring", "windows-current", "macos"] {
        pick(&visit, "#target", target);
        until("the refusal", || {
            visit.shows("#refusal[data-code=no-certificate]")
        });
        visit.fill("#new-password", NEW_PASSWORD);
        visit.click("#make");
        until("no file made", || !visit.shows("#busy-convert"));
        assert!(!visit.shows("#download-all"), "{target}");
    }
}
