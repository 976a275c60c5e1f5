//! A store as a person sees it: files, entries and findings; never a secret.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use time::OffsetDateTime;

use crate::base::error::{Error, Failure, Finding};
use crate::base::format::Maker;
use crate::base::hidden::shown;
use crate::inventory::Table;
use crate::judge::chain::{Chain, verdicts};
use crate::judge::check::{check, of_chain, strangers};
use crate::model::store::{self, EntryKind, Kind, Store};
use crate::opening::{OpenedFile, Opening, State};
use crate::target::Target;
use crate::view::entry::Entry;
use crate::view::judgement::Judgement;

/// Most things of a kind that a person reads one by one.
const READ: usize = 30;

/// Files, entries and findings, judged for an instant and, where one is chosen, for a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// In the order they came.
    pub files: Vec<FileView>,
    /// Identities first, then what stands alone.
    pub entries: Vec<Entry>,
    /// What the target will refuse, and what is good to know; without a target what is true for any system.
    pub findings: Vec<Finding>,
    /// The target's id; none where it is judged for no system.
    pub target: Option<&'static str>,
    /// How many rows the inventory has.
    pub rows: usize,
}

/// A file that was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileView {
    /// The number its caller gave it.
    pub id: u32,
    /// What it is called; left out of most where thousands are open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its bytes, counted; left out with the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// What it was recognised as; left out with the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    /// The format in words, the standard first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format_label: Option<&'static str>,
    /// How far it is.
    pub state: FileState,
    /// The entries that have something of it.
    pub entries: Vec<usize>,
    /// How many things of each kind lie in the file itself; an entry may be made of several files.
    pub holds: BTreeMap<Kind, usize>,
    /// Whether only its password would show that nobody changed it.
    pub unchecked: bool,
    /// The program that wrote it, where it is not open and its structure shows that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<Maker>,
    /// Why it, or a part of it, is not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// Whether to derive its keys is asked first.
    Costly,
    /// A password is wanted.
    Locked,
    /// All of it is open.
    Open,
    /// It cannot be opened.
    Refused,
}

/// Everything, each file and entry whole.
pub fn describe(
    opening: &Opening,
    store: &Store,
    target: Option<&Target>,
    at: OffsetDateTime,
) -> View {
    view(opening, store, target, at, usize::MAX)
}

/// The same with as much as a person reads: of thousands of certificates, of which the inventory has the rows, no more than
/// what they are chosen by, and of files that are open their state. Identities, among which a person chooses, come whole, and
/// so does every file that is not open.
pub fn brief(
    opening: &Opening,
    store: &Store,
    target: Option<&Target>,
    at: OffsetDateTime,
) -> View {
    view(opening, store, target, at, READ)
}

fn view(
    opening: &Opening,
    store: &Store,
    target: Option<&Target>,
    at: OffsetDateTime,
    most: usize,
) -> View {
    let chains = verdicts(store, at, &|_| true);
    let mut findings = findings(opening, store, &chains, target, at);
    let mut own: HashMap<usize, Vec<Finding>> = HashMap::new();
    for finding in &findings {
        if let Some(entry) = finding.entry {
            own.entry(entry).or_default().push(finding.clone());
        }
    }
    let keys: HashSet<&[u8]> = store.entries.iter().filter_map(spki).collect();
    let entries = store.entries.iter().zip(&chains).enumerate();
    let is_whole = |index: usize| {
        let kind = store.entries.get(index).map(|entry| entry.kind.kind());
        index < most || kind == Some(Kind::PrivateKey)
    };
    let entries: Vec<_> = entries
        .map(|(index, (entry, chain))| match is_whole(index) {
            true => {
                let own = own.remove(&index).unwrap_or_default();
                let judgement = Judgement::of(entry, own, chain.as_ref(), target);
                let has_key = |spki: &[u8]| keys.contains(spki);
                Entry::of(entry, chain.as_ref(), judgement, &has_key, at)
            }
            false => Entry::brief(entry),
        })
        .collect();
    findings.retain(|finding| finding.entry.is_none_or(is_whole));
    View {
        files: files(opening, store, most),
        entries,
        findings,
        target: target.map(|target| target.id),
        rows: Table::new(opening, store, at).len(),
    }
}

/// The public key of a private key.
fn spki(entry: &store::Entry) -> Option<&[u8]> {
    match &entry.kind {
        EntryKind::PrivateKey { key, .. } => key.spki(),
        _ => None,
    }
}

