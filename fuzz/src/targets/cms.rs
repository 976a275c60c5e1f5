//! PKCS#7. Bytes that start as a ContentInfo, or as PEM, are taken as they are; others become the certificates of one.

use super::super::open_and_look;
use super::super::wrap::{CONTEXT_0, DATA, INTEGER, SEQUENCE, SET, SIGNED_DATA, der};

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [SEQUENCE | b'-', ..] => open_and_look(bytes),
        _ => {
            let version = der(INTEGER, &[&[1]]);
            let nothing = der(SET, &[]);
            let encapsulated = der(SEQUENCE, &[DATA]);
            let certificates = der(CONTEXT_0, &[bytes]);
            let signed_data = der(
                SEQUENCE,
                &[&version, &nothing, &encapsulated, &certificates, &nothing],
            );
            open_and_look(&der(
                SEQUENCE,
                &[SIGNED_DATA, &der(CONTEXT_0, &[&signed_data])],
            ));
        }
    }
}
