//! BouncyCastle's own keystores. There is no standard; this is what its `BcKeyStoreSpi` (1.72) reads and writes.
//!
//! ```text
//! BKS    version 0, 1 or 2; length, salt; iterationCount; entries; HMAC-SHA1 over the entries
//! UBER   version 1 or 2;    length, salt; iterationCount; PBEWithSHAAndTwofish-CBC over (entries; SHA-1 over the entries)
//! entries = entry*, 00
//! entry  = kind, alias, date, count, certificate*, then
//!          kind 1: certificate · kind 2: key · kind 3: length, bytes · kind 4: length, (length, salt; iterationCount; sealed)
//! key    = 00 private, 01 public or 02 secret; format; algorithm; length, bytes        sealed = PBES1 3DES of a key
//! certificate = type, length, DER
//! ```
//!
//! Every key is derived as in PKCS#12 (RFC 7292, appendix B). Traps: versions before 2 derive 20 *bits* for the HMAC, rounded
//! down to two bytes; neither form begins with a magic number, so the header's figures are one.

mod entry;
mod uber;

pub(crate) use uber::Uber;

use entry::Entry;

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer, equal};
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Purpose, Stop};
use crate::crypto::pbe;
use crate::format::java::{Cursor, Opened};
use crate::model::store::{Contents, Locked};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Bks;

/// The length of every salt that BouncyCastle has written.
const SALT: u32 = 20;

/// Which of the two it is: a version up to 2, a salt of 20 bytes, an iteration count; then either entries or their cipher.
pub(crate) fn recognise(bytes: &[u8]) -> Option<Format> {
    let mut cursor = Cursor::new(bytes, 0, WHAT);
    let header = Header::parse(&mut cursor).ok()?;
    if header.version > 2 || header.salt.len() != SALT as usize || header.iterations == 0 {
        return None;
    }
    Some(match entries_follow(cursor.rest()) {
        true => Format::Bks,
        false => Format::Uber,
    })
}

/// A kind, an alias, a date with two leading zeros (it has them for 8,900 years); or the end and the HMAC.
fn entries_follow(rest: &[u8]) -> bool {
    match rest {
        [0, mac @ ..] => mac.len() == Digest::Sha1.size(),
        [1..=4, high, low, alias @ ..] => {
            let length = usize::from(*high) << 8 | usize::from(*low);
            alias
                .get(length..length + 2)
                .is_some_and(|date| date == [0, 0])
        }
        _ => false,
    }
}

/// What both forms begin with.
struct Header {
    version: u32,
    salt: Vec<u8>,
    iterations: u64,
}

impl Header {
    fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        Ok(Self {
            version: cursor.number()?,
            salt: cursor.block()?.to_vec(),
            iterations: cursor.number()?.into(),
        })
    }
}

/// Bytes of the PKCS#12 KDF with SHA-1.
fn derived<'k>(
    (salt, iterations): (&[u8], u64),
    purpose: Purpose,
    length: usize,
    password: &SecretDer,
    keys: &'k mut Keys,
) -> Result<&'k SecretDer, Stop> {
    keys.of(KdfJob {
        kdf: Kdf::Pkcs12 {
            digest: Digest::Sha1,
            purpose,
            salt: salt.to_vec(),
            iterations,
        },
        password: password.duplicate(),
        length,
    })
}

/// The structure of a BKS.
pub(crate) struct Keystore {
    header: Header,
    covered: Vec<u8>,
    mac: Vec<u8>,
    entries: Vec<Entry>,
}

impl Keystore {
    /// Reads the structure; sealed keys stay locked.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut cursor = Cursor::new(bytes, 0, WHAT);
        let header = Header::parse(&mut cursor)?;
        let start = cursor.before().len();
        let entries = Entry::parse_all(&mut cursor)?;
        let covered = cursor.before().get(start..).unwrap_or_default().to_vec();
        let mac = cursor.take(Digest::Sha1.size())?.to_vec();
        Ok(Self {
            header,
            covered,
            mac,
            entries,
        })
    }

    fn confirms(&self, password: &Password, keys: &mut Keys) -> Result<bool, Stop> {
        let length = match self.header.version {
            0 | 1 => 2,
            _ => Digest::Sha1.size(),
        };
        let from = (&*self.header.salt, self.header.iterations);
        for encoded in pbe::pkcs12_encodings(password) {
            let key = derived(from, Purpose::Mac, length, &encoded, keys)?;
            if equal(&Digest::Sha1.hmac(key.expose(), &self.covered), &self.mac) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Locked for Keystore {
    fn cost(&self) -> u64 {
        let sealed = self.entries.iter().map(Entry::cost);
        sealed.fold(self.header.iterations, u64::saturating_add)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let mut confirmed = false;
        for password in passwords {
            confirmed = confirmed || self.confirms(password, keys)?;
        }
        unlock_all(&self.entries, passwords, keys).judge(confirmed, passwords, WHAT)
    }
}

fn unlock_all(entries: &[Entry], passwords: &[Password], keys: &mut Keys) -> Opened {
    let mut opened = Opened::default();
    for entry in entries {
        entry.unlock(passwords, keys, &mut opened);
    }
    opened
}
