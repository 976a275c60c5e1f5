//! Digests by their object identifiers, and HMAC over each.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Digest as _;

use crate::asn1::ber::{Oid, oids};

/// A digest that files of the field name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// RFC 1319
    Md2,
    /// RFC 1320
    Md4,
    /// RFC 1321
    Md5,
    /// ISO/IEC 10118-3
    Ripemd160,
    /// FIPS 180-4
    Sha1,
    /// FIPS 180-4
    Sha224,
    /// FIPS 180-4
    Sha256,
    /// FIPS 180-4
    Sha384,
    /// FIPS 180-4
    Sha512,
    /// FIPS 180-4
    Sha512_224,
    /// FIPS 180-4
    Sha512_256,
    /// FIPS 202
    Sha3_224,
    /// FIPS 202
    Sha3_256,
    /// FIPS 202
    Sha3_384,
    /// FIPS 202
    Sha3_512,
    /// GB/T 32905
    Sm3,
    /// ISO/IEC 10118-3
    Whirlpool,
}

oids! {
    MD2 = 8: 1 2 840 113549 2 2;
    MD4 = 8: 1 2 840 113549 2 4;
    MD5 = 8: 1 2 840 113549 2 5;
    RIPEMD160 = 5: 1 3 36 3 2 1;
    SHA1 = 5: 1 3 14 3 2 26;
    SHA224 = 9: 2 16 840 1 101 3 4 2 4;
    SHA256 = 9: 2 16 840 1 101 3 4 2 1;
    SHA384 = 9: 2 16 840 1 101 3 4 2 2;
    SHA512 = 9: 2 16 840 1 101 3 4 2 3;
    SHA512_224 = 9: 2 16 840 1 101 3 4 2 5;
    SHA512_256 = 9: 2 16 840 1 101 3 4 2 6;
    SHA3_224 = 9: 2 16 840 1 101 3 4 2 7;
    SHA3_256 = 9: 2 16 840 1 101 3 4 2 8;
    SHA3_384 = 9: 2 16 840 1 101 3 4 2 9;
    SHA3_512 = 9: 2 16 840 1 101 3 4 2 10;
    SM3 = 8: 1 2 156 10197 1 401;
    WHIRLPOOL = 6: 1 0 10118 3 0 55;
    HMAC_RIPEMD160 = 8: 1 3 6 1 5 5 8 1 4;
    HMAC_SM3 = 9: 1 2 156 10197 1 401 2;
    HMAC_MD5_IANA = 8: 1 3 6 1 5 5 8 1 1;
    HMAC_SHA1_IANA = 8: 1 3 6 1 5 5 8 1 2;
    HMAC_MD5 = 8: 1 2 840 113549 2 6;
    HMAC_SHA1 = 8: 1 2 840 113549 2 7;
    HMAC_SHA224 = 8: 1 2 840 113549 2 8;
    HMAC_SHA256 = 8: 1 2 840 113549 2 9;
    HMAC_SHA384 = 8: 1 2 840 113549 2 10;
    HMAC_SHA512 = 8: 1 2 840 113549 2 11;
    HMAC_SHA512_224 = 8: 1 2 840 113549 2 12;
    HMAC_SHA512_256 = 8: 1 2 840 113549 2 13;
    HMAC_SHA3_224 = 9: 2 16 840 1 101 3 4 2 13;
    HMAC_SHA3_256 = 9: 2 16 840 1 101 3 4 2 14;
    HMAC_SHA3_384 = 9: 2 16 840 1 101 3 4 2 15;
    HMAC_SHA3_512 = 9: 2 16 840 1 101 3 4 2 16;
}

