//! What the page says of files that were made: of keys and passwords only what is in them, and no success where the system
//! will refuse them.

use serde_json::json;

use browser::Key;

use crate::targets::pick;
use crate::visit::{NEW_PASSWORD, PASSWORD, Visit, until};

const CHECKED: &str = "#made [data-field=checked]";

fn make(visit: &Visit, target: &str) {
    visit.choose_system(target);
    let name = keyferry::target(target).unwrap().files[0].name.to_string();
    let planned = format!("#planned > li[data-name='{name}']");
    until("the plan", || visit.count(&planned) == 1);
    if visit.shows("#new-password") {
        visit.fill("#new-password", NEW_PASSWORD);
    }
    visit.click("#make");
    let made = format!("#outputs > li[data-name='{name}']");
    until("the files", || {
        visit.count(&made) == 1 && !visit.shows("#made[data-earlier]")
    });
}

/// What is said of one file that was made.
fn badge(visit: &Visit, name: &str) -> String {
    visit.text(&format!(
        "#outputs > li[data-name='{name}'] [data-field=badge]"
    ))
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
    assert_eq!(visit.text(CHECKED), "Opened again by two readers");
    assert_eq!(
        badge(&visit, "privkey.pem"),
        "Contains your private key, not encrypted"
    );
    assert_eq!(badge(&visit, "fullchain.pem"), "Public: safe to share");
    let reminder = visit.text("#reminder");
    assert_eq!(
        reminder,
        "Keep privkey.pem private. Do not send it by e-mail."
    );
    // Where there is no password, no sentence is about one.
    let said = visit.text("#made") + &visit.text("#paste-lines");
    assert!(!said.contains("password"), "{said}");
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
    let checked = visit.text(CHECKED);
    assert!(
        checked.starts_with("Opened again with the new password"),
        "{checked}"
    );
    assert_eq!(badge(&visit, "truststore.jks"), "Public: safe to share");
    assert_eq!(visit.count("#made [data-rail=key]"), 0);
}

#[test]
fn what_the_system_will_refuse_is_said_where_the_files_are() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-expired.p12");
    make(&visit, "tomcat");
    assert!(visit.shows("#made[data-refused]"));
    assert_eq!(
        visit.text("#made-title"),
        "Created, but clients of Apache Tomcat will refuse these files"
    );
    visit.see("#findings-made > li[data-code=expired]");
    let warning = colour(&visit, "#made-title");
    assert_eq!(colour(&visit, "#made .checked > p"), warning);

    // The same identity, good for another system.
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    make(&visit, "windows-current");
    assert!(!visit.shows("#made[data-refused]"));
    assert_eq!(visit.text("#made-title"), "Your files are ready");
    assert_eq!(visit.count("#findings-made > li"), 0);
    assert_ne!(colour(&visit, "#made .checked > p"), warning);
}

#[test]
fn a_key_alone_is_refused_before() {
    let visit = Visit::over_http();
    visit.give(&["pkcs8-openssl-rsa.pem"]);
    visit.see("#step-outputs");
    for target in ["spring", "windows-current", "macos"] {
        visit.choose_system(target);
        until("the refusal", || {
            visit.shows("#refusal[data-code=no-certificate]")
        });
        visit.fill("#new-password", NEW_PASSWORD);
        visit.click("#make");
        until("no file made", || !visit.shows("#busy-convert"));
        assert!(!visit.shows("#download-all"), "{target}");
    }
}

/// Which rails stop at a file.
fn stops(visit: &Visit, list: &str, name: &str) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll(arguments[0])].map(rail => rail.dataset.rail)";
    let rails = format!("{list} > li[data-name='{name}'] [data-stop]");
    let rails = visit.run(script, json!([rails]));
    serde_json::from_value(rails).unwrap()
}

