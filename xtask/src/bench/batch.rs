//! A batch of 1,000 files as OpenSSL writes them, to `anaplan-connect-jks`: how long it takes, which tasks of the page's thread
//! take longer than 50 ms (W3C Long Tasks; the columns are those of [`super::glance`]), and how much memory Chromium's
//! processes had resident when each had most (`VmHWM` of Linux; pages that they share count in each).

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser::Browser;
use serde_json::json;

use super::glance::{header, report, watched, worked};
use super::milliseconds;
use crate::command::{command, run};

const FILES: usize = 1000;
const OLD: &str = "keyferry";
const NEW: &str = "Ferry-over-2026";

/// Prints a line for each thing a person does, then the memory.
pub fn batch(scratch: &Path) -> Result<()> {
    let folder = files(scratch)?;
    let browser = watched(scratch)?;
    println!("\na batch of {FILES} files, in ms");
    header();
    report(&browser, "the page itself", &[[0.0, worked(&browser)]]);

    let before = worked(&browser);
    browser.choose("#folder-input", &[&folder]);
    browser.see("#step-many");
    browser.click("[data-role=batch]");
    until(
        &browser,
        &format!("document.querySelectorAll('#batch-rows > li').length === {FILES}"),
    );
    report(
        &browser,
        "from the folder to the rows",
        &[[0.0, worked(&browser) - before]],
    );

    let before = worked(&browser);
    let ready = format!(
        "const target = document.querySelector('#target');
         target.value = 'anaplan-connect-jks';
         target.dispatchEvent(new Event('change', {{ bubbles: true }}));
         document.querySelector('#batch-passwords').value = '{OLD}';"
    );
    browser.run(&ready, json!([]));
    browser.fill("#new-password", NEW);
    report(
        &browser,
        "target and passwords",
        &[[0.0, worked(&browser) - before]],
    );

    let before = worked(&browser);
    let start = "const made = document.querySelector('#made');
        new MutationObserver(() => { if (!made.hidden) globalThis.endedAt ??= performance.now() })
          .observe(made, { attributeFilter: ['hidden'] });
        setTimeout(() => {
          globalThis.startedAt = performance.now();
          document.querySelector('#make').click();
        })";
    browser.run(start, json!([]));
    until(&browser, "globalThis.endedAt !== undefined");
    let time = milliseconds(&browser.run("return endedAt - startedAt", json!([])));
    report(
        &browser,
        "all of them converted",
        &[[time, worked(&browser) - before]],
    );
    let count = browser.text("#batch-count");
    ensure!(
        count.ends_with("1,000 done"),
        "not all were converted: {count}"
    );

    let before = worked(&browser);
    browser.click("#download-all");
    let size = fs::metadata(browser.downloaded("anaplan-connect-jks.zip"))?.len();
    report(
        &browser,
        &format!("save the ZIP, {} kB", size / 1000),
        &[[0.0, worked(&browser) - before]],
    );

    let workers = browser.run("return navigator.hardwareConcurrency", json!([]));
    println!("{:<28}{:>8} processors", "", workers);
    for (kind, peak) in memory()? {
        println!(
            "{:<28}{:>8} MiB at most",
            format!("memory, {kind}"),
            peak / 1024
        );
    }
    Ok(())
}

/// Waits longer than a test does.
fn until(browser: &Browser, so: &str) {
    for _ in 0..6000 {
        if browser.run(&format!("return {so}"), json!([])) == true {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("after ten minutes still not: {so}");
}

/// KiB: the process of the page, workers and all, and every process of Chromium.
fn memory() -> Result<[(&'static str, u64); 2]> {
    let mut parents = HashMap::new();
    for entry in fs::read_dir("/proc").context("the memory of processes is read as Linux has it")? {
        let path = entry?.path();
        let Ok(status) = fs::read_to_string(path.join("status")) else {
            continue;
        };
        let field = |name: &str| -> Option<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        let (Some(id), Some(parent), Some(peak)) = (field("Pid:"), field("PPid:"), field("VmHWM:"))
        else {
            continue;
        };
        let called = fs::read(path.join("cmdline")).unwrap_or_default();
        parents.insert(
            id,
            (parent, peak, String::from_utf8_lossy(&called).into_owned()),
        );
    }
    let own = u64::from(std::process::id());
    let ours = |mut id: u64| {
        while let Some((parent, ..)) = parents.get(&id) {
            if *parent == own {
                return true;
            }
            id = *parent;
        }
        false
    };
    let ours = parents.iter().filter(|(id, _)| ours(**id));
    // Of Chromium's processes the first has the profile in its arguments, the others say what they are.
    let (mut page, mut all) = (0, 0);
    for (_, (_, peak, called)) in ours {
        if called.contains("--type=renderer") {
            page = page.max(*peak);
        }
        if called.contains("--type=") || called.contains("--user-data-dir=") {
            all += peak;
        }
    }
    Ok([("the page", page), ("all of Chromium", all)])
}

/// A folder of PKCS#12 files, each with salts of its own; every one is opened and written with its own, however alike the
/// keys inside them are.
fn files(scratch: &Path) -> Result<PathBuf> {
    let folder = scratch.join("users");
    fs::create_dir_all(&folder)?;
    let [key, certificate] =
        ["user.key", "user.pem"].map(|name| scratch.join(name).display().to_string());
    run(
        command("openssl req -x509 -newkey rsa:2048 -noenc -days 800 -subj /CN=Alice").args([
            "-keyout",
            &key,
            "-out",
            &certificate,
        ]),
    )?;
    for index in 0..FILES {
        let file = folder
            .join(format!("user-{index:04}.p12"))
            .display()
            .to_string();
        let name = format!("user-{index:04}");
        run(command("openssl pkcs12 -export").args([
            "-inkey",
            &key,
            "-in",
            &certificate,
            "-name",
            &name,
            "-passout",
            &format!("pass:{OLD}"),
            "-out",
            &file,
        ]))?;
    }
    Ok(folder)
}
