//! Entries of a store as a person sees them.

use serde::Serialize;
use time::OffsetDateTime;

use crate::convert::suggested_alias;
use crate::crypto::algorithm::KeyAlgorithm;
use crate::crypto::digest::sha256_hex;
use crate::format::crl::Crl;
use crate::format::pkcs10::Request;
use crate::judge::chain::Chain;
use crate::judge::validity::Validity;
use crate::model::certificate::{self, Email, rfc3339};
use crate::model::name;
use crate::model::store::{self, EntryKind, Kind};
use crate::view::details;
use crate::view::judgement::Judgement;
use crate::view::verdict::ChainVerdict;

/// What stands in the store, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// Of thousands, one that a person does not read by itself.
    Brief(BriefEntry),
    /// A certificate without its private key.
    Certificate(Box<LoneCertificate>),
    /// A certificate revocation list.
    Crl(CrlEntry),
    /// A private key with its chain.
    Identity(Identity),
    /// A public key alone.
    PublicKey(PublicKeyEntry),
    /// A certification request.
    Request(RequestEntry),
    /// A symmetric key.
    SecretKey(SecretKeyEntry),
}

/// What every entry has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryBase {
    /// The name that a file gives it.
    pub alias: Option<String>,
    /// The alias that is offered for what is written.
    pub suggested_alias: String,
    /// The ids of the files that brought it.
    pub files: Vec<u32>,
    /// Its chain, where it has a certificate and is among those that are judged.
    pub verdict: Option<ChainVerdict>,
    /// Whether the target takes it, and each finding about it once.
    pub judgement: Judgement,
}

/// A private key with its chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "private-key")]
pub struct Identity {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What a person would call it.
    pub name: String,
    /// Its key.
    #[serde(flatten)]
    pub shape: KeyShape,
    /// SHA-256 of the SubjectPublicKeyInfo derived from the private key; null where it cannot be computed.
    pub spki_sha256: Option<String>,
    /// The e-mail addresses of its certificate.
    pub emails: Vec<Email>,
    /// End-entity first; empty where no certificate came with the key.
    pub chain: Vec<Certificate>,
}

/// A certificate without its private key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "certificate")]
pub struct LoneCertificate {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What it says.
    #[serde(flatten)]
    pub certificate: Certificate,
}

/// A certificate revocation list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "crl")]
pub struct CrlEntry {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What a person would call it.
    pub name: String,
    /// What a person would call its CA; null where the list cannot be read.
    pub issuer_name: Option<String>,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
}

/// A public key alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "public-key")]
pub struct PublicKeyEntry {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What a person would call it.
    pub name: String,
    /// The key, in words.
    pub key: String,
    /// Of the SubjectPublicKeyInfo, in hexadecimal.
    pub spki_sha256: String,
}

/// A certification request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "request")]
pub struct RequestEntry {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What a person would call it.
    pub name: String,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
    /// What it asks for; null where it cannot be read.
    pub asked: Option<Asked>,
}

/// What a certification request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// RFC 4514.
    pub subject: String,
    /// Its key, in words.
    pub key: String,
    /// The subject alternative names.
    pub names: Vec<String>,
    /// Whether its private key is in the files.
    pub key_here: bool,
}

/// A symmetric key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "secret-key")]
pub struct SecretKeyEntry {
    /// What every entry has.
    #[serde(flatten)]
    pub base: EntryBase,
    /// What a person would call it.
    pub name: String,
    /// As the file names it.
    pub algorithm: String,
    /// How long it is.
    pub bits: usize,
}

/// Of thousands of entries, what one that is not read by itself is chosen by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BriefEntry {
    /// What it is.
    pub kind: Kind,
    /// The name that a file gives it.
    pub alias: Option<String>,
    /// The alias that is offered for what is written.
    pub suggested_alias: String,
    /// Of the DER, in hexadecimal; empty for a key.
    pub sha256: String,
    /// Of the SubjectPublicKeyInfo, in hexadecimal; only of a public key.
    pub spki_sha256: String,
    /// Always true.
    pub brief: bool,
}

