//! Private keys, plain and encrypted. Bytes that start as DER or PEM are taken as they are; others become the key inside a
//! OneAsymmetricKey, of the algorithm that their first byte chooses.

use super::super::open_and_look;
use super::super::wrap::{INTEGER, OCTET_STRING, SEQUENCE, der};

/// Contents of AlgorithmIdentifier: RSA; EC on P-256, secp224k1 and brainpoolP160r1; Ed25519, Ed448, X25519, X448.
const ALGORITHMS: [&[u8]; 8] = [
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00",
    b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07",
    b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x20",
    b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x09\x2b\x24\x03\x03\x02\x08\x01\x01\x01",
    b"\x06\x03\x2b\x65\x70",
    b"\x06\x03\x2b\x65\x71",
    b"\x06\x03\x2b\x65\x6e",
    b"\x06\x03\x2b\x65\x6f",
];

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [SEQUENCE | b'-', ..] | [] => open_and_look(bytes),
        [first, key @ ..] => {
            let algorithm = der(
                SEQUENCE,
                &[ALGORITHMS[usize::from(*first) % ALGORITHMS.len()]],
            );
            let version = der(INTEGER, &[&[0]]);
            open_and_look(&der(
                SEQUENCE,
                &[&version, &algorithm, &der(OCTET_STRING, &[key])],
            ));
        }
    }
}
