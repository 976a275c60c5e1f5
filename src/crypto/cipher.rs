//! The ciphers that password-based encryption uses: block ciphers in CBC and ECB mode with PKCS#7 padding,
//! AES-GCM, and RC4.
//!
//! OpenSSL encrypts a key with any of its ciphers in any mode on request. ECB is read, since NSS wrote it; of CFB, OFB, CTR,
//! SEED and DESX no file is known that a person has, and none is among the 998 of the corpus that this was tested with: they are
//! refused by name.
//!
//! Files are only ever read with most of them, so there is one decryption for all: what chains the blocks and takes the
//! padding off is written once and calls the block cipher through a pointer. Twenty copies of it, one for each cipher,
//! would be what the page grows by. Those that files are written with are the three of [`Cipher::encrypt`].

pub(crate) mod ccm;

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes128Gcm, Aes256Gcm, AesGcm};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::consts::U12;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeEncrypt, KeyInit, KeyIvInit, StreamCipher,
};
use zeroize::Zeroizing;

use crate::base::error::Error;
use crate::base::secret::SecretDer;

/// A cipher and the size of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    /// FIPS 197, 16-byte key
    Aes128Cbc,
    /// FIPS 197, 24-byte key
    Aes192Cbc,
    /// FIPS 197, 32-byte key
    Aes256Cbc,
    /// SP 800-38D with a 12-byte nonce and a 16-byte check value behind the encrypted bytes
    AesGcm {
        /// Bytes of the key: 16, 24 or 32.
        key: usize,
    },
    /// RFC 5794
    AriaCbc {
        /// Bytes of the key: 16, 24 or 32.
        key: usize,
    },
    /// Schneier, 1993
    BlowfishCbc {
        /// Bytes of the key, 4 to 56.
        key: usize,
    },
    /// RFC 3713
    CamelliaCbc {
        /// Bytes of the key: 16, 24 or 32.
        key: usize,
    },
    /// RFC 2144
    Cast5Cbc {
        /// Bytes of the key, 5 to 16.
        key: usize,
    },
    /// FIPS 46-3, one key
    DesCbc,
    /// SP 800-38A, 6.1: the block cipher of another row, each block by itself, without a vector
    Ecb {
        /// Which.
        of: &'static Cipher,
    },
    /// Lai and Massey, 1991
    IdeaCbc,
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
    /// GB/T 32907
    Sm4Cbc,
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
            Self::Aes128Cbc | Self::IdeaCbc | Self::Sm4Cbc | Self::TripleDes2Cbc => 16,
            Self::Aes192Cbc | Self::TripleDes3Cbc => 24,
            Self::Aes256Cbc | Self::TwofishCbc => 32,
            Self::DesCbc => 8,
            Self::Ecb { of } => of.key_size(),
            Self::AesGcm { key }
            | Self::AriaCbc { key }
            | Self::BlowfishCbc { key }
            | Self::CamelliaCbc { key }
            | Self::Cast5Cbc { key }
            | Self::Rc2Cbc { key, .. }
            | Self::Rc4 { key } => key,
        }
    }

    /// Bytes of the initialisation vector; 0 for a stream cipher and for ECB.
    pub fn iv_size(self) -> usize {
        match self {
            Self::Aes128Cbc
            | Self::Aes192Cbc
            | Self::Aes256Cbc
            | Self::AriaCbc { .. }
            | Self::CamelliaCbc { .. }
            | Self::Sm4Cbc
            | Self::TwofishCbc => 16,
            Self::AesGcm { .. } => 12,
            Self::BlowfishCbc { .. }
            | Self::Cast5Cbc { .. }
            | Self::DesCbc
            | Self::IdeaCbc
            | Self::Rc2Cbc { .. }
            | Self::TripleDes2Cbc
            | Self::TripleDes3Cbc => 8,
            Self::Ecb { .. } | Self::Rc4 { .. } => 0,
        }
    }

    /// The plain bytes; `None` where the data's length, the padding or the check value say that this key is not the one.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] where key or vector are not of the cipher's size: the caller made them for another.
    pub fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Result<Option<SecretDer>, Error> {
        self.fits(key, iv)?;
        match self {
            Self::AesGcm { .. } => gcm(key, iv, data),
            Self::Ecb { of } => {
                let plain = ecb(&*of.blocks(key)?, of.iv_size(), data)?;
                Ok(plain.and_then(|plain| unpadded(plain, of.iv_size())))
            }
            Self::Rc4 { .. } => {
                let mut plain = Zeroizing::new(data.to_vec());
                let mut stream = rc4::Rc4::new_from_slice(key).map_err(|_| UNFIT)?;
                stream.try_apply_keystream(&mut plain).map_err(|_| UNFIT)?;
                Ok(Some(plain.into()))
            }
            block => {
                let plain = block.decrypt_unpadded(key, iv, data)?;
                Ok(plain.and_then(|plain| unpadded(plain, iv.len())))
            }
        }
    }

    /// The encrypted bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] for a cipher that nothing is written with, and where key or vector are not of the cipher's size.
    pub fn encrypt(self, key: &[u8], iv: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
        self.fits(key, iv)?;
        match self {
            Self::Aes128Cbc => padded::<aes::Aes128>(key, iv, plain),
            Self::Aes256Cbc => padded::<aes::Aes256>(key, iv, plain),
            Self::TripleDes3Cbc => padded::<des::TdesEde3>(key, iv, plain),
            _ => Err(Error::Internal {
                detail: "no-writer",
            }),
        }
    }

    /// What a cipher of blocks gives before its padding is looked at; `None` where the data's length is not possible.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] for another cipher, and where key or vector are not of the cipher's size.
    pub fn decrypt_unpadded(
        self,
        key: &[u8],
        iv: &[u8],
        data: &[u8],
    ) -> Result<Option<SecretDer>, Error> {
        self.fits(key, iv)?;
        cbc(&*self.blocks(key)?, iv, data)
    }

    fn fits(self, key: &[u8], iv: &[u8]) -> Result<(), Error> {
        match key.len() == self.key_size() && iv.len() == self.iv_size() {
            true => Ok(()),
            false => Err(UNFIT),
        }
    }

    /// The block cipher.
    fn blocks(self, key: &[u8]) -> Result<Box<dyn Block>, Error> {
        match (self, key.len()) {
            (Self::Aes128Cbc, _) => block::<aes::Aes128>(key),
            (Self::Aes192Cbc, _) => block::<aes::Aes192>(key),
            (Self::Aes256Cbc, _) => block::<aes::Aes256>(key),
            (Self::AriaCbc { .. }, 16) => block::<aria::Aria128>(key),
            (Self::AriaCbc { .. }, 24) => block::<aria::Aria192>(key),
            (Self::AriaCbc { .. }, _) => block::<aria::Aria256>(key),
            (Self::BlowfishCbc { .. }, _) => block::<blowfish::Blowfish>(key),
            (Self::CamelliaCbc { .. }, 16) => block::<camellia::Camellia128>(key),
            (Self::CamelliaCbc { .. }, 24) => block::<camellia::Camellia192>(key),
            (Self::CamelliaCbc { .. }, _) => block::<camellia::Camellia256>(key),
            (Self::Cast5Cbc { .. }, _) => block::<cast5::Cast5>(key),
            (Self::DesCbc, _) => block::<des::Des>(key),
            (Self::IdeaCbc, _) => block::<idea::Idea>(key),
            (Self::Rc2Cbc { bits, .. }, _) => {
                // The crate panics on other sizes.
                let fits = (1..=128).contains(&key.len()) && (1..=1024).contains(&bits);
                match fits {
                    true => Ok(Box::new(rc2::Rc2::new_with_eff_key_len(key, bits))),
                    false => Err(UNFIT),
                }
            }
            (Self::Sm4Cbc, _) => block::<sm4::Sm4>(key),
            (Self::TripleDes2Cbc, _) => block::<des::TdesEde2>(key),
            (Self::TripleDes3Cbc, _) => block::<des::TdesEde3>(key),
            (Self::TwofishCbc, _) => block::<twofish::Twofish>(key),
            (Self::AesGcm { .. } | Self::Ecb { .. } | Self::Rc4 { .. }, _) => {
                Err(Error::Internal {
                    detail: "no-block-cipher",
                })
            }
        }
    }
}

