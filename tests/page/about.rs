//! The foot of the page: Help with its glossary and keys, About with the licences and the check of a copy, and the theme.

use std::fs;
use std::process::Command;

use browser::Key;
use serde_json::json;

use crate::sha256;
use crate::visit::{PASSWORD, Visit, root, text, until};

#[test]
fn about_names_version_commit_and_licences() {
    let visit = Visit::over_http();
    visit.click("[data-dialog=about]");
    visit.see("#about[open]");
    let facts = visit.text("#about dl");
    assert!(facts.contains(env!("CARGO_PKG_VERSION")), "{facts}");
    // Only what is inside the page: libm is, and so are its words; what only tests use is not.
    let whole = visit.property("#about", "textContent");
    for there in [
        "The Keyferry maintainers",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION",
        "Redistribution and use in source and binary forms",
        "x509-parser",
        "Copyright (c) 2017 Pierre Chifflier",
        "curve25519-dalek",
        "Rust standard library",
        "MPL-2.0",
    ] {
        assert!(whole.contains(there), "{there}");
    }
    for absent in ["wasm-bindgen-test", "include_dir", "axe-core"] {
        assert!(!whole.contains(absent), "{absent}");
    }
    // Each text once.
    let grants = whole.matches("Permission is hereby granted, free of charge");
    assert!(
        grants.count() <= 4,
        "a licence stands there again and again"
    );
    visit.press(Key::Escape);
    until("it to close", || visit.count("#about[open]") == 0);
    assert_eq!(visit.count("[data-dialog=about]:focus"), 1);
}

/// The same source with the same commit gives the same page, and without git it names no commit.
#[test]
fn the_commit_is_handed_in_or_left_out() {
    let visit = Visit::over_http();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let build = |name: &str, commit: &str| {
        let out = visit.folder.path().join(name);
        let mut command = Command::new("node");
        command.current_dir(root()).env("KEYFERRY_COMMIT", commit);
        let bundle = ["xtask/bundle.mjs", "target/page", "www", &text(&out)];
        let done = command.args(bundle).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        fs::read_to_string(out.join("index.html")).unwrap()
    };
    let [one, again] = ["one", "again"].map(|name| build(name, commit));
    assert!(one == again, "two builds differ");
    assert!(one.contains(&format!("<dt>Commit</dt><dd>{commit}</dd>")));
    let without = build("without", "");
    assert!(!without.contains("<dt>Commit</dt>"));
    assert!(!without.contains("<!-- commit -->"));
}

#[test]
fn a_copy_is_compared_with_the_published_sum() {
    let visit = Visit::over_http();
    visit.click("[data-dialog=about]");
    let page = root().join("dist/index.html");
    let own = sha256(&page);
    let verdict = || visit.text("#copy-verdict");

    // Nothing is claimed before there is a file and a sum.
    visit.fill("#copy-published", &own);
    until("to be asked for a file", || {
        verdict().contains("Choose the file")
    });
    visit.choose("#copy-file", &[&page]);
    until("the sum", || {
        visit.text("#about [data-field=copy-sha256]") == own
    });
    assert!(verdict().starts_with("Equal:"), "{}", verdict());
    // As sha256sum prints it, and in capitals.
    visit.fill(
        "#copy-published",
        &format!("{}  index.html", own.to_uppercase()),
    );
    until("the line to be read", || verdict().starts_with("Equal:"));
    visit.fill("#copy-published", &own[..63]);
    until("too few digits", || {
        verdict().contains("64 hexadecimal digits")
    });
    visit.fill("#copy-published", &format!("{own} {}", "0".repeat(64)));
    until("two sums", || verdict().contains("Paste one"));
    visit.fill("#copy-published", &own);

    // One byte more is another file.
    let mut bytes = fs::read(&page).unwrap();
    bytes.push(b'\n');
    let other = visit.folder.write("index.html", &bytes);
    visit.choose("#copy-file", &[&other]);
    until("another file", || verdict().starts_with("Not equal:"));

    // Dropped while the window is open, a file is for the check and not for the converter.
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({ "items": [], "files": [text(&page)], "dragOperationsMask": 1 });
        visit.cdp(
            "Input.dispatchDragEvent",
            json!({ "type": kind, "x": 300, "y": 300, "data": data }),
        );
    }
    until("the dropped file", || verdict().starts_with("Equal:"));
    assert_eq!(visit.count("#files > li"), 0);
}

#[test]
fn the_theme_is_chosen_and_not_stored() {
    let visit = Visit::over_http();
    let ground = || {
        visit.run(
            "return getComputedStyle(document.body).backgroundColor",
            json!([]),
        )
    };
    let choose = |theme: &str| {
        let script = "const theme = document.querySelector('#theme'); theme.value = arguments[0];
            theme.dispatchEvent(new Event('change', { bubbles: true }))";
        visit.run(script, json!([theme]));
    };
    let system = ground();
    choose("dark");
    let dark = ground();
    choose("light");
    let light = ground();
    assert_ne!(dark, light);
    // Starting over clears what was given, and leaves how the page looks.
    choose("dark");
    visit.open("pkcs12-openssl-default.p12");
    visit.click("#start-over");
    until("the files to go", || visit.count("#files > li") == 0);
    assert_eq!(
        (ground(), visit.property("#theme", "value")),
        (dark, "dark".to_owned())
    );
    choose("");
    assert_eq!(ground(), system);
    choose("dark");
    let stored = "return [localStorage.length, sessionStorage.length, document.cookie]";
    assert_eq!(visit.run(stored, json!([])), json!([0, 0, ""]));
    visit.reload();
    visit.see("html[data-ready]");
    assert_eq!(ground(), system);
}

