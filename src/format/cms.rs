//! Certificates-only SignedData: RFC 5652, what `.p7b` and `.p7c` files hold.
//!
//! ```text
//! ContentInfo ::= SEQUENCE { id-signedData, [0] EXPLICIT SignedData }
//! SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo, certificates [0] IMPLICIT OPTIONAL,
//!                           crls [1] IMPLICIT OPTIONAL, signerInfos SET }
//! ```
//!
//! A signed message carries its signer's certificates in the same place, so they are read from one too.

use std::sync::Arc;

use crate::ber::{self, Fault, Node, SEQUENCE, Tag};
use crate::error::Error;
use crate::format::pkcs12::SIGNED_DATA;
use crate::format::x509::Certificate;
use crate::store::{Contents, Item, Value};

/// What the format is called in a message.
pub(crate) const WHAT: &str = "a PKCS#7 file (.p7b, .p7c)";

/// Whether this is a ContentInfo of SignedData.
pub(crate) fn is_signed_data(node: &Node<'_>) -> bool {
    node.sequence()
        .and_then(|mut parts| parts.next()?.oid())
        .is_ok_and(|kind| kind == SIGNED_DATA)
}

/// Reads the certificates and revocation lists.
pub(crate) fn parse(bytes: &[u8]) -> Result<Contents, Error> {
    let (node, _) = Node::parse_prefix(bytes).map_err(|fault| fault.of(WHAT))?;
    let (certificates, crls) = signed_data(&node).map_err(|fault| fault.of(WHAT))?;
    let mut items = Vec::new();
    // Attribute certificates and other choices wear context tags; only certificates are plain sequences.
    for certificate in certificates.iter().filter(|node| node.tag == SEQUENCE) {
        items.push(Item::new(Value::Certificate(Arc::new(Certificate::parse(
            certificate.raw,
        )?))));
    }
    items.extend(
        crls.iter()
            .filter(|node| node.tag == SEQUENCE)
            .map(|crl| Item::new(Value::Crl(crl.raw.to_vec()))),
    );
    match items.is_empty() {
        true => Err(Error::UnsupportedForm {
            what: WHAT,
            detail: "with no certificate in it".into(),
        }),
        false => Ok(Contents::of(items)),
    }
}

type Parts<'n, 'a> = &'n [Node<'a>];

fn signed_data<'n, 'a>(node: &'n Node<'a>) -> ber::Result<(Parts<'n, 'a>, Parts<'n, 'a>)> {
    let mut info = node.sequence()?;
    if info.next()?.oid()? != SIGNED_DATA {
        return Err(Fault::Malformed("its contents are not signed data"));
    }
    let mut parts = info.next()?.explicit(Tag::context(0))?.sequence()?;
    parts.next()?.count()?;
    parts.next()?.parts(ber::SET)?;
    parts.next()?.sequence()?;
    let certificates = parts.optional(Tag::context(0)).map_or(&[][..], Node::nodes);
    let crls = parts.optional(Tag::context(1)).map_or(&[][..], Node::nodes);
    Ok((certificates, crls))
}
