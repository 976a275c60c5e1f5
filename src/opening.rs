//! Opening files: recognise, parse, say which keys must be derived, unlock.

use crate::base::error::Error;
use crate::base::format::{Format, Maker};
use crate::base::secret::{Password, SecretDer};
use crate::container::parsed::Parsed;
use crate::container::recognise;
use crate::crypto::kdf::{ITERATIONS_ASKED_ABOUT, KdfJob, Keys, Stop, seconds, stated_iterations};
use crate::model::store::{Contents, Store};

/// Larger files are refused before anything is read in them.
pub const FILE_SIZE_LIMIT: u64 = 64 << 20;

/// Files on their way from bytes to a [`Store`].
///
/// Sans-IO, as rustls is: the caller derives, here in Rust or with the browser's own PBKDF2, and supplies the keys. Files
/// and passwords can be added, and files taken away, at any time; every password is tried on everything that is locked.
///
/// ```
/// use keyferry::{Opening, Step};
///
/// let pem = include_bytes!("../tests/vectors/pem-openssl-cert.pem");
/// let mut opening = Opening::default();
/// opening.add(0, "cert.pem", pem);
/// while let Step::Derive(jobs) = opening.step() {
///     for job in jobs {
///         let key = job.derive(&mut |_| ());
///         opening.supply(job, key);
///     }
/// }
/// assert_eq!(opening.store().entries.len(), 1);
/// ```
#[derive(Default)]
pub struct Opening {
    files: Vec<OpenedFile>,
    passwords: Vec<Password>,
    keys: Keys,
}

/// What stands between here and a store.
pub enum Step {
    /// These keys are wanted; supply them and step again.
    Derive(Vec<KdfJob>),
    /// Every file is open, or says why it is not.
    Done,
}

/// One file.
pub struct OpenedFile {
    /// The number its caller gave it.
    pub id: u32,
    /// Its name, which says nothing of its content.
    pub name: String,
    /// Its bytes, counted.
    pub size: u64,
    /// What it was recognised as.
    pub format: Option<Format>,
    parsed: Option<Parsed>,
    outcome: Option<Result<Contents, Error>>,
    accepted: bool,
    spent: u64,
}

/// How far a file is.
pub enum State<'a> {
    /// It stays closed, or a part of it does, for this reason.
    Failed(&'a Error),
    /// All of it is open.
    Open,
    /// Keys are wanted first.
    Pending,
}

impl Opening {
    /// Takes a file in under a number of the caller's.
    pub fn add(&mut self, id: u32, name: &str, bytes: &[u8]) {
        let mut file = OpenedFile::new(id, name, bytes.len() as u64);
        if let Err(error) = file.read(bytes) {
            file.outcome = Some(Err(error));
        }
        self.files.push(file);
    }

    /// Takes note of a file larger than [`FILE_SIZE_LIMIT`] that was therefore not read.
    pub fn refuse(&mut self, id: u32, name: &str, size: u64) {
        let mut file = OpenedFile::new(id, name, size);
        file.outcome = Some(Err(Error::TooLarge {
            limit: FILE_SIZE_LIMIT,
        }));
        self.files.push(file);
    }

    /// Forgets a file and what it brought.
    pub fn remove(&mut self, id: u32) {
        self.files.retain(|file| file.id != id);
    }

    /// One more password, tried on everything that is still locked.
    pub fn password(&mut self, password: Password) {
        // What was typed last is tried first: it was typed for what is still locked.
        self.passwords.insert(0, password);
        for file in &mut self.files {
            if file.error().is_some_and(Error::wants_password) || file.is_unchecked() {
                file.outcome = None;
                file.spent = 0;
            }
        }
    }

    /// The person agrees to what deriving this file's keys takes.
    pub fn accept(&mut self, id: u32) {
        for file in self.files.iter_mut().filter(|file| file.id == id) {
            file.accepted = true;
            if matches!(file.outcome, Some(Err(Error::CostlyDerivation { .. }))) {
                file.outcome = None;
            }
        }
    }

    /// Goes as far as it can.
    pub fn step(&mut self) -> Step {
        let candidates = candidates(&self.passwords);
        let mut wanted = Vec::new();
        for file in self.files.iter_mut().filter(|file| file.outcome.is_none()) {
            file.advance(
                &candidates,
                self.passwords.is_empty(),
                &mut self.keys,
                &mut wanted,
            );
        }
        if wanted.is_empty() {
            // Keys serve again only while a file waits for another password; otherwise they are wiped here.
            if !self
                .files
                .iter()
                .any(|file| matches!(file.state(), State::Failed(_)))
            {
                self.keys = Keys::default();
            }
            return Step::Done;
        }
        Step::Derive(wanted)
    }

