//! Password-based encryption: what an AlgorithmIdentifier says about key, cipher and vector, and what a derived key opens.
//!
//! ```text
//! PBES1, PKCS#5   pbeWith<digest>And<cipher>-CBC      SEQUENCE { salt, iterationCount }     RFC 8018, A.3
//! PBES1, PKCS#12  pbeWithSHAAnd<cipher>               SEQUENCE { salt, iterations }         RFC 7292, appendix C
//! PBES2           SEQUENCE { keyDerivationFunc, encryptionScheme }                          RFC 8018, A.4
//! ```
//!
//! Traps: the PKCS#12 kind takes the password as a BMPString with two closing zero bytes, PBES2 as UTF-8, and programs of
//! the field got each of them wrong at some time; the empty password is two zero bytes to some and no bytes to others. So
//! every encoding is tried in turn, the right one first, and the first that gives what the caller can read has won.

mod lock;
mod names;
mod pbmac1;

pub(crate) use self::lock::{SALT, Sealed, drawn};
pub(crate) use self::names::unsupported_algorithm;
pub(crate) use self::pbmac1::Pbmac1;
use crate::asn1::ber::{self, Node, OCTET_STRING, Oid, oids};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer};
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Purpose, Stop};

oids! {
    /// id-PBES2
    PBES2 = 9: 1 2 840 113549 1 5 13;
    /// id-PBKDF2
    PBKDF2 = 9: 1 2 840 113549 1 5 12;
    /// id-PBMAC1
    PBMAC1 = 9: 1 2 840 113549 1 5 14;
    SCRYPT = 9: 1 3 6 1 4 1 11591 4 11;
    AES128_CBC = 9: 2 16 840 1 101 3 4 1 2;
    AES192_CBC = 9: 2 16 840 1 101 3 4 1 22;
    /// aes256-CBC-PAD
    AES256_CBC = 9: 2 16 840 1 101 3 4 1 42;
    AES128_GCM = 9: 2 16 840 1 101 3 4 1 6;
    AES192_GCM = 9: 2 16 840 1 101 3 4 1 26;
    AES256_GCM = 9: 2 16 840 1 101 3 4 1 46;
    ARIA128_CBC = 9: 1 2 410 200046 1 1 2;
    ARIA192_CBC = 9: 1 2 410 200046 1 1 7;
    ARIA256_CBC = 9: 1 2 410 200046 1 1 12;
    BLOWFISH_CBC = 9: 1 3 6 1 4 1 3029 1 2;
    CAMELLIA128_CBC = 11: 1 2 392 200011 61 1 1 1 2;
    CAMELLIA192_CBC = 11: 1 2 392 200011 61 1 1 1 3;
    CAMELLIA256_CBC = 11: 1 2 392 200011 61 1 1 1 4;
    CAST5_CBC = 9: 1 2 840 113533 7 66 10;
    DES_CBC = 5: 1 3 14 3 2 7;
    DES_EDE3_CBC = 8: 1 2 840 113549 3 7;
    RC2_CBC = 8: 1 2 840 113549 3 2;
    RC4 = 8: 1 2 840 113549 3 4;
    IDEA_CBC = 11: 1 3 6 1 4 1 188 7 1 1 2;
    SM4_CBC = 8: 1 2 156 10197 1 104 2;
    AES128_ECB = 9: 2 16 840 1 101 3 4 1 1;
    AES192_ECB = 9: 2 16 840 1 101 3 4 1 21;
    AES256_ECB = 9: 2 16 840 1 101 3 4 1 41;
    ARIA128_ECB = 9: 1 2 410 200046 1 1 1;
    ARIA192_ECB = 9: 1 2 410 200046 1 1 6;
    ARIA256_ECB = 9: 1 2 410 200046 1 1 11;
    CAMELLIA128_ECB = 8: 0 3 4401 5 3 1 9 1;
    CAMELLIA192_ECB = 8: 0 3 4401 5 3 1 9 21;
    CAMELLIA256_ECB = 8: 0 3 4401 5 3 1 9 41;
    DES_ECB = 5: 1 3 14 3 2 6;
    IDEA_ECB = 11: 1 3 6 1 4 1 188 7 1 1 1;
    SM4_ECB = 8: 1 2 156 10197 1 104 1;
    MD2_DES = 9: 1 2 840 113549 1 5 1;
    MD5_DES = 9: 1 2 840 113549 1 5 3;
    MD2_RC2 = 9: 1 2 840 113549 1 5 4;
    MD5_RC2 = 9: 1 2 840 113549 1 5 6;
    SHA1_DES = 9: 1 2 840 113549 1 5 10;
    SHA1_RC2 = 9: 1 2 840 113549 1 5 11;
    SHA_RC4_128 = 10: 1 2 840 113549 1 12 1 1;
    SHA_RC4_40 = 10: 1 2 840 113549 1 12 1 2;
    /// pbeWithSHAAnd3-KeyTripleDES-CBC
    SHA_3DES3 = 10: 1 2 840 113549 1 12 1 3;
    SHA_3DES2 = 10: 1 2 840 113549 1 12 1 4;
    SHA_RC2_128 = 10: 1 2 840 113549 1 12 1 5;
    SHA_RC2_40 = 10: 1 2 840 113549 1 12 1 6;
    /// pbeWithSHAAnd128BitAES-CBC-BC and its kin: BouncyCastle's own
    BC_SHA1_AES128 = 13: 1 3 6 1 4 1 22554 1 1 2 1 2;
    BC_SHA1_AES192 = 13: 1 3 6 1 4 1 22554 1 1 2 1 22;
    BC_SHA1_AES256 = 13: 1 3 6 1 4 1 22554 1 1 2 1 42;
    BC_SHA256_AES128 = 14: 1 3 6 1 4 1 22554 1 2 1 2 1 2;
    BC_SHA256_AES192 = 14: 1 3 6 1 4 1 22554 1 2 1 2 1 22;
    BC_SHA256_AES256 = 14: 1 3 6 1 4 1 22554 1 2 1 2 1 42;
}

