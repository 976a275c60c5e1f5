//! `cargo xtask build`: Rust → wasm → one HTML file in `dist/`.
//!
//! The same source gives the same bytes, whichever folder it lies in: so the SHA-256 that is published can be checked
//! by anybody with the toolchain it was built with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::command::{command, find, run};
use crate::root;
use crate::setup::wasm_target;

/// Writes `dist/index.html` and `dist/SHA256SUMS`.
///
/// # Errors
///
/// When a tool is missing or a step fails.
pub fn build() -> Result<()> {
    wasm_target()?;
    npm_packages("www")?;
    typescript()?;
    page()
}

/// Writes `dist/`, without a look at the page's types.
///
/// # Errors
///
/// When a step fails.
pub fn page() -> Result<()> {
    compile()?;
    bind()?;
    run(&mut command("node xtask/bundle.mjs target/page www dist"))
}

/// Installs the packages of a folder's `package.json`, where they are not those of its lock file yet.
pub fn npm_packages(folder: &str) -> Result<()> {
    let missing = "npm is missing: install Node.js 20 or later (https://nodejs.org)";
    ensure!(find("npm").is_some(), missing);
    let folder = root().join(folder);
    // npm leaves its own copy of what it installed: older than the lock file means another lock file.
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    let lock =
        changed(&folder.join("package-lock.json")).context("package-lock.json is missing")?;
    if changed(&folder.join("node_modules/.package-lock.json")).is_ok_and(|there| there >= lock) {
        return Ok(());
    }
    run(command("npm ci --no-audit --no-fund --loglevel=error").current_dir(folder))
}

/// Checks the page's JavaScript with TypeScript, as `www/package.json` says.
pub fn typescript() -> Result<()> {
    run(&mut command("npm run check --prefix www --silent"))
}

fn compile() -> Result<()> {
    run(wasm("cargo rustc --lib --crate-type cdylib")?.args(["--", "-C", "lto=fat"]))
}

fn bind() -> Result<()> {
    let target = root().join("target");
    let wasm = target.join("wasm32-unknown-unknown/page/keyferry.wasm");
    run(bindgen()?.arg("page").args([wasm, target.join("page")]))
}

/// Lints the page's wasm and its tests.
pub fn lint_wasm() -> Result<()> {
    run(wasm("cargo clippy --lib --test browser")?.args(["--", "-D", "warnings"]))
}

/// A command of cargo for the page's wasm. What such commands compile, they share.
pub fn wasm(line: &str) -> Result<Command> {
    // Panics name source files: without this the page would hold the paths of the machine that built it, and of the
    // registry that it got its crates from.
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("no home folder")?;
    let registries = fs::read_dir(cargo.join("registry/src"))
        .into_iter()
        .flatten();
    let registries = registries.flatten().map(|folder| (folder.path(), "crates"));
    // Of several that fit the compiler takes the last.
    let flags: Vec<String> = [(cargo.clone(), "cargo"), (root(), ".")]
        .into_iter()
        .chain(registries)
        .map(|(path, name)| format!("'--remap-path-prefix={}={name}'", path.display()))
        .collect();
    // What the compiler optimises across crates with: cargo leaves it out where the profile asks for no such optimisation.
    let flags = format!(
        "target.wasm32-unknown-unknown.rustflags=[{}, '-Cembed-bitcode=yes']",
        flags.join(", ")
    );
    let mut command = command(line);
    command.args(["--profile", "page", "--target", "wasm32-unknown-unknown"]);
    command.args(["--config", &flags]);
    Ok(command)
}

/// wasm-bindgen and the runner of wasm tests, a program of its own. It is built as a part of the whole workspace, as
/// `cargo test --workspace` builds it, so that the two share their dependencies.
pub fn bindgen() -> Result<Command> {
    run(&mut command(
        "cargo build --quiet --workspace --bin bindgen",
    ))?;
    let program = root().join("target/debug/bindgen");
    let mut command = Command::new(program.with_extension(std::env::consts::EXE_EXTENSION));
    command.current_dir(root()).stdin(Stdio::null());
    Ok(command)
}
