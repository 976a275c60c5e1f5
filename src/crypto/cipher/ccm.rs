//! CCM (SP 800-38C, RFC 3610) with AES-256 and without associated data, to read with.
//!
//! The crate `ccm` 0.6 takes the sizes of nonce and check value as types: 49 copies for what a file may ask for, and 3.9 kB
//! more of the page in brotli. Here they are figures.

use cbc::cipher::{Array, BlockCipherEncrypt, KeyInit};
use zeroize::Zeroizing;

use super::UNFIT;
use crate::base::error::Error;
use crate::base::secret::{SecretDer, equal};

/// The plain bytes; `None` where the check value of `tag` bytes at the end says that this key is not the one, and where the
/// data is shorter or longer than CCM has it with such a nonce.
///
/// # Errors
///
/// [`Error::Internal`] for a key that does not have 32 bytes, and for nonce and tag sizes that CCM does not allow.
pub(crate) fn decrypt(
    key: &[u8],
    nonce: &[u8],
    tag: usize,
    data: &[u8],
) -> Result<Option<SecretDer>, Error> {
    let aes = aes::Aes256::new_from_slice(key).map_err(|_| UNFIT)?;
    // The counter has what the nonce leaves of 15 bytes.
    let counter = 15_usize.checked_sub(nonce.len()).ok_or(UNFIT)?;
    if !(2..=8).contains(&counter) || !(4..=16).contains(&tag) || !tag.is_multiple_of(2) {
        return Err(UNFIT);
    }
    let Some((encrypted, check)) = data
        .len()
        .checked_sub(tag)
        .and_then(|length| data.split_at_checked(length))
    else {
        return Ok(None);
    };
    // The size of the counter less one, and that of the check value above it.
    let sizes = u8::try_from(counter - 1).map_err(|_| UNFIT)?;
    let mac_sizes = u8::try_from((tag - 2) / 2 * 8).map_err(|_| UNFIT)? | sizes;
    let length = encrypted.len() as u64;
    if counter < 8 && length >> (8 * counter) != 0 {
        return Ok(None);
    }
    let encrypt = |block: [u8; 16]| -> [u8; 16] {
        let mut block = Array::from(block);
        aes.encrypt_block(&mut block);
        block.into()
    };
    let block = |flags: u8, number: u64| {
        let mut block = [0; 16];
        block[8..].copy_from_slice(&number.to_be_bytes());
        block[0] = flags;
        block[1..]
            .iter_mut()
            .zip(nonce)
            .for_each(|(byte, own)| *byte = *own);
        block
    };
    let mut plain = Zeroizing::new(encrypted.to_vec());
    for (number, chunk) in (1..).zip(plain.chunks_mut(16)) {
        xor(chunk, &encrypt(block(sizes, number)));
    }
    let mut mac = encrypt(block(mac_sizes, length));
    for chunk in plain.chunks(16) {
        xor(&mut mac, chunk);
        mac = encrypt(mac);
    }
    xor(&mut mac, &encrypt(block(sizes, 0)));
    let mac = mac.get(..tag).ok_or(UNFIT)?;
    Ok(equal(mac, check).then(|| plain.into()))
}

fn xor(bytes: &mut [u8], mask: &[u8]) {
    bytes
        .iter_mut()
        .zip(mask)
        .for_each(|(byte, other)| *byte ^= other);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By BouncyCastle 1.72 under the key 00 01 … 1f; the nonce is as much of it.
    #[test]
    fn as_bouncy_castle_encrypts() {
        let key: Vec<u8> = (0..32).collect();
        for (nonce, tag, encrypted) in [
            (
                7,
                16,
                "f494f599f6f2e4840e204c8c50a736d770f2ce7cd01daa97917b1bd79dcbff785125aff8cd",
            ),
            (
                12,
                8,
                "e1b0c1705b5dbbee8caad0517f5939371d1f730c4ac30fc0001ca1c783",
            ),
            (13, 4, "7762d20069da08f1e1b3b74268b3709b9f947140e187ded63d"),
        ] {
            let mut data: Vec<u8> = (0..encrypted.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&encrypted[at..at + 2], 16).unwrap())
                .collect();
            let plain = decrypt(&key, &key[..nonce], tag, &data).unwrap().unwrap();
            assert_eq!(plain.expose(), b"keyferry carries keys");
            for length in 0..data.len() {
                let cut = decrypt(&key, &key[..nonce], tag, &data[..length]);
                assert_eq!(cut, Ok(None));
            }
            data[3] ^= 1;
            assert_eq!(decrypt(&key, &key[..nonce], tag, &data), Ok(None));
        }
        assert_eq!(decrypt(&key, &key[..6], 16, &[0; 40]), Err(UNFIT));
        assert_eq!(decrypt(&key, &key[..14], 16, &[0; 40]), Err(UNFIT));
        assert_eq!(decrypt(&key, &key[..7], 17, &[0; 40]), Err(UNFIT));
        assert_eq!(decrypt(&key[..31], &key[..7], 16, &[0; 40]), Err(UNFIT));
        let long = vec![0; 16 + (1 << 16)];
        assert_eq!(decrypt(&key, &key[..13], 16, &long), Ok(None));
    }
}
