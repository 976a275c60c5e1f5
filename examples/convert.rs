//! Files for a target, on disk.
//!
//! ```text
//! convert --target ID [--alias A] [--password-file F]... [--new-password-file F] [--entry ALIAS]
//!         [--at 2026-11-22T00:00:00Z] --out DIR FILE...
//! convert --target list
//! ```
//!
//! Exit 0 with the files written, 1 with an error and nothing written, 2 when the command cannot be carried out at all.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use getrandom::SysRng;
use keyferry::convert::suggested_alias;
use keyferry::store::{EntryKind, Store};
use keyferry::{Conversion, ConversionStep, Converted, Error, Opening, Password, Wish, target};
use rand_core::UnwrapErr;

mod shell;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("convert: {problem}");
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
        "--entry",
        "--at",
        "--out",
    ];
    let arguments = shell::Arguments::read(&known)?;
    let id = arguments
        .one("--target")
        .ok_or("name a --target; “list” shows them")?;
    if id == "list" {
        let table =
            serde_json::to_string_pretty(&target::table()).map_err(|error| error.to_string())?;
        println!("{table}");
        return Ok(ExitCode::SUCCESS);
    }
    let out = PathBuf::from(
        arguments
            .one("--out")
            .ok_or("name the folder to write into with --out")?,
    );
    let opening = shell::open(&arguments.files, arguments.all("--password-file"))?;
    let converted = match convert(&arguments, id, &opening) {
        Ok(converted) => converted?,
        Err(error) => {
            shell::print_failure(&error);
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
        });
        return Ok(ExitCode::FAILURE);
    }
    write(&converted, &out)?;
    println!(
        "{}",
        serde_json::to_string_pretty(&converted.to_json()).map_err(|error| error.to_string())?
    );
    Ok(ExitCode::SUCCESS)
}

/// The inner result is about this command, the outer about the files.
fn convert(
    arguments: &shell::Arguments,
    id: &str,
    opening: &Opening,
) -> Result<Result<Converted, String>, Error> {
    let target = target(id)?;
    let store = opening.store();
    let entry = choose(&store, arguments.one("--entry")).map_err(|error| {
        // A file that stays closed is why there is nothing to choose from.
        let closed = opening.files().find_map(|file| file.error());
        match (&error, closed) {
            (Error::NoPrivateKey, Some(closed)) => closed.clone(),
            _ => error,
        }
    })?;
    let prepare = || -> Result<_, String> {
        let password = arguments
            .one("--new-password-file")
            .map(shell::read_password)
            .transpose()?;
        Ok((
            password.unwrap_or_else(|| Password::new(String::new())),
            arguments.at()?,
        ))
    };
    let (password, at) = match prepare() {
        Ok(prepared) => prepared,
        Err(problem) => return Ok(Err(problem)),
    };
    let alias = arguments.one("--alias").map_or_else(
        || suggested_alias(&store.entries[entry], target),
        str::to_owned,
    );
    let wish = Wish {
        target,
        alias,
        password,
        at,
    };
    let mut conversion = Conversion::new(&store, entry, wish, &mut UnwrapErr(SysRng))?;
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

/// The identity with this name, or the only one there is.
fn choose(store: &Store, name: Option<&str>) -> Result<usize, Error> {
    let identities: Vec<usize> = (0..store.entries.len())
        .filter(|&index| matches!(store.entries[index].kind, EntryKind::PrivateKey { .. }))
        .collect();
    match (name, identities.as_slice()) {
        (_, []) => Err(Error::NoPrivateKey),
        (None, [only]) => Ok(*only),
        (None, several) => Err(Error::EntryNeeded {
            choices: several
                .iter()
                .map(|&index| store.entries[index].name())
                .collect(),
        }),
        (Some(name), several) => {
            let named: Vec<usize> = several
                .iter()
                .copied()
                .filter(|&index| store.entries[index].name() == name)
                .collect();
            match named.as_slice() {
                [only] => Ok(*only),
                [] => Err(Error::EntryUnknown {
                    name: name.to_owned(),
                }),
                _ => Err(Error::EntryNeeded {
                    choices: vec![name.to_owned(); named.len()],
                }),
            }
        }
    }
}

/// Writes every file or none: no file that exists is touched, and what was written is taken back when one fails.
fn write(converted: &Converted, out: &Path) -> Result<(), String> {
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut written: Vec<PathBuf> = Vec::new();
    for file in &converted.files {
        let path = out.join(&file.name);
        let result = create(&path, file.holds_key).and_then(|mut target| {
            written.push(path.clone());
            target.write_all(&file.bytes)
        });
        if let Err(error) = result {
            for path in written {
                let _ = fs::remove_file(path);
            }
            return Err(format!("{}: {error}; nothing was written", path.display()));
        }
    }
    Ok(())
}

/// A new file; one that holds a key is for its owner's eyes.
fn create(path: &Path, private: bool) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path)
}
