//! Commands of other programs, run at the workspace's root with no standard input.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::root;

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

/// Runs a command, which prints what it likes, to a good end.
///
/// # Errors
///
/// When it cannot be started or says that it failed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().display().to_string();
    let status = command
        .status()
        .with_context(|| format!("cannot start {name}"))?;
    ensure!(status.success(), "{name} failed ({status})");
    Ok(())
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
