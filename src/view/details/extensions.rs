//! Extensions in words.

use crate::asn1::ber::{self, Node, Oid, Tag, oids};
use crate::base::hidden::shown;
use crate::crypto::digest::hex;
use crate::format::pkcs10;
use crate::model::certificate::Extension;
use crate::model::certificate::extension::{self as known, KEY_USAGES, PURPOSES};
use crate::model::name;

use super::Fact;

oids! {
    OCSP_NO_CHECK = 9: 1 3 6 1 5 5 7 48 1 5;
    TLS_FEATURE = 8: 1 3 6 1 5 5 7 1 24;
    QC_STATEMENTS = 8: 1 3 6 1 5 5 7 1 3;
    LOGOTYPE = 8: 1 3 6 1 5 5 7 1 12;
    POISON = 10: 1 3 6 1 4 1 11129 2 4 3;
    PRIVATE_KEY_PERIOD = 3: 2 5 29 16;
    SUBJECT_DIRECTORY = 3: 2 5 29 9;
    SUBJECT_INFO = 8: 1 3 6 1 5 5 7 1 11;
    NETSCAPE_TYPE = 9: 2 16 840 1 113730 1 1;
    SMIME_CAPABILITIES = 9: 1 2 840 113549 1 9 15;
    MS_TEMPLATE = 9: 1 3 6 1 4 1 311 21 7;
    MS_TEMPLATE_NAME = 9: 1 3 6 1 4 1 311 20 2;
    MS_APPLICATION_POLICIES = 9: 1 3 6 1 4 1 311 21 10;
    MS_CA_VERSION = 9: 1 3 6 1 4 1 311 21 1;
    MS_SID = 9: 1 3 6 1 4 1 311 25 2;
    OCSP = 8: 1 3 6 1 5 5 7 48 1;
    CA_ISSUERS = 8: 1 3 6 1 5 5 7 48 2;
    CHALLENGE = 9: 1 2 840 113549 1 9 7;
    UNSTRUCTURED = 9: 1 2 840 113549 1 9 2;
}

