//! The derivation of SunJCE's PBEWithMD5AndTripleDES.

use zeroize::Zeroizing;

use super::pace::{Pace, fill};
use crate::crypto::digest::Digest;

/// SunJCE's own, of OpenJDK 17. Where both halves of the salt are equal, the first is reversed, so that the two chains differ.
pub(super) fn sun_jce(
    password: &[u8],
    salt: [u8; 8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    let (mut first, second) = ([salt[0], salt[1], salt[2], salt[3]], &salt[4..]);
    if first == *second {
        first.reverse();
    }
    let halves = [&first[..], second];
    for (half, part) in halves.iter().zip(key.chunks_mut(16)) {
        let mut round = Zeroizing::new(half.to_vec());
        for _ in 0..iterations {
            *round = Digest::Md5.of(&[&round, password]);
            pace.tick();
        }
        fill(part, &round);
    }
}
