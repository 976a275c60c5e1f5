//! Everything that is not the product: `cargo xtask build | serve | test | bench`.
//!
//! A package of its own, so that what builds, tests and measures the product is none of the product's dependencies.

mod bench;
mod build;
mod command;
mod fuzz;
mod layers;
mod roots;
mod setup;
mod test;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

const USAGE: &str = "\
cargo xtask build         writes dist/: the page and its SHA-256
cargo xtask serve         builds, then serves the page on 127.0.0.1
cargo xtask test          installs what the tests need, then runs all of them
cargo xtask bench [NAME]  measures batch, corpus, costs, inventory, job, keys, ready, size: all of them, or the one named
cargo xtask roots         writes src/judge/roots/mozilla.der anew, from NSS of this machine";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["build"] => build::build(),
        ["serve"] => serve(),
        // Its last line is the count, so that a failed check adds no other.
        ["test"] => match test::test() {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        ["bench"] => bench::bench(&bench::NAMES),
        ["bench", name] if bench::NAMES.contains(&name) => bench::bench(&[name]),
        ["roots"] => roots::roots(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
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

/// The workspace's own folder, wherever the command was called.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent()
        .expect("xtask is a folder of the workspace")
        .to_path_buf()
}
