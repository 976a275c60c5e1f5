//! Private keys: RFC 5958 OneAsymmetricKey (PKCS#8), plain and encrypted. PKCS#1, SEC 1 and OpenSSL's DSA keys are taken in
//! as PKCS#8.
//!
//! ```text
//! OneAsymmetricKey ::= SEQUENCE { version, AlgorithmIdentifier, privateKey OCTET STRING,
//!                                 attributes [0] OPTIONAL, publicKey [1] OPTIONAL }
//! EncryptedPrivateKeyInfo ::= SEQUENCE { AlgorithmIdentifier, encryptedData OCTET STRING }
//! RSAPrivateKey ::= SEQUENCE { version, n, e, d, p, q, d mod (p-1), d mod (q-1), (1/q) mod p }      RFC 8017, A.1.2
//! ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING, parameters [0], publicKey [1] }     RFC 5915
//! DSAPrivateKey ::= SEQUENCE { version, p, q, g, y, x }                                             OpenSSL's own
//! ```
//!
//! A key that was read is one that holds together: its public half is computed from its private one, and an RSA key's
//! numbers must fit each other. So a wrong password that by chance leaves a valid padding never gives a key, and a key
//! that was damaged on its way is not handed on. Attributes (Windows adds some) and a public key in the outer structure
//! are left out of what is written: Java before 15 refuses the second, and nobody reads the first. A key of a kind that is
//! not known here is kept byte for byte.

mod public;
mod rsa;

use crate::asn1::ber::{
    self, BIT_STRING, Fault, INTEGER, NULL, Node, OCTET_STRING, OID, Oid, SEQUENCE, Tag, bit_length,
};
use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::SecretDer;
use crate::crypto::algorithm::{self, KeyAlgorithm};
use crate::crypto::curve::Curve;
use crate::crypto::digest::Digest;
use crate::crypto::signature::{self, Signed};

/// What a plain key is called in a message.
pub(crate) const WHAT: Format = Format::PrivateKey;

/// Kinds of keys that hold what RSA, elliptic and DH keys do.
const KIN: [Oid<'static>; 6] = [
    algorithm::DH,
    algorithm::DH_X942,
    algorithm::EC_DH,
    algorithm::EC_MQV,
    algorithm::RSA_OAEP,
    algorithm::RSA_X509,
];

/// A private key that holds together, as PKCS#8.
#[derive(Debug, PartialEq, Eq)]
pub struct PrivateKey {
    pkcs8: SecretDer,
    algorithm: KeyAlgorithm,
    spki: Option<Vec<u8>>,
}

