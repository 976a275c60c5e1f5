//! One certificate, request or revocation list as a page to read: every field and extension in a line, with what it means.
//!
//! ```text
//! { kind, name, fields: [Row], extensions: [Row], sha1, sha256, spki_sha256, pem }
//! Row = { name, value | values, explanation, oid?, critical?, hex? }
//! ```
//!
//! Names come from whoever made the file: hidden characters are spelled out. What is
//! not known is shown by its object identifier and its bytes, and never left out.

use serde_json::{Value, json};
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
use crate::model::store::EntryKind;

mod extensions;
mod tree;

pub use tree::tree;

/// Most entries of a revocation list that are shown.
const ENTRIES_SHOWN: usize = 200;

/// One line.
pub(crate) struct Row {
    name: String,
    values: Vec<String>,
    explanation: &'static str,
    oid: Option<String>,
    critical: Option<bool>,
    hex: Option<String>,
}

impl Row {
    fn new(name: &str, value: impl Into<String>, explanation: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            values: vec![shown(&value.into())],
            explanation,
            oid: None,
            critical: None,
            hex: None,
        }
    }

    fn to_json(&self) -> Value {
        let mut row =
            json!({ "name": self.name, "values": self.values, "explanation": self.explanation });
        if let Some(oid) = &self.oid {
            row["oid"] = oid.as_str().into();
        }
        if let Some(critical) = self.critical {
            row["critical"] = critical.into();
        }
        if let Some(hex) = &self.hex {
            row["hex"] = hex.as_str().into();
        }
        row
    }
}