#[test]
fn what_goes_where_is_drawn_and_said() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan");
    visit.see("#planned > li[data-name='my_keystore.jks'] [data-stop]");
    let expected = [
        (
            "public_key.pem",
            vec!["certificate"],
            "Contains: 1 certificate",
        ),
        (
            "private_key.pem",
            vec!["key"],
            "Contains: Private key (secret)",
        ),
        (
            "bundle.p12",
            vec!["key", "certificate", "chain"],
            "Contains: Private key (secret), 1 certificate and 2 certificates of its chain",
        ),
    ];
    for (name, rails, contents) in &expected {
        assert_eq!(&stops(&visit, "#planned", name), rails, "{name}");
        let row = format!("#planned > li[data-name='{name}'] [data-field=contents]");
        assert_eq!(&visit.property(&row, "textContent"), contents);
    }
    let sources = visit.text("#plan .sources");
    assert!(
        sources.contains("Private key (secret)") && sources.contains("2 certificates of its chain"),
        "{sources}"
    );
    // Without the root and the intermediate nothing of a chain goes in, and its rail is gone.
    visit.run(
        "document.querySelector('[data-role=chain-of]').open = true",
        json!([]),
    );
    visit.click(".issuers > li:nth-child(1) input");
    visit.click(".issuers > li:nth-child(2) input");
    until("no chain", || visit.count("#plan [data-rail=chain]") == 0);
    visit.make("alice");
    for (name, rails, _) in &expected[..2] {
        assert_eq!(&stops(&visit, "#outputs", name), rails, "{name}");
    }
    assert_eq!(
        stops(&visit, "#outputs", "bundle.p12"),
        ["key", "certificate"]
    );
}

#[test]
fn the_verdict_stands_beside_the_button() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("salesforce");
    until("the files", || visit.count("#planned > li") == 1);
    assert!(!visit.shows("#verdict"), "there is no password yet");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.see("#verdict[data-verdict=ready]");
    let verdict = visit.text("#verdict");
    assert!(verdict.starts_with("Ready for Salesforce"), "{verdict}");
    assert_eq!(visit.text("#make"), "Create the files");

    visit.choose_system("anaplan");
    visit.see("#verdict[data-verdict=refused]");
    let verdict = visit.text("#verdict");
    assert!(
        verdict.starts_with("Anaplan will refuse these files: The certificate chain ends in"),
        "{verdict}"
    );
    assert_eq!(visit.text("#make"), "Create the files anyway");
}

/// What was made stays, dimmed, after each change, and its downloads are still what they were.
#[test]
fn a_change_leaves_the_files_in_their_place() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("kafka");
    until("the files", || visit.count("#planned > li") == 3);
    visit.make("alice");
    assert!(!visit.shows("#changed") && !visit.shows("#make"));
    let link = visit.property("#outputs a[data-role=download]", "href");
    let changed = |what: &str| {
        let said = format!("You changed the {what}. Create the files again.");
        until(&said, || {
            visit.shows("#changed") && visit.text("#changed") == said
        });
        assert!(visit.shows("#made[data-earlier]") && visit.shows("#outputs"));
        assert_eq!(
            visit.property("#outputs a[data-role=download]", "href"),
            link
        );
        assert!(visit.shows("#make"));
        assert_eq!(
            visit.text("#outputs a[data-role=download] [data-field=get]"),
            "Download earlier file"
        );
    };
    visit.fill("#alias", "bob");
    changed("alias");
    assert_eq!(visit.text("#undo"), "Undo: alias");
    visit.click("#undo");
    until("what was made to be what is wanted", || {
        !visit.shows("#made[data-earlier]")
    });
    visit.run(
        "for (const one of document.querySelectorAll('details')) one.open = true",
        json!([]),
    );
    visit.click(".issuers > li:nth-child(2) input");
    changed("certificate chain");
    pick(&visit, "#strength", "strong");
    changed("settings");
    visit.choose_system("tomcat");
    changed("system");
    assert_eq!(
        visit.text("#made-title"),
        "Your earlier files for Apache Kafka"
    );
    // What the other system would get is shown too.
    assert!(visit.shows("#planned > li[data-name='keystore.p12']"));
    visit.fill("#new-password", "another-password-1A");
    changed("password");
    visit.click("#outputs > li[data-name='kafka.keystore.jks'] a[data-role=download]");
    visit.downloaded("kafka.keystore.jks");
    visit.click("#make");
    until("the new files", || {
        visit.count("#outputs > li[data-name='keystore.p12']") == 1
            && !visit.shows("#made[data-earlier]")
    });
    visit.choose_system("custom");
    visit.see("#forms > li");
    visit.click("#make");
    until("files by hand", || {
        visit.count("#outputs > li[data-name='certificate.pem']") == 1
    });
    visit.click("[data-role=add-form]");
    until("the list to be another", || {
        visit.text("#changed").contains("list of files")
    });
}

