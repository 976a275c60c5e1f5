//! The inventory: the table of certificates, and the files a person takes from it.
//!
//! Most tests give a saved table: it can say of its rows what no certificate would be issued for.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use browser::Key;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::visit::{Visit, root, said, text, until};

const EVIL: &str = "=HYPERLINK(\"x\"),\u{202e}txt.exe\u{7}; \\n";

#[test]
fn many_certificates_are_sorted_searched_and_filtered() {
    let visit = with_table(&[]);
    // From ten certificates on the table opens by itself.
    visit.see("#inventory-rows > tr");
    assert_eq!(visit.text("#inventory-count"), "14 certificates");
    assert_eq!(
        cell(&visit, "name"),
        "Past 0",
        "the first to expire is first"
    );

    visit.click("[data-sort=subject]");
    assert_eq!(
        cell(&visit, "name"),
        "=HYPERLINK(\"x\"),⟨U+202E⟩txt.exe⟨U+0007⟩; \\n"
    );
    visit.click("[data-sort=subject]");
    assert_eq!(cell(&visit, "name"), "Zoë");
    assert_eq!(visit.count("th[aria-sort=descending]"), 1);

    search(&visit, "zoe");
    assert_eq!(visit.text("#inventory-count"), "1 of 14 certificates");
    search(&visit, "0c:0c");
    assert_eq!(cell(&visit, "name"), "Zoë");
    visit.run("const scope = document.querySelector('#inventory-scope'); scope.value = 'user'; scope.dispatchEvent(new Event('change', { bubbles: true }))", json!([]));
    assert_eq!(visit.text("#inventory-count"), "0 of 14 certificates");
    search(&visit, "zoe@example.com");
    assert_eq!(visit.text("#inventory-count"), "1 of 14 certificates");
    search(&visit, "");

    for (filter, count) in [
        ("valid", 7),
        ("expiring-30", 1),
        ("expiring-60", 2),
        ("expiring-90", 3),
        ("expired", 4),
        ("not-yet-valid", 1),
        ("weak", 1),
        ("revoked", 1),
        ("all", 14),
    ] {
        choose(&visit, filter);
        assert_eq!(visit.count("#inventory-rows > tr"), count, "{filter}");
    }
}

#[test]
fn the_timeline_is_a_picture_and_numbers() {
    let visit = with_table(&[]);
    visit.see("#inventory-timeline rect");
    let label = "return document.querySelector('#inventory-timeline').getAttribute('aria-label')";
    let label = visit.run(label, json!([]));
    assert!(label.as_str().unwrap().contains("Expired: 4"), "{label}");
    visit.click("#inventory-figure summary");
    assert_eq!(visit.text("#inventory-months tr:first-child"), "Expired\t4");
}

#[test]
fn sorting_by_keyboard_keeps_the_focus() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    visit.run(
        "document.querySelector('[data-sort=status]').focus()",
        json!([]),
    );
    visit.press(Key::Tab);
    visit.press(Key::Enter);
    visit.see("th[data-column=subject][aria-sort=ascending]");
    visit.press(Key::Space);
    visit.see("th[data-column=subject][aria-sort=descending]");
    assert_eq!(visit.count("[data-sort=subject]:focus"), 1);
}

/// ical.js is what Thunderbird reads calendars with.
#[test]
fn a_calendar_takes_the_reminders() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    visit.click("[data-save=ics]");
    let path = visit.downloaded("certificate-reminders.ics");
    let bytes = fs::read(&path).unwrap();
    assert!(
        bytes
            .split(|byte| *byte == b'\n')
            .all(|line| line.len() <= 76)
    );

    let events = calendar(&path);
    let uids: Vec<&Value> = events.iter().map(|event| &event["uid"]).collect();
    assert!(
        (1..uids.len()).all(|at| !uids[..at].contains(&uids[at])),
        "{uids:?}"
    );
    // Three for each that is valid for longer than 90 days, less for the others, one for the one with days left.
    assert_eq!(events.len(), 5 * 3 + 2 + 2 + 1, "{events:#?}");
    let of = |name: &str| -> Vec<&Value> {
        let has = |event: &&Value| event["summary"].as_str().unwrap().contains(name);
        events.iter().filter(has).collect()
    };
    let zoe = of("Certificate of Zoë expires in");
    assert_eq!(zoe.len(), 3);
    for (event, ahead) in zoe.iter().zip([90, 30, 7]) {
        assert_eq!(event["uid"], format!("{}-{ahead}@keyferry", digest(12)));
        assert_eq!(
            event["start"],
            (now() + Duration::days(400 - ahead)).date().to_string()
        );
        assert_eq!(
            (&event["days"], &event["alarm"]),
            (&json!(1), &json!("-PT15H"))
        );
    }
    assert_eq!(
        of("=HYPERLINK(\"x\"),⟨U+202E⟩txt.exe⟨U+0007⟩; \\n").len(),
        3
    );
}

