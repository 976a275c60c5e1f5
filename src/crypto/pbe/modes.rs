//! The ciphers of PBES2 in other modes than CBC, by their families: `openssl pkcs8 -v2` takes each of them.

use crate::asn1::ber::Oid;
use crate::crypto::cipher::{Cipher, Mode};

/// The identifier without its last part; what the last part says of the mode; the cipher.
type Row = (&'static str, &'static [(u32, Mode)], Cipher);

static TABLE: [Row; 13] = [
    (
        AES,
        &[(1, Mode::Ecb), (3, Mode::Ofb), (4, Mode::Cfb)],
        Cipher::Aes128Cbc,
    ),
    (
        AES,
        &[(21, Mode::Ecb), (23, Mode::Ofb), (24, Mode::Cfb)],
        Cipher::Aes192Cbc,
    ),
    (
        AES,
        &[(41, Mode::Ecb), (43, Mode::Ofb), (44, Mode::Cfb)],
        Cipher::Aes256Cbc,
    ),
    (
        ARIA,
        &[
            (1, Mode::Ecb),
            (3, Mode::Cfb),
            (4, Mode::Ofb),
            (5, Mode::Ctr),
        ],
        Cipher::AriaCbc { key: 16 },
    ),
    (
        ARIA,
        &[
            (6, Mode::Ecb),
            (8, Mode::Cfb),
            (9, Mode::Ofb),
            (10, Mode::Ctr),
        ],
        Cipher::AriaCbc { key: 24 },
    ),
    (
        ARIA,
        &[
            (11, Mode::Ecb),
            (13, Mode::Cfb),
            (14, Mode::Ofb),
            (15, Mode::Ctr),
        ],
        Cipher::AriaCbc { key: 32 },
    ),
    (
        CAMELLIA,
        &[
            (1, Mode::Ecb),
            (3, Mode::Ofb),
            (4, Mode::Cfb),
            (9, Mode::Ctr),
        ],
        Cipher::CamelliaCbc { key: 16 },
    ),
    (
        CAMELLIA,
        &[
            (21, Mode::Ecb),
            (23, Mode::Ofb),
            (24, Mode::Cfb),
            (29, Mode::Ctr),
        ],
        Cipher::CamelliaCbc { key: 24 },
    ),
    (
        CAMELLIA,
        &[
            (41, Mode::Ecb),
            (43, Mode::Ofb),
            (44, Mode::Cfb),
            (49, Mode::Ctr),
        ],
        Cipher::CamelliaCbc { key: 32 },
    ),
    (
        "1.3.14.3.2",
        &[(6, Mode::Ecb), (8, Mode::Ofb), (9, Mode::Cfb)],
        Cipher::DesCbc,
    ),
    (
        "1.3.6.1.4.1.188.7.1.1",
        &[(1, Mode::Ecb), (3, Mode::Cfb), (4, Mode::Ofb)],
        Cipher::IdeaCbc,
    ),
    (
        "1.2.410.200004.1",
        &[(3, Mode::Ecb), (5, Mode::Cfb), (6, Mode::Ofb)],
        Cipher::SeedCbc,
    ),
    (
        "1.2.156.10197.1.104",
        &[
            (1, Mode::Ecb),
            (3, Mode::Ofb),
            (4, Mode::Cfb),
            (6, Mode::Cfb8),
            (7, Mode::Ctr),
        ],
        Cipher::Sm4Cbc,
    ),
];

const AES: &str = "2.16.840.1.101.3.4.1";
const ARIA: &str = "1.2.410.200046.1.1";
const CAMELLIA: &str = "0.3.4401.5.3.1.9";

/// The cipher with this identifier, in its mode.
pub(super) fn of(oid: Oid<'_>) -> Option<Cipher> {
    let text = oid.to_string();
    let (family, last) = text.rsplit_once('.')?;
    let last: u32 = last.parse().ok()?;
    let rows = TABLE.iter().filter(|row| row.0 == family);
    rows.flat_map(|(_, modes, of)| modes.iter().map(move |mode| (mode, of)))
        .find(|((part, _), _)| *part == last)
        .map(|((_, mode), of)| Cipher::InMode { mode: *mode, of })
}
