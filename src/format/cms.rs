//! Certificates-only SignedData: RFC 5652, what `.p7b` and `.p7c` files hold.
//!
//! ```text
//! ContentInfo ::= SEQUENCE { id-signedData, [0] EXPLICIT SignedData }
//! SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo, certificates [0] IMPLICIT OPTIONAL,
//!                           crls [1] IMPLICIT OPTIONAL, signerInfos SET }
//! ```
//!
//! A signed message carries its signer's certificates in the same place, so they are read from one too. An encrypted
//! message wears the same extensions and has none: it is named, and gives nothing.

use std::sync::Arc;

use crate::asn1::ber::{self, Fault, Node, Oid, SEQUENCE, Tag, oids};
use crate::asn1::der;
use crate::base::error::{Error, Finding, Severity};
use crate::base::format::Format;
use crate::format::pkcs12::{DATA, ENCRYPTED_DATA, SIGNED_DATA};
use crate::model::certificate::Certificate;
use crate::model::store::{Contents, Item, Value};

oids! {
    /// id-envelopedData
    ENVELOPED_DATA = 9: 1 2 840 113549 1 7 3;
    /// signedAndEnvelopedData of PKCS#7
    SIGNED_AND_ENVELOPED_DATA = 9: 1 2 840 113549 1 7 4;
    /// id-ct-authEnvelopedData
    AUTH_ENVELOPED_DATA = 11: 1 2 840 113549 1 9 16 1 23;
}

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Cms;

/// The kinds of contents that have recipients and no certificates: a message that somebody sent.
const MESSAGES: [Oid<'static>; 4] = [
    ENVELOPED_DATA,
    SIGNED_AND_ENVELOPED_DATA,
    ENCRYPTED_DATA,
    AUTH_ENVELOPED_DATA,
];

/// The kind of a ContentInfo, where it is one.
fn kind<'a>(node: &Node<'a>) -> Option<Oid<'a>> {
    let kind = node.sequence().and_then(|mut parts| parts.next()?.oid());
    kind.ok()
        .filter(|kind| *kind == SIGNED_DATA || MESSAGES.contains(kind))
}

/// Whether this is a ContentInfo of SignedData, or of an encrypted message.
pub(crate) fn is_content_info(node: &Node<'_>) -> bool {
    kind(node).is_some()
}

/// Reads the certificates and revocation lists.
pub(crate) fn parse(node: &Node<'_>) -> Result<Contents, Error> {
    if kind(node).is_some_and(|kind| kind != SIGNED_DATA) {
        let mut contents = Contents::default();
        contents.findings.push(Finding::new(
            Severity::Warning,
            "encrypted-message",
            serde_json::json!({}),
        ));
        return Ok(contents);
    }
    let (certificates, crls) = signed_data(node).map_err(|fault| fault.of(WHAT))?;
    let mut items = Vec::new();
    // Attribute certificates and other choices wear context tags; only certificates are plain sequences.
    for certificate in certificates.iter().filter(|node| node.tag == SEQUENCE) {
        items.push(Item::new(Value::Certificate(Arc::new(
            Certificate::parse_node(certificate)?,
        ))));
    }
    items.extend(
        crls.iter()
            .filter(|node| node.tag == SEQUENCE)
            .map(|crl| Item::new(Value::Crl(crl.raw.into()))),
    );
    match items.is_empty() {
        true => Err(Error::UnsupportedForm {
            what: Some(WHAT),
            detail: "no-certificate-inside".into(),
        }),
        false => Ok(Contents::of(items)),
    }
}

/// DER of a SignedData that holds certificates and no signature. They stay in the order given, which is the only thing about
/// it that is not DER: OpenSSL 3.0 keeps the order too, and a reader that takes the first for the end-entity's is right.
pub fn write(certificates: &[Arc<Certificate>]) -> Vec<u8> {
    let certificates: Vec<&[u8]> = certificates.iter().map(|one| one.der()).collect();
    let signed_data = der::sequence(&[
        &der::integer(&[1]),
        &der::tlv(0x31, &[]),
        &der::sequence(&[&der::object_identifier(DATA)]),
        &der::constructed(0xa0, &certificates),
        &der::tlv(0x31, &[]),
    ]);
    let content = der::tlv(0xa0, &signed_data);
    der::public(der::sequence(&[
        &der::object_identifier(SIGNED_DATA),
        &content,
    ]))
}

type Parts<'n, 'a> = &'n [Node<'a>];

fn signed_data<'n, 'a>(node: &'n Node<'a>) -> ber::Result<(Parts<'n, 'a>, Parts<'n, 'a>)> {
    let mut info = node.sequence()?;
    if info.next()?.oid()? != SIGNED_DATA {
        return Err(Fault::Malformed("not-signed-data"));
    }
    let mut parts = info.next()?.explicit(Tag::context(0))?.sequence()?;
    parts.next()?.count()?;
    parts.next()?.parts(ber::SET)?;
    parts.next()?.sequence()?;
    let certificates = parts.optional(Tag::context(0)).map_or(&[][..], Node::nodes);
    let crls = parts.optional(Tag::context(1)).map_or(&[][..], Node::nodes);
    Ok((certificates, crls))
}
