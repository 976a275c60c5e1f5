//! BouncyCastle's keystores. Bytes that start as a BCFKS, a BKS or an UBER are taken as they are; others become the entries
//! of a BKS.

use super::super::open_and_look;
use super::super::wrap::SEQUENCE;

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [SEQUENCE, ..] | [0, 0, 0, 0..=2, ..] => open_and_look(bytes),
        _ => {
            // Version 2, a salt of twenty bytes, one iteration; an end and an HMAC behind, which does not fit.
            let header = [&[0, 0, 0, 2, 0, 0, 0, 20][..], &[7; 20], &[0, 0, 0, 1]].concat();
            open_and_look(&[&header[..], bytes, &[0; 21]].concat());
        }
    }
}
