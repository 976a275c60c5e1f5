//! The ciphers that OpenSSH locks a private part with; none pads as PKCS#7 does, since the part brings its own padding.

use aes_gcm::aead::AeadInOut;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{
    BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit, KeyIvInit, StreamCipher,
};
use chacha20::ChaCha20Legacy;
use ctr::Ctr128BE;
use poly1305::Poly1305;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::{SecretDer, equal};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes128Cbc,
    Aes128Ctr,
    Aes128Gcm,
    Aes192Cbc,
    Aes192Ctr,
    Aes256Cbc,
    Aes256Ctr,
    Aes256Gcm,
    ChaCha20Poly1305,
    TripleDesCbc,
}

impl Cipher {
    /// By OpenSSH's name.
    pub(super) fn of(name: &[u8]) -> Result<Self, Error> {
        Ok(match name {
            b"3des-cbc" => Self::TripleDesCbc,
            b"aes128-cbc" => Self::Aes128Cbc,
            b"aes128-ctr" => Self::Aes128Ctr,
            b"aes128-gcm@openssh.com" => Self::Aes128Gcm,
            b"aes192-cbc" => Self::Aes192Cbc,
            b"aes192-ctr" => Self::Aes192Ctr,
            b"aes256-cbc" | b"rijndael-cbc@lysator.liu.se" => Self::Aes256Cbc,
            b"aes256-ctr" => Self::Aes256Ctr,
            b"aes256-gcm@openssh.com" => Self::Aes256Gcm,
            b"chacha20-poly1305@openssh.com" => Self::ChaCha20Poly1305,
            other => {
                return Err(Error::UnsupportedAlgorithm {
                    algorithm: format!("the cipher “{}”", String::from_utf8_lossy(other)),
                });
            }
        })
    }

    pub(super) fn key_size(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::Aes128Ctr | Self::Aes128Gcm => 16,
            Self::Aes192Cbc | Self::Aes192Ctr | Self::TripleDesCbc => 24,
            Self::Aes256Cbc | Self::Aes256Ctr | Self::Aes256Gcm => 32,
            // Two keys; the second is for lengths, which a file has none of.
            Self::ChaCha20Poly1305 => 64,
        }
    }

    pub(super) fn iv_size(self) -> usize {
        match self {
            Self::Aes128Gcm | Self::Aes256Gcm => 12,
            Self::ChaCha20Poly1305 => 0,
            Self::TripleDesCbc => 8,
            _ => 16,
        }
    }

    /// Bytes that follow the private part.
    pub(super) fn tag_size(self) -> usize {
        match self {
            Self::Aes128Gcm | Self::Aes256Gcm | Self::ChaCha20Poly1305 => 16,
            _ => 0,
        }
    }

    /// The plain bytes; `None` where lengths or the tag say that this key is not the one.
    pub(super) fn decrypt(
        self,
        key: &[u8],
        iv: &[u8],
        data: &[u8],
        tag: &[u8],
    ) -> Option<SecretDer> {
        let mut plain = Zeroizing::new(data.to_vec());
        match self {
            Self::Aes128Cbc => cbc::<aes::Aes128>(key, iv, &mut plain)?,
            Self::Aes128Ctr => ctr::<Ctr128BE<aes::Aes128>>(key, iv, &mut plain)?,
            Self::Aes128Gcm => gcm::<aes_gcm::Aes128Gcm>(key, iv, &mut plain, tag)?,
            Self::Aes192Cbc => cbc::<aes::Aes192>(key, iv, &mut plain)?,
            Self::Aes192Ctr => ctr::<Ctr128BE<aes::Aes192>>(key, iv, &mut plain)?,
            Self::Aes256Cbc => cbc::<aes::Aes256>(key, iv, &mut plain)?,
            Self::Aes256Ctr => ctr::<Ctr128BE<aes::Aes256>>(key, iv, &mut plain)?,
            Self::Aes256Gcm => gcm::<aes_gcm::Aes256Gcm>(key, iv, &mut plain, tag)?,
            Self::ChaCha20Poly1305 => chacha(key, &mut plain, tag)?,
            Self::TripleDesCbc => cbc::<des::TdesEde3>(key, iv, &mut plain)?,
        }
        Some(SecretDer::new(std::mem::take(&mut *plain)))
    }
}

fn cbc<C: BlockCipherDecrypt + KeyInit>(key: &[u8], iv: &[u8], data: &mut [u8]) -> Option<()> {
    let cipher = C::new_from_slice(key).ok()?;
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?;
    mode.decrypt_padded::<NoPadding>(data).ok().map(|_| ())
}

fn ctr<S: KeyIvInit + StreamCipher>(key: &[u8], iv: &[u8], data: &mut [u8]) -> Option<()> {
    let mut stream = S::new_from_slices(key, iv).ok()?;
    stream.try_apply_keystream(data).ok()
}

fn gcm<A: AeadInOut + KeyInit>(key: &[u8], iv: &[u8], data: &mut [u8], tag: &[u8]) -> Option<()> {
    let cipher = A::new_from_slice(key).ok()?;
    let (nonce, tag) = (iv.try_into().ok()?, tag.try_into().ok()?);
    cipher
        .decrypt_inout_detached(nonce, &[], data.into(), tag)
        .ok()
}

/// PROTOCOL.chacha20poly1305 of the OpenSSH sources, with the sequence number 0: the first block of the stream is the key
/// of the tag, which is over the encrypted bytes alone.
fn chacha(key: &[u8], data: &mut [u8], tag: &[u8]) -> Option<()> {
    let mut stream = ChaCha20Legacy::new_from_slices(key.get(..32)?, &[0; 8]).ok()?;
    let mut tag_key = Zeroizing::new([0; 64]);
    stream.try_apply_keystream(&mut tag_key[..]).ok()?;
    let authenticator = Poly1305::new_from_slice(&tag_key[..32]).ok()?;
    if !equal(&authenticator.compute_unpadded(data), tag) {
        return None;
    }
    stream.try_apply_keystream(data).ok()
}
