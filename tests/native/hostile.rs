//! Every file of the corpus, cut at every length and changed at every byte: an error or the same, never something else.
//!
//! Of each file the first 4 KiB are cut and changed, a bit of each byte in turn: at one position in 32, the same ones each
//! time, and by `cargo xtask soak` at all. Where there is no corpus, the vectors stand in. What must hold, and for which files, is in [`Whole::judge_cut`] and [`Whole::judge_changed`]: nothing can tell
//! a certificate from the one that another byte makes of it, but a check value can, and so can an RSA key's own numbers.
//!
//! Two things are otherwise than in the page, for time. The keys of the whole file are derived once; any other that a
//! changed salt or count asks for is replaced by zeros, as good as any wrong key. And a file of more than 16 KiB ends
//! there: those that do are floods of one and the same thing, and three keystores of many keys.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::ops::AddAssign;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use crate::support::compare::text;
use crate::support::corpus::{corpus, passwords};
use crate::support::{DERIVED, each, manifest, soaks, unlock, vector, view, words};
use keyferry::base::format::Format;
use keyferry::base::secret::SecretDer;
use keyferry::model::private_key::PrivateKey;
use keyferry::model::store::EntryKind;
use keyferry::opening::State;
use keyferry::{KdfJob, Opening, Store};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// How much of a file is cut and changed.
const REACH: usize = 4 << 10;

/// Of so many positions one is tried.
const EVERY: u64 = 32;

/// How much of a file is read.
const LENGTH: usize = 16 << 10;

/// Most iterations that the keys of one whole file may take; a file that wants more stays closed.
const COST: u64 = 2_000_000;

/// Longest key that is replaced by zeros; a file that wants a longer one stays closed.
const KEY_LENGTH: usize = 1 << 10;

/// No opening may take longer, debug build or not, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn what_is_cut_or_changed_gives_an_error_or_the_same() {
    let files = files();
    let checked = each(&files, check);
    let mut sum = Checked::default();
    for (file, one) in files.iter().zip(checked) {
        one.wrong
            .iter()
            .for_each(|what| println!("{}: {what}", file.name));
        sum += one;
    }
    // Past the test harness, which hides what a passing test prints.
    writeln!(
        io::stderr(),
        "{} files\ncut:     {}\nchanged: {}\nthe slowest took {:?}",
        files.len(),
        sum.cut,
        sum.changed,
        sum.slowest
    )
    .expect("standard error is open");
    assert!(sum.wrong.is_empty(), "{} wrong results", sum.wrong.len());
}

/// Another file in the place of the harmed one is what the judges are there to see.
#[test]
fn something_else_is_seen() {
    for (whole, other) in [
        ("pkcs12-openssl-default.p12", "pkcs12-keytool-two-keys.p12"),
        ("pkcs12-openssl-nomac.p12", "pkcs12-keytool-nomac.p12"),
        ("jks-keytool-default.jks", "jks-keytool-two-keys.jks"),
        ("pem-openssl-identity.pem", "pem-openssl-two-identities.pem"),
    ] {
        let known = |line: &Value| line["file"] == whole || line["file"] == other;
        let lines = manifest();
        let passwords = lines.iter().filter(|line| known(line));
        let file = File {
            name: whole.into(),
            bytes: vector(whole),
            passwords: passwords
                .flat_map(|line| words(&line["passwords"]))
                .collect(),
            small: false,
        };
        let (mut judged, bytes) = (Whole::open(&file), vector(other));
        judged.derives = true;
        assert!(matches!(judged.judge_cut(&file.bytes), Ok(Found::TheSame)));
        assert!(matches!(
            judged.judge_changed(&file.bytes),
            Ok(Found::TheSame)
        ));
        assert!(judged.judge_cut(&bytes).is_err(), "{whole}, {other}");
        assert!(judged.judge_changed(&bytes).is_err(), "{whole}, {other}");
    }
}

/// A file and the passwords that are known for it.
struct File {
    name: String,
    bytes: Vec<u8>,
    passwords: Vec<String>,
    /// It is one of [`SMALL`], of which more must hold.
    small: bool,
}

/// Small vectors of one private key and one iteration. Every key is derived; what is cut never opens; and what is changed
/// never has another key, whatever its kind.
const SMALL: [&str; 7] = [
    "pkcs12-openssl-small.p12",
    "pkcs12-crafted-ber-small.p12",
    "pkcs12-openssl-small-nomac.p12",
    "pkcs12-openssl-all-plain-nomac.p12",
    "pkcs8-openssl-small.der",
    "pkcs8-openssl-rsa-der.der",
    "jks-keytool-p256.jks",
];

