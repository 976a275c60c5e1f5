//! Distinguished names: RFC 5280 Name to RFC 4514 text, and the attributes a person looks for.
//!
//! ```text
//! Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value DirectoryString }
//! ```
//!
//! RFC 4514 starts with the last element. Names come from the author of the file: nothing in them is trusted to be UTF-8, or
//! to be short, and control characters are written as escapes so that no terminal and no page acts on them.

use crate::asn1::ber::{self, Node, OID, Oid, SEQUENCE, SET, oids};
use crate::asn1::der;
use crate::base::hidden::is_hidden;

oids! {
    COMMON_NAME = 3: 2 5 4 3;
    SURNAME = 3: 2 5 4 4;
    SERIAL_NUMBER = 3: 2 5 4 5;
    COUNTRY = 3: 2 5 4 6;
    LOCALITY = 3: 2 5 4 7;
    STATE = 3: 2 5 4 8;
    STREET = 3: 2 5 4 9;
    ORGANIZATION = 3: 2 5 4 10;
    ORGANIZATIONAL_UNIT = 3: 2 5 4 11;
    TITLE = 3: 2 5 4 12;
    BUSINESS_CATEGORY = 3: 2 5 4 15;
    POSTAL_CODE = 3: 2 5 4 17;
    GIVEN_NAME = 3: 2 5 4 42;
    INITIALS = 3: 2 5 4 43;
    PSEUDONYM = 3: 2 5 4 65;
    ORGANIZATION_IDENTIFIER = 3: 2 5 4 97;
    UID = 10: 0 9 2342 19200300 100 1 1;
    DOMAIN_COMPONENT = 10: 0 9 2342 19200300 100 1 25;
    EMAIL_ADDRESS = 9: 1 2 840 113549 1 9 1;
    UNSTRUCTURED_NAME = 9: 1 2 840 113549 1 9 2;
}

