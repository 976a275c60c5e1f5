//! Java's own keystores. There is no standard; this is what OpenJDK's `sun.security.provider.JavaKeyStore` reads and writes.
//!
//! ```text
//! FEEDFEED (JKS) or CECECECE (JCEKS), version 1 or 2, count, entry*, SHA-1
//! entry = 1, alias, date, length, EncryptedPrivateKeyInfo, count, certificate*      private key entry
//!       | 2, alias, date, certificate                                              trusted certificate entry
//! certificate = type (version 2 only), length, DER
//! SHA-1 over: password in UTF-16BE, "Mighty Aphrodite", all that comes before
//! ```
//!
//! Numbers are big-endian, 32 bits; dates 64 bits, milliseconds since 1970; alias and type are modified UTF-8 behind a
//! 16-bit length. A key is XORed with a chain of SHA-1 digests over its password: one round, so the password is all that
//! protects it. The keystore's digest can be checked or left; a certificate is readable without any password.
//!
//! The crate `jks` 0.3.3 gets Unicode wrong, trusts counts with 206 GB and panics on bad keys, so this is our own.
//! Java looks aliases up in lower case, so an alias that is stored in upper case is never found: the writer lowers it.

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::ber::{self, Fault, Node, OCTET_STRING, oids};
use crate::digest::Digest;
use crate::error::{Error, Finding, Severity};
use crate::format::pkcs8::{EncryptedKey, PrivateKey};
use crate::format::x509::Certificate;
use crate::kdf::{Keys, Stop};
use crate::pbe;
use crate::secret::{Password, SecretDer, equal};
use crate::store::{Contents, Item, Locked, Value};

/// What the format is called in a message.
pub(crate) const WHAT: &str = "a Java keystore (.jks)";
/// The first four bytes of a JKS.
pub(crate) const MAGIC_JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
/// The first four bytes of a JCEKS.
pub(crate) const MAGIC_JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];

const WHITENER: &[u8] = b"Mighty Aphrodite";

oids! {
    /// Sun's key protector of JKS.
    KEY_PROTECTOR = 10: 1 3 6 1 4 1 42 2 17 1 1;
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
    Trusted(Certificate),
}

/// A private key as it stands in the keystore.
enum Protected {
    /// Sun's XOR with a chain of digests.
    Sun(Vec<u8>),
    /// Any other EncryptedPrivateKeyInfo.
    Pbe(EncryptedKey),
}

impl Keystore {
    /// Reads the structure; keys stay locked.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut cursor = Cursor { bytes, at: 4 };
        let version = cursor.number()?;
        if !matches!(version, 1 | 2) {
            return Err(Error::UnsupportedForm {
                what: WHAT,
                detail: format!("of version {version}; there are 1 and 2"),
            });
        }
        let count = cursor.number()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(StoredEntry::parse(&mut cursor, version)?);
        }
        let covered = bytes[..cursor.at].to_vec();
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
    fn parse(cursor: &mut Cursor<'_>, version: u32) -> Result<Self, Error> {
        let tag = cursor.number()?;
        let alias = cursor.text()?;
        cursor.take(8)?;
        let value = match tag {
            1 => {
                let key = cursor.block()?;
                let key = Protected::parse(key);
                let count = cursor.number()?;
                let chain = (0..count)
                    .map(|_| cursor.certificate(version))
                    .collect::<Result<_, _>>()?;
                StoredValue::PrivateKey { key, chain }
            }
            2 => StoredValue::Trusted(cursor.certificate(version)?),
            other => return Err(damaged(format!("an entry is of the unknown kind {other}"))),
        };
        Ok(Self { alias, value })
    }
}

impl Protected {
    fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let inside = |fault: Fault| match fault {
            Fault::CutOff => damaged("a key ends before its length says".into()),
            other => other.of(WHAT),
        };
        let node = Node::parse(bytes).map_err(inside)?;
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            let kind = parts.next()?.sequence()?.next()?.oid()?;
            Ok((kind, parts.next()?.primitive(OCTET_STRING)?))
        };
        match read().map_err(inside)? {
            (KEY_PROTECTOR, data) if data.len() < 40 => {
                Err(damaged("a protected key is too short to be one".into()))
            }
            (KEY_PROTECTOR, data) => Ok(Self::Sun(data.to_vec())),
            _ => EncryptedKey::parse(&node).map(Self::Pbe),
        }
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<PrivateKey, Stop> {
        match self {
            Self::Pbe(key) => key.unlock_key(passwords, keys),
            Self::Sun(data) => {
                for password in passwords {
                    if let Some(plain) = unprotect(data, password) {
                        return Ok(PrivateKey::parse(plain.expose())?);
                    }
                }
                Err(pbe::refused(WHAT, passwords).into())
            }
        }
    }
}

