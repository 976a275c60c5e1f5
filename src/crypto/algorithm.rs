//! What kind of key a SubjectPublicKeyInfo or a PrivateKeyInfo holds: its name, its size, its curve.

use crate::asn1::ber::{self, BIT_STRING, Node, OID, SEQUENCE, bit_length, oids};
use crate::crypto::curve::Curve;

oids! {
    /// rsaEncryption
    RSA = 9: 1 2 840 113549 1 1 1;
    /// id-RSASSA-PSS
    RSA_PSS = 9: 1 2 840 113549 1 1 10;
    /// id-RSAES-OAEP
    RSA_OAEP = 9: 1 2 840 113549 1 1 7;
    /// rsa of X.509's own annex, which old programs wrote
    RSA_X509 = 4: 2 5 8 1 1;
    /// id-dsa
    DSA = 7: 1 2 840 10040 4 1;
    /// dhpublicnumber
    DH_X942 = 7: 1 2 840 10046 2 1;
    /// dhKeyAgreement
    DH = 9: 1 2 840 113549 1 3 1;
    /// id-ecPublicKey
    EC = 7: 1 2 840 10045 2 1;
    /// id-ecDH
    EC_DH = 5: 1 3 132 1 12;
    /// id-ecMQV
    EC_MQV = 5: 1 3 132 1 13;
    X25519 = 3: 1 3 101 110;
    X448 = 3: 1 3 101 111;
    ED25519 = 3: 1 3 101 112;
    ED448 = 3: 1 3 101 113;
}

/// A kind of key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAlgorithm {
    /// `RSA`, `RSA-PSS`, `DSA`, `DH`, `EC`, `Ed25519`, `Ed448`, `X25519`, `X448`, or an object identifier in dots.
    pub name: String,
    /// Bits of the modulus, of the prime or of the curve's field.
    pub bits: Option<u32>,
    /// The curve's name, or its object identifier; where its figures are written out, `P-256 (explicit)` or, for those of no
    /// curve that has a name, `explicit`.
    pub curve: Option<String>,
}

impl KeyAlgorithm {
    /// Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
    pub(crate) fn of_spki(spki: &[u8]) -> ber::Result<Self> {
        let node = Node::parse(spki)?;
        let mut parts = node.sequence()?;
        let algorithm = parts.next()?;
        let mut kind = Self::of_identifier(algorithm)?;
        if matches!(kind.name.as_str(), "RSA" | "RSA-PSS") {
            // The bit string's first byte says how many bits of the last are unused: none, for whole bytes.
            let key = parts
                .next()?
                .primitive(BIT_STRING)?
                .get(1..)
                .unwrap_or_default();
            let key = Node::parse(key)?;
            kind.bits = Some(bit_length(key.sequence()?.next()?.magnitude()?));
        }
        Ok(kind)
    }

    /// Reads an AlgorithmIdentifier; the size of an RSA key is not in it.
    pub(crate) fn of_identifier(algorithm: &Node<'_>) -> ber::Result<Self> {
        let mut parts = algorithm.sequence()?;
        let oid = parts.next()?.oid()?;
        let parameters = parts.rest().first();
        let plain = |name: &str, bits| Self {
            name: name.into(),
            bits,
            curve: None,
        };
        Ok(match oid {
            RSA => plain("RSA", None),
            RSA_PSS => plain("RSA-PSS", None),
            DSA => plain("DSA", prime_bits(parameters)),
            DH | DH_X942 => plain("DH", prime_bits(parameters)),
            ED25519 => plain("Ed25519", Some(256)),
            ED448 => plain("Ed448", Some(456)),
            X25519 => plain("X25519", Some(256)),
            X448 => plain("X448", Some(448)),
            EC => Self::of_curve(parameters)?,
            other => plain(&other.to_string(), None),
        })
    }

    fn of_curve(parameters: Option<&Node<'_>>) -> ber::Result<Self> {
        let known = parameters.and_then(Curve::of_parameters);
        let (curve, bits) = match (known, parameters) {
            (Some(curve), _) => (curve.words(), Some(curve.bits())),
            (None, Some(named)) if named.tag == OID => (named.oid()?.to_string(), None),
            (None, Some(explicit)) if explicit.tag == SEQUENCE => ("explicit".to_owned(), None),
            _ => return Err(ber::Fault::Malformed("curve-missing")),
        };
        Ok(Self {
            name: "EC".into(),
            bits,
            curve: Some(curve),
        })
    }

    /// The key in a few words: `RSA, 2048 bits`, `EC on P-256`, `Ed25519`.
    pub fn words(&self) -> String {
        match (&self.curve, self.bits) {
            (Some(curve), _) => format!("{} on {curve}", self.name),
            (None, Some(bits)) if !self.name.contains("25519") && !self.name.contains("448") => {
                format!("{}, {bits} bits", self.name)
            }
            _ => self.name.clone(),
        }
    }
}

/// Bits of the first prime of DSA's or DH's parameters.
fn prime_bits(parameters: Option<&Node<'_>>) -> Option<u32> {
    let prime = parameters?.sequence().ok()?.next().ok()?;
    Some(bit_length(prime.magnitude().ok()?))
}
