//! PBKDF2 (RFC 8018, 5.2).
//!
//! It is written out here, over the `hmac` crate, and not taken from the `pbkdf2` crate: that one cannot tell how far it is,
//! and a person who waits for millions of iterations wants to know.

use zeroize::Zeroizing;

use super::pace::{Pace, fill};
use crate::crypto::digest::Digest;

pub(super) fn pbkdf2(
    digest: Digest,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let prf = digest.keyed(password);
    let mut round = Zeroizing::new(vec![0; digest.size()]);
    let mut last = round.clone();
    let mut pace = Pace::new(progress);
    for (index, block) in (1_u32..).zip(key.chunks_mut(digest.size())) {
        prf.write(&[salt, &index.to_be_bytes()], &mut round);
        fill(block, &round);
        for _ in 1..iterations {
            std::mem::swap(&mut round, &mut last);
            prf.write(&[&last], &mut round);
            block
                .iter_mut()
                .zip(&*round)
                .for_each(|(out, byte)| *out ^= byte);
            pace.tick();
        }
        pace.tick();
    }
}
