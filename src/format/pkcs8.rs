//! Private keys: RFC 5958 OneAsymmetricKey (PKCS#8), plain and encrypted. PKCS#1 and SEC 1 keys are taken in as PKCS#8.
//!
//! ```text
//! OneAsymmetricKey ::= SEQUENCE { version, AlgorithmIdentifier, privateKey OCTET STRING,
//!                                 attributes [0] OPTIONAL, publicKey [1] OPTIONAL }
//! EncryptedPrivateKeyInfo ::= SEQUENCE { AlgorithmIdentifier, encryptedData OCTET STRING }
//! RSAPrivateKey ::= SEQUENCE { version, n, e, d, p, q, d mod (p-1), d mod (q-1), (1/q) mod p }      RFC 8017, A.1.2
//! ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING, parameters [0], publicKey [1] }     RFC 5915
//! ```
//!
//! A key that was read is one that holds together: its public half is computed from its private one, and an RSA key's
//! numbers must fit each other. So a wrong password that by chance leaves a valid padding never gives a key, and a key
//! that was damaged on its way is not handed on. Attributes (Windows adds some) and a public key in the outer structure
//! are left out of what is written: Java before 15 refuses the second, and nobody reads the first.

use crypto_bigint::{BoxedUint, NonZero, Resize};
use pkcs8::pkcs5::pbes2;
use zeroize::Zeroizing;

use crate::algorithm::{self, KeyAlgorithm, bits};
use crate::ber::{self, BIT_STRING, Fault, INTEGER, Node, OCTET_STRING, OID, SEQUENCE, Tag};
use crate::cipher::Cipher;
use crate::digest::Digest;
use crate::error::Error;
use crate::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::pbe::Pbe;
use crate::secret::{Password, SecretDer};
use crate::store::{Contents, Item, Locked, Value};

/// What a plain key is called in a message.
pub(crate) const WHAT: &str = "a private key";
/// What an encrypted key is called in a message.
pub(crate) const WHAT_ENCRYPTED: &str = "an encrypted private key";

/// Larger RSA keys exist nowhere; the figure keeps the check of a hostile one short.
const RSA_BITS_LIMIT: u32 = 16_384;

/// A private key that holds together, as PKCS#8.
#[derive(Debug, PartialEq, Eq)]
pub struct PrivateKey {
    pkcs8: SecretDer,
    algorithm: KeyAlgorithm,
    spki: Option<Vec<u8>>,
}