#[test]
fn a_button_says_that_it_was_pressed() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan");
    visit.make("alice");
    let focused = "return document.activeElement.id";
    assert_eq!(visit.run(focused, json!([])), "made-title");
    assert!(visit.shows("#download-all.primary"));
    visit.click("#outputs > li[data-name='bundle.p12'] a[data-role=download]");
    visit.see("#outputs > li[data-name='bundle.p12'] [data-taken]");
    assert_eq!(
        visit.text("#outputs > li[data-name='bundle.p12'] [data-field=get]"),
        "Downloaded ✓"
    );
    assert_eq!(visit.count("#made [data-taken]"), 1);
    // Of one file there is no need for a ZIP.
    visit.choose_system("salesforce");
    until("one file", || visit.count("#planned > li") == 1);
    visit.click("#make");
    visit.see("#outputs a.primary[data-role=download]");
    assert!(!visit.shows("#download-all.primary"));
}

/// Whether the page would ask before it is closed.
fn asks(visit: &Visit) -> bool {
    let script = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event); return event.defaultPrevented";
    visit.run(script, json!([])) == true
}

#[test]
fn leaving_asks_only_for_what_is_nowhere_else() {
    let visit = Visit::over_http();
    assert!(!asks(&visit));
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan");
    visit.make("alice");
    assert!(!asks(&visit), "the person knows this password");
    visit.click("[data-role=generate]");
    until("a password", || visit.shows("#changed"));
    assert!(!asks(&visit), "nothing has it yet");
    visit.click("#make");
    until("new files", || !visit.shows("#made[data-earlier]"));
    assert!(asks(&visit));
    visit.click("#download-all");
    visit.see("#download-all[data-taken]");
    assert!(!asks(&visit));
}

#[test]
fn the_last_file_takes_the_passwords_with_it() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-openssl-default.p12"]);
    // It is there from the first file on.
    visit.see("#start-over");
    visit.unlock(PASSWORD);
    visit.see("#step-inside");
    visit.choose_system("kafka");
    until("the files", || visit.count("#planned > li") == 3);
    visit.run("document.querySelector('#settings').open = true", json!([]));
    visit.fill("#new-password", NEW_PASSWORD);
    visit.fill("#key-password", "planted-key-1A");
    visit.click("#files [data-role=remove]");
    until("no password", || {
        [
            "new-password",
            "new-password-again",
            "key-password",
            "key-password-again",
        ]
        .iter()
        .all(|id| visit.property(&format!("#{id}"), "value").is_empty())
    });
}

#[test]
fn a_hidden_password_is_typed_twice_and_enter_makes() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("salesforce");
    visit.see("#new-password");
    assert!(!visit.shows("#new-password-again"), "nothing is typed yet");
    let browser: &browser::Browser = &visit;
    browser.fill("#new-password", NEW_PASSWORD);
    visit.see("#new-password-again");
    visit.see("#rules-password [data-code=password-again]");
    visit.click("#make");
    let focused = || visit.run("return document.activeElement.id", json!([]));
    until("the second field", || focused() == "new-password-again");
    browser.fill("#new-password-again", "something else");
    visit.press(Key::Enter);
    until("the second field again", || {
        focused() == "new-password-again"
    });
    assert!(!visit.shows("#made"));
    // On show it needs no second look.
    visit.click("#field-password [data-role=reveal]");
    until("one field", || !visit.shows("#new-password-again"));
    visit.see("#rules-password [data-code=fine]");
    let rules = visit.text("#rules-password");
    assert!(
        rules.starts_with("Password is fine for Salesforce"),
        "{rules}"
    );
    visit.fill("#alias", "alice");
    visit.press(Key::Enter);
    visit.see("#made");
}

