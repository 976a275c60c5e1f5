//! The encryption of PEM texts before PKCS#8: RFC 1421's headers, as SSLeay filled them and OpenSSL still does.
//!
//! ```text
//! Proc-Type: 4,ENCRYPTED
//! DEK-Info: <cipher>,<initialisation vector in hexadecimal>
//! ```
//!
//! The key comes from `EVP_BytesToKey` with MD5 and one iteration; its salt is the first eight bytes of the vector. There
//! is no check value: the padding, and that the key holds together, say whether the password is the one.

use super::WHAT;
use super::armour::Block;
use serde_json::json;

use crate::base::error::{Error, Reason};
use crate::base::format::{Format, Maker};
use crate::base::secret::{Password, SecretDer};
use crate::base::text;
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;
use crate::format::pkcs8;
use crate::model::store::{Contents, Item, Locked, Value};

/// The ciphers by OpenSSL's names.
static CIPHERS: [(&str, Cipher); 19] = [
    ("AES-128-CBC", Cipher::Aes128Cbc),
    ("AES-192-CBC", Cipher::Aes192Cbc),
    ("AES-256-CBC", Cipher::Aes256Cbc),
    ("ARIA-128-CBC", Cipher::AriaCbc { key: 16 }),
    ("ARIA-192-CBC", Cipher::AriaCbc { key: 24 }),
    ("ARIA-256-CBC", Cipher::AriaCbc { key: 32 }),
    ("BF-CBC", Cipher::BlowfishCbc { key: 16 }),
    ("CAMELLIA-128-CBC", Cipher::CamelliaCbc { key: 16 }),
    ("CAMELLIA-192-CBC", Cipher::CamelliaCbc { key: 24 }),
    ("CAMELLIA-256-CBC", Cipher::CamelliaCbc { key: 32 }),
    ("CAST5-CBC", Cipher::Cast5Cbc { key: 16 }),
    ("DES-CBC", Cipher::DesCbc),
    ("DES-EDE-CBC", Cipher::TripleDes2Cbc),
    ("DES-EDE3-CBC", Cipher::TripleDes3Cbc),
    ("IDEA-CBC", Cipher::IdeaCbc),
    ("RC2-40-CBC", Cipher::Rc2Cbc { key: 5, bits: 40 }),
    ("RC2-64-CBC", Cipher::Rc2Cbc { key: 8, bits: 64 }),
    ("RC2-CBC", Cipher::Rc2Cbc { key: 16, bits: 128 }),
    ("SM4-CBC", Cipher::Sm4Cbc),
];

/// A key encrypted in the old way.
pub(super) struct OldKey {
    cipher: Cipher,
    iv: Vec<u8>,
    data: Vec<u8>,
}

impl OldKey {
    /// Whether a block says that it is encrypted in this way.
    pub(super) fn is(block: &Block) -> bool {
        block
            .header("Proc-Type")
            .is_some_and(|value| value.contains("ENCRYPTED"))
    }

    /// Reads the headers.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`] with the name of the cipher; [`Error::Damaged`] where cipher or vector are missing
    /// or the vector is not the cipher's.
    pub(super) fn parse(block: &Block) -> Result<Self, Error> {
        let damaged = |code| Error::Damaged {
            what: Some(WHAT),
            detail: Reason::with(code, json!({ "label": block.label })),
        };
        let info = block
            .header("DEK-Info")
            .ok_or_else(|| damaged("pem-no-cipher"))?;
        let (name, iv) = info.split_once(',').unwrap_or((info, ""));
        let name = name.trim().to_ascii_uppercase();
        let row = CIPHERS.iter().find(|row| row.0 == name);
        let cipher = row.map(|row| row.1);
        let cipher = cipher.ok_or_else(|| Error::UnsupportedAlgorithm {
            algorithm: format!("The cipher “{name}”"),
        })?;
        match text::hexadecimal(iv.trim()) {
            Some(iv) if iv.expose().len() == cipher.iv_size() => Ok(Self {
                cipher,
                iv: iv.expose().to_vec(),
                data: block.bytes.expose().to_vec(),
            }),
            _ => Err(damaged("pem-cipher-line")),
        }
    }
}

impl Locked for OldKey {
    fn cost(&self) -> u64 {
        1
    }

    fn maker(&self) -> Option<Maker> {
        Some(Maker::OpenSsl)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        for password in passwords {
            for encoded in encodings(password) {
                let job = KdfJob {
                    kdf: Kdf::BytesToKey {
                        digest: Digest::Md5,
                        salt: self.iv.iter().copied().take(8).collect(),
                        iterations: 1,
                    },
                    password: encoded,
                    length: self.cipher.key_size(),
                };
                let key = keys.of(job)?;
                let plain = self.cipher.decrypt(key.expose(), &self.iv, &self.data)?;
                if let Some(key) = plain.map(pkcs8::accept).transpose()?.flatten() {
                    return Ok(Contents::of(vec![Item::new(Value::PrivateKey(key.into()))]));
                }
            }
        }
        Err(pbe::refused(Format::EncryptedPkcs8, passwords).into())
    }
}

/// As UTF-8, and as a terminal in ISO 8859-1 gave it.
fn encodings(password: &Password) -> impl Iterator<Item = SecretDer> {
    let latin1 = match password.expose().is_ascii() {
        true => None,
        false => password.latin1(),
    };
    std::iter::once(password.utf8()).chain(latin1)
}