/// Digest, its identifier, the identifiers of HMAC over it, its name.
type Row = (Digest, Oid<'static>, &'static [Oid<'static>], &'static str);

/// In the order of the digests.
const TABLE: [Row; 17] = [
    (Digest::Md2, MD2, &[], "MD2"),
    (Digest::Md4, MD4, &[], "MD4"),
    (Digest::Md5, MD5, &[HMAC_MD5, HMAC_MD5_IANA], "MD5"),
    (
        Digest::Ripemd160,
        RIPEMD160,
        &[HMAC_RIPEMD160],
        "RIPEMD-160",
    ),
    (Digest::Sha1, SHA1, &[HMAC_SHA1, HMAC_SHA1_IANA], "SHA-1"),
    (Digest::Sha224, SHA224, &[HMAC_SHA224], "SHA-224"),
    (Digest::Sha256, SHA256, &[HMAC_SHA256], "SHA-256"),
    (Digest::Sha384, SHA384, &[HMAC_SHA384], "SHA-384"),
    (Digest::Sha512, SHA512, &[HMAC_SHA512], "SHA-512"),
    (
        Digest::Sha512_224,
        SHA512_224,
        &[HMAC_SHA512_224],
        "SHA-512/224",
    ),
    (
        Digest::Sha512_256,
        SHA512_256,
        &[HMAC_SHA512_256],
        "SHA-512/256",
    ),
    (Digest::Sha3_224, SHA3_224, &[HMAC_SHA3_224], "SHA3-224"),
    (Digest::Sha3_256, SHA3_256, &[HMAC_SHA3_256], "SHA3-256"),
    (Digest::Sha3_384, SHA3_384, &[HMAC_SHA3_384], "SHA3-384"),
    (Digest::Sha3_512, SHA3_512, &[HMAC_SHA3_512], "SHA3-512"),
    (Digest::Sm3, SM3, &[HMAC_SM3], "SM3"),
    (Digest::Whirlpool, WHIRLPOOL, &[], "Whirlpool"),
];

/// Runs an expression with `$D` standing for the digest's type.
macro_rules! with_digest {
    ($digest:expr, $D:ident => $run:expr) => {{
        use $crate::crypto::digest::Digest;
        match $digest {
            Digest::Md2 => {
                type $D = md2::Md2;
                $run
            }
            Digest::Md4 => {
                type $D = md4::Md4;
                $run
            }
            Digest::Md5 => {
                type $D = md5::Md5;
                $run
            }
            Digest::Ripemd160 => {
                type $D = ripemd::Ripemd160;
                $run
            }
            Digest::Sha1 => {
                type $D = sha1::Sha1;
                $run
            }
            Digest::Sha224 => {
                type $D = sha2::Sha224;
                $run
            }
            Digest::Sha256 => {
                type $D = sha2::Sha256;
                $run
            }
            Digest::Sha384 => {
                type $D = sha2::Sha384;
                $run
            }
            Digest::Sha512 => {
                type $D = sha2::Sha512;
                $run
            }
            Digest::Sha512_224 => {
                type $D = sha2::Sha512_224;
                $run
            }
            Digest::Sha512_256 => {
                type $D = sha2::Sha512_256;
                $run
            }
            Digest::Sha3_224 => {
                type $D = sha3::Sha3_224;
                $run
            }
            Digest::Sha3_256 => {
                type $D = sha3::Sha3_256;
                $run
            }
            Digest::Sha3_384 => {
                type $D = sha3::Sha3_384;
                $run
            }
            Digest::Sha3_512 => {
                type $D = sha3::Sha3_512;
                $run
            }
            Digest::Sm3 => {
                type $D = sm3::Sm3;
                $run
            }
            Digest::Whirlpool => {
                type $D = whirlpool::Whirlpool;
                $run
            }
        }
    }};
}

impl Digest {
    /// The digest with this identifier.
    pub fn of_oid(oid: Oid<'_>) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == oid).map(|row| row.0)
    }

    /// The digest that HMAC with this identifier is over.
    pub fn of_hmac_oid(oid: Oid<'_>) -> Option<Self> {
        TABLE
            .iter()
            .find(|row| row.2.contains(&oid))
            .map(|row| row.0)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the table has a row for each digest, in their order, which a test checks"
    )]
    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Its identifier.
    pub fn oid(self) -> Oid<'static> {
        self.row().1
    }

    /// The identifier of HMAC over it, where there is one.
    pub fn hmac_oid(self) -> Option<Oid<'static>> {
        self.row().2.first().copied()
    }

    /// Its name, as standards write it.
    pub fn name(self) -> &'static str {
        self.row().3
    }

    /// The digest of the parts, one after another.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut digested = vec![0; self.size()];
        self.write(parts, &mut digested);
        digested
    }

    /// The digest of the parts, into as many bytes as it gives.
    pub(crate) fn write(self, parts: &[&[u8]], out: &mut [u8]) {
        with_digest!(self, D => {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            out.copy_from_slice(&digest.finalize());
        })
    }

    /// HMAC (RFC 2104) of the data.
    pub fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        let mut value = vec![0; self.size()];
        self.keyed(key).write(&[data], &mut value);
        value
    }

    /// HMAC under a key, ready for any number of texts.
    #[expect(
        clippy::expect_used,
        reason = "the trait's signature is shared with MACs whose keys have one length; HMAC takes any"
    )]
    pub(crate) fn keyed(self, key: &[u8]) -> Box<dyn Keyed> {
        with_digest!(self, D => {
            let mac = Hmac::<D>::new_from_slice(key);
            Box::new(mac.expect("HMAC takes keys of every length (RFC 2104, 2)"))
        })
    }

    /// Bytes it gives.
    pub fn size(self) -> usize {
        with_digest!(self, D => <D as sha2::Digest>::output_size())
    }

    /// Bytes it takes at once.
    pub fn block_size(self) -> usize {
        match self {
            Self::Md2 => 16,
            Self::Md4
            | Self::Md5
            | Self::Ripemd160
            | Self::Sha1
            | Self::Sha224
            | Self::Sha256
            | Self::Sm3
            | Self::Whirlpool => 64,
            Self::Sha384 | Self::Sha512 | Self::Sha512_224 | Self::Sha512_256 => 128,
            Self::Sha3_224 => 144,
            Self::Sha3_256 => 136,
            Self::Sha3_384 => 104,
            Self::Sha3_512 => 72,
        }
    }
}

