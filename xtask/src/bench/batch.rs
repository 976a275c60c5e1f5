//! A batch of 1,000 files as OpenSSL writes them, to `anaplan-connect-jks`: how long it takes, which tasks of the page's thread
//! take longer than 50 ms (W3C Long Tasks; the columns are those of [`super::inventory`]), and how much memory it wants, as Linux
//! counts it for the page's process and for all of Chromium's. Processor time stands beside the time on the wall, which on a
//! machine that does other things too is longer.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser::Browser;
use serde_json::json;

use super::inventory::{drop_in, header, report, watched, worked};
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
    drop_in(&browser, &folder);
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
        "location.hash = 'anaplan-connect-jks';
         document.querySelector('#batch-passwords').value = '{OLD}';"
    );
    browser.run(&ready, json!([]));
    browser.fill("#new-password", NEW);
    report(
        &browser,
        "target and passwords",
        &[[0.0, worked(&browser) - before]],
    );

    let (before, start_at) = (worked(&browser), Processes::now()?);
    let start = "const made = document.querySelector('#made');
        new MutationObserver(() => { if (!made.hidden) globalThis.endedAt ??= performance.now() })
          .observe(made, { attributeFilter: ['hidden'] });
        setTimeout(() => {
          globalThis.startedAt = performance.now();
          document.querySelector('#make').click();
        })";
    browser.run(start, json!([]));
    let mut most = 0;
    while browser.run("return globalThis.endedAt === undefined", json!([])) == true {
        most = most.max(Processes::now()?.all);
        std::thread::sleep(Duration::from_millis(500));
    }
    let after = Processes::now()?;
    let time = milliseconds(&browser.run("return endedAt - startedAt", json!([])));
    report(
        &browser,
        "all of them converted",
        &[[time, worked(&browser) - before]],
    );
    let count = browser.text("#batch-count");
    ensure!(
        // They are signed by their own keys, which Anaplan does not take.
        count.ends_with("1,000 will be refused"),
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
    println!("processors                  {workers:>8}");
    println!(
        "processor time of the page  {:>8.0} ms",
        after.time - start_at.time
    );
    println!(
        "memory of the page          {:>8} MiB at most",
        after.page / 1024
    );
    println!("memory of all of Chromium   {:>8} MiB at most", most / 1024);
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

/// What the system says of Chromium's processes, which are this one's descendants.
#[derive(Clone, Copy, Default)]
struct Processes {
    /// KiB: what the page's process had resident when it had most.
    page: u64,
    /// KiB: what all of them have resident now, what they share counted once.
    all: u64,
    /// Milliseconds of processor time of the page's process, its workers included.
    time: f64,
}

impl Processes {
    fn now() -> Result<Self> {
        let mut parents = HashMap::new();
        for entry in fs::read_dir("/proc").context("processes are counted as Linux lists them")? {
            let path = entry?.path();
            let status = fs::read_to_string(path.join("status")).unwrap_or_default();
            if let (Some(id), Some(parent)) = (field(&status, "Pid:"), field(&status, "PPid:")) {
                parents.insert(id, (parent, path, status));
            }
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
        let mut sum = Self::default();
        for (_, (_, path, status)) in parents.iter().filter(|(id, _)| ours(**id)) {
            let read = |name| fs::read(path.join(name)).unwrap_or_default();
            let text = |name| String::from_utf8_lossy(&read(name)).into_owned();
            sum.all += field(&text("smaps_rollup"), "Pss:").unwrap_or_default();
            let peak = field(status, "VmHWM:").unwrap_or_default();
            if text("cmdline").contains("--type=renderer") && peak > sum.page {
                sum.page = peak;
                // proc(5): after the name in brackets, the 12th and 13th, in hundredths of a second.
                let stat = text("stat");
                let (_, numbers) = stat.rsplit_once(')').unwrap_or_default();
                let ticks = numbers.split_whitespace().skip(11).take(2);
                sum.time = ticks
                    .filter_map(|ticks| ticks.parse::<f64>().ok())
                    .sum::<f64>()
                    * 10.0;
            }
        }
        Ok(sum)
    }
}

fn field(lines: &str, name: &str) -> Option<u64> {
    let line = lines.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A folder of PKCS#12 files, each with salts of its own; every one is opened and written with its own, however alike the
/// keys inside them are.
fn files(scratch: &Path) -> Result<PathBuf> {
    let folder = scratch.join("users");
    fs::create_dir_all(&folder)?;
    let [key, certificate] =
        ["user.key", "user.pem"].map(|name| scratch.join(name).display().to_string());
    let own = "openssl req -x509 -newkey rsa:2048 -nodes -days 800 -subj /CN=Alice -keyout";
    run(command(own)
        .args([&key, "-out", &certificate])
        .stderr(Stdio::null()))?;
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
