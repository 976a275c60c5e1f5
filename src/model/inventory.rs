//! A table of certificates: what is known of each as text, so that it can be saved and given again.

use serde::{Deserialize, Serialize};

/// A table that was saved.
#[derive(Debug, Serialize, Deserialize)]
pub struct Saved {
    /// `certificates`: what the file is recognised by.
    pub(crate) keyferry: String,
    /// Of the shape that [`crate::format::inventory_file`] draws.
    pub(crate) version: u32,
    /// RFC 3339, in UTC.
    pub made_at: String,
    /// Its rows.
    pub certificates: Vec<Row>,
}

/// A row. Its text is what the certificate says, hidden characters and all: the page makes it harmless when it shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is worth now.
    pub status: Status,
    /// Whole days until it expires, negative when they are past; `None` where it has no date that can be read.
    pub days_left: Option<i64>,
    /// What a person would call the holder.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// E-mail addresses, each once: who the user is.
    pub emails: Vec<String>,
    /// What a person would call the issuer.
    pub issuer_name: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hexadecimal.
    pub serial: String,
    /// RFC 3339.
    pub not_before: Option<String>,
    /// RFC 3339.
    pub not_after: Option<String>,
    /// In words: `RSA, 2048 bits`.
    pub key: String,
    /// The name of the signature's algorithm.
    pub signature: String,
    /// Extended key usages, then key usages, by their names in RFC 5280.
    pub uses: Vec<String>,
    /// Whether it may issue others.
    pub ca: bool,
    /// Why it is weak, in words; empty where it is not.
    pub weak: Vec<String>,
    /// Whether its last instant is past, revoked or not.
    #[serde(skip_deserializing)]
    pub expired: bool,
    /// Whether a revocation list names it.
    pub revoked: bool,
    /// The names of the files that brought it.
    pub files: Vec<String>,
    /// The names of the files that hold its private key; empty where it is not here.
    pub private_key: Vec<String>,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
    /// Whether it came or went since a table was saved.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// What it was worth when a table was saved, where that was something else.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub was: Option<Status>,
}

/// What a certificate is worth, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A revocation list names it.
    Revoked,
    /// Its last instant is past.
    Expired,
    /// Its first instant is to come.
    NotYetValid,
    /// It has no date that can be read.
    Unknown,
    /// Valid for 30 days at most.
    #[serde(rename = "expiring-30")]
    Expiring30,
    /// Valid for 60 days at most.
    #[serde(rename = "expiring-60")]
    Expiring60,
    /// Valid for 90 days at most.
    #[serde(rename = "expiring-90")]
    Expiring90,
    /// Valid for longer.
    Valid,
}

/// What became of a row since a table was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// The table did not have it.
    New,
    /// The table has it, and no file brought it this time.
    Missing,
}
