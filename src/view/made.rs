//! What was made, as a person reads it: the bytes go another way.

use serde::Serialize;

use crate::base::error::Finding;
use crate::convert::second::said;
use crate::convert::{Converted, WrittenFile};
use crate::crypto::digest::sha256_hex;
use crate::request::{RequestFile, Requested};
use crate::target::{Snippet, Step};

/// What a conversion made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Made {
    /// The files, in the target's order.
    pub files: Vec<MadeFile>,
    /// What to do with them.
    pub steps: Vec<Step>,
    /// The lines to paste.
    #[serde(rename = "paste")]
    pub snippets: Vec<Snippet>,
    /// What the target has against them, and what is good to know.
    pub findings: Vec<Finding>,
    /// Whether the target will refuse them.
    pub refused: bool,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeFile {
    /// What it is to be saved as.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its media type.
    pub media_type: &'static str,
    /// How many bytes it has.
    pub bytes: usize,
    /// Of these bytes, in hexadecimal.
    pub sha256: String,
    /// Whether a private or a secret key is in it.
    pub holds_key: bool,
    /// Whether that key lies in it without a password.
    pub key_open: bool,
    /// Whether the new password guards it.
    pub uses_password: bool,
    /// How many certificates of the entries themselves are in it.
    pub certificates: usize,
    /// How many certificates above them are in it.
    pub chain: usize,
    /// Whether anyone may have it: there is no key in it, and nothing that signs in.
    pub public: bool,
    /// Read back, key and chain equal to what went in.
    pub verified: bool,
    /// The readers that opened it and found what went in: our own, and others with their versions.
    pub verified_by: Vec<&'static str>,
    /// Why no second reader opened it, or not all of it; null where one did.
    pub not_opened: Option<String>,
}

/// What a conversion made, and all its files as one archive.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Packed {
    /// What it made.
    #[serde(flatten)]
    pub made: Made,
    /// The archive.
    pub archive: Archive,
}

/// An archive of files that were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Archive {
    /// What it is to be saved as.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// How many bytes it has.
    pub bytes: usize,
    /// Of these bytes, in hexadecimal.
    pub sha256: String,
}

/// What a request made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeRequest {
    /// The request or the certificate first, then what keeps the key.
    pub files: Vec<MadeFile>,
    /// What is good to know of them.
    pub findings: Vec<Finding>,
}

/// What a request made, and who made its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyedRequest {
    /// What it made.
    #[serde(flatten)]
    pub made: MadeRequest,
    /// Who made the key; null for one that was there.
    pub made_by: Option<KeyMaker>,
}

/// Who made a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyMaker {
    /// The browser's WebCrypto.
    Browser,
    /// This core.
    Keyferry,
}

impl Made {
    /// What is said of a conversion.
    pub fn of(converted: &Converted) -> Self {
        let file = |file: &WrittenFile| MadeFile {
            name: file.name.clone(),
            description: file.description.clone(),
            media_type: file.media_type,
            bytes: file.bytes.len(),
            sha256: sha256_hex(&file.bytes),
            holds_key: file.holds_key,
            key_open: file.key_open,
            uses_password: file.uses_password,
            certificates: file.certificates.own,
            chain: file.certificates.chain,
            public: file.public,
            verified: file.verified,
            verified_by: file.verified_by.clone(),
            not_opened: file.not_opened.map(said),
        };
        Self {
            files: converted.files.iter().map(file).collect(),
            steps: converted.steps.clone(),
            snippets: converted.snippets.clone(),
            findings: converted.findings.clone(),
            refused: converted.refused,
        }
    }
}

impl Archive {
    /// What is said of a ZIP with this name.
    pub fn of(name: String, bytes: &[u8]) -> Self {
        Self {
            name,
            media_type: "application/zip",
            bytes: bytes.len(),
            sha256: sha256_hex(bytes),
        }
    }
}

impl MadeRequest {
    /// What is said of a request.
    pub fn of(requested: &Requested) -> Self {
        let file = |file: &RequestFile| MadeFile {
            name: file.name.to_owned(),
            description: file.description.to_owned(),
            media_type: file.media_type,
            bytes: file.bytes.len(),
            sha256: sha256_hex(&file.bytes),
            holds_key: file.holds_key,
            key_open: file.holds_key && !file.uses_password,
            uses_password: file.uses_password,
            certificates: file.certificates,
            chain: 0,
            public: !file.holds_key,
            // A file that does not read back never leaves the request.
            verified: true,
            verified_by: file.verified_by.clone(),
            not_opened: file.not_opened.map(said),
        };
        Self {
            files: requested.files.iter().map(file).collect(),
            findings: requested.findings.clone(),
        }
    }
}
