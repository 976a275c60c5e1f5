//! The page for everybody: axe-core finds nothing in any step, light and dark, and nothing scrolls sideways, from 320 pixels on.

use std::fs;
use std::path::{Path, PathBuf};

use browser::Key;
use serde_json::{Value, json};

use crate::batch::thirty;
use crate::inventory::with_table;
use crate::visit::{NEW_PASSWORD, PASSWORD, Visit, root, said, text, until};

#[test]
fn axe_finds_nothing_in_any_step() {
    let axe = root().join("www/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(axe).expect("npm ci was run in www");
    in_every_step(|visit, step| {
        if visit.run("return typeof axe", json!([])) == "undefined" {
            visit.run(&axe, json!([]));
        }
        for scheme in ["light", "dark"] {
            let scheme_feature = json!({"name": "prefers-color-scheme", "value": scheme});
            visit.cdp(
                "Emulation.setEmulatedMedia",
                json!({"features": [scheme_feature]}),
            );
            let settled =
                "return document.getAnimations().every((one) => one.playState === 'finished')";
            until("colours to settle", || {
                visit.run(settled, json!([])) == true
            });
            let report = "return axe.run(document, { resultTypes: ['violations'] })";
            let report = visit.run(report, json!([]));
            assert!(
                report["passes"]
                    .as_array()
                    .is_some_and(|passes| passes.len() > 10),
                "axe looked at nothing"
            );
            let found: Vec<String> = report["violations"]
                .as_array()
                .unwrap()
                .iter()
                .map(describe)
                .collect();
            assert!(found.is_empty(), "{step}, {scheme}:\n{}", found.join("\n"));
        }
    });
}

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let nodes: Vec<_> = nodes
        .map(|node| format!("  {}: {}", node["target"], node["failureSummary"]))
        .collect();
    format!(
        "{}: {}\n{}",
        violation["id"],
        violation["help"],
        nodes.join("\n")
    )
}

#[test]
fn nothing_scrolls_sideways() {
    in_every_step(|visit, step| {
        // 320 pixels are also what a window of 1280 has at a zoom of 400 %.
        for width in [320, 360, 768, 1440] {
            assert_fits(visit, step, width);
        }
    });
}

/// Nothing scrolls sideways, and nothing sticks out but what a person can scroll in a window of its own.
#[track_caller]
pub fn assert_fits(visit: &Visit, step: &str, width: u64) {
    let metrics = json!({"width": width, "height": 640, "deviceScaleFactor": 2, "mobile": false});
    visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
    // The page hears of the new width in the next frame.
    let drawn = "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    assert_eq!(visit.run(drawn, json!([])), true);
    let needed = visit.run("return document.documentElement.scrollWidth", json!([]));
    assert!(
        needed.as_u64().unwrap() <= width,
        "{step} is {needed} pixels wide, and not {width}"
    );
    let outside = "const inner = (one) => one.closest('pre, code, svg, .unseen, .inventory-scroll, .batch-all');
        const out = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && !inner(one)
            && (one.getBoundingClientRect().right > innerWidth + 1 || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
                && getComputedStyle(one).display !== 'inline' && !['INPUT', 'SELECT', 'TEXTAREA'].includes(one.tagName))));
        return out.map((one) => `${one.tagName}.${one.className} ${one.dataset.field ?? ''} ${one.textContent.slice(0, 60)}`)";
    let outside = visit.run(outside, json!([]));
    assert_eq!(outside, json!([]), "{step} at {width} pixels");
}

/// A finding names the e-mail address that the certificate has, and a long one is one long word.
#[test]
fn a_finding_with_an_address_fits_a_telephone() {
    let visit = Visit::over_http();
    let [key, certificate] = ["own.key", "own.crt"].map(|name| visit.folder.path().join(name));
    let made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=Ann/emailAddress=integration.user.for.planning@subsidiary.example.com",
        "-addext",
        "subjectAltName=email:another.integration.user@subsidiary.example.com",
        "-keyout",
        &text(&key),
        "-out",
        &text(&certificate),
    ];
    said("openssl", &made);
    visit.choose("#file-input", &[&key, &certificate]);
    visit.see("#entries .exactly > summary");
    visit.click("#entries .exactly > summary");
    assert!(
        visit
            .text("#entries [data-role=notes]")
            .contains("@subsidiary.example.com"),
        "no finding names the address: {}",
        visit.text("#step-inside")
    );
    for width in [320, 360] {
        assert_fits(&visit, "a finding with an address", width);
    }
}

