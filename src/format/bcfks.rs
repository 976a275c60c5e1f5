//! BouncyCastle's FIPS keystore. There is no standard; this is what its `BcFKSKeyStoreSpi` (1.72) reads and writes.
//!
//! ```text
//! ObjectStore     ::= SEQUENCE { CHOICE { EncryptedStore, ObjectStoreData }, CHOICE { PbkdMac, [0] signature } }
//! EncryptedStore  ::= SEQUENCE { AlgorithmIdentifier, OCTET STRING }              of an ObjectStoreData
//! ObjectStoreData ::= SEQUENCE { version INTEGER, integrityAlgorithm, created, modified, SEQUENCE OF ObjectData, comment }
//! ObjectData      ::= SEQUENCE { kind INTEGER, alias UTF8String, created, modified, OCTET STRING, comment }
//! PbkdMac         ::= SEQUENCE { macAlgorithm, keyDerivationFunc, mac OCTET STRING }      over the first part of all
//! kind 0            Certificate
//! kind 1 and 3      SEQUENCE { EncryptedPrivateKeyInfo, SEQUENCE OF Certificate }
//! kind 2 and 4      SEQUENCE { AlgorithmIdentifier, OCTET STRING }    of SEQUENCE { algorithm OID, key OCTET STRING }
//! ```
//!
//! Every encryption is PBES2 with AES-256 in CCM (RFC 5084) or key wrap with padding (RFC 5649). Trap: what PBKDF2 or scrypt
//! is given is no password but two BMPStrings with their closing zeros, the password's and that of the key's purpose.

mod entry;
mod seal;

use entry::Entry;
use seal::Seal;

use crate::asn1::ber::{self, INTEGER, Node, OCTET_STRING, OID, SEQUENCE, Tag};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer, equal};
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;
use crate::format::java::Opened;
use crate::model::store::{Contents, Locked};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Bcfks;

/// Most bytes of a MAC's key; BouncyCastle takes 64.
const LONGEST_KEY: usize = 1024;

/// Whether this is an ObjectStore: two SEQUENCEs or a SEQUENCE and a `[0]`, the first of them an EncryptedStore or an
/// ObjectStoreData, the second a PbkdMac.
pub(crate) fn is_store(node: &Node<'_>) -> bool {
    let tags = |node: &Node<'_>| -> Vec<Tag> { node.nodes().iter().map(|part| part.tag).collect() };
    let Ok([data, integrity]) = node.sequence().map(|parts| parts.rest()) else {
        return false;
    };
    let data_fits = match tags(data).as_slice() {
        [SEQUENCE, OCTET_STRING] => data
            .nodes()
            .first()
            .is_some_and(|algorithm| tags(algorithm).first() == Some(&OID)),
        // GeneralizedTime
        [INTEGER, SEQUENCE, time, _, SEQUENCE, ..] => *time == Tag::universal(24),
        _ => false,
    };
    data_fits
        && (integrity.tag == Tag::context(0)
            || tags(integrity) == [SEQUENCE, SEQUENCE, OCTET_STRING])
}

/// The structure of a keystore.
pub(crate) struct Keystore {
    data: Data,
    /// What the MAC covers.
    covered: Vec<u8>,
    digest: Digest,
    kdf: Kdf,
    /// Bytes of the MAC's key.
    length: usize,
    mac: Vec<u8>,
}

enum Data {
    Encrypted(Seal),
    Plain(Vec<u8>),
}

/// What a key is derived for: a part of what it is derived of.
#[derive(Clone, Copy)]
enum Purpose {
    Integrity,
    PrivateKey,
    SecretKey,
    Store,
}

impl Purpose {
    /// The password in the bytes that a key for this purpose is derived of.
    fn salted(self, password: &SecretDer) -> SecretDer {
        let purpose = match self {
            Self::Integrity => "INTEGRITY_CHECK",
            Self::PrivateKey => "PRIVATE_KEY_ENCRYPTION",
            Self::SecretKey => "SECRET_KEY_ENCRYPTION",
            Self::Store => "STORE_ENCRYPTION",
        };
        let purpose = Password::new(purpose.into()).bmp();
        SecretDer::new([password.expose(), purpose.expose()].concat())
    }
}

