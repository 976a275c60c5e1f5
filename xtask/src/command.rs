//! Commands of other programs, run at the workspace's root with no standard input.

use std::cell::Cell;
use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::root;

thread_local! {
    /// The name before each line that this thread's commands print.
    static NAME: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// A command line, split at its spaces, for the workspace's root.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    // On Windows npm is a script, and only its full name starts it.
    let npm = cfg!(windows) && program == "npm";
    let mut command = Command::new(if npm { "npm.cmd" } else { program });
    command.args(words).current_dir(root()).stdin(Stdio::null());
    command
}

/// Does some work whose commands run beside others: each line that they print begins with the name.
pub fn named<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let before = NAME.replace(Some(name));
    let done = work();
    NAME.set(before);
    done
}

/// Runs a command, which prints what it likes, to a good end.
///
/// # Errors
///
/// When it cannot be started or says that it failed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = match NAME.get() {
        Some(_) => watch(command, |_| ())?,
        None => command
            .status()
            .with_context(|| format!("cannot start {}", program(command)))?,
    };
    ensure!(status.success(), "{} failed ({status})", program(command));
    Ok(())
}

/// Runs a command, prints its lines, and shows those of its standard output to `look`.
///
/// # Errors
///
/// When it cannot be started.
pub fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program(command)))?;
    let output = child.stdout.take().context("no standard output")?;
    let error = child.stderr.take().context("no standard error")?;
    let name = NAME.get();
    thread::scope(|scope| {
        scope.spawn(|| {
            lines(error, |line| match name {
                Some(name) => eprintln!("{name:<10}| {line}"),
                None => eprintln!("{line}"),
            })
        });
        lines(output, |line| {
            match name {
                Some(name) => println!("{name:<10}| {line}"),
                None => println!("{line}"),
            }
            look(line);
        });
    });
    Ok(child.wait()?)
}

/// Reads to the end; a browser may print anything at all, so what is no UTF-8 is replaced.
fn lines(from: impl Read, mut each: impl FnMut(&str)) {
    let lines = BufReader::new(from).split(b'\n');
    for line in lines.map_while(Result::ok) {
        each(String::from_utf8_lossy(&line).trim_end_matches('\r'));
    }
}

/// What a command starts.
pub fn program(command: &Command) -> String {
    command.get_program().display().to_string()
}

/// Where the `PATH` has a program, if it has it.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let extensions = if cfg!(windows) {
        &["exe", "cmd"][..]
    } else {
        &[""]
    };
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .flat_map(|file| extensions.iter().map(move |end| file.with_extension(end)))
        .find(|file| file.is_file())
}
