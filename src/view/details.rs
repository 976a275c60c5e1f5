//! One certificate, request or revocation list as a page to read: every field and extension in a line, with what it means.
//!
//! Names come from the author of the file: hidden characters are spelled out. What is
//! not known is shown by its object identifier and its bytes, and never left out.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::asn1::ber::Node;
use crate::base::error::Error;
use crate::base::hidden::shown;
use crate::container::pem::{self, LineEnds};
use crate::crypto::algorithm::KeyAlgorithm;
use crate::crypto::digest::{Digest, hex, sha256_hex};
use crate::crypto::signature::{self, Verdict};
use crate::format::crl::Crl;
use crate::format::pkcs10::Request;
use crate::model::certificate::{Certificate, Extension, rfc3339};
use crate::model::name;
use crate::model::store::{EntryKind, Kind};

mod extensions;
mod tree;

pub use tree::{TreeNode, tree};

/// Most entries of a revocation list that are shown.
const ENTRIES_SHOWN: usize = 200;

/// An entry, and which link of its chain, where that is not the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The index of the entry.
    pub entry: usize,
    /// The index in its chain.
    #[serde(default)]
    pub link: usize,
}

/// Two that are to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The one.
    pub one: Place,
    /// The other.
    pub other: Place,
}

/// Everything that a certificate, request or list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Details {
    /// What it is.
    pub kind: Kind,
    /// What a person would call it.
    pub name: String,
    /// What every one of its kind says.
    pub fields: Vec<Fact>,
    /// What this one says beside it.
    pub extensions: Vec<Fact>,
    /// Of the DER, in hexadecimal.
    pub sha1: String,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
    /// Of the SubjectPublicKeyInfo, in hexadecimal; null for a list.
    pub spki_sha256: Option<String>,
    /// RFC 7468; null for a large list.
    pub pem: Option<String>,
    /// The first entries of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Vec<RevokedSerial>>,
}

/// One line: a field or an extension, what it says, and what that means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is called, or its object identifier.
    pub name: String,
    /// What it says, in order.
    pub values: Vec<String>,
    /// What that means.
    pub explanation: &'static str,
    /// Under which heading it stands.
    pub group: FactGroup,
    /// The object identifier in dots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oid: Option<String>,
    /// Whether one that does not know it must refuse the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical: Option<bool>,
    /// The bytes in hexadecimal, where they are not known, and of keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hex: Option<String>,
}

/// The headings of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactGroup {
    /// Whose it is.
    Identity,
    /// Who issued it.
    Issuer,
    /// Its key.
    Key,
    /// Everything else.
    Technical,
    /// What it is for.
    Uses,
    /// When it is valid.
    Validity,
}

/// One entry of a revocation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevokedSerial {
    /// The serial number of the certificate, in hexadecimal.
    pub serial: String,
    /// RFC 3339.
    pub date: Option<String>,
    /// The CA's reason by its name in RFC 5280.
    pub reason: Option<&'static str>,
}

/// What differs between two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Whether both are of one key.
    pub same_key: bool,
    /// Whether they are the same, byte for byte.
    pub identical: bool,
    /// The facts with other values.
    pub differences: Vec<Difference>,
}

/// A fact with other values in one than in the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is called.
    pub name: String,
    /// The value in the first; null without this field.
    pub one: Option<Vec<String>>,
    /// The value in the second; null without this field.
    pub other: Option<Vec<String>>,
}

impl Details {
    /// Fields and extensions.
    fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.fields.iter().chain(&self.extensions)
    }
}

impl Fact {
    fn new(name: &str, value: impl Into<String>, explanation: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            values: vec![shown(&value.into())],
            explanation,
            group: FactGroup::Technical,
            oid: None,
            critical: None,
            hex: None,
        }
    }

    fn under(self, group: FactGroup) -> Self {
        Self { group, ..self }
    }
}

