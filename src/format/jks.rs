//! Java's own keystores. There is no standard; this is what OpenJDK's `sun.security.provider.JavaKeyStore` and
//! `com.sun.crypto.provider.JceKeyStore` read and write.
//!
//! ```text
//! FEEDFEED (JKS) or CECECECE (JCEKS), version 1 or 2, count, entry*, SHA-1
//! entry = 1, alias, date, length, EncryptedPrivateKeyInfo, count, certificate*      private key entry
//!       | 2, alias, date, certificate                                              trusted certificate entry
//!       | 3, alias, date, serialized javax.crypto.SealedObject                     secret key entry, JCEKS only
//! certificate = type (version 2 only), length, DER
//! SHA-1 over: password in UTF-16BE, "Mighty Aphrodite", all that comes before
//! ```
//!
//! In a JKS a key is XORed with a chain of SHA-1 digests over its password: one round, so the password is all that
//! protects it. The keystore's digest can be checked or left; a certificate is readable without any password. A serialized
//! object says nowhere how long it is: to find the entry after it, the object must be read.
//!
//! The crate `jks` 0.3.3 gets Unicode wrong, trusts counts with 206 GB and panics on bad keys, so this is our own.
//! Java looks aliases up in lower case, so an alias that is stored in upper case is never found: the writer lowers it.

mod object;
mod protection;
mod sealed;
mod writer;

pub use writer::{JavaKeystore, Writer};

use protection::Protected;
use sealed::SealedKey;

use serde_json::json;

use crate::asn1::ber::oids;
use crate::base::error::{Error, Reason};
use crate::base::format::{Format, Maker};
use crate::base::secret::{Password, equal};
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Keys, Stop};
use crate::format::java::{Cursor, Opened};
use crate::model::certificate::Certificate;
use crate::model::store::{Contents, Locked};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Jks;
/// The first four bytes of a JKS.
pub(crate) const MAGIC_JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
/// The first four bytes of a JCEKS.
pub(crate) const MAGIC_JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];

const WHITENER: &[u8] = b"Mighty Aphrodite";

oids! {
    /// Sun's key protector of JKS.
    KEY_PROTECTOR = 10: 1 3 6 1 4 1 42 2 17 1 1;
    /// Sun's PBEWithMD5AndTripleDES, the key protector of JCEKS.
    JCE_PROTECTOR = 9: 1 3 6 1 4 1 42 2 19 1;
}

/// The structure of a keystore.
pub(crate) struct Keystore {
    /// What the digest covers.
    covered: Vec<u8>,
    digest: Vec<u8>,
    entries: Vec<StoredEntry>,
}

struct StoredEntry {
    alias: String,
    value: StoredValue,
}

enum StoredValue {
    PrivateKey {
        key: Result<Protected, Error>,
        chain: Vec<Certificate>,
    },
    SecretKey(Result<SealedKey, Error>),
    Trusted(Certificate),
}

impl Keystore {
    /// Reads the structure; keys stay locked.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut cursor = Cursor::new(bytes, 4, WHAT);
        let version = cursor.number()?;
        if !matches!(version, 1 | 2) {
            return Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail: Reason::with("java-version", json!({ "version": version })),
            });
        }
        let seals = bytes.starts_with(&MAGIC_JCEKS);
        let count = cursor.number()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(StoredEntry::parse(&mut cursor, version == 2, seals)?);
        }
        let covered = cursor.before().to_vec();
        let digest = cursor.take(20)?.to_vec();
        Ok(Self {
            covered,
            digest,
            entries,
        })
    }

    fn confirms(&self, password: &Password) -> bool {
        equal(&integrity(password, &self.covered), &self.digest)
    }
}

fn integrity(password: &Password, covered: &[u8]) -> Vec<u8> {
    Digest::Sha1.of(&[password.utf16().expose(), WHITENER, covered])
}

impl StoredEntry {
    /// `typed`: certificates name their type. `seals`: there are secret keys.
    fn parse(cursor: &mut Cursor<'_>, typed: bool, seals: bool) -> Result<Self, Error> {
        let tag = cursor.number()?;
        let alias = cursor.text()?;
        cursor.take(8)?;
        let value = match tag {
            1 => StoredValue::PrivateKey {
                key: Protected::parse(cursor.block()?),
                chain: cursor.chain(typed)?,
            },
            2 => StoredValue::Trusted(cursor.certificate(typed)?),
            3 if seals => {
                let sealed = sealed::sealed_object(object::read(cursor)?)?;
                StoredValue::SecretKey(SealedKey::of(&sealed))
            }
            other => {
                let detail = Reason::with("entry-kind", json!({ "kind": other }));
                return Err(damaged(detail));
            }
        };
        Ok(Self { alias, value })
    }
}

impl Locked for Keystore {
    fn cost(&self) -> u64 {
        let one = |entry: &StoredEntry| match &entry.value {
            StoredValue::PrivateKey { key: Ok(key), .. } => key.cost(),
            StoredValue::SecretKey(Ok(key)) => key.cost(),
            _ => 0,
        };
        self.entries.iter().map(one).fold(0, u64::saturating_add)
    }

    fn maker(&self) -> Option<Maker> {
        Some(Maker::Java)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let mut opened = Opened::default();
        for StoredEntry { alias, value } in &self.entries {
            match value {
                StoredValue::Trusted(certificate) => opened.trusted(alias, certificate),
                StoredValue::PrivateKey { key, chain } => {
                    let unlocked = key
                        .as_ref()
                        .map_err(|error| error.clone().into())
                        .and_then(|key| key.unlock(passwords, keys));
                    opened.key(alias, unlocked, chain);
                }
                StoredValue::SecretKey(key) => {
                    let unlocked = key
                        .as_ref()
                        .map_err(|error| error.clone().into())
                        .and_then(|key| key.unlock(passwords, keys));
                    opened.key(alias, unlocked, &[]);
                }
            }
        }
        let confirmed = passwords.iter().any(|password| self.confirms(password));
        opened.judge(confirmed, passwords, WHAT)
    }
}

fn damaged(detail: impl Into<Reason>) -> Error {
    Error::Damaged {
        what: Some(WHAT),
        detail: detail.into(),
    }
}
