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
fn a_bar_leaves_the_rows_of_its_month() {
    let visit = with_table(&[]);
    visit.see("#inventory-bars [data-month=past]");
    let name = |month: &str| visit.text(&format!("#inventory-bars [data-month='{month}'] .unseen"));
    assert_eq!(name("past"), "Expired: 4 certificates");
    visit.click("#inventory-bars [data-month=past]");
    assert_eq!(visit.count("#inventory-rows > tr"), 4);
    assert_eq!(visit.text("#inventory-count"), "4 of 14 certificates");
    assert_eq!(visit.count("#inventory-bars [aria-pressed=true]"), 1);
    // The other bars stay, and one is chosen instead; months have names.
    let soon = now() + Duration::days(5);
    let month = rfc3339(5)[..7].to_owned();
    visit.click(&format!("#inventory-bars [data-month='{month}']"));
    assert_eq!(cell(&visit, "name"), "Soon");
    let label = format!("Expires {}", named(soon));
    assert!(
        visit.text("#inventory-month").starts_with(&label),
        "{} {label}",
        visit.text("#inventory-month")
    );
    // Search and month go together, and the bars count what the search leaves.
    search(&visit, "zoe");
    assert_eq!(visit.count("#inventory-rows > tr"), 0);
    search(&visit, "");

    // By keyboard: the chip lets the month go, and the focus is on its bar.
    visit.run(
        "document.querySelector('#inventory-month button').focus()",
        json!([]),
    );
    visit.press(Key::Enter);
    until("the chip to go", || !visit.shows("#inventory-month"));
    assert_eq!(visit.count("#inventory-rows > tr"), 14);
    assert_eq!(
        visit.count(&format!("#inventory-bars [data-month='{month}']:focus")),
        1
    );
    visit.press(Key::Space);
    assert_eq!(visit.count("#inventory-rows > tr"), 1);
    // Pressed once more it is let go.
    visit.press(Key::Space);
    assert_eq!(visit.count("#inventory-rows > tr"), 14);
    // A certificate without a date has a bar, and a month without certificates cannot be pressed.
    visit.click("#inventory-bars [data-month=unknown]");
    assert_eq!(cell(&visit, "name"), "Undated");
    assert!(visit.count("#inventory-bars button:disabled") > 0);
}

/// As the page writes a month: "Jan 2027", and "Sept" of September.
fn named(date: OffsetDateTime) -> String {
    let month = date.month().to_string();
    let short = if month == "September" {
        "Sept"
    } else {
        &month[..3]
    };
    format!("{short} {}", date.year())
}

#[test]
fn a_row_opens_to_what_the_columns_leave_out() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    assert_eq!(visit.count("#inventory-table thead th"), 5);
    search(&visit, "zoe");
    let more = "#inventory-rows [data-more]";
    assert_eq!(visit.text(&format!("{more} .unseen")), "Details of Zoë");
    assert_eq!(visit.attribute(more, "aria-expanded"), "false");
    visit.run(
        "document.querySelector('#inventory-rows [data-more]').focus()",
        json!([]),
    );
    visit.press(Key::Enter);
    assert_eq!(visit.attribute(more, "aria-expanded"), "true");
    assert_eq!(visit.count("#inventory-rows > .inventory-more"), 1);
    let text = |field: &str| visit.text(&format!(".inventory-more [data-field={field}]"));
    assert_eq!(text("serial"), "0C0C");
    assert_eq!(text("user"), "zoe@example.com");
    assert_eq!(text("sha256"), digest(12));
    assert_eq!(visit.count("#inventory-rows [data-more]:focus"), 1);
    // A sort keeps it below its row.
    search(&visit, "");
    visit.click("[data-sort=subject]");
    visit.click("[data-sort=subject]");
    assert_eq!(cell(&visit, "name"), "Zoë");
    assert_eq!(
        visit.count("#inventory-rows > tr:nth-child(2).inventory-more"),
        1
    );
    visit.click("#inventory-rows > tr:first-child [data-more]");
    assert_eq!(visit.count(".inventory-more"), 0);
}