/// The corpus, or the vectors where there is none; and the small vectors.
fn files() -> Vec<File> {
    let small = vectors().into_iter().filter_map(|mut file| {
        file.small = SMALL.contains(&file.name.as_str());
        file.small.then_some(file)
    });
    let small: Vec<File> = small.collect();
    assert_eq!(small.len(), SMALL.len(), "the manifest knows them all");
    let Some((root, lines)) = corpus() else {
        return small.into_iter().chain(vectors()).collect();
    };
    let file = |line: &Value| {
        let name = text(&line["path"]);
        let mut bytes = std::fs::read(root.join(&name)).expect("the corpus is whole");
        bytes.truncate(LENGTH);
        File {
            bytes,
            passwords: passwords(line),
            name,
            small: false,
        }
    };
    small.into_iter().chain(lines.iter().map(file)).collect()
}

fn vectors() -> Vec<File> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in manifest() {
        let known = files.entry(text(&line["file"])).or_default();
        known.extend(words(&line["passwords"]));
    }
    let file = |(name, passwords): (String, _)| File {
        bytes: vector(&name),
        passwords,
        name,
        small: false,
    };
    files.into_iter().map(file).collect()
}

/// What came of some files.
#[derive(Default)]
struct Checked {
    cut: Counts,
    changed: Counts,
    wrong: Vec<String>,
    slowest: Duration,
}

/// How often what was harmed opened as what.
#[derive(Default)]
struct Counts {
    closed: usize,
    same: usize,
    less: usize,
    other: usize,
}

/// What a harmed file opened as.
enum Found {
    Nothing,
    TheSame,
    Less,
    Other,
}

impl AddAssign for Checked {
    fn add_assign(&mut self, other: Self) {
        for (sum, counts) in [
            (&mut self.cut, other.cut),
            (&mut self.changed, other.changed),
        ] {
            sum.closed += counts.closed;
            sum.same += counts.same;
            sum.less += counts.less;
            sum.other += counts.other;
        }
        self.wrong.extend(other.wrong);
        self.slowest = self.slowest.max(other.slowest);
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            closed,
            same,
            less,
            other,
        } = self;
        let all = closed + same + less + other;
        write!(
            to,
            "{all} times: {closed} refused, {same} the same, {less} a part of it, {other} another that nothing tells apart"
        )
    }
}

fn check(file: &File) -> Checked {
    let whole = Whole::open(file);
    let mut checked = Checked::default();
    let reach = file.bytes.len().min(REACH);
    for length in (0..reach).filter(|at| is_sampled(&file.name, *at)) {
        let judge = || whole.judge_cut(&file.bytes[..length]);
        let found = checked.note(|| format!("cut at {length}"), judge);
        checked.cut.count(found);
    }
    let mut changed = file.bytes.clone();
    for at in (0..reach).filter(|at| is_sampled(&file.name, *at)) {
        // Each bit in turn: a digit becomes another, a letter small, a length long.
        let bit = 1 << (at % 8);
        let more: &[u8] = if file.small { &[0x01, 0x80, 0xFF] } else { &[] };
        for flip in [bit].iter().chain(more) {
            changed[at] ^= flip;
            let judge = || whole.judge_changed(&changed);
            let found = checked.note(|| format!("byte {at} ^ {flip:#04x}"), judge);
            checked.changed.count(found);
            changed[at] ^= flip;
        }
    }
    checked
}

/// Whether a position is one that is tried: all in a soak, else one in [`EVERY`], by the file's name and the position.
fn is_sampled(name: &str, at: usize) -> bool {
    let mut hash = DefaultHasher::new();
    (name, at).hash(&mut hash);
    soaks() || hash.finish().is_multiple_of(EVERY)
}

impl Counts {
    fn count(&mut self, found: Option<Found>) {
        match found {
            None => {}
            Some(Found::Nothing) => self.closed += 1,
            Some(Found::TheSame) => self.same += 1,
            Some(Found::Less) => self.less += 1,
            Some(Found::Other) => self.other += 1,
        }
    }
}

impl Checked {
    fn note(
        &mut self,
        what: impl FnOnce() -> String,
        judge: impl FnOnce() -> Result<Found, String>,
    ) -> Option<Found> {
        let begun = Instant::now();
        let judged = panic::catch_unwind(AssertUnwindSafe(judge));
        let time = begun.elapsed();
        self.slowest = self.slowest.max(time);
        let why = match judged {
            Err(_) => "panics".into(),
            Ok(Err(why)) => why,
            Ok(Ok(_)) if time > PATIENCE => format!("takes {time:?}"),
            Ok(Ok(found)) => return Some(found),
        };
        self.wrong.push(format!("{}: {why}", what()));
        None
    }
}

