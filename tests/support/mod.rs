//! What the tests share: the vectors and their manifest, a folder that cleans up after itself, and work on all cores.

#![allow(dead_code)] // each test uses a part

pub mod compare;
pub mod corpus;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::{env, fs, process, thread};

use keyferry::base::secret::SecretDer;
use keyferry::{
    Conversion, ConversionOptions, ConversionStep, Converted, Error, KdfJob, Opening, Password,
    Step, Store, Target, describe,
};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A reader refuses what no key can be derived of, so none fails.
pub const DERIVED: &str = "a reader asks for what can be derived";

/// When the findings of the manifest are true.
pub const AT: &str = "2026-11-22T00:00:00Z";

/// The same instant, as requests have it.
pub const AT_MILLISECONDS: i64 = 1_795_305_600_000;

/// Whether all is tried that takes long: `cargo xtask soak` asks for it.
pub fn soaks() -> bool {
    env::var_os("KEYFERRY_SOAK").is_some()
}

/// The lines of the vectors' manifest.
pub fn manifest() -> Vec<Value> {
    let text = fs::read_to_string(folder().join("manifest.json"))
        .expect("tests/vectors/manifest.json is there");
    serde_json::from_str(&text).expect("tests/vectors/manifest.json is JSON")
}

/// The bytes of a vector.
pub fn vector(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("tests/vectors/{name}: {error}"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// What a person sees of these files with these passwords, judged for Anaplan.
pub fn open(files: &[(&str, Vec<u8>)], passwords: &[String]) -> Value {
    view(&opening(files, passwords, false))
}

/// As [`open`], with every cost accepted.
pub fn open_accepted(files: &[(&str, Vec<u8>)], passwords: &[String]) -> Value {
    view(&opening(files, passwords, true))
}

/// The files that a target wants of the identity with this alias.
pub fn convert(
    given: (&str, Vec<u8>, Vec<String>),
    entry: Option<&str>,
    target: &'static Target,
    alias: &str,
    password: &str,
) -> Converted {
    let request = json!({ "target": target.id });
    convert_as(given, entry, request, alias, password)
}

/// What a request asks for of the identity with this alias; the request names no entries.
pub fn convert_as(
    (name, bytes, passwords): (&str, Vec<u8>, Vec<String>),
    entry: Option<&str>,
    mut request: Value,
    alias: &str,
    password: &str,
) -> Converted {
    let store = opening(&[(name, bytes)], &passwords, false).store();
    let index = store
        .entries
        .iter()
        .position(|one| one.alias.as_deref() == entry)
        .expect("the entry is there");
    request["entries"] = json!([{ "entry": index, "alias": alias }]);
    request["at"] = (at().unix_timestamp() * 1000).into();
    converted(&store, request, password, None).expect("the options can be met")
}

/// What a request gives of a store.
pub fn converted(
    store: &Store,
    request: Value,
    password: &str,
    key_password: Option<&str>,
) -> Result<Converted, Error> {
    let options = options(request, password, key_password)?;
    let mut random = rand_core::UnwrapErr(getrandom::SysRng);
    let mut conversion = Conversion::new(store, options, &mut random)?;
    loop {
        match conversion.step()? {
            ConversionStep::Derive(jobs) => derive(jobs, |job, key| conversion.supply(job, key)),
            ConversionStep::Done(converted) => return Ok(converted),
        }
    }
}

/// A request with its passwords.
pub fn options(
    request: Value,
    password: &str,
    key_password: Option<&str>,
) -> Result<ConversionOptions, Error> {
    let request = serde_json::from_value(request).expect("the request is one");
    let key_password = key_password.map(|text| Password::new(text.into()));
    ConversionOptions::new(request, Password::new(password.into()), key_password)
}

/// What a person sees of these files with these passwords, judged for a target.
pub fn judged(files: &[(&str, Vec<u8>)], passwords: &[String], target: &Target) -> Value {
    let opening = opening(files, passwords, false);
    json!(describe(&opening, &opening.store(), Some(target), at()))
}

/// What these files hold.
pub fn opened(files: &[(&str, Vec<u8>)], passwords: &[String]) -> Store {
    opening(files, passwords, false).store()
}

fn opening(files: &[(&str, Vec<u8>)], passwords: &[String], accepted: bool) -> Opening {
    let mut opening = Opening::default();
    for (id, (name, bytes)) in (0..).zip(files) {
        opening.add(id, name, bytes);
        if accepted {
            opening.accept(id);
        }
    }
    unlock(&mut opening, passwords, |job| {
        Some(job.derive(&mut |_| ()).expect(DERIVED))
    });
    opening
}

/// Tries these passwords, with keys from whoever derives them; where one does not come, what wants it stays closed.
pub fn unlock(
    opening: &mut Opening,
    passwords: &[String],
    mut key: impl FnMut(&KdfJob) -> Option<SecretDer>,
) {
    passwords
        .iter()
        .for_each(|password| opening.password(Password::new(password.clone())));
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let Some(key) = key(&job) else { return };
            opening.supply(job, Ok(key));
        }
    }
}

fn derive(jobs: Vec<KdfJob>, mut supply: impl FnMut(KdfJob, Result<SecretDer, Error>)) {
    for job in jobs {
        let key = job.derive(&mut |_| ());
        supply(job, key);
    }
}

/// What a person sees of what was opened, judged for Anaplan.
pub fn view(opening: &Opening) -> Value {
    let target = keyferry::target("anaplan").expect("there is a target for Anaplan");
    json!(describe(opening, &opening.store(), Some(target), at()))
}

fn at() -> OffsetDateTime {
    OffsetDateTime::parse(AT, &Rfc3339).expect("an instant")
}

/// The words of a JSON array of strings.
pub fn words(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(Into::into)
        .collect()
}

/// Does the same with each of many things, on all cores; answers in the order of the things.
pub fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let (sender, answers) = mpsc::channel();
    let sender = Mutex::new(sender);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let sender = sender.lock().expect("nobody panics with it").clone();
                while let Some((at, thing)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    things.get(at).map(|thing| (at, thing))
                } {
                    sender.send((at, work(thing))).expect("the receiver waits");
                }
            });
        }
    });
    drop(sender);
    let mut sorted: Vec<_> = answers.into_iter().collect();
    sorted.sort_by_key(|(at, _)| *at);
    sorted.into_iter().map(|(_, answer)| answer).collect()
}

/// A folder of its own, gone when dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("keyferry-test-{}-{number}", process::id()));
        fs::create_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it and says where it is.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // While a test panics, a second panic would hide why.
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} stays behind: {error}", self.0.display());
        }
    }
}
