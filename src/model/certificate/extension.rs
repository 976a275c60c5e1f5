//! Extensions (RFC 5280, 4.2) of certificates, requests and revocation lists, and their names.
//!
//! ```text
//! Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
//! ```
//!
//! [`parse`] takes a list apart, so that one extension that breaks the standard does not hide the others. What an extension
//! holds is read by x509-parser: [`Extension::read`]. The crate passes over subtrees of NameConstraints that it cannot read, so
//! [`subtrees`] counts whether all that are there were read; and it loses flags of [`IssuingPoint`], which is read here.

use x509_parser::asn1_rs::{self, FromDer};
use x509_parser::extensions::{
    GeneralName, GeneralSubtree, NameConstraints, ParsedExtension, X509Extension,
};

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

impl<'a> Extension<'a> {
    /// What it holds; `None` where that breaks the standard.
    pub(crate) fn read(&self) -> Option<ParsedExtension<'a>> {
        let (_, extension) = X509Extension::from_der(self.raw).ok()?;
        match extension.parsed_extension() {
            ParsedExtension::ParseError { .. } => None,
            parsed => Some(parsed.clone()),
        }
    }

    /// The names or identifiers of the purposes of an ExtendedKeyUsage, in their order, which x509-parser's own type does not
    /// keep.
    pub(crate) fn purposes(&self) -> Option<Vec<String>> {
        let (_, purposes) = <Vec<asn1_rs::Oid<'_>>>::from_der(self.value).ok()?;
        let named = |oid: &asn1_rs::Oid<'_>| purpose(&Oid(oid.as_bytes()).to_string());
        Some(purposes.iter().map(named).collect())
    }
}

/// A purpose by its name where it has one in a request, else by its identifier.
fn purpose(oid: &str) -> String {
    let known = PURPOSES.iter().find(|row| row.1 == oid);
    known.map_or(oid, |row| row.0).to_owned()
}

/// A GeneralName: the number of its choice (RFC 5280, 4.2.1.6), and what is in it, as it is written.
pub(crate) type Name = (u32, Vec<u8>);

/// A GeneralName, owned.
pub(crate) fn owned(name: &GeneralName<'_>) -> Name {
    match name {
        GeneralName::OtherName(kind, value) => (
            0,
            [&**der::object_identifier(Oid(kind.as_bytes())), *value].concat(),
        ),
        GeneralName::RFC822Name(text) => (1, text.as_bytes().to_vec()),
        GeneralName::DNSName(text) => (2, text.as_bytes().to_vec()),
        GeneralName::X400Address(any) => (3, any.data.to_vec()),
        GeneralName::DirectoryName(name) => (4, name.as_raw().to_vec()),
        GeneralName::EDIPartyName(any) => (5, any.data.to_vec()),
        GeneralName::URI(text) => (6, text.as_bytes().to_vec()),
        GeneralName::IPAddress(bytes) => (7, bytes.to_vec()),
        GeneralName::RegisteredID(oid) => (8, oid.as_bytes().to_vec()),
        GeneralName::Invalid(tag, data) => (tag.0, data.to_vec()),
    }
}

/// The bases of the permitted and of the excluded subtrees of a NameConstraints; `None` where a part of it cannot be read.
pub(crate) fn subtrees(value: &[u8]) -> Option<[Vec<Name>; 2]> {
    let there = Node::parse(value).ok()?.nodes().len();
    let (_, constraints) = NameConstraints::from_der(value).ok()?;
    let lists = [
        constraints.permitted_subtrees,
        constraints.excluded_subtrees,
    ];
    let read = lists.iter().flatten().count();
    let bases = |list: Option<Vec<GeneralSubtree<'_>>>| {
        let list = list.unwrap_or_default();
        list.iter().map(|subtree| owned(&subtree.base)).collect()
    };
    (read == there).then(|| lists.map(bases))
}

/// What an IssuingDistributionPoint (RFC 5280, 5.2.5) says. It is read here, since x509-parser 0.18.1 loses its flags: of a list
/// for CAs alone (tests below) it says that none is set.
#[derive(Debug)]
pub(crate) struct IssuingPoint<'a> {
    /// The full names of the distribution point.
    pub(crate) names: Vec<GeneralName<'a>>,
    /// The numbers of the parts that are there, but for flags that are FALSE.
    pub(crate) parts: Vec<u32>,
}

impl<'a> IssuingPoint<'a> {
    /// The parts onlySomeReasons and indirectCRL.
    pub(crate) const SOME_REASONS: u32 = 3;
    pub(crate) const INDIRECT: u32 = 4;

    /// Reads what the extension holds.
    pub(crate) fn parse(value: &'a [u8]) -> ber::Result<Self> {
        let node = Node::parse(value)?;
        let mut point = Self {
            names: Vec::new(),
            parts: Vec::new(),
        };
        for part in node.sequence()?.rest() {
            let number = (0..6).find(|&number| part.tag == Tag::context(number));
            let number = number.ok_or(Fault::Malformed("element-extra"))?;
            if number == 0 {
                let full = part
                    .nodes()
                    .iter()
                    .filter(|name| name.tag == Tag::context(0));
                let names = full.flat_map(Node::nodes).map(|name| name.raw);
                let read = names.filter_map(|raw| GeneralName::from_der(raw).ok());
                point.names.extend(read.map(|(_, name)| name));
            }
            if part.contents() != [0] {
                point.parts.push(number);
            }
        }
        Ok(point)
    }
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
    let flags = bits.iter().fold(0_u16, |flags, bit| flags | 0x8000 >> bit);
    let flags = flags.to_be_bytes();
    // DER leaves out the zeros at the end of named bits (X.690, 11.2.2).
    let used: &[u8] = if flags[1] == 0 { &flags[..1] } else { &flags };
    let unused = used
        .last()
        .map_or(0, |last| last.trailing_zeros().min(7) as u8);
    write(KEY_USAGE, true, &der::constructed(3, &[&[unused], used]))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_that_cannot_be_read_is_not_passed_over() {
        let subtree = |name: &[u8]| der::tlv(0x30, name);
        let host = subtree(&der::tlv(0x82, b"example.com"));
        let constraints = |permitted: &[u8], excluded: &[u8]| {
            der::sequence(&[&der::tlv(0xa0, permitted), &der::tlv(0xa1, excluded)])
        };
        let [permitted, excluded] = subtrees(&constraints(&host, &host)).unwrap();
        assert_eq!(permitted, [(2, b"example.com".to_vec())]);
        assert_eq!(excluded, permitted);
        // A subtree without a base.
        let broken = subtree(&[]);
        assert_eq!(subtrees(&constraints(&host, &broken)), None);
        assert_eq!(subtrees(&constraints(&broken, &host)), None);
    }

    #[test]
    fn flags_of_an_issuing_distribution_point_are_read() {
        let parts = |value: &[u8]| IssuingPoint::parse(value).unwrap().parts;
        assert_eq!(parts(&[0x30, 3, 0x82, 1, 0xff]), [2]);
        assert_eq!(parts(&[0x30, 6, 0x81, 1, 0xff, 0x84, 1, 0xff]), [1, 4]);
        assert_eq!(parts(&[0x30, 3, 0x84, 1, 0]), [0; 0]);
        let address = der::tlv(0xa0, &der::tlv(0xa0, &der::tlv(0x86, b"http://a/crl")));
        let value = der::tlv(0x30, &address);
        let point = IssuingPoint::parse(&value).unwrap();
        assert_eq!(point.names, [GeneralName::URI("http://a/crl")]);
        assert!(IssuingPoint::parse(&[0x30, 2, 0x5f, 0]).is_err());
    }
}
