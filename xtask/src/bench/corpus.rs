//! How many files of the corpus Keyferry and its peers open, kind by kind; `xtask/peers` asks them.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::build::npm_packages;
use crate::command::{command, run};
use crate::root;

/// Prints a line for each peer.
pub fn corpus() -> Result<()> {
    let files = env::var_os("KEYFERRY_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let missing = format!(
        "no corpus at {} (KEYFERRY_CORPUS says where one is)",
        files.display()
    );
    ensure!(files.join("manifest.jsonl").is_file(), missing);
    npm_packages("xtask/peers")?;
    run(&mut command(
        "cargo build --release -p keyferry --example inspect",
    ))?;
    run(&mut command("cargo build --release -p peers"))?;
    let target = root().join("target/release");
    println!("\nfiles of the corpus that open as its manifest says");
    run(command("node xtask/peers/main.mjs")
        .arg(files)
        .arg(target.join("examples/inspect"))
        .arg(target.join("p12-keystore")))
}
