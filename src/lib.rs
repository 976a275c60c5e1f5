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

pub mod algorithm;
mod ber;
pub mod chain;
pub mod check;
mod cipher;
pub mod convert;
pub mod crl;
mod curve;
pub mod describe;
pub mod details;
pub mod digest;
pub mod error;
pub mod format;
pub mod glance;
mod joined;
pub mod kdf;
mod modular;
pub mod opening;
mod parts;
mod pbe;
mod recognise;
pub mod request;
pub mod roots;
pub mod secret;
pub mod signature;
pub mod store;
pub mod target;
mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use check::check;
pub use convert::{Conversion, ConversionStep, Converted, Request, Wish, WrittenFile, review};
pub use describe::describe;
pub use error::{Error, Finding, Severity};
pub use format::zip::archive;
pub use kdf::KdfJob;
pub use opening::{Opening, Step};
pub use recognise::recognise;
pub use secret::Password;
pub use store::Store;
pub use target::{Target, target};

use std::sync::Arc;

use ber::Node;
use format::{
    Format, bare, bcfks, bks, cms, jks, openssh, pem, pkcs8, pkcs12, public_key, x509, zip,
};
use glance::saved;
use kdf::{Keys, Stop};
use recognise::Recognised;
use secret::SecretDer;
use store::{Contents, Item, Locked, Value};

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
                false => bare::parse_all(&text)?,
            };
            Ok(Parsed::Locked(Box::new(parts)))
        }
        Format::Table => Ok(Parsed::Open(saved::parse(bytes)?)),
        Format::Zip => Ok(Parsed::Locked(Box::new(zip::parse(bytes)?))),
        _ => joined::parse(format, bytes),
    }
}

/// The formats that are neither text nor archive, and so can also stand in a PEM block.
pub(crate) fn parse_binary(format: Format, bytes: &[u8]) -> Result<Parsed, Error> {
    let node = || Node::parse_prefix(bytes).map_err(|fault| fault.of(format.what()));
    let value = match format {
        Format::Bcfks => {
            return Ok(Parsed::Locked(Box::new(bcfks::Keystore::parse(
                &node()?.0,
            )?)));
        }
        Format::Bks => return Ok(Parsed::Locked(Box::new(bks::Keystore::parse(bytes)?))),
        Format::Certificate => {
            Value::Certificate(Arc::new(x509::Certificate::parse(bytes)?.well_written()?))
        }
        Format::Cms => return Ok(Parsed::Open(cms::parse(bytes)?)),
        Format::Crl => Value::Crl(crl::Crl::parse(bytes)?.der().to_vec()),
        Format::EncryptedPkcs8 => {
            return Ok(Parsed::Locked(Box::new(pkcs8::EncryptedKey::parse(
                &node()?.0,
            )?)));
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
        Format::PrivateKey => Value::PrivateKey(Arc::new(pkcs8::PrivateKey::parse(bytes)?)),
        Format::PublicKey => Value::PublicKey(public_key::parse(bytes)?),
        Format::Uber => return Ok(Parsed::Locked(Box::new(bks::Uber::parse(bytes)?))),
    };
    Ok(Parsed::Open(Contents::of(vec![Item::new(value)])))
}