impl PrivateKey {
    /// Reads a PKCS#8, PKCS#1 or SEC 1 key, told apart by their shapes.
    ///
    /// # Errors
    ///
    /// [`Error::InconsistentKey`] where the numbers do not fit each other; [`Error::Damaged`] or [`Error::Truncated`] where
    /// the bytes are no such structure.
    pub fn parse(der: &[u8]) -> Result<Self, Error> {
        let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(WHAT))?;
        match shape(&node) {
            Some(Shape::Pkcs8) => Self::of_pkcs8(&node),
            Some(Shape::Pkcs1) => Self::of_pkcs1(node.raw),
            Some(Shape::Sec1) => Self::of_sec1(&node, None),
            None => Err(Fault::Malformed("it is none of the shapes that keys have").of(WHAT)),
        }
    }

    fn of_pkcs8(node: &Node<'_>) -> Result<Self, Error> {
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            parts.next()?.count()?;
            let algorithm = parts.next()?;
            let inner = SecretDer::new(parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned());
            let oid = algorithm.sequence()?.next()?.oid()?;
            Ok((algorithm, oid, inner))
        };
        let (identifier, oid, inner) = read().map_err(|fault| fault.of(WHAT))?;
        match oid {
            algorithm::RSA | algorithm::RSA_PSS => Self::of_rsa(identifier.raw, &inner),
            algorithm::EC => {
                let sec1 = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
                let curve = identifier.nodes().get(1).map(|parameters| parameters.raw);
                Self::of_sec1(&sec1, curve)
            }
            _ => {
                let kind =
                    KeyAlgorithm::of_identifier(identifier).map_err(|fault| fault.of(WHAT))?;
                let spki = public::of(identifier, &inner)?;
                Ok(Self {
                    pkcs8: one_asymmetric_key(identifier.raw, &inner),
                    algorithm: kind,
                    spki,
                })
            }
        }
    }

    fn of_pkcs1(der: &[u8]) -> Result<Self, Error> {
        let identifier =
            ber::sequence(&[&ber::object_identifier(algorithm::RSA), &ber::tlv(5, &[])]);
        Self::of_rsa(&identifier, &SecretDer::new(der.to_vec()))
    }

    fn of_rsa(identifier: &[u8], inner: &SecretDer) -> Result<Self, Error> {
        let node = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
        let (n, e) = rsa_public(&node)?;
        let key = ber::tlv(
            3,
            &[&[0], &*ber::sequence(&[&ber::integer(n), &ber::integer(e)])].concat(),
        );
        Ok(Self {
            pkcs8: one_asymmetric_key(identifier, inner),
            algorithm: KeyAlgorithm {
                name: if identifier_is(identifier, algorithm::RSA_PSS) {
                    "RSA-PSS"
                } else {
                    "RSA"
                }
                .into(),
                bits: Some(bits(n)),
                curve: None,
            },
            spki: Some(ber::sequence(&[identifier, &key])),
        })
    }

    /// `curve` is the parameters of an outer AlgorithmIdentifier; without one the key must name its curve itself.
    fn of_sec1(node: &Node<'_>, curve: Option<&[u8]>) -> Result<Self, Error> {
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            parts.next()?.count()?;
            let scalar = parts.next()?.primitive(OCTET_STRING)?;
            let named = parts
                .optional(Tag::context(0))
                .map(|node| node.explicit(Tag::context(0)))
                .transpose()?;
            let point = parts
                .optional(Tag::context(1))
                .map(|node| node.explicit(Tag::context(1)))
                .transpose()?;
            let point = point.map(|node| node.primitive(BIT_STRING)).transpose()?;
            let curve = curve
                .or(named.map(|node| node.raw))
                .ok_or(Fault::Malformed("an elliptic key names no curve"))?;
            let identifier = ber::sequence(&[&ber::object_identifier(algorithm::EC), curve]);
            let kind = KeyAlgorithm::of_identifier(&Node::parse(&identifier)?)?;
            Ok((scalar, point, identifier, kind))
        };
        let (scalar, point, identifier, kind) = read().map_err(|fault| fault.of(WHAT))?;
        let point = public::ec_point(kind.curve.as_deref().unwrap_or_default(), scalar, point)?;
        let (public_part, spki) = match &point {
            Some(point) => {
                let bits = ber::tlv(3, &[&[0], &**point].concat());
                (
                    ber::tlv(0xa1, &bits),
                    Some(ber::sequence(&[&identifier, &bits])),
                )
            }
            None => (Vec::new(), None),
        };
        let inner = SecretDer::new(ber::sequence(&[
            &ber::integer(&[1]),
            &Zeroizing::new(ber::tlv(4, scalar)),
            &public_part,
        ]));
        Ok(Self {
            pkcs8: one_asymmetric_key(&identifier, &inner),
            algorithm: kind,
            spki,
        })
    }

    /// DER of the OneAsymmetricKey, version 1, without attributes.
    pub fn pkcs8(&self) -> &SecretDer {
        &self.pkcs8
    }

    /// The kind of key.
    pub fn algorithm(&self) -> &KeyAlgorithm {
        &self.algorithm
    }

    /// DER of the SubjectPublicKeyInfo, computed from the private key; `None` for a kind that Keyferry cannot compute it of
    /// and that does not bring it along.
    pub fn spki(&self) -> Option<&[u8]> {
        self.spki.as_deref()
    }
}

/// How the three shapes of a private key differ, after the version: PKCS#8 goes on with a SEQUENCE (the algorithm), PKCS#1
/// with an INTEGER (the modulus), SEC 1 with an OCTET STRING (the scalar).
pub(crate) enum Shape {
    Pkcs1,
    Pkcs8,
    Sec1,
}