/// A key or a vector of another size than the cipher's.
pub(crate) const UNFIT: Error = Error::Internal {
    detail: "cipher-size",
};

/// A block cipher with its key set up. What is not of its block size is refused with [`UNFIT`].
trait Block {
    fn decrypt(&self, block: &mut [u8]) -> Result<(), Error>;
}

impl<C: BlockCipherDecrypt> Block for C {
    fn decrypt(&self, block: &mut [u8]) -> Result<(), Error> {
        self.decrypt_block(block.try_into().map_err(|_| UNFIT)?);
        Ok(())
    }
}

fn block<C>(key: &[u8]) -> Result<Box<dyn Block>, Error>
where
    C: KeyInit + BlockCipherDecrypt + 'static,
{
    Ok(Box::new(C::new_from_slice(key).map_err(|_| UNFIT)?))
}

/// CBC (SP 800-38A, 6.2). The vector has the size of a block.
fn cbc(cipher: &dyn Block, iv: &[u8], data: &[u8]) -> Result<Option<SecretDer>, Error> {
    let size = iv.len();
    if data.is_empty() || !data.len().is_multiple_of(size) {
        return Ok(None);
    }
    let mut plain = Zeroizing::new(data.to_vec());
    let mut before = iv;
    for (block, encrypted) in plain.chunks_mut(size).zip(data.chunks(size)) {
        cipher.decrypt(block)?;
        block
            .iter_mut()
            .zip(before)
            .for_each(|(byte, other)| *byte ^= other);
        before = encrypted;
    }
    Ok(Some(plain.into()))
}

