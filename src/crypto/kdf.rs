//! Keys from passwords: the jobs that files ask for, and the Rust deriver.
//!
//! Deriving is the only part of opening a file that takes time, and the only part that a browser can do faster than wasm
//! (its native PBKDF2 takes a third of the time). So readers do not derive: they ask [`Keys`] for a key, and where it is
//! not there yet the job is noted and the reader stops. The caller derives what was noted, natively or through
//! WebCrypto, and starts the reader again. Everything else a reader does is cheap, so starting again costs nothing, and
//! the cost of a file is known before it is paid.
//!
//! PBKDF2 is written out here, over the `hmac` crate, and not taken from the `pbkdf2` crate: that one cannot tell how far
//! it is, and a person who waits for millions of iterations wants to know. The `pkcs12` crate's KDF likewise, and it takes
//! no password that is not UTF-8 and no digest beyond SHA-2.

use zeroize::Zeroizing;

use serde_json::json;

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

/// How often progress is reported, in iterations.
const PROGRESS_STEP: u64 = 1 << 14;

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

/// Counts iterations and tells of them now and then.
struct Pace<'p> {
    since: u64,
    progress: &'p mut dyn FnMut(u64),
}

impl<'p> Pace<'p> {
    fn new(progress: &'p mut dyn FnMut(u64)) -> Self {
        Self { since: 0, progress }
    }

    fn tick(&mut self) {
        self.since += 1;
        if self.since == PROGRESS_STEP {
            (self.progress)(PROGRESS_STEP);
            self.since = 0;
        }
    }
}

impl Drop for Pace<'_> {
    fn drop(&mut self) {
        (self.progress)(self.since);
    }
}

fn pbkdf2(
    digest: Digest,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let prf = digest.keyed(password);
    let mut round = Zeroizing::new(vec![0; digest.size()]);
    let mut last = round.clone();
    let mut pace = Pace::new(progress);
    for (index, block) in (1_u32..).zip(key.chunks_mut(digest.size())) {
        prf.write(&[salt, &index.to_be_bytes()], &mut round);
        block.copy_from_slice(&round[..block.len()]);
        for _ in 1..iterations {
            std::mem::swap(&mut round, &mut last);
            prf.write(&[&last], &mut round);
            block
                .iter_mut()
                .zip(&*round)
                .for_each(|(out, byte)| *out ^= byte);
            pace.tick();
        }
        pace.tick();
    }
}

fn bytes_to_key(
    digest: Digest,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    let mut block = Zeroizing::new(Vec::new());
    for part in key.chunks_mut(digest.size()) {
        *block = digest.of(&[&block, password, salt]);
        digest_again(digest, &mut block, iterations, &mut pace);
        part.copy_from_slice(&block[..part.len()]);
    }
}

