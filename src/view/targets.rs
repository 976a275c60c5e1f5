//! The table of targets, and how much a try of a password can be made to cost.

use serde::Serialize;

use crate::convert::Strength;
use crate::model::store::Kind;
use crate::target::output::{File, OutputFormat};
use crate::target::{Group, TARGETS, Takes, Target};

/// What a conversion can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetTable {
    /// Every target, in the order of the chooser.
    pub targets: Vec<TargetRow>,
    /// Every strength, the weakest first.
    pub strengths: Vec<StrengthRow>,
}

/// A target: a system and the files it wants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetRow {
    /// The stable name.
    pub id: &'static str,
    /// What the system is called.
    pub name: &'static str,
    /// Under which heading the chooser lists it.
    pub group: Group,
    /// What else a person may type to find it.
    pub search: Vec<&'static str>,
    /// One line on what the files are for.
    pub description: &'static str,
    /// The files, in the order they are offered; empty where a person lists them.
    pub files: Vec<TargetFile>,
    /// How many entries go into the files.
    pub takes: Takes,
    /// Which kinds of entries go into the files.
    pub kinds: Vec<Kind>,
    /// Which keys it takes, in words.
    pub keys: &'static str,
    /// The longest validity it takes, in days.
    pub days: Option<i64>,
    /// Whether a person lists the files.
    pub by_hand: bool,
    /// Whether a file is guarded by the password.
    pub uses_password: bool,
    /// Whether the alias is written into a file.
    pub uses_alias: bool,
    /// Whether more of the chain than the end-entity's certificate goes into a file.
    pub uses_chain: bool,
    /// Whether key and keystore may have passwords of their own.
    pub two_passwords: bool,
    /// Whether others connect to it: what is wrong with a certificate, they refuse, and not the system itself.
    pub serves: bool,
    /// What a person should know before.
    pub note: Option<&'static str>,
    /// Where its facts come from.
    pub source: &'static str,
}

/// A file of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetFile {
    /// What it is saved as.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How it is written.
    #[serde(rename = "form")]
    pub format: OutputFormat,
    /// Whether a private key is in it.
    pub holds_key: bool,
    /// Whether a private key lies in it without a password.
    pub key_open: bool,
    /// Whether the password guards it.
    pub uses_password: bool,
}

/// How much a try of a password costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrengthRow {
    /// The stable name.
    pub id: Strength,
    /// Iterations over a private key on its own.
    pub pkcs8: u32,
    /// Iterations over the contents of a PKCS#12 file, and over its MAC.
    pub pkcs12: u32,
    /// What it means.
    pub description: &'static str,
}

impl TargetTable {
    /// All there is.
    pub fn all() -> Self {
        Self {
            targets: targets(),
            strengths: [Strength::Compatible, Strength::Standard, Strength::Strong]
                .map(StrengthRow::of)
                .into(),
        }
    }
}

/// The table of targets.
pub fn targets() -> Vec<TargetRow> {
    TARGETS.iter().map(TargetRow::of).collect()
}

impl TargetRow {
    fn of(target: &Target) -> Self {
        Self {
            id: target.id,
            name: target.name,
            group: target.group,
            search: target.search.to_vec(),
            description: target.description,
            files: target
                .files
                .iter()
                .map(|file| TargetFile::of(file, target))
                .collect(),
            takes: target.takes,
            kinds: target.kinds(),
            keys: target.keys.words,
            days: target.days,
            by_hand: target.by_hand(),
            uses_password: target.files.iter().any(|file| file.format.uses_password()),
            uses_alias: target.files.iter().any(|file| file.format.uses_alias()),
            uses_chain: target.uses_chain(),
            two_passwords: target.two_passwords,
            serves: target.serves,
            note: target.note,
            source: target.source,
        }
    }
}

impl TargetFile {
    fn of(file: &File, target: &Target) -> Self {
        Self {
            name: file.name.clone().into_owned(),
            description: file.description.clone().into_owned(),
            format: file.format,
            holds_key: target.takes != Takes::Certificates && file.format.takes_key(),
            key_open: file.format.lays_key_open(),
            uses_password: file.format.uses_password(),
        }
    }
}

impl StrengthRow {
    fn of(strength: Strength) -> Self {
        Self {
            id: strength,
            pkcs8: strength.pkcs8(),
            pkcs12: strength.pkcs12(),
            description: strength.words(),
        }
    }
}