const RC2_64: Cipher = Cipher::Rc2Cbc { key: 8, bits: 64 };

const PKCS5: [(Oid<'static>, Digest, Cipher); 6] = [
    (MD2_DES, Digest::Md2, Cipher::DesCbc),
    (MD5_DES, Digest::Md5, Cipher::DesCbc),
    (MD2_RC2, Digest::Md2, RC2_64),
    (MD5_RC2, Digest::Md5, RC2_64),
    (SHA1_DES, Digest::Sha1, Cipher::DesCbc),
    (SHA1_RC2, Digest::Sha1, RC2_64),
];

const PKCS12: [(Oid<'static>, Digest, Cipher); 12] = [
    (SHA_RC4_128, Digest::Sha1, Cipher::Rc4 { key: 16 }),
    (SHA_RC4_40, Digest::Sha1, Cipher::Rc4 { key: 5 }),
    (SHA_3DES3, Digest::Sha1, Cipher::TripleDes3Cbc),
    (SHA_3DES2, Digest::Sha1, Cipher::TripleDes2Cbc),
    (
        SHA_RC2_128,
        Digest::Sha1,
        Cipher::Rc2Cbc { key: 16, bits: 128 },
    ),
    (
        SHA_RC2_40,
        Digest::Sha1,
        Cipher::Rc2Cbc { key: 5, bits: 40 },
    ),
    (BC_SHA1_AES128, Digest::Sha1, Cipher::Aes128Cbc),
    (BC_SHA1_AES192, Digest::Sha1, Cipher::Aes192Cbc),
    (BC_SHA1_AES256, Digest::Sha1, Cipher::Aes256Cbc),
    (BC_SHA256_AES128, Digest::Sha256, Cipher::Aes128Cbc),
    (BC_SHA256_AES192, Digest::Sha256, Cipher::Aes192Cbc),
    (BC_SHA256_AES256, Digest::Sha256, Cipher::Aes256Cbc),
];

/// The ciphers of PBES2 whose keys have one size.
const PBES2_CIPHERS: [(Oid<'static>, Cipher); 28] = [
    (AES128_CBC, Cipher::Aes128Cbc),
    (AES192_CBC, Cipher::Aes192Cbc),
    (AES256_CBC, Cipher::Aes256Cbc),
    (AES128_GCM, Cipher::AesGcm { key: 16 }),
    (AES192_GCM, Cipher::AesGcm { key: 24 }),
    (AES256_GCM, Cipher::AesGcm { key: 32 }),
    (ARIA128_CBC, Cipher::AriaCbc { key: 16 }),
    (ARIA192_CBC, Cipher::AriaCbc { key: 24 }),
    (ARIA256_CBC, Cipher::AriaCbc { key: 32 }),
    (CAMELLIA128_CBC, Cipher::CamelliaCbc { key: 16 }),
    (CAMELLIA192_CBC, Cipher::CamelliaCbc { key: 24 }),
    (CAMELLIA256_CBC, Cipher::CamelliaCbc { key: 32 }),
    (DES_CBC, Cipher::DesCbc),
    (DES_EDE3_CBC, Cipher::TripleDes3Cbc),
    (IDEA_CBC, Cipher::IdeaCbc),
    (SM4_CBC, Cipher::Sm4Cbc),
    (AES128_ECB, ecb(&Cipher::Aes128Cbc)),
    (AES192_ECB, ecb(&Cipher::Aes192Cbc)),
    (AES256_ECB, ecb(&Cipher::Aes256Cbc)),
    (ARIA128_ECB, ecb(&Cipher::AriaCbc { key: 16 })),
    (ARIA192_ECB, ecb(&Cipher::AriaCbc { key: 24 })),
    (ARIA256_ECB, ecb(&Cipher::AriaCbc { key: 32 })),
    (CAMELLIA128_ECB, ecb(&Cipher::CamelliaCbc { key: 16 })),
    (CAMELLIA192_ECB, ecb(&Cipher::CamelliaCbc { key: 24 })),
    (CAMELLIA256_ECB, ecb(&Cipher::CamelliaCbc { key: 32 })),
    (DES_ECB, ecb(&Cipher::DesCbc)),
    (IDEA_ECB, ecb(&Cipher::IdeaCbc)),
    (SM4_ECB, ecb(&Cipher::Sm4Cbc)),
];

const fn ecb(of: &'static Cipher) -> Cipher {
    Cipher::Ecb { of }
}

/// How something is encrypted with a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pbe {
    scheme: Scheme,
    cipher: Cipher,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Scheme {
    /// One derivation of key and vector, of at most one digest.
    Pbes1 {
        digest: Digest,
        salt: Vec<u8>,
        iterations: u64,
    },
    /// The vector stands in the parameters.
    Pbes2 { kdf: Kdf, iv: Vec<u8> },
    /// Two derivations, of key and of vector.
    Pkcs12 {
        digest: Digest,
        salt: Vec<u8>,
        iterations: u64,
    },
}

impl Pbe {
    /// Reads an AlgorithmIdentifier.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`] with the name of what is not supported; [`Error::Damaged`] where the parameters are not
    /// what the algorithm wants, an iteration count of zero and a vector of the wrong length among them.
    pub fn parse(algorithm: &Node<'_>, what: Format) -> Result<Self, Error> {
        Self::read(algorithm).map_err(|problem| match problem {
            Problem::Fault(fault) => fault.of(what),
            Problem::Error(error) => error,
        })
    }

    fn read(algorithm: &Node<'_>) -> Result<Self, Problem> {
        let mut parts = algorithm.sequence()?;
        let oid = parts.next()?.oid()?;
        if oid == PBES2 {
            return Self::read_pbes2(parts.next()?);
        }
        if let Some(&(_, digest, cipher)) = PKCS5.iter().find(|row| row.0 == oid) {
            let (salt, iterations) = salt_and_iterations(parts.next()?)?;
            return Ok(Self {
                scheme: Scheme::Pbes1 {
                    digest,
                    salt,
                    iterations,
                },
                cipher,
            });
        }
        if let Some(&(_, digest, cipher)) = PKCS12.iter().find(|row| row.0 == oid) {
            let (salt, iterations) = salt_and_iterations(parts.next()?)?;
            return Ok(Self {
                scheme: Scheme::Pkcs12 {
                    digest,
                    salt,
                    iterations,
                },
                cipher,
            });
        }
        Err(unsupported(oid))
    }

    fn read_pbes2(parameters: &Node<'_>) -> Result<Self, Problem> {
        let mut parts = parameters.sequence()?;
        let (kdf, key_length) = read_kdf(parts.next()?)?;
        let mut scheme = parts.next()?.sequence()?;
        let oid = scheme.next()?.oid()?;
        let parameters = scheme.rest().first();
        let Some(parameters) = parameters else {
            return Err(match names::named(oid) {
                Some(_) => unsupported(oid),
                None => ber::Fault::Malformed("iv-missing").into(),
            });
        };
        let (cipher, iv) = match oid {
            RC2_CBC => read_rc2(parameters, key_length)?,
            CAST5_CBC => read_cast5(parameters, key_length)?,
            BLOWFISH_CBC => {
                let key = variable(key_length, 4..=56);
                (Cipher::BlowfishCbc { key }, read_iv(parameters)?)
            }
            RC4 => {
                let key = variable(key_length, 5..=16);
                (Cipher::Rc4 { key }, read_iv(parameters)?)
            }
            _ => {
                let row = PBES2_CIPHERS.iter().find(|row| row.0 == oid);
                let cipher = row.map(|row| row.1);
                (
                    cipher.ok_or_else(|| unsupported(oid))?,
                    read_iv(parameters)?,
                )
            }
        };
        if key_length.is_some_and(|length| length != cipher.key_size() as u64) {
            return Err(ber::Fault::Malformed("key-length").into());
        }
        if iv.len() != cipher.iv_size() {
            return Err(ber::Fault::Malformed("iv-length").into());
        }
        Ok(Self {
            scheme: Scheme::Pbes2 { kdf, iv },
            cipher,
        })
    }

    /// Iterations that one try of one password costs, as the file states them.
    pub fn cost(&self) -> u64 {
        match &self.scheme {
            Scheme::Pbes1 { iterations, .. } | Scheme::Pkcs12 { iterations, .. } => *iterations,
            Scheme::Pbes2 { kdf, .. } => kdf.iterations(),
        }
    }

    /// Tries passwords in turn, in every encoding that files of the field were written with; gives what `accept` makes of
    /// the first plain text that it can read.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while a key is wanted; [`Error::PasswordNeeded`] or [`Error::WrongPassword`] when none opens it.
    pub fn unlock<T>(
        &self,
        data: &[u8],
        passwords: &[Password],
        keys: &mut Keys,
        what: Format,
        mut accept: impl FnMut(SecretDer) -> Result<Option<T>, Error>,
    ) -> Result<T, Stop> {
        for password in passwords {
            for encoded in self.encodings(password) {
                let Some(plain) = self.decrypt(data, &encoded, keys)? else {
                    continue;
                };
                if let Some(contents) = accept(plain)? {
                    return Ok(contents);
                }
            }
        }
        Err(refused(what, passwords).into())
    }

    /// The plain bytes; `None` where the padding says that the password is another.
    pub fn decrypt(
        &self,
        data: &[u8],
        encoded: &SecretDer,
        keys: &mut Keys,
    ) -> Result<Option<SecretDer>, Stop> {
        let (key, iv) = self.key_and_iv(encoded, keys)?;
        Ok(self.cipher.decrypt(key.expose(), iv.expose(), data)?)
    }

    fn key_and_iv(
        &self,
        encoded: &SecretDer,
        keys: &mut Keys,
    ) -> Result<(SecretDer, SecretDer), Stop> {
        let mut derived = |kdf: Kdf, length: usize| {
            let job = KdfJob {
                kdf,
                password: encoded.duplicate(),
                length,
            };
            keys.of(job).map(SecretDer::duplicate)
        };
        match &self.scheme {
            Scheme::Pbes1 {
                digest,
                salt,
                iterations,
            } => {
                let kdf = Kdf::BytesToKey {
                    digest: *digest,
                    salt: salt.clone(),
                    iterations: *iterations,
                };
                let both = derived(kdf, 16)?;
                let (key, iv) = both.expose().split_at(8);
                Ok((key.to_vec().into(), iv.to_vec().into()))
            }
            Scheme::Pbes2 { kdf, iv } => Ok((
                derived(kdf.clone(), self.cipher.key_size())?,
                iv.clone().into(),
            )),
            Scheme::Pkcs12 {
                digest,
                salt,
                iterations,
            } => {
                let mut one = |purpose, length| match length {
                    0 => Ok(SecretDer::new(Vec::new())),
                    _ => derived(
                        Kdf::Pkcs12 {
                            digest: *digest,
                            purpose,
                            salt: salt.clone(),
                            iterations: *iterations,
                        },
                        length,
                    ),
                };
                let (key, iv) = (
                    one(Purpose::Key, self.cipher.key_size()),
                    one(Purpose::Iv, self.cipher.iv_size()),
                );
                Ok((key?, iv?))
            }
        }
    }

    fn encodings(&self, password: &Password) -> Vec<SecretDer> {
        match self.scheme {
            Scheme::Pkcs12 { .. } => pkcs12_encodings(password),
            Scheme::Pbes1 { .. } | Scheme::Pbes2 { .. } => pbes2_encodings(password),
        }
    }
}

/// The error for something locked that none of these passwords opens: what was typed is counted, and not what was made of
/// it.
pub fn refused(what: Format, passwords: &[Password]) -> Error {
    let trimmed: Vec<Password> = passwords.iter().filter_map(Password::trimmed).collect();
    let typed = |password: &&Password| {
        !password.expose().is_empty()
            && trimmed
                .iter()
                .all(|made| made.expose() != password.expose())
    };
    match passwords.iter().filter(typed).count() {
        0 => Error::PasswordNeeded { what },
        tried => Error::WrongPassword { what, tried },
    }
}

/// How a password was turned into bytes for the PKCS#12 KDF: as the standard says; no bytes at all for the empty one
/// (GnuTLS and others); OpenSSL's way before 1.1.0.
pub fn pkcs12_encodings(password: &Password) -> Vec<SecretDer> {
    let mut encodings = vec![password.bmp()];
    if password.expose().is_empty() {
        encodings.push(SecretDer::new(Vec::new()));
    }
    if !password.expose().is_ascii() {
        encodings.push(password.widened());
    }
    encodings
}

/// How a password was turned into bytes for PBKDF1 and PBKDF2: as UTF-8; as Latin-1 in a terminal that has it; as the
/// BMPString of the other family, which NSS before 3.31 did in PKCS#12.
pub fn pbes2_encodings(password: &Password) -> Vec<SecretDer> {
    let mut encodings = vec![password.utf8()];
    if !password.expose().is_ascii() {
        encodings.extend(password.latin1());
    }
    encodings.push(password.bmp());
    encodings
}

/// Either a fault of the structure or an error that is one already.
enum Problem {
    Fault(ber::Fault),
    Error(Error),
}

impl From<ber::Fault> for Problem {
    fn from(fault: ber::Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

fn unsupported(oid: Oid<'_>) -> Problem {
    unsupported_algorithm(oid).into()
}

fn salt_and_iterations(parameters: &Node<'_>) -> Result<(Vec<u8>, u64), Problem> {
    let mut parts = parameters.sequence()?;
    let salt = parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned();
    Ok((salt, iterations(parts.next()?)?))
}

/// An iteration count; zero is refused, as no key comes of it.
pub fn iterations(node: &Node<'_>) -> Result<u64, ber::Fault> {
    match node.count()? {
        0 => Err(ber::Fault::Malformed("iterations-zero")),
        count => Ok(count),
    }
}

/// A key derivation function with the key length that its parameters state, if they do.
fn read_kdf(function: &Node<'_>) -> Result<(Kdf, Option<u64>), Problem> {
    let mut parts = function.sequence()?;
    match parts.next()?.oid()? {
        PBKDF2 => read_pbkdf2(parts.next()?),
        SCRYPT => read_scrypt(parts.next()?),
        other => Err(unsupported(other)),
    }
}

/// A KeyDerivationFunc (RFC 8018, A.4) with the key length that its parameters state, if they do.
pub(crate) fn key_derivation(
    function: &Node<'_>,
    what: Format,
) -> Result<(Kdf, Option<u64>), Error> {
    read_kdf(function).map_err(|problem| match problem {
        Problem::Fault(fault) => fault.of(what),
        Problem::Error(error) => error,
    })
}

/// PBKDF2-params: salt, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1.
fn read_pbkdf2(parameters: &Node<'_>) -> Result<(Kdf, Option<u64>), Problem> {
    let mut parts = parameters.sequence()?;
    let salt = parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned();
    let iterations = iterations(parts.next()?)?;
    let key_length = parts.optional(ber::INTEGER).map(Node::count).transpose()?;
    let digest = match parts.rest().first() {
        None => Digest::Sha1,
        Some(prf) => {
            let oid = prf.sequence()?.next()?.oid()?;
            Digest::of_hmac_oid(oid).ok_or_else(|| unsupported(oid))?
        }
    };
    Ok((
        Kdf::Pbkdf2 {
            digest,
            salt,
            iterations,
        },
        key_length,
    ))
}

/// scrypt-params (RFC 7914, section 7): salt, N, r, p, keyLength OPTIONAL.
fn read_scrypt(parameters: &Node<'_>) -> Result<(Kdf, Option<u64>), Problem> {
    let mut parts = parameters.sequence()?;
    let salt = parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned();
    let (n, r, p) = (
        parts.next()?.count()?,
        parts.next()?.count()?,
        parts.next()?.count()?,
    );
    let key_length = parts.optional(ber::INTEGER).map(Node::count).transpose()?;
    Ok((Kdf::scrypt(salt, n, r, p)?, key_length))
}

/// An initialisation vector: an OCTET STRING alone, or the first one of a SEQUENCE, as in GCMParameters (RFC 5084, 3.2) and
/// in BouncyCastle's IDEACBCPar.
fn read_iv(parameters: &Node<'_>) -> Result<Vec<u8>, Problem> {
    let node = match parameters.sequence() {
        Ok(mut parts) => {
            let iv = parts.next()?;
            // aes-ICVlen DEFAULT 12: BouncyCastle and Java write 16, and shorter ones are not supported.
            if parts
                .optional(ber::INTEGER)
                .is_some_and(|tag| tag.count() != Ok(16))
            {
                let algorithm = "AES-GCM with a shortened tag".into();
                return Err(Error::UnsupportedAlgorithm { algorithm }.into());
            }
            iv
        }
        Err(_) => parameters,
    };
    Ok(node.tagged(OCTET_STRING)?.octets()?.into_owned())
}

/// CAST5CBCParameters ::= SEQUENCE { iv OCTET STRING DEFAULT 0, keyLength INTEGER } (RFC 2984, 2.4), the length in bits;
/// OpenSSL writes the vector alone.
fn read_cast5(
    parameters: &Node<'_>,
    key_length: Option<u64>,
) -> Result<(Cipher, Vec<u8>), Problem> {
    let cipher = |length| Cipher::Cast5Cbc {
        key: variable(length, 5..=16),
    };
    if parameters.tag == OCTET_STRING {
        return Ok((cipher(key_length), parameters.octets()?.into_owned()));
    }
    let mut parts = parameters.sequence()?;
    let iv = parts.optional(OCTET_STRING).map(Node::octets).transpose()?;
    let bits = parts.next()?.count()?;
    let iv = iv.map_or(vec![0; 8], |iv| iv.into_owned());
    Ok((cipher(key_length.or(Some(bits / 8))), iv))
}

/// The size of a key that may have several: as stated, else 16 bytes, which is what everybody writes. A size that the cipher
/// does not have comes out as another than stated, and is refused as such.
fn variable(stated: Option<u64>, sizes: std::ops::RangeInclusive<u64>) -> usize {
    let stated = stated.filter(|length| sizes.contains(length));
    stated
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(16)
}

/// RC2-CBC-Parameter (RFC 8018, B.2.3): rc2ParameterVersion OPTIONAL, iv. The version says the effective bits in a code.
fn read_rc2(parameters: &Node<'_>, key_length: Option<u64>) -> Result<(Cipher, Vec<u8>), Problem> {
    if parameters.tag == OCTET_STRING {
        return Ok((rc2(key_length, 32), parameters.octets()?.into_owned()));
    }
    let mut parts = parameters.sequence()?;
    let version = parts.optional(ber::INTEGER).map(Node::count).transpose()?;
    let bits = match version.map(usize::try_from) {
        None => 32,
        Some(Ok(160)) => 40,
        Some(Ok(120)) => 64,
        Some(Ok(58)) => 128,
        Some(Ok(bits @ 256..=1024)) => bits,
        Some(_) => {
            return Err(ber::Fault::Malformed("rc2-version").into());
        }
    };
    let iv = parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned();
    Ok((rc2(key_length, bits), iv))
}

/// Without a key length the key has as many bytes as the effective bits fill, as OpenSSL does; sixteen where that is more.
fn rc2(key_length: Option<u64>, bits: usize) -> Cipher {
    let key = match key_length.map(usize::try_from) {
        Some(Ok(length @ 1..=128)) => length,
        _ => (bits / 8).min(16),
    };
    Cipher::Rc2Cbc { key, bits }
}
