//! What files hold, as JSON.
//!
//! ```text
//! inspect [--target ID] [--at 2026-11-22T00:00:00Z] [--password-file F]... FILE...
//! ```
//!
//! The findings are those of the target; without one, what is true for any system.
//!
//! Exit 0 when every file opened, 1 otherwise, 2 when the command cannot be carried out at all.

use std::process::ExitCode;

use keyferry::judge::revocation;
use keyferry::{describe, target};

mod shell;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(problem) => {
            shell::complain("inspect", &problem);
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let arguments = shell::Arguments::read(&["--target", "--at", "--password-file"])?;
    if arguments.files.is_empty() {
        return Err("Give at least one file.".into());
    }
    let target = arguments.one("--target").map(target).transpose();
    let target = target.map_err(|error| error.to_string())?;
    let at = arguments.at()?;
    let opening = shell::open(&arguments.files, arguments.all("--password-file"))?;
    let mut store = opening.store();
    revocation::revoke(&mut store, at);
    let described = describe(&opening, &store, target, at);
    shell::print(&described)?;
    let opened = opening.files().all(|file| file.error().is_none());
    Ok(if opened {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
