//! Contents to PFX.
//!
//! ```text
//! encryptedData  certificates: each chain, end-entity first, and the trusted ones, in the order of the entries
//! data           one shrouded key bag for each private key, in that order
//! friendlyName   on a key and its end-entity certificate (as OpenSSL does), and on a trusted certificate
//! localKeyId     on a key and its end-entity certificate: the certificate's SHA-1, as OpenSSL has it
//! trustedKeyUsage  on a trusted certificate: anyExtendedKeyUsage, as Java has it, which does not see it without
//! ```
//!
//! The writer is our own: p12-keystore 0.4.1 fails at a name beyond the Basic Multilingual Plane (here it is a surrogate
//! pair, as OpenSSL, NSS and Java write it), sorts the entries by alias, derives its keys itself, where the browser's own
//! PBKDF2 would be three times as fast, draws its own salts, wipes nothing, and has neither a password for keys alone nor a
//! choice of the MAC's digest. It reads what is written here, as the second reader of [`crate::convert`].
//!
//! A certificate that stands in several chains is written once. The end-entity's is written for every key that has it: Java
//! finds a key's certificate by localKeyId and alias together.

use std::sync::Arc;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use super::{
    CERT_BAG, DATA, ENCRYPTED_DATA, FRIENDLY_NAME, LOCAL_KEY_ID, SHROUDED_KEY_BAG,
    TRUSTED_KEY_USAGE, WHAT, X509_CERTIFICATE,
};
use crate::asn1::ber::{Oid, oids};
use crate::asn1::der::{Der, constructed, integer, list, object_identifier, sequence, tlv};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Purpose, Stop};
use crate::crypto::pbe::{self, Pbe, Sealed};
use crate::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue, identities};
use crate::model::certificate::Certificate;

oids! {
    /// anyExtendedKeyUsage (RFC 5280, 4.2.1.12)
    ANY_EXTENDED_KEY_USAGE = 4: 2 5 29 37 0;
}

/// A set of algorithms that a file is written with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// Triple DES and SHA-1: Windows Server 2016 and older, macOS Keychain, Java before 8u301.
    #[serde(rename = "legacy-3des")]
    Legacy3Des,
    /// AES-256 with PBKDF2-HMAC-SHA-256, MAC with SHA-256: OpenSSL 1.1 and later, Java 8u301 and later, Windows since 2019.
    #[default]
    #[serde(rename = "modern-2023")]
    Modern2023,
}

impl Profile {
    /// The digest of its MAC.
    pub fn mac(self) -> Digest {
        match self {
            Self::Legacy3Des => Digest::Sha1,
            Self::Modern2023 => Digest::Sha256,
        }
    }

    fn pbe(self, iterations: u32, random: &mut dyn CryptoRng) -> Pbe {
        match self {
            Self::Legacy3Des => Pbe::sha_triple_des(iterations, random),
            Self::Modern2023 => {
                let kdf = Kdf::Pbkdf2 {
                    digest: Digest::Sha256,
                    salt: pbe::drawn::<{ pbe::SALT }>(random).to_vec(),
                    iterations: iterations.into(),
                };
                Pbe::pbes2(Cipher::Aes256Cbc, kdf, random)
            }
        }
    }
}

/// What a file is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The algorithms.
    pub profile: Profile,
    /// The MAC's digest, where it is not the profile's own.
    pub mac: Option<Digest>,
    /// Iterations, of every encryption and of the MAC.
    pub iterations: u32,
}

/// A file that is to be written, with the salts and vectors that were drawn for it.
pub struct Writer {
    certificates: Pbe,
    keys: Vec<Pbe>,
    mac: Mac,
}

struct Mac {
    digest: Digest,
    salt: [u8; pbe::SALT],
    iterations: u64,
}

impl Writer {
    /// Draws salts and vectors for these entries.
    pub fn new(settings: Settings, entries: &[KeystoreEntry], random: &mut dyn CryptoRng) -> Self {
        let mut pbe = || settings.profile.pbe(settings.iterations, random);
        let identities = entries.iter().filter_map(KeystoreEntry::identity);
        Self {
            certificates: pbe(),
            keys: identities.map(|_| pbe()).collect(),
            mac: Mac {
                digest: settings.mac.unwrap_or(settings.profile.mac()),
                salt: pbe::drawn(random),
                iterations: settings.iterations.into(),
            },
        }
    }

    /// DER of the PFX. The entries are those that the writer was made for.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while keys are wanted, all of them at once.
    pub fn write(
        &self,
        entries: &[KeystoreEntry],
        passwords: KeystorePasswords<'_>,
        keys: &mut Keys,
    ) -> Result<Der, Stop> {
        // All are asked for before any is waited for.
        let certificates = self.certificates(entries, passwords.store, keys);
        let shrouded = self.shrouded_keys(entries, passwords.key, keys);
        let mac_key = self.mac.key(passwords.store, keys);
        let safes: Vec<_> = [certificates?, shrouded?].into_iter().flatten().collect();
        let auth_safe = list(0x30, &safes);
        let mac = self.mac.data(&mac_key?, &auth_safe);
        let content = content_info(DATA, &tlv(4, &auth_safe));
        Ok(sequence(&[&integer(&[3]), &content, &mac]))
    }

