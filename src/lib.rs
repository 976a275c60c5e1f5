//! Keyferry carries a certificate and its private key from the file a person has to the files a system wants.
//!
//! ```text
//! bytes ─▶ recognise ─▶ format::*::parse ─▶ unlock ─▶ Store ─▶ check ─▶ findings
//!                             │               ▲         │
//!                             └─ KDF jobs ─▶ derive     └─▶ target ─▶ format::*::write ─▶ files
//! ```
//!
//! Data moves one way. Nothing here opens a file, asks the clock, draws a random number it was not handed a source for, or
//! knows that a browser exists; `wasm` alone does.
//!
//! The rooms stand here from the bottom to the top: each uses only those above it in this file. `tests/native/layers.rs` sees
//! to it.

// A failure is a `Result` that reaches the caller.
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]
// Tests shorten numbers that they chose, and pass over what hostile bytes give.
#![cfg_attr(
    not(test),
    deny(clippy::cast_possible_truncation, clippy::let_underscore_must_use)
)]

/// Errors and findings, the table of formats, hidden characters, secrets that wipe, text encodings.
pub mod base {
    #[cfg(test)]
    pub(crate) mod counted;
    pub(crate) mod cp437;
    pub mod error;
    pub mod file_name;
    pub mod format;
    pub(crate) mod hidden;
    pub mod secret;
    pub(crate) mod text;
    pub(crate) mod words;
}

/// BER and DER read, DER written, object identifiers.
pub(crate) mod asn1 {
    pub(crate) mod ber;
    pub(crate) mod der;
    pub(crate) mod oid;
}

/// Digests, key derivation, ciphers, curves, signatures.
pub mod crypto {
    pub mod algorithm;
    pub(crate) mod cipher;
    pub(crate) mod curve;
    pub mod digest;
    pub mod kdf;
    pub(crate) mod modular;
    pub(crate) mod pbe;
    pub mod signature;
}

/// What files hold, and what is said of it.
pub mod model {
    pub mod certificate;
    pub mod inventory;
    pub(crate) mod name;
    pub mod private_key;
    pub mod store;
}

/// One standard a file, reader and writer.
pub mod format {
    pub mod bcfks;
    pub mod bks;
    pub mod cms;
    pub mod crl;
    pub mod inventory_file;
    pub(crate) mod java;
    pub mod jks;
    pub mod keystore;
    pub mod openssh;
    pub mod pkcs10;
    pub mod pkcs12;
    pub mod pkcs8;
    pub(crate) mod public_key;
    pub(crate) mod self_signed;
}

/// What may hold any of the formats.
pub mod container {
    pub(crate) mod base64_scan;
    pub(crate) mod binary;
    pub(crate) mod concatenated;
    pub(crate) mod parsed;
    pub(crate) mod parts;
    pub mod pem;
    pub(crate) mod recognise;
    pub(crate) mod zip;
}

pub mod opening;

pub mod target;

/// What is wrong with what files hold.
pub mod judge {
    pub mod chain;
    pub mod check;
    pub mod revocation;
    pub mod roots;
    pub(crate) mod strength;
    pub mod validity;
}

pub mod convert;

pub mod request;

pub mod inventory;

/// Descriptions for the page and the examples.
pub mod view {
    mod batch;
    mod describe;
    pub mod details;
    mod entry;
    mod inventory;
    mod judgement;
    mod made;
    mod report;
    mod targets;
    mod verdict;

    pub use batch::{Alone, AloneConversion, alone};
    pub use describe::{FileState, FileView, View, brief, describe};
    pub use entry::{
        Asked, BriefEntry, Certificate, CertificateStatus, CrlEntry, Entry, EntryBase, Identity,
        KeyShape, LoneCertificate, PublicKeyEntry, RequestEntry, SecretKeyEntry,
    };
    pub use inventory::{Selection, Slice, TableFormat};
    pub use judgement::{Judgement, Outcome};
    pub use made::{Archive, KeyMaker, KeyedRequest, Made, MadeFile, MadeRequest, Packed};
    pub use report::{
        BatchFailure, BatchFile, BatchFinding, BatchIdentity, BatchName, Report, ReportPart,
    };
    pub use targets::{StrengthRow, TargetFile, TargetRow, TargetTable, targets};
    pub use verdict::{ChainEnd, ChainLink, ChainRoot, ChainVerdict, MissingIssuer, RootList};
}

#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use base::error::{Error, Failure, Finding, Severity};
pub use base::secret::Password;
pub use container::recognise::recognise;
pub use container::zip::archive;
pub use convert::{
    Conversion, ConversionOptions, ConversionStep, Converted, OptionsInput, WrittenFile, review,
};
pub use crypto::kdf::KdfJob;
pub use judge::check::check;
pub use model::store::Store;
pub use opening::{Opening, Step};
pub use target::{Target, target};
pub use view::describe;
