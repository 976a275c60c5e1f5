//! Extensions (RFC 5280, 4.2) as they are written, and their names.
//!
//! ```text
//! Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
//! ```

use crate::asn1::ber::{self, Fault, Node, OCTET_STRING, Oid, Tag, oids};
use crate::asn1::der;

oids! {
    SUBJECT_KEY_ID = 3: 2 5 29 14;
    KEY_USAGE = 3: 2 5 29 15;
    SUBJECT_ALT_NAME = 3: 2 5 29 17;
    ISSUER_ALT_NAME = 3: 2 5 29 18;
    BASIC_CONSTRAINTS = 3: 2 5 29 19;
    CRL_NUMBER = 3: 2 5 29 20;
    DELTA_CRL = 3: 2 5 29 27;
    ISSUING_DISTRIBUTION_POINT = 3: 2 5 29 28;
    CERTIFICATE_ISSUER = 3: 2 5 29 29;
    NAME_CONSTRAINTS = 3: 2 5 29 30;
    CRL_POINTS = 3: 2 5 29 31;
    POLICIES = 3: 2 5 29 32;
    POLICY_MAPPINGS = 3: 2 5 29 33;
    AUTHORITY_KEY_ID = 3: 2 5 29 35;
    POLICY_CONSTRAINTS = 3: 2 5 29 36;
    EXTENDED_KEY_USAGE = 3: 2 5 29 37;
    FRESHEST_CRL = 3: 2 5 29 46;
    INHIBIT_ANY_POLICY = 3: 2 5 29 54;
    AUTHORITY_INFO = 8: 1 3 6 1 5 5 7 1 1;
    CERTIFICATE_TIMESTAMPS = 10: 1 3 6 1 4 1 11129 2 4 2;
    NETSCAPE_COMMENT = 9: 2 16 840 1 113730 1 13;
}

/// The bits of KeyUsage (RFC 5280, 4.2.1.3), by their numbers.
pub(crate) const KEY_USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

/// The purposes of ExtendedKeyUsage (RFC 5280, 4.2.1.12) that have a name in a request.
pub(crate) const PURPOSES: [(&str, &str); 7] = [
    ("anyExtendedKeyUsage", "2.5.29.37.0"),
    ("serverAuth", "1.3.6.1.5.5.7.3.1"),
    ("clientAuth", "1.3.6.1.5.5.7.3.2"),
    ("codeSigning", "1.3.6.1.5.5.7.3.3"),
    ("emailProtection", "1.3.6.1.5.5.7.3.4"),
    ("timeStamping", "1.3.6.1.5.5.7.3.8"),
    ("OCSPSigning", "1.3.6.1.5.5.7.3.9"),
];

/// One extension, as it stands in a certificate, a request or a revocation list.
#[derive(Debug, Clone)]
pub(crate) struct Extension<'a> {
    pub(crate) oid: Oid<'a>,
    pub(crate) critical: bool,
    /// What the extnValue holds.
    pub(crate) value: &'a [u8],
    /// DER of the whole.
    pub(crate) raw: &'a [u8],
}

/// Reads Extensions ::= SEQUENCE OF Extension.
pub(crate) fn parse<'a>(extensions: &Node<'a>) -> ber::Result<Vec<Extension<'a>>> {
    let parse = |node: &Node<'a>| {
        let mut parts = node.sequence()?;
        let oid = parts.next()?.oid()?;
        let critical = match parts.optional(Tag::universal(1)) {
            Some(flag) => flag.contents().first().is_some_and(|byte| *byte != 0),
            None => false,
        };
        let value = parts.next()?.primitive(OCTET_STRING)?;
        parts.end()?;
        Ok(Extension {
            oid,
            critical,
            value,
            raw: node.raw,
        })
    };
    let all = extensions.sequence()?.rest();
    match all {
        [] => Err(Fault::Malformed("extensions-empty")),
        _ => all.iter().map(parse).collect(),
    }
}

/// DER of an extension.
pub(crate) fn write(oid: Oid<'_>, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { &[1, 1, 0xff][..] } else { &[] };
    let (oid, value) = (der::object_identifier(oid), der::tlv(4, value));
    der::public(der::sequence(&[&oid, flag, &value]))
}

/// KeyUsage of the bits with these numbers; critical, as RFC 5280 wants it.
pub(crate) fn key_usage(bits: &[usize]) -> Vec<u8> {
    let mut flags = [0_u8; 2];
    for bit in bits {
        flags[bit / 8] |= 0x80 >> (bit % 8);
    }
    // DER leaves out the zeros at the end of named bits (X.690, 11.2.2).
    let used: &[u8] = if flags[1] == 0 { &flags[..1] } else { &flags };
    let unused = used.last().map_or(0, |last| last.trailing_zeros().min(7));
    write(
        KEY_USAGE,
        true,
        &der::constructed(3, &[&[unused as u8], used]),
    )
}

/// ExtendedKeyUsage of these purposes.
pub(crate) fn extended_key_usage(purposes: &[Vec<u8>]) -> Vec<u8> {
    let purposes: Vec<_> = purposes.iter().map(|oid| der::tlv(6, oid)).collect();
    write(EXTENDED_KEY_USAGE, false, &der::list(0x30, &purposes))
}

/// SubjectAltName of names, each the number of its choice in GeneralName and its contents.
pub(crate) fn subject_alt_name(names: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let names: Vec<_> = names
        .iter()
        .map(|(choice, contents)| der::tlv(0x80 | choice, contents))
        .collect();
    write(SUBJECT_ALT_NAME, false, &der::list(0x30, &names))
}
