//! A key and a certification request.
//!
//! ```text
//! request --key rsa2048|rsa3072|rsa4096|p256|p384|ed25519 [--preset anaplan] --cn NAME [--email ADDRESS] [--o ORG] [--ou UNIT]
//!         [--c COUNTRY] [--l LOCALITY] [--st STATE] [--san email|dns|ip|uri:VALUE]... [--key-usage NAME]... [--purpose NAME]...
//!         [--new-password-file F] [--keep pkcs8|p12] [--self-signed DAYS] [--at 2026-11-22T00:00:00Z] --out DIR
//! request [--key KIND] [--renew yes] [--password-file F]... [--entry ALIAS] … --out DIR FILE...
//! ```
//!
//! With files, the key of their identity signs where no `--key` is named; with `--renew yes` the request is for the subject,
//! the names and the extensions of its certificate. Exit 0 with the files written, 1 with an error and nothing written, 2
//! when the command cannot be carried out at all.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use getrandom::SysRng;
use keyferry::request::{KeySource, Planned, RequestOptions, RequestStep, Requested, Requesting};
use keyferry::view::MadeRequest;
use keyferry::{Error, Store};
use rand_core::UnwrapErr;
use serde_json::{Value, json};

mod shell;

const KNOWN: [&str; 20] = [
    "--at",
    "--c",
    "--cn",
    "--email",
    "--entry",
    "--keep",
    "--key",
    "--key-usage",
    "--l",
    "--new-password-file",
    "--o",
    "--ou",
    "--out",
    "--password-file",
    "--preset",
    "--purpose",
    "--renew",
    "--san",
    "--self-signed",
    "--st",
];

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(problem) => {
            shell::complain("request", &problem);
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let arguments = shell::Arguments::read(&KNOWN)?;
    let out = arguments.one("--out");
    let out = PathBuf::from(out.ok_or("Give the folder for the files with --out.")?);
    let opening = shell::open(&arguments.files, arguments.all("--password-file"))?;
    let store = opening.store();
    let options = options(&arguments, &store)?;
    let requested = match request(&arguments, options, &store) {
        Ok(requested) => requested?,
        Err(error) => {
            // A file that stays closed is why there is nothing to take a key from.
            let closed = opening.files().find_map(|file| file.error());
            shell::print_failure(closed.unwrap_or(&error))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let paths = requested.files.iter().map(|file| out.join(file.name));
    if let Some(existing) = paths.into_iter().find(|path| path.exists()) {
        let name = existing.display().to_string();
        shell::print_failure(&Error::FileExists { name })?;
        return Ok(ExitCode::FAILURE);
    }
    let files = requested
        .files
        .iter()
        .map(|file| (file.name, file.bytes.as_slice(), file.holds_key));
    shell::write(files, &out)?;
    shell::print(&MadeRequest::of(&requested))?;
    Ok(ExitCode::SUCCESS)
}

/// The form that the options fill in.
fn options(arguments: &shell::Arguments, store: &Store) -> Result<RequestOptions, String> {
    let mut options = json!({ "subject": {} });
    for (option, field) in [("--key", "key"), ("--preset", "preset"), ("--keep", "keep")] {
        if let Some(value) = arguments.one(option) {
            options[field] = value.into();
        }
    }
    for field in ["cn", "o", "ou", "c", "l", "st", "email"] {
        if let Some(value) = arguments.one(&format!("--{field}")) {
            options["subject"][field] = value.into();
        }
    }
    let san = |text: &String| {
        let (kind, value) = text
            .split_once(':')
            .ok_or_else(|| format!("--san needs TYPE:VALUE, not {text}."))?;
        Ok(json!({ "type": kind, "value": value }))
    };
    options["sans"] = arguments
        .all("--san")
        .iter()
        .map(san)
        .collect::<Result<Vec<Value>, String>>()?
        .into();
    options["key_usage"] = arguments.all("--key-usage").into();
    options["extended_key_usage"] = arguments.all("--purpose").into();
    options["renew"] = (arguments.one("--renew") == Some("yes")).into();
    if let Some(days) = arguments.one("--self-signed") {
        let days: u16 = days
            .parse()
            .map_err(|_| format!("--self-signed needs a number of days, not {days}."))?;
        options["self_signed_days"] = days.into();
    }
    if !arguments.files.is_empty() {
        let named = |name: &str| store.entries.iter().position(|entry| entry.name() == name);
        let entry = match arguments.one("--entry") {
            Some(name) => named(name).ok_or_else(|| format!("No entry is called “{name}”."))?,
            None => 0,
        };
        options["entry"] = entry.into();
    }
    serde_json::from_value(options).map_err(|error| error.to_string())
}

/// The inner result is about this command, the outer about what is asked for.
fn request(
    arguments: &shell::Arguments,
    options: RequestOptions,
    store: &Store,
) -> Result<Result<Requested, String>, Error> {
    let random = &mut UnwrapErr(SysRng);
    let planned = Planned::new(options, store)?;
    let key = match planned.source() {
        KeySource::Have(key) => key.clone(),
        KeySource::Make(kind) => Arc::new(kind.make(random)?),
    };
    let password = arguments
        .one("--new-password-file")
        .map(shell::read_password);
    let (password, at) = match (password.transpose(), arguments.at()) {
        (Ok(password), Ok(at)) => (password, at),
        (Err(problem), _) | (_, Err(problem)) => return Ok(Err(problem)),
    };
    let mut requesting = Requesting::new(&planned, key, password, at, random)?;
    loop {
        match requesting.step()? {
            RequestStep::Done(requested) => return Ok(Ok(requested)),
            RequestStep::Derive(jobs) => {
                for job in jobs {
                    let key = job.derive(&mut |_| ());
                    requesting.supply(job, key);
                }
            }
        }
    }
}