fn calendar(path: &Path) -> Vec<Value> {
    let library = root().join("www/node_modules/ical.js/dist/ical.js");
    let script = format!(
        "const {{ default: ICAL }} = await import('file://{}');
         const {{ readFileSync }} = await import('node:fs');
         const calendar = new ICAL.Component(ICAL.parse(readFileSync('{}', 'utf8')));
         const events = calendar.getAllSubcomponents('vevent').map((component) => {{
           const event = new ICAL.Event(component, {{ strictExceptions: true }});
           const [alarm, ...more] = component.getAllSubcomponents('valarm');
           if (more.length || !event.startDate.isDate || !component.getFirstPropertyValue('dtstamp')) throw event;
           if (alarm.getFirstPropertyValue('action') !== 'DISPLAY') throw alarm;
           return {{ uid: event.uid, summary: event.summary, start: event.startDate.toString(),
             days: event.duration.days, alarm: alarm.getFirstPropertyValue('trigger').toString() }};
         }});
         console.log(JSON.stringify(events))",
        text(&library),
        text(path),
    );
    let events = said("node", &["--input-type=module", "--eval", &script]);
    serde_json::from_str(&events).unwrap()
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    choose(&visit, "expiring-30");
    visit.click("[data-save=csv]");
    let csv = fs::read_to_string(visit.downloaded("certificates.csv")).unwrap();
    // What is shown is what is saved.
    assert_eq!(csv.matches("\r\n").count(), 2, "{csv}");
    choose(&visit, "all");
    fs::remove_file(visit.downloads().join("certificates.csv")).unwrap();
    visit.click("[data-save=csv]");
    let csv = fs::read_to_string(visit.downloaded("certificates.csv")).unwrap();
    assert!(
        csv.contains("\"'=HYPERLINK(\"\"x\"\"),⟨U+202E⟩txt.exe⟨U+0007⟩; \\n\""),
        "{csv}"
    );
    let cells = csv
        .split([',', '\n'])
        .map(|cell| cell.trim_start_matches('"'));
    let formulas: Vec<_> = cells
        .filter(|cell| cell.starts_with(['=', '+', '-', '@']))
        .collect();
    assert_eq!(formulas, [""; 0]);
}

#[test]
fn the_table_comes_back_and_says_what_changed() {
    let visit = Visit::over_http();
    visit.give(&["pkcs8-openssl-rsa.pem", "pem-openssl-cert.pem"]);
    visit.see("#step-outputs");
    visit.click("#inventory > summary");
    visit.see("#inventory-rows > tr");
    assert_eq!(cell(&visit, "file"), "pem-openssl-cert.pem");
    assert_eq!(cell(&visit, "private"), "pkcs8-openssl-rsa.pem");
    visit.click("[data-save=json]");
    let saved = visit.downloaded("certificates.json");

    visit.choose("#file-input", &[&saved]);
    visit.see("#inventory-since");
    let since = || visit.text("#inventory-since");
    assert!(since().ends_with("none"), "{}", since());
    visit.give(&["pem-openssl-other-certificate.pem"]);
    until("the new one", || since().ends_with("1 new"));
    visit.click("#files > li:nth-child(2) [data-role=remove]");
    until("the missing one", || {
        since().ends_with("1 new · 1 not in your files now")
    });

    // The table alone: the same rows, judged anew, and no complaint that there is no key.
    let visit = Visit::over_http();
    visit.choose(
        "#file-input",
        &[&visit.folder.write("mine.json", &table(&[later()]))],
    );
    visit.click("#inventory > summary");
    visit.see("#inventory-since");
    assert!(
        visit.text("#inventory-since").ends_with("1 now “Expired”"),
        "{}",
        visit.text("#inventory-since")
    );
    assert_eq!(cell(&visit, "change"), "Before: Valid");
    assert!(!visit.shows("#no-key"));
}

/// A row that was valid when it was saved.
fn later() -> Value {
    row(1, "Alice", -3, json!({ "status": "valid" }))
}