/// Goes through everything that the page can show, and looks at each.
fn in_every_step(look: impl Fn(&Visit, &str)) {
    let visit = Visit::empty();
    look(&visit, "nothing given, no system chosen");
    visit.click("#system");
    visit.see("#system-list");
    look(&visit, "the list of systems");
    visit.press(Key::Escape);
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.unlock(PASSWORD);
    visit.see("#entries > li");
    look(&visit, "a file without a system");

    let visit = Visit::over_http();
    look(&visit, "nothing given");
    visit.click(".berth .term");
    visit.see("#term-tip");
    look(&visit, "a term explained");
    visit.press(Key::Escape);
    for dialog in ["help", "about"] {
        visit.click(&format!("[data-dialog={dialog}]"));
        visit.run(
            "for (const one of document.querySelectorAll('dialog[open] details')) one.open = true",
            json!([]),
        );
        look(&visit, dialog);
        visit.press(Key::Escape);
    }
    visit.click("#paste-in > summary");
    look(&visit, "paste open");
    visit.click("#request > summary");
    visit.click("#request-asks > summary");
    visit.click("#request-make");
    visit.see("#request-problems > li");
    look(&visit, "a request, not in order");
    visit.fill("#request-cn", "Ann Example");
    visit.fill("#request-email", "ann@example.com");
    visit.fill("#request-password", NEW_PASSWORD);
    visit.click("#request-make");
    visit.see("#request-made");
    look(&visit, "a request made");
    visit.click("#request > summary");
    visit.give(&["pkcs12-openssl-default.p12"]);
    visit.see_state("locked", "password-needed");
    look(&visit, "locked");
    visit.unlock("not this one");
    visit.see_state("locked", "wrong-password");
    look(&visit, "wrong password");
    visit.unlock(PASSWORD);
    visit.see("#step-outputs");
    look(&visit, "one identity");
    visit.fill("#alias", "");
    visit.fill("#new-password", "é:");
    visit.see("#rules-password > li[data-met=false]");
    look(&visit, "rules not met");
    visit.fill("#alias", "scott");
    visit.fill("#new-password", NEW_PASSWORD);
    visit.click("#make");
    visit.see("#download-all");
    // Everything folded is unfolded, and what came with that too.
    let unfold = "for (const one of document.querySelectorAll('details')) one.open = true";
    visit.run(unfold, json!([]));
    visit.see("#entries .groups dl > div");
    visit.run(unfold, json!([]));
    until("the tree", || {
        !visit.text("#entries [data-role=tree] pre").is_empty()
    });
    look(&visit, "files made");
    visit.fill("#alias", "tiger");
    visit.see("#make");
    look(&visit, "files made and then a change");

    let visit = Visit::over_http();
    visit.give(&[
        "pkcs12-openssl-unicode-name.p12",
        "html-hostile.p12",
        "pkcs12-hostile-iterations-mac-costly.p12",
    ]);
    visit.unlock(PASSWORD);
    visit.see("#files > li[data-state=costly]");
    look(&visit, "an identity, a refused file and a costly one");

    let visit = Visit::over_http();
    visit.give(&[
        "pkcs12-crafted-several-keys.p12",
        "pem-openssl-other-certificate.pem",
        "crl-openssl.crl",
    ]);
    visit.unlock(PASSWORD);
    visit.see("#entries > li:nth-child(3)");
    look(&visit, "several identities and other things");

    let visit = Visit::over_http();
    let files = thirty(&visit);
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    visit.choose("#file-input", &paths);
    visit.see("#step-many");
    look(&visit, "many files at once");
    visit.click("[data-role=batch]");
    visit.fill("#batch-passwords", PASSWORD);
    visit.fill("#new-password", NEW_PASSWORD);
    look(&visit, "a batch");
    visit.click("#make");
    visit.see("#download-all");
    look(&visit, "a batch that is done");

    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    visit.click("#inventory-rows > tr:first-child [data-more]");
    visit.click("#inventory-bars [data-month=past]");
    look(&visit, "a table of certificates, one open, one month");
}
