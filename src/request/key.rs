//! The keys that are made here: their kinds, and making them in Rust.
//!
//! The page asks the browser's WebCrypto first; what that gives is PKCS#8 and is read like any other key. RSA keys are made
//! by nothing else in the page: the search for primes of the rsa crate is 60 KB of it that hardly compress, for a page that
//! stands on a plain `http:` address. There the page asks the person to open it by `https:` or from a file.

use rand_core::CryptoRng;
use serde::Deserialize;
use zeroize::Zeroizing;

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
    /// [`Error::GenerationUnavailable`] for an RSA key in a browser; [`Error::Internal`] where the rsa crate makes none.
    pub fn make(self, random: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
        if let Some(bits) = self.rsa_bits() {
            return rsa(bits, random);
        }
        let size = match self {
            Self::P384 => 48,
            _ => 32,
        };
        let mut scalar = Zeroizing::new(vec![0; size]);
        loop {
            random.fill_bytes(&mut scalar);
            // A number past the curve's order is none of its keys: the next one is tried (FIPS 186-5, A.2.2).
            match PrivateKey::parse(&self.pkcs8(&scalar)) {
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

/// An RSA key with the public exponent 65,537.
#[cfg(not(target_arch = "wasm32"))]
fn rsa(bits: u32, random: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
    use rsa::traits::{PrivateKeyParts, PublicKeyParts};

    let unmade = Error::Internal {
        detail: "generation",
    };
    let Ok(key) = rsa::PrivateKey::new(random, bits as usize) else {
        return Err(unmade);
    };
    let coefficient = key.crt_coefficient().map(Zeroizing::new);
    let ([p, q], Some(dp), Some(dq), Some(coefficient)) =
        (key.primes(), key.dp(), key.dq(), coefficient)
    else {
        return Err(unmade);
    };
    // RSAPrivateKey (RFC 8017, A.1.2), after its version
    let numbers = [key.n(), key.e(), key.d(), p, q, dp, dq, &coefficient];
    let numbers = numbers.map(|number| {
        let magnitude = Zeroizing::new(number.to_be_bytes().into_vec());
        der::integer(&magnitude)
    });
    let parts: Vec<Der> = std::iter::once(der::integer(&[])).chain(numbers).collect();
    PrivateKey::parse(&der::list(0x30, &parts))
}

/// WebCrypto makes RSA keys, or nothing does.
#[cfg(target_arch = "wasm32")]
fn rsa(_: u32, _: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
    Err(Error::GenerationUnavailable)
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
