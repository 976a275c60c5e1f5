//! Where the certificate will be used: the question, its list, and the address that says what was chosen.

use browser::Key;
use serde_json::json;

use crate::visit::{Home, NEW_PASSWORD, PASSWORD, Visit, until};

fn hash(visit: &Visit) -> String {
    let hash = visit.run("return location.hash", json!([]));
    hash.as_str().unwrap().to_owned()
}

fn focused(visit: &Visit, selector: &str) -> bool {
    visit.count(&format!("{selector}:focus")) == 1
}

/// The ids that the list offers for a text, in its order.
fn offered(visit: &Visit, text: &str) -> Vec<String> {
    visit.fill("#system", text);
    let ids = "return [...document.querySelectorAll('#system-list [role=option]')].map(one => one.dataset.id)";
    let ids = visit.run(ids, json!([]));
    let ids = ids.as_array().unwrap().iter();
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// What is said of the first certificate.
#[test]
fn the_page_asks_first_and_chooses_nothing() {
    let visit = Visit::empty();
    assert_eq!(hash(&visit), "");
    assert!(visit.shows("#system-ask") && !visit.shows("#system-chosen"));
    // The question comes before the place for the file.
    let first =
        "const [one, other] = ['#system', '#file-input'].map(name => document.querySelector(name));
        return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)";
    assert_eq!(visit.run(first, json!([])), true);
    visit.fill("#system", "kaf");
    visit.press(Key::Enter);
    visit.see("#step-system[data-target=kafka] #system-chosen");
    assert!(!visit.shows("#system-ask"));
    let line = visit.text("#system-chosen");
    assert!(
        line.contains("Apache Kafka") && line.contains("broker"),
        "{line}"
    );
    assert_eq!(hash(&visit), "#kafka");
    assert!(focused(&visit, "#file-input"));
}

#[test]
fn a_system_is_found_by_name_maker_id_and_file_type() {
    let visit = Visit::empty();
    for (text, id) in [
        ("kaf", "kafka"),
        ("micro", "windows-current"),
        ("iis", "windows-2016"),
        ("oracle", "java-8"),
        ("openssl", "nginx"),
        ("windows-2016", "windows-2016"),
        ("apache http", "apache"),
        ("apple", "macos"),
        ("jks", "java-8"),
        (".pem", "haproxy"),
        ("pfx", "windows-current"),
        ("PKCS#12", "custom"),
        ("p7b", "custom"),
        ("look inside", "look"),
    ] {
        let found = offered(&visit, text);
        assert!(found.contains(&id.to_owned()), "{text}: {found:?}");
        assert!(
            found.len() < 20,
            "{text} finds nearly everything: {found:?}"
        );
    }
    // The best is the first, and Enter takes it.
    for (text, id) in [
        ("kaf", "kafka"),
        ("macos", "macos"),
        ("anaplan", "anaplan"),
        ("apache", "apache"),
    ] {
        assert_eq!(offered(&visit, text)[0], id);
    }
    assert!(offered(&visit, "no such system").is_empty());
    assert!(visit.text("#system-found").contains("By hand"));
    visit.press(Key::Enter);
    assert!(visit.shows("#system-ask"), "nothing was chosen");
}

#[test]
fn the_list_is_grouped_and_goes_by_the_arrows() {
    let visit = Visit::empty();
    visit.click("#system");
    visit.see("#system-list");
    assert_eq!(visit.attribute("#system", "aria-expanded"), "true");
    let groups = "return [...document.querySelectorAll('#system-list [role=group]')].map(one => one.getAttribute('aria-label'))";
    let groups = visit.run(groups, json!([]));
    assert_eq!(groups[0], "Anaplan and its connectors");
    assert!(groups.as_array().unwrap().len() > 5, "{groups}");
    let all = keyferry::target::TARGETS.len() as u64 + 1;
    assert_eq!(visit.count("#system-list [role=option]"), all);
    for id in ["anaplan", "anaplan-administrator"] {
        visit.press(Key::Down);
        let active = visit.attribute("#system", "aria-activedescendant");
        assert_eq!(active, format!("system-{id}"));
        assert_eq!(visit.count("[aria-selected=true]"), 1);
    }
    visit.press(Key::Up);
    visit.press(Key::Up);
    assert_eq!(
        visit.attribute("#system", "aria-activedescendant"),
        "system-look"
    );
    visit.press(Key::Escape);
    assert!(!visit.shows("#system-list") && focused(&visit, "#system"));
    assert_eq!(visit.attribute("#system", "aria-expanded"), "false");
    assert_eq!(visit.attribute("#system", "aria-activedescendant"), "");
    // By mouse.
    visit.click("#system");
    visit.click("#system-nginx");
    visit.see("#step-system[data-target=nginx] #system-chosen");
}

#[test]
fn another_system_is_one_click_away_and_what_was_typed_stays() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.fill("#alias", "planted");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#system-change");
    visit.see("#system-list");
    assert!(focused(&visit, "#system"));
    // The list begins at the system there is.
    assert_eq!(
        visit.attribute("#system", "aria-activedescendant"),
        "system-anaplan"
    );
    visit.press(Key::Escape);
    visit.press(Key::Escape);
    until("the system there was", || visit.shows("#system-chosen"));
    assert!(focused(&visit, "#system-change"));
    assert_eq!(hash(&visit), "#anaplan");
    visit.choose_system("kafka");
    assert_eq!(hash(&visit), "#kafka");
    until("the plan", || {
        visit.count("#planned > li[data-name='kafka.keystore.p12']") == 1
    });
    assert_eq!(visit.property("#alias", "value"), "planted");
    assert_eq!(visit.property("#new-password", "value"), NEW_PASSWORD);
    assert!(focused(&visit, "#system-change"));
}

