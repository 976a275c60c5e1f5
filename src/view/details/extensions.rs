//! Extensions in words.

use x509_parser::extensions::{
    AccessDescription, CRLDistributionPoint, CRLDistributionPoints, DistributionPointName,
    GeneralName, ParsedExtension, PolicyInformation, SubjectAlternativeName,
};
use x509_parser::prelude::FromDer;

use crate::asn1::ber::{Node, Oid, Tag, oids};
use crate::base::hidden::shown;
use crate::crypto::digest::hex;
use crate::format::pkcs10;
use crate::model::certificate::Extension;
use crate::model::certificate::extension::{self as known, IssuingPoint, KEY_USAGES, PURPOSES};
use crate::model::name;

use super::{Fact, FactGroup};

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
        "Where the CA answers about revocation, and where its own certificate is.",
    ),
    (
        known::AUTHORITY_KEY_ID,
        "Authority key identifier",
        "Which of the CA’s keys signed it.",
    ),
    (
        known::BASIC_CONSTRAINTS,
        "Basic constraints",
        "Whether it may issue certificates, and how many CAs may be below it.",
    ),
    (
        known::CERTIFICATE_ISSUER,
        "Certificate issuer",
        "Whose certificate an entry of an indirect list revokes.",
    ),
    (
        known::CERTIFICATE_TIMESTAMPS,
        "Certificate timestamps",
        "Proof that it is in public logs, which browsers require.",
    ),
    (
        known::CRL_NUMBER,
        "CRL number",
        "The CA’s number for this list.",
    ),
    (
        known::CRL_POINTS,
        "CRL distribution points",
        "Where the CA publishes its revocation lists.",
    ),
    (
        known::DELTA_CRL,
        "Delta CRL indicator",
        "The list that this one adds to.",
    ),
    (
        known::EXTENDED_KEY_USAGE,
        "Extended key usage",
        "What the certificate is for.",
    ),
    (
        known::FRESHEST_CRL,
        "Freshest CRL",
        "Where the CA publishes additions to its last revocation list.",
    ),
    (
        known::INHIBIT_ANY_POLICY,
        "Inhibit any policy",
        "How many levels below it anyPolicy is still valid.",
    ),
    (
        known::ISSUER_ALT_NAME,
        "Issuer alternative name",
        "Other names of the CA.",
    ),
    (
        known::ISSUING_DISTRIBUTION_POINT,
        "Issuing distribution point",
        "Which certificates the list covers.",
    ),
    (
        known::KEY_USAGE,
        "Key usage",
        "What the key may be used for.",
    ),
    (
        known::NAME_CONSTRAINTS,
        "Name constraints",
        "For which names it may issue certificates.",
    ),
    (
        known::NETSCAPE_COMMENT,
        "Comment",
        "A comment by the issuer.",
    ),
    (
        known::POLICIES,
        "Certificate policies",
        "The rules under which the CA issued it.",
    ),
    (
        known::POLICY_CONSTRAINTS,
        "Policy constraints",
        "Which policies the certificates below it need.",
    ),
    (
        known::POLICY_MAPPINGS,
        "Policy mappings",
        "Which policies of two CAs are equivalent.",
    ),
    (
        known::SUBJECT_ALT_NAME,
        "Subject alternative name",
        "The e-mail addresses, host names and other names it is for.",
    ),
    (
        known::SUBJECT_KEY_ID,
        "Subject key identifier",
        "A short identifier of its key, used to build certificate chains.",
    ),
    (LOGOTYPE, "Logotype", "An image that belongs to it."),
    (
        MS_APPLICATION_POLICIES,
        "Application policies",
        "What it is for, in Windows terms.",
    ),
    (
        MS_CA_VERSION,
        "CA version",
        "Which of its certificates and keys a Windows CA used.",
    ),
    (
        MS_SID,
        "Security identifier",
        "The Windows account it is for.",
    ),
    (
        MS_TEMPLATE,
        "Certificate template",
        "The template that a Windows CA used to issue it.",
    ),
    (
        MS_TEMPLATE_NAME,
        "Certificate template name",
        "The template that a Windows CA used to issue it.",
    ),
    (
        NETSCAPE_TYPE,
        "Netscape certificate type",
        "What it is for, in terms of old programs.",
    ),
    (
        OCSP_NO_CHECK,
        "OCSP no check",
        "Its own revocation is not checked.",
    ),
    (
        POISON,
        "Precertificate poison",
        "It is a draft for public logs and cannot be used as a certificate.",
    ),
    (
        QC_STATEMENTS,
        "Qualified certificate statements",
        "Its status under European law.",
    ),
    (
        SMIME_CAPABILITIES,
        "S/MIME capabilities",
        "The ciphers that the holder’s e-mail program supports.",
    ),
    (
        SUBJECT_INFO,
        "Subject information access",
        "Where to find more about the holder.",
    ),
    (
        TLS_FEATURE,
        "TLS feature",
        "What a server must do with it, for example staple an OCSP response.",
    ),
];

