//! A layer of the tests: commands run one after another, their checks counted, a line of summary at the end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// What came of some checks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Count {
    /// One check, passed or failed.
    pub fn one(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self {
                passed: 1,
                failed: 0,
            },
            Err(error) => {
                eprintln!("error: {error:#}");
                Self {
                    passed: 0,
                    failed: 1,
                }
            }
        }
    }
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

/// The layers that ran, in their order.
#[derive(Default)]
pub struct Layers(Vec<(&'static str, Count, Duration)>);

impl Layers {
    /// Runs a layer and says what came of it.
    pub fn layer(&mut self, name: &'static str, checks: impl FnOnce() -> Count) {
        println!("\n== {name}");
        let start = Instant::now();
        let count = checks();
        self.0.push((name, count, start.elapsed()));
        println!("{}", self.line(self.0.len() - 1));
    }

    /// Prints a line a layer, then the sum; answers whether every check passed.
    pub fn summary(&self) -> bool {
        println!("\n== summary");
        (0..self.0.len()).for_each(|index| println!("{}", self.line(index)));
        let counts = self.0.iter().map(|(_, count, _)| *count);
        let sum = counts.fold(Count::default(), |sum, count| sum + count);
        println!("{} passed, {} failed", sum.passed, sum.failed);
        sum.failed == 0
    }

    fn line(&self, index: usize) -> String {
        let (name, Count { passed, failed }, time) = &self.0[index];
        format!(
            "{name:<12} {passed:>5} passed, {failed} failed  {:>6.1} s",
            time.as_secs_f64()
        )
    }
}

/// Runs a test command, shows what it prints, and adds up its `test result:` lines.
///
/// A command that fails without a failed test, or that ends well without having run any, counts as one failure.
pub fn tests(command: &mut Command) -> Count {
    watch(command).unwrap_or_else(|error| Count::one(Err(error)))
}

fn watch(command: &mut Command) -> Result<Count> {
    let name = command.get_program().display().to_string();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let output = child.stdout.take().context("no output")?;
    let mut count = Count::default();
    for line in BufReader::new(output).lines() {
        // The wasm runner's browser may print anything at all.
        let line = line.unwrap_or_default();
        println!("{line}");
        count = count + result(&line).unwrap_or_default();
    }
    let status = child.wait()?;
    ensure!(
        status.success() || count.failed > 0,
        "{name} failed ({status})"
    );
    ensure!(count != Count::default(), "{name} ran no test");
    Ok(count)
}

/// Reads libtest's "test result: ok. 3 passed; 0 failed; 0 ignored; …".
fn result(line: &str) -> Option<Count> {
    let (_, numbers) = line.split_once("test result: ")?.1.split_once(". ")?;
    let number = |word: &str| {
        let part = numbers
            .split("; ")
            .find_map(|part| part.strip_suffix(word))?;
        part.trim().parse().ok()
    };
    Some(Count {
        passed: number(" passed")?,
        failed: number(" failed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_libtest_prints() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.10s";
        assert_eq!(
            result(line),
            Some(Count {
                passed: 12,
                failed: 3
            })
        );
        assert_eq!(result("test a::b ... ok"), None);
    }

    #[test]
    fn a_command_that_runs_nothing_is_a_failure() {
        let failure = Count {
            passed: 0,
            failed: 1,
        };
        assert_eq!(tests(Command::new("cargo").arg("--version")), failure);
        assert_eq!(
            tests(
                Command::new("cargo")
                    .args(["no-such-command"])
                    .stderr(Stdio::null())
            ),
            failure
        );
    }
}
