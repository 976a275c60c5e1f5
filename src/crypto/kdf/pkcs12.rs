//! The derivation of PKCS#12 (RFC 7292, appendix B).
//!
//! It is written out here and not taken from the `pkcs12` crate: that one cannot tell how far it is, and takes no password
//! that is not UTF-8 and no digest beyond SHA-2.

use zeroize::Zeroizing;

use super::Purpose;
use super::pace::{Pace, digest_again, fill};
use crate::crypto::digest::Digest;

/// RFC 7292, B.2, steps 1 to 4: the diversifier D and the string I = S ‖ P.
pub(super) struct Pkcs12Input {
    diversifier: Vec<u8>,
    input: Zeroizing<Vec<u8>>,
    block: usize,
}

impl Pkcs12Input {
    pub(super) fn new(block: usize, purpose: Purpose, salt: &[u8], password: &[u8]) -> Self {
        let filled = |bytes: &[u8]| bytes.len().div_ceil(block) * block;
        let mut input = Zeroizing::new(Vec::with_capacity(filled(salt) + filled(password)));
        for bytes in [salt, password] {
            input.extend(bytes.iter().copied().cycle().take(filled(bytes)));
        }
        Self {
            diversifier: vec![purpose as u8; block],
            input,
            block,
        }
    }
}

/// RFC 7292, B.2, steps 5 to 9.
pub(super) fn pkcs12(
    digest: Digest,
    mut filled: Pkcs12Input,
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    for part in key.chunks_mut(digest.size()) {
        let mut round = Zeroizing::new(digest.of(&[&filled.diversifier, &filled.input]));
        digest_again(digest, &mut round, iterations, &mut pace);
        fill(part, &round);
        // I_j = (I_j + B + 1) mod 2^v, where B is the round's digest, repeated.
        let repeated = round.iter().copied().cycle().take(filled.block);
        let repeated: Zeroizing<Vec<u8>> = Zeroizing::new(repeated.collect());
        for chunk in filled.input.chunks_mut(filled.block) {
            let mut carry = 1_u16;
            for (byte, other) in chunk.iter_mut().zip(&*repeated).rev() {
                let sum = u16::from(*byte) + u16::from(*other) + carry;
                *byte = (sum & 0xff) as u8;
                carry = sum >> 8;
            }
        }
    }
}
