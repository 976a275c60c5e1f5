//! Encrypted keys: EncryptedPrivateKeyInfo (RFC 5958, section 3), read and written.

use crate::asn1::ber::{self, Node, OCTET_STRING};
use crate::asn1::der;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer};
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, Keys, Stop};
use crate::crypto::pbe::{self, Pbe, Sealed};
use crate::model::private_key::PrivateKey;
use crate::model::store::{Contents, Item, Locked, Value};

/// What an encrypted key is called in a message.
pub(crate) const WHAT: Format = Format::EncryptedPkcs8;

/// An encrypted key between its two phases.
pub(crate) struct EncryptedKey {
    pbe: Pbe,
    data: Vec<u8>,
}

impl EncryptedKey {
    /// Reads an EncryptedPrivateKeyInfo.
    pub(crate) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let (algorithm, data) = (|| -> ber::Result<_> {
            let mut parts = node.sequence()?;
            let algorithm = parts.next()?;
            Ok((
                algorithm,
                parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned(),
            ))
        })()
        .map_err(|fault| fault.of(WHAT))?;
        Ok(Self {
            pbe: Pbe::parse(algorithm, WHAT)?,
            data,
        })
    }

    /// The iterations of one try.
    pub(crate) fn cost(&self) -> u64 {
        self.pbe.cost()
    }

    /// The key inside.
    pub(crate) fn unlock_key(
        &self,
        passwords: &[Password],
        keys: &mut Keys,
    ) -> Result<PrivateKey, Stop> {
        self.pbe.unlock(&self.data, passwords, keys, WHAT, accept)
    }
}

impl Locked for EncryptedKey {
    fn cost(&self) -> u64 {
        self.cost()
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        Ok(Contents::of(vec![Item::new(Value::PrivateKey(
            self.unlock_key(passwords, keys)?.into(),
        ))]))
    }
}

/// What a decrypted text gives as a key: nothing where it is no key (the password is another), an error where it is one
/// that contradicts itself.
pub(crate) fn accept(plain: SecretDer) -> Result<Option<PrivateKey>, Error> {
    match PrivateKey::parse(plain.expose()) {
        Ok(key) => Ok(Some(key)),
        Err(error @ (Error::InconsistentKey { .. } | Error::UnsupportedForm { .. })) => Err(error),
        Err(_) => Ok(None),
    }
}

/// A cipher for keys, in CBC mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyCipher {
    /// FIPS 197, 16-byte key
    Aes128,
    /// FIPS 197, 32-byte key
    Aes256,
    /// FIPS 46-3, three keys: for programs that know no AES
    TripleDes,
}

/// What makes the cipher's key of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyDerivation {
    /// RFC 8018, 5.2
    Pbkdf2 {
        /// The digest under HMAC: SHA-1, SHA-256 or SHA-512 in practice.
        prf: Digest,
        /// Iteration count.
        iterations: u32,
    },
    /// RFC 7914, which Java does not read.
    Scrypt {
        /// log2 of the cost N.
        log_n: u8,
        /// Block size.
        r: u32,
        /// Parallelisation.
        p: u32,
    },
}

/// What is laid over a key that is to be written, its salt and vector drawn. PBES2 by AES-256 with PBKDF2 and HMAC-SHA-256 is what OpenSSL,
/// Java 8 and later, .NET and Anaplan Connect read.
pub struct Encryption(Pbe);

impl Encryption {
    /// PBES2, with a salt and a vector drawn from the source.
    pub fn new(
        cipher: KeyCipher,
        derivation: KeyDerivation,
        random: &mut dyn rand_core::CryptoRng,
    ) -> Self {
        let cipher = match cipher {
            KeyCipher::Aes128 => Cipher::Aes128Cbc,
            KeyCipher::Aes256 => Cipher::Aes256Cbc,
            KeyCipher::TripleDes => Cipher::TripleDes3Cbc,
        };
        let salt = pbe::drawn::<{ pbe::SALT }>(random).to_vec();
        let kdf = match derivation {
            KeyDerivation::Pbkdf2 { prf, iterations } => Kdf::Pbkdf2 {
                digest: prf,
                salt,
                iterations: iterations.into(),
            },
            KeyDerivation::Scrypt { log_n, r, p } => Kdf::Scrypt { salt, log_n, r, p },
        };
        Self(Pbe::pbes2(cipher, kdf, random))
    }

    /// pbeWithSHAAnd3-KeyTripleDES-CBC, with a salt drawn from the source: what every Java reads by its name.
    pub fn sha_triple_des(iterations: u32, random: &mut dyn rand_core::CryptoRng) -> Self {
        Self(Pbe::sha_triple_des(iterations, random))
    }

    /// DER of the EncryptedPrivateKeyInfo.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while a key is wanted.
    pub fn write(
        &self,
        key: &PrivateKey,
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Vec<u8>, Stop> {
        let Sealed { algorithm, data } = self.0.lock(key.pkcs8().expose(), password, keys)?;
        Ok(der::public(der::sequence(&[
            &algorithm,
            &der::tlv(4, &data),
        ])))
    }
}