const SHORT_NAMES: [(Oid<'static>, &str); 20] = [
    (COMMON_NAME, "CN"),
    (SURNAME, "SN"),
    (SERIAL_NUMBER, "serialNumber"),
    (COUNTRY, "C"),
    (LOCALITY, "L"),
    (STATE, "ST"),
    (STREET, "street"),
    (ORGANIZATION, "O"),
    (ORGANIZATIONAL_UNIT, "OU"),
    (TITLE, "title"),
    (BUSINESS_CATEGORY, "businessCategory"),
    (POSTAL_CODE, "postalCode"),
    (GIVEN_NAME, "GN"),
    (INITIALS, "initials"),
    (PSEUDONYM, "pseudonym"),
    (ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
    (UID, "UID"),
    (DOMAIN_COMPONENT, "DC"),
    (EMAIL_ADDRESS, "emailAddress"),
    (UNSTRUCTURED_NAME, "unstructuredName"),
];

/// One attribute of a name: its type and its text.
struct Attribute<'a> {
    kind: Oid<'a>,
    value: String,
}

/// The attributes of a Name in the order of the file, grouped by RDN.
fn rdns<'a>(name: &'a Node<'a>) -> Vec<Vec<Attribute<'a>>> {
    let attribute = |node: &'a Node<'a>| {
        let [kind, value] = node.nodes() else {
            return None;
        };
        (node.tag == SEQUENCE && kind.tag == OID).then_some(())?;
        Some(Attribute {
            kind: kind.oid().ok()?,
            value: text(value),
        })
    };
    let sets = name.nodes().iter().filter(|set| set.tag == SET);
    sets.map(|set| set.nodes().iter().filter_map(attribute).collect())
        .collect()
}

/// The text of a DirectoryString or any other string type, whatever it wears; hexadecimal where it is no string.
pub(crate) fn text(value: &Node<'_>) -> String {
    let bytes = value.octets().unwrap_or_default();
    // BMPString and UniversalString say their width by their tag; T61String is Latin-1 in every file of the field.
    if value.tag == ber::Tag::universal(30) {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let odd = odd.first().map(|&byte| [byte, 0]);
        let pairs = pairs.iter().copied().chain(odd);
        let units: Vec<u16> = pairs.map(u16::from_be_bytes).collect();
        return String::from_utf16_lossy(&units);
    }
    if value.tag == ber::Tag::universal(28) {
        let scalar = |four: &[u8]| {
            char::from_u32(four.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
        };
        return bytes
            .chunks(4)
            .map(|four| scalar(four).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
    }
    if !value.nodes().is_empty() && bytes.is_empty() {
        return format!("#{}", crate::crypto::digest::hex(value.raw));
    }
    match std::str::from_utf8(&bytes) {
        Ok(utf8) => utf8.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// Whether each UTF8String of a Name is UTF-8. OpenSSL 3 refuses a certificate whose name has one that is not.
pub(crate) fn is_well_written(name: &[u8]) -> bool {
    let Ok(node) = Node::parse(name) else {
        return false;
    };
    let attributes = node.nodes().iter().flat_map(Node::nodes);
    attributes.flat_map(Node::nodes).all(|value| {
        value.tag != ber::Tag::universal(12) || std::str::from_utf8(value.contents()).is_ok()
    })
}

/// A Name as RFC 4514 text.
pub(crate) fn to_text(name: &[u8]) -> String {
    let Ok(node) = Node::parse(name) else {
        return String::new();
    };
    let rdns = rdns(&node);
    let mut parts: Vec<String> = rdns
        .iter()
        .map(|rdn| {
            let attributes: Vec<String> = rdn
                .iter()
                .map(|attribute| {
                    let short = SHORT_NAMES.iter().find(|row| row.0 == attribute.kind);
                    let kind =
                        short.map_or_else(|| attribute.kind.to_string(), |row| row.1.to_owned());
                    format!("{kind}={}", escaped(&attribute.value))
                })
                .collect();
            attributes.join("+")
        })
        .collect();
    parts.reverse();
    parts.join(",")
}

/// RFC 4514, 2.4, and every control character by its code point.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (at, c) in value.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', c]),
            ' ' if at == 0 || at == last => out.push_str("\\ "),
            '#' if at == 0 => out.push_str("\\#"),
            c if is_hidden(c) => {
                let mut utf8 = [0; 4];
                for byte in c.encode_utf8(&mut utf8).bytes() {
                    out.push_str(&format!("\\{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// DER of a Name, each attribute an RDN of its own, in this order. A country is a PrintableString, an e-mail address an
/// IA5String, as RFC 5280 (4.1.2.6, appendix A.1) has them; all else is UTF-8.
pub(crate) fn write(attributes: &[(Oid<'_>, &str)]) -> Vec<u8> {
    let rdns: Vec<_> = attributes
        .iter()
        .map(|(kind, value)| {
            let tag = match *kind {
                COUNTRY => 19,
                EMAIL_ADDRESS => 22,
                _ => 12,
            };
            let value = der::tlv(tag, value.as_bytes());
            der::tlv(
                0x31,
                &der::sequence(&[&der::object_identifier(*kind), &value]),
            )
        })
        .collect();
    der::public(der::list(0x30, &rdns))
}

/// A Name as it is compared (RFC 5280, 7.1): letters' case, spaces and the type of a string make no difference. One with a
/// part that is no attribute is compared byte for byte, since what is passed over would make two names one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Comparable {
    Bytes(Vec<u8>),
    Rdns(Vec<Rdn>),
}

/// The types and the folded texts of an RDN's attributes.
type Rdn = Vec<(Vec<u8>, String)>;

impl Comparable {
    pub(crate) fn of(name: &[u8]) -> Self {
        Self::folded(name).map_or_else(|| Self::Bytes(name.to_vec()), Self::Rdns)
    }

    fn folded(name: &[u8]) -> Option<Vec<Rdn>> {
        let node = Node::parse(name).ok()?;
        let folded = |value: &str| {
            let words: Vec<&str> = value.split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        let rdn = |rdn: Vec<Attribute<'_>>| {
            let mut rdn: Vec<_> = rdn
                .iter()
                .map(|attribute| (attribute.kind.0.to_vec(), folded(&attribute.value)))
                .collect();
            rdn.sort();
            rdn
        };
        let rdns = rdns(&node);
        let sizes = rdns.iter().zip(node.nodes());
        let whole = sizes
            .into_iter()
            .all(|(read, set)| read.len() == set.nodes().len());
        (whole && rdns.len() == node.nodes().len()).then(|| rdns.into_iter().map(rdn).collect())
    }
}

/// Whether two Names are one.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one == other || Comparable::of(one) == Comparable::of(other)
}

/// Whether a Name begins with all of another: what is in the subtree of a directoryName.
pub(crate) fn starts_with(name: &[u8], base: &[u8]) -> bool {
    match (Comparable::of(name), Comparable::of(base)) {
        (Comparable::Rdns(name), Comparable::Rdns(base)) => name.starts_with(&base),
        _ => false,
    }
}

/// DER of a Name with one attribute more, at its end.
pub(crate) fn with(name: &[u8], kind: Oid<'_>, value: &str) -> Vec<u8> {
    let rdns = Node::parse(name).map_or(&[][..], |node| node.contents());
    let more = write(&[(kind, value)]);
    let more = Node::parse(&more).map_or(&[][..], |node| node.contents());
    der::public(der::constructed(0x30, &[rdns, more]))
}

/// The values of an attribute, in the order of the file.
pub(crate) fn values(name: &[u8], kind: Oid<'_>) -> Vec<String> {
    let Ok(node) = Node::parse(name) else {
        return Vec::new();
    };
    let all = rdns(&node);
    all.into_iter()
        .flatten()
        .filter(|attribute| attribute.kind == kind)
        .map(|attribute| attribute.value)
        .collect()
}

/// What a person would call the holder: the last common name, else an organization, else whatever stands there.
pub(crate) fn display(name: &[u8]) -> String {
    let kinds = [
        COMMON_NAME,
        PSEUDONYM,
        EMAIL_ADDRESS,
        ORGANIZATION,
        ORGANIZATIONAL_UNIT,
        UID,
    ];
    let found = kinds.iter().find_map(|&kind| {
        values(name, kind)
            .pop()
            .filter(|value| !value.trim().is_empty())
    });
    found.unwrap_or_else(|| to_text(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::der::{list, object_identifier, public, sequence, tlv};

    fn name(parts: &[(Oid<'_>, u8, &[u8])]) -> Vec<u8> {
        let sets: Vec<_> = parts
            .iter()
            .map(|(kind, tag, value)| {
                tlv(
                    0x31,
                    &sequence(&[&object_identifier(*kind), &tlv(*tag, value)]),
                )
            })
            .collect();
        public(list(0x30, &sets))
    }

    #[test]
    fn text_is_reversed_and_escaped() {
        let der = name(&[
            (COUNTRY, 19, b"GB"),
            (ORGANIZATION, 12, b"A, B"),
            (COMMON_NAME, 12, "x\u{202e}y\n".as_bytes()),
        ]);
        assert_eq!(to_text(&der), "CN=x\\E2\\80\\AEy\\0A,O=A\\, B,C=GB");
        assert_eq!(display(&der), "x\u{202e}y\n");
    }

    #[test]
    fn every_width_of_string_is_read() {
        let der = name(&[
            (COMMON_NAME, 30, &[0, 0x41, 0, 0xe4]),
            (COMMON_NAME, 20, &[0xe4]),
            (COMMON_NAME, 28, &[0, 1, 0xf6, 0]),
        ]);
        assert_eq!(values(&der, COMMON_NAME), ["Aä", "ä", "😀"]);
    }
}
