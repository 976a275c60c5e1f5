//! The entries of a BouncyCastle keystore, and the keys in them, sealed or not.

use std::sync::Arc;

use super::{WHAT, derived};
use serde_json::json;

use crate::base::error::{Error, Reason};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::cipher::Cipher;
use crate::crypto::kdf::{Keys, Purpose, Stop};
use crate::crypto::pbe;
use crate::format::java::{Cursor, Opened};
use crate::format::pkcs8;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;
use crate::model::store::{SecretKey, Value};

/// One entry.
pub(super) struct Entry {
    alias: String,
    chain: Vec<Certificate>,
    value: Stored,
}

enum Stored {
    Certificate(Certificate),
    Key(Result<Value, Error>),
    Sealed {
        salt: Vec<u8>,
        iterations: u64,
        data: Vec<u8>,
    },
}

impl Entry {
    /// Entries up to the zero byte that ends them.
    pub(super) fn parse_all(cursor: &mut Cursor<'_>) -> Result<Vec<Self>, Error> {
        let mut entries = Vec::new();
        loop {
            match cursor.byte()? {
                0 => return Ok(entries),
                kind => entries.push(Self::parse(kind, cursor)?),
            }
        }
    }

    fn parse(kind: u8, cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let alias = cursor.text()?;
        cursor.take(8)?;
        let chain = cursor.chain(true)?;
        let value = match kind {
            1 => Stored::Certificate(cursor.certificate(true)?),
            2 => Stored::Key(StoredKey::parse(cursor)?.open()),
            // Only the program that stored these bytes knows what they are.
            3 => Stored::Key(Ok(secret("stored value".into(), cursor.block()?))),
            4 => {
                let block = cursor.block()?;
                let mut inner = Cursor::new(block, 0, WHAT);
                let mut read = || -> Result<_, Error> {
                    Ok((inner.block()?.to_vec(), u64::from(inner.number()?)))
                };
                match read() {
                    Ok((salt, iterations)) if iterations > 0 => Stored::Sealed {
                        salt,
                        iterations,
                        data: inner.rest().to_vec(),
                    },
                    _ => return Err(cursor.damaged("sealed-short")),
                }
            }
            other => {
                return Err(cursor.damaged(Reason::with("entry-kind", json!({ "kind": other }))));
            }
        };
        Ok(Self {
            alias,
            chain,
            value,
        })
    }

    pub(super) fn cost(&self) -> u64 {
        match self.value {
            Stored::Sealed { iterations, .. } => iterations,
            _ => 0,
        }
    }

    pub(super) fn unlock(&self, passwords: &[Password], keys: &mut Keys, opened: &mut Opened) {
        let unlocked = match &self.value {
            Stored::Certificate(certificate) => return opened.trusted(&self.alias, certificate),
            Stored::Key(key) => key.clone().map_err(Stop::Failed),
            Stored::Sealed {
                salt,
                iterations,
                data,
            } => unseal((salt, *iterations), data, passwords, keys),
        };
        opened.key(&self.alias, unlocked, &self.chain);
    }
}

/// PBEWithSHAAnd3-KeyTripleDES-CBC.
fn unseal(
    from: (&[u8], u64),
    data: &[u8],
    passwords: &[Password],
    keys: &mut Keys,
) -> Result<Value, Stop> {
    let cipher = Cipher::TripleDes3Cbc;
    for password in passwords {
        for encoded in pbe::pkcs12_encodings(password) {
            let mut one = |purpose, length| {
                derived(from, purpose, length, &encoded, keys).map(SecretDer::duplicate)
            };
            let (key, iv) = (
                one(Purpose::Key, cipher.key_size()),
                one(Purpose::Iv, cipher.iv_size()),
            );
            let plain = cipher.decrypt(key?.expose(), iv?.expose(), data)?;
            if let Some(value) = plain.as_ref().map(accept).transpose()?.flatten() {
                return Ok(value);
            }
        }
    }
    Err(pbe::refused(WHAT, passwords).into())
}

/// The key in the decrypted bytes; `None` where there is no key, so that the password was wrong.
fn accept(plain: &SecretDer) -> Result<Option<Value>, Error> {
    let mut cursor = Cursor::new(plain.expose(), 0, WHAT);
    match StoredKey::parse(&mut cursor) {
        Ok(key) if cursor.rest().is_empty() => match key.kind {
            0 => {
                let key = pkcs8::accept(SecretDer::new(key.bytes.to_vec()))?;
                Ok(key.map(|key| Value::PrivateKey(Arc::new(key))))
            }
            _ => key.open().map(Some),
        },
        _ => Ok(None),
    }
}

struct StoredKey<'a> {
    kind: u8,
    format: String,
    algorithm: String,
    bytes: &'a [u8],
}

impl<'a> StoredKey<'a> {
    fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Error> {
        Ok(Self {
            kind: cursor.byte()?,
            format: cursor.text()?,
            algorithm: cursor.text()?,
            bytes: cursor.block()?,
        })
    }

    fn open(self) -> Result<Value, Error> {
        match (self.kind, &*self.format) {
            (0, "PKCS#8" | "PKCS8") => {
                Ok(Value::PrivateKey(Arc::new(PrivateKey::parse(self.bytes)?)))
            }
            (1, "X.509" | "X509") => Ok(Value::PublicKey(self.bytes.to_vec())),
            (2, "RAW") => Ok(secret(self.algorithm, self.bytes)),
            _ => Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail: "key-encoding".into(),
            }),
        }
    }
}

fn secret(algorithm: String, bytes: &[u8]) -> Value {
    Value::SecretKey(Arc::new(SecretKey {
        algorithm,
        bytes: SecretDer::new(bytes.to_vec()),
    }))
}
