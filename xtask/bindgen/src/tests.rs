//! A program of wasm tests, run in a worker of Chromium.
//!
//! wasm-bindgen has a runner of its own, wasm-bindgen-cli: it can do much more, and takes four minutes of the compiler's
//! time, most of it for a date library, an argument parser and a web server. What these tests need of it is this.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use browser::{Browser, serve_connected};
use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

/// How long the tests may be silent: the slowest prints nothing for some minutes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(900);

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Tests</title>";

/// Starts the worker; what it says is kept until it is asked for.
const START: &str = "
    window.said = [];
    const worker = new Worker('worker.js');
    worker.onmessage = ({ data }) => said.push(data);
    worker.onerror = ({ message = 'it does not load', filename, lineno }) => {
      said.push({ error: `${message} (${filename}:${lineno})` });
    };
    worker.postMessage(arguments[0]);
";

/// Runs the tests whose names contain the first of the arguments that is no switch; answers whether all passed.
///
/// # Errors
///
/// When the program has no bindings, or the worker fails outside a test.
pub fn run(wasm: &Path, arguments: &[&str]) -> Result<bool> {
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let folder = written(wasm)?;
    let (address, _) = serve_connected(&folder)?;
    let browser = Browser::start(&root().join("webdriver.json"), &folder, &[]);
    browser.go(&format!("http://{address}/"));
    browser.run(START, json!([filter.unwrap_or(&"")]));
    let mut limit = Instant::now() + PATIENCE;
    loop {
        let said = browser.run("return said.splice(0)", json!([]));
        for said in said.as_array().context("it says a list")? {
            if let Some(error) = said["error"].as_str() {
                bail!("the worker failed: {error}");
            }
            match (said["passed"].as_bool(), said) {
                (Some(passed), _) => return Ok(passed),
                (None, Value::String(line)) => println!("{line}"),
                (None, other) => bail!("the worker says {other}"),
            }
            limit = Instant::now() + PATIENCE;
        }
        let silent = PATIENCE.as_secs();
        ensure!(
            Instant::now() < limit,
            "the tests said nothing for {silent} s"
        );
        sleep(Duration::from_millis(50));
    }
}

/// Writes what the browser loads; says where.
fn written(wasm: &Path) -> Result<PathBuf> {
    let folder = root().join("target/wasm-tests");
    Bindgen::new()
        .input_path(wasm)
        .out_name("tests")
        .no_modules(true)?
        .typescript(false)
        .debug(true)
        .emit_start(false)
        .generate(&folder)?;
    fs::write(folder.join("worker.js"), include_str!("worker.js"))?;
    fs::write(folder.join("index.html"), PAGE)?;
    Ok(folder)
}

fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors()
        .nth(2)
        .expect("it is two folders below the workspace")
}
