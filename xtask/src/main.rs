//! Everything that is not the product: `cargo xtask build | serve | test | bench`.
//!
//! A package of its own, so that what builds, tests and measures the product is none of the product's dependencies.

mod bench;
mod build;
mod command;
mod layers;
mod roots;
mod setup;
mod soak;
mod test;

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

const USAGE: &str = "\
cargo xtask build         writes dist/: the page and its SHA-256
cargo xtask serve         builds, then serves the page on 127.0.0.1
cargo xtask test          installs what the tests need, then runs all that are quick enough for every change
cargo xtask soak [N]      runs what is not: every position of tests/native/hostile.rs, each fuzz target for N minutes (15)
cargo xtask bench [NAME]  measures batch, corpus, costs, inventory, job, keys, ready, size: all of them, or the one named
cargo xtask wasm-tests F  runs a program of wasm tests in Chromium: what cargo calls, as .cargo/config.toml says
cargo xtask roots         writes src/judge/roots/mozilla.der anew, from NSS of this machine";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["build"] => build::build(),
        ["serve"] => serve(),
        ["test"] => return counted(test::test()),
        ["soak"] => return counted(soak::soak(soak::MINUTES)),
        // libFuzzer takes a time of zero for one without an end.
        ["soak", minutes] => match minutes.parse::<NonZeroU32>() {
            Ok(minutes) => return counted(soak::soak(minutes.get())),
            Err(_) => return usage(),
        },
        ["wasm-tests", ..] => wasm_tests(&arguments[1..]),
        ["bench"] => bench::bench(&bench::NAMES),
        ["bench", name] if bench::NAMES.contains(&name) => bench::bench(&[name]),
        ["roots"] => roots::roots(),
        _ => return usage(),
    };
    ended(result)
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// Its last line is the count, so that a failed check adds no other.
fn counted(passed: Result<bool>) -> ExitCode {
    match passed {
        Ok(false) => ExitCode::FAILURE,
        other => ended(other.map(|_| ())),
    }
}

fn ended(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<()> {
    build::build()?;
    let (address, thread) = browser::serve(&root().join("dist"), 8000)?;
    println!("Keyferry is at http://{address}/ (Ctrl+C ends it)");
    thread.join().expect("the server does not panic");
    Ok(())
}

fn wasm_tests(arguments: &[&str]) -> Result<()> {
    command::run(build::bindgen()?.arg("test").args(arguments))
}

/// The corpus of real files, where there is one.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("KEYFERRY_CORPUS");
    let folder = folder.map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    folder.join("manifest.jsonl").is_file().then_some(folder)
}

/// The workspace's own folder, wherever the command was called.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent()
        .expect("xtask is a folder of the workspace")
        .to_path_buf()
}
