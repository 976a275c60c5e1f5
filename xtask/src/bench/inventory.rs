//! The table of certificates with 5,000 rows: how long sorting and searching take until they are painted, and which tasks
//! of the page's thread take longer than 50 ms, from the browser's own records (W3C Long Tasks, DevTools' Performance).
//!
//! The columns: median and longest until it is painted; how long the page's thread worked for the one that took most, all
//! its tasks together and by the thread's own clock; how many tasks were longer than 50 ms by the clock on the wall, and the
//! longest; the longest stretch in which the page's own script held the thread, as the browser counts it from 5 ms on
//! (W3C Long Animation Frames). The rest of a task is the browser's: of a folder that is chosen it makes the list of files in
//! one, before the page hears of any; one that is dropped the page walks through itself, file by file. On a machine that
//! does other things too the wall says what they took.
//!
//! The certificates are one file each in a folder, as someone hands them over who collected them for years. Nobody signed
//! them: the table reads what they say.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use browser::{Browser, poll};
use serde_json::{Value, json};

use super::{chromium, hosted, median, milliseconds};

const CERTIFICATES: usize = 5000;

/// Prints a line for each thing a person does.
pub fn inventory(scratch: &Path) -> Result<()> {
    let folder = certificates(scratch)?;
    let browser = watched(scratch)?;
    println!("\n{CERTIFICATES} certificates in the inventory, in ms");
    header();
    report(&browser, "the page itself", &[[0.0, worked(&browser)]]);

    let before = worked(&browser);
    browser.choose("#folder-input", &[&folder]);
    browser.see("#step-many");
    let work = worked(&browser) - before;
    report(&browser, "the folder chosen", &[[0.0, work]]);
    browser.run("location.reload()", json!([]));
    browser.see("html[data-ready]");
    report(&browser, "the page once more", &[[0.0, 0.0]]);
    let before = worked(&browser);
    drop_in(&browser, &folder);
    browser.see("#step-many");
    let work = worked(&browser) - before;
    report(&browser, "the folder dropped", &[[0.0, work]]);
    let (start, before) = (Instant::now(), worked(&browser));
    browser.click("[data-role=together]");
    let all = format!("{},000 certificates", CERTIFICATES / 1000);
    poll("all rows", || {
        let there = "return document.querySelector('#inventory-count').textContent";
        (browser.run(there, json!([])) == all.as_str()).then_some(())
    });
    let time = start.elapsed().as_secs_f64() * 1000.0;
    report(
        &browser,
        "from the folder to the table",
        &[[time, worked(&browser) - before]],
    );

    let sorts = browser.run(
        "return [...document.querySelectorAll('[data-sort]')].map((one) => one.dataset.sort)",
        json!([]),
    );
    let mut times = Vec::new();
    for column in sorts.as_array().expect("columns") {
        // Up, then down.
        for _ in 0..2 {
            times.push(timed(
                &browser,
                &format!("document.querySelector('[data-sort={column}]').click()"),
            ));
        }
    }
    report(&browser, "sort by a column", &times);

    let words = [
        "a",
        "al",
        "alice",
        "alice 4",
        "4a:1f",
        "user-01234",
        "nobody",
        "",
    ];
    let times: Vec<_> = words.map(|word| timed(&browser, &search(word))).into();
    report(&browser, "search", &times);

    let filters = ["expired", "valid", "expiring-30", "weak", "all"];
    let choose = |value| {
        format!(
            "const filter = document.querySelector('#inventory-filter');
             filter.value = '{value}'; filter.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        )
    };
    let times: Vec<_> = filters.map(|value| timed(&browser, &choose(value))).into();
    report(&browser, "filter", &times);

    let next = "document.querySelector('[data-turn=next]').click()";
    let times: Vec<_> = (0..20).map(|_| timed(&browser, next)).collect();
    report(&browser, "turn the page", &times);

    for kind in ["csv", "ics", "json"] {
        let (start, before) = (Instant::now(), worked(&browser));
        browser.click(&format!("[data-save={kind}]"));
        let name = if kind == "ics" {
            "certificate-reminders.ics"
        } else {
            &format!("certificates.{kind}")
        };
        let size = fs::metadata(browser.downloaded(name))?.len();
        let time = start.elapsed().as_secs_f64() * 1000.0;
        let what = format!("save .{kind}, {} kB", size / 1000);
        report(&browser, &what, &[[time, worked(&browser) - before]]);
    }
    Ok(())
}

