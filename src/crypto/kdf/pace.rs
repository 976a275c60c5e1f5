//! Iterations, counted while they run.

use zeroize::Zeroizing;

use crate::crypto::digest::Digest;

/// How often progress is reported, in iterations.
const PROGRESS_STEP: u64 = 1 << 14;

/// Counts iterations and tells of them now and then.
pub(super) struct Pace<'p> {
    since: u64,
    progress: &'p mut dyn FnMut(u64),
}

impl<'p> Pace<'p> {
    pub(super) fn new(progress: &'p mut dyn FnMut(u64)) -> Self {
        Self { since: 0, progress }
    }

    pub(super) fn tick(&mut self) {
        self.since += 1;
        if self.since == PROGRESS_STEP {
            (self.progress)(PROGRESS_STEP);
            self.since = 0;
        }
    }
}

impl Drop for Pace<'_> {
    fn drop(&mut self) {
        (self.progress)(self.since);
    }
}

/// The digest of the digest and so on, `iterations` times in all; `round` comes as the first of them and leaves as the last.
pub(super) fn digest_again(digest: Digest, round: &mut [u8], iterations: u64, pace: &mut Pace<'_>) {
    let mut last = Zeroizing::new(round.to_vec());
    for _ in 1..iterations {
        last.copy_from_slice(round);
        digest.write(&[&last], round);
        pace.tick();
    }
    pace.tick();
}

/// A part of the key from the first bytes of a round.
pub(super) fn fill(part: &mut [u8], round: &[u8]) {
    part.iter_mut()
        .zip(round)
        .for_each(|(out, byte)| *out = *byte);
}