/// Identifier, name, what it means.
const NAMES: [(Oid<'static>, &str, &str); 34] = [
    (
        known::AUTHORITY_INFO,
        "Authority information access",
        "where the CA answers about revocation, and where its own certificate is",
    ),
    (
        known::AUTHORITY_KEY_ID,
        "Authority key identifier",
        "which of the CA’s keys signed it",
    ),
    (
        known::BASIC_CONSTRAINTS,
        "Basic constraints",
        "whether it may issue certificates, and how many CAs may stand below it",
    ),
    (
        known::CERTIFICATE_ISSUER,
        "Certificate issuer",
        "whose certificate an entry of an indirect list revokes",
    ),
    (
        known::CERTIFICATE_TIMESTAMPS,
        "Certificate timestamps",
        "the proof that it stands in public logs, which browsers ask for",
    ),
    (
        known::CRL_NUMBER,
        "CRL number",
        "which list of the CA’s this is",
    ),
    (
        known::CRL_POINTS,
        "CRL distribution points",
        "where the CA publishes what it revoked",
    ),
    (
        known::DELTA_CRL,
        "Delta CRL indicator",
        "the list to which this one only adds",
    ),
    (
        known::EXTENDED_KEY_USAGE,
        "Extended key usage",
        "what the certificate is for",
    ),
    (
        known::FRESHEST_CRL,
        "Freshest CRL",
        "where the CA publishes what was added to its last list",
    ),
    (
        known::INHIBIT_ANY_POLICY,
        "Inhibit any policy",
        "how far below it anyPolicy still counts",
    ),
    (
        known::ISSUER_ALT_NAME,
        "Issuer alternative name",
        "other names of the CA",
    ),
    (
        known::ISSUING_DISTRIBUTION_POINT,
        "Issuing distribution point",
        "which certificates the list is about",
    ),
    (known::KEY_USAGE, "Key usage", "what the key may do"),
    (
        known::NAME_CONSTRAINTS,
        "Name constraints",
        "for which names it may issue certificates",
    ),
    (
        known::NETSCAPE_COMMENT,
        "Comment",
        "a remark of whoever made it",
    ),
    (
        known::POLICIES,
        "Certificate policies",
        "under which rules the CA issued it",
    ),
    (
        known::POLICY_CONSTRAINTS,
        "Policy constraints",
        "how policies are asked of the certificates below",
    ),
    (
        known::POLICY_MAPPINGS,
        "Policy mappings",
        "which policies of two CAs are the same",
    ),
    (
        known::SUBJECT_ALT_NAME,
        "Subject alternative name",
        "the e-mail addresses, hosts and other names it is for",
    ),
    (
        known::SUBJECT_KEY_ID,
        "Subject key identifier",
        "a short name of its key, which chains are built by",
    ),
    (LOGOTYPE, "Logotype", "a picture that goes with it"),
    (
        MS_APPLICATION_POLICIES,
        "Application policies",
        "what it is for, as Windows has it",
    ),
    (
        MS_CA_VERSION,
        "CA version",
        "which of its certificates and keys a Windows CA used",
    ),
    (
        MS_SID,
        "Security identifier",
        "the Windows account it is for",
    ),
    (
        MS_TEMPLATE,
        "Certificate template",
        "by which template a Windows CA issued it",
    ),
    (
        MS_TEMPLATE_NAME,
        "Certificate template name",
        "by which template a Windows CA issued it",
    ),
    (
        NETSCAPE_TYPE,
        "Netscape certificate type",
        "what it is for, as old programs had it",
    ),
    (
        OCSP_NO_CHECK,
        "OCSP no check",
        "its own revocation is not asked about",
    ),
    (
        POISON,
        "Precertificate poison",
        "it is a draft for public logs and no certificate to use",
    ),
    (
        QC_STATEMENTS,
        "Qualified certificate statements",
        "what European law makes of it",
    ),
    (
        SMIME_CAPABILITIES,
        "S/MIME capabilities",
        "the ciphers that the holder’s e-mail program can read",
    ),
    (
        SUBJECT_INFO,
        "Subject information access",
        "where more about the holder is",
    ),
    (
        TLS_FEATURE,
        "TLS feature",
        "what a server must do with it, for example staple an OCSP answer",
    ),
];

/// The line of an extension. One that cannot be read as its standard says is shown by its bytes, like one that is unknown.
pub(super) fn row(extension: &Extension<'_>) -> Fact {
    let oid = extension.oid.to_string();
    let named = NAMES.iter().find(|row| row.0 == extension.oid);
    let values = values(extension).ok().flatten();
    Fact {
        name: named.map_or(oid.clone(), |row| row.1.to_owned()),
        hex: values.is_none().then(|| hex(extension.value)),
        values: values
            .unwrap_or_default()
            .iter()
            .map(|value| shown(value))
            .collect(),
        explanation: match named {
            Some(row) => row.2,
            None => "not known here; whoever issued it knows what it says",
        },
        oid: Some(oid),
        critical: Some(extension.critical),
    }
}

/// The line of a request's attribute; none for the one that holds the extensions.
pub(super) fn attribute(node: &Node<'_>) -> Option<Fact> {
    let [kind, values] = node.nodes() else {
        return None;
    };
    let oid = kind.oid().ok()?;
    if oid == pkcs10::EXTENSION_REQUEST || oid == pkcs10::MICROSOFT_EXTENSIONS {
        return None;
    }
    let (name, explanation) = match oid {
        CHALLENGE => (
            "Challenge password".to_owned(),
            "a word agreed with the CA, to revoke by; it is readable by everyone",
        ),
        UNSTRUCTURED => ("Unstructured name".to_owned(), "a name without a form"),
        _ => (
            oid.to_string(),
            "not known here; the program that made the request wrote it",
        ),
    };
    let is_text = matches!(oid, CHALLENGE | UNSTRUCTURED);
    Some(Fact {
        name,
        values: values
            .nodes()
            .iter()
            .filter(|_| is_text)
            .map(|value| shown(&name::text(value)))
            .collect(),
        explanation,
        oid: Some(oid.to_string()),
        critical: None,
        hex: (!is_text).then(|| hex(values.raw)),
    })
}

/// What an extension says; `None` for one whose contents are not known.
fn values(extension: &Extension<'_>) -> ber::Result<Option<Vec<String>>> {
    let node = Node::parse(extension.value)?;
    Ok(Some(match extension.oid {
        known::AUTHORITY_INFO | SUBJECT_INFO => {
            let access = |access: &Node<'_>| {
                let mut parts = access.sequence()?;
                let method = match parts.next()?.oid()? {
                    OCSP => "OCSP".to_owned(),
                    CA_ISSUERS => "CA Issuers".to_owned(),
                    other => other.to_string(),
                };
                Ok(format!("{method} - {}", general(parts.next()?)))
            };
            node.sequence()?
                .rest()
                .iter()
                .map(access)
                .collect::<ber::Result<_>>()?
        }
        known::AUTHORITY_KEY_ID => {
            let mut parts = node.sequence()?;
            let id = parts.optional(Tag::context(0));
            let names = parts.optional(Tag::context(1));
            let serial = parts.optional(Tag::context(2));
            let id = id.map(|id| hex(id.contents()));
            let names = names.map_or(&[][..], Node::nodes).iter().map(general);
            let serial = serial.map(|serial| format!("serial {}", hex(serial.contents())));
            id.into_iter().chain(names).chain(serial).collect()
        }
        known::BASIC_CONSTRAINTS => {
            let mut parts = node.sequence()?;
            let flag = parts.optional(Tag::universal(1));
            let ca =
                flag.is_some_and(|flag| flag.contents().first().is_some_and(|byte| *byte != 0));
            let length = parts.optional(ber::INTEGER).map(Node::count).transpose()?;
            let ca = if ca { "CA:TRUE" } else { "CA:FALSE" };
            std::iter::once(ca.to_owned())
                .chain(length.map(|length| format!("pathlen:{length}")))
                .collect()
        }
        known::CRL_POINTS | known::FRESHEST_CRL => {
            let mut points = Vec::new();
            for point in node.sequence()?.rest() {
                point.sequence()?;
                points.extend(
                    point
                        .nodes()
                        .iter()
                        .filter(|part| part.tag == Tag::context(0))
                        .flat_map(full_names),
                );
            }
            points
        }
        known::EXTENDED_KEY_USAGE | MS_APPLICATION_POLICIES => {
            let purpose = |purpose: &Node<'_>| {
                let oid = match purpose.nodes().first() {
                    Some(inner) => inner.oid()?,
                    None => purpose.oid()?,
                };
                Ok(purpose_name(&oid.to_string()))
            };
            node.sequence()?
                .rest()
                .iter()
                .map(purpose)
                .collect::<ber::Result<_>>()?
        }
        known::ISSUING_DISTRIBUTION_POINT => {
            let scopes = [
                "",
                "only certificates of end-entities",
                "only certificates of CAs",
                "only some reasons",
                "indirect",
                "only attribute certificates",
            ];
            let mut said = Vec::new();
            for part in node.sequence()?.rest() {
                match (0..6).find(|&number| part.tag == Tag::context(number)) {
                    Some(0) => said.extend(full_names(part)),
                    Some(number) if part.contents() != [0] => {
                        said.push(scopes[number as usize].to_owned())
                    }
                    _ => {}
                }
            }
            said
        }
        known::KEY_USAGE => {
            let bits = node
                .primitive(ber::BIT_STRING)?
                .get(1..)
                .unwrap_or_default();
            let set = |bit: &usize| {
                bits.get(bit / 8)
                    .is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0)
            };
            (0..KEY_USAGES.len())
                .filter(set)
                .map(|bit| KEY_USAGES[bit].to_owned())
                .collect()
        }
        known::NAME_CONSTRAINTS => {
            let mut said = Vec::new();
            for part in node.sequence()?.rest() {
                let word = if part.tag == Tag::context(0) {
                    "permitted"
                } else {
                    "excluded"
                };
                for subtree in part.nodes() {
                    said.push(format!(
                        "{word} {}",
                        constraint(subtree.sequence()?.next()?)
                    ));
                }
            }
            said
        }
        known::POLICIES => {
            let policy = |policy: &Node<'_>| -> ber::Result<String> {
                let mut parts = policy.sequence()?;
                let oid = parts.next()?.oid()?.to_string();
                let qualifiers = parts.rest().first().map_or(&[][..], Node::nodes);
                let addresses = qualifiers.iter().filter_map(|qualifier| {
                    let value = qualifier.nodes().get(1)?;
                    (value.tag == Tag::universal(22)).then(|| name::text(value))
                });
                Ok(std::iter::once(oid)
                    .chain(addresses)
                    .collect::<Vec<_>>()
                    .join(" "))
            };
            node.sequence()?
                .rest()
                .iter()
                .map(policy)
                .collect::<ber::Result<_>>()?
        }
        known::SUBJECT_ALT_NAME | known::ISSUER_ALT_NAME | known::CERTIFICATE_ISSUER => {
            node.sequence()?.rest().iter().map(general).collect()
        }
        known::SUBJECT_KEY_ID => vec![hex(node.primitive(ber::OCTET_STRING)?)],
        known::CRL_NUMBER | known::DELTA_CRL | known::INHIBIT_ANY_POLICY => {
            vec![hex(node.magnitude()?)]
        }
        known::NETSCAPE_COMMENT | MS_TEMPLATE_NAME => vec![name::text(&node)],
        known::CERTIFICATE_TIMESTAMPS => {
            let list = node.primitive(ber::OCTET_STRING)?;
            vec![format!("{} bytes of timestamps", list.len())]
        }
        OCSP_NO_CHECK | POISON => vec!["present".into()],
        TLS_FEATURE => {
            let feature = |node: &Node<'_>| match node.count()? {
                5 => Ok("status_request (must staple)".to_owned()),
                other => Ok(other.to_string()),
            };
            node.sequence()?
                .rest()
                .iter()
                .map(feature)
                .collect::<ber::Result<_>>()?
        }
        _ => return Ok(None),
    }))
}