/// SunJCE's own, of OpenJDK 17. Where both halves of the salt are equal, the first is reversed, so that the two chains differ.
fn sun_jce(
    password: &[u8],
    salt: [u8; 8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    let (mut first, second) = ([salt[0], salt[1], salt[2], salt[3]], &salt[4..]);
    if first == *second {
        first.reverse();
    }
    let halves = [&first[..], second];
    for (half, part) in halves.iter().zip(key.chunks_mut(16)) {
        let mut round = Zeroizing::new(half.to_vec());
        for _ in 0..iterations {
            *round = Digest::Md5.of(&[&round, password]);
            pace.tick();
        }
        part.copy_from_slice(&round[..part.len()]);
    }
}

/// The digest of the digest and so on, `iterations` times in all; `round` comes as the first of them and leaves as the last.
fn digest_again(digest: Digest, round: &mut [u8], iterations: u64, pace: &mut Pace<'_>) {
    let mut last = Zeroizing::new(round.to_vec());
    for _ in 1..iterations {
        last.copy_from_slice(round);
        digest.write(&[&last], round);
        pace.tick();
    }
    pace.tick();
}

/// RFC 7292, B.2, steps 1 to 4: the diversifier D and the string I = S ‖ P.
struct Pkcs12Input {
    diversifier: Vec<u8>,
    input: Zeroizing<Vec<u8>>,
    block: usize,
}

impl Pkcs12Input {
    fn new(block: usize, purpose: Purpose, salt: &[u8], password: &[u8]) -> Self {
        let filled = |bytes: &[u8]| bytes.len().div_ceil(block) * block;
        let mut input = Zeroizing::new(Vec::with_capacity(filled(salt) + filled(password)));
        for bytes in [salt, password] {
            input.extend(bytes.iter().copied().cycle().take(filled(bytes)));
        }
        Self {
            diversifier: vec![purpose as u8; block],
            input,
            block,
        }
    }
}

/// RFC 7292, B.2, steps 5 to 9.
fn pkcs12(
    digest: Digest,
    mut filled: Pkcs12Input,
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    for part in key.chunks_mut(digest.size()) {
        let mut round = Zeroizing::new(digest.of(&[&filled.diversifier, &filled.input]));
        digest_again(digest, &mut round, iterations, &mut pace);
        part.copy_from_slice(&round[..part.len()]);
        // I_j = (I_j + B + 1) mod 2^v, where B is the round's digest, repeated.
        for chunk in filled.input.chunks_mut(filled.block) {
            let mut carry = 1_u16;
            for (at, byte) in chunk.iter_mut().enumerate().rev() {
                let sum = u16::from(*byte) + u16::from(round[at % round.len()]) + carry;
                *byte = (sum & 0xff) as u8;
                carry = sum >> 8;
            }
        }
    }
}

/// The keys that were derived so far, and the jobs that a reader came to want.
#[derive(Debug, Default)]
pub struct Keys {
    derived: Vec<(KdfJob, Result<SecretDer, Error>)>,
    wanted: Vec<KdfJob>,
}

/// A reader cannot go on: a key is wanted first, or there is an error.
#[derive(Debug)]
pub enum Stop {
    /// The jobs are noted in [`Keys`].
    Derive,
    /// For good.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Keys {
    /// The key of this job; where it is not derived yet, the job is noted.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while the key is wanted; [`Stop::Failed`] where deriving it failed.
    pub fn of(&mut self, job: KdfJob) -> Result<&SecretDer, Stop> {
        match self.derived.iter().position(|(done, _)| *done == job) {
            Some(at) => match &self.derived[at].1 {
                Ok(key) if key.expose().len() == job.length => Ok(key),
                Ok(_) => Err(underivable("key-length").into()),
                Err(error) => Err(error.clone().into()),
            },
            None => {
                if !self.wanted.contains(&job) {
                    self.wanted.push(job);
                }
                Err(Stop::Derive)
            }
        }
    }

    /// The jobs noted since this was last asked.
    pub fn take_wanted(&mut self) -> Vec<KdfJob> {
        std::mem::take(&mut self.wanted)
    }

    /// Adds a derived key, or why there is none: the reader or writer that wants it fails with that error.
    pub fn supply(&mut self, job: KdfJob, key: Result<SecretDer, Error>) {
        self.derived.push((job, key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::secret::Password;
    use crate::crypto::cipher::Cipher;
    use crate::crypto::digest::hex;

    fn derive(kdf: Kdf, password: &[u8], length: usize) -> String {
        let mut told = 0;
        let job = KdfJob {
            kdf,
            password: SecretDer::new(password.to_vec()),
            length,
        };
        let key = job.derive(&mut |steps| told += steps).unwrap();
        assert_eq!(told, job.cost());
        hex(key.expose())
    }

    /// RFC 6070 and RFC 7914, section 11.
    #[test]
    fn pbkdf2_as_the_rfcs_print_it() {
        let sha1 = Kdf::Pbkdf2 {
            digest: Digest::Sha1,
            salt: b"saltSALTsaltSALTsaltSALTsaltSALTsalt".into(),
            iterations: 4096,
        };
        let expected = "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038";
        assert_eq!(derive(sha1, b"passwordPASSWORDpassword", 25), expected);
        let sha256 = Kdf::Pbkdf2 {
            digest: Digest::Sha256,
            salt: b"NaCl".into(),
            iterations: 80_000,
        };
        let expected = "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56\
                        a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d";
        assert_eq!(derive(sha256, b"Password", 64), expected);
    }

    /// Keys that open what OpenJDK 17's PBEWithMD5AndTripleDES encrypted; `derive` holds the cost against what was told.
    #[test]
    fn sun_jce_as_java_derives_it() {
        for (salt, cipher_text) in [
            ([1, 2, 3, 4, 5, 6, 7, 8], "dc821803e35ecd0860dfe93157cda538"),
            ([1, 2, 3, 4, 1, 2, 3, 4], "924cead52c5b95237f44bc080253d351"),
        ] {
            let kdf = Kdf::SunJce {
                salt,
                iterations: 1000,
            };
            let key = unhex(&derive(kdf, b"keyferry", 32));
            let (key, iv) = key.split_at(24);
            let plain = Cipher::TripleDes3Cbc.decrypt(key, iv, &unhex(cipher_text));
            assert_eq!(plain.unwrap().unwrap().expose(), b"attack at dawn");
        }
    }

    fn unhex(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    /// RFC 7914, section 12.
    #[test]
    fn scrypt_as_the_rfc_prints_it() {
        let kdf = Kdf::scrypt(b"NaCl".into(), 1024, 8, 16).unwrap();
        let expected = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
                        2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640";
        assert_eq!(derive(kdf, b"password", 64), expected);
    }

    /// The values of OpenSSL's and BouncyCastle's own tests of this function.
    #[test]
    fn pkcs12_as_others_have_it() {
        let kdf = |purpose, salt: [u8; 8], iterations| Kdf::Pkcs12 {
            digest: Digest::Sha1,
            purpose,
            salt: salt.to_vec(),
            iterations,
        };
        let smeg = Password::new("smeg".into()).bmp();
        let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
        let expected = "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3";
        assert_eq!(
            derive(kdf(Purpose::Key, salt, 1), smeg.expose(), 24),
            expected
        );
        let salt = [0x64, 0x2b, 0x99, 0xab, 0x44, 0xfb, 0x4b, 0x1f];
        let expected = "f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966";
        assert_eq!(
            derive(kdf(Purpose::Key, salt, 1), smeg.expose(), 24),
            expected
        );
    }

    /// Each of these gave a key of zeros, or a part of one, when failures were passed over.
    #[test]
    fn what_a_function_refuses_gives_no_key() {
        let salt = vec![1; 16];
        let bcrypt = |salt: &[u8], rounds| Kdf::BcryptPbkdf {
            salt: salt.to_vec(),
            rounds,
        };
        let scrypt = |log_n, r, p| Kdf::Scrypt {
            salt: salt.clone(),
            log_n,
            r,
            p,
        };
        let (digest, iterations) = (Digest::Sha256, 0);
        let pbkdf2 = Kdf::Pbkdf2 {
            digest,
            salt: salt.clone(),
            iterations,
        };
        let sun_jce = Kdf::SunJce {
            salt: [1; 8],
            iterations: 1,
        };
        let password = b"keyferry".as_slice();
        for (kdf, password, length) in [
            (bcrypt(&salt, 1), b"".as_slice(), 48),
            (bcrypt(&[], 1), password, 48),
            (bcrypt(&salt, 0), password, 48),
            (bcrypt(&salt, 1), password, 1_025),
            (scrypt(14, 0, 1), password, 32),
            (scrypt(14, 8, 0), password, 32),
            (scrypt(64, 8, 1), password, 32),
            (scrypt(1, 8, 1), password, 0),
            (pbkdf2, password, 32),
            (sun_jce, password, 33),
        ] {
            let password = SecretDer::new(password.to_vec());
            let job = KdfJob {
                kdf,
                password,
                length,
            };
            let refused = job.derive(&mut |_| ()).unwrap_err();
            assert_eq!(refused.code(), "internal", "{job:?}");
        }
    }

    #[test]
    fn a_key_that_could_not_be_derived_fails_its_caller() {
        let job = || KdfJob {
            kdf: Kdf::SunJce {
                salt: [1; 8],
                iterations: 1,
            },
            password: SecretDer::new(b"keyferry".to_vec()),
            length: 32,
        };
        let failed = |keys: &mut Keys| match keys.of(job()) {
            Err(Stop::Failed(error)) => error.code(),
            Err(Stop::Derive) => "wanted",
            Ok(_) => "there",
        };
        let mut keys = Keys::default();
        assert_eq!(failed(&mut keys), "wanted");
        keys.supply(job(), Err(underivable("bcrypt-refused")));
        assert_eq!(failed(&mut keys), "internal");
        let mut keys = Keys::default();
        keys.supply(job(), Ok(SecretDer::new(vec![0; 31])));
        assert_eq!(failed(&mut keys), "internal");
    }

    #[test]
    fn scrypt_memory_is_refused_with_its_figure() {
        let error = Kdf::scrypt(Vec::new(), 1 << 30, 8, 1).unwrap_err();
        assert!(error.to_string().contains("1,048,576 MiB"), "{error}");
        assert!(Kdf::scrypt(Vec::new(), u64::MAX, 8, 1).is_err());
        assert!(Kdf::scrypt(Vec::new(), 1 << 63, 1 << 62, 1).is_err());
    }
}