/// The shape of a key, if it is one.
pub(crate) fn shape(node: &Node<'_>) -> Option<Shape> {
    let [version, second, ..] = node.sequence().ok()?.rest() else {
        return None;
    };
    version.tagged(INTEGER).ok()?;
    match second.tag {
        SEQUENCE => node
            .nodes()
            .get(2)
            .filter(|third| third.tag == OCTET_STRING)
            .map(|_| Shape::Pkcs8),
        // A certificate request and an RSA public key have fewer integers.
        INTEGER => (node.nodes().len() >= 9
            && node.nodes().iter().take(9).all(|part| part.tag == INTEGER))
        .then_some(Shape::Pkcs1),
        OCTET_STRING => Some(Shape::Sec1),
        _ => None,
    }
}

/// Whether this is an EncryptedPrivateKeyInfo: SEQUENCE { SEQUENCE { OID, … }, OCTET STRING }.
pub(crate) fn is_encrypted(node: &Node<'_>) -> bool {
    match node.sequence().map(|parts| parts.rest()) {
        Ok([algorithm, data]) => {
            algorithm
                .sequence()
                .is_ok_and(|mut parts| parts.next().is_ok_and(|first| first.tag == OID))
                && data.tag == OCTET_STRING
        }
        _ => false,
    }
}

fn identifier_is(identifier: &[u8], oid: ber::Oid<'_>) -> bool {
    Node::parse(identifier)
        .is_ok_and(|node| node.nodes().first().and_then(|first| first.oid().ok()) == Some(oid))
}

fn one_asymmetric_key(identifier: &[u8], inner: &SecretDer) -> SecretDer {
    let key = Zeroizing::new(ber::tlv(4, inner.expose()));
    SecretDer::new(ber::sequence(&[&ber::integer(&[]), identifier, &key]))
}

/// Modulus and public exponent, once the private numbers were found to fit them.
fn rsa_public<'a>(node: &Node<'a>) -> Result<(&'a [u8], &'a [u8]), Error> {
    let read = || -> ber::Result<_> {
        let mut parts = node.sequence()?;
        let version = parts.next()?.count()?;
        let mut numbers = [&[][..]; 8];
        for number in &mut numbers {
            *number = parts.next()?.magnitude()?;
        }
        Ok((version, numbers))
    };
    let (version, numbers) = read().map_err(|fault| fault.of(WHAT))?;
    let inconsistent = |detail| Err(Error::InconsistentKey { detail });
    let [n, e, ..] = numbers;
    if n.is_empty() || e.is_empty() || bits(n) > RSA_BITS_LIMIT {
        return inconsistent("its modulus or exponent is of no size that RSA has");
    }
    // More than two primes: the shape allows for it and nothing in the field writes it.
    if version != 0 {
        return Err(Error::UnsupportedForm {
            what: "an RSA key",
            detail: "made of more than two primes".into(),
        });
    }
    let precision = bits(n)
        .max(numbers.iter().map(|number| bits(number)).max().unwrap_or(0))
        .next_multiple_of(64)
        * 2;
    let uint = |bytes: &[u8]| Zeroizing::new(BoxedUint::from_be_slice_truncated(bytes, precision));
    let [n_value, e_value, d, p, q, dp, dq, q_inverse] = numbers.map(uint);
    let product = |a: &BoxedUint, b: &BoxedUint| Zeroizing::new(a.wrapping_mul(b));
    if *product(&p, &q) != *n_value {
        return inconsistent("its primes do not multiply to its modulus");
    }
    let one = BoxedUint::one_with_precision(precision);
    let remainder = |value: &BoxedUint, modulus: &BoxedUint| -> Option<Zeroizing<BoxedUint>> {
        let modulus: Option<NonZero<BoxedUint>> = NonZero::new(modulus.clone()).into();
        Some(Zeroizing::new(
            value.rem_vartime(&modulus?).resize(precision),
        ))
    };
    let fits = |prime: &BoxedUint, exponent: &BoxedUint| -> Option<bool> {
        let less_one = Zeroizing::new(prime.wrapping_sub(&one));
        let inverse = remainder(&product(&d, &e_value), &less_one)?;
        Some(*inverse == one && *remainder(&d, &less_one)? == *exponent)
    };
    if fits(&p, &dp) != Some(true) || fits(&q, &dq) != Some(true) {
        return inconsistent("its private exponent does not undo its public one");
    }
    match remainder(&product(&q_inverse, &q), &p) {
        Some(rest) if *rest == one => Ok((n, e)),
        _ => inconsistent("its coefficient is not the inverse of its second prime"),
    }
}

