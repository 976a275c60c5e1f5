//! What every keystore is written of, whatever its format: entries under aliases, and the passwords over them.

use std::sync::Arc;

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::Password;
use crate::crypto::kdf::Stop;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;

/// One entry; a file has them in the order in which they are given.
#[derive(Debug, Clone)]
pub struct KeystoreEntry {
    /// Its alias; Java's own keystores lower it.
    pub alias: String,
    /// What stands under it.
    pub value: KeystoreValue,
}

/// What an entry holds.
#[derive(Debug, Clone)]
pub enum KeystoreValue {
    /// A private key entry.
    PrivateKey {
        /// The key.
        key: Arc<PrivateKey>,
        /// Its chain, end-entity first; only PKCS#12 has keys without one.
        chain: Vec<Arc<Certificate>>,
    },
    /// A trusted certificate entry.
    TrustedCertificate(Arc<Certificate>),
}

impl KeystoreEntry {
    /// Key and chain, of a private key entry.
    pub(crate) fn identity(&self) -> Option<(&PrivateKey, &[Arc<Certificate>])> {
        match &self.value {
            KeystoreValue::PrivateKey { key, chain } => Some((key, chain)),
            KeystoreValue::TrustedCertificate(_) => None,
        }
    }
}

/// The passwords a keystore is written with.
#[derive(Debug, Clone, Copy)]
pub struct KeystorePasswords<'a> {
    /// The one over the whole.
    pub store: &'a Password,
    /// The one over each private key.
    pub key: &'a Password,
}

impl<'a> KeystorePasswords<'a> {
    /// One for both, since the keystore's is what most programs try on its keys.
    pub fn one(password: &'a Password) -> Self {
        Self {
            store: password,
            key: password,
        }
    }
}

/// A private key entry beside what was drawn for it.
pub(crate) struct Identity<'e, T> {
    pub(crate) alias: &'e str,
    pub(crate) key: &'e PrivateKey,
    pub(crate) chain: &'e [Arc<Certificate>],
    pub(crate) drawn: &'e T,
}

/// The private key entries, each with what was drawn for it; an error where there is not one for each, which is a fault of
/// the caller's.
pub(crate) fn identities<'e, T>(
    entries: &'e [KeystoreEntry],
    drawn: &'e [T],
    what: Format,
) -> Result<Vec<Identity<'e, T>>, Stop> {
    let keys = entries.iter().filter(|entry| entry.identity().is_some());
    if keys.count() != drawn.len() {
        let name = what.what().into();
        return Err(Error::Unverified { name }.into());
    }
    let mut drawn = drawn.iter();
    let identity = |entry: &'e KeystoreEntry| {
        let (key, chain) = entry.identity()?;
        Some(Identity {
            alias: &entry.alias,
            key,
            chain,
            drawn: drawn.next()?,
        })
    };
    Ok(entries.iter().filter_map(identity).collect())
}
