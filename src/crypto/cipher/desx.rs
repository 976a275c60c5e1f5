//! DESX: DES between two masks, as OpenSSL has it. The key is DES's, the mask before, and the mask behind.

use cbc::cipher::KeyInit;
use des::Des;
use zeroize::Zeroizing;

use super::Block;
use crate::base::error::Error;

/// DESX with its key set up.
pub(super) struct Desx {
    des: Des,
    before: Zeroizing<[u8; 8]>,
    behind: Zeroizing<[u8; 8]>,
}

impl Desx {
    /// `None` for a key that has not 24 bytes.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        let ([des, before, behind], []) = key.as_chunks::<8>() else {
            return None;
        };
        Some(Self {
            des: Des::new_from_slice(des).ok()?,
            before: Zeroizing::new(*before),
            behind: Zeroizing::new(*behind),
        })
    }
}

impl Block for Desx {
    fn decrypt(&self, block: &mut [u8]) -> Result<(), Error> {
        mask(block, &self.behind);
        self.des.decrypt(block)?;
        mask(block, &self.before);
        Ok(())
    }

    fn encrypt(&self, block: &mut [u8]) -> Result<(), Error> {
        mask(block, &self.before);
        self.des.encrypt(block)?;
        mask(block, &self.behind);
        Ok(())
    }
}

fn mask(block: &mut [u8], mask: &[u8; 8]) {
    block
        .iter_mut()
        .zip(mask)
        .for_each(|(byte, other)| *byte ^= other);
}