#[test]
fn without_a_system_none_judges() {
    let visit = Visit::empty();
    visit.open("pkcs12-openssl-default.p12");
    // Beside what is inside stands the question.
    assert!(visit.shows(".get #system-ask") && !visit.shows("#step-outputs"));
    let judged = || visit.shows("#entries [data-role=verdict]");
    assert!(!judged());
    visit.choose_system("anaplan");
    until("the verdict", judged);
    visit.see("#make-form");
    visit.choose_system("look");
    until("no verdict", || !judged());
    assert!(!visit.shows("#step-outputs") && visit.shows("#system-chosen"));
    assert_eq!(hash(&visit), "#look");

    // What is true for any system is said.
    let visit = Visit::with_hash(Home::Http, "#look", &[]);
    visit.open("pkcs12-openssl-expired.p12");
    let fact = visit.text("#entries [data-field=left]");
    assert!(fact.starts_with("Expired"), "{fact}");
    assert!(!visit.shows("#entries [data-role=verdict]"));
}

#[test]
fn a_link_restores_the_setup_and_names_nothing() {
    const LINK: &str = "#custom&strength=strong&line-ends=crlf&iterations=200000\
        &file=pkcs12.profile_legacy-3des.mac_sha256&file=private-key.protection_pbes2.cipher_aes-128";
    for home in [Home::Http, Home::Folder] {
        let visit = Visit::with_hash(home, LINK, &[]);
        assert_eq!(hash(&visit), LINK);
        visit.open("pkcs12-openssl-default.p12");
        let value = |selector: &str| visit.property(selector, "value");
        until("two files", || visit.count("#forms > li") == 2);
        assert_eq!(value("#strength"), "strong");
        assert_eq!(value("#iterations"), "200000");
        assert_eq!(
            value("#forms > li:nth-child(1) [data-setting=profile]"),
            "legacy-3des"
        );
        assert_eq!(
            value("#forms > li:nth-child(1) [data-setting=mac]"),
            "sha256"
        );
        assert_eq!(
            value("#forms > li:nth-child(1) [data-role=file-name]"),
            "bundle.p12"
        );
        assert_eq!(
            value("#forms > li:nth-child(2) [data-setting=cipher]"),
            "aes-128"
        );
        visit.see("#field-line-ends, #settings:not([open])");
        assert_eq!(value("#line-ends"), "crlf");

        visit.fill(
            "#forms > li:nth-child(1) [data-role=file-name]",
            "planted.p12",
        );
        visit.fill("#alias", "planted");
        visit.fill("#new-password", "planted-1A");
        visit.click("#forms > li:nth-child(2) [data-role=drop-form]");
        until("one file", || visit.count("#forms > li") == 1);
        let left = LINK.split("&file=private").next().unwrap();
        assert_eq!(hash(&visit), left);
        visit.click("[data-role=copy-setup]");
        until("the link", || value("#setup-link").ends_with(left));
        assert!(
            !visit
                .run("return location.href", json!([]))
                .to_string()
                .contains("planted")
        );
    }
}

#[test]
fn what_is_no_setup_is_passed_over() {
    let nonsense = [
        "#",
        "#%",
        "#%00",
        "#=",
        "#&&&",
        "#constructor",
        "#__proto__",
        "#toString&file=toString",
        "#<b>kafka",
        "#kafka kafka",
        "#file-title",
    ];
    for hash in nonsense {
        let visit = Visit::with_hash(Home::Http, hash, &[]);
        assert!(
            visit.shows("#system-ask") && !visit.shows("#failure"),
            "{hash}"
        );
    }
    let odd = "#custom&strength=constructor&iterations=1&iterations=x&line-ends=%FF&file=constructor\
        &file=pkcs12.__proto__.constructor_x.profile_none.which&password=planted&name=planted";
    let visit = Visit::with_hash(Home::Http, odd, &[]);
    visit.open("pkcs12-openssl-default.p12");
    until("what is understood", || visit.count("#forms > li") == 1);
    assert_eq!(visit.property("#strength", "value"), "standard");
    assert_eq!(visit.property("#iterations", "value"), "");
    assert_eq!(visit.property("#new-password", "value"), "");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    visit.see("#download-all");
    assert!(!hash(&visit).contains("planted"), "{}", hash(&visit));
}

#[test]
fn a_link_followed_on_the_page_changes_the_system() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.run("location.hash = 'nginx&line-ends=crlf'", json!([]));
    visit.see("#step-system[data-target=nginx]");
    until("the plan", || {
        visit.count("#planned > li[data-name='privkey.pem']") == 1
    });
    assert_eq!(visit.property("#line-ends", "value"), "crlf");
    // What it does not know changes nothing, and the address goes on to say what is so.
    visit.run("location.hash = 'nowhere'", json!([]));
    until("the address", || hash(&visit) == "#nginx&line-ends=crlf");
    assert_eq!(visit.attribute("#step-system", "data-target"), "nginx");
}

#[test]
fn a_text_with_lines_pasted_into_the_question_is_a_file() {
    let visit = Visit::empty();
    visit.click("#system");
    let paste = "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
        document.querySelector('#system').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    visit.run(paste, json!(["nginx"]));
    assert_eq!(visit.count("#files > li"), 0);
    let key = String::from_utf8(crate::support::vector("pkcs8-openssl-rsa.pem")).unwrap();
    visit.run(paste, json!([key]));
    visit.see("#files > li[data-state=open]");
}

#[test]
fn a_system_chosen_before_the_password_is_kept() {
    let visit = Visit::empty();
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
    visit.choose_system("tomcat");
    visit.unlock(PASSWORD);
    until("the plan", || {
        visit.count("#planned > li[data-name='keystore.p12']") == 1
    });
}
