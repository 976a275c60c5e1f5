//! What is known by name and not had, so that a person reads a name and not a number.

use crate::asn1::ber::Oid;
use crate::base::error::Error;

/// Object identifier, name.
const NAMES: [(&str, &str); 22] = [
    ("1.2.643.2.2.9", "GOST R 34.11-94"),
    ("1.2.643.2.2.10", "HMAC with GOST R 34.11-94"),
    ("1.2.643.2.2.21", "GOST 28147-89"),
    (
        "1.2.643.7.1.1.2.2",
        "GOST R 34.11-2012 (Streebog), 256 bits",
    ),
    (
        "1.2.643.7.1.1.2.3",
        "GOST R 34.11-2012 (Streebog), 512 bits",
    ),
    (
        "1.2.643.7.1.1.4.1",
        "HMAC with GOST R 34.11-2012 (Streebog), 256 bits",
    ),
    (
        "1.2.643.7.1.1.4.2",
        "HMAC with GOST R 34.11-2012 (Streebog), 512 bits",
    ),
    ("1.2.643.7.1.1.5.1.1", "GOST R 34.12-2015 Magma"),
    ("1.2.643.7.1.1.5.1.2", "GOST R 34.12-2015 Magma with a MAC"),
    ("1.2.643.7.1.1.5.2.1", "GOST R 34.12-2015 Kuznyechik"),
    (
        "1.2.643.7.1.1.5.2.2",
        "GOST R 34.12-2015 Kuznyechik with a MAC",
    ),
    ("1.2.840.113549.1.9.16.3.9", "3DES key wrap"),
    ("1.2.840.113549.3.9", "RC5"),
    ("1.3.6.1.4.1.42.2.19.1", "PBEWithMD5AndTripleDES (JCEKS)"),
    ("1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2b"),
    ("1.3.6.1.4.1.1722.12.2.2.8", "BLAKE2s"),
    ("1.3.6.1.5.5.8.1.3", "HMAC with Tiger"),
    ("1.3.36.3.2.2", "RIPEMD-128"),
    ("1.3.36.3.2.3", "RIPEMD-256"),
    ("2.16.840.1.101.3.4.1.7", "AES-128-CCM"),
    ("2.16.840.1.101.3.4.1.27", "AES-192-CCM"),
    ("2.16.840.1.101.3.4.1.47", "AES-256-CCM"),
];

/// The name of an algorithm that is not had.
pub(super) fn named(oid: Oid<'_>) -> Option<&'static str> {
    let dotted = oid.to_string();
    NAMES.iter().find(|row| row.0 == dotted).map(|row| row.1)
}

/// The error for an algorithm that is not had, with its name where that is known.
pub(crate) fn unsupported_algorithm(oid: Oid<'_>) -> Error {
    let algorithm = match named(oid) {
        Some(name) => format!("{name} ({oid})"),
        None => format!("The algorithm {oid}"),
    };
    Error::UnsupportedAlgorithm { algorithm }
}
