//! The entries of a BCFKS.

use std::sync::Arc;

use super::{Purpose, Seal, WHAT};
use serde_json::json;

use crate::asn1::ber::{self, Node, OCTET_STRING, oids};
use crate::base::error::{Error, Reason};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Keys, Stop};
use crate::format::java::Opened;
use crate::format::pkcs8::{self, EncryptedKey};
use crate::model::certificate::Certificate;
use crate::model::store::{SecretKey, Value};

oids! {
    /// aes
    AES = 8: 2 16 840 1 101 3 4 1;
    /// des-EDE3-CBC
    DES_EDE3 = 8: 1 2 840 113549 3 7;
}

/// One entry.
pub(super) struct Entry {
    alias: String,
    value: Stored,
}

enum Stored {
    Certificate(Certificate),
    PrivateKey {
        key: Result<SealedKey, Error>,
        chain: Vec<Certificate>,
    },
    SecretKey(Result<Seal, Error>),
}

/// A private key: sealed by the keystore, or brought along sealed by somebody else.
enum SealedKey {
    Keystore(Seal),
    Other(EncryptedKey),
}

impl Entry {
    /// Reads an ObjectData.
    pub(super) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let (kind, alias, data) = (|| -> ber::Result<_> {
            let mut parts = node.sequence()?;
            let (kind, alias) = (parts.next()?.count()?, parts.next()?.contents());
            for _ in ["created", "modified"] {
                parts.next()?;
            }
            Ok((kind, alias, parts.next()?.tagged(OCTET_STRING)?.octets()?))
        })()
        .map_err(|fault| fault.of(WHAT))?;
        let value = match kind {
            0 => Stored::Certificate(certificate(&data)?),
            1 | 3 => private_key(&data)?,
            2 | 4 => {
                let node = Node::parse(&data).map_err(|fault| fault.of(WHAT))?;
                Stored::SecretKey(Seal::parse(&node))
            }
            other => {
                return Err(Error::Damaged {
                    what: Some(WHAT),
                    detail: Reason::with("entry-kind", json!({ "kind": other })),
                });
            }
        };
        Ok(Self {
            alias: String::from_utf8_lossy(alias).into_owned(),
            value,
        })
    }

    pub(super) fn unlock(&self, passwords: &[Password], keys: &mut Keys, opened: &mut Opened) {
        let no_key = |error: &Error| Stop::Failed(error.clone());
        match &self.value {
            Stored::Certificate(certificate) => opened.trusted(&self.alias, certificate),
            Stored::PrivateKey { key, chain } => {
                let unlocked = key.as_ref().map_err(no_key).and_then(|key| match key {
                    SealedKey::Keystore(seal) => {
                        seal.unlock(Purpose::PrivateKey, passwords, keys, pkcs8::accept)
                    }
                    SealedKey::Other(key) => key.unlock_key(passwords, keys),
                });
                let value = unlocked.map(|key| Value::PrivateKey(Arc::new(key)));
                opened.key(&self.alias, value, chain);
            }
            Stored::SecretKey(seal) => {
                let unlocked = seal
                    .as_ref()
                    .map_err(no_key)
                    .and_then(|seal| seal.unlock(Purpose::SecretKey, passwords, keys, secret_key));
                let value = unlocked.map(|key| Value::SecretKey(Arc::new(key)));
                opened.key(&self.alias, value, &[]);
            }
        }
    }
}

fn certificate(der: &[u8]) -> Result<Certificate, Error> {
    Certificate::parse(der).map_err(|_| Error::Damaged {
        what: Some(WHAT),
        detail: "entry-certificate".into(),
    })
}

fn private_key(data: &[u8]) -> Result<Stored, Error> {
    let fault = |fault: ber::Fault| fault.of(WHAT);
    let node = Node::parse(data).map_err(fault)?;
    let (key, chain) = (|| -> ber::Result<_> {
        let mut parts = node.sequence()?;
        Ok((parts.next()?, parts.next()?.sequence()?.rest()))
    })()
    .map_err(fault)?;
    let sealed = match Seal::parse(key) {
        Err(Error::UnsupportedAlgorithm { .. }) => EncryptedKey::parse(key).map(SealedKey::Other),
        seal => seal.map(SealedKey::Keystore),
    };
    Ok(Stored::PrivateKey {
        key: sealed,
        chain: chain
            .iter()
            .map(|link| certificate(link.raw))
            .collect::<Result<_, _>>()?,
    })
}

/// SecretKeyData: algorithm and raw key.
fn secret_key(plain: SecretDer) -> Result<Option<SecretKey>, Error> {
    let read = || -> ber::Result<_> {
        let node = Node::parse(plain.expose())?;
        let mut parts = node.sequence()?;
        let algorithm = match parts.next()?.oid()? {
            AES => "AES".to_owned(),
            DES_EDE3 => "DESede".to_owned(),
            other => match Digest::of_hmac_oid(other) {
                Some(digest) => format!("HMAC with {}", digest.name()),
                None => other.to_string(),
            },
        };
        Ok(SecretKey {
            algorithm,
            bytes: SecretDer::new(parts.next()?.octets()?.into_owned()),
        })
    };
    read().map(Some).map_err(|fault| fault.of(WHAT))
}