/// The line of an extension. One that cannot be read as its standard says is shown by its bytes, like one that is unknown.
pub(super) fn row(extension: &Extension<'_>) -> Fact {
    let oid = extension.oid.to_string();
    let named = NAMES.iter().find(|row| row.0 == extension.oid);
    let values = values(extension);
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
            None => "Unknown extension. The issuer knows its meaning.",
        },
        group: group(extension.oid),
        oid: Some(oid),
        critical: Some(extension.critical),
    }
}

fn group(oid: Oid<'_>) -> FactGroup {
    match oid {
        known::SUBJECT_ALT_NAME => FactGroup::Identity,
        known::BASIC_CONSTRAINTS | known::EXTENDED_KEY_USAGE | known::KEY_USAGE => FactGroup::Uses,
        known::AUTHORITY_INFO | known::CRL_POINTS | known::POLICIES => FactGroup::Issuer,
        _ => FactGroup::Technical,
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
            "A word agreed with the CA for revoking the certificate. Anyone can read it.",
        ),
        UNSTRUCTURED => ("Unstructured name".to_owned(), "A name in no fixed format."),
        _ => (
            oid.to_string(),
            "Unknown attribute. The program that created the request wrote it.",
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
        group: FactGroup::Technical,
        oid: Some(oid.to_string()),
        critical: None,
        hex: (!is_text).then(|| hex(values.raw)),
    })
}

/// What an extension says; `None` for one whose contents are not known, or break the standard.
fn values(extension: &Extension<'_>) -> Option<Vec<String>> {
    if extension.oid == known::ISSUING_DISTRIBUTION_POINT {
        return IssuingPoint::parse(extension.value).ok().map(scope);
    }
    Some(match extension.read()? {
        ParsedExtension::AuthorityInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::AuthorityKeyIdentifier(key) => {
            let id = key.key_identifier.map(|id| hex(id.0));
            let names = generals(key.authority_cert_issuer.as_deref().unwrap_or_default());
            let serial = key.authority_cert_serial;
            let serial = serial.map(|serial| format!("serial {}", hex(serial)));
            id.into_iter().chain(names).chain(serial).collect()
        }
        ParsedExtension::BasicConstraints(constraints) => {
            let ca = if constraints.ca {
                "CA:TRUE"
            } else {
                "CA:FALSE"
            };
            let length = constraints.path_len_constraint;
            let length = length.map(|length| format!("pathlen:{length}"));
            std::iter::once(ca.to_owned()).chain(length).collect()
        }
        ParsedExtension::CertificatePolicies(policies) => policies.iter().map(policy).collect(),
        ParsedExtension::CRLDistributionPoints(points) => full_names(&points),
        ParsedExtension::ExtendedKeyUsage(_) => {
            let purposes = extension.purposes()?;
            purposes.iter().map(|oid| purpose_name(oid)).collect()
        }
        ParsedExtension::IssuerAlternativeName(names) => generals(&names.general_names),
        ParsedExtension::KeyUsage(usage) => (0_u32..)
            .zip(KEY_USAGES)
            .filter(|(bit, _)| usage.flags >> bit & 1 == 1)
            .map(|(_, name)| name.to_owned())
            .collect(),
        ParsedExtension::NameConstraints(constraints) => {
            let lists = [
                ("permitted", constraints.permitted_subtrees),
                ("excluded", constraints.excluded_subtrees),
            ];
            let lists = lists.into_iter().flat_map(|(word, list)| {
                let list = list.unwrap_or_default().into_iter();
                list.map(move |subtree| format!("{word} {}", constraint(&subtree.base)))
            });
            lists.collect()
        }
        ParsedExtension::NsCertComment(text) => vec![text.to_owned()],
        ParsedExtension::SCT(list) if list.len() == 1 => vec!["1 timestamp".into()],
        ParsedExtension::SCT(list) => vec![format!("{} timestamps", list.len())],
        ParsedExtension::SubjectAlternativeName(names) => generals(&names.general_names),
        ParsedExtension::SubjectInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::SubjectKeyIdentifier(id) => vec![hex(id.0)],
        _ => return others(extension),
    })
}

