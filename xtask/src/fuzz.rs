//! A short run of each fuzz target, where what that takes is there: a nightly toolchain and cargo-fuzz.

use std::sync::Mutex;
use std::{fs, thread};

use anyhow::{Context, Result, ensure};

use crate::command::{command, run};
use crate::layers::Count;
use crate::root;

/// Targets that run at the same time.
const AT_ONCE: usize = 2;

/// Seconds for each, memory in MiB for each, and seconds for one input: the first is short, the others are the bounds of
/// the long runs too.
const OPTIONS: &str = "-max_total_time=20 -rss_limit_mb=3000 -timeout=25 -print_final_stats=1";

/// Runs each target, and says of each how many inputs it ran. Where the tools are not there it says so and counts nothing.
pub fn smoke() -> Count {
    if let Err(error) = tools() {
        println!("skipped: {error:#}");
        return Count::default();
    }
    match prepared() {
        Ok(targets) => all(targets),
        Err(error) => Count::one(Err(error)),
    }
}

/// Whether cargo-fuzz answers on a nightly toolchain.
fn tools() -> Result<()> {
    let there = command("cargo +nightly fuzz --version").output()?;
    let missing = "it needs a nightly toolchain (rustup toolchain install nightly) and cargo-fuzz (cargo install cargo-fuzz)";
    ensure!(there.status.success(), missing);
    Ok(())
}

/// Seeds where there are none yet, and builds; answers with the names of the targets.
fn prepared() -> Result<Vec<String>> {
    if !root().join("fuzz/corpus").is_dir() {
        run(&mut command("sh fuzz/seed.sh"))?;
    }
    run(&mut command("cargo +nightly fuzz build"))?;
    let list = command("cargo +nightly fuzz list").output()?;
    let names: Vec<String> = String::from_utf8_lossy(&list.stdout)
        .lines()
        .map(Into::into)
        .collect();
    let files = fs::read_dir(root().join("fuzz/fuzz_targets"))?.count();
    ensure!(
        names.len() == files,
        "cargo-fuzz lists other targets than fuzz/fuzz_targets holds"
    );
    Ok(names)
}

fn all(targets: Vec<String>) -> Count {
    let queue = Mutex::new(targets.into_iter());
    let next = || queue.lock().expect("nobody panics with it").next();
    thread::scope(|scope| {
        let lanes = [(); AT_ONCE].map(|()| {
            scope.spawn(|| {
                let counts = std::iter::from_fn(next).map(|name| Count::one(one(&name)));
                counts.fold(Count::default(), |sum, count| sum + count)
            })
        });
        let counts = lanes.map(|lane| lane.join().expect("a lane does not panic"));
        counts
            .into_iter()
            .fold(Count::default(), |sum, count| sum + count)
    })
}

fn one(name: &str) -> Result<()> {
    let output = command(&format!("cargo +nightly fuzz run {name} -- {OPTIONS}"))
        .output()
        .context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let Some(count) = executed(&said).filter(|_| output.status.success()) else {
        let end: Vec<&str> = said.lines().rev().take(40).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        anyhow::bail!("the fuzz target {name} failed:\n{}", end.join("\n"));
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
    use super::executed;

    #[test]
    fn reads_what_libfuzzer_prints() {
        let said = "Done 308120 runs in 906 second(s)\nstat::number_of_executed_units: 308120\nstat::peak_rss_mb: 544";
        assert_eq!(executed(said), Some(308_120));
        assert_eq!(executed("==1== ERROR: libFuzzer: timeout"), None);
    }
}
