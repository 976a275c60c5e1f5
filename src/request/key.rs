//! The keys that are made here: their kinds, and making them in Rust.
//!
//! A browser makes RSA keys in a third of the time, so the page asks its WebCrypto first; what that gives is PKCS#8 and is
//! read like any other key.

use crypto_bigint::BoxedUint;
use rand_core::CryptoRng;
use rsa::PrivateKey as RsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::prime::{EXPONENT, prime};
use crate::asn1::ber;
use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::crypto::algorithm;
use crate::model::private_key::PrivateKey;

/// A kind of key that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// RSA, 2,048 bits
    Rsa2048,
    /// RSA, 3,072 bits
    Rsa3072,
    /// RSA, 4,096 bits
    Rsa4096,
    /// EC on P-256
    P256,
    /// EC on P-384
    P384,
    /// Ed25519
    Ed25519,
}

impl KeyKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
        Self::P256,
        Self::P384,
        Self::Ed25519,
    ];

    /// The stable name, as in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa2048",
            Self::Rsa3072 => "rsa3072",
            Self::Rsa4096 => "rsa4096",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::Ed25519 => "ed25519",
        }
    }

    /// The kind with this name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Bits of an RSA key's modulus.
    pub fn rsa_bits(self) -> Option<u32> {
        match self {
            Self::Rsa2048 => Some(2048),
            Self::Rsa3072 => Some(3072),
            Self::Rsa4096 => Some(4096),
            Self::P256 | Self::P384 | Self::Ed25519 => None,
        }
    }

    /// Makes a key from the source of random numbers.
    ///
    /// # Errors
    ///
    /// [`Error::InconsistentKey`] where what was made does not hold together, by a fault of ours.
    pub fn make(self, random: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
        let unmade = || Error::InconsistentKey {
            detail: "generation",
        };
        if let Some(bits) = self.rsa_bits() {
            let [p, q] = [prime(bits / 2, random)?, prime(bits / 2, random)?];
            let key = RsaPrivateKey::from_p_q(p, q, EXPONENT.into()).map_err(|_| unmade())?;
            return PrivateKey::parse(&pkcs1(&key).ok_or_else(unmade)?);
        }
        let mut scalar = Zeroizing::new([0; 48]);
        let scalar = match self {
            Self::P384 => &mut scalar[..48],
            _ => &mut scalar[..32],
        };
        loop {
            random.fill_bytes(scalar);
            // A number past the curve's order is none of its keys: the next one is tried (FIPS 186-5, A.2.2).
            match PrivateKey::parse(&self.pkcs8(scalar)) {
                Err(Error::InconsistentKey { .. }) => {}
                made => return made,
            }
        }
    }

    /// OneAsymmetricKey around the number of an elliptic key, or the seed of Ed25519.
    fn pkcs8(self, secret: &[u8]) -> Der {
        let named = |curve| {
            der::sequence(&[
                &der::object_identifier(algorithm::EC),
                &der::object_identifier(curve),
            ])
        };
        let octets = der::tlv(4, secret);
        let sec1 = || der::sequence(&[&der::integer(&[1]), &octets]);
        let (identifier, inner) = match self {
            Self::P256 => (named(P256), sec1()),
            Self::P384 => (named(P384), sec1()),
            _ => (
                der::sequence(&[&der::object_identifier(algorithm::ED25519)]),
                octets.clone(),
            ),
        };
        let inner = der::tlv(4, &inner);
        der::sequence(&[&der::integer(&[]), &identifier, &inner])
    }
}

/// RSAPrivateKey (RFC 8017, A.1.2).
fn pkcs1(key: &RsaPrivateKey) -> Option<Der> {
    let [p, q] = key.primes() else { return None };
    let coefficient = Zeroizing::new(key.crt_coefficient()?);
    let numbers: [&BoxedUint; 8] = [
        key.n(),
        key.e(),
        key.d(),
        p,
        q,
        key.dp()?,
        key.dq()?,
        &coefficient,
    ];
    let numbers = numbers.map(|number| {
        let magnitude = Zeroizing::new(number.to_be_bytes().into_vec());
        der::integer(&magnitude)
    });
    let version = std::iter::once(der::integer(&[]));
    Some(der::list(0x30, &version.chain(numbers).collect::<Vec<_>>()))
}

ber::oids! {
    P256 = 8: 1 2 840 10045 3 1 7;
    P384 = 5: 1 3 132 0 34;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::signature::{Verdict, verify};

    #[test]
    fn every_kind_is_made_and_signs() {
        let random = &mut rand_core::UnwrapErr(getrandom::SysRng);
        for kind in KeyKind::ALL {
            let key = kind.make(random).unwrap();
            assert_eq!(KeyKind::of_id(kind.id()), Some(kind));
            let made = (key.algorithm().name.as_str(), key.algorithm().bits);
            let expected = match kind {
                KeyKind::P256 => ("EC", Some(256)),
                KeyKind::P384 => ("EC", Some(384)),
                KeyKind::Ed25519 => ("Ed25519", Some(256)),
                rsa => ("RSA", rsa.rsa_bits()),
            };
            assert_eq!(made, expected);
            let signed = key.sign(b"data").unwrap();
            let verdict = |data| {
                verify(
                    key.spki().unwrap(),
                    &signed.algorithm,
                    data,
                    &signed.signature,
                )
            };
            assert_eq!(verdict(b"data"), Verdict::Right, "{kind:?}");
            assert_eq!(verdict(b"date"), Verdict::Wrong, "{kind:?}");
        }
    }
}