#[test]
fn a_row_leads_to_the_card_of_its_certificate() {
    let visit = Visit::over_http();
    visit.give(&[
        "pkcs8-openssl-rsa.pem",
        "pem-openssl-cert.pem",
        "pem-openssl-other-certificate.pem",
    ]);
    visit.see("#step-inside");
    visit.click("#inventory > summary");
    visit.see("#inventory-rows > tr:nth-child(2)");
    // Also the one that is folded away beside an identity.
    visit.run("document.querySelector('#also').open = false", json!([]));
    for row in 1..=visit.count("#inventory-rows > tr") {
        let link = format!("#inventory-rows > tr:nth-child({row}) [data-card]");
        let name = visit.text(&link);
        visit.click(&link);
        let focused = "const card = document.activeElement; const box = card.getBoundingClientRect();
            return card.matches('#step-inside [data-entry]') && box.top < innerHeight && box.bottom > 0 ? card.textContent : ''";
        let card = visit.run(focused, json!([]));
        assert!(card.as_str().unwrap().contains(&name), "{name}: {card}");
    }
    // Of a saved table there is no card, and no link.
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    assert!(!visit.shows("#inventory-rows [data-card]"));
}

#[test]
fn of_ten_the_table_stands_first_and_of_fewer_it_is_folded() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    let before = "return Boolean(document.querySelector('#step-file').compareDocumentPosition(document.querySelector('#inventory')) & 2)";
    assert_eq!(visit.run(before, json!([])), true);
    assert!(visit.shows("#step-certificates"));
    visit.click("#files [data-role=remove]");
    until("it to go", || !visit.shows("#step-certificates"));

    visit.open("pkcs12-openssl-default.p12");
    assert_eq!(visit.run(before, json!([])), false);
    assert!(!visit.shows("#inventory-table"));
    assert!(
        visit
            .text("#inventory > summary")
            .starts_with("Show as table")
    );
}

/// Five columns fit their pane, and on a telephone a row is a card: nothing has to be scrolled sideways.
#[test]
fn the_table_fits_its_pane() {
    let long = row(
        20,
        "integration.user.for.planning@subsidiary.of.a.large.company.example.com",
        200,
        json!({ "files": ["a-file-with-a-very-long-name-that-has-no-space-in-it-2026-11-30.p7b"] }),
    );
    let visit = with_table(&[long]);
    visit.see("#inventory-rows > tr");
    visit.click("#inventory-rows > tr:first-child [data-more]");
    for width in [1440, 1100, 700, 360, 320] {
        let metrics =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        visit.cdp("Emulation.setDeviceMetricsOverride", metrics);
        let out = "const pane = document.querySelector('.inventory-all').getBoundingClientRect();
            return [...document.querySelectorAll('.inventory-all *')].filter((one) => one.checkVisibility() && !one.closest('.unseen, svg')
                && (one.getBoundingClientRect().right > pane.right + 1 || (getComputedStyle(one).display !== 'inline' && !['INPUT', 'SELECT'].includes(one.tagName) && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)))
                .map((one) => `${one.tagName} ${one.className} ${one.dataset.field ?? ''}`)";
        assert_eq!(visit.run(out, json!([])), json!([]), "at {width} pixels");
        let wide = visit.run("return document.documentElement.scrollWidth", json!([]));
        assert!(wide.as_u64().unwrap() <= width, "{wide} at {width}");
        let columns =
            "return getComputedStyle(document.querySelector('#inventory-rows > tr')).display";
        let card = visit.run(columns, json!([])) != "table-row";
        // Two panes of 1100 pixels are as narrow as a telephone.
        assert_eq!(card, ![1440, 700].contains(&width), "at {width} pixels");
    }
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
    visit.click("#inventory-rows [data-more]");
    assert_eq!(
        visit.text(".inventory-more [data-field=private]"),
        "pkcs8-openssl-rsa.pem"
    );
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
    visit.reload();
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