/// Something that says things of itself.
pub enum Described<'a> {
    /// A certificate.
    Certificate(&'a Certificate),
    /// DER of a CertificateList.
    Crl(&'a [u8]),
    /// DER of a CertificationRequest.
    Request(&'a [u8]),
}

impl<'a> Described<'a> {
    /// What an entry has: its request or list, its certificate, or this link of its chain.
    ///
    /// # Errors
    ///
    /// [`Error::NoCertificate`] for an entry that has none of them.
    pub fn of(kind: &'a EntryKind, link: usize) -> Result<Self, Error> {
        match kind {
            EntryKind::Certificate(certificate) => Ok(Self::Certificate(certificate)),
            EntryKind::PrivateKey { chain, .. } => chain
                .get(link)
                .map(|link| Self::Certificate(link))
                .ok_or(Error::NoCertificate),
            EntryKind::Request(der) => Ok(Self::Request(der)),
            EntryKind::Crl(der) => Ok(Self::Crl(der)),
            _ => Err(Error::NoCertificate),
        }
    }

    /// Its DER.
    pub fn der(&self) -> &'a [u8] {
        match self {
            Self::Certificate(certificate) => certificate.der(),
            Self::Crl(der) | Self::Request(der) => der,
        }
    }

    /// Everything that it says.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] for one that cannot be read.
    pub fn details(&self) -> Result<Details, Error> {
        match self {
            Self::Certificate(certificate) => Ok(of_certificate(certificate)),
            Self::Crl(der) => of_crl(der),
            Self::Request(der) => of_request(der),
        }
    }
}

/// Everything that an entry's certificate, request or list says.
///
/// # Errors
///
/// Those of [`Described::of`] and [`Described::details`].
pub fn details(kind: &EntryKind) -> Result<Details, Error> {
    Described::of(kind, 0)?.details()
}

/// Everything that a certificate says.
pub fn of_certificate(certificate: &Certificate) -> Details {
    let (not_before, not_after) = certificate.validity();
    let days = match (not_before, not_after) {
        (Some(from), Some(to)) => format!("{} days", (to - from).whole_days()),
        _ => "The dates cannot be read.".into(),
    };
    let fields = [
        Fact::new(
            "Version",
            certificate.version().to_string(),
            "3 for every certificate with extensions.",
        ),
        Fact::new(
            "Serial number",
            certificate.serial(),
            "The CA’s number for this certificate. Revocation lists refer to it.",
        ),
        Fact::new(
            "Signature algorithm",
            certificate.signature_algorithm(),
            "How the CA signed it.",
        ),
        Fact::new(
            "Issuer",
            name::to_text(certificate.issuer()),
            "The CA that confirms these details.",
        )
        .under(FactGroup::Issuer),
        Fact::new(
            "Valid from",
            date(not_before),
            "It must not be accepted before this time.",
        )
        .under(FactGroup::Validity),
        Fact::new(
            "Valid until",
            date(not_after),
            "It must not be accepted after this time.",
        )
        .under(FactGroup::Validity),
        Fact::new("Validity", days, "The whole period from start to end.")
            .under(FactGroup::Validity),
        Fact::new(
            "Subject",
            name::to_text(certificate.subject()),
            "Who the certificate is for.",
        )
        .under(FactGroup::Identity),
        key_row(certificate.spki()),
    ];
    let extensions = match certificate.raw_extensions() {
        Ok(extensions) => extensions.iter().map(extensions::row).collect::<Vec<_>>(),
        Err(_) => vec![unreadable()],
    };
    described(
        Kind::Certificate,
        &certificate.name(),
        fields.into(),
        extensions,
        certificate.der(),
        Some(certificate.spki()),
    )
}

fn of_request(der: &[u8]) -> Result<Details, Error> {
    let request = Request::parse(der)?;
    let proof = match request.verify() {
        Verdict::Right => "right".into(),
        Verdict::Wrong => "Wrong: the request was changed, or this is not its key".into(),
        Verdict::Unknown(algorithm) => format!("Cannot be checked: {algorithm}"),
    };
    let fields = [
        Fact::new(
            "Subject",
            name::to_text(request.subject()),
            "Who the certificate is requested for.",
        )
        .under(FactGroup::Identity),
        key_row(request.spki()),
        Fact::new(
            "Signature algorithm",
            signature::name(request.algorithm()),
            "How the request is signed.",
        ),
        Fact::new(
            "Signature",
            proof,
            "Made with the requested key. It proves that the requester has the private key.",
        )
        .under(FactGroup::Key),
    ];
    let mut rows: Vec<Fact> = match request.extensions() {
        Ok(asked) => asked.iter().map(extensions::row).collect(),
        Err(_) => vec![unreadable()],
    };
    rows.extend(
        request
            .attributes()
            .iter()
            .filter_map(extensions::attribute),
    );
    Ok(described(
        Kind::Request,
        &name::display(request.subject()),
        fields.into(),
        rows,
        der,
        Some(request.spki()),
    ))
}

fn of_crl(der: &[u8]) -> Result<Details, Error> {
    let crl = Crl::parse(der)?;
    let fields = [
        Fact::new(
            "Issuer",
            name::to_text(crl.issuer()),
            "The CA that issued these certificates.",
        )
        .under(FactGroup::Issuer),
        Fact::new(
            "This update",
            date(crl.this_update()),
            "When the list was issued.",
        )
        .under(FactGroup::Validity),
        Fact::new(
            "Next update",
            date(crl.next_update()),
            "When the next list is due.",
        )
        .under(FactGroup::Validity),
        Fact::new(
            "Signature algorithm",
            signature::name(crl.algorithm()),
            "How the CA signed it.",
        ),
        Fact::new(
            "Revoked certificates",
            crate::base::words::grouped(crl.entries().count() as u64),
            "The number of certificates in the list.",
        )
        .under(FactGroup::Identity),
    ];
    let rows =
        |extensions: &[Extension<'_>]| extensions.iter().map(extensions::row).collect::<Vec<_>>();
    let rows = crl.with_extensions(rows).unwrap_or_default();
    let mut described = described(
        Kind::Crl,
        &name::display(crl.issuer()),
        fields.into(),
        rows,
        crl.der(),
        None,
    );
    let entries = crl.entries().filter_map(Result::ok).take(ENTRIES_SHOWN);
    let shown = entries.map(|entry| RevokedSerial {
        serial: hex(entry.serial),
        date: entry.date.and_then(rfc3339),
        reason: entry.reason(),
    });
    described.revoked = Some(shown.collect());
    Ok(described)
}

fn described(
    kind: Kind,
    name: &str,
    fields: Vec<Fact>,
    extensions: Vec<Fact>,
    der: &[u8],
    spki: Option<&[u8]>,
) -> Details {
    let label = match kind {
        Kind::Certificate => "CERTIFICATE",
        Kind::Request => "CERTIFICATE REQUEST",
        _ => "X509 CRL",
    };
    // A large list is not copied from a page.
    let pem =
        (der.len() < 1 << 20).then(|| pem::write(label, der, LineEnds::Lf).as_str().to_owned());
    Details {
        kind,
        name: shown(name),
        fields,
        extensions,
        sha1: hex(&Digest::Sha1.of(&[der])),
        sha256: sha256_hex(der),
        spki_sha256: spki.map(sha256_hex),
        pem,
        revoked: None,
    }
}

/// The subject alternative names among extensions.
pub(super) fn names(extensions: &[Extension<'_>]) -> Vec<String> {
    let all = extensions.iter().map(extensions::row);
    let mut all = all.filter(|fact| fact.group == FactGroup::Identity);
    all.next().map(|fact| fact.values).unwrap_or_default()
}

/// What differs between two: the facts with other values, and whether both are of one key.
pub fn compare(one: &Details, other: &Details) -> Comparison {
    let values = |details: &Details, name: &str| {
        let fact = details.facts().find(|fact| fact.name == name);
        fact.map(|fact| fact.values.clone())
    };
    let mut names: Vec<&String> = one
        .facts()
        .chain(other.facts())
        .map(|fact| &fact.name)
        .collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.as_str()));
    let differences = names.into_iter().filter_map(|name| {
        let (one_says, other_says) = (values(one, name), values(other, name));
        (one_says != other_says).then(|| Difference {
            name: name.clone(),
            one: one_says,
            other: other_says,
        })
    });
    Comparison {
        same_key: one.spki_sha256.is_some() && one.spki_sha256 == other.spki_sha256,
        identical: one.sha256 == other.sha256,
        differences: differences.collect(),
    }
}

fn unreadable() -> Fact {
    let broken = "The certificate breaks the standard here.";
    Fact::new("Extensions", "They cannot be read.", broken)
}

fn key_row(spki: &[u8]) -> Fact {
    let words = KeyAlgorithm::of_spki(spki).map_or("It cannot be read.".into(), |key| key.words());
    let mut row = Fact::new(
        "Public key",
        words,
        "The counterpart of the holder’s private key.",
    )
    .under(FactGroup::Key);
    row.hex = Node::parse(spki).ok().and_then(|node| {
        node.nodes()
            .get(1)
            .map(|bits| hex(bits.contents().get(1..).unwrap_or_default()))
    });
    row
}

fn date(instant: Option<OffsetDateTime>) -> String {
    instant
        .and_then(rfc3339)
        .unwrap_or_else(|| "None that can be read".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_listed() {
        let one = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");
        let text = std::str::from_utf8(one).unwrap();
        let base64: String = text
            .lines()
            .skip_while(|line| !line.starts_with("-----B"))
            .skip(1)
            .take_while(|line| !line.starts_with('-'))
            .collect();
        let der = <base64ct::Base64 as base64ct::Encoding>::decode_vec(&base64).unwrap();
        let certificate = Certificate::parse(&der).unwrap();
        let one = of_certificate(&certificate);
        let mut other = one.clone();
        assert!(compare(&one, &other).identical);
        other.fields[1].values[0] = "00".into();
        other.sha256 = "x".into();
        let compared = compare(&one, &other);
        assert!(compared.same_key && !compared.identical);
        let serial = Difference {
            name: "Serial number".into(),
            one: Some(one.fields[1].values.clone()),
            other: Some(vec!["00".into()]),
        };
        assert_eq!(compared.differences, [serial]);
    }
}
