//! The ciphers that password-based encryption uses: block ciphers in CBC mode with PKCS#7 padding, and RC4.

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit,
    KeyInit, StreamCipher,
};
use zeroize::Zeroizing;

use crate::secret::SecretDer;

/// A cipher and the size of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    /// FIPS 197, 16-byte key
    Aes128Cbc,
    /// FIPS 197, 24-byte key
    Aes192Cbc,
    /// FIPS 197, 32-byte key
    Aes256Cbc,
    /// FIPS 46-3, one key
    DesCbc,
    /// RFC 2268
    Rc2Cbc {
        /// Bytes of the key.
        key: usize,
        /// Effective key bits, 1 to 1024.
        bits: usize,
    },
    /// The stream cipher of PKCS#12's oldest identifiers
    Rc4 {
        /// Bytes of the key.
        key: usize,
    },
    /// FIPS 46-3, two keys: the first serves twice
    TripleDes2Cbc,
    /// FIPS 46-3, three keys
    TripleDes3Cbc,
    /// Schneier et al., 1998, 32-byte key: what BouncyCastle's UBER takes
    TwofishCbc,
}

impl Cipher {
    /// Bytes of the key.
    pub fn key_size(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::TripleDes2Cbc => 16,
            Self::Aes192Cbc | Self::TripleDes3Cbc => 24,
            Self::Aes256Cbc | Self::TwofishCbc => 32,
            Self::DesCbc => 8,
            Self::Rc2Cbc { key, .. } | Self::Rc4 { key } => key,
        }
    }

    /// Bytes of the initialisation vector; 0 for a stream cipher.
    pub fn iv_size(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::Aes192Cbc | Self::Aes256Cbc | Self::TwofishCbc => 16,
            Self::DesCbc | Self::Rc2Cbc { .. } | Self::TripleDes2Cbc | Self::TripleDes3Cbc => 8,
            Self::Rc4 { .. } => 0,
        }
    }

    /// The plain bytes; `None` where lengths or padding say that this key is not the one.
    pub fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<SecretDer> {
        match self {
            Self::Aes128Cbc => cbc_decrypt(aes::Aes128::new_from_slice(key).ok()?, iv, data),
            Self::Aes192Cbc => cbc_decrypt(aes::Aes192::new_from_slice(key).ok()?, iv, data),
            Self::Aes256Cbc => cbc_decrypt(aes::Aes256::new_from_slice(key).ok()?, iv, data),
            Self::DesCbc => cbc_decrypt(des::Des::new_from_slice(key).ok()?, iv, data),
            Self::Rc2Cbc { bits, .. } => cbc_decrypt(rc2_cipher(key, bits)?, iv, data),
            Self::Rc4 { .. } => Some(SecretDer::new(rc4(key, data)?)),
            Self::TripleDes2Cbc => cbc_decrypt(des::TdesEde2::new_from_slice(key).ok()?, iv, data),
            Self::TripleDes3Cbc => cbc_decrypt(des::TdesEde3::new_from_slice(key).ok()?, iv, data),
            Self::TwofishCbc => cbc_decrypt(twofish::Twofish::new_from_slice(key).ok()?, iv, data),
        }
    }

    /// The encrypted bytes; `None` where key or vector are not of the cipher's size.
    pub fn encrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Aes128Cbc => cbc_encrypt(aes::Aes128::new_from_slice(key).ok()?, iv, data),
            Self::Aes192Cbc => cbc_encrypt(aes::Aes192::new_from_slice(key).ok()?, iv, data),
            Self::Aes256Cbc => cbc_encrypt(aes::Aes256::new_from_slice(key).ok()?, iv, data),
            Self::DesCbc => cbc_encrypt(des::Des::new_from_slice(key).ok()?, iv, data),
            Self::Rc2Cbc { bits, .. } => cbc_encrypt(rc2_cipher(key, bits)?, iv, data),
            Self::Rc4 { .. } => rc4(key, data),
            Self::TripleDes2Cbc => cbc_encrypt(des::TdesEde2::new_from_slice(key).ok()?, iv, data),
            Self::TripleDes3Cbc => cbc_encrypt(des::TdesEde3::new_from_slice(key).ok()?, iv, data),
            Self::TwofishCbc => cbc_encrypt(twofish::Twofish::new_from_slice(key).ok()?, iv, data),
        }
    }
}

fn cbc_decrypt<C: BlockCipherDecrypt>(cipher: C, iv: &[u8], data: &[u8]) -> Option<SecretDer> {
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?;
    let mut plain = Zeroizing::new(data.to_vec());
    let length = mode.decrypt_padded::<Pkcs7>(&mut plain).ok()?.len();
    // Truncating keeps the allocation, which is wiped whole.
    plain.truncate(length);
    Some(SecretDer::new(std::mem::take(&mut *plain)))
}

fn cbc_encrypt<C: BlockCipherEncrypt>(cipher: C, iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let mode = cbc::Encryptor::inner_iv_slice_init(cipher, iv).ok()?;
    Some(mode.encrypt_padded_vec::<Pkcs7>(data))
}

/// The crate takes keys of 1 to 128 bytes and panics on others.
fn rc2_cipher(key: &[u8], bits: usize) -> Option<rc2::Rc2> {
    let fits = (1..=128).contains(&key.len()) && (1..=1024).contains(&bits);
    fits.then(|| rc2::Rc2::new_with_eff_key_len(key, bits))
}

fn rc4(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let mut stream = rc4::Rc4::new_from_slice(key).ok()?;
    let mut out = data.to_vec();
    stream.try_apply_keystream(&mut out).ok()?;
    Some(out)
}
