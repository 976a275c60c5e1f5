//! Certification requests (PKCS#10): RFC 2986.
//!
//! ```text
//! CertificationRequest ::= SEQUENCE { CertificationRequestInfo, signatureAlgorithm, signature BIT STRING }
//! CertificationRequestInfo ::= SEQUENCE { version 0, subject Name, subjectPKInfo, attributes [0] IMPLICIT SET OF Attribute }
//! extensionRequest ::= SEQUENCE { 1.2.840.113549.1.9.14, SET { Extensions } }                 RFC 2985, 5.4.2
//! ```
//!
//! The attributes' tag is written even without attributes, as the standard requires; some readers fail without it.
//! Microsoft writes its extensions under an identifier of its own, which holds the same.

use crate::asn1::ber::{self, BIT_STRING, Node, Oid, SEQUENCE, SET, Tag, oids};
use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::crypto::signature::{self, Verdict};
use crate::model::certificate::extension::{self, Extension};
use crate::model::private_key::PrivateKey;

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Pkcs10;

oids! {
    EXTENSION_REQUEST = 9: 1 2 840 113549 1 9 14;
    MICROSOFT_EXTENSIONS = 10: 1 3 6 1 4 1 311 2 1 14;
}

/// A request, its parts borrowed.
pub(crate) struct Request<'a> {
    /// DER of what is signed.
    info: &'a [u8],
    subject: &'a [u8],
    spki: &'a [u8],
    attributes: Vec<Node<'a>>,
    algorithm: &'a [u8],
    /// A BIT STRING's contents.
    signature: &'a [u8],
}

impl<'a> Request<'a> {
    /// Reads a request; bytes after its end are left out.
    pub(crate) fn parse(der: &'a [u8]) -> Result<Self, Error> {
        let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(WHAT))?;
        let read = || -> ber::Result<Self> {
            let mut outer = node.sequence()?;
            let info = outer.next()?;
            let mut parts = info.sequence()?;
            let algorithm = outer.next()?.tagged(SEQUENCE)?;
            let signature = outer.next()?.primitive(BIT_STRING)?;
            parts.next()?.count()?;
            let subject = parts.next()?.tagged(SEQUENCE)?;
            let spki = parts.next()?;
            spki.sequence()?.next()?.sequence()?.next()?.oid()?;
            let attributes = parts.optional(Tag::context(0)).map(Node::nodes);
            Ok(Self {
                info: info.raw,
                subject: subject.raw,
                spki: spki.raw,
                attributes: attributes.unwrap_or_default().to_vec(),
                algorithm: algorithm.raw,
                signature,
            })
        };
        read().map_err(|fault| fault.of(WHAT))
    }

    /// DER of the subject's Name.
    pub(crate) fn subject(&self) -> &'a [u8] {
        self.subject
    }

    /// DER of the SubjectPublicKeyInfo.
    pub(crate) fn spki(&self) -> &'a [u8] {
        self.spki
    }

    /// DER of the signature's AlgorithmIdentifier.
    pub(crate) fn algorithm(&self) -> &'a [u8] {
        self.algorithm
    }

    /// The extensions asked for.
    pub(crate) fn extensions(&self) -> ber::Result<Vec<Extension<'a>>> {
        for attribute in self.attributes() {
            let mut parts = attribute.sequence()?;
            let kind = parts.next()?.oid()?;
            if kind == EXTENSION_REQUEST || kind == MICROSOFT_EXTENSIONS {
                return extension::parse(parts.next()?.parts(SET)?.next()?);
            }
        }
        Ok(Vec::new())
    }

    /// Every attribute: SEQUENCE { type, SET OF value }.
    pub(crate) fn attributes(&self) -> &[Node<'a>] {
        &self.attributes
    }

    /// Whether the signature is that of the key inside: the proof that who asks has the private key.
    pub(crate) fn verify(&self) -> Verdict {
        let bits = self.signature.get(1..).unwrap_or_default();
        signature::verify(self.spki(), self.algorithm(), self.info, bits)
    }
}

/// DER of a request for this subject and these extensions, signed with the key.
pub(crate) fn write(
    subject: &[u8],
    extensions: &[Vec<u8>],
    key: &PrivateKey,
) -> Result<Vec<u8>, Error> {
    let spki = key.spki().ok_or_else(|| Error::CannotSign {
        key: key.algorithm().words(),
    })?;
    let attributes = match extensions {
        [] => Der::default(),
        _ => attribute(EXTENSION_REQUEST, &der::list(0x30, extensions)),
    };
    let info = der::sequence(&[
        &der::integer(&[]),
        subject,
        spki,
        &der::tlv(0xa0, &attributes),
    ]);
    let signed = key.sign(&info)?;
    let bits = der::bit_string(&signed.signature);
    Ok(der::public(der::sequence(&[
        &info,
        &signed.algorithm,
        &bits,
    ])))
}

fn attribute(kind: Oid<'_>, value: &[u8]) -> Der {
    der::sequence(&[&der::object_identifier(kind), &der::tlv(0x31, value)])
}
