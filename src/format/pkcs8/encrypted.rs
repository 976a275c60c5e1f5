//! Encrypted keys: EncryptedPrivateKeyInfo (RFC 5958, section 3), read and written.

use pkcs8::pkcs5::pbes2;

use super::{PrivateKey, WHAT_ENCRYPTED};
use crate::ber::{self, Node, OCTET_STRING};
use crate::cipher::{Cipher, encrypt_aes256_cbc};
use crate::digest::Digest;
use crate::error::Error;
use crate::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::pbe::Pbe;
use crate::secret::{Password, SecretDer};
use crate::store::{Contents, Item, Locked, Value};

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
        .map_err(|fault| fault.of(WHAT_ENCRYPTED))?;
        Ok(Self {
            pbe: Pbe::parse(algorithm, WHAT_ENCRYPTED)?,
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
        self.pbe
            .unlock(&self.data, passwords, keys, WHAT_ENCRYPTED, accept)
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

/// Encryption of a key that is to be written: PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC. What OpenSSL, Java 8 and later,
/// .NET and Anaplan Connect read; `pkcs8`'s own default is scrypt, which Java cannot.
pub(crate) struct Encryption {
    salt: [u8; 16],
    iv: [u8; 16],
    iterations: u32,
}

impl Encryption {
    /// With a salt and a vector drawn from the source.
    pub(crate) fn new(iterations: u32, random: &mut dyn rand_core::CryptoRng) -> Self {
        let (mut salt, mut iv) = ([0; 16], [0; 16]);
        random.fill_bytes(&mut salt);
        random.fill_bytes(&mut iv);
        Self {
            salt,
            iv,
            iterations,
        }
    }

    /// DER of the EncryptedPrivateKeyInfo.
    pub(crate) fn write(
        &self,
        key: &PrivateKey,
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Vec<u8>, Stop> {
        let job = KdfJob {
            kdf: Kdf::Pbkdf2 {
                digest: Digest::Sha256,
                salt: self.salt.to_vec(),
                iterations: self.iterations.into(),
            },
            password: password.utf8(),
            length: Cipher::Aes256Cbc.key_size(),
        };
        let derived = keys.of(job)?;
        let unwritten = || Error::Unverified {
            name: "the encrypted key".into(),
        };
        let data = encrypt_aes256_cbc(derived.expose(), &self.iv, key.pkcs8().expose())
            .ok_or_else(unwritten)?;
        let parameters = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(
            self.iterations,
            &self.salt,
            self.iv,
        )
        .map_err(|_| unwritten())?;
        let encrypted = pkcs8::EncryptedPrivateKeyInfoRef {
            encryption_algorithm: parameters.into(),
            encrypted_data: pkcs8::der::asn1::OctetStringRef::new(&data)
                .map_err(|_| unwritten())?,
        };
        Ok(pkcs8::der::Encode::to_der(&encrypted).map_err(|_| unwritten())?)
    }
}
