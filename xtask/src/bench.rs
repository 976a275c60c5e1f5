//! `cargo xtask bench`: the figures that are published, measured on this machine now.

mod batch;
mod corpus;
mod costs;
mod inventory;
mod job;
mod keys;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use browser::{Browser, serve};
use serde_json::{Value, json};

use crate::build::build;
use crate::command::{command, run};
use crate::root;
use crate::setup::setup;

/// What can be measured.
pub const NAMES: [&str; 8] = [
    "batch",
    "corpus",
    "costs",
    "inventory",
    "job",
    "keys",
    "ready",
    "size",
];

/// How often each thing is measured; the median is what counts.
const RUNS: usize = 20;

/// Measures what is named.
///
/// # Errors
///
/// When something is missing or fails; a browser that does not do what it is told panics.
pub fn bench(names: &[&str]) -> Result<()> {
    setup()?;
    if names != ["corpus"] {
        build()?;
    }
    let scratch = Scratch::new()?;
    for name in names {
        match *name {
            "batch" => batch::batch(&scratch.0)?,
            "inventory" => inventory::inventory(&scratch.0)?,
            "costs" => costs::costs()?,
            "corpus" => corpus::corpus()?,
            "job" => job::job(&scratch.0)?,
            "keys" => keys::keys(&scratch.0)?,
            "size" => size()?,
            _ => ready(&scratch.0)?,
        }
    }
    Ok(())
}

/// The bytes of the page: as they are, and as servers send them.
fn size() -> Result<()> {
    println!("\nsize of the page");
    let script = "const { readFileSync } = require('fs'), { gzipSync, brotliCompressSync } = require('zlib');
        const raw = readFileSync('dist/index.html');
        const sizes = { raw, 'gzip -9': gzipSync(raw, { level: 9 }), 'brotli 11': brotliCompressSync(raw) };
        for (const [name, { length }] of Object.entries(sizes))
          console.log(name.padEnd(12) + length.toLocaleString('en').padStart(12) + ' bytes');";
    run(command("node -e").arg(script))
}

/// The page's bytes as brotli packs them best.
fn brotli() -> Result<usize> {
    let script = "process.stdout.write(String(require('zlib').brotliCompressSync(require('fs').readFileSync('dist/index.html')).length))";
    let output = command("node -e").arg(script).output()?;
    Ok(String::from_utf8(output.stdout)?.parse()?)
}

/// From the navigation's start until the page says that it is ready.
fn ready(scratch: &Path) -> Result<()> {
    println!("\nnavigation to ready, median of {RUNS}");
    let browser = chromium(scratch);
    // Runs in each new document before the page's own script, and notes when `data-ready` appears.
    let note = "new MutationObserver(() => { globalThis.readyAt ??= performance.now() })
        .observe(document, { subtree: true, attributeFilter: ['data-ready'] })";
    browser.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": note }),
    );
    let page = root().join("dist/index.html");
    for (name, url) in [
        ("http", hosted()?),
        ("file", format!("file://{}", page.display())),
    ] {
        let times = (0..RUNS).map(|_| {
            browser.go(&url);
            browser.see("html[data-ready]");
            milliseconds(&browser.run("return readyAt", json!([])))
        });
        println!("{name:<12}{:>8.0} ms", median(times.collect()));
    }
    Ok(())
}

fn chromium(scratch: &Path) -> Browser {
    Browser::start(&root().join("webdriver.json"), scratch, &[])
}

/// The page's address, served until the process ends.
fn hosted() -> Result<String> {
    let (address, _) = serve(&root().join("dist"), 0)?;
    Ok(format!("http://{address}/"))
}

fn milliseconds(value: &Value) -> f64 {
    value.as_f64().expect("the page gives a number")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    (values[middle] + values[(values.len() - 1) / 2]) / 2.0
}

/// A folder under `target/`, gone when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let path = root().join("target/bench");
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