/// Public halves computed from private ones.
mod public {
    use super::*;

    /// The SubjectPublicKeyInfo of a key that is neither RSA nor on a Weierstrass curve; `None` where it cannot be computed.
    pub(super) fn of(identifier: &Node<'_>, inner: &SecretDer) -> Result<Option<Vec<u8>>, Error> {
        let oid = identifier
            .sequence()
            .and_then(|mut parts| parts.next()?.oid())
            .map_err(|fault| fault.of(WHAT))?;
        if oid != algorithm::ED25519 {
            return Ok(None);
        }
        let seed = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
        let seed: Option<&[u8; 32]> = seed
            .primitive(OCTET_STRING)
            .ok()
            .and_then(|seed| seed.try_into().ok());
        let seed = seed.ok_or(Error::InconsistentKey {
            detail: "an Ed25519 key has 32 bytes",
        })?;
        let point = ed25519_dalek::SigningKey::from_bytes(seed)
            .verifying_key()
            .to_bytes();
        Ok(Some(ber::sequence(&[
            identifier.raw,
            &ber::tlv(3, &[&[0], &point[..]].concat()),
        ])))
    }

    /// The public point of a scalar, uncompressed. Where the key brings a point along, it must be that one; on a curve that
    /// is not had, the one brought along is taken.
    pub(super) fn ec_point(
        curve: &str,
        scalar: &[u8],
        brought: Option<&[u8]>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let brought = brought
            .and_then(|bits| bits.split_first())
            .map(|(_, point)| point);
        let computed = match curve {
            "P-256" => point::<p256::NistP256>(scalar),
            "P-384" => point::<p384::NistP384>(scalar),
            "P-521" => point::<p521::NistP521>(scalar),
            _ => return Ok(brought.map(<[u8]>::to_vec)),
        };
        let computed = computed.ok_or(Error::InconsistentKey {
            detail: "its number is none that the curve has",
        })?;
        match brought {
            // A compressed point says the same in fewer bytes: x and whether y is odd.
            Some(brought)
                if brought != computed
                    && !compressed(&computed).is_some_and(|short| short == brought) =>
            {
                Err(Error::InconsistentKey {
                    detail: "its public point is not the one its private number gives",
                })
            }
            _ => Ok(Some(computed)),
        }
    }

    fn compressed(point: &[u8]) -> Option<Vec<u8>> {
        let (_, coordinates) = point.split_first()?;
        let (x, y) = coordinates.split_at(coordinates.len() / 2);
        Some([&[2 | (y.last()? & 1)], x].concat())
    }

    fn point<C>(scalar: &[u8]) -> Option<Vec<u8>>
    where
        C: p256::elliptic_curve::CurveArithmetic,
        p256::elliptic_curve::AffinePoint<C>: p256::elliptic_curve::sec1::FromSec1Point<C>
            + p256::elliptic_curve::sec1::ToSec1Point<C>,
        p256::elliptic_curve::FieldBytesSize<C>: p256::elliptic_curve::sec1::ModulusSize,
    {
        use p256::elliptic_curve::{FieldBytes, SecretKey, sec1::ToSec1Point};
        // RFC 5915 wants the curve's length; OpenSSL before 1.0.2 left leading zeros out, others add some.
        let size = FieldBytes::<C>::default().len();
        let significant = scalar.iter().position(|&byte| byte != 0)?;
        let digits = &scalar[significant..];
        let mut padded = Zeroizing::new(vec![0; size.checked_sub(digits.len())?]);
        padded.extend_from_slice(digits);
        let key = SecretKey::<C>::from_slice(&padded).ok()?;
        Some(key.public_key().to_sec1_point(false).as_bytes().to_vec())
    }
}