/// The full names of a DistributionPointName.
fn full_names(point: &Node<'_>) -> Vec<String> {
    let full = point
        .nodes()
        .iter()
        .filter(|part| part.tag == Tag::context(0));
    full.flat_map(Node::nodes).map(general).collect()
}

/// A GeneralName (RFC 5280, 4.2.1.6), its kind first, as OpenSSL writes it.
fn general(node: &Node<'_>) -> String {
    let choice = (0..9).find(|&number| node.tag == Tag::context(number));
    match choice {
        Some(0) => other_name(node),
        Some(1) => format!("email:{}", name::text(node)),
        Some(2) => format!("DNS:{}", name::text(node)),
        Some(4) => format!("DirName:{}", name::to_text(node.contents())),
        Some(6) => format!("URI:{}", name::text(node)),
        Some(7) => format!("IP Address:{}", address(node.contents())),
        Some(8) => format!("Registered ID:{}", Oid(node.contents())),
        _ => hex(node.raw),
    }
}

/// `otherName ::= SEQUENCE { type-id, value [0] EXPLICIT }`
fn other_name(node: &Node<'_>) -> String {
    let [kind, value] = node.nodes() else {
        return hex(node.raw);
    };
    let kind = kind
        .oid()
        .map_or_else(|_| hex(kind.raw), |oid| oid.to_string());
    match value.nodes().first() {
        Some(value) => format!("othername:{kind}:{}", name::text(value)),
        None => format!("othername:{kind}:{}", hex(value.raw)),
    }
}

