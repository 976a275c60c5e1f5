//! Keys and requests made in the page: from the click to the files, each verified; and the longest task of the page's
//! thread meanwhile (W3C Long Tasks), which says whether the page stayed alive.
//!
//! The key is left without a password: deriving a key from one is another figure.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::{chromium, hosted, median, milliseconds};

const KINDS: [&str; 6] = ["rsa2048", "rsa3072", "rsa4096", "p256", "p384", "ed25519"];
/// RSA keys take very different times, by luck: a median of few is none.
const TIMES: usize = 15;

/// Prints a line for each kind of key.
pub fn keys(scratch: &Path) -> Result<()> {
    println!("\nkey and request in the page, of {TIMES}, in ms");
    println!(
        "{:<12}{:>8}{:>9}{:>14}  made by",
        "", "median", "longest", "longest task"
    );
    let browser = chromium(scratch);
    browser.go(&hosted()?);
    browser.see("html[data-ready]");
    browser.click("#request > summary");
    browser.fill("#request-cn", "Ann Example");
    browser.fill("#request-email", "ann@example.com");
    browser.click("[name=unlocked]");
    browser.run(
        "globalThis.longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        }).observe({ type: 'longtask' })",
        json!([]),
    );
    for kind in KINDS {
        let make = "const [kind] = arguments, made = document.querySelector('#request-made');
            document.querySelector('#request-key').value = kind;
            made.hidden = true;
            const start = performance.now();
            document.querySelector('#request-make').click();
            return new Promise((resolve) => new MutationObserver((_, watch) => {
              if (made.hidden) return;
              watch.disconnect();
              resolve(performance.now() - start);
            }).observe(made, { attributeFilter: ['hidden'] }))";
        browser.run("longest = 0", json!([]));
        let times: Vec<f64> = (0..TIMES)
            .map(|_| milliseconds(&browser.run(make, json!([kind]))))
            .collect();
        let slowest = times.iter().copied().fold(0.0, f64::max);
        let task = milliseconds(&browser.run("return longest", json!([])));
        let by = browser.text("[data-field=made-by]");
        let by = match by.contains("WebCrypto") {
            true => "WebCrypto",
            false => "Rust",
        };
        println!(
            "{kind:<12}{:>8.0}{slowest:>9.0}{task:>14.0}  {by}",
            median(times)
        );
    }
    Ok(())
}