/// A key in words and figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyShape {
    /// `RSA`, `EC`, …, or an object identifier in dots.
    pub algorithm: String,
    /// How long it is.
    pub bits: Option<u32>,
    /// The name of its curve.
    pub curve: Option<String>,
    /// All of it in words: `RSA, 2048 bits`.
    pub key: String,
}

/// A certificate, judged for an instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    /// What a person would call the holder.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// What a person would call the issuer.
    pub issuer_name: String,
    /// In hexadecimal.
    pub serial: String,
    /// RFC 3339; null where the certificate says nothing that is a date.
    pub not_before: Option<String>,
    /// RFC 3339; null where the certificate says nothing that is a date.
    pub not_after: Option<String>,
    /// Whole days until it expires, negative when they are past.
    pub days_left: Option<i64>,
    /// Whether it is valid.
    pub status: CertificateStatus,
    /// Whether it is valid, for 30 days at most.
    pub expires_soon: bool,
    /// Whether it is signed by its own key.
    pub self_signed: bool,
    /// Whether it may issue others.
    pub ca: bool,
    /// Its e-mail addresses, those of the subject alternative name first.
    pub emails: Vec<Email>,
    /// Its key.
    #[serde(flatten)]
    pub shape: KeyShape,
    /// The name of the signature's algorithm.
    pub signature_algorithm: String,
    /// The names of the KeyUsage bits that are set; null without the extension.
    pub key_usage: Option<Vec<&'static str>>,
    /// The names of the purposes, or their object identifiers; null without the extension.
    pub extended_key_usage: Option<Vec<String>>,
    /// Of the SubjectPublicKeyInfo, in hexadecimal.
    pub spki_sha256: String,
    /// Of the DER, in hexadecimal.
    pub sha1: String,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
}

/// Whether a certificate is valid at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateStatus {
    /// Its last instant is past.
    Expired,
    /// Its first instant is to come.
    NotYetValid,
    /// It has no date that can be read.
    Unknown,
    /// It is valid.
    Valid,
}

impl Entry {
    /// An entry with its chain, judged for an instant.
    pub(super) fn of(
        entry: &store::Entry,
        chain: Option<&Chain>,
        judgement: Judgement,
        has_key: &dyn Fn(&[u8]) -> bool,
        at: OffsetDateTime,
    ) -> Self {
        let base = EntryBase {
            alias: entry.alias.clone(),
            suggested_alias: suggested_alias(entry),
            files: entry.files.clone(),
            verdict: chain.map(ChainVerdict::of),
            judgement,
        };
        let name = entry
            .certificate()
            .map_or_else(|| entry.name(), |certificate| certificate.name());
        match &entry.kind {
            EntryKind::Certificate(certificate) => Self::Certificate(Box::new(LoneCertificate {
                base,
                certificate: Certificate::of(certificate, at),
            })),
            EntryKind::Crl(der) => Self::Crl(CrlEntry {
                base,
                name,
                issuer_name: Crl::parse(der).ok().map(|crl| name::display(crl.issuer())),
                sha256: sha256_hex(der),
            }),
            EntryKind::PrivateKey { key, chain } => Self::Identity(Identity {
                base,
                name,
                shape: KeyShape::of(key.algorithm()),
                spki_sha256: key.spki().map(sha256_hex),
                emails: chain.first().map(|leaf| leaf.emails()).unwrap_or_default(),
                chain: chain.iter().map(|link| Certificate::of(link, at)).collect(),
            }),
            EntryKind::PublicKey(spki) => Self::PublicKey(PublicKeyEntry {
                base,
                name,
                key: KeyAlgorithm::of_spki(spki).map_or_else(|_| String::new(), |key| key.words()),
                spki_sha256: sha256_hex(spki),
            }),
            EntryKind::Request(der) => {
                let request = Request::parse(der).ok();
                let called = request.as_ref().map(|one| name::display(one.subject()));
                Self::Request(RequestEntry {
                    base,
                    name: called.filter(|called| !called.is_empty()).unwrap_or(name),
                    sha256: sha256_hex(der),
                    asked: request.map(|request| Asked::of(&request, has_key)),
                })
            }
            EntryKind::SecretKey(key) => Self::SecretKey(SecretKeyEntry {
                base,
                name,
                algorithm: key.algorithm.clone(),
                bits: key.bytes.expose().len() * 8,
            }),
        }
    }

