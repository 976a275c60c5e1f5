//! PKCS#12. Bytes that start as a PFX are taken for one; others become the SafeContents of one without MAC and cipher, so
//! that bags and attributes are reached with no password between.

use super::super::open_and_look;
use super::super::wrap::{INTEGER, SEQUENCE, data, der};

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [SEQUENCE, ..] => open_and_look(bytes),
        _ => {
            let bags = der(SEQUENCE, &[bytes]);
            let auth_safe = der(SEQUENCE, &[&data(&bags)]);
            let version = der(INTEGER, &[&[3]]);
            open_and_look(&der(SEQUENCE, &[&version, &data(&auth_safe)]));
        }
    }
}