#[test]
fn only_what_is_not_met_is_said_of_a_password() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan");
    until("the rule", || {
        visit.text("#rules-password") == "Use at least 6 characters."
    });
    let words = "const walker = document.createTreeWalker(document.querySelector('.get'), NodeFilter.SHOW_TEXT);
        let count = 0;
        while (walker.nextNode()) {
            const { parentElement, data } = walker.currentNode;
            const read = parentElement.checkVisibility() && !parentElement.closest('.unseen, select');
            if (read) count += data.split(/\\s+/).filter(Boolean).length;
        }
        return count";
    let words = visit.run(words, json!([])).as_u64().unwrap();
    assert!(words <= 90, "{words} words on the right");
    visit.fill("#new-password", "a:é");
    until("the rules", || visit.count("#rules-password > li") == 3);
    visit.fill("#new-password", NEW_PASSWORD);
    until("one line", || {
        visit.text("#rules-password") == "Password is fine for Anaplan"
    });
}

#[test]
fn the_steps_are_those_of_the_system() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    make(&visit, "salesforce");
    let steps = visit.text("#next-steps");
    assert!(
        steps.contains("Setup → Certificate and Key Management")
            && steps.contains("Import from Keystore")
            && steps.contains("my_keystore.jks"),
        "{steps}"
    );
    assert_eq!(visit.text("#next-steps > li:nth-child(3) code"), "alice");
    make(&visit, "nginx");
    until("other steps", || {
        visit.text("#next-steps").contains("nginx -t")
    });
    let steps = visit.text("#next-steps");
    assert!(!steps.contains("Salesforce"), "{steps}");
    let lines = visit.property("#paste", "textContent");
    assert!(lines.contains("/path/to/fullchain.pem"), "{lines}");
    assert!(visit.shows("#paste-lines [data-field=own]"));
}

#[test]
fn cancelling_leaves_everything_as_it_was() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.choose_system("anaplan");
    visit.make("alice");
    let link = visit.property("#outputs a[data-role=download]", "href");
    visit.fill("#alias", "bob");
    pick(&visit, "#strength", "strong");
    // In one turn, since it may be over before a person could click.
    let both = "document.querySelector('#make').click();
        const wait = () => { const cancel = document.querySelector('#busy-convert:not([hidden]) [data-role=cancel]');
            if (cancel) cancel.click(); else setTimeout(wait) }; wait()";
    visit.run(both, json!([]));
    until("the end of it", || {
        visit.property("#status", "textContent") == "Cancelled."
    });
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert_eq!(visit.property("#alias", "value"), "bob");
    assert_eq!(visit.property("#new-password", "value"), NEW_PASSWORD);
    assert_eq!(visit.count("#files > li[data-state=open]"), 1);
    assert_eq!(
        visit.property("#outputs a[data-role=download]", "href"),
        link
    );
    assert!(visit.shows("#made[data-earlier]"), "it was not made");
    visit.click("#make");
    until("the files", || !visit.shows("#made[data-earlier]"));
}

/// The verdict, the password and the button: nobody scrolls for an ordinary file.
#[test]
fn what_is_needed_is_in_the_window_of_a_laptop() {
    let visit = Visit::over_http();
    let metrics = json!({"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#planned > li[data-name='my_keystore.jks'] [data-stop]");
    for needed in ["#entries [data-field=verdict]", "#new-password", "#make"] {
        let place = "const { top, bottom } = document.querySelector(arguments[0]).getBoundingClientRect(); return [scrollY, top, bottom]";
        let place = visit.run(place, json!([needed]));
        let [scrolled, top, bottom] = [0, 1, 2].map(|at| place[at].as_f64().unwrap());
        assert_eq!(scrolled, 0.0);
        assert!(
            0.0 <= top && top < bottom && bottom <= 900.0,
            "{needed}: {top} to {bottom}"
        );
    }
}