/// Chromium on the page, with its records on.
pub(super) fn watched(scratch: &Path) -> Result<Browser> {
    let browser = chromium(scratch);
    let record = "globalThis.long = { tasks: [], scripts: [] };
        const record = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
          .observe({ type, buffered: true });
        record('longtask', ({ duration }) => long.tasks.push(duration));
        record('long-animation-frame', ({ scripts }) => long.scripts.push(...scripts.map(({ duration }) => duration)))";
    browser.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": record }),
    );
    browser.go(&hosted()?);
    browser.see("html[data-ready]");
    let threads = json!({ "timeDomain": "threadTicks" });
    browser.cdp("Performance.enable", threads);
    Ok(browser)
}

/// Drops a folder on the page, as the system does.
pub(super) fn drop_in(browser: &Browser, folder: &Path) {
    let data = json!({ "items": [], "files": [folder], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        browser.cdp(
            "Input.dispatchDragEvent",
            json!({ "type": kind, "x": 200, "y": 300, "data": data }),
        );
    }
}

/// What the columns of a report are.
pub(super) fn header() {
    println!(
        "{:<28}{:>8}{:>9}{:>7}{:>7}{:>9}{:>8}",
        "", "median", "longest", "work", "tasks", "longest", "script"
    );
}

fn search(word: &str) -> String {
    format!(
        "const search = document.querySelector('#inventory-search');
         search.value = '{word}'; search.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    )
}

/// Milliseconds from an act until what it changed is painted, and of the thread's work for it.
fn timed(browser: &Browser, act: &str) -> [f64; 2] {
    let before = worked(browser);
    // A task of the page's own, so that the act counts as one.
    let script = format!(
        "return new Promise((done) => setTimeout(() => {{
           const start = performance.now();
           {act};
           requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
         }}))"
    );
    let time = milliseconds(&browser.run(&script, json!([])));
    [time, worked(browser) - before]
}

/// Milliseconds that the page's thread was at work since the browser started, by the clock of the thread: a busy machine
/// makes everything late, and this no longer.
pub(super) fn worked(browser: &Browser) -> f64 {
    let metrics = browser.cdp("Performance.getMetrics", json!({}));
    let mut metrics = metrics["metrics"].as_array().into_iter().flatten();
    let tasks = metrics.find(|metric| metric["name"] == "TaskDuration");
    milliseconds(&tasks.expect("Chromium counts its tasks")["value"]) * 1000.0
}

/// The times, the most work, and the long tasks and the longest script since the last report.
pub(super) fn report(browser: &Browser, what: &str, times: &[[f64; 2]]) {
    // An observer hears of a task a little after it.
    let long = "return new Promise((done) => setTimeout(() => {
        done([long.tasks.splice(0), long.scripts.splice(0)])
      }, 200))";
    let long = browser.run(long, json!([]));
    let numbers = |index: usize| -> Vec<f64> {
        let values = long[index].as_array().into_iter().flatten();
        values.filter_map(Value::as_f64).collect()
    };
    let (tasks, scripts) = (numbers(0), numbers(1));
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let walls = || times.iter().map(|[wall, _]| *wall);
    println!(
        "{what:<28}{:>8.0}{:>9.0}{:>7.0}{:>7}{:>9.0}{:>8.0}",
        median(walls().collect()),
        most(&mut walls()),
        most(&mut times.iter().map(|[_, work]| *work)),
        tasks.len(),
        most(&mut tasks.iter().copied()),
        most(&mut scripts.iter().copied()),
    );
}

