//! OpenSSH's own keys: PROTOCOL.key of the OpenSSH sources, with the encodings of RFC 4251 and RFC 4253.
//!
//! ```text
//! "openssh-key-v1" 00 · string cipher · string kdf · string kdfoptions · uint32 count
//! string public key × count · string private part [· tag of an authenticated cipher]
//! private part  uint32 check · uint32 check · (string kind, numbers, string comment) × count · 01 02 03 …
//! kdfoptions of bcrypt  string salt · uint32 rounds
//! public key    string kind · numbers
//! ```
//!
//! The two check numbers are equal where the password is right; the padding counts up. Each key is put into PKCS#8 and read
//! as any other, so that it must hold together; RSA's two exponents of the Chinese remainder are computed, since only the
//! rest of them is in the file. The comment becomes the alias. ssh-key, the crate for this, derives while it decrypts, which
//! would go past [`Keys`].

use crate::base::error::Error;
use crate::base::format::{Format, Maker};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;
use crate::model::store::{Contents, Item, Locked, Value};

mod cipher;
mod key;
mod wire;
mod writer;

use cipher::Cipher;
pub(crate) use key::{is_public_key, public_key};
use wire::Wire;
pub use writer::{Writer, public_line};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::OpenSsh;
/// What every private key begins with.
pub(crate) const MAGIC: &[u8] = b"openssh-key-v1\0";

/// More keys than this are in no file; the programs write one.
const KEY_LIMIT: u32 = 64;

/// A file between its two phases.
pub(crate) struct Keyfile {
    /// In a box of its own: the room that a lock would take holds, where there is none, what the stack held before, and that
    /// may be a part of a key.
    lock: Option<Box<Lock>>,
    count: u32,
    private: SecretDer,
}

struct Lock {
    cipher: Cipher,
    kdf: Kdf,
    tag: Vec<u8>,
}

impl Keyfile {
    /// Reads what is outside the encryption.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`] with the name of a cipher or KDF that is not supported.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut wire = Wire::new(bytes.strip_prefix(MAGIC).unwrap_or(bytes), WHAT);
        let (cipher, function) = (wire.string()?, wire.string()?);
        let mut options = Wire::new(wire.string()?, WHAT);
        let count = wire.number()?;
        if count == 0 || count > KEY_LIMIT {
            return Err(wire.damaged("key-count"));
        }
        for _ in 0..count {
            wire.string()?;
        }
        let private = SecretDer::new(wire.string()?.to_vec());
        let lock = match (cipher, function) {
            (b"none", _) => None,
            (cipher, b"bcrypt") => {
                let cipher = Cipher::of(cipher)?;
                let (salt, rounds) = (options.string()?.to_vec(), options.number()?);
                if salt.is_empty() || rounds == 0 {
                    return Err(wire.damaged("kdf-empty"));
                }
                Some(Box::new(Lock {
                    cipher,
                    kdf: Kdf::BcryptPbkdf { salt, rounds },
                    tag: wire.bytes(cipher.tag_size())?.to_vec(),
                }))
            }
            (_, other) => {
                return Err(Error::UnsupportedAlgorithm {
                    algorithm: format!("The key derivation “{}”", String::from_utf8_lossy(other)),
                });
            }
        };
        Ok(Self {
            lock,
            count,
            private,
        })
    }

    /// The keys of the private part; `None` where its check numbers say that it was decrypted with another key.
    fn keys(&self, private: &SecretDer) -> Result<Option<Contents>, Error> {
        let mut wire = Wire::new(private.expose(), WHAT);
        match (wire.number(), wire.number()) {
            (Ok(one), Ok(other)) if one == other => {}
            _ if self.lock.is_some() => return Ok(None),
            _ => return Err(wire.damaged("check-numbers")),
        }
        let mut items = Vec::new();
        for _ in 0..self.count {
            let key = key::private(&mut wire)?;
            let comment = String::from_utf8_lossy(wire.string()?).into_owned();
            items.push(Item {
                alias: Some(comment).filter(|comment| !comment.is_empty()),
                ..Item::new(Value::PrivateKey(key.into()))
            });
        }
        let padding = wire.rest();
        match (1..).zip(padding).all(|(count, &byte)| count == byte) {
            true => Ok(Some(Contents::of(items))),
            false => Err(wire.damaged("padding")),
        }
    }
}

impl Locked for Keyfile {
    fn cost(&self) -> u64 {
        self.lock.as_ref().map_or(0, |lock| lock.kdf.iterations())
    }

    fn maker(&self) -> Option<Maker> {
        Some(Maker::OpenSsh)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let Some(lock) = &self.lock else {
            let contents = self.keys(&self.private)?;
            return contents.ok_or(Stop::Failed(Error::Truncated { what: Some(WHAT) }));
        };
        // bcrypt takes no empty password, and OpenSSH writes a key without encryption for one.
        for password in passwords
            .iter()
            .filter(|password| !password.expose().is_empty())
        {
            let job = KdfJob {
                kdf: lock.kdf.clone(),
                password: password.utf8(),
                length: lock.cipher.key_size() + lock.cipher.iv_size(),
            };
            let derived = keys.of(job)?;
            let (key, iv) = derived.expose().split_at(lock.cipher.key_size());
            let plain = lock
                .cipher
                .decrypt(key, iv, self.private.expose(), &lock.tag)?;
            if let Some(contents) = plain.map(|plain| self.keys(&plain)).transpose()?.flatten() {
                return Ok(contents);
            }
        }
        Err(pbe::refused(WHAT, passwords).into())
    }
}
