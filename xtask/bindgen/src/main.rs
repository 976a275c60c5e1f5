//! `bindgen page WASM FOLDER` writes the page's wasm and its JavaScript; `bindgen test WASM [FILTER]` runs a program of
//! wasm tests in Chromium, and cargo calls it for that, as `.cargo/config.toml` says.
//!
//! A package of its own, so that `cargo xtask test` can begin to install and to compile while this is compiled.

mod tests;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; where it did not, the reason is printed already.
fn run(arguments: &[&str]) -> Result<bool> {
    match arguments {
        ["page", wasm, folder] => page(Path::new(wasm), Path::new(folder)).map(|()| true),
        ["test", wasm, rest @ ..] => tests::run(Path::new(wasm), rest),
        _ => bail!("bindgen page WASM FOLDER, or bindgen test WASM [FILTER]"),
    }
}

fn page(wasm: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
}