/// `salt (20) ‖ key ⊕ stream ‖ SHA-1(password ‖ key)`, where the stream is a chain of digests that the salt starts.
fn unprotect(data: &[u8], password: &Password) -> Option<SecretDer> {
    let (salt, rest) = data.split_at_checked(20)?;
    let (hidden, check) = rest.split_at_checked(rest.len().checked_sub(20)?)?;
    let password = password.utf16();
    let plain = SecretDer::new(keystream(hidden, salt, &password));
    equal(
        &Digest::Sha1.of(&[password.expose(), plain.expose()]),
        check,
    )
    .then_some(plain)
}

fn protect(key: &SecretDer, password: &Password, salt: &[u8; 20]) -> Vec<u8> {
    let password = password.utf16();
    let hidden = keystream(key.expose(), salt, &password);
    let check = Digest::Sha1.of(&[password.expose(), key.expose()]);
    [&salt[..], &hidden, &check].concat()
}

fn keystream(data: &[u8], salt: &[u8], password: &SecretDer) -> Vec<u8> {
    let mut digest = Zeroizing::new(salt.to_vec());
    let mut out = data.to_vec();
    for block in out.chunks_mut(20) {
        *digest = Digest::Sha1.of(&[password.expose(), &digest]);
        block
            .iter_mut()
            .zip(digest.iter())
            .for_each(|(byte, mask)| *byte ^= mask);
    }
    out
}

impl Locked for Keystore {
    fn cost(&self) -> u64 {
        let one = |entry: &StoredEntry| match &entry.value {
            StoredValue::PrivateKey {
                key: Ok(Protected::Pbe(key)),
                ..
            } => key.cost(),
            _ => 0,
        };
        self.entries.iter().map(one).fold(0, u64::saturating_add)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let confirmed = passwords.iter().any(|password| self.confirms(password));
        let mut contents = Contents::default();
        let mut derive = false;
        let mut opened_keys = 0;
        for (index, entry) in self.entries.iter().enumerate() {
            let item = |value| Item {
                alias: Some(entry.alias.clone()),
                trusted: true,
                ..Item::new(value)
            };
            match &entry.value {
                StoredValue::Trusted(certificate) => {
                    contents
                        .items
                        .push(item(Value::Certificate(Arc::new(certificate.clone()))));
                }
                StoredValue::PrivateKey { key, chain } => {
                    // The chain stands inside the key's own entry: its first certificate claims to be the key's.
                    let tie = Some(index.to_be_bytes().to_vec());
                    let unlocked = match key {
                        Ok(key) => key.unlock(passwords, keys),
                        Err(error) => Err(error.clone().into()),
                    };
                    match unlocked {
                        Ok(key) => {
                            opened_keys += 1;
                            let key = item(Value::PrivateKey(Arc::new(key)));
                            contents.items.push(Item {
                                local_key_id: tie.clone(),
                                ..key
                            });
                        }
                        Err(Stop::Derive) => derive = true,
                        Err(Stop::Failed(error)) => {
                            contents.locked.push((Some(entry.alias.clone()), error))
                        }
                    }
                    for (at, link) in chain.iter().enumerate() {
                        let link = Item::new(Value::Certificate(Arc::new(link.clone())));
                        contents.items.push(Item {
                            local_key_id: tie.clone().filter(|_| at == 0),
                            ..link
                        });
                    }
                }
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        if confirmed {
            for (alias, error) in &mut contents.locked {
                *error = error.clone().of_part(alias.as_ref());
            }
        } else {
            self.judge_unconfirmed(passwords, opened_keys, &mut contents)?;
        }
        Ok(contents)
    }
}

impl Keystore {
    /// No password fits the digest. With none given, certificates are still shown, and said to be unchecked; a key that
    /// opened proves the file changed or that the store's password is another.
    fn judge_unconfirmed(
        &self,
        passwords: &[Password],
        opened: usize,
        contents: &mut Contents,
    ) -> Result<(), Error> {
        let has_keys = opened > 0 || !contents.locked.is_empty();
        let typed = passwords
            .iter()
            .any(|password| !password.expose().is_empty());
        if (typed || has_keys) && opened == 0 {
            return Err(pbe::refused(WHAT, passwords));
        }
        contents.findings.push(Finding::new(
            Severity::Warning,
            "integrity-unchecked",
            "no password given fits the keystore's own check value, so nobody can tell whether it was changed",
            "type the keystore's password to have it checked",
            serde_json::json!({}),
        ));
        Ok(())
    }
}

/// Reads numbers, texts and blocks; a length is held against the bytes that are there before anything is allocated.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let taken = self.bytes[self.at..]
            .get(..length)
            .ok_or(Error::Truncated { what: WHAT })?;
        self.at += length;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        Ok(self
            .take(4)?
            .iter()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
    }

    fn block(&mut self) -> Result<&'a [u8], Error> {
        let length = self.number()?;
        self.take(length as usize)
    }