    /// The ContentInfo of certificates; `None` without certificates.
    fn certificates(
        &self,
        entries: &[KeystoreEntry],
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Option<Der>, Stop> {
        let mut bags = Vec::new();
        let mut links: Vec<&Arc<Certificate>> = Vec::new();
        for entry in entries {
            match &entry.value {
                KeystoreValue::PrivateKey { chain, .. } => {
                    let mut chain = chain.iter();
                    if let Some(leaf) = chain.next() {
                        let attributes = [friendly_name(&entry.alias), local_key_id(leaf)];
                        bags.push(certificate_bag(leaf, &attributes));
                    }
                    for link in chain {
                        if !links.contains(&link) {
                            bags.push(certificate_bag(link, &[]));
                            links.push(link);
                        }
                    }
                }
                KeystoreValue::TrustedCertificate(certificate) => {
                    let usage = object_identifier(ANY_EXTENDED_KEY_USAGE);
                    let attributes = [
                        friendly_name(&entry.alias),
                        attribute(TRUSTED_KEY_USAGE, &usage),
                    ];
                    bags.push(certificate_bag(certificate, &attributes));
                }
            }
        }
        if bags.is_empty() {
            return Ok(None);
        }
        let contents = list(0x30, &bags);
        let Sealed { algorithm, data } = self.certificates.lock(&contents, password, keys)?;
        let info = sequence(&[&object_identifier(DATA), &algorithm, &tlv(0x80, &data)]);
        let encrypted = sequence(&[&integer(&[]), &info]);
        Ok(Some(content_info(ENCRYPTED_DATA, &encrypted)))
    }

    /// The ContentInfo of keys; `None` without keys.
    fn shrouded_keys(
        &self,
        entries: &[KeystoreEntry],
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Option<Der>, Stop> {
        let identities = identities(entries, &self.keys, WHAT)?;
        if identities.is_empty() {
            return Ok(None);
        }
        let bags: Vec<Result<Der, Stop>> = identities
            .into_iter()
            .map(|one| {
                let plain = one.key.pkcs8().expose();
                let Sealed { algorithm, data } = one.drawn.lock(plain, password, keys)?;
                let value = sequence(&[&algorithm, &tlv(4, &data)]);
                let attributes: Vec<_> = std::iter::once(friendly_name(one.alias))
                    .chain(one.chain.first().map(|leaf| local_key_id(leaf)))
                    .collect();
                Ok(bag(SHROUDED_KEY_BAG, &value, &attributes))
            })
            .collect();
        let bags = bags.into_iter().collect::<Result<Vec<_>, _>>()?;
        let contents = list(0x30, &bags);
        Ok(Some(content_info(DATA, &tlv(4, &contents))))
    }
}

impl Mac {
    fn key(&self, password: &Password, keys: &mut Keys) -> Result<SecretDer, Stop> {
        let job = KdfJob {
            kdf: Kdf::Pkcs12 {
                digest: self.digest,
                purpose: Purpose::Mac,
                salt: self.salt.to_vec(),
                iterations: self.iterations,
            },
            password: password.bmp(),
            length: self.digest.size(),
        };
        keys.of(job).map(SecretDer::duplicate)
    }

    /// MacData.
    fn data(&self, key: &SecretDer, auth_safe: &[u8]) -> Der {
        let algorithm = sequence(&[&object_identifier(self.digest.oid()), &tlv(5, &[])]);
        let value = tlv(4, &self.digest.hmac(key.expose(), auth_safe));
        let iterations = integer(&self.iterations.to_be_bytes());
        sequence(&[
            &sequence(&[&algorithm, &value]),
            &tlv(4, &self.salt),
            &iterations,
        ])
    }
}

fn content_info(kind: Oid<'_>, content: &[u8]) -> Der {
    sequence(&[&object_identifier(kind), &tlv(0xa0, content)])
}

fn certificate_bag(certificate: &Certificate, attributes: &[Der]) -> Der {
    let octets = tlv(0xa0, &tlv(4, certificate.der()));
    let value = sequence(&[&object_identifier(X509_CERTIFICATE), &octets]);
    bag(CERT_BAG, &value, attributes)
}

fn bag(kind: Oid<'_>, value: &[u8], attributes: &[Der]) -> Der {
    // DER has the elements of a SET OF in the order of their bytes (X.690, 11.6).
    let mut sorted: Vec<&[u8]> = attributes.iter().map(|one| one.as_slice()).collect();
    sorted.sort_unstable();
    let set = match sorted.is_empty() {
        true => Der::default(),
        false => constructed(0x31, &sorted),
    };
    sequence(&[&object_identifier(kind), &tlv(0xa0, value), &set])
}

fn attribute(kind: Oid<'_>, value: &[u8]) -> Der {
    sequence(&[&object_identifier(kind), &tlv(0x31, value)])
}

/// A BMPString; what lies beyond the BMP as a surrogate pair.
fn friendly_name(alias: &str) -> Der {
    let units: Vec<u8> = alias.encode_utf16().flat_map(u16::to_be_bytes).collect();
    attribute(FRIENDLY_NAME, &tlv(0x1e, &units))
}

fn local_key_id(leaf: &Certificate) -> Der {
    attribute(LOCAL_KEY_ID, &tlv(4, &Digest::Sha1.of(&[leaf.der()])))
}
