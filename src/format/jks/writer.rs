//! Writes a keystore of version 2, as JKS or as JCEKS; private keys and trusted certificates, in the order given.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::protection::{Jce, protect};
use super::{KEY_PROTECTOR, MAGIC_JCEKS, MAGIC_JKS, WHAT, integrity};
use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::crypto::kdf::{Keys, Stop};
use crate::crypto::pbe::drawn;
use crate::format::java::to_modified_utf8;
use crate::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue, identities};
use crate::model::certificate::Certificate;

/// Java's own kinds of keystore.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JavaKeystore {
    /// Keys under a chain of SHA-1 digests, one round for each: the password alone protects them.
    #[default]
    Jks,
    /// Keys under Triple DES by PBEWithMD5AndTripleDES; Java takes only ASCII passwords for them.
    Jceks,
}

/// A keystore that is to be written, with the salts that were drawn for it.
pub struct Writer {
    kind: JavaKeystore,
    salts: Vec<Salt>,
}

/// For each key: JKS takes all of it, JCEKS the first eight bytes.
type Salt = [u8; 20];

impl Writer {
    /// Draws salts for these entries.
    pub fn new(kind: JavaKeystore, entries: &[KeystoreEntry], random: &mut dyn CryptoRng) -> Self {
        let identities = entries.iter().filter_map(KeystoreEntry::identity);
        Self {
            kind,
            salts: identities.map(|_| drawn(random)).collect(),
        }
    }

    /// The keystore's bytes. The entries are those that the writer was made for; `at` is their date, in milliseconds since
    /// 1970.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while keys are wanted, all of them at once; [`Error::NoCertificate`] for a key without a chain, which
    /// Java's private key entries cannot be, and [`Error::AliasUnfit`] for an alias that is longer than a length field says.
    pub fn write(
        &self,
        entries: &[KeystoreEntry],
        passwords: KeystorePasswords<'_>,
        at: i64,
        keys: &mut Keys,
    ) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let magic = match self.kind {
            JavaKeystore::Jks => MAGIC_JKS,
            JavaKeystore::Jceks => MAGIC_JCEKS,
        };
        let mut protected = self.protected(entries, passwords, keys)?.into_iter();
        let mut out = [&magic[..], &number(2)?, &number(entries.len())?].concat();
        for entry in entries {
            let tag = match entry.value {
                KeystoreValue::PrivateKey { .. } => 1,
                KeystoreValue::TrustedCertificate(_) => 2,
            };
            out.extend(number(tag)?);
            out.extend(text(&entry.alias.to_lowercase())?);
            out.extend(at.to_be_bytes());
            match &entry.value {
                KeystoreValue::PrivateKey { chain, .. } => {
                    if chain.is_empty() {
                        return Err(Error::NoCertificate.into());
                    }
                    let key = protected.next().ok_or(Error::Internal {
                        detail: "not-encrypted",
                    })?;
                    out.extend(block(&key)?);
                    out.extend(number(chain.len())?);
                    for link in chain {
                        out.extend(typed(link)?);
                    }
                }
                KeystoreValue::TrustedCertificate(certificate) => out.extend(typed(certificate)?),
            }
        }
        let digest = integrity(passwords.store, &out);
        out.extend(digest);
        Ok(Zeroizing::new(out))
    }

    /// DER of an EncryptedPrivateKeyInfo for each private key.
    fn protected(
        &self,
        entries: &[KeystoreEntry],
        passwords: KeystorePasswords<'_>,
        keys: &mut Keys,
    ) -> Result<Vec<Der>, Stop> {
        let identities = identities(entries, &self.salts, WHAT)?;
        let protected: Vec<Result<Der, Stop>> = identities
            .into_iter()
            .map(|one| match self.kind {
                JavaKeystore::Jks => {
                    let oid = der::object_identifier(KEY_PROTECTOR);
                    let algorithm = der::sequence(&[&oid, &der::tlv(5, &[])]);
                    let data = protect(one.key.pkcs8(), passwords.key, one.drawn);
                    Ok(der::sequence(&[&algorithm, &der::tlv(4, &data)]))
                }
                JavaKeystore::Jceks => {
                    let &[a, b, c, d, e, f, g, h, ..] = one.drawn;
                    Jce::write(
                        one.key.pkcs8(),
                        passwords.key,
                        [a, b, c, d, e, f, g, h],
                        keys,
                    )
                }
            })
            .collect();
        protected.into_iter().collect()
    }
}

fn number(value: usize) -> Result<[u8; 4], Error> {
    let limit = u32::MAX;
    let number = u32::try_from(value).map_err(|_| Error::TooLarge {
        limit: limit.into(),
    });
    number.map(u32::to_be_bytes)
}

fn text(text: &str) -> Result<Vec<u8>, Error> {
    let bytes = to_modified_utf8(text);
    let length = u16::try_from(bytes.len()).map_err(|_| Error::AliasUnfit {
        rule: "alias-too-long",
    })?;
    Ok([&length.to_be_bytes()[..], &bytes].concat())
}

fn block(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    Ok([&number(bytes.len())?[..], bytes].concat())
}

fn typed(certificate: &Certificate) -> Result<Vec<u8>, Error> {
    Ok([text("X.509")?, block(certificate.der())?].concat())
}
