//! The chooser of systems, files by hand, several identities in one keystore, and undo.

use keyferry::target::TARGETS;
use serde_json::{Value, json};

use super::visit::{NEW_PASSWORD, Visit, said, text, until};

/// Chooses a value as a person does, by the element's change.
pub fn pick(visit: &Visit, selector: &str, value: &str) {
    let change = "const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    visit.run(change, json!([selector, value]));
}

fn outputs(visit: &Visit) -> Vec<String> {
    let names =
        "return [...document.querySelectorAll('#planned > li')].map(node => node.dataset.name)";
    match visit.run(names, json!([])) {
        Value::Array(names) => names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        other => panic!("{other}"),
    }
}

#[test]
fn every_system_gets_its_files() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-rsa4096.p12");
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let promised: Vec<&str> = target.files.iter().map(|file| &*file.name).collect();
        visit.choose_system(target.id);
        until(target.id, || outputs(&visit) == promised);
        let locked = target.files.iter().any(|file| file.format.uses_password());
        until("the password's field", || {
            visit.shows("#new-password") == locked
        });
        if locked {
            visit.fill("#new-password", NEW_PASSWORD);
        }
        visit.click("#make");
        until("the files", || {
            visit.shows("#made") && !visit.shows("#made[data-earlier]")
        });
        assert_eq!(
            visit.count("#outputs > li[data-made=true]"),
            promised.len() as u64,
            "{}",
            target.id
        );
    }
}

#[test]
fn the_request_for_a_token_says_how_long_it_keeps() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan-api");
    until("the files", || {
        outputs(&visit).contains(&"authenticate-v2.json".to_owned())
    });
    visit.click("#make");
    visit.see("#download-all");
    let ages = visit.run(
        "return [...document.querySelectorAll('#paste [data-field=age]')].map(node => node.textContent).join('|')",
        json!([]),
    );
    let ages = ages.as_str().unwrap().to_owned();
    assert_eq!(ages.matches("Send this within").count(), 4, "{ages}");
}

#[test]
fn files_by_hand_and_undo() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("custom");
    visit.see("#forms > li");
    until("the first two", || {
        outputs(&visit) == ["certificate.pem", "private_key.pem"]
    });
    visit.click("[data-role=add-form]");
    until("a third", || outputs(&visit).len() == 3);
    pick(&visit, "#forms > li:nth-child(3) [data-role=form]", "java");
    until("a keystore", || outputs(&visit)[2] == "keystore.jks");
    visit.click("#undo");
    until("the bundle again", || outputs(&visit)[2] == "bundle.p12");
    pick(
        &visit,
        "#forms > li:nth-child(1) [data-role=form]",
        "private-key",
    );
    pick(
        &visit,
        "#forms > li:nth-child(1) [data-setting=syntax]",
        "sec1",
    );
    visit.see("#refusal[data-code=unfit-key]");
    pick(
        &visit,
        "#forms > li:nth-child(1) [data-setting=syntax]",
        "pkcs1",
    );
    // Said before it is made: this key lies open. The second of a name has a number.
    visit.see("#findings-files [data-code=key-unencrypted]");
    until("a number", || {
        outputs(&visit) == ["private_key.pem", "private_key-2.pem", "bundle.p12"]
    });
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    let folder = visit.take_all();
    let key = said(
        "openssl",
        &[
            "rsa",
            "-in",
            &text(&folder.join("private_key.pem")),
            "-noout",
            "-check",
        ],
    );
    assert!(key.contains("RSA key ok"), "{key}");
}

#[test]
fn several_identities_in_one_keystore() {
    let visit = Visit::over_http();
    visit.open("pkcs12-keytool-two-keys.p12");
    visit.choose_system("java-8");
    until("boxes", || {
        visit.count("#entries input[type=checkbox]") == 2
    });
    visit.click("#entries > li:nth-child(1) input[name=identity]");
    visit.click("#entries > li:nth-child(2) input[name=identity]");
    visit.see("#alias-2");
    visit.fill("#alias", "Scott");
    visit.fill("#alias-2", "scott");
    visit.see("#rules-alias-2 [data-code=alias-folded][data-met=false]");
    visit.fill("#alias-2", "ann");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    let folder = visit.take_all();
    let keystore = text(&folder.join("keystore.jks"));
    let listed = said(
        "keytool",
        &["-list", "-keystore", &keystore, "-storepass", NEW_PASSWORD],
    );
    assert_eq!(listed.matches("PrivateKeyEntry").count(), 2, "{listed}");
}

#[test]
fn certificates_alone_become_a_truststore() {
    let visit = Visit::over_http();
    visit.give(&["pem-openssl-chain.pem"]);
    visit.see("#none-chosen");
    visit.choose_system("java-truststore");
    visit.see("#make-form");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    let folder = visit.take_all();
    let keystore = text(&folder.join("truststore.p12"));
    let listed = said(
        "keytool",
        &["-list", "-keystore", &keystore, "-storepass", NEW_PASSWORD],
    );
    assert!(listed.contains("trustedCertEntry"), "{listed}");
}

#[test]
fn a_secret_key_is_saved_as_its_raw_bytes() {
    let visit = Visit::over_http();
    visit.open("jceks-java-secret-keys.jceks");
    visit.choose_system("custom");
    until("the choice", || {
        visit.count("#others input[type=checkbox]") == 4
    });
    visit.click("#others > li:nth-child(1) input[name=identity]");
    until("its file", || outputs(&visit) == ["secret.key"]);
    visit.click("#make");
    visit.see("#download-all");
    let size = visit.text("#outputs > li [data-field=size]");
    // AES and HMAC keys have 16 to 64 bytes.
    let bytes: u32 = size.split(' ').next().unwrap().parse().unwrap();
    assert!((8..=64).contains(&bytes), "{size}");
}
