//! `cargo xtask test`: every check that is quick enough for every change, each layer with its count and its seconds.
//!
//! Two lanes run beside each other, since a compiler at its last crate leaves a core idle, and a download leaves both: one
//! compiles and tests for this machine, the other compiles the page and its tests. Browsers start when both are done, so
//! that nothing takes their time.
//!
//! cargo compiles a dependency once for each set of features that it is asked for with, so that every command here asks for
//! the whole workspace, or for the page as [`build::wasm`] does.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::command::{command, named, run};
use crate::corpus;
use crate::layers::{Count, Layers, tests};
use crate::setup::{setup, wasm_target};

/// Installs what is missing, then runs every layer, whatever the ones before it say; answers whether every check passed.
///
/// # Errors
///
/// When something is missing.
pub fn test() -> Result<bool> {
    let start = Instant::now();
    wasm_target()?;
    let before = tree();
    let layers = Layers::default();
    thread::scope(|scope| {
        let installed = scope.spawn(|| named("setup", setup));
        let page = scope.spawn(|| page_compiled(&layers));
        native_compiled(&layers);
        let installed = joined(installed);
        if installed.is_ok() {
            native(&layers);
        }
        joined(page);
        installed
    })?;
    layers.layer("wasm", wasm);
    layers.layer("page", || {
        tests(&mut command(
            "cargo test --workspace --test page --no-fail-fast",
        ))
    });
    layers.layer("clean tree", || Count::one(unchanged(before)));
    Ok(layers.summary(start.elapsed()))
}

/// What needs nothing but Rust.
fn native_compiled(layers: &Layers) {
    layers.layer("format", || {
        check("cargo fmt --all --check")
            + check("cargo fmt --manifest-path fuzz/Cargo.toml --check")
    });
    layers.layer("lint", || {
        check("cargo clippy --workspace --all-targets -- -D warnings")
            + check("cargo clippy --workspace --test page -- -D warnings")
            // Its targets are modules of the native tests; that its lock file is of today is seen here.
            + check("cargo fetch --quiet --manifest-path fuzz/Cargo.toml --locked")
    });
    layers.layer("build", || {
        check("cargo test --workspace --all-targets --no-run")
            + check("cargo test --workspace --test page --no-run")
    });
}

/// What runs on this machine without a browser.
fn native(layers: &Layers) {
    layers.layer("native", || {
        tests(
            command("cargo test --workspace --all-targets --no-fail-fast")
                .args(["--", "--skip", "corpus::", "--skip", "fuzz::"]),
        )
    });
    layers.layer("corpus", || match corpus() {
        Some(_) => part("corpus::"),
        None => Count::skipped("no corpus (KEYFERRY_CORPUS says where one is)"),
    });
    layers.layer("fuzz", || part("fuzz::"));
    layers.layer("documents", || {
        let mut doc = command("cargo doc --workspace --no-deps --document-private-items");
        Count::one(run(doc.env("RUSTDOCFLAGS", "-D warnings")))
            + tests(&mut command("cargo test --workspace --doc"))
    });
}

/// The page, and the program of the wasm's own tests.
fn page_compiled(layers: &Layers) {
    layers.layer("typescript", || {
        Count::one(build::npm_packages("www").and_then(|()| build::typescript()))
    });
    layers.layer("lint wasm", || Count::one(build::lint_wasm()));
    layers.layer("build page", || {
        let program = build::wasm("cargo test --test browser --no-run");
        Count::one(build::page()) + Count::one(program.and_then(|mut program| run(&mut program)))
    });
}

fn wasm() -> Count {
    match build::wasm("cargo test --test browser") {
        Ok(mut command) => tests(&mut command),
        Err(error) => Count::one(Err(error)),
    }
}

/// The tests of one module, with what they print.
fn part(module: &str) -> Count {
    tests(command("cargo test --workspace --test native").args(["--", "--nocapture", module]))
}

fn check(line: &str) -> Count {
    Count::one(run(&mut command(line)))
}

/// What a thread gave; where it panicked, so does this one.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// What git sees that is not committed.
fn tree() -> Result<String> {
    let output = command("git status --porcelain")
        .output()
        .context("cannot start git")?;
    let unknown = "this is no git checkout, so nobody can tell what the tests leave behind";
    ensure!(output.status.success(), unknown);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn unchanged(before: Result<String>) -> Result<()> {
    let (before, after) = (before?, tree()?);
    ensure!(
        before == after,
        "the tests changed the tree\nbefore:\n{before}after:\n{after}"
    );
    Ok(())
}
