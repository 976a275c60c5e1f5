//! Entries that are locked: APPNOTE.TXT, section 6.1 (ZipCrypto), and WinZip's AE-1 and AE-2, which has AES.
//!
//! ```text
//! ZipCrypto     12 bytes, the last of which repeats one of the entry's check value or time, and the packed bytes, encrypted
//! AE-1, AE-2    salt ‖ 2 bytes that tell the password ‖ packed bytes, AES-CTR ‖ 10 bytes of HMAC-SHA1 over those
//! extra 0x9901  LE16 version (1 or 2) ‖ "AE" ‖ key: 1, 2 or 3 for 128, 192 or 256 bits ‖ LE16 method of packing
//! ```
//!
//! Traps: ZipCrypto knows one byte of the password, so every 256th wrong one passes: what then does not unpack to its check
//! value was opened with the wrong one. AE-2 has no check value, and zero in its place; the HMAC covers it. The counter of
//! WinZip's AES-CTR is little-endian and begins with 1. Passwords are bytes in whatever encoding the packing machine had.

use std::cell::OnceCell;

use aes::{Aes128, Aes192, Aes256};
use ctr::Ctr128LE;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::directory::Entry;
use super::{
    DEFLATE, NOTHING_INSIDE, STORED, WHAT, changed, crc, damaged, note, parse_entry, unpack,
};
use serde_json::json;

use crate::base::error::{Error, Reason};
use crate::base::secret::{Password, SecretDer, equal};
use crate::container::parsed::Parsed;
use crate::container::parts::{self, Parts};
use crate::crypto::cipher::stream;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;
use crate::model::store::{Contents, Locked};

/// The method that stands in the place of an entry's own where AES locks it.
pub(super) const AES: u16 = 99;
/// Iterations of PBKDF2, the same for every archive.
const ITERATIONS: u64 = 1_000;
/// Bytes that tell the password.
const TELLTALE: usize = 2;
/// Bytes of the HMAC that are kept.
const MAC: usize = 10;
/// Random bytes and one that tells the password, before ZipCrypto's packed ones.
const HEADER: usize = 12;
/// Bit 6 of the general purpose flag: PKWARE's own, which needs certificates or other ciphers.
const STRONG: u16 = 1 << 6;

/// The locked entries of an archive.
#[derive(Default)]
pub(super) struct LockedEntries {
    entries: Vec<LockedEntry>,
    held: usize,
    /// Nothing else in the archive is one of our files.
    alone: bool,
}

/// One of them.
pub(super) struct LockedEntry {
    name: String,
    lock: Lock,
    method: u16,
    /// Of the unpacked bytes; none for AE-2.
    checksum: Option<u32>,
    /// Bytes that it claims to unpack to.
    size: u64,
    encrypted: Zeroizing<Vec<u8>>,
    /// What it holds, once a password opened it: readers start again for every key.
    opened: OnceCell<Result<Parsed, Error>>,
}

enum Lock {
    Aes {
        /// Bytes of the key.
        key: usize,
        salt: Vec<u8>,
        telltale: [u8; TELLTALE],
        mac: [u8; MAC],
    },
    ZipCrypto {
        /// One of these ends the header, depending on who wrote the archive.
        telltales: [u8; 2],
    },
}

impl LockedEntries {
    /// Takes an entry of an archive of so many bytes.
    pub(super) fn push(&mut self, entry: LockedEntry, archive: usize) -> Result<(), Error> {
        // Entries that lie over each other would be held many times.
        self.held += entry.encrypted.len();
        if self.held > archive {
            return Err(damaged("zip-overlap"));
        }
        self.entries.push(entry);
        Ok(())
    }

    /// All of them, if there are any, beside the other parts of the archive.
    pub(super) fn beside(self, parts: &Parts) -> Option<Self> {
        let alone = parts.is_empty();
        (!self.entries.is_empty()).then_some(Self { alone, ..self })
    }
}