/// An encrypted key between its two phases.
pub(crate) struct EncryptedKey {
    pbe: Pbe,
    data: Vec<u8>,
}

impl EncryptedKey {
    /// Reads an EncryptedPrivateKeyInfo.
    pub(crate) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let (algorithm, data) = (|| -> ber::Result<_> {
            let mut parts = node.sequence()?;
            let algorithm = parts.next()?;
            Ok((
                algorithm,
                parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned(),
            ))
        })()
        .map_err(|fault| fault.of(WHAT_ENCRYPTED))?;
        Ok(Self {
            pbe: Pbe::parse(algorithm, WHAT_ENCRYPTED)?,
            data,
        })
    }

    /// The iterations of one try.
    pub(crate) fn cost(&self) -> u64 {
        self.pbe.cost()
    }

    /// The key inside.
    pub(crate) fn unlock_key(
        &self,
        passwords: &[Password],
        keys: &mut Keys,
    ) -> Result<PrivateKey, Stop> {
        self.pbe
            .unlock(&self.data, passwords, keys, WHAT_ENCRYPTED, accept)
    }
}

impl Locked for EncryptedKey {
    fn cost(&self) -> u64 {
        self.cost()
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        Ok(Contents::of(vec![Item::new(Value::PrivateKey(
            self.unlock_key(passwords, keys)?.into(),
        ))]))
    }
}

/// What a decrypted text gives as a key: nothing where it is no key (the password is another), an error where it is one
/// that contradicts itself.
pub(crate) fn accept(plain: SecretDer) -> Result<Option<PrivateKey>, Error> {
    match PrivateKey::parse(plain.expose()) {
        Ok(key) => Ok(Some(key)),
        Err(error @ (Error::InconsistentKey { .. } | Error::UnsupportedForm { .. })) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Encryption of a key that is to be written: PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC. What OpenSSL, Java 8 and later,
/// .NET and Anaplan Connect read; `pkcs8`'s own default is scrypt, which Java cannot.
pub(crate) struct Encryption {
    salt: [u8; 16],
    iv: [u8; 16],
    iterations: u32,
}

impl Encryption {
    /// With a salt and a vector drawn from the source.
    pub(crate) fn new(iterations: u32, random: &mut dyn rand_core::CryptoRng) -> Self {
        let (mut salt, mut iv) = ([0; 16], [0; 16]);
        random.fill_bytes(&mut salt);
        random.fill_bytes(&mut iv);
        Self {
            salt,
            iv,
            iterations,
        }
    }

    /// DER of the EncryptedPrivateKeyInfo.
    pub(crate) fn write(
        &self,
        key: &PrivateKey,
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Vec<u8>, Stop> {
        let job = KdfJob {
            kdf: Kdf::Pbkdf2 {
                digest: Digest::Sha256,
                salt: self.salt.to_vec(),
                iterations: self.iterations.into(),
            },
            password: password.utf8(),
            length: Cipher::Aes256Cbc.key_size(),
        };
        let derived = keys.of(job)?;
        let unwritten = || Error::Unverified {
            name: "the encrypted key".into(),
        };
        let data = Cipher::Aes256Cbc
            .encrypt(derived.expose(), &self.iv, key.pkcs8().expose())
            .ok_or_else(unwritten)?;
        let parameters = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(
            self.iterations,
            &self.salt,
            self.iv,
        )
        .map_err(|_| unwritten())?;
        let encrypted = pkcs8::EncryptedPrivateKeyInfoRef {
            encryption_algorithm: parameters.into(),
            encrypted_data: pkcs8::der::asn1::OctetStringRef::new(&data)
                .map_err(|_| unwritten())?,
        };
        Ok(pkcs8::der::Encode::to_der(&encrypted).map_err(|_| unwritten())?)
    }
}
