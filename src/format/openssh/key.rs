//! The kinds of keys, each as the standards outside OpenSSH write it.
//!
//! ```text
//! ssh-rsa               e n                    private: n e d (1/q mod p) p q
//! ssh-dss               p q g y                private: the same, x
//! ecdsa-sha2-<curve>    string curve, point    private: the same, scalar
//! ssh-ed25519           string point           private: the same, string seed ‖ point
//! ```

use zeroize::Zeroizing;

use super::WHAT;
use super::wire::Wire;
use crate::asn1::ber::{Oid, oids};
use crate::asn1::der::{Der, bit_string, integer, list, object_identifier, public, sequence, tlv};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::crypto::algorithm;
use crate::crypto::modular::Modulus;
use crate::format::public_key;
use crate::model::private_key::PrivateKey;

oids! {
    P256 = 8: 1 2 840 10045 3 1 7;
    P384 = 5: 1 3 132 0 34;
    P521 = 5: 1 3 132 0 35;
}

/// OpenSSH's names of keys on curves, each with the curve's identifier.
pub(super) const CURVES: [(&str, Oid<'static>); 3] = [
    ("ecdsa-sha2-nistp256", P256),
    ("ecdsa-sha2-nistp384", P384),
    ("ecdsa-sha2-nistp521", P521),
];

/// The next key of a private part.
pub(super) fn private(wire: &mut Wire<'_>) -> Result<PrivateKey, Error> {
    let kind = wire.string()?;
    match kind {
        b"ssh-rsa" => {
            let [n, e, d, q_inverse, p, q] = wire.integers()?;
            let (dp, dq) = (reduced(d, p), reduced(d, q));
            let numbers = [&[][..], n, e, d, p, q, &dp, &dq, q_inverse];
            PrivateKey::parse(&list(0x30, &numbers.map(integer)))
        }
        b"ssh-dss" => {
            let [p, q, g, _, x] = wire.integers()?;
            pkcs8(&dsa(p, q, g), &integer(x))
        }
        b"ssh-ed25519" => {
            let (public, private) = (wire.string()?, wire.string()?);
            let halves = private
                .split_at_checked(32)
                .filter(|(_, again)| again.len() == 32);
            let Some((seed, again)) = halves else {
                return Err(wire.damaged("ed25519-size"));
            };
            let identifier = sequence(&[&object_identifier(algorithm::ED25519)]);
            let key = pkcs8(&identifier, &tlv(4, seed))?;
            match public == again && key.spki().is_some_and(|spki| spki.ends_with(public)) {
                true => Ok(key),
                false => Err(Error::InconsistentKey {
                    detail: "public-half",
                }),
            }
        }
        _ if kind.starts_with(b"sk-") => Err(Error::UnsupportedForm {
            what: Some(WHAT),
            detail: "security-key".into(),
        }),
        _ => {
            let curve = curve(kind)?;
            wire.string()?;
            let point = wire.string()?;
            let [scalar] = wire.integers()?;
            let point = tlv(0xa1, &bit_string(point));
            let key = sequence(&[&integer(&[1]), &tlv(4, scalar), &point]);
            pkcs8(&elliptic(curve), &key)
        }
    }
}

/// Whether bytes begin as a public key does that is written into one line with its kind before it.
pub(crate) fn is_public_key(bytes: &[u8]) -> bool {
    let kind = Wire::new(bytes, Format::PublicKey).string();
    kind.is_ok_and(|kind| kind.starts_with(b"ssh-") || kind.starts_with(b"ecdsa-sha2-"))
}

/// DER of the SubjectPublicKeyInfo.
pub(crate) fn public_key(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut wire = Wire::new(bytes, Format::PublicKey);
    let kind = wire.string()?;
    let (identifier, key) = match kind {
        b"ssh-rsa" => {
            let [e, n] = wire.integers()?;
            return Ok(public_key::rsa(&sequence(&[&integer(n), &integer(e)])));
        }
        b"ssh-dss" => {
            let [p, q, g, y] = wire.integers()?;
            (dsa(p, q, g), integer(y))
        }
        b"ssh-ed25519" => {
            let identifier = sequence(&[&object_identifier(algorithm::ED25519)]);
            (identifier, wire.string()?.to_vec().into())
        }
        _ => {
            let curve = curve(kind)?;
            wire.string()?;
            (elliptic(curve), wire.string()?.to_vec().into())
        }
    };
    Ok(public(sequence(&[&identifier, &bit_string(&key)])))
}

fn curve(kind: &[u8]) -> Result<Oid<'static>, Error> {
    let known = CURVES.iter().find(|row| row.0.as_bytes() == kind);
    known
        .map(|row| row.1)
        .ok_or_else(|| Error::UnsupportedAlgorithm {
            algorithm: format!("The key type “{}”", String::from_utf8_lossy(kind)),
        })
}

fn elliptic(curve: Oid<'_>) -> Der {
    sequence(&[&object_identifier(algorithm::EC), &object_identifier(curve)])
}

fn dsa(p: &[u8], q: &[u8], g: &[u8]) -> Der {
    let parameters = sequence(&[&integer(p), &integer(q), &integer(g)]);
    sequence(&[&object_identifier(algorithm::DSA), &parameters])
}

fn pkcs8(identifier: &[u8], inner: &[u8]) -> Result<PrivateKey, Error> {
    let key = tlv(4, inner);
    PrivateKey::parse(&sequence(&[&integer(&[]), identifier, &key]))
}

/// d mod (p - 1); nothing for an invalid prime, which the check of the key then reports.
fn reduced(d: &[u8], prime: &[u8]) -> Zeroizing<Vec<u8>> {
    // An odd number less one is its last bit taken away; an even one is no prime.
    let mut less_one = Zeroizing::new(prime.to_vec());
    match less_one.last_mut() {
        Some(last) if *last & 1 == 1 => *last -= 1,
        _ => return Zeroizing::default(),
    }
    Modulus::new(&less_one).map_or_else(Zeroizing::default, |modulus| {
        modulus.write(&modulus.read(d))
    })
}