/// As [`general`], of a base of a subtree: an address comes with its mask.
fn constraint(node: &Node<'_>) -> String {
    if node.tag != Tag::context(7) {
        return general(node);
    }
    let (address_bytes, mask) = node.contents().split_at(node.contents().len() / 2);
    format!("IP:{}/{}", address(address_bytes), address(mask))
}

fn address(bytes: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return std::net::Ipv4Addr::from(four).to_string();
    }
    match <[u8; 16]>::try_from(bytes) {
        Ok(sixteen) => std::net::Ipv6Addr::from(sixteen).to_string(),
        Err(_) => hex(bytes),
    }
}

/// A purpose by its name where it has one that is usual, else its identifier.
fn purpose_name(oid: &str) -> String {
    const OTHERS: [(&str, &str); 9] = [
        ("msSmartcardLogon", "1.3.6.1.4.1.311.20.2.2"),
        ("msEncryptingFileSystem", "1.3.6.1.4.1.311.10.3.4"),
        ("msDocumentSigning", "1.3.6.1.4.1.311.10.3.12"),
        ("ipsecEndSystem", "1.3.6.1.5.5.7.3.5"),
        ("ipsecTunnel", "1.3.6.1.5.5.7.3.6"),
        ("ipsecUser", "1.3.6.1.5.5.7.3.7"),
        ("ipsecIKE", "1.3.6.1.5.5.7.3.17"),
        ("documentSigning", "1.3.6.1.5.5.7.3.36"),
        ("pkInitClientAuth", "1.3.6.1.5.2.3.4"),
    ];
    let known = PURPOSES.iter().chain(&OTHERS).find(|row| row.1 == oid);
    known.map_or(oid, |row| row.0).to_owned()
}
