//! OpenSSL's `EVP_BytesToKey`, and with it PBKDF1 (RFC 8018, 5.1).

use zeroize::Zeroizing;

use super::pace::{Pace, digest_again, fill};
use crate::crypto::digest::Digest;

pub(super) fn bytes_to_key(
    digest: Digest,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    key: &mut [u8],
    progress: &mut dyn FnMut(u64),
) {
    let mut pace = Pace::new(progress);
    let mut block = Zeroizing::new(Vec::new());
    for part in key.chunks_mut(digest.size()) {
        *block = digest.of(&[&block, password, salt]);
        digest_again(digest, &mut block, iterations, &mut pace);
        fill(part, &block);
    }
}
