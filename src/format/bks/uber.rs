//! UBER: the entries of a BKS under one cipher, and a digest of them where the HMAC stands in the other.

use super::{Header, derived, unlock_all};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer, equal};
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Keys, Purpose, Stop};
use crate::crypto::pbe;
use crate::format::bks::entry::Entry;
use crate::format::java::Cursor;
use crate::model::store::{Contents, Locked};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Uber;

/// The structure of an UBER keystore: nothing of it can be read without the password.
pub(crate) struct Uber {
    header: Header,
    data: Vec<u8>,
}

impl Uber {
    /// Reads the header.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut cursor = Cursor::new(bytes, 0, WHAT);
        let header = Header::parse(&mut cursor)?;
        if header.version == 0 {
            return Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail: "uber-version".into(),
            });
        }
        let data = cursor.rest().to_vec();
        if data.is_empty() || !data.len().is_multiple_of(Cipher::TwofishCbc.iv_size()) {
            return Err(Error::Truncated { what: Some(WHAT) });
        }
        Ok(Self { header, data })
    }

    /// The entries; `None` where the password is another.
    fn decrypt(&self, password: &SecretDer, keys: &mut Keys) -> Result<Option<SecretDer>, Stop> {
        let from = (&*self.header.salt, self.header.iterations);
        let cipher = Cipher::TwofishCbc;
        let mut one = |purpose, length| {
            derived(from, purpose, length, password, keys).map(SecretDer::duplicate)
        };
        let (key, iv) = (
            one(Purpose::Key, cipher.key_size()),
            one(Purpose::Iv, cipher.iv_size()),
        );
        Ok(cipher.decrypt(key?.expose(), iv?.expose(), &self.data)?)
    }

    fn open(&self, password: &Password, keys: &mut Keys) -> Result<Option<Vec<Entry>>, Stop> {
        for encoded in pbe::pkcs12_encodings(password) {
            let Some(plain) = self.decrypt(&encoded, keys)? else {
                continue;
            };
            let covered = plain.expose().len().checked_sub(Digest::Sha1.size());
            let Some((entries, digest)) =
                covered.and_then(|covered| plain.expose().split_at_checked(covered))
            else {
                continue;
            };
            if equal(&Digest::Sha1.of(&[entries]), digest) {
                let mut cursor = Cursor::new(entries, 0, WHAT);
                return Ok(Some(Entry::parse_all(&mut cursor)?));
            }
        }
        Ok(None)
    }
}

impl Locked for Uber {
    fn cost(&self) -> u64 {
        self.header.iterations
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        for password in passwords {
            if let Some(entries) = self.open(password, keys)? {
                return unlock_all(&entries, passwords, keys).judge(true, passwords, WHAT);
            }
        }
        Err(pbe::refused(WHAT, passwords).into())
    }
}
