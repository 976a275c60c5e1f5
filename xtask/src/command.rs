//! Commands of other programs, run at the workspace's root with no standard input.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::root;

/// A command at the workspace's root; `arguments` are split at spaces.
pub fn command(program: &str, arguments: &str) -> Command {
    // On Windows npm is a script, and only its full name starts it.
    let program = if cfg!(windows) && program == "npm" {
        "npm.cmd"
    } else {
        program
    };
    let mut command = Command::new(program);
    command
        .args(arguments.split_whitespace())
        .current_dir(root())
        .stdin(Stdio::null());
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
    env::split_paths(&path)
        .map(|folder| {
            folder
                .join(program)
                .with_extension(env::consts::EXE_EXTENSION)
        })
        .find(|file| file.is_file())
}
