//! The report for a change ticket: what it says, what it never says, and that a name in it stays a name.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::sha256;
use crate::visit::{NEW_PASSWORD, Visit, said, text, until};

const OLD_PASSWORD: &str = "Old-secret-of-this-file-77";
const HOSTILE: &str = "<img src=x onerror=alert(1)> & \"co\"";

/// A PKCS#12 file with a hostile name in it and on it; its key as PEM without a password.
fn given(visit: &Visit) -> (std::path::PathBuf, String) {
    let [key, certificate, bundle] =
        ["own.key", "own.crt", "<b>own</b>.p12"].map(|name| visit.folder.path().join(name));
    let subject = format!("/CN={HOSTILE}");
    let made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        &subject,
        "-keyout",
        &text(&key),
        "-out",
        &text(&certificate),
    ];
    // The name of a file may hold no slash.
    let bundle = Path::new(&text(&bundle).replace("</b>", "<b>")).to_owned();
    said("openssl", &made);
    let pass = format!("pass:{OLD_PASSWORD}");
    let packed = [
        "pkcs12",
        "-export",
        "-inkey",
        &text(&key),
        "-in",
        &text(&certificate),
        "-name",
        HOSTILE,
        "-passout",
        &pass,
        "-out",
        &text(&bundle),
    ];
    said("openssl", &packed);
    (bundle, fs::read_to_string(key).unwrap())
}

#[test]
fn a_report_says_what_went_in_and_came_out_and_no_secret() {
    let visit = Visit::over_http();
    let (bundle, key) = given(&visit);
    visit.choose("#file-input", &[&bundle]);
    visit.unlock(OLD_PASSWORD);
    visit.see("#step-outputs");
    assert!(!visit.shows("#report"), "there is nothing to report yet");
    visit.make("scott");
    let name = |kind: &str| {
        visit.click(&format!("[data-role=report][data-kind={kind}]"));
        until("the report to be said", || {
            visit
                .property("#status", "textContent")
                .contains("keyferry-report-")
        });
        let said = visit.property("#status", "textContent");
        said.split(' ').next().unwrap().to_owned()
    };
    let html_name = name("html");
    let html = fs::read_to_string(visit.downloaded(&html_name)).unwrap();
    let txt_name = html_name.replace(".html", ".txt");
    name("txt");
    let txt = fs::read_to_string(visit.downloaded(&txt_name)).unwrap();

    // What went in and what came out, each with its SHA-256, and with which page.
    let outputs = visit.take_all();
    for name in [
        "public_key.pem",
        "private_key.pem",
        "bundle.p12",
        "my_keystore.jks",
    ] {
        let digest = sha256(&outputs.join(name));
        for report in [&html, &txt] {
            assert!(report.contains(name) && report.contains(&digest), "{name}");
        }
    }
    let certificate = said(
        "openssl",
        &[
            "x509",
            "-in",
            &text(&visit.folder.path().join("own.crt")),
            "-noout",
            "-fingerprint",
            "-sha256",
        ],
    );
    let fingerprint = certificate
        .trim()
        .rsplit('=')
        .next()
        .unwrap()
        .replace(':', "")
        .to_lowercase();
    for report in [&html, &txt] {
        for there in [
            sha256(&bundle).as_str(),
            &fingerprint,
            "PKCS#12",
            "scott",
            "Anaplan",
            "RSA, 2048 bits",
            env!("CARGO_PKG_VERSION"),
            "Standard",
            // A finding: the page says it too.
            "Problem: ",
        ] {
            assert!(report.contains(there), "{there}: {report}");
        }
    }

    // No secret: neither password, and no part of the key in any line.
    let body: String = key
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    for report in [&html, &txt] {
        assert!(!report.contains(OLD_PASSWORD) && !report.contains(NEW_PASSWORD));
        let whole: String = report.split_whitespace().collect();
        for at in (0..body.len() - 24).step_by(8) {
            assert!(!whole.contains(&body[at..at + 24]), "a part of the key");
        }
    }

    // Names stay names.
    assert!(!html.contains("<img") && !html.contains("<b>"), "{html}");
    assert!(
        html.contains("&lt;img src=x onerror=alert(1)&gt; &amp;"),
        "{html}"
    );
    assert!(txt.contains("<b>own<b>.p12"), "{txt}");
    visit.go(&format!(
        "file://{}",
        text(&visit.downloads().join(&html_name))
    ));
    let counts = "return [document.images.length, document.scripts.length, document.querySelectorAll('h2').length, document.title]";
    assert_eq!(
        visit.run(counts, json!([])),
        json!([0, 0, 4, "Keyferry: conversion report"])
    );
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    for width in [1440, 360] {
        let metrics =
            json!({"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": false});
        visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
        assert_eq!(visit.run(fits, json!([])), true, "{width}");
    }
}

/// A line end in a name could pass for a line of the report, and a sign that turns the direction for another name.
#[test]
fn a_name_is_one_line_of_the_report() {
    let visit = Visit::over_http();
    let script = "const { files } = document.querySelector('#file-input'); const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'a\\nSHA-256: 00 \\u202etxt.pem'));
        const input = document.querySelector('#file-input'); input.files = data.files; input.dispatchEvent(new Event('change'))";
    let pem = String::from_utf8(crate::support::vector("pem-openssl-cert.pem")).unwrap();
    visit.run(script, json!([pem]));
    visit.see("#step-inside");
    visit.give(&["pkcs8-openssl-rsa.pem"]);
    visit.see("#make-form");
    visit.make("scott");
    visit.click("[data-role=report][data-kind=txt]");
    until("the report", || {
        visit
            .property("#status", "textContent")
            .contains("keyferry-report-")
    });
    let said = visit.property("#status", "textContent");
    let txt = fs::read_to_string(visit.downloaded(said.split(' ').next().unwrap())).unwrap();
    assert!(
        txt.contains("\r\na SHA-256: 00 ⟨U+202E⟩txt.pem\r\n"),
        "{txt}"
    );
    assert!(!txt.contains('\u{202e}'));
}