    /// Gives a key that was wanted, or why it could not be derived.
    pub fn supply(&mut self, job: KdfJob, key: Result<SecretDer, Error>) {
        self.keys.supply(job, key);
    }

    /// The files, in the order they came.
    pub fn files(&self) -> impl Iterator<Item = &OpenedFile> {
        self.files.iter()
    }

    /// What is open, paired.
    pub fn store(&self) -> Store {
        let contents = self
            .files
            .iter()
            .filter_map(|file| Some((file.id, file.contents()?)));
        Store::of(&contents.collect::<Vec<_>>())
    }
}

/// The passwords to try: each as it is, each without spaces at its ends, and the empty one last.
fn candidates(passwords: &[Password]) -> Vec<Password> {
    let trimmed = passwords.iter().filter_map(Password::trimmed);
    let mut all: Vec<Password> = Vec::new();
    let empty = Password::new(String::new());
    for password in passwords
        .iter()
        .map(Password::duplicate)
        .chain(trimmed)
        .chain([empty])
    {
        if !all.iter().any(|known| known.expose() == password.expose()) {
            all.push(password);
        }
    }
    all
}

impl OpenedFile {
    fn new(id: u32, name: &str, size: u64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            size,
            format: None,
            parsed: None,
            outcome: None,
            accepted: false,
            spent: 0,
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.size > FILE_SIZE_LIMIT {
            return Err(Error::TooLarge {
                limit: FILE_SIZE_LIMIT,
            });
        }
        let (format, parsed) = recognise::parse(bytes)?;
        self.format = Some(format);
        self.parsed = Some(parsed?);
        Ok(())
    }

    /// Unlocks, or notes which keys are wanted, or asks about their cost.
    ///
    /// While no password was typed, the only candidate is the empty one. It is tried where that is cheap; a costly file
    /// asks for its password first.
    fn advance(
        &mut self,
        candidates: &[Password],
        none_typed: bool,
        keys: &mut Keys,
        wanted: &mut Vec<KdfJob>,
    ) {
        let Some(parsed) = &self.parsed else { return };
        match parsed.unlock(candidates, keys) {
            Ok(contents) => self.outcome = Some(Ok(contents)),
            Err(Stop::Failed(error)) => self.outcome = Some(Err(error)),
            Err(Stop::Derive) => {
                let jobs = keys.take_wanted();
                let round = stated_iterations(&jobs);
                // Each password may cost what the file costs, and is tried in two encodings or so; what one costs is what a
                // person is asked about.
                let tries = 2 * candidates.len() as u64;
                let asked = parsed
                    .cost()
                    .max(self.spent.saturating_add(round) / tries.max(1))
                    .max(round);
                if asked > ITERATIONS_ASKED_ABOUT && !self.accepted {
                    let costly = Error::CostlyDerivation {
                        iterations: asked,
                        seconds: seconds(asked),
                    };
                    self.outcome = Some(if none_typed {
                        match parsed.unlock(&[], keys) {
                            Ok(contents) => Ok(contents),
                            Err(Stop::Failed(error)) => Err(error),
                            Err(Stop::Derive) => Err(costly),
                        }
                    } else {
                        Err(costly)
                    });
                    keys.take_wanted();
                    return;
                }
                self.spent = self.spent.saturating_add(round);
                wanted.extend(
                    jobs.into_iter()
                        .filter(|job| !wanted.contains(job))
                        .collect::<Vec<_>>(),
                );
            }
        }
        // A reader that stopped for good may have noted jobs before it did.
        keys.take_wanted();
    }

    /// How far it is.
    pub fn state(&self) -> State<'_> {
        match &self.outcome {
            None => State::Pending,
            Some(Err(error)) => State::Failed(error),
            Some(Ok(contents)) => match contents.locked.first() {
                Some((_, error)) => State::Failed(error),
                None => State::Open,
            },
        }
    }

    /// Whether only its password would show that nobody changed it.
    pub fn is_unchecked(&self) -> bool {
        let mut findings = self.contents().into_iter().flat_map(|one| &one.findings);
        findings.any(|finding| finding.code == "integrity-unchecked")
    }

    /// The program that wrote it, where its structure shows that.
    pub fn maker(&self) -> Option<Maker> {
        self.parsed.as_ref()?.maker()
    }

    /// What of it is open.
    pub(crate) fn contents(&self) -> Option<&Contents> {
        self.outcome.as_ref()?.as_ref().ok()
    }

    /// Why it, or a part of it, is not open.
    pub fn error(&self) -> Option<&Error> {
        match self.state() {
            State::Failed(error) => Some(error),
            _ => None,
        }
    }
}