/// HMAC under a key. It is an object so that the loops around it stand in the page once, and not once for each digest.
pub(crate) trait Keyed {
    /// HMAC of the parts, one after another, into as many bytes as the digest gives.
    fn write(&self, parts: &[&[u8]], out: &mut [u8]);
}

impl<M: Mac + Clone> Keyed for M {
    fn write(&self, parts: &[&[u8]], out: &mut [u8]) {
        let mut mac = self.clone();
        parts.iter().for_each(|part| mac.update(part));
        out.copy_from_slice(&mac.finalize().into_bytes());
    }
}

/// Bytes as hexadecimal text, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of bytes, as hexadecimal text.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Digest::Sha256.of(&[bytes]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digest_is_its_own() {
        // The digests of no bytes, as the standards print them: their first four bytes.
        let starts = [
            "8350e5a3", "31d6cfe0", "d41d8cd9", "9c1185a5", "da39a3ee", "d14a028c", "e3b0c442",
            "38b060a7", "cf83e135", "6ed0dd02", "c672b8d1", "6b4e0342", "a7ffc6f8", "0c63a75b",
            "a69f73cc", "1ab21d83", "19fa61d7",
        ];
        for ((digest, oid, ..), start) in TABLE.iter().zip(starts) {
            let empty = digest.of(&[]);
            assert_eq!(hex(&empty[..4]), start, "{}", digest.name());
            assert_eq!(empty.len(), digest.size());
            assert_eq!(Digest::of_oid(*oid), Some(*digest));
            assert_eq!(digest.oid(), *oid);
        }
    }
}
