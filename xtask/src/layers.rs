//! A layer of the tests: commands run one after another, their checks counted, a line of summary at the end. Layers may run
//! beside each other.

use std::ops::{Add, AddAssign};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::command::{named, program, watch};

/// What came of some checks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Count {
    const PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    const FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    const SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };

    /// One check, passed or failed.
    pub fn one(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self::PASSED,
            Err(error) => {
                eprintln!("error: {error:#}");
                Self::FAILED
            }
        }
    }

    /// One check that cannot be made here, and why.
    pub fn skipped(why: &str) -> Self {
        println!("skipped: {why}");
        Self::SKIPPED
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// The layers that ran, in the order in which they began.
#[derive(Default)]
pub struct Layers(Mutex<Vec<Layer>>);

struct Layer {
    name: &'static str,
    count: Count,
    time: Duration,
}

impl Layers {
    /// Runs a layer and says what came of it.
    pub fn layer(&self, name: &'static str, checks: impl FnOnce() -> Count) {
        let start = Instant::now();
        let index = {
            let mut all = self.all();
            all.push(Layer {
                name,
                count: Count::default(),
                time: Duration::ZERO,
            });
            all.len() - 1
        };
        println!("== {name}");
        let count = named(name, checks);
        let mut all = self.all();
        let layer = &mut all[index];
        (layer.count, layer.time) = (count, start.elapsed());
        println!("== {}", layer.line());
    }

    /// Prints a line a layer, the time that all took, and the sum; answers whether every check passed.
    pub fn summary(&self, time: Duration) -> bool {
        println!("\n== summary");
        let mut sum = Count::default();
        for layer in self.all().iter() {
            println!("{}", layer.line());
            sum += layer.count;
        }
        let Count {
            passed,
            failed,
            skipped,
        } = sum;
        println!("all in {:.1} s", time.as_secs_f64());
        println!("{passed} passed, {failed} failed, {skipped} skipped");
        failed == 0
    }

    /// A layer that panics has counted nothing yet, so what is there is whole.
    fn all(&self) -> MutexGuard<'_, Vec<Layer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layer {
    fn line(&self) -> String {
        let Count {
            passed,
            failed,
            skipped,
        } = self.count;
        let (name, seconds) = (self.name, self.time.as_secs_f64());
        format!(
            "{name:<10} {passed:>5} passed, {failed} failed, {skipped} skipped  {seconds:>6.1} s"
        )
    }
}

/// Runs a test command, shows what it prints, and adds up its `test result:` lines.
///
/// A command that fails without a failed test, or that ends well without having run any, counts as one failure.
pub fn tests(command: &mut Command) -> Count {
    counted(command).unwrap_or_else(|error| Count::one(Err(error)))
}

fn counted(command: &mut Command) -> Result<Count> {
    let mut count = Count::default();
    let status = watch(command, |line| {
        count += result(line).unwrap_or_default();
    })?;
    let name = program(command);
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
        skipped: number(" ignored")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_libtest_prints() {
        let line = "test result: FAILED. 12 passed; 3 failed; 2 ignored; 0 measured; 1 filtered out; finished in 0.10s";
        let count = Count {
            passed: 12,
            failed: 3,
            skipped: 2,
        };
        assert_eq!(result(line), Some(count));
        assert_eq!(result("test a::b ... ok"), None);
    }

    #[test]
    fn a_command_that_runs_nothing_is_a_failure() {
        assert_eq!(tests(Command::new("cargo").arg("--version")), Count::FAILED);
        assert_eq!(
            tests(Command::new("cargo").arg("no-such-command")),
            Count::FAILED
        );
    }

    #[test]
    fn one_failure_in_any_layer_is_a_failure_of_all() {
        let layers = Layers::default();
        layers.layer("good", || Count::PASSED + Count::SKIPPED);
        assert!(layers.summary(Duration::ZERO));
        layers.layer("bad", || Count::one(Err(anyhow::anyhow!("as it must"))));
        layers.layer("better", || Count::PASSED);
        assert!(!layers.summary(Duration::ZERO));
    }
}