    /// What every whole entry has.
    #[cfg(test)]
    pub(super) fn base(&self) -> Option<&EntryBase> {
        match self {
            Self::Brief(_) => None,
            Self::Certificate(one) => Some(&one.base),
            Self::Crl(one) => Some(&one.base),
            Self::Identity(one) => Some(&one.base),
            Self::PublicKey(one) => Some(&one.base),
            Self::Request(one) => Some(&one.base),
            Self::SecretKey(one) => Some(&one.base),
        }
    }

    /// What an entry is chosen by.
    pub(super) fn brief(entry: &store::Entry) -> Self {
        let (mut sha256, mut spki_sha256) = (String::new(), String::new());
        match &entry.kind {
            EntryKind::Certificate(certificate) => sha256 = certificate.sha256(),
            EntryKind::Crl(der) => sha256 = sha256_hex(der),
            EntryKind::Request(der) => sha256 = sha256_hex(der),
            EntryKind::PublicKey(spki) => spki_sha256 = sha256_hex(spki),
            EntryKind::PrivateKey { .. } | EntryKind::SecretKey(_) => {}
        }
        Self::Brief(BriefEntry {
            kind: entry.kind.kind(),
            alias: entry.alias.clone(),
            suggested_alias: suggested_alias(entry),
            sha256,
            spki_sha256,
            brief: true,
        })
    }
}

impl Asked {
    fn of(request: &Request<'_>, has_key: &dyn Fn(&[u8]) -> bool) -> Self {
        let key = KeyAlgorithm::of_spki(request.spki());
        Self {
            subject: name::to_text(request.subject()),
            key: key.map_or_else(|_| String::new(), |key| key.words()),
            names: details::names(&request.extensions().unwrap_or_default()),
            key_here: has_key(request.spki()),
        }
    }
}

impl KeyShape {
    fn of(key: &KeyAlgorithm) -> Self {
        Self {
            algorithm: key.name.clone(),
            bits: key.bits,
            curve: key.curve.clone(),
            key: key.words(),
        }
    }
}

impl Certificate {
    fn of(certificate: &certificate::Certificate, at: OffsetDateTime) -> Self {
        let extensions = certificate.extensions();
        let (not_before, not_after) = certificate.validity();
        let validity = Validity::of(certificate, at);
        Self {
            name: certificate.name(),
            subject: name::to_text(certificate.subject()),
            issuer: name::to_text(certificate.issuer()),
            issuer_name: name::display(certificate.issuer()),
            serial: certificate.serial(),
            not_before: not_before.and_then(rfc3339),
            not_after: not_after.and_then(rfc3339),
            days_left: not_after.map(|not_after| (not_after - at).whole_days()),
            status: match validity {
                Validity::Expired { .. } => CertificateStatus::Expired,
                Validity::ExpiresSoon { .. } | Validity::Valid => CertificateStatus::Valid,
                Validity::NotYetValid { .. } => CertificateStatus::NotYetValid,
                Validity::Unreadable => CertificateStatus::Unknown,
            },
            expires_soon: matches!(validity, Validity::ExpiresSoon { .. }),
            self_signed: certificate.is_self_signed(),
            ca: extensions.ca,
            emails: certificate.emails(),
            shape: KeyShape::of(&certificate.algorithm()),
            signature_algorithm: certificate.signature_algorithm(),
            key_usage: extensions.key_usage.clone(),
            extended_key_usage: extensions.extended_key_usage.clone(),
            spki_sha256: sha256_hex(certificate.spki()),
            sha1: certificate.sha1(),
            sha256: certificate.sha256(),
        }
    }
}
