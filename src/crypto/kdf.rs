//! Keys from passwords: the jobs that files ask for, and the Rust deriver.
//!
//! Deriving is the only part of opening a file that takes time, and the only part that a browser can do faster than wasm
//! (its native PBKDF2 takes a third of the time). So readers do not derive: they ask [`Keys`] for a key, and where it is
//! not there yet the job is noted and the reader stops. The caller derives what was noted, natively or through
//! WebCrypto, and starts the reader again. Everything else a reader does is cheap, so starting again costs nothing, and
//! the cost of a file is known before it is paid.
//!
//! Each function has a file of its own; scrypt and bcrypt_pbkdf come from their crates.

mod bytes_to_key;
mod keys;
mod pace;
mod pbkdf2;
mod pkcs12;
mod sun_jce;

use serde_json::json;
use zeroize::Zeroizing;

use self::bytes_to_key::bytes_to_key;
pub use self::keys::{Keys, Stop};
use self::pbkdf2::pbkdf2;
use self::pkcs12::{Pkcs12Input, pkcs12};
use self::sun_jce::sun_jce;
use crate::base::error::{Error, Reason};
use crate::base::secret::SecretDer;
use crate::crypto::digest::Digest;

/// A file that asks for more iterations than this in all is asked about first.
pub const ITERATIONS_ASKED_ABOUT: u64 = 5_000_000;

/// Iterations in a second, roughly, in wasm on a machine of 2020: for the time that is shown before it is spent.
const ITERATIONS_A_SECOND: u64 = 1_500_000;

/// Most memory that scrypt may ask for, in bytes.
pub const SCRYPT_MEMORY_LIMIT: u64 = 256 << 20;

/// What one round of bcrypt_pbkdf takes for each block of its key, in iterations of the others.
const BCRYPT_ROUND: u64 = 8_192;

/// Bytes of key that each round of bcrypt_pbkdf gives.
const BCRYPT_BLOCK: usize = 32;

/// What a derivation is made with, but for the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kdf {
    /// OpenBSD's bcrypt_pbkdf, of OpenSSH's keys
    BcryptPbkdf {
        /// The salt.
        salt: Vec<u8>,
        /// Rounds; each is some thousand iterations of another function.
        rounds: u32,
    },
    /// OpenSSL's `EVP_BytesToKey`; with a length of at most one digest it is PBKDF1 (RFC 8018, 5.1).
    BytesToKey {
        /// The digest.
        digest: Digest,
        /// The salt.
        salt: Vec<u8>,
        /// How often each block is digested.
        iterations: u64,
    },
    /// RFC 8018, 5.2
    Pbkdf2 {
        /// The digest under HMAC.
        digest: Digest,
        /// The salt.
        salt: Vec<u8>,
        /// Iteration count.
        iterations: u64,
    },
    /// RFC 7292, appendix B
    Pkcs12 {
        /// The digest.
        digest: Digest,
        /// What the bytes are for: the standard's ID.
        purpose: Purpose,
        /// The salt.
        salt: Vec<u8>,
        /// Iteration count.
        iterations: u64,
    },
    /// RFC 7914
    Scrypt {
        /// The salt.
        salt: Vec<u8>,
        /// log2 of the cost N.
        log_n: u8,
        /// Block size.
        r: u32,
        /// Parallelisation.
        p: u32,
    },
    /// SunJCE's PBEWithMD5AndTripleDES, of no standard: each half of the salt starts a chain of MD5 digests, each of which
    /// gives half of key and vector.
    SunJce {
        /// The salt.
        salt: [u8; 8],
        /// Digests of each chain.
        iterations: u64,
    },
}

/// The ID byte of RFC 7292, B.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A cipher's key.
    Key = 1,
    /// An initialisation vector.
    Iv = 2,
    /// A MAC's key.
    Mac = 3,
}

impl Kdf {
    /// scrypt, its memory checked: more than [`SCRYPT_MEMORY_LIMIT`] is refused with its figure.
    pub fn scrypt(salt: Vec<u8>, n: u64, r: u64, p: u64) -> Result<Self, Error> {
        let refused = |detail| Error::UnsupportedForm { what: None, detail };
        if !n.is_power_of_two() || n < 2 || r == 0 || p == 0 {
            return Err(refused("scrypt-cost".into()));
        }
        let memory = n.checked_mul(128).and_then(|bytes| bytes.checked_mul(r));
        let mixing = p.checked_mul(128).and_then(|bytes| bytes.checked_mul(r));
        let log_n = u8::try_from(n.ilog2());
        match (memory, mixing, log_n, u32::try_from(r), u32::try_from(p)) {
            (Some(memory), Some(mixing), Ok(log_n), Ok(r), Ok(p))
                if memory <= SCRYPT_MEMORY_LIMIT && mixing <= SCRYPT_MEMORY_LIMIT =>
            {
                Ok(Self::Scrypt { salt, log_n, r, p })
            }
            _ => {
                let mebibytes = memory
                    .map_or(u64::MAX, |bytes| bytes >> 20)
                    .max(mixing.map_or(u64::MAX, |bytes| bytes >> 20));
                Err(refused(match mebibytes {
                    u64::MAX => "scrypt-memory-huge".into(),
                    figure => Reason::with("scrypt-memory", json!({ "mebibytes": figure })),
                }))
            }
        }
    }

