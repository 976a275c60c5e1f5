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

/// Errors and findings, the table of formats, hidden characters, secrets that wipe, text encodings.
pub mod base {
    pub mod error;
    pub mod format;
    pub(crate) mod hidden;
    pub mod secret;
    pub(crate) mod text;
    pub(crate) mod words;
}

/// BER and DER.
pub(crate) mod asn1 {
    pub(crate) mod ber;
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
    pub mod encrypted_pkcs8;
    pub(crate) mod java;
    pub mod jks;
    pub mod keystore;
    pub mod openssh;
    pub mod pkcs10;
    pub mod pkcs12;
    pub(crate) mod public_key;
    pub(crate) mod self_signed;
}

/// What may hold any of the formats.
pub mod container {
    pub(crate) mod base64_scan;
    pub(crate) mod concatenated;
    pub(crate) mod parts;
    pub mod pem;
    pub(crate) mod recognise;
    pub(crate) mod zip;
}

pub mod opening;

/// What is wrong with what files hold.
pub mod judge {
    pub mod chain;
    pub mod check;
    pub mod roots;
}

pub mod target;

pub mod convert;

pub mod request;

pub mod inventory;

/// Descriptions for the page and the examples.
pub mod view {
    pub mod describe;
    pub mod details;
}

#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use base::error::{Error, Finding, Severity};
pub use base::secret::Password;
pub use container::recognise::recognise;
pub use container::zip::archive;
pub use convert::{Conversion, ConversionStep, Converted, Request, Wish, WrittenFile, review};
pub use crypto::kdf::KdfJob;
pub use judge::check::check;
pub use model::store::Store;
pub use opening::{Opening, Step};
pub use target::{Target, target};
pub use view::describe::describe;

use std::sync::Arc;

use asn1::ber::Node;
use base::format::Format;
use base::secret::SecretDer;
use base::text;
use container::recognise::Recognised;
use container::{base64_scan, concatenated, pem, zip};
use crypto::kdf::{Keys, Stop};
use format::{bcfks, bks, cms, crl, encrypted_pkcs8, jks, openssh, pkcs12, public_key};
use inventory::saved;
use model::certificate::Certificate;
use model::private_key::PrivateKey;
use model::store::{Contents, Item, Locked, Value};

/// A file whose structure is read.
pub(crate) enum Parsed {
    /// Something in it may be encrypted.
    Locked(Box<dyn Locked>),
    /// Nothing in it is encrypted.
    Open(Contents),
}

impl Parsed {
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Locked(locked) => locked.cost(),
            Self::Open(_) => 0,
        }
    }

    pub(crate) fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        match self {
            Self::Locked(locked) => locked.unlock(passwords, keys),
            Self::Open(contents) => Ok(contents.clone()),
        }
    }
}

/// Reads the structure of bytes that were recognised, or of what they carry.
pub(crate) fn parse_recognised(found: &Recognised, bytes: &[u8]) -> Result<Parsed, Error> {
    let carried = found.carried.as_ref().map(SecretDer::expose);
    parse(found.format, carried.unwrap_or(bytes))
}

/// Reads the structure of bytes of a format.
pub(crate) fn parse(format: Format, bytes: &[u8]) -> Result<Parsed, Error> {
    match format {
        Format::Pem => {
            let text = text::read(bytes).unwrap_or_default();
            let parts = match pem::has_block(&text) {
                true => pem::parse(&text)?,
                false => base64_scan::parse_all(&text)?,
            };
            Ok(Parsed::Locked(Box::new(parts)))
        }
        Format::Table => Ok(Parsed::Open(saved::parse(bytes)?)),
        Format::Zip => Ok(Parsed::Locked(Box::new(zip::parse(bytes)?))),
        _ => concatenated::parse(format, bytes),
    }
}

/// The formats that are neither text nor archive, and so can also stand in a PEM block.
pub(crate) fn parse_binary(format: Format, bytes: &[u8]) -> Result<Parsed, Error> {
    let node = || Node::parse_prefix(bytes).map_err(|fault| fault.of(format));
    let value = match format {
        Format::Bcfks => {
            return Ok(Parsed::Locked(Box::new(bcfks::Keystore::parse(
                &node()?.0,
            )?)));
        }
        Format::Bks => return Ok(Parsed::Locked(Box::new(bks::Keystore::parse(bytes)?))),
        Format::Certificate => {
            Value::Certificate(Arc::new(Certificate::parse(bytes)?.well_written()?))
        }
        Format::Cms => return Ok(Parsed::Open(cms::parse(bytes)?)),
        Format::Crl => Value::Crl(crl::Crl::parse(bytes)?.der().into()),
        Format::EncryptedPkcs8 => {
            return Ok(Parsed::Locked(Box::new(
                encrypted_pkcs8::EncryptedKey::parse(&node()?.0)?,
            )));
        }
        Format::Jceks | Format::Jks => {
            return Ok(Parsed::Locked(Box::new(jks::Keystore::parse(bytes)?)));
        }
        Format::OpenSsh => {
            return Ok(Parsed::Locked(Box::new(openssh::Keyfile::parse(bytes)?)));
        }
        Format::Pem | Format::Table | Format::Zip => return parse(format, bytes),
        Format::Pkcs10 => Value::Request(node()?.0.raw.to_vec()),
        Format::Pkcs12 => return Ok(Parsed::Locked(Box::new(pkcs12::Pfx::parse(bytes)?))),
        Format::PrivateKey => Value::PrivateKey(Arc::new(PrivateKey::parse(bytes)?)),
        Format::PublicKey => Value::PublicKey(public_key::parse(bytes)?),
        Format::Uber => return Ok(Parsed::Locked(Box::new(bks::Uber::parse(bytes)?))),
    };
    Ok(Parsed::Open(Contents::of(vec![Item::new(value)])))
}