impl Keystore {
    /// Reads the structure; all of it may stay locked.
    pub(crate) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let fault = |fault: ber::Fault| fault.of(WHAT);
        let mut parts = node.sequence().map_err(fault)?;
        let (data, integrity) = (parts.next().map_err(fault)?, parts.next().map_err(fault)?);
        if integrity.tag == Tag::context(0) {
            return Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail: "signature-integrity".into(),
            });
        }
        let (algorithm, function, mac) = (|| -> ber::Result<_> {
            let mut parts = integrity.sequence()?;
            let algorithm = parts.next()?.sequence()?.next()?.oid()?;
            Ok((
                algorithm,
                parts.next()?,
                parts.next()?.octets()?.into_owned(),
            ))
        })()
        .map_err(fault)?;
        let digest =
            Digest::of_hmac_oid(algorithm).ok_or_else(|| pbe::unsupported_algorithm(algorithm))?;
        let (kdf, length) = pbe::key_derivation(function, WHAT)?;
        let length = match length.map(usize::try_from) {
            Some(Ok(length @ 1..=LONGEST_KEY)) => length,
            _ => {
                return Err(Error::Damaged {
                    what: Some(WHAT),
                    detail: "mac-key-size".into(),
                });
            }
        };
        Ok(Self {
            data: match data.nodes().first() {
                Some(version) if version.tag == INTEGER => Data::Plain(data.raw.to_vec()),
                _ => Data::Encrypted(Seal::parse(data)?),
            },
            covered: data.raw.to_vec(),
            digest,
            kdf,
            length,
            mac,
        })
    }

    fn confirms(&self, encoded: &SecretDer, keys: &mut Keys) -> Result<bool, Stop> {
        let job = KdfJob {
            kdf: self.kdf.clone(),
            password: Purpose::Integrity.salted(encoded),
            length: self.length,
        };
        let key = keys.of(job)?;
        Ok(equal(
            &self.digest.hmac(key.expose(), &self.covered),
            &self.mac,
        ))
    }
}

impl Locked for Keystore {
    fn cost(&self) -> u64 {
        let data = match &self.data {
            Data::Encrypted(seal) => seal.cost(),
            Data::Plain(_) => 0,
        };
        self.kdf.iterations().saturating_add(data)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        for password in passwords {
            for encoded in pbe::pkcs12_encodings(password) {
                if !self.confirms(&encoded, keys)? {
                    continue;
                }
                match &self.data {
                    Data::Plain(data) => {
                        return unlock_all(data, passwords, keys)?.judge(true, passwords, WHAT);
                    }
                    Data::Encrypted(seal) => {
                        if let Some(data) = seal.open(Purpose::Store, &encoded, keys)? {
                            return unlock_all(data.expose(), passwords, keys)?
                                .judge(true, passwords, WHAT);
                        }
                    }
                }
            }
        }
        match &self.data {
            Data::Plain(data) => unlock_all(data, passwords, keys)?.judge(false, passwords, WHAT),
            Data::Encrypted(_) => Err(pbe::refused(WHAT, passwords).into()),
        }
    }
}

/// Reads an ObjectStoreData and opens what is in it.
fn unlock_all(data: &[u8], passwords: &[Password], keys: &mut Keys) -> Result<Opened, Error> {
    let fault = |fault: ber::Fault| fault.of(WHAT);
    let node = Node::parse(data).map_err(fault)?;
    let entries = || -> ber::Result<_> {
        let mut parts = node.sequence()?;
        for _ in ["version", "integrityAlgorithm", "created", "modified"] {
            parts.next()?;
        }
        Ok(parts.next()?.sequence()?.rest())
    };
    let mut opened = Opened::default();
    for node in entries().map_err(fault)? {
        Entry::parse(node)?.unlock(passwords, keys, &mut opened);
    }
    Ok(opened)
}
