//! Algorithms that are known by name but not supported, so that a person reads a name and not a number.

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

/// Ciphers in modes that are not supported: the identifier without its last arc, the start of the name, and the rest of the name
/// for each last arc.
const MODES: [&str; 7] = [
    "1.2.156.10197.1.104 SM4- 3=OFB 4=CFB 6=CFB8 7=CTR",
    "1.2.410.200004.1 SEED- 3=ECB 4=CBC 5=CFB 6=OFB",
    "1.2.410.200046.1.1 ARIA- 3=128-CFB 4=128-OFB 5=128-CTR 8=192-CFB 9=192-OFB 10=192-CTR \
     13=256-CFB 14=256-OFB 15=256-CTR",
    "1.3.14.3.2 DES- 8=OFB 9=CFB",
    "1.3.6.1.4.1.188.7.1.1 IDEA- 3=CFB 4=OFB",
    "0.3.4401.5.3.1.9 CAMELLIA- 3=128-OFB 4=128-CFB 9=128-CTR 23=192-OFB 24=192-CFB 29=192-CTR \
     43=256-OFB 44=256-CFB 49=256-CTR",
    "2.16.840.1.101.3.4.1 AES- 3=128-OFB 4=128-CFB 23=192-OFB 24=192-CFB 43=256-OFB \
     44=256-CFB",
];

/// The name of an algorithm that is not supported.
pub(super) fn named(oid: Oid<'_>) -> Option<String> {
    let dotted = oid.to_string();
    let row = NAMES.iter().find(|row| row.0 == dotted);
    row.map(|row| row.1.to_owned()).or_else(|| in_mode(&dotted))
}

fn in_mode(dotted: &str) -> Option<String> {
    let (family, last) = dotted.rsplit_once('.')?;
    MODES.iter().find_map(|row| {
        let mut words = row.split(' ');
        let name = words
            .next()
            .filter(|one| *one == family)
            .and(words.next())?;
        let mode = words.find_map(|word| word.strip_prefix(last)?.strip_prefix('='))?;
        Some(format!("{name}{mode}"))
    })
}

/// The error for an algorithm that is not supported, with its name where that is known.
pub(crate) fn unsupported_algorithm(oid: Oid<'_>) -> Error {
    let algorithm = match named(oid) {
        Some(name) => format!("{name} ({oid})"),
        None => format!("The algorithm {oid}"),
    };
    Error::UnsupportedAlgorithm { algorithm }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::ber::oid_of_text;

    #[test]
    fn a_mode_that_is_not_supported_is_named() {
        for (dotted, name) in [
            ("2.16.840.1.101.3.4.1.44", Some("AES-256-CFB")),
            ("2.16.840.1.101.3.4.1.4", Some("AES-128-CFB")),
            ("1.2.410.200004.1.4", Some("SEED-CBC")),
            ("1.2.410.200046.1.1.15", Some("ARIA-256-CTR")),
            ("0.3.4401.5.3.1.9.49", Some("CAMELLIA-256-CTR")),
            ("1.3.14.3.2.8", Some("DES-OFB")),
            ("1.2.840.113549.3.9", Some("RC5")),
            ("2.16.840.1.101.3.4.1", None),
            ("2.16.840.1.101.3.4.1.99", None),
        ] {
            let oid = oid_of_text(dotted).unwrap();
            assert_eq!(named(Oid(&oid)).as_deref(), name, "{dotted}");
        }
    }
}
