//! `cargo xtask test`: every check there is, cheap ones first, each layer with its count.

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::command::{command, run};
use crate::fuzz;
use crate::layers::{Count, Layers, tests};
use crate::setup::setup;

/// Installs what is missing, then runs every layer, whatever the ones before it say; answers whether every check passed.
///
/// # Errors
///
/// When something is missing.
pub fn test() -> Result<bool> {
    setup()?;
    build::npm_packages("www")?;
    let before = tree();
    let mut layers = Layers::default();

    layers.layer("format", || {
        check("cargo fmt --all --check")
            + check("cargo fmt --manifest-path fuzz/Cargo.toml --check")
    });
    layers.layer("lint", || {
        check("cargo clippy --workspace --all-targets -- -D warnings")
            + check("cargo clippy --test page -- -D warnings")
            + check(
                "cargo clippy --target wasm32-unknown-unknown --lib --test browser -- -D warnings",
            )
            + check("cargo clippy --manifest-path fuzz/Cargo.toml --locked -- -D warnings")
    });
    layers.layer("native", || {
        tests(&mut command("cargo test --all-targets --no-fail-fast"))
            + tests(&mut command(
                "cargo test --profile xtask -p xtask -p browser",
            ))
    });
    layers.layer("documents", || {
        let mut doc = command("cargo doc --workspace --no-deps --document-private-items");
        Count::one(run(doc.env("RUSTDOCFLAGS", "-D warnings")))
            + tests(&mut command("cargo test --doc"))
    });
    layers.layer("wasm", || {
        tests(&mut command(
            "cargo test --target wasm32-unknown-unknown --test browser",
        ))
    });
    layers.layer("typescript", || Count::one(build::typescript()));
    layers.layer("page", || match build::build() {
        Ok(()) => tests(&mut command("cargo test --test page --no-fail-fast")),
        Err(error) => Count::one(Err(error)),
    });
    layers.layer("fuzz", fuzz::smoke);
    layers.layer("clean tree", || Count::one(unchanged(before)));
    Ok(layers.summary())
}

fn check(line: &str) -> Count {
    Count::one(run(&mut command(line)))
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