#[test]
fn single_keys_open_help_and_files_outside_of_fields() {
    let visit = Visit::over_http();
    let body = "document.activeElement?.blur()";
    let key = |key: &str| {
        let event = json!({ "type": "keyDown", "text": key, "key": key });
        visit.cdp("Input.dispatchKeyEvent", event);
        visit.cdp(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key }),
        );
    };
    let chosen = "window.chosen = 0; document.querySelector('#file-input').addEventListener('click', (event) => {
        event.preventDefault(); window.chosen++; })";
    visit.run(chosen, json!([]));
    visit.run(body, json!([]));
    key("o");
    assert_eq!(visit.run("return window.chosen", json!([])), 1);
    key("?");
    visit.see("#help[open]");
    // In a window nothing else opens.
    key("o");
    assert_eq!(visit.run("return window.chosen", json!([])), 1);

    // They can be turned off.
    visit.click("#shortcuts-on");
    visit.click("#help [data-role=close-dialog]");
    visit.run(body, json!([]));
    key("?");
    key("o");
    assert_eq!(visit.count("#help[open]"), 0);
    visit.click("[data-dialog=help]");
    visit.click("#shortcuts-on");
    visit.press(Key::Escape);

    // In a field they are letters.
    visit.click("#paste-in > summary");
    visit.click("#pasted-text");
    key("?");
    key("o");
    assert_eq!(visit.property("#pasted-text", "value"), "?o");
    assert_eq!(visit.count("#help[open]"), 0);
    assert_eq!(visit.run("return window.chosen", json!([])), 1);
}

#[test]
fn a_term_is_explained_by_keyboard_pointer_and_tap() {
    let visit = Visit::over_http();
    let shown = || visit.count("#term-tip:popover-open") == 1;
    let first = ".berth .term";
    let meaning = "return document.getElementById(document.querySelector(arguments[0]).getAttribute('aria-describedby')).textContent";
    let meaning = visit.run(meaning, json!([first]));
    let meaning = meaning.as_str().unwrap();
    assert!(meaning.contains("private key"), "{meaning}");

    // By the Tab key, and Escape closes it and leaves the focus.
    for _ in 0..20 {
        if visit.count(&format!("{first}:focus")) == 1 {
            break;
        }
        visit.press(Key::Tab);
    }
    assert!(shown(), "the focus opens it");
    assert_eq!(visit.text("#term-tip"), meaning);
    visit.press(Key::Escape);
    assert!(!shown());
    assert_eq!(visit.count(&format!("{first}:focus")), 1);
    visit.press(Key::Enter);
    assert!(shown(), "Enter opens it");
    visit.run("document.activeElement.blur()", json!([]));
    until("it to close with the focus gone", || !shown());

    // By the pointer, which may go into the explanation.
    let at = |selector: &str| {
        let middle = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]";
        visit.run(middle, json!([selector]))
    };
    let point = |place: &serde_json::Value| {
        let event = json!({ "type": "mouseMoved", "x": place[0], "y": place[1] });
        visit.cdp("Input.dispatchMouseEvent", event);
    };
    point(&at(first));
    until("it to open", shown);
    point(&at("#term-tip"));
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert!(shown(), "the pointer is in it");
    point(&json!([2, 2]));
    until("it to close", || !shown());

    // By a tap, on a telephone; it stays inside the window.
    let metrics = json!({"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": true});
    visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
    visit.click(".berth .term:last-of-type");
    until("it to open", shown);
    let inside = "const { left, right, top, bottom } = document.querySelector('#term-tip').getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight";
    assert_eq!(visit.run(inside, json!([])), true);
}

/// No step has a term twice, however many cards it has.
#[test]
fn a_term_is_a_stop_once_in_a_step() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-crafted-several-keys.p12"]);
    visit.unlock(PASSWORD);
    visit.see("#entries > li:nth-child(3)");
    let again = "return [...document.querySelectorAll('.step')].flatMap((step) => {
        const terms = [...step.querySelectorAll('.term')].map((one) => one.getAttribute('aria-describedby'));
        return terms.filter((one, index) => terms.indexOf(one) !== index); })";
    assert_eq!(visit.run(again, json!([])), json!([]));
    assert!(visit.count("#entries .term") >= 1);
    let names = "return [...document.querySelectorAll('#entries .exactly .more dt')].map((one) => one.textContent)";
    let names = visit.run(names, json!([]));
    assert!(names.as_array().unwrap().len() >= 3);
    assert!(
        names
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one == "Alias in the file"),
        "{names}"
    );
}

/// What a term is described by is in the glossary, and every entry of the glossary says something.
#[test]
fn the_glossary_has_every_term() {
    let visit = Visit::over_http();
    let lost = "return [...document.querySelectorAll('.term'), ...[...document.querySelectorAll('template')].flatMap((one) => [...one.content.querySelectorAll('.term')])]
        .map((one) => one.getAttribute('aria-describedby')).filter((id) => !document.getElementById(id)?.textContent.trim())";
    assert_eq!(visit.run(lost, json!([])), json!([]));
    assert!(visit.count(".glossary dd") >= 25);
    // What people ask most is explained where it stands.
    visit.open("pkcs12-openssl-default.p12");
    visit.run(
        "document.querySelector('[data-role=chain-of]').open = true",
        json!([]),
    );
    for term in [
        "alias",
        "chain",
        "pkcs12",
        "keystore",
        "root",
        "intermediate",
    ] {
        assert!(
            visit.count(&format!(".term[aria-describedby=about-{term}]")) > 0,
            "{term}"
        );
    }
}
