//! The ciphers that OpenSSH locks a private part with; none pads as PKCS#7 does, since the part brings its own padding.

use cbc::cipher::{KeyInit, KeyIvInit, StreamCipher};
use chacha20::ChaCha20Legacy;
use ctr::Ctr128BE;
use poly1305::Poly1305;
use zeroize::Zeroizing;

use crate::base::error::Error;
use crate::base::secret::{SecretDer, equal};
use crate::crypto::cipher::{self, UNFIT, stream};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Cbc(cipher::Cipher),
    ChaCha20Poly1305,
    /// AES in counter mode, with bytes of the key.
    Ctr(usize),
    /// AES in Galois counter mode, with bytes of the key.
    Gcm(usize),
}

impl Cipher {
    /// The name of the one that files are written with.
    pub(super) const WRITTEN: &str = "aes256-ctr";

    /// By OpenSSH's name.
    pub(super) fn of(name: &[u8]) -> Result<Self, Error> {
        Ok(match name {
            b"3des-cbc" => Self::Cbc(cipher::Cipher::TripleDes3Cbc),
            b"aes128-cbc" => Self::Cbc(cipher::Cipher::Aes128Cbc),
            b"aes128-ctr" => Self::Ctr(16),
            b"aes128-gcm@openssh.com" => Self::Gcm(16),
            b"aes192-cbc" => Self::Cbc(cipher::Cipher::Aes192Cbc),
            b"aes192-ctr" => Self::Ctr(24),
            b"aes256-cbc" | b"rijndael-cbc@lysator.liu.se" => Self::Cbc(cipher::Cipher::Aes256Cbc),
            b"aes256-ctr" => Self::Ctr(32),
            b"aes256-gcm@openssh.com" => Self::Gcm(32),
            b"chacha20-poly1305@openssh.com" => Self::ChaCha20Poly1305,
            other => {
                return Err(Error::UnsupportedAlgorithm {
                    algorithm: format!("The cipher “{}”", String::from_utf8_lossy(other)),
                });
            }
        })
    }

    pub(super) fn key_size(self) -> usize {
        match self {
            Self::Cbc(cipher) => cipher.key_size(),
            // Two keys; the second is for lengths, which a file has none of.
            Self::ChaCha20Poly1305 => 64,
            Self::Ctr(key) | Self::Gcm(key) => key,
        }
    }

    pub(super) fn iv_size(self) -> usize {
        match self {
            Self::Cbc(cipher) => cipher.iv_size(),
            Self::ChaCha20Poly1305 => 0,
            Self::Ctr(_) => 16,
            Self::Gcm(_) => 12,
        }
    }

    /// Bytes that follow the private part.
    pub(super) fn tag_size(self) -> usize {
        match self {
            Self::Cbc(_) | Self::Ctr(_) => 0,
            Self::ChaCha20Poly1305 | Self::Gcm(_) => 16,
        }
    }

    /// The plain bytes; `None` where the data's length or the tag say that this key is not the one.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] where key or vector are not of the cipher's size.
    pub(super) fn decrypt(
        self,
        key: &[u8],
        iv: &[u8],
        data: &[u8],
        tag: &[u8],
    ) -> Result<Option<SecretDer>, Error> {
        match self {
            Self::Cbc(cipher) => cipher.decrypt_unpadded(key, iv, data),
            Self::ChaCha20Poly1305 => chacha(key, data, tag),
            Self::Ctr(16) => stream::<Ctr128BE<aes::Aes128>>(key, iv, data).map(Some),
            Self::Ctr(24) => stream::<Ctr128BE<aes::Aes192>>(key, iv, data).map(Some),
            Self::Ctr(_) => stream::<Ctr128BE<aes::Aes256>>(key, iv, data).map(Some),
            Self::Gcm(size) => {
                let tagged = [data, tag].concat();
                cipher::Cipher::AesGcm { key: size }.decrypt(key, iv, &tagged)
            }
        }
    }
}

/// PROTOCOL.chacha20poly1305 of the OpenSSH sources, with the sequence number 0: the first block of the stream is the key
/// of the tag, which is over the encrypted bytes alone.
fn chacha(key: &[u8], data: &[u8], tag: &[u8]) -> Result<Option<SecretDer>, Error> {
    let key = key.get(..32).ok_or(UNFIT)?;
    let mut stream = ChaCha20Legacy::new_from_slices(key, &[0; 8]).map_err(|_| UNFIT)?;
    let mut tag_key = Zeroizing::new([0; 64]);
    stream
        .try_apply_keystream(&mut tag_key[..])
        .map_err(|_| UNFIT)?;
    let tag_key = tag_key.first_chunk::<32>().ok_or(UNFIT)?;
    let authenticator = Poly1305::new_from_slice(tag_key).map_err(|_| UNFIT)?;
    if !equal(&authenticator.compute_unpadded(data), tag) {
        return Ok(None);
    }
    let mut plain = Zeroizing::new(data.to_vec());
    stream.try_apply_keystream(&mut plain).map_err(|_| UNFIT)?;
    Ok(Some(plain.into()))
}