    /// The iteration count, as the file states it: the figure that is held against [`ITERATIONS_ASKED_ABOUT`].
    pub fn iterations(&self) -> u64 {
        match self {
            Self::BytesToKey { iterations, .. }
            | Self::Pbkdf2 { iterations, .. }
            | Self::Pkcs12 { iterations, .. }
            | Self::SunJce { iterations, .. } => *iterations,
            Self::BcryptPbkdf { rounds, .. } => u64::from(*rounds) * BCRYPT_ROUND,
            // Each of N·r·p steps mixes 128 bytes twice, about as long as two iterations of the others.
            Self::Scrypt { log_n, r, p, .. } => (2_u64 << log_n)
                .saturating_mul(u64::from(*r))
                .saturating_mul(u64::from(*p)),
        }
    }

    /// Digest rounds that a key of this length takes: each digest's worth of key runs all iterations.
    pub fn cost(&self, length: usize) -> u64 {
        let blocks = match self {
            Self::BytesToKey { digest, .. }
            | Self::Pbkdf2 { digest, .. }
            | Self::Pkcs12 { digest, .. } => length.div_ceil(digest.size()).max(1),
            Self::BcryptPbkdf { .. } => length.div_ceil(BCRYPT_BLOCK).max(1),
            Self::Scrypt { .. } => 1,
            Self::SunJce { .. } => 2,
        };
        self.iterations().saturating_mul(blocks as u64)
    }

    fn salt(&self) -> &[u8] {
        match self {
            Self::BcryptPbkdf { salt, .. }
            | Self::BytesToKey { salt, .. }
            | Self::Pbkdf2 { salt, .. }
            | Self::Pkcs12 { salt, .. }
            | Self::Scrypt { salt, .. } => salt,
            Self::SunJce { salt, .. } => salt,
        }
    }
}

/// Iteration counts of jobs, as the file states them: key and vector of one encryption share a salt and count once.
pub(crate) fn stated_iterations(jobs: &[KdfJob]) -> u64 {
    let mut counted: Vec<(&[u8], u64)> = jobs
        .iter()
        .map(|job| (job.kdf.salt(), job.kdf.iterations()))
        .collect();
    counted.sort_unstable();
    counted.dedup();
    counted
        .iter()
        .map(|(_, iterations)| *iterations)
        .fold(0, u64::saturating_add)
}

/// Roughly how long so many iterations take, in seconds.
pub fn seconds(iterations: u64) -> u64 {
    iterations.div_ceil(ITERATIONS_A_SECOND)
}

/// One key to derive.
#[derive(Debug, PartialEq, Eq)]
pub struct KdfJob {
    /// How.
    pub kdf: Kdf,
    /// The password in the bytes that this file takes it in.
    pub password: SecretDer,
    /// Bytes wanted.
    pub length: usize,
}

impl KdfJob {
    /// Iterations this job runs.
    pub fn cost(&self) -> u64 {
        self.kdf.cost(self.length)
    }

    /// Derives the key in Rust; `progress` gets the iterations done since its last call.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] for figures or lengths that the function does not take. Readers refuse such files and writers
    /// choose others, so it is a fault in Keyferry; the caller passes it on to [`Keys::supply`], and nothing is opened or
    /// written with an invalid key.
    pub fn derive(&self, progress: &mut dyn FnMut(u64)) -> Result<SecretDer, Error> {
        let mut key = Zeroizing::new(vec![0; self.length]);
        let password = self.password.expose();
        match &self.kdf {
            Kdf::BcryptPbkdf { salt, rounds } => {
                // Refused are an empty password, an empty salt, no rounds, and no bytes or more than 1,024 of them.
                bcrypt_pbkdf::bcrypt_pbkdf(password, salt, *rounds, &mut key)
                    .map_err(|_| underivable("bcrypt-refused"))?;
                progress(self.cost());
            }
            Kdf::BytesToKey {
                digest,
                salt,
                iterations,
            } => {
                bytes_to_key(*digest, password, salt, *iterations, &mut key, progress);
            }
            Kdf::Pbkdf2 {
                digest,
                salt,
                iterations,
            } => {
                // RFC 8018, 5.2: the blocks are counted with 32 bits, and an iteration count is positive.
                if *iterations == 0 {
                    return Err(underivable("iterations-zero"));
                }
                pbkdf2(*digest, password, salt, *iterations, &mut key, progress);
            }
            Kdf::Pkcs12 {
                digest,
                purpose,
                salt,
                iterations,
            } => {
                let filled = Pkcs12Input::new(digest.block_size(), *purpose, salt, password);
                pkcs12(*digest, filled, *iterations, &mut key, progress);
            }
            Kdf::Scrypt { salt, log_n, r, p } => {
                let refused = "scrypt-refused";
                let params =
                    scrypt::Params::new(*log_n, *r, *p).map_err(|_| underivable(refused))?;
                scrypt::scrypt(password, salt, &params, &mut key)
                    .map_err(|_| underivable(refused))?;
                progress(self.cost());
            }
            Kdf::SunJce { salt, iterations } => {
                // Two digests are all it gives.
                if self.length > 2 * Digest::Md5.size() {
                    return Err(underivable("jce-length"));
                }
                sun_jce(password, *salt, *iterations, &mut key, progress)
            }
        }
        Ok(SecretDer::from(key))
    }
}

fn underivable(detail: &'static str) -> Error {
    Error::Internal { detail }
}

#[cfg(test)]
mod tests;
