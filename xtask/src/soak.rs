//! `cargo xtask soak`: what takes too long for every change.

use std::ffi::OsString;
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, iter, thread};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{command, find, run};
use crate::layers::{Count, Layers, tests};
use crate::setup::setup;
use crate::{corpus, root};

/// How long each fuzz target runs where nobody says.
pub const MINUTES: u32 = 15;

/// Targets that run at the same time.
const AT_ONCE: usize = 2;

/// Memory for each target in MiB, and seconds for one input.
const BOUNDS: &str = "-rss_limit_mb=3000 -timeout=25 -print_final_stats=1";

/// Longest file that is a seed: larger ones only slow the fuzzer down.
const SEED: u64 = 16 << 10;

/// Runs every layer, each fuzz target for some minutes; answers whether every check passed.
///
/// # Errors
///
/// When something is missing.
pub fn soak(minutes: u32) -> Result<bool> {
    let start = Instant::now();
    setup()?;
    let layers = Layers::default();
    layers.layer("hostile", || {
        let line = "cargo test --workspace --test native -- --nocapture hostile::";
        // Millions of files are opened: here the compiler's time is worth it.
        let mut command = command(line);
        command.env("CARGO_PROFILE_TEST_OPT_LEVEL", "3");
        tests(command.env("KEYFERRY_SOAK", "1"))
    });
    layers.layer("lint fuzz", || {
        let line = "cargo clippy --manifest-path fuzz/Cargo.toml --locked -- -D warnings";
        Count::one(run(&mut command(line)))
    });
    layers.layer("fuzz", || match nightly() {
        false => Count::skipped("libFuzzer needs a nightly (rustup toolchain install nightly)"),
        true => prepared().map_or_else(
            |error| Count::one(Err(error)),
            |targets| all(&targets, minutes),
        ),
    });
    Ok(layers.summary(start.elapsed()))
}

fn nightly() -> bool {
    command("cargo +nightly --version")
        .output()
        .is_ok_and(|done| done.status.success())
}

/// cargo-fuzz's own command line, from the `PATH` or installed below `target/`.
fn fuzz(line: &str) -> Result<Command> {
    let mut command = command(&format!("cargo +nightly fuzz {line}"));
    if find("cargo-fuzz").is_none() {
        let tools = root().join("target/tools");
        if !tools.join("bin/cargo-fuzz").is_file() {
            let mut install = self::command("cargo install cargo-fuzz --locked --root");
            run(install.arg(&tools))?;
        }
        let path = env::var_os("PATH").context("there is no PATH")?;
        let before = env::split_paths(&path);
        let path: OsString = env::join_paths([tools.join("bin")].into_iter().chain(before))?;
        command.env("PATH", path);
    }
    Ok(command)
}

/// Builds the targets and gives them their seeds; answers with their names.
fn prepared() -> Result<Vec<String>> {
    ensure!(
        find("c++").is_some(),
        "libFuzzer needs a C++ compiler (on Debian the package g++)"
    );
    let targets: Vec<(&str, Vec<&str>)> = include_str!("../../fuzz/seeds")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            (words.next().unwrap_or_default(), words.collect())
        })
        .collect();
    let mut names: Vec<String> = targets.iter().map(|(name, _)| (*name).into()).collect();
    names.sort();
    run(&mut fuzz("build")?)?;
    let list = fuzz("list")?.output()?;
    let mut listed: Vec<String> = String::from_utf8_lossy(&list.stdout)
        .lines()
        .map(Into::into)
        .collect();
    listed.sort();
    ensure!(
        names == listed,
        "cargo-fuzz lists {listed:?}, and fuzz/seeds {names:?}"
    );
    let mut files = Vec::new();
    for folder in [Some(root().join("tests/vectors")), corpus()] {
        folder.map_or(Ok(()), |folder| walk(&folder, &mut files))?;
    }
    for (name, patterns) in targets {
        let folder = root().join("fuzz/corpus").join(name);
        fs::create_dir_all(&folder)?;
        let seeds = files.iter().filter(|file| fits(file, &patterns));
        for (number, seed) in seeds.enumerate() {
            fs::copy(seed, folder.join(format!("seed-{number}")))?;
        }
    }
    Ok(names)
}

/// Every file of a folder that is short enough, in an order that does not change.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut inside: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    inside.sort_by_key(fs::DirEntry::file_name);
    for entry in inside {
        let data = entry.metadata()?;
        if data.is_dir() && entry.file_name() != "make" {
            walk(&entry.path(), files)?;
        } else if data.is_file() && data.len() <= SEED {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Whether a file's name is as one of the patterns says, each with one star.
fn fits(file: &Path, patterns: &[&str]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    patterns.iter().any(|pattern| {
        let (begins, ends) = pattern.split_once('*').unwrap_or((pattern, ""));
        let rest = name.strip_prefix(begins);
        rest.is_some_and(|rest| rest.ends_with(ends))
    })
}

fn all(targets: &[String], minutes: u32) -> Count {
    let next = AtomicUsize::new(0);
    let lane = || {
        let names = iter::from_fn(|| targets.get(next.fetch_add(1, Ordering::Relaxed)));
        names
            .map(|name| Count::one(one(name, minutes)))
            .fold(Count::default(), Count::add)
    };
    thread::scope(|scope| {
        let lanes = [(); AT_ONCE].map(|()| scope.spawn(lane));
        let counts = lanes.map(|lane| lane.join().expect("a lane does not panic"));
        counts.into_iter().fold(Count::default(), Count::add)
    })
}

fn one(name: &str, minutes: u32) -> Result<()> {
    let seconds = u64::from(minutes) * 60;
    let line = format!("run {name} -- -max_total_time={seconds} {BOUNDS}");
    let output = fuzz(&line)?.output().context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let Some(count) = executed(&said).filter(|_| output.status.success()) else {
        let end: Vec<&str> = said.lines().rev().take(40).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        bail!("the fuzz target {name} failed:\n{}", end.join("\n"));
    };
    println!("{name:<20} {count:>8} inputs");
    Ok(())
}

/// Reads libFuzzer's "stat::number_of_executed_units: 1234".
fn executed(said: &str) -> Option<u64> {
    let stat = "stat::number_of_executed_units:";
    said.lines()
        .find_map(|line| line.strip_prefix(stat))
        .and_then(|count| count.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{executed, fits};

    #[test]
    fn reads_what_libfuzzer_prints() {
        let said = "Done 308120 runs in 906 second(s)\nstat::number_of_executed_units: 308120\nstat::peak_rss_mb: 544";
        assert_eq!(executed(said), Some(308_120));
        assert_eq!(executed("==1== ERROR: libFuzzer: timeout"), None);
    }

    #[test]
    fn a_pattern_is_a_beginning_and_an_end() {
        let fits = |pattern| fits(Path::new("folder/pkcs12-openssl.p12"), &[pattern]);
        assert!(fits("*") && fits("*.p12") && fits("pkcs12-*") && fits("pkcs12-*.p12"));
        assert!(!fits("*.jks") && !fits("folder*") && !fits("pkcs12-openssl.p12*.p12"));
    }
}