/// What an unharmed file holds.
struct Whole<'f> {
    file: &'f File,
    keys: Vec<(KdfJob, Vec<u8>)>,
    format: Option<Format>,
    things: BTreeSet<Thing>,
    /// The public halves of its private keys.
    halves: BTreeSet<Vec<u8>>,
    /// No key of it is on a curve that we do not know, on which its public half cannot be computed.
    computable: bool,
    entries: Value,
    /// A check value is over all of it, and it held.
    covered: bool,
    /// Keys that are not known are derived after all.
    derives: bool,
}

/// A kind and a hash.
type Thing = (&'static str, Vec<u8>);

impl<'f> Whole<'f> {
    fn open(file: &'f File) -> Self {
        let mut derived = Vec::new();
        let mut left = COST;
        let mut opening = Opening::default();
        opening.add(0, "file", &file.bytes);
        unlock(&mut opening, &file.passwords, |job| {
            left = left.checked_sub(job.cost())?;
            let key = job.derive(&mut |_| ()).expect(DERIVED);
            derived.push((duplicate(job), key.expose().to_vec()));
            Some(key)
        });
        let store = opening.store();
        let mut whole = Self {
            file,
            keys: derived,
            format: format(&opening),
            things: things(&store),
            halves: keys(&store)
                .filter_map(|key| Some(half(key.spki()?).to_vec()))
                .collect(),
            computable: keys(&store).all(|key| {
                let algorithm = key.algorithm();
                algorithm.name != "EC" || algorithm.bits.is_some()
            }),
            entries: view(&opening)["entries"].take(),
            covered: covered(&opening, &store),
            derives: file.small,
        };
        whole.learn();
        whole
    }

    /// Notes what a changed file wants beside: keys of the other passwords, under the salts that did not change.
    fn learn(&mut self) {
        let mut bytes = self.file.bytes.clone();
        for quarter in 1..4 {
            let at = bytes.len() * quarter / 4;
            let Some(byte) = bytes.get_mut(at) else {
                return;
            };
            *byte ^= 1;
            let mut wanted = Vec::new();
            self.reopen(&bytes, |job| wanted.push(duplicate(job)));
            let instead = wanted.into_iter().map(|job| (job.length, job));
            self.keys
                .extend(instead.map(|(length, job)| (job, vec![0; length])));
            bytes[at] ^= 1;
        }
    }

    /// Opens with the keys that are known; of those that are not, it says which.
    fn reopen(&self, bytes: &[u8], mut wanted: impl FnMut(&KdfJob)) -> (Opening, Store) {
        let mut opening = Opening::default();
        opening.add(0, "file", bytes);
        // A reader starts again with each key that it comes to want: those that are known, it has at once.
        for (job, key) in &self.keys {
            opening.supply(duplicate(job), Ok(SecretDer::new(key.clone())));
        }
        unlock(&mut opening, &self.file.passwords, |job| {
            if job.length > KEY_LENGTH {
                return None;
            }
            wanted(job);
            Some(match self.derives {
                true => job.derive(&mut |_| ()).expect(DERIVED),
                false => SecretDer::new(vec![0; job.length]),
            })
        });
        let store = opening.store();
        (opening, store)
    }

    /// What is left holds nothing that the whole does not. It opens and holds less only where the whole is pieces in a row,
    /// whose number nothing states: a text, or certificates one after another.
    fn judge_cut(&self, bytes: &[u8]) -> Result<Found, String> {
        let (opening, store) = self.reopen(bytes, |_| ());
        let things = things(&store);
        if let Some((kind, _)) = things.difference(&self.things).next() {
            return Err(format!("another {kind}"));
        }
        let found = self.found(&opening, &store, &things)?;
        if self.file.small && !opening.files().all(|file| file.error().is_some()) {
            return Err("it opens, or there is no error".into());
        }
        let pieces = matches!(self.format, Some(Format::Certificate | Format::Pem));
        match found {
            Found::Less if is_open(&opening) && !pieces => Err("opens and holds less".into()),
            found => Ok(found),
        }
    }

    /// Where a check value is over the whole, all is as it was, or the file is refused, or it is said that nobody can tell.
    ///
    /// Elsewhere one byte changes one thing, or two where a cipher's blocks hang together; a thing stays of its kind; and a
    /// private key stays the one it was, unless it is of a kind that any number is a key of.
    fn judge_changed(&self, bytes: &[u8]) -> Result<Found, String> {
        let (opening, store) = self.reopen(bytes, |_| ());
        let things = things(&store);
        let found = self.found(&opening, &store, &things)?;
        // Where the whole holds nothing, or is refused and may be healed, nothing is known.
        if self.things.is_empty() {
            return Ok(found);
        }
        if self.covered && covered(&opening, &store) && !matches!(found, Found::TheSame) {
            return Err("other contents under a check value that holds".into());
        }
        let new: Vec<&Thing> = things.difference(&self.things).collect();
        // One more in all where a thing stands in the file twice and only one of the two was changed.
        if new.len() > 2 || things.len() > self.things.len() + 1 {
            return Err(format!("{} new things", new.len()));
        }
        let known: BTreeSet<_> = self.things.iter().map(|(kind, _)| kind).collect();
        if let Some((kind, _)) = new.iter().find(|(kind, _)| !known.contains(kind)) {
            return Err(format!("a new {kind}"));
        }
        match keys(&store).find(|key| self.must_be_refused(key)) {
            Some(key) => Err(format!("another key: {}", key.algorithm().words())),
            None => Ok(found),
        }
    }

    /// Whether a key is another, though its own numbers, or a public half beside them in plain sight, must have told.
    fn must_be_refused(&self, key: &PrivateKey) -> bool {
        let stated = |half: &&Vec<u8>| {
            self.file
                .bytes
                .windows(half.len())
                .any(|part| part == *half)
        };
        let tells = matches!(key.algorithm().name.as_str(), "RSA" | "RSA-PSS")
            || self.file.small
            || self.computable && self.halves.iter().any(|half| stated(&half));
        tells
            && !key
                .spki()
                .is_some_and(|spki| self.halves.contains(half(spki)))
    }

    fn found(
        &self,
        opening: &Opening,
        store: &Store,
        things: &BTreeSet<Thing>,
    ) -> Result<Found, String> {
        paired(store)?;
        // Whatever came of it, the page can show it.
        let entries = view(opening)["entries"].take();
        Ok(if things.is_empty() && !self.things.is_empty() {
            Found::Nothing
        } else if entries == self.entries && *things == self.things {
            match self.things.is_empty() {
                true => Found::Nothing,
                false => Found::TheSame,
            }
        } else if things.is_subset(&self.things) {
            Found::Less
        } else {
            Found::Other
        })
    }
}

fn is_open(opening: &Opening) -> bool {
    opening
        .files()
        .all(|file| matches!(file.state(), State::Open))
}

fn format(opening: &Opening) -> Option<Format> {
    opening.files().next().and_then(|file| file.format)
}

/// Whether a check value is over all that the file holds, and held.
fn covered(opening: &Opening, store: &Store) -> bool {
    use Format::{Bcfks, Bks, Jceks, Jks, Pkcs12, Uber};
    let unchecked = |code: &str| matches!(code, "integrity-unchecked" | "no-mac");
    matches!(
        format(opening),
        Some(Bcfks | Bks | Jceks | Jks | Pkcs12 | Uber)
    ) && is_open(opening)
        && !store.findings.iter().any(|finding| unchecked(finding.code))
}

/// A key stands only with a certificate that ends in the key's own public half.
fn paired(store: &Store) -> Result<(), String> {
    for entry in &store.entries {
        if let EntryKind::PrivateKey { key, chain } = &entry.kind
            && let (Some(spki), Some(leaf)) = (key.spki(), chain.first())
            && !leaf.spki().ends_with(half(spki))
        {
            return Err("a key with a certificate of another".into());
        }
    }
    Ok(())
}

fn keys(store: &Store) -> impl Iterator<Item = &PrivateKey> {
    store.entries.iter().filter_map(|entry| match &entry.kind {
        EntryKind::PrivateKey { key, .. } => Some(key.as_ref()),
        _ => None,
    })
}

/// The end of a public key: enough to know it by.
fn half(spki: &[u8]) -> &[u8] {
    &spki[spki.len().saturating_sub(28)..]
}

fn things(store: &Store) -> BTreeSet<Thing> {
    let mut things = BTreeSet::new();
    for entry in &store.entries {
        let (kind, bytes) = match &entry.kind {
            EntryKind::Certificate(certificate) => ("certificate", certificate.der()),
            EntryKind::Crl(der) => ("revocation list", &der[..]),
            EntryKind::PrivateKey { key, chain } => {
                things.extend(chain.iter().map(|link| ("certificate", hash(link.der()))));
                ("private key", key.pkcs8().expose())
            }
            EntryKind::PublicKey(spki) => ("public key", spki.as_slice()),
            EntryKind::Request(der) => ("request", der.as_slice()),
            EntryKind::SecretKey(key) => ("secret key", key.bytes.expose()),
        };
        things.insert((kind, hash(bytes)));
    }
    things
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn duplicate(job: &KdfJob) -> KdfJob {
    KdfJob {
        kdf: job.kdf.clone(),
        password: SecretDer::new(job.password.expose().to_vec()),
        length: job.length,
    }
}