/// Something that says things of itself.
pub enum Subject<'a> {
    /// A certificate.
    Certificate(&'a Certificate),
    /// DER of a CertificateList.
    Crl(&'a [u8]),
    /// DER of a CertificationRequest.
    Request(&'a [u8]),
}

impl<'a> Subject<'a> {
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
    pub fn details(&self) -> Result<Value, Error> {
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
/// Those of [`Subject::of`] and [`Subject::details`].
pub fn details(kind: &EntryKind) -> Result<Value, Error> {
    Subject::of(kind, 0)?.details()
}

/// Everything that a certificate says.
pub fn of_certificate(certificate: &Certificate) -> Value {
    let (not_before, not_after) = certificate.validity();
    let days = match (not_before, not_after) {
        (Some(from), Some(to)) => format!("{} days", (to - from).whole_days()),
        _ => "the dates cannot be read".into(),
    };
    let fields = [
        Row::new(
            "Version",
            certificate.version().to_string(),
            "3 for every certificate with extensions",
        ),
        Row::new(
            "Serial number",
            certificate.serial(),
            "the CA’s own number for this certificate; revocation lists name it",
        ),
        Row::new(
            "Signature algorithm",
            certificate.signature_algorithm(),
            "how the CA signed it",
        ),
        Row::new(
            "Issuer",
            name::to_text(certificate.issuer()),
            "the CA that says all of this is true",
        ),
        Row::new("Valid from", date(not_before), "not to be accepted before"),
        Row::new("Valid until", date(not_after), "not to be accepted after"),
        Row::new("Validity", days, "how long it is good for in all"),
        Row::new(
            "Subject",
            name::to_text(certificate.subject()),
            "whom the certificate is for",
        ),
        key_row(certificate.spki()),
    ];
    let extensions = match certificate.raw_extensions() {
        Ok(extensions) => extensions.iter().map(extensions::row).collect::<Vec<_>>(),
        Err(_) => vec![unreadable()],
    };
    described(
        "certificate",
        &certificate.name(),
        &fields,
        &extensions,
        certificate.der(),
        Some(certificate.spki()),
    )
}

fn of_request(der: &[u8]) -> Result<Value, Error> {
    let request = Request::parse(der)?;
    let proof = match request.verify() {
        Verdict::Right => "right".into(),
        Verdict::Wrong => "wrong: the request was changed, or is not of this key".into(),
        Verdict::Unknown(algorithm) => format!("cannot be told: {algorithm}"),
    };
    let fields = [
        Row::new(
            "Subject",
            name::to_text(request.subject()),
            "whom a certificate is asked for",
        ),
        key_row(request.spki()),
        Row::new(
            "Signature algorithm",
            signature::name(request.algorithm()),
            "how the request is signed",
        ),
        Row::new(
            "Signature",
            proof,
            "by the key inside: the proof that who asks has the private key",
        ),
    ];
    let mut rows: Vec<Row> = match request.extensions() {
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
        "request",
        &name::display(request.subject()),
        &fields,
        &rows,
        der,
        Some(request.spki()),
    ))
}

fn of_crl(der: &[u8]) -> Result<Value, Error> {
    let crl = Crl::parse(der)?;
    let fields = [
        Row::new(
            "Issuer",
            name::to_text(crl.issuer()),
            "the CA whose certificates these are",
        ),
        Row::new(
            "This update",
            date(crl.this_update()),
            "when the list was made",
        ),
        Row::new("Next update", date(crl.next_update()), "when it is stale"),
        Row::new(
            "Signature algorithm",
            signature::name(crl.algorithm()),
            "how the CA signed it",
        ),
        Row::new(
            "Revoked certificates",
            crate::base::words::grouped(crl.entries().count() as u64),
            "how many the list has",
        ),
    ];
    let rows =
        |extensions: &[Extension<'_>]| extensions.iter().map(extensions::row).collect::<Vec<_>>();
    let rows = crl.with_extensions(rows).unwrap_or_default();
    let mut described = described(
        "crl",
        &name::display(crl.issuer()),
        &fields,
        &rows,
        crl.der(),
        None,
    );
    let shown = crl.entries().filter_map(Result::ok).take(ENTRIES_SHOWN).map(|entry| {
        json!({ "serial": hex(entry.serial), "date": entry.date.and_then(rfc3339), "reason": entry.reason() })
    });
    described["revoked"] = shown.collect();
    Ok(described)
}

fn described(
    kind: &str,
    name: &str,
    fields: &[Row],
    extensions: &[Row],
    der: &[u8],
    spki: Option<&[u8]>,
) -> Value {
    let label = match kind {
        "certificate" => "CERTIFICATE",
        "request" => "CERTIFICATE REQUEST",
        _ => "X509 CRL",
    };
    // A large list is not copied from a page.
    let pem =
        (der.len() < 1 << 20).then(|| pem::write(label, der, LineEnds::Lf).as_str().to_owned());
    json!({
        "kind": kind,
        "name": shown(name),
        "fields": fields.iter().map(Row::to_json).collect::<Vec<_>>(),
        "extensions": extensions.iter().map(Row::to_json).collect::<Vec<_>>(),
        "sha1": hex(&Digest::Sha1.of(&[der])),
        "sha256": sha256_hex(der),
        "spki_sha256": spki.map(sha256_hex),
        "pem": pem,
    })
}

/// What differs between two of [`details`]: the rows with other values, and whether both are of one key.
pub fn compare(one: &Value, other: &Value) -> Value {
    let rows = |described: &Value| -> Vec<(String, Value)> {
        let lists = ["fields", "extensions"].into_iter();
        let rows = lists.flat_map(|list| described[list].as_array().cloned().unwrap_or_default());
        rows.map(|row| {
            (
                row["name"].as_str().unwrap_or_default().to_owned(),
                row["values"].clone(),
            )
        })
        .collect()
    };
    let (ones, others) = (rows(one), rows(other));
    let value = |rows: &[(String, Value)], name: &str| {
        let row = rows.iter().find(|row| row.0 == name);
        row.map_or(Value::Null, |row| row.1.clone())
    };
    let mut names: Vec<&String> = ones.iter().chain(&others).map(|row| &row.0).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.as_str()));
    let differences = names.into_iter().filter_map(|name| {
        let (one, other) = (value(&ones, name), value(&others, name));
        (one != other).then(|| json!({ "name": name, "one": one, "other": other }))
    });
    let key = |described: &Value| described["spki_sha256"].clone();
    json!({
        "same_key": !key(one).is_null() && key(one) == key(other),
        "identical": one["sha256"] == other["sha256"],
        "differences": differences.collect::<Vec<_>>(),
    })
}

fn unreadable() -> Row {
    let broken = "the standard is broken here";
    Row::new("Extensions", "they cannot be read", broken)
}

fn key_row(spki: &[u8]) -> Row {
    let words = KeyAlgorithm::of_spki(spki).map_or("it cannot be read".into(), |key| key.words());
    let mut row = Row::new(
        "Public key",
        words,
        "what belongs to the holder’s private key",
    );
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
        .unwrap_or_else(|| "none that can be read".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_said() {
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
        assert_eq!(compare(&one, &other)["identical"], true);
        other["fields"][1]["values"][0] = "00".into();
        other["sha256"] = "x".into();
        let compared = compare(&one, &other);
        assert_eq!(
            (&compared["same_key"], &compared["identical"]),
            (&json!(true), &json!(false))
        );
        assert_eq!(compared["differences"][0]["name"], "Serial number");
    }
}