    fn text(&mut self) -> Result<String, Error> {
        let length = self
            .take(2)?
            .iter()
            .fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        let bytes = self.take(length)?;
        from_modified_utf8(bytes).ok_or_else(|| damaged("a name in it is not text".into()))
    }

    fn certificate(&mut self, version: u32) -> Result<Certificate, Error> {
        if version == 2 {
            let kind = self.text()?;
            if kind != "X.509" {
                return Err(Error::UnsupportedForm {
                    what: WHAT,
                    detail: "with a certificate that is not X.509".into(),
                });
            }
        }
        Certificate::parse(self.block()?)
            .map_err(|_| damaged("a certificate in it cannot be read".into()))
    }
}

fn damaged(detail: String) -> Error {
    Error::Damaged { what: WHAT, detail }
}

/// Java's modified UTF-8: UTF-16 units of one to three bytes each, zero as two bytes.
fn from_modified_utf8(bytes: &[u8]) -> Option<String> {
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    let tail = |rest: &mut std::slice::Iter<'_, u8>| {
        rest.next()
            .filter(|&&byte| byte & 0xc0 == 0x80)
            .map(|&byte| u16::from(byte & 0x3f))
    };
    while let Some(&first) = rest.next() {
        units.push(match first {
            0x00..=0x7f => u16::from(first),
            0xc0..=0xdf => u16::from(first & 0x1f) << 6 | tail(&mut rest)?,
            0xe0..=0xef => u16::from(first & 0x0f) << 12 | tail(&mut rest)? << 6 | tail(&mut rest)?,
            _ => return None,
        });
    }
    Some(String::from_utf16_lossy(&units))
}

fn to_modified_utf8(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match unit {
            1..=0x7f => bytes.push(unit as u8),
            0 | 0x80..=0x7ff => {
                bytes.extend([0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8])
            }
            _ => bytes.extend([
                0xe0 | (unit >> 12) as u8,
                0x80 | (unit >> 6 & 0x3f) as u8,
                0x80 | (unit & 0x3f) as u8,
            ]),
        }
    }
    bytes
}

/// An identity that is to be written.
pub(crate) struct Identity<'a> {
    /// The alias; it is lowered.
    pub(crate) alias: &'a str,
    /// The private key.
    pub(crate) key: &'a PrivateKey,
    /// Its chain, end-entity first.
    pub(crate) chain: &'a [Arc<Certificate>],
    /// Salt of the key's protection.
    pub(crate) salt: [u8; 20],
}

/// Writes a JKS of version 2; each key has the keystore's password, since that is what most programs try on it.
/// `at` is the entries' date, in milliseconds since 1970.
pub(crate) fn write(identities: &[Identity<'_>], password: &Password, at: i64) -> Vec<u8> {
    let number = |value: usize| (value as u32).to_be_bytes();
    let text = |text: &str| {
        let bytes = to_modified_utf8(text);
        [&(bytes.len() as u16).to_be_bytes()[..], &bytes].concat()
    };
    let block = |bytes: &[u8]| [&number(bytes.len())[..], bytes].concat();
    let mut out = [&MAGIC_JKS[..], &number(2), &number(identities.len())].concat();
    for identity in identities {
        let algorithm = ber::sequence(&[&ber::object_identifier(KEY_PROTECTOR), &ber::tlv(5, &[])]);
        let protected = ber::tlv(4, &protect(identity.key.pkcs8(), password, &identity.salt));
        out.extend(number(1));
        out.extend(text(&identity.alias.to_lowercase()));
        out.extend(at.to_be_bytes());
        out.extend(block(&ber::sequence(&[&algorithm, &protected])));
        out.extend(number(identity.chain.len()));
        for certificate in identity.chain {
            out.extend(text("X.509"));
            out.extend(block(certificate.der()));
        }
    }
    let digest = integrity(password, &out);
    out.extend(digest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modified_utf8_both_ways() {
        let text = "a\0ß日😀";
        let bytes = to_modified_utf8(text);
        assert_eq!(bytes[1..3], [0xc0, 0x80]);
        assert_eq!(bytes.len(), 1 + 2 + 2 + 3 + 6);
        assert_eq!(from_modified_utf8(&bytes).as_deref(), Some(text));
        assert_eq!(from_modified_utf8(&[0xff]), None);
        assert_eq!(from_modified_utf8(&[0xe3, 0x81]), None);
    }
}