/// Each block by itself; `None` where the data is no row of blocks of this size.
fn ecb(cipher: &dyn Block, size: usize, data: &[u8]) -> Result<Option<SecretDer>, Error> {
    if data.is_empty() || !data.len().is_multiple_of(size) {
        return Ok(None);
    }
    let mut plain = Zeroizing::new(data.to_vec());
    for block in plain.chunks_exact_mut(size) {
        cipher.decrypt(block)?;
    }
    Ok(Some(plain.into()))
}

/// Without the padding of RFC 5652, 6.3.
fn unpadded(plain: SecretDer, size: usize) -> Option<SecretDer> {
    let mut plain = plain.into_inner();
    let padding = *plain.last()?;
    let length = plain.len().checked_sub(padding.into())?;
    let padded = (1..=size).contains(&padding.into())
        && plain.iter().skip(length).all(|&byte| byte == padding);
    // Truncating keeps the allocation, which is wiped whole.
    plain.truncate(length);
    padded.then(|| plain.into())
}

/// AES-GCM without associated data.
fn gcm(key: &[u8], nonce: &[u8], data: &[u8]) -> Result<Option<SecretDer>, Error> {
    fn open<C: KeyInit + AeadInOut>(
        key: &[u8],
        nonce: &[u8],
        data: &[u8],
    ) -> Result<Option<SecretDer>, Error> {
        let mut plain = Zeroizing::new(data.to_vec());
        let nonce = nonce.try_into().map_err(|_| UNFIT)?;
        let cipher = C::new_from_slice(key).map_err(|_| UNFIT)?;
        // All that the crate refuses here is the check value, and data too short to have one.
        let opened = cipher.decrypt_in_place(nonce, &[], &mut *plain).is_ok();
        Ok(opened.then(|| plain.into()))
    }
    match key.len() {
        16 => open::<Aes128Gcm>(key, nonce, data),
        24 => open::<AesGcm<aes::Aes192, U12>>(key, nonce, data),
        _ => open::<Aes256Gcm>(key, nonce, data),
    }
}

/// AES key wrap with padding (SP 800-38F, RFC 5649), undone; `None` where its check value says that this key is not the one.
///
/// # Errors
///
/// [`Error::Internal`] for a key that does not have 32 bytes.
pub(crate) fn unwrap_aes256(key: &[u8], data: &[u8]) -> Result<Option<SecretDer>, Error> {
    let wrap = aes_kw::KwpAes256::new_from_slice(key).map_err(|_| UNFIT)?;
    // One block is the check value, the least there can be besides is another.
    let Some(length) = data.len().checked_sub(8).filter(|&length| length >= 8) else {
        return Ok(None);
    };
    let mut plain = Zeroizing::new(vec![0; length]);
    // What it refuses is the check value, and a length that no wrapped key has.
    let Ok(unwrapped) = wrap.unwrap_key(data, &mut plain).map(|key| key.len()) else {
        return Ok(None);
    };
    plain.truncate(unwrapped);
    Ok(Some(plain.into()))
}

/// A key stream over the data, there and back.
///
/// # Errors
///
/// [`Error::Internal`] where key or vector are not of the cipher's size, or the stream ends before the data does.
pub(crate) fn stream<S: KeyIvInit + StreamCipher>(
    key: &[u8],
    iv: &[u8],
    data: &[u8],
) -> Result<SecretDer, Error> {
    let mut changed = Zeroizing::new(data.to_vec());
    let mut stream = S::new_from_slices(key, iv).map_err(|_| UNFIT)?;
    stream
        .try_apply_keystream(&mut changed)
        .map_err(|_| UNFIT)?;
    Ok(changed.into())
}

