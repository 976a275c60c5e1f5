//! Certificates, requests and revocation lists. Bytes that start as DER or PEM are taken as they are; others become the
//! first part of a signed structure.

use super::super::open_and_look;
use super::super::wrap::{BIT_STRING, SEQUENCE, SHA256_RSA, der};

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [SEQUENCE | b'-', ..] => open_and_look(bytes),
        _ => {
            let part = der(SEQUENCE, &[bytes]);
            let algorithm = der(SEQUENCE, &[SHA256_RSA, &[5, 0]]);
            let signature = der(BIT_STRING, &[&[0; 9]]);
            open_and_look(&der(SEQUENCE, &[&part, &algorithm, &signature]));
        }
    }
}
