//! A file of a batch: opened on its own, it is converted without anybody who chooses.

use serde::Serialize;
use time::OffsetDateTime;

use crate::base::error::{Failure, Finding};
use crate::convert::batch::conversions;
use crate::convert::{Chosen, suggested_alias};
use crate::judge::chain::verdicts;
use crate::model::store::Store;
use crate::opening::Opening;
use crate::target::Target;
use crate::view::describe::{FileState, findings};

/// A file that was opened on its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alone {
    /// Whether a password is wanted for it, or for a part of it.
    pub locked: bool,
    /// Why it, or a part of it, is not open.
    pub error: Option<Failure>,
    /// What is to be said of the file itself.
    pub findings: Vec<Finding>,
    /// What goes into files of its own; empty where what is open is of no use.
    pub conversions: Vec<AloneConversion>,
}

/// What of a file goes into files of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AloneConversion {
    /// The alias of the one entry that there is; empty where there are several.
    pub alias: String,
    /// What goes in.
    pub entries: Vec<Chosen>,
    /// What is to be said of these entries.
    pub findings: Vec<Finding>,
}

/// What becomes of a file that was opened on its own.
pub fn alone(opening: &Opening, store: &Store, target: &Target, at: OffsetDateTime) -> Alone {
    let error = opening.files().find_map(|file| file.error());
    let chains = verdicts(store, at, &|_| true);
    let (about_entries, about_file): (Vec<Finding>, Vec<Finding>) =
        findings(opening, store, &chains, Some(target), at)
            .into_iter()
            .partition(|finding| finding.entry.is_some());
    let chosen = |&entry: &usize| {
        Some(Chosen {
            entry,
            alias: suggested_alias(store.entries.get(entry)?),
            issuers: None,
        })
    };
    let conversion = |entries: Vec<usize>| {
        let about = about_entries.iter().filter(|finding| {
            let entry = finding.entry;
            entry.is_some_and(|entry| entries.contains(&entry))
        });
        let chosen: Vec<Chosen> = entries.iter().filter_map(chosen).collect();
        AloneConversion {
            alias: match chosen.as_slice() {
                [only] => only.alias.clone(),
                _ => String::new(),
            },
            findings: about.cloned().collect(),
            entries: chosen,
        }
    };
    Alone {
        locked: opening
            .files()
            .any(|file| FileState::of(file) == FileState::Locked),
        conversions: conversions(store, target, error.is_some())
            .into_iter()
            .map(conversion)
            .collect(),
        error: error.map(Failure::from),
        findings: about_file,
    }
}
