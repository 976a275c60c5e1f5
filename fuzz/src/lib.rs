//! The fuzz targets, and what they share: opening bytes as the page does, looking at all of it, and wrapping bytes in a
//! format. The native tests have this file as a module of theirs.
//!
//! Files reach the core through its public door, [`keyferry::Opening`], so that a finding is one that a file can cause. Two
//! things are otherwise than in the page, for speed: keys that take long to derive are not derived but replaced by zeros,
//! which the core sees as a wrong password or, where nothing checks it, as contents that make no sense; and derived keys
//! are kept from one run to the next, as most changes to a file leave salt and count as they were.

use std::cell::RefCell;
use std::collections::HashMap;

use keyferry::base::secret::SecretDer;
use keyferry::{KdfJob, Opening, Password, Step, Target, check, describe};
use time::{Duration, OffsetDateTime};

pub mod targets;
pub mod wrap;

/// Passwords of the vectors and of the corpus.
const PASSWORDS: [&str; 3] = ["changeit", "secret1", "keyferry"];

/// Iterations above which a key is not derived.
const COST_LIMIT: u64 = 5_000;

/// Longest key that is replaced by zeros; a longer one stays underived, and its file pending.
const LENGTH_LIMIT: usize = 1_024;

/// Keys that are kept.
const KEPT: usize = 10_000;

/// What a key is derived with, its password, its length.
type Asked = (String, Vec<u8>, usize);

/// The instant that findings are judged for: 2026-11-22.
pub fn at() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::days(20_779)
}

/// Opens files with every password known here, as far as it goes.
pub fn open(files: &[&[u8]]) -> Opening {
    let mut opening = Opening::default();
    for (id, bytes) in (0..).zip(files) {
        opening.add(id, "file", bytes);
    }
    for password in PASSWORDS {
        opening.password(Password::new(password.into()));
    }
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let Some(key) = derive(&job) else {
                return opening;
            };
            opening.supply(job, Ok(key));
        }
    }
    opening
}

/// Opens a file and reads all that a person would see of it.
pub fn open_and_look(bytes: &[u8]) {
    let opening = open(&[bytes]);
    let store = opening.store();
    for target in keyferry::target::TARGETS {
        look(&opening, &store, target);
    }
}

fn look(opening: &Opening, store: &keyferry::Store, target: &Target) {
    let view = describe(opening, store, Some(target), at());
    assert_eq!(view.files.len(), opening.files().count());
    assert_eq!(view.entries.len(), store.entries.len());
    for finding in check(store, Some(target), at()) {
        assert!(
            finding
                .entry
                .is_none_or(|index| index < store.entries.len())
        );
    }
    for error in opening.files().filter_map(|file| file.error()) {
        assert!(!error.code().is_empty() && !error.to_string().is_empty());
    }
}

/// The key of a job: derived, or known from before, or zeros where deriving takes long; `None` where it is too long for that.
pub fn derive(job: &KdfJob) -> Option<SecretDer> {
    thread_local! {
        static KNOWN: RefCell<HashMap<Asked, Vec<u8>>> = RefCell::default();
    }
    if job.length > LENGTH_LIMIT {
        return None;
    }
    if job.cost() > COST_LIMIT {
        return Some(SecretDer::new(vec![0; job.length]));
    }
    KNOWN.with_borrow_mut(|known| {
        if known.len() > KEPT {
            known.clear();
        }
        let name = (
            format!("{:?}", job.kdf),
            job.password.expose().to_vec(),
            job.length,
        );
        let key = known.entry(name).or_insert_with(|| {
            let key = job
                .derive(&mut |_| ())
                .expect("readers ask for what can be derived");
            key.expose().to_vec()
        });
        Some(SecretDer::new(key.clone()))
    })
}