/// CBC with padding.
fn padded<C: BlockCipherEncrypt + KeyInit>(
    key: &[u8],
    iv: &[u8],
    data: &[u8],
) -> Result<Vec<u8>, Error> {
    let mode = cbc::Encryptor::<C>::new_from_slices(key, iv).map_err(|_| UNFIT)?;
    Ok(mode.encrypt_padded_vec::<Pkcs7>(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By BouncyCastle 1.72 under the key 00 01 … 1f.
    #[test]
    fn key_wrap_with_padding_is_undone() {
        let key: Vec<u8> = (0..32).collect();
        let mut wrapped = bytes("45e0683c6383972047cd3dc1c3271e446601d5dadd8fde8c1c8a855d393eaae6");
        let plain = unwrap_aes256(&key, &wrapped).unwrap().unwrap();
        assert_eq!(plain.expose(), b"keyferry carries keys");
        for length in 0..wrapped.len() {
            assert_eq!(unwrap_aes256(&key, &wrapped[..length]), Ok(None));
        }
        wrapped[5] ^= 1;
        assert_eq!(unwrap_aes256(&key, &wrapped), Ok(None));
        assert_eq!(unwrap_aes256(&key[..31], &wrapped), Err(UNFIT));
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    /// Each cipher's own example, turned round: one block of CBC from a zero vector is the block cipher itself. Its plain text
    /// ends in no padding, so the block is looked at before the padding is.
    #[test]
    fn blocks_as_the_standards_print_them() {
        let long = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        let camellia = "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff";
        let counted = "00112233445566778899aabbccddeeff";
        let camellia_plain = "0123456789abcdeffedcba9876543210";
        for (cipher, key, plain, encrypted) in [
            (
                Cipher::AriaCbc { key: 16 },
                &long[..32],
                counted,
                "d718fbd6ab644c739da95f3be6451778",
            ),
            (
                Cipher::AriaCbc { key: 24 },
                &long[..48],
                counted,
                "26449c1805dbe7aa25a468ce263a9e79",
            ),
            (
                Cipher::AriaCbc { key: 32 },
                long,
                counted,
                "f92bd7c79fb72e2f2b8f80c1972d24fc",
            ),
            (
                Cipher::CamelliaCbc { key: 16 },
                &camellia[..32],
                camellia_plain,
                "67673138549669730857065648eabe43",
            ),
            (
                Cipher::CamelliaCbc { key: 24 },
                &camellia[..48],
                camellia_plain,
                "b4993401b3e996f84ee5cee7d79b09b9",
            ),
            (
                Cipher::CamelliaCbc { key: 32 },
                camellia,
                camellia_plain,
                "9acc237dff16d76c20ef7c919e3a7509",
            ),
            (
                Cipher::Cast5Cbc { key: 16 },
                "0123456712345678234567893456789a",
                "0123456789abcdef",
                "238b4fe5847e44b2",
            ),
            (
                Cipher::Cast5Cbc { key: 10 },
                "01234567123456782345",
                "0123456789abcdef",
                "eb6a711a2c02271b",
            ),
            (
                Cipher::Cast5Cbc { key: 5 },
                "0123456712",
                "0123456789abcdef",
                "7ac816d16e9b302e",
            ),
            (
                Cipher::BlowfishCbc { key: 8 },
                "0123456789abcdef",
                "1111111111111111",
                "61f9c3802281b096",
            ),
            (
                Cipher::IdeaCbc,
                "00010002000300040005000600070008",
                "0000000100020003",
                "11fbed2b01986de5",
            ),
            (
                Cipher::Sm4Cbc,
                camellia_plain,
                camellia_plain,
                "681edf34d206965e86b3e94f536e4246",
            ),
            (
                Cipher::TwofishCbc,
                camellia,
                "00000000000000000000000000000000",
                "37527be0052334b89f0cfccae87cfa20",
            ),
            (
                Cipher::Rc2Cbc { key: 8, bits: 63 },
                "0000000000000000",
                "0000000000000000",
                "ebb773f993278eff",
            ),
            (
                Cipher::Rc2Cbc { key: 16, bits: 64 },
                "88bca90e90875a7f0f79c384627bafb2",
                "0000000000000000",
                "1a807d272bbe5db1",
            ),
        ] {
            let key = bytes(key);
            assert_eq!(key.len(), cipher.key_size(), "{cipher:?}");
            let mut block = bytes(encrypted);
            assert_eq!(block.len(), cipher.iv_size(), "{cipher:?}");
            let blocks = cipher.blocks(&key).unwrap();
            blocks.decrypt(&mut block).unwrap();
            assert_eq!(block, bytes(plain), "{cipher:?}");
        }
    }

    /// SP 800-38A, F.2.5, the last block replaced by padding; and every kind of invalid padding.
    #[test]
    fn cbc_takes_off_what_is_padding_and_nothing_else() {
        let key = bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        let iv = bytes("000102030405060708090a0b0c0d0e0f");
        for length in [0, 1, 15, 16, 17] {
            let plain = vec![7; length];
            let encrypted = Cipher::Aes256Cbc.encrypt(&key, &iv, &plain).unwrap();
            let decrypted = Cipher::Aes256Cbc.decrypt(&key, &iv, &encrypted).unwrap();
            assert_eq!(decrypted.unwrap().expose(), plain);
            let cut = &encrypted[..encrypted.len() - 1];
            assert_eq!(Cipher::Aes256Cbc.decrypt(&key, &iv, cut), Ok(None));
        }
        let unpadded = |last: &[u8]| {
            super::unpadded(last.to_vec().into(), 8).map(|plain| plain.expose().to_vec())
        };
        assert_eq!(unpadded(&[9, 9, 9, 9, 9, 3, 3, 3]), Some(vec![9; 5]));
        assert_eq!(unpadded(&[8; 8]), Some(Vec::new()));
        assert_eq!(unpadded(&[9, 9, 9, 9, 9, 4, 3, 3]), None);
        assert_eq!(unpadded(&[0; 8]), None);
        assert_eq!(unpadded(&[9; 8]), None);
        assert_eq!(unpadded(&[]), None);
    }

    /// The GCM specification's test cases 14 (AES-256, all zero) and 8 (AES-192).
    #[test]
    fn gcm_as_its_specification_prints_it() {
        let data = bytes("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        let plain = Cipher::AesGcm { key: 32 }.decrypt(&[0; 32], &[0; 12], &data);
        assert_eq!(plain.unwrap().unwrap().expose(), [0; 16]);
        let data = bytes("98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb");
        let cipher = Cipher::AesGcm { key: 24 };
        let plain = cipher.decrypt(&[0; 24], &[0; 12], &data);
        assert_eq!(plain.unwrap().unwrap().expose(), [0; 16]);
        assert_eq!(cipher.decrypt(&[1; 24], &[0; 12], &data), Ok(None));
    }

    /// A key of another size was taken for a wrong password, and a writer said that its algorithm was not supported.
    #[test]
    fn a_key_of_another_size_is_a_fault_of_ours() {
        let data = [3; 32];
        let read = |cipher: Cipher, key: &[u8], iv: &[u8]| {
            cipher
                .decrypt(key, iv, &data)
                .err()
                .map(|error| error.code())
        };
        let written = |cipher: Cipher, key: &[u8], iv: &[u8]| {
            cipher
                .encrypt(key, iv, &data)
                .err()
                .map(|error| error.code())
        };
        let internal = Some("internal");
        for cipher in [
            Cipher::Aes128Cbc,
            Cipher::Aes256Cbc,
            Cipher::AesGcm { key: 24 },
            Cipher::BlowfishCbc { key: 16 },
            Cipher::Rc2Cbc { key: 5, bits: 40 },
            Cipher::Rc4 { key: 16 },
            Cipher::TripleDes3Cbc,
            Cipher::TwofishCbc,
        ] {
            let (key, iv) = (vec![1; cipher.key_size()], vec![2; cipher.iv_size()]);
            let longer = [&iv[..], &[0]].concat();
            assert_eq!(read(cipher, &key, &iv), None, "{cipher:?}");
            assert_eq!(read(cipher, &key[1..], &iv), internal, "{cipher:?}");
            assert_eq!(read(cipher, &key, &longer), internal, "{cipher:?}");
            assert_eq!(written(cipher, &key[1..], &iv), internal, "{cipher:?}");
            assert_eq!(written(cipher, &key, &longer), internal, "{cipher:?}");
        }
        // Files are read with it, and none is written.
        assert_eq!(written(Cipher::Aes192Cbc, &[1; 24], &[2; 16]), internal);
        let no_blocks = Cipher::Rc4 { key: 16 }.decrypt_unpadded(&[1; 16], &[], &data);
        assert_eq!(no_blocks.err().map(|error| error.code()), internal);
        let short = stream::<ctr::Ctr128BE<aes::Aes256>>(&[1; 31], &[2; 16], &data);
        assert_eq!(short, Err(UNFIT));
    }
}