/// A folder of DER files.
fn certificates(scratch: &Path) -> Result<PathBuf> {
    let folder = scratch.join("certificates");
    fs::create_dir_all(&folder)?;
    for index in 0..CERTIFICATES {
        fs::write(
            folder.join(format!("user-{index:05}.cer")),
            certificate(index),
        )?;
    }
    Ok(folder)
}

/// RFC 5280, as a CA for people issues it: RSA with 2048 bits, an e-mail address, key usages, three years.
fn certificate(index: usize) -> Vec<u8> {
    // Spreads things, always in the same way.
    let mixed = index.wrapping_mul(2_654_435_761) % 1_000_003;
    let first = ["Alice", "Bob", "Zoë", "Müller", "Ægir", "Nadia", "Yuki"][index % 7];
    let user = format!("{first} {mixed}");
    let signature = tlv(
        0x30,
        &[&oid(&[42, 134, 72, 134, 247, 13, 1, 1, 11]), &tlv(5, &[])],
    );
    let date = |year: usize| {
        let (month, day) = (1 + mixed % 12, 1 + mixed % 28);
        tlv(
            0x17,
            &[format!("{year:02}{month:02}{day:02}120000Z").as_bytes()],
        )
    };
    let modulus: Vec<u8> = (0..256).map(|at| (at * 7 + mixed) as u8 | 1).collect();
    let key = tlv(
        0x30,
        &[
            &tlv(2, &[&[0, 0xc1], &modulus[1..]]),
            &tlv(2, &[&[1, 0, 1]]),
        ],
    );
    let rsa = tlv(
        0x30,
        &[&oid(&[42, 134, 72, 134, 247, 13, 1, 1, 1]), &tlv(5, &[])],
    );
    let extension = |id: u8, value: &[u8]| tlv(0x30, &[&oid(&[85, 29, id]), &tlv(4, &[value])]);
    let mail = tlv(0x81, &[format!("user{index}@example.com").as_bytes()]);
    let purposes = [2, 4].map(|purpose| oid(&[43, 6, 1, 5, 5, 7, 3, purpose]));
    let extensions = tlv(
        0x30,
        &[
            &extension(17, &tlv(0x30, &[&mail])),
            &extension(15, &tlv(3, &[&[5, 0xa0]])),
            &extension(37, &tlv(0x30, &[&purposes[0], &purposes[1]])),
        ],
    );
    let signed = tlv(
        0x30,
        &[
            &tlv(0xa0, &[&tlv(2, &[&[2]])]),
            &tlv(2, &[&[0x4a], &mixed.to_be_bytes(), &index.to_be_bytes()]),
            &signature,
            &name(&format!("Bench CA {}", index % 5)),
            &tlv(0x30, &[&date(24 + index % 3), &date(26 + index % 4)]),
            &name(&user),
            &tlv(0x30, &[&rsa, &tlv(3, &[&[0], &key])]),
            &tlv(0xa3, &[&extensions]),
        ],
    );
    tlv(0x30, &[&signed, &signature, &tlv(3, &[&[0], &[0x5a; 256]])])
}

fn name(common: &str) -> Vec<u8> {
    let attribute = |id: u8, value: &str| {
        tlv(
            0x31,
            &[&tlv(
                0x30,
                &[&oid(&[85, 4, id]), &tlv(12, &[value.as_bytes()])],
            )],
        )
    };
    tlv(
        0x30,
        &[&attribute(10, "Example GmbH"), &attribute(3, common)],
    )
}

fn oid(bytes: &[u8]) -> Vec<u8> {
    tlv(6, &[bytes])
}

fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let length = contents.len();
    let mut out = vec![tag];
    match length {
        0..0x80 => out.push(length as u8),
        0x80..0x100 => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend(contents);
    out
}
