//! Keyferry carries a certificate and its private key from the file a person has to the files a system wants.
//!
//! ```text
//! bytes ─▶ recognise ─▶ format::*::parse ─▶ unlock ─▶ Store ─▶ check ─▶ findings
//!                             │               ▲         │
//!                             └─ KDF jobs ─▶ derive     └─▶ target ─▶ format::*::write ─▶ files
//! ```
//!
//! Data moves one way. Nothing here opens a file, asks the clock, draws a random number it was not handed a source for (but
//! for p12-keystore, which draws its own salts), or knows that a browser exists; `wasm` alone does.

mod algorithm;
pub mod archive;
mod ber;
pub mod check;
mod cipher;
pub mod convert;
mod curve;
pub mod describe;
mod digest;
pub mod error;
pub mod format;
pub mod kdf;
mod modular;
pub mod opening;
mod pbe;
mod recognise;
pub mod secret;
pub mod store;
pub mod target;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use archive::archive;
pub use check::check;
pub use convert::{Conversion, ConversionStep, Converted, Wish};
pub use describe::describe;
pub use error::{Error, Finding, Severity};
pub use kdf::KdfJob;
pub use opening::{Opening, Step};
pub use recognise::recognise;
pub use secret::Password;
pub use store::Store;
pub use target::{Target, target};

use std::sync::Arc;

use ber::Node;
use format::{Format, bcfks, bks, cms, jks, pem, pkcs8, pkcs12, x509};
use kdf::{Keys, Stop};
use store::{Contents, Item, Locked, Value};
use zeroize::Zeroizing;

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

/// Reads the structure of bytes that were recognised.
pub(crate) fn parse(format: Format, bytes: &[u8]) -> Result<Parsed, Error> {
    match format {
        Format::Bks => Ok(Parsed::Locked(Box::new(bks::Keystore::parse(bytes)?))),
        Format::Jks | Format::Jceks => Ok(Parsed::Locked(Box::new(jks::Keystore::parse(bytes)?))),
        Format::Pem => {
            let text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
            Ok(Parsed::Locked(Box::new(pem::Blocks::parse(&text)?)))
        }
        Format::Pkcs12 => Ok(Parsed::Locked(Box::new(pkcs12::Pfx::parse(bytes)?))),
        Format::Uber => Ok(Parsed::Locked(Box::new(bks::Uber::parse(bytes)?))),
        _ => parse_der(format, bytes),
    }
}

/// The formats that are one structure, and so can also stand in a PEM block.
pub(crate) fn parse_der(format: Format, der: &[u8]) -> Result<Parsed, Error> {
    let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(format.what()))?;
    let value = match format {
        Format::Certificate => Value::Certificate(Arc::new(x509::Certificate::parse(der)?)),
        Format::Cms => return Ok(Parsed::Open(cms::parse(der)?)),
        Format::Crl => Value::Crl(node.raw.to_vec()),
        Format::Bcfks => return Ok(Parsed::Locked(Box::new(bcfks::Keystore::parse(&node)?))),
        Format::EncryptedPkcs8 => {
            return Ok(Parsed::Locked(Box::new(pkcs8::EncryptedKey::parse(&node)?)));
        }
        Format::Pkcs10 => Value::Request(node.raw.to_vec()),
        Format::PrivateKey => Value::PrivateKey(Arc::new(pkcs8::PrivateKey::parse(der)?)),
        Format::PublicKey => Value::PublicKey(node.raw.to_vec()),
        Format::Bks | Format::Jceks | Format::Jks | Format::Pem | Format::Pkcs12 | Format::Uber => {
            return parse(format, der);
        }
    };
    Ok(Parsed::Open(Contents::of(vec![Item::new(value)])))
}