impl Locked for LockedEntries {
    fn cost(&self) -> u64 {
        let aes = |entry: &&LockedEntry| matches!(entry.lock, Lock::Aes { .. });
        self.entries.iter().filter(aes).count() as u64 * ITERATIONS
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let mut contents = Contents::default();
        let (mut passed_over, mut derive, mut opened) = (Vec::new(), false, false);
        for entry in &self.entries {
            let parsed = match entry.open(passwords, keys) {
                Err(Stop::Derive) => {
                    derive = true;
                    continue;
                }
                Err(Stop::Failed(error)) => Err(error),
                Ok(parsed) => {
                    opened = true;
                    parsed.as_ref().map_err(Clone::clone)
                }
            };
            let name = Some(entry.name.clone());
            match parsed.map(|parsed| parsed.unlock(passwords, keys)) {
                Ok(Ok(part)) => contents.append(part),
                Ok(Err(Stop::Derive)) => derive = true,
                Ok(Err(Stop::Failed(error))) => {
                    contents
                        .locked
                        .push((name, error.of_part(Some(&entry.name))));
                }
                Err(Error::NotRecognised { .. }) => passed_over.push(entry.name.clone()),
                Err(error) => contents.locked.push((name, error)),
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        if !passed_over.is_empty() {
            contents.findings.push(note(&passed_over));
        }
        if contents.items.is_empty() {
            return match contents.locked.into_iter().next() {
                Some((_, error)) => Err(error.into()),
                None if self.alone => Err(NOTHING_INSIDE.into()),
                None => Ok(Contents::default()),
            };
        }
        // What another password may open is asked for; what is damaged hides nothing else.
        let (waiting, unread): (Vec<_>, Vec<_>) = contents
            .locked
            .into_iter()
            .partition(|(_, error)| error.wants_password());
        let first = unread.first();
        let finding =
            first.map(|(name, error)| parts::unread(unread.len(), name.as_deref(), error));
        contents.findings.extend(finding);
        contents.locked = waiting;
        for (name, error) in contents.locked.iter_mut().filter(|_| opened) {
            *error = error.clone().of_part(name.as_ref());
        }
        Ok(contents)
    }
}

impl LockedEntry {
    /// Reads how the entry of an archive is locked.
    pub(super) fn parse(entry: &Entry<'_>, encrypted: &[u8]) -> Result<Self, Error> {
        if entry.flags & STRONG != 0 {
            return Err(unsupported("zip-strong"));
        }
        let mut encrypted = Zeroizing::new(encrypted.to_vec());
        let (lock, method, checksum) = if entry.method == AES {
            let extra = entry.aes.ok_or_else(|| damaged("zip-lock"))?;
            let [version, 0, b'A', b'E', strength @ 1..=3, low, high] = extra else {
                return Err(unsupported("zip-lock-new"));
            };
            let lock = Lock::aes(8 + 8 * usize::from(*strength), &mut encrypted)
                .ok_or(Error::Truncated { what: Some(WHAT) })?;
            let method = match u16::from_le_bytes([*low, *high]) {
                method @ (STORED | DEFLATE) => method,
                other => {
                    let reason = Reason::with("zip-lock-method", json!({ "method": other }));
                    return Err(unsupported(reason));
                }
            };
            (lock, method, (*version == 1).then_some(entry.checksum))
        } else {
            if encrypted.len() < HEADER {
                return Err(Error::Truncated { what: Some(WHAT) });
            }
            let telltales = [(entry.checksum >> 24) as u8, (entry.time >> 8) as u8];
            let lock = Lock::ZipCrypto { telltales };
            (lock, entry.method, Some(entry.checksum))
        };
        Ok(Self {
            name: entry.name.clone(),
            lock,
            method,
            checksum,
            size: entry.size,
            encrypted,
            opened: OnceCell::new(),
        })
    }

    /// What it holds, once a password opens it.
    fn open(
        &self,
        passwords: &[Password],
        keys: &mut Keys,
    ) -> Result<&Result<Parsed, Error>, Stop> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        for password in passwords {
            for encoded in encodings(password) {
                if let Some(opened) = self.try_one(&encoded, keys)? {
                    return Ok(self.opened.get_or_init(|| opened));
                }
            }
        }
        Err(pbe::refused(WHAT, passwords).into())
    }

    /// `None` where the password is another.
    fn try_one(
        &self,
        password: &SecretDer,
        keys: &mut Keys,
    ) -> Result<Option<Result<Parsed, Error>>, Stop> {
        let packed = match &self.lock {
            Lock::ZipCrypto { telltales } => {
                zip_crypto(password.expose(), &self.encrypted, *telltales).map(Ok)
            }
            Lock::Aes {
                key,
                salt,
                telltale,
                mac,
            } => {
                let job = KdfJob {
                    kdf: Kdf::Pbkdf2 {
                        digest: Digest::Sha1,
                        salt: salt.clone(),
                        iterations: ITERATIONS,
                    },
                    password: password.duplicate(),
                    length: 2 * key + TELLTALE,
                };
                let derived = keys.of(job)?.expose();
                let (both, told) = derived.split_at(2 * key);
                (told == telltale).then(|| aes_ctr(both.split_at(*key), &self.encrypted, mac))
            }
        };
        let guessed = matches!(self.lock, Lock::ZipCrypto { .. });
        let unpacked = packed.map(|packed| {
            packed.and_then(|packed| unpack(packed.expose(), self.method, self.checksum, self.size))
        });
        Ok(match unpacked {
            None => None,
            Some(Err(Error::Damaged { .. } | Error::TooLarge { .. })) if guessed => None,
            Some(unpacked) => Some(unpacked.and_then(|unpacked| parse_entry(&unpacked))),
        })
    }
}

impl Lock {
    /// Takes what surrounds the encrypted bytes away from them; `None` where they are too few.
    fn aes(key: usize, encrypted: &mut Zeroizing<Vec<u8>>) -> Option<Self> {
        let mac = *encrypted.last_chunk()?;
        let rest = encrypted.len() - MAC;
        encrypted.truncate(rest);
        let (salt, rest) = encrypted.split_at_checked(key / 2)?;
        let telltale = *rest.first_chunk()?;
        let salt = salt.to_vec();
        encrypted.drain(..salt.len() + TELLTALE);
        Some(Self::Aes {
            key,
            salt,
            telltale,
            mac,
        })
    }
}

fn unsupported(detail: impl Into<Reason>) -> Error {
    Error::UnsupportedForm {
        what: Some(WHAT),
        detail: detail.into(),
    }
}

/// The password's bytes on the machines that pack: UTF-8, the code pages of Windows, those of DOS, which Windows still has.
fn encodings(password: &Password) -> Vec<SecretDer> {
    let mut encodings = vec![password.utf8()];
    if !password.expose().is_ascii() {
        encodings.extend(password.latin1());
        encodings.extend(password.cp437());
    }
    encodings
}

/// The packed bytes; an error where the HMAC says that they changed.
fn aes_ctr(
    (key, mac_key): (&[u8], &[u8]),
    encrypted: &[u8],
    mac: &[u8; MAC],
) -> Result<SecretDer, Error> {
    let mut own = Digest::Sha1.hmac(mac_key, encrypted);
    own.truncate(MAC);
    if !equal(&own, mac) {
        return Err(changed());
    }
    let counter = 1_u128.to_le_bytes();
    match key.len() {
        16 => stream::<Ctr128LE<Aes128>>(key, &counter, encrypted),
        24 => stream::<Ctr128LE<Aes192>>(key, &counter, encrypted),
        _ => stream::<Ctr128LE<Aes256>>(key, &counter, encrypted),
    }
}

/// The packed bytes; `None` where the last byte of the header tells that the password is another.
fn zip_crypto(password: &[u8], encrypted: &[u8], telltales: [u8; 2]) -> Option<SecretDer> {
    let (header, body) = encrypted.split_first_chunk::<HEADER>()?;
    let mut cipher = ZipCrypto::new(password);
    let told = header.map(|byte| cipher.decrypt(byte))[HEADER - 1];
    let packed = || body.iter().map(|byte| cipher.decrypt(*byte)).collect();
    telltales.contains(&told).then(packed).map(SecretDer::new)
}

/// The three keys of section 6.1.5.
#[derive(Zeroize, ZeroizeOnDrop)]
struct ZipCrypto([u32; 3]);

impl ZipCrypto {
    fn new(password: &[u8]) -> Self {
        let mut keys = Self([0x1234_5678, 0x2345_6789, 0x3456_7890]);
        password.iter().for_each(|byte| keys.update(*byte));
        keys
    }

    fn update(&mut self, byte: u8) {
        let [first, second, third] = &mut self.0;
        *first = crc::step(*first, byte);
        *second = second
            .wrapping_add(*first & 0xff)
            .wrapping_mul(134_775_813)
            .wrapping_add(1);
        *third = crc::step(*third, (*second >> 24) as u8);
    }

    fn decrypt(&mut self, byte: u8) -> u8 {
        let mask = ((self.0[2] | 2) & 0xffff) as u16;
        let plain = byte ^ (mask.wrapping_mul(mask ^ 1) >> 8) as u8;
        self.update(plain);
        plain
    }
}
