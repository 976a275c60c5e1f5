//! What is locked here: the way back, for the few ciphers and functions that files are written with.

use rand_core::CryptoRng;

use super::{PBES2, PBES2_CIPHERS, PBKDF2, PKCS12, Pbe, SCRYPT, Scheme};
use crate::asn1::der::{Der, integer, object_identifier, sequence, tlv};
use crate::base::error::Error;
use crate::base::secret::Password;
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, Keys, Stop};

/// Bytes of a salt that is drawn here: as many as OpenSSL 3 and NSS take, and twice what RFC 8018, 4.1 asks for.
pub const SALT: usize = 16;

/// Bytes from the source: salts and vectors.
pub fn drawn<const N: usize>(random: &mut dyn CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill_bytes(&mut bytes);
    bytes
}

/// What locking gives.
pub struct Sealed {
    /// DER of the AlgorithmIdentifier.
    pub algorithm: Der,
    /// The encrypted bytes.
    pub data: Vec<u8>,
}

impl Pbe {
    /// PBES2; its vector is drawn.
    pub fn pbes2(cipher: Cipher, kdf: Kdf, random: &mut dyn CryptoRng) -> Self {
        let mut iv = vec![0; cipher.iv_size()];
        random.fill_bytes(&mut iv);
        Self {
            scheme: Scheme::Pbes2 { kdf, iv },
            cipher,
        }
    }

    /// pbeWithSHAAnd3-KeyTripleDES-CBC; its salt is drawn.
    pub fn sha_triple_des(iterations: u32, random: &mut dyn CryptoRng) -> Self {
        Self {
            scheme: Scheme::Pkcs12 {
                digest: Digest::Sha1,
                salt: drawn::<SALT>(random).to_vec(),
                iterations: iterations.into(),
            },
            cipher: Cipher::TripleDes3Cbc,
        }
    }

    /// Encrypts, with the password in the bytes that the standard says.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while a key is wanted; [`Error::Internal`] for a combination that nothing is written with.
    pub fn lock(&self, plain: &[u8], password: &Password, keys: &mut Keys) -> Result<Sealed, Stop> {
        let algorithm = self.algorithm().ok_or(Error::Internal {
            detail: "no-writer",
        })?;
        let encoded = self.encodings(password).swap_remove(0);
        let (key, iv) = self.key_and_iv(&encoded, keys)?;
        let data = self.cipher.encrypt(key.expose(), iv.expose(), plain)?;
        Ok(Sealed { algorithm, data })
    }

    /// The AlgorithmIdentifier; `None` where there is no identifier for one of its parts.
    fn algorithm(&self) -> Option<Der> {
        match &self.scheme {
            Scheme::Pbes1 { .. } => None,
            Scheme::Pbes2 { kdf, iv } => {
                let row = PBES2_CIPHERS.iter().find(|row| row.1 == self.cipher)?;
                let scheme = sequence(&[&object_identifier(row.0), &tlv(4, iv)]);
                let parameters = sequence(&[&function(kdf)?, &scheme]);
                Some(sequence(&[&object_identifier(PBES2), &parameters]))
            }
            Scheme::Pkcs12 {
                digest,
                salt,
                iterations,
            } => {
                let row = PKCS12
                    .iter()
                    .find(|row| (row.1, row.2) == (*digest, self.cipher))?;
                let parameters = sequence(&[&tlv(4, salt), &number(*iterations)]);
                Some(sequence(&[&object_identifier(row.0), &parameters]))
            }
        }
    }
}

/// A KeyDerivationFunc. The key length is left out: the cipher says it, and OpenSSL leaves it out too.
fn function(kdf: &Kdf) -> Option<Der> {
    match kdf {
        Kdf::Pbkdf2 {
            digest,
            salt,
            iterations,
        } => {
            // hmacWithSHA1 is the default, which DER leaves out.
            let prf = match digest {
                Digest::Sha1 => Der::default(),
                other => sequence(&[&object_identifier(other.hmac_oid()?), &tlv(5, &[])]),
            };
            let parameters = sequence(&[&tlv(4, salt), &number(*iterations), &prf]);
            Some(sequence(&[&object_identifier(PBKDF2), &parameters]))
        }
        Kdf::Scrypt { salt, log_n, r, p } => {
            let n = 1_u64.checked_shl((*log_n).into())?;
            let (r, p) = (number((*r).into()), number((*p).into()));
            let parameters = sequence(&[&tlv(4, salt), &number(n), &r, &p]);
            Some(sequence(&[&object_identifier(SCRYPT), &parameters]))
        }
        _ => None,
    }
}

fn number(value: u64) -> Der {
    integer(&value.to_be_bytes())
}