#[test]
fn a_folder_is_opened_with_all_that_is_in_it() {
    let visit = Visit::over_http();
    let folder = visit.folder.path().join("collected");
    fs::create_dir_all(folder.join("inner")).unwrap();
    for (name, vector) in [
        ("one.pem", "pem-openssl-cert.pem"),
        ("inner/two.pem", "pem-openssl-other-certificate.pem"),
        (".hidden", "html-hostile.p12"),
    ] {
        fs::write(folder.join(name), crate::support::vector(vector)).unwrap();
    }
    let names = || -> Vec<String> {
        let names = "return [...document.querySelectorAll('#files [data-field=name]')].map((one) => one.textContent).sort()";
        crate::support::words(&visit.run(names, json!([])))
    };
    let wanted = ["collected/inner/two.pem", "collected/one.pem"];
    visit.choose("#folder-input", &[&folder]);
    visit.click("[data-role=together]");
    until("the folder's files", || {
        visit.count("#files > li[data-state=open]") == 2
    });
    assert_eq!(names(), wanted);

    // Dropped, as the system does it.
    visit.go(visit
        .run("return location.href", json!([]))
        .as_str()
        .unwrap());
    visit.see("html[data-ready]");
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({ "items": [], "files": [text(&folder)], "dragOperationsMask": 1 });
        visit.cdp(
            "Input.dispatchDragEvent",
            json!({ "type": kind, "x": 200, "y": 300, "data": data }),
        );
    }
    visit.see("#step-many");
    visit.click("[data-role=together]");
    until("the dropped folder's files", || {
        visit.count("#files > li[data-state=open]") == 2
    });
    assert_eq!(names(), wanted);
}

/// A visit with the rows below, and more.
pub fn with_table(more: &[Value]) -> Visit {
    let visit = Visit::over_http();
    let path = visit
        .folder
        .write("mine.json", &table(&[&rows(), more].concat()));
    visit.choose("#file-input", &[&path]);
    visit.see("#inventory");
    visit
}

fn rows() -> Vec<Value> {
    let past = (0..4).map(|index| {
        row(
            index,
            &format!("Past {index}"),
            -40 + i64::from(index),
            json!({}),
        )
    });
    past.chain([
        row(4, "Soon", 5, json!({})),
        row(5, "Later", 45, json!({})),
        row(6, "Much later", 85, json!({})),
        row(7, "Young", 300, json!({ "not_before": rfc3339(100) })),
        row(8, "Weak", 300, json!({ "weak": ["signed with SHA-1"] })),
        row(9, "Revoked", 300, json!({ "revoked": true })),
        row(10, EVIL, 300, json!({ "emails": ["@evil", "+1"] })),
        row(11, "Undated", 0, json!({ "not_after": null })),
        row(
            12,
            "Zoë",
            400,
            json!({ "serial": "0c0c", "emails": ["zoe@example.com"] }),
        ),
        row(13, "Valid", 500, json!({})),
    ])
    .collect()
}

fn row(index: u32, name: &str, days: i64, more: Value) -> Value {
    let mut row = json!({
        "status": "valid", "days_left": 0, "name": name, "subject": format!("CN={name}"), "emails": [],
        "issuer_name": "Example CA", "issuer": "CN=Example CA", "serial": "0a", "not_before": rfc3339(-900),
        "not_after": rfc3339(days), "key": "RSA, 2048 bits", "signature": "sha256WithRSAEncryption",
        "uses": ["clientAuth"], "ca": false, "weak": [], "revoked": false, "files": ["all.p7b"], "private_key": [],
        "sha256": digest(index),
    });
    for (key, value) in more.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

fn table(rows: &[Value]) -> Vec<u8> {
    // The member it is recognised by stands first, whatever order a map of members has.
    let rest = json!({ "version": 1, "made_at": rfc3339(-5), "certificates": rows }).to_string();
    format!("{{\"keyferry\": \"certificates\", {}", &rest[1..]).into_bytes()
}

fn digest(index: u32) -> String {
    format!("{index:064x}")
}

fn rfc3339(days: i64) -> String {
    (now() + Duration::days(days)).format(&Rfc3339).unwrap()
}

/// Whole seconds, the middle of whichever day it is: no test is for midnight.
fn now() -> OffsetDateTime {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let now = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).unwrap()).unwrap();
    now + Duration::hours(1)
}

/// The text of a field in the first row.
fn cell(visit: &Visit, field: &str) -> String {
    visit.text(&format!(
        "#inventory-rows > tr:first-child [data-field={field}]"
    ))
}

fn search(visit: &Visit, words: &str) {
    let script = "const search = document.querySelector('#inventory-search');
        search.value = arguments[0]; search.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.run(script, json!([words]));
}

fn choose(visit: &Visit, filter: &str) {
    let script = "const filter = document.querySelector('#inventory-filter');
        filter.value = arguments[0]; filter.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.run(script, json!([filter]));
}
