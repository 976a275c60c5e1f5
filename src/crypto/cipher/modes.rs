//! The modes of SP 800-38A beside CBC. OpenSSL locks keys with any of them on request, and nobody asks for it twice.
//!
//! Trap: all but ECB make a stream of a block cipher, so there is no padding to say that the password is another: what is
//! decrypted must say it by being a key, or none.

use zeroize::Zeroizing;

use super::Block;
use crate::base::error::Error;
use crate::base::secret::SecretDer;

/// How blocks are chained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Cipher feedback, a block at a time
    Cfb,
    /// Cipher feedback, a byte at a time
    Cfb8,
    /// A big-endian counter
    Ctr,
    /// Each block alone, padded; without a vector
    Ecb,
    /// Output feedback
    Ofb,
}

/// The plain bytes, with the padding where there is one; `None` where a length does not fit.
pub(super) fn decrypt(
    mode: Mode,
    cipher: &dyn Block,
    size: usize,
    iv: &[u8],
    data: &[u8],
) -> Result<Option<SecretDer>, Error> {
    let mut plain = Zeroizing::new(data.to_vec());
    let mut register = Zeroizing::new(iv.to_vec());
    match mode {
        Mode::Cfb | Mode::Ofb => {
            for (block, encrypted) in plain.chunks_mut(size).zip(data.chunks(size)) {
                cipher.encrypt(&mut register)?;
                xor(block, &register);
                if mode == Mode::Cfb && encrypted.len() == size {
                    register.copy_from_slice(encrypted);
                }
            }
        }
        Mode::Cfb8 => {
            for byte in plain.iter_mut() {
                let mut stream = register.clone();
                cipher.encrypt(&mut stream)?;
                register.rotate_left(1);
                register[size - 1] = *byte;
                *byte ^= stream[0];
            }
        }
        Mode::Ctr => {
            for block in plain.chunks_mut(size) {
                let mut stream = register.clone();
                cipher.encrypt(&mut stream)?;
                xor(block, &stream);
                for digit in register.iter_mut().rev() {
                    *digit = digit.wrapping_add(1);
                    if *digit != 0 {
                        break;
                    }
                }
            }
        }
        Mode::Ecb => {
            if data.is_empty() || !data.len().is_multiple_of(size) {
                return Ok(None);
            }
            for block in plain.chunks_mut(size) {
                cipher.decrypt(block)?;
            }
        }
    }
    Ok(Some(plain.into()))
}

fn xor(block: &mut [u8], stream: &[u8]) {
    block
        .iter_mut()
        .zip(stream)
        .for_each(|(byte, other)| *byte ^= other);
}