/// What x509-parser does not know, or shows without its bytes.
fn others(extension: &Extension<'_>) -> Option<Vec<String>> {
    let node = || Node::parse(extension.value).ok();
    Some(match extension.oid {
        known::CERTIFICATE_ISSUER => {
            let (_, names) = SubjectAlternativeName::from_der(extension.value).ok()?;
            generals(&names.general_names)
        }
        known::CRL_NUMBER | known::DELTA_CRL | known::INHIBIT_ANY_POLICY => {
            vec![hex(node()?.magnitude().ok()?)]
        }
        known::FRESHEST_CRL => {
            let (_, points) = CRLDistributionPoints::from_der(extension.value).ok()?;
            full_names(&points)
        }
        MS_APPLICATION_POLICIES => {
            let node = node()?;
            let policies = node.sequence().ok()?.rest().iter();
            let purpose = |policy: &Node<'_>| {
                let oid = policy.nodes().first()?.oid().ok()?;
                Some(purpose_name(&oid.to_string()))
            };
            policies.map(purpose).collect::<Option<_>>()?
        }
        MS_TEMPLATE_NAME => vec![name::text(&node()?)],
        OCSP_NO_CHECK | POISON => vec!["present".into()],
        TLS_FEATURE => {
            let node = node()?;
            let features = node.sequence().ok()?.rest().iter();
            let feature = |node: &Node<'_>| match node.count().ok()? {
                5 => Some("status_request (must staple)".to_owned()),
                other => Some(other.to_string()),
            };
            features.map(feature).collect::<Option<_>>()?
        }
        _ => return None,
    })
}

fn accesses(descriptions: &[AccessDescription<'_>]) -> Vec<String> {
    let access = |access: &AccessDescription<'_>| {
        let method = match Oid(access.access_method.as_bytes()) {
            OCSP => "OCSP".to_owned(),
            CA_ISSUERS => "CA Issuers".to_owned(),
            other => other.to_string(),
        };
        format!("{method} - {}", general(&access.access_location))
    };
    descriptions.iter().map(access).collect()
}

/// A policy, and the addresses at which the CA explains it.
fn policy(policy: &PolicyInformation<'_>) -> String {
    let mut said = Oid(policy.policy_id.as_bytes()).to_string();
    for qualifier in policy.policy_qualifiers.iter().flatten() {
        let address = Node::parse(qualifier.qualifier).ok();
        let address = address.filter(|node| node.tag == Tag::universal(22));
        if let Some(address) = address {
            said.push(' ');
            said.push_str(&name::text(&address));
        }
    }
    said
}

/// Which certificates a revocation list is about.
fn scope(point: IssuingPoint<'_>) -> Vec<String> {
    let words = |part: &u32| match part {
        1 => Some("only certificates of end-entities"),
        2 => Some("only certificates of CAs"),
        3 => Some("only some reasons"),
        4 => Some("indirect"),
        5 => Some("only attribute certificates"),
        _ => None,
    };
    let words = point.parts.iter().filter_map(words).map(str::to_owned);
    generals(&point.names).into_iter().chain(words).collect()
}

/// The full names of all distribution points.
fn full_names(points: &[CRLDistributionPoint<'_>]) -> Vec<String> {
    let names = points
        .iter()
        .map(|point| point_names(point.distribution_point.as_ref()));
    names.flatten().collect()
}

fn point_names(point: Option<&DistributionPointName<'_>>) -> Vec<String> {
    match point {
        Some(DistributionPointName::FullName(names)) => generals(names),
        _ => Vec::new(),
    }
}

fn generals(names: &[GeneralName<'_>]) -> Vec<String> {
    names.iter().map(general).collect()
}

/// A GeneralName (RFC 5280, 4.2.1.6), its kind first, as OpenSSL writes it.
fn general(name: &GeneralName<'_>) -> String {
    // Old CAs wrote Latin-1 where only ASCII may stand.
    let latin = |bytes: &[u8]| -> String { bytes.iter().copied().map(char::from).collect() };
    match name {
        GeneralName::OtherName(kind, value) => {
            let kind = Oid(kind.as_bytes());
            let node = Node::parse(value).ok();
            let inner = node.as_ref().and_then(|node| node.nodes().first());
            let inner = inner.map_or_else(|| hex(value), name::text);
            format!("othername:{kind}:{inner}")
        }
        GeneralName::RFC822Name(text) => format!("email:{text}"),
        GeneralName::DNSName(text) => format!("DNS:{text}"),
        GeneralName::DirectoryName(name) => format!("DirName:{}", name::to_text(name.as_raw())),
        GeneralName::URI(text) => format!("URI:{text}"),
        GeneralName::IPAddress(bytes) => format!("IP Address:{}", address(bytes)),
        GeneralName::RegisteredID(oid) => format!("Registered ID:{}", Oid(oid.as_bytes())),
        GeneralName::Invalid(tag, bytes) => match tag.0 {
            1 => format!("email:{}", latin(bytes)),
            2 => format!("DNS:{}", latin(bytes)),
            4 => format!("DirName:{}", name::to_text(bytes)),
            6 => format!("URI:{}", latin(bytes)),
            _ => hex(bytes),
        },
        GeneralName::EDIPartyName(any) | GeneralName::X400Address(any) => hex(any.data),
    }
}

/// As [`general`], of a base of a subtree: an address comes with its mask.
fn constraint(name: &GeneralName<'_>) -> String {
    let GeneralName::IPAddress(bytes) = name else {
        return general(name);
    };
    let (address_bytes, mask) = bytes.split_at(bytes.len() / 2);
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
