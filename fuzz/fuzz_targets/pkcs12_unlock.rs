//! PKCS#12. Bytes that start as a PFX are taken for one; others become the SafeContents of one without MAC and cipher, so
//! that bags and attributes are reached with no password between.

#![no_main]

use keyferry_fuzz::open_and_look;
use keyferry_fuzz::wrap::{INTEGER, SEQUENCE, data, der};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match bytes {
    [SEQUENCE, ..] => open_and_look(bytes),
    _ => {
        let bags = der(SEQUENCE, &[bytes]);
        let auth_safe = der(SEQUENCE, &[&data(&bags)]);
        let version = der(INTEGER, &[&[3]]);
        open_and_look(&der(SEQUENCE, &[&version, &data(&auth_safe)]));
    }
});