fn files(opening: &Opening, store: &Store, most: usize) -> Vec<FileView> {
    let mut entries: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, entry) in store.entries.iter().enumerate() {
        for file in &entry.files {
            entries.entry(*file).or_default().push(index);
        }
    }
    let mut open = 0;
    let whole = opening.files().map(|file| {
        let state = FileState::of(file);
        let is_whole = state != FileState::Open || open < most;
        open += usize::from(state == FileState::Open);
        let format = file.format.filter(|_| is_whole);
        FileView {
            id: file.id,
            name: is_whole.then(|| file.name.clone()),
            size: is_whole.then_some(file.size),
            format: format.map(|format| format.id()),
            format_label: format.map(|format| format.label()),
            state,
            entries: entries.get(&file.id).cloned().unwrap_or_default(),
            holds: holds(file),
            unchecked: file.is_unchecked(),
            maker: file
                .maker()
                .filter(|_| state != FileState::Open || file.is_unchecked()),
            error: file.error().map(Failure::from),
        }
    });
    whole.collect()
}

/// How many things of each kind lie in the file itself.
fn holds(file: &OpenedFile) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for item in file.contents().iter().flat_map(|contents| &contents.items) {
        *counts.entry(item.value.kind()).or_default() += 1;
    }
    counts
}

/// What is to be said of a store, for a target.
pub(super) fn findings(
    opening: &Opening,
    store: &Store,
    chains: &[Option<Chain>],
    target: Option<&Target>,
    at: OffsetDateTime,
) -> Vec<Finding> {
    let mut findings = check(store, target, at);
    for (index, chain) in chains.iter().enumerate() {
        findings.extend(target.and_then(|target| of_chain(index, chain.as_ref(), target)));
    }
    // What is missing may lie in the file that still waits: no need to look elsewhere yet.
    if opening.files().any(|file| waits(file.error())) {
        findings.retain(|one| !matches!(one.code, "key-without-certificate" | "no-private-key"));
    }
    let names: HashMap<u32, &str> = opening
        .files()
        .map(|file| (file.id, file.name.as_str()))
        .collect();
    let name = |file: &u32| names.get(file).map_or_else(String::new, |name| shown(name));
    strangers(store, &name, &mut findings);
    findings
}

fn waits(error: Option<&Error>) -> bool {
    error.is_some_and(|error| {
        error.wants_password() || matches!(error, Error::CostlyDerivation { .. })
    })
}

impl FileState {
    /// The state of a file.
    pub(super) fn of(file: &OpenedFile) -> Self {
        match file.state() {
            State::Open => Self::Open,
            State::Failed(Error::CostlyDerivation { .. }) => Self::Costly,
            State::Failed(error) if error.wants_password() => Self::Locked,
            State::Failed(_) => Self::Refused,
            State::Pending => Self::Locked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::target;

    #[test]
    fn of_thousands_only_what_a_person_reads_is_whole() {
        let chain = include_bytes!("../../tests/vectors/pem-openssl-chain.pem");
        let key = include_bytes!("../../tests/vectors/pem-openssl-mismatch.pem");
        let mut opening = Opening::default();
        let files: [&[u8]; 4] = [chain, chain, key, b"nothing"];
        for (id, bytes) in (0..).zip(files) {
            opening.add(id, "file", bytes);
        }
        opening.step();
        let store = opening.store();
        let target = Some(target("custom").unwrap());
        let at = OffsetDateTime::UNIX_EPOCH;
        let whole = describe(&opening, &store, target, at);
        assert_eq!(whole, brief(&opening, &store, target, at));

        let short = view(&opening, &store, target, at, 1);
        let named = short.files.iter().map(|file| file.name.is_some());
        assert_eq!(named.collect::<Vec<_>>(), [true, false, false, true]);
        assert!(short.files[1].format.is_none() && short.files[1].size.is_none());
        assert_eq!(short.files[3], whole.files[3]);
        assert_eq!(short.files[2].holds, whole.files[2].holds);

        // The key of one file has its chain in another; the certificate beside the key is another's.
        let none = view(&opening, &store, target, at, 0);
        let is_identity = |entry: &Entry| matches!(entry, Entry::Identity(_));
        assert!(is_identity(&none.entries[0]) && none.entries.len() > 1);
        assert_eq!(none.entries[0], whole.entries[0]);
        for (short, long) in none.entries.iter().zip(&whole.entries).skip(1) {
            let (Entry::Brief(short), Entry::Certificate(long)) = (short, long) else {
                panic!("{short:?}, {long:?}");
            };
            assert_eq!(short.sha256, long.certificate.sha256);
            assert_eq!(short.suggested_alias, long.base.suggested_alias);
        }
        let about = |view: &View| {
            view.findings
                .iter()
                .filter(|one| one.entry > Some(0))
                .count()
        };
        assert_eq!((about(&none), about(&whole) > 0), (0, true));
        assert_eq!((none.rows, none.target), (whole.rows, Some("custom")));
    }
}