impl PrivateKey {
    /// Reads a PKCS#8, PKCS#1, SEC 1 or DSA key, told apart by their shapes.
    ///
    /// # Errors
    ///
    /// [`Error::InconsistentKey`] where the numbers do not fit each other; [`Error::Damaged`] or [`Error::Truncated`] where
    /// the bytes are no such structure.
    pub fn parse(der: &[u8]) -> Result<Self, Error> {
        let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(WHAT))?;
        Self::parse_node(&node)
    }

    /// Reads a key from its tree, as [`PrivateKey::parse`] does.
    pub(crate) fn parse_node(node: &Node<'_>) -> Result<Self, Error> {
        match shape(node) {
            Some(Shape::Dsa) => Self::of_dsa(node),
            Some(Shape::Pkcs1) => Self::of_rsa(&rsa_encryption(), &SecretDer::new(node.raw.into())),
            Some(Shape::Pkcs8) => Self::of_pkcs8(node),
            Some(Shape::Sec1) => Self::of_sec1(node, None, None),
            None => Err(Fault::Malformed("key-structure").of(WHAT)),
        }
    }

    fn of_pkcs8(node: &Node<'_>) -> Result<Self, Error> {
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            parts.next()?.count()?;
            let algorithm = parts.next()?;
            let inner = SecretDer::new(parts.next()?.tagged(OCTET_STRING)?.octets()?.into_owned());
            parts.optional(Tag::context(0));
            let public = parts.optional(Tag::context(1));
            let public = public
                .map(|node| node.primitive(Tag::context(1)))
                .transpose()?;
            parts.end()?;
            Ok((
                algorithm,
                algorithm.sequence()?.next()?.oid()?,
                inner,
                public,
            ))
        };
        let (identifier, oid, inner, public) = read().map_err(|fault| fault.of(WHAT))?;
        let key = match oid {
            // RFC 3279, 2.3.1 wants the NULL that some leave out: without it the public key would be another's by its digest.
            algorithm::RSA => Self::of_rsa(&rsa_encryption(), &inner)?,
            algorithm::RSA_PSS => Self::of_rsa(identifier.raw, &inner)?,
            algorithm::EC => {
                let sec1 = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
                let parameters = identifier.nodes().get(1);
                return Self::of_sec1(&sec1, parameters.filter(|node| node.tag != NULL), public);
            }
            _ => {
                let kind =
                    KeyAlgorithm::of_identifier(identifier).map_err(|fault| fault.of(WHAT))?;
                let Some(bits) = public::of(identifier, &inner)? else {
                    return Self::of_unknown(node, identifier, &inner, kind, public);
                };
                Self {
                    pkcs8: one_asymmetric_key(identifier.raw, &inner),
                    algorithm: kind,
                    spki: Some(subject_public_key_info(identifier.raw, &bits)),
                }
            }
        };
        match (public, &key.spki) {
            (Some(brought), Some(spki)) if !spki.ends_with(brought) => {
                let detail = "key-public";
                Err(Error::InconsistentKey { detail })
            }
            _ => Ok(key),
        }
    }

    /// A key whose public half is not computed here, kept byte for byte.
    fn of_unknown(
        node: &Node<'_>,
        identifier: &Node<'_>,
        inner: &SecretDer,
        kind: KeyAlgorithm,
        public: Option<&[u8]>,
    ) -> Result<Self, Error> {
        // Behind a cipher without a MAC a wrong or changed key can leave all as it was but for the identifier. What it left
        // then is a key of a kind that is known, under a name that is not.
        let oid = identifier.nodes().first().and_then(|oid| oid.oid().ok());
        let contents = Node::parse(inner.expose()).ok();
        let integers = |node: &Node<'_>| node.nodes().iter().all(|part| part.tag == INTEGER);
        let is_dsa = matches!(
            (identifier.nodes(), &contents),
            ([_, parameters], Some(x))
                if x.tag == INTEGER && parameters.nodes().len() == 3 && integers(parameters)
        );
        let of_known = is_dsa || contents.is_some_and(|contents| shape(&contents).is_some());
        if of_known && !oid.is_some_and(|oid| KIN.contains(&oid)) {
            let detail = "key-kind-unknown";
            return Err(Error::InconsistentKey { detail });
        }
        Ok(Self {
            pkcs8: SecretDer::new(node.raw.to_vec()),
            algorithm: kind,
            spki: public
                .and_then(|bits| bits.get(1..))
                .map(|bits| subject_public_key_info(identifier.raw, bits)),
        })
    }

    fn of_dsa(node: &Node<'_>) -> Result<Self, Error> {
        let numbers: Vec<&[u8]> = node
            .nodes()
            .iter()
            .skip(1)
            .map(Node::magnitude)
            .collect::<ber::Result<_>>()
            .map_err(|fault| fault.of(WHAT))?;
        let &[p, q, g, y, x] = numbers.as_slice() else {
            return Err(Fault::Malformed("element-missing").of(WHAT));
        };
        let [p, q, g, y] = [p, q, g, y].map(der::integer);
        let identifier = der::sequence(&[
            &der::object_identifier(algorithm::DSA),
            &der::sequence(&[&p, &q, &g]),
        ]);
        let inner = SecretDer::from(der::integer(x));
        let identifier = Node::parse(&identifier).map_err(|fault| fault.of(WHAT))?;
        let kind = KeyAlgorithm::of_identifier(&identifier).map_err(|fault| fault.of(WHAT))?;
        match public::of(&identifier, &inner)? {
            Some(computed) if computed == *y => Ok(Self {
                pkcs8: one_asymmetric_key(identifier.raw, &inner),
                algorithm: kind,
                spki: Some(subject_public_key_info(identifier.raw, &y)),
            }),
            _ => Err(Error::InconsistentKey {
                detail: "public-number",
            }),
        }
    }

    fn of_rsa(identifier: &[u8], inner: &SecretDer) -> Result<Self, Error> {
        let node = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
        let (n, e) = rsa::public(&node)?;
        let pss = identifier_is(identifier, algorithm::RSA_PSS);
        Ok(Self {
            pkcs8: one_asymmetric_key(identifier, inner),
            algorithm: KeyAlgorithm {
                name: if pss { "RSA-PSS" } else { "RSA" }.into(),
                bits: Some(bit_length(n)),
                curve: None,
            },
            spki: Some(subject_public_key_info(
                identifier,
                &der::sequence(&[&der::integer(n), &der::integer(e)]),
            )),
        })
    }

    /// `outer` is the parameters of an AlgorithmIdentifier around it, `public` the public key that stands there.
    fn of_sec1(
        node: &Node<'_>,
        outer: Option<&Node<'_>>,
        public: Option<&[u8]>,
    ) -> Result<Self, Error> {
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            parts.next()?.count()?;
            let scalar = parts.next()?.primitive(OCTET_STRING)?;
            let inner = parts.optional(Tag::context(0));
            let inner = inner
                .map(|node| node.explicit(Tag::context(0)))
                .transpose()?;
            let point = parts.optional(Tag::context(1));
            let point = point
                .map(|node| node.explicit(Tag::context(1)))
                .transpose()?;
            let point = point.map(|node| node.primitive(BIT_STRING)).transpose()?;
            // What is not known here may be what a wrong key made of the public point, which would then go unchecked.
            parts.end()?;
            Ok((scalar, inner, point.or(public)))
        };
        let (scalar, inner, point) = read().map_err(|fault| fault.of(WHAT))?;
        let parameters = match (outer, inner) {
            (None, None) => {
                return Err(Fault::Malformed("curve-missing").of(WHAT));
            }
            (Some(outer), None) => outer,
            (None, Some(inner)) => inner,
            (Some(outer), Some(inner)) if same_curve(outer, inner) => outer,
            // OpenSSL takes the inner one. It must prove itself by the point, or nobody knows what key this is.
            (Some(_), Some(inner)) if point.is_some() && Curve::of_parameters(inner).is_some() => {
                inner
            }
            (Some(_), Some(_)) => {
                let detail = "two-curves";
                return Err(Error::InconsistentKey { detail });
            }
        };
        let identifier = der::sequence(&[&der::object_identifier(algorithm::EC), parameters.raw]);
        let kind = Node::parse(&identifier)
            .and_then(|node| KeyAlgorithm::of_identifier(&node))
            .map_err(|fault| fault.of(WHAT))?;
        let point = public::ec_point(Curve::of_parameters(parameters).as_ref(), scalar, point)?;
        let written = point
            .as_ref()
            .map(|point| der::tlv(0xa1, &der::bit_string(point)));
        let inner = SecretDer::from(der::sequence(&[
            &der::integer(&[1]),
            &der::tlv(4, scalar),
            &written.unwrap_or_default(),
        ]));
        Ok(Self {
            pkcs8: one_asymmetric_key(&identifier, &inner),
            algorithm: kind,
            spki: point.map(|point| subject_public_key_info(&identifier, &point)),
        })
    }

    /// Signs data with the algorithm that suits the key.
    ///
    /// # Errors
    ///
    /// [`Error::CannotSign`] for a key of another kind than RSA, EC on P-256, P-384 or P-521, and Ed25519.
    pub(crate) fn sign(&self, data: &[u8]) -> Result<Signed, Error> {
        signature::sign(&self.pkcs8, &self.algorithm, data)
    }

    /// A signature in the form of PKCS#1 v1.5 over the digest of some data.
    ///
    /// # Errors
    ///
    /// [`Error::CannotSign`] for a key that is not RSA, is made of more than two primes, or is too short for the digest.
    pub fn sign_rsa_pkcs1(&self, digest: Digest, data: &[u8]) -> Result<Vec<u8>, Error> {
        let signature = signature::sign_rsa_pkcs1(&self.pkcs8, digest, data);
        signature.ok_or_else(|| Error::CannotSign {
            key: self.algorithm.words(),
        })
    }

    /// DER of the OneAsymmetricKey, version 1, without attributes.
    pub fn pkcs8(&self) -> &SecretDer {
        &self.pkcs8
    }

    /// DER of the RSAPrivateKey (RFC 8017, A.1.2).
    ///
    /// # Errors
    ///
    /// [`Error::UnfitKey`] for a key of another kind, RSA-PSS among them: what it restricts could not be said.
    pub fn pkcs1(&self) -> Result<SecretDer, Error> {
        let read = || {
            let (identifier, inner) = self.parts()?;
            identifier_is(&identifier, algorithm::RSA).then_some(inner)
        };
        read().ok_or_else(|| self.unfit("PKCS#1", "an RSA key"))
    }

    /// DER of the ECPrivateKey (RFC 5915), with the curve in it.
    ///
    /// # Errors
    ///
    /// [`Error::UnfitKey`] for a key of another kind.
    pub fn sec1(&self) -> Result<SecretDer, Error> {
        let read = || {
            let (identifier, inner) = self.parts()?;
            let identifier = Node::parse(&identifier).ok()?;
            let [oid, parameters] = identifier.nodes() else {
                return None;
            };
            let inner = Node::parse(inner.expose()).ok()?;
            let [version, scalar, rest @ ..] = inner.nodes() else {
                return None;
            };
            let public = rest.last().map_or(&[][..], |point| point.raw);
            let parameters = der::tlv(0xa0, parameters.raw);
            (oid.oid() == Ok(algorithm::EC)).then(|| {
                let parts = [version.raw, scalar.raw, &parameters, public];
                SecretDer::from(der::sequence(&parts))
            })
        };
        read().ok_or_else(|| self.unfit("SEC 1", "a key on an elliptic curve"))
    }

    /// DER of the AlgorithmIdentifier, and the contents of the privateKey octets.
    fn parts(&self) -> Option<(Vec<u8>, SecretDer)> {
        let node = Node::parse(self.pkcs8.expose()).ok()?;
        let [_, identifier, key, ..] = node.nodes() else {
            return None;
        };
        let inner = SecretDer::new(key.octets().ok()?.into_owned());
        Some((identifier.raw.to_vec(), inner))
    }

    /// The error for a form that has no such keys.
    pub(crate) fn unfit(&self, target: &'static str, takes: &'static str) -> Error {
        let key = self.algorithm.words();
        Error::UnfitKey { target, key, takes }
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

/// How the shapes of a private key differ, after the version: PKCS#8 goes on with a SEQUENCE (the algorithm), SEC 1 with an
/// OCTET STRING (the scalar), PKCS#1 with eight INTEGERs or more, DSA with five.
pub(crate) enum Shape {
    Dsa,
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
        // An RSA public key has fewer.
        INTEGER => {
            let integers = node.nodes().iter().take_while(|part| part.tag == INTEGER);
            match (integers.count(), node.nodes().len()) {
                (9.., _) => Some(Shape::Pkcs1),
                (6, 6) => Some(Shape::Dsa),
                _ => None,
            }
        }
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
    let key = der::tlv(4, inner.expose());
    SecretDer::from(der::sequence(&[&der::integer(&[]), identifier, &key]))
}

/// AlgorithmIdentifier of RSA.
fn rsa_encryption() -> Der {
    der::sequence(&[&der::object_identifier(algorithm::RSA), &der::tlv(5, &[])])
}

fn subject_public_key_info(identifier: &[u8], public: &[u8]) -> Vec<u8> {
    der::public(der::sequence(&[identifier, &der::bit_string(public)]))
}

fn same_curve(one: &Node<'_>, other: &Node<'_>) -> bool {
    let curves = (Curve::of_parameters(one), Curve::of_parameters(other));
    one.raw == other.raw
        || matches!(curves, (Some(one), Some(other)) if one.figures() == other.figures())
}
