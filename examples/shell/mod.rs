//! What the examples share: arguments, password files, the clock, deriving natively.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use keyferry::{Error, Failure, Opening, Password, Step};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The arguments of a command: options with their values, and the rest.
pub struct Arguments {
    options: HashMap<String, Vec<String>>,
    /// What is not an option.
    pub files: Vec<String>,
}

impl Arguments {
    /// Reads the command line; each of `known` takes one value.
    pub fn read(known: &[&str]) -> Result<Self, String> {
        let mut arguments = Self {
            options: HashMap::new(),
            files: Vec::new(),
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                arguments.files.push(word);
                continue;
            }
            if !known.contains(&word.as_str()) {
                return Err(format!(
                    "Unknown option {word}. The options are {}.",
                    known.join(", ")
                ));
            }
            let value = words
                .next()
                .ok_or_else(|| format!("{word} needs a value."))?;
            arguments.options.entry(word).or_default().push(value);
        }
        Ok(arguments)
    }

    /// The last value of an option.
    pub fn one(&self, option: &str) -> Option<&str> {
        self.all(option).last().map(String::as_str)
    }

    /// Every value of an option, in order.
    pub fn all(&self, option: &str) -> &[String] {
        self.options.get(option).map_or(&[], Vec::as_slice)
    }

    /// `--at`, or the machine's clock.
    pub fn at(&self) -> Result<OffsetDateTime, String> {
        match self.one("--at") {
            None => Ok(OffsetDateTime::from(std::time::SystemTime::now())),
            Some(text) => OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
                format!("--at needs an instant such as 2026-11-22T00:00:00Z, not {text}.")
            }),
        }
    }
}

/// One UTF-8 password; one final line end is not part of it.
pub fn read_password(path: &str) -> Result<Password, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let text = text.strip_suffix('\n').map_or(text.as_str(), |line| {
        line.strip_suffix('\r').unwrap_or(line)
    });
    Ok(Password::new(text.to_owned()))
}

/// Opens files with passwords, deriving natively. Nothing is asked about: what is costly stays closed and says so.
pub fn open(files: &[String], password_files: &[String]) -> Result<Opening, String> {
    let mut opening = Opening::default();
    for path in password_files {
        opening.password(read_password(path)?);
    }
    for (id, path) in (0..).zip(files) {
        let name = Path::new(path)
            .file_name()
            .map_or(path.clone(), |name| name.to_string_lossy().into_owned());
        opening.read(id, &name, path)?;
    }
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let key = job.derive(&mut |_| ());
            opening.supply(job, key);
        }
    }
    Ok(opening)
}

/// Reading from a disk, which the core does not do.
trait Read {
    fn read(&mut self, id: u32, name: &str, path: &str) -> Result<(), String>;
}

impl Read for Opening {
    fn read(&mut self, id: u32, name: &str, path: &str) -> Result<(), String> {
        let size = std::fs::metadata(path)
            .map_err(|error| format!("{path}: {error}"))?
            .len();
        if size > keyferry::opening::FILE_SIZE_LIMIT {
            self.refuse(id, name, size);
            return Ok(());
        }
        let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
        self.add(id, name, &bytes);
        Ok(())
    }
}

/// Prints as JSON, keys in the order of the alphabet, so that two outputs can be compared line by line.
pub fn print(described: &impl Serialize) -> Result<(), String> {
    let sorted = serde_json::to_value(described).map_err(|error| error.to_string())?;
    let text = serde_json::to_string_pretty(&sorted).map_err(|error| error.to_string())?;
    line(&mut io::stdout().lock(), &text)
}

/// Writes a line. Where the reader of a pipe has gone, as `head` does when it has seen enough, nobody misses the rest: that is
/// no failure.
pub fn line(out: &mut impl Write, text: &str) -> Result<(), String> {
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| format!("the output: {error}")),
    }
}

/// Says on stderr why a command cannot be carried out. Where nobody reads that, its exit code still says it.
pub fn complain(command: &str, problem: &str) {
    line(&mut io::stderr().lock(), &format!("{command}: {problem}")).unwrap_or_default();
}

/// Prints a failure as JSON.
#[allow(dead_code, reason = "each example is compiled with its own copy")]
pub fn print_failure(error: &Error) -> Result<(), String> {
    let failure = serde_json::json!({ "error": Failure::from(error) });
    line(&mut io::stdout().lock(), &failure.to_string())
}

/// Writes every file or none, each a name, its bytes, and whether a private key is in it: no file that exists is touched, and
/// what was written is taken back when one fails.
#[allow(dead_code, reason = "each example is compiled with its own copy")]
pub fn write<'f>(
    files: impl Iterator<Item = (&'f str, &'f [u8], bool)>,
    out: &Path,
) -> Result<(), String> {
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, bytes, holds_key) in files {
        let path = out.join(name);
        let result = create(&path, holds_key).and_then(|mut target| {
            written.push(path.clone());
            target.write_all(bytes)
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
