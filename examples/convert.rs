//! Files for a target, on disk.
//!
//! ```text
//! convert --target ID [--alias A] [--password-file F]... [--new-password-file F] [--key-password-file F]
//!         [--entry ALIAS]... [--strength compatible|standard|strong] [--request FILE]
//!         [--at 2026-11-22T00:00:00Z] --out DIR FILE...
//! convert --target list
//! ```
//!
//! Several `--entry` go into one keystore, each under its own alias; an alias that occurs more than once is distinguished by
//! `#2`. The request file is JSON with what there is no option for: the files of the target `custom`, iterations, line
//! ends, the chain of an entry.
//!
//! Exit 0 with the files written, 1 with an error and nothing written, 2 when the command cannot be carried out at all.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use getrandom::SysRng;
use keyferry::convert::Chosen;
use keyferry::convert::suggested_alias;
use keyferry::model::store::{EntryKind, Store};
use keyferry::target::Takes;
use keyferry::view::{self, Made};
use keyferry::{
    Conversion, ConversionOptions, ConversionStep, Converted, Error, Opening, OptionsInput,
    Password, target,
};
use rand_core::UnwrapErr;

mod shell;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(problem) => {
            shell::complain("convert", &problem);
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let known = [
        "--target",
        "--alias",
        "--password-file",
        "--new-password-file",
        "--key-password-file",
        "--entry",
        "--strength",
        "--request",
        "--at",
        "--out",
    ];
    let arguments = shell::Arguments::read(&known)?;
    let id = arguments
        .one("--target")
        .ok_or("Give a --target. “--target list” prints all of them.")?;
    if id == "list" {
        shell::print(&view::targets())?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = PathBuf::from(
        arguments
            .one("--out")
            .ok_or("Give the folder for the files with --out.")?,
    );
    let opening = shell::open(&arguments.files, arguments.all("--password-file"))?;
    let converted = match convert(&arguments, id, &opening) {
        Ok(converted) => converted?,
        Err(error) => {
            shell::print_failure(&error)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    if let Some(existing) = converted
        .files
        .iter()
        .map(|file| out.join(&file.name))
        .find(|path| path.exists())
    {
        shell::print_failure(&Error::FileExists {
            name: existing.display().to_string(),
        })?;
        return Ok(ExitCode::FAILURE);
    }
    let files = converted
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.bytes.as_slice(), file.holds_key));
    shell::write(files, &out)?;
    shell::print(&Made::of(&converted))?;
    Ok(ExitCode::SUCCESS)
}

/// The inner result is about this command, the outer about the files.
fn convert(
    arguments: &shell::Arguments,
    id: &str,
    opening: &Opening,
) -> Result<Result<Converted, String>, Error> {
    let store = opening.store();
    let prepare = || -> Result<_, String> {
        let password = |option| arguments.one(option).map(shell::read_password).transpose();
        Ok((
            request(arguments, id)?,
            password("--new-password-file")?,
            password("--key-password-file")?,
        ))
    };
    let (mut request, password, key_password) = match prepare() {
        Ok(prepared) => prepared,
        Err(problem) => return Ok(Err(problem)),
    };
    if request.entries.is_empty() {
        let names: Vec<&str> = arguments
            .all("--entry")
            .iter()
            .map(String::as_str)
            .collect();
        let chosen = choose(&store, &names, target(id)?.takes).map_err(|error| {
            // A file that stays closed is why there is nothing to choose from.
            let closed = opening.files().find_map(|file| file.error());
            match (&error, closed) {
                (Error::NoPrivateKey, Some(closed)) => closed.clone(),
                _ => error,
            }
        })?;
        let only = arguments.one("--alias").filter(|_| chosen.len() == 1);
        let entry = |&entry: &usize| Chosen {
            entry,
            alias: only.map_or_else(|| suggested_alias(&store.entries[entry]), str::to_owned),
            issuers: None,
        };
        request.entries = chosen.iter().map(entry).collect();
    }
    let empty = || Password::new(String::new());
    let options = ConversionOptions::new(request, password.unwrap_or_else(empty), key_password)?;
    let mut conversion = Conversion::new(&store, options, &mut UnwrapErr(SysRng))?;
    loop {
        match conversion.step()? {
            ConversionStep::Done(converted) => return Ok(Ok(converted)),
            ConversionStep::Derive(jobs) => {
                for job in jobs {
                    let key = job.derive(&mut |_| ());
                    conversion.supply(job, key);
                }
            }
        }
    }
}

/// The request file with what the options say on top.
fn request(arguments: &shell::Arguments, id: &str) -> Result<OptionsInput, String> {
    let mut request = match arguments.one("--request") {
        None => OptionsInput::default(),
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
            serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?
        }
    };
    request.target = id.to_owned();
    request.at = (arguments.at()?.unix_timestamp_nanos() / 1_000_000) as i64;
    if let Some(strength) = arguments.one("--strength") {
        request.strength = serde_json::from_value(strength.into()).map_err(|_| {
            format!("--strength {strength} is unknown. Use compatible, standard or strong.")
        })?;
    }
    Ok(request)
}

/// The entries with these names; without any the only identity there is, or what else the target takes.
fn choose(store: &Store, names: &[&str], takes: Takes) -> Result<Vec<usize>, Error> {
    if !names.is_empty() {
        return names.iter().map(|name| named(store, name)).collect();
    }
    let of_kind = |identity: bool| -> Vec<usize> {
        let kind = |index: &usize| {
            let kind = &store.entries[*index].kind;
            matches!(kind, EntryKind::PrivateKey { .. }) == identity
        };
        (0..store.entries.len()).filter(kind).collect()
    };
    let (identities, others) = (of_kind(true), of_kind(false));
    match (takes, identities.as_slice(), others.as_slice()) {
        (Takes::Certificates, ..) => Ok([identities, others].concat()),
        (_, [only], _) | (_, [], [only]) => Ok(vec![*only]),
        (_, [], _) => Err(Error::NoPrivateKey),
        (_, several, _) => Err(Error::EntryNeeded {
            choices: several
                .iter()
                .map(|&index| store.entries[index].name())
                .collect(),
        }),
    }
}

/// The entry with this name; `name#2` is the second of several that share it.
fn named(store: &Store, name: &str) -> Result<usize, Error> {
    let of = |name: &str| -> Vec<usize> {
        let same = |index: &usize| store.entries[*index].name() == name;
        (0..store.entries.len()).filter(same).collect()
    };
    let numbered = || {
        let (name, number) = name.rsplit_once('#')?;
        of(name)
            .get(number.parse::<usize>().ok()?.checked_sub(1)?)
            .copied()
    };
    match of(name).as_slice() {
        [only] => Ok(*only),
        [] => numbered().ok_or_else(|| Error::EntryUnknown {
            name: name.to_owned(),
        }),
        several => Err(Error::EntryNeeded {
            choices: (1..=several.len())
                .map(|number| format!("{name}#{number}"))
                .collect(),
        }),
    }
}
