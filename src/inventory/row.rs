//! One row: what a certificate says of itself, where it was found, and what it is worth at an instant.

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::crypto::algorithm::KeyAlgorithm;
use crate::model::certificate::{Certificate, rfc3339};
use crate::model::name;
use crate::model::store::Held;

/// A row. Its text is what the certificate says, hidden characters and all: whoever shows it makes it harmless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is worth now.
    pub status: Status,
    /// Whole days until it expires, negative when they are past; `None` where it has no date that can be read.
    pub days_left: Option<i64>,
    /// What a person would call the holder.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// E-mail addresses, each once: who the user is.
    pub emails: Vec<String>,
    /// What a person would call the issuer.
    pub issuer_name: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hexadecimal.
    pub serial: String,
    /// RFC 3339.
    pub not_before: Option<String>,
    /// RFC 3339.
    pub not_after: Option<String>,
    /// In words: `RSA, 2048 bits`.
    pub key: String,
    /// The name of the signature's algorithm.
    pub signature: String,
    /// Extended key usages, then key usages, by their names in RFC 5280.
    pub uses: Vec<String>,
    /// Whether it may issue others.
    pub ca: bool,
    /// Why it is weak, in words; empty where it is not.
    pub weak: Vec<String>,
    /// Whether a revocation list names it.
    pub revoked: bool,
    /// The names of the files that brought it.
    pub files: Vec<String>,
    /// The names of the files that hold its private key; empty where it is not here.
    pub private_key: Vec<String>,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
    /// Whether it came or went since a table was saved.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// What it was worth when a table was saved, where that was something else.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub was: Option<Status>,
}

/// What a certificate is worth, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A revocation list names it.
    Revoked,
    /// Its last instant is past.
    Expired,
    /// Its first instant is to come.
    NotYetValid,
    /// It has no date that can be read.
    Unknown,
    /// Valid for 30 days at most.
    #[serde(rename = "expiring-30")]
    Expiring30,
    /// Valid for 60 days at most.
    #[serde(rename = "expiring-60")]
    Expiring60,
    /// Valid for 90 days at most.
    #[serde(rename = "expiring-90")]
    Expiring90,
    /// Valid for longer.
    Valid,
}

/// What became of a row since a table was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// The table did not have it.
    New,
    /// The table has it, and no file brought it this time.
    Missing,
}

impl Row {
    /// The row of a certificate; `name` gives a file's.
    pub(crate) fn of(held: &Held, name: &dyn Fn(u32) -> String, at: OffsetDateTime) -> Self {
        let certificate = &held.certificate;
        let extensions = certificate.extensions();
        let (not_before, not_after) = certificate.validity();
        let mut emails = Vec::new();
        for email in certificate.emails() {
            if !emails.contains(&email.address) {
                emails.push(email.address);
            }
        }
        let names = |ids: &[u32]| ids.iter().map(|id| name(*id)).collect();
        let usages = extensions.key_usage.unwrap_or_default().into_iter();
        let mut row = Self {
            status: Status::Unknown,
            days_left: None,
            name: certificate.name(),
            subject: name::to_text(certificate.subject()),
            emails,
            issuer_name: name::display(certificate.issuer()),
            issuer: name::to_text(certificate.issuer()),
            serial: certificate.serial(),
            not_before: not_before.and_then(rfc3339),
            not_after: not_after.and_then(rfc3339),
            key: certificate.algorithm().words(),
            signature: certificate.signature_algorithm(),
            uses: extensions
                .extended_key_usage
                .unwrap_or_default()
                .into_iter()
                .chain(usages.map(str::to_owned))
                .collect(),
            ca: extensions.ca,
            weak: weaknesses(certificate),
            revoked: held.revoked,
            files: names(&held.files),
            private_key: names(&held.key_files),
            sha256: certificate.sha256(),
            seen: None,
            was: None,
        };
        row.judge(at);
        row
    }

    /// What it is worth at an instant, from its dates and from whether it is revoked.
    pub(crate) fn judge(&mut self, at: OffsetDateTime) {
        let read = |text: &Option<String>| OffsetDateTime::parse(text.as_deref()?, &Rfc3339).ok();
        let (from, until) = (read(&self.not_before), self.expiry());
        let left = until.map(|until| until - at);
        self.days_left = left.map(Duration::whole_days);
        self.status = match (from, left) {
            _ if self.revoked => Status::Revoked,
            (Some(from), _) if at < from => Status::NotYetValid,
            (_, Some(left)) if left.is_negative() => Status::Expired,
            (None, _) | (_, None) => Status::Unknown,
            (_, Some(left)) if left <= Duration::days(30) => Status::Expiring30,
            (_, Some(left)) if left <= Duration::days(60) => Status::Expiring60,
            (_, Some(left)) if left <= Duration::days(90) => Status::Expiring90,
            _ => Status::Valid,
        };
    }

    /// Its last instant.
    pub(crate) fn expiry(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::parse(self.not_after.as_deref()?, &Rfc3339).ok()
    }

    /// Notes what is not as it was.
    pub(crate) fn compare(&mut self, earlier: Option<&Row>) {
        match earlier {
            None => self.seen = Some(Seen::New),
            Some(earlier) => {
                self.was = (earlier.status != self.status).then_some(earlier.status);
            }
        }
    }
}

/// What makes forging it, or its key, a matter of money: MD2, MD5, SHA-1 (RFC 6194, RFC 6151), and keys of less than 112
/// bits of strength (SP 800-57 part 1, table 2).
fn weaknesses(certificate: &Certificate) -> Vec<String> {
    let mut found = Vec::new();
    let signature = certificate.signature_algorithm().to_lowercase();
    let digests = [("md2", "MD2"), ("md5", "MD5"), ("sha1", "SHA-1")];
    // Nobody relies on the signature by which a root vouches for itself.
    if let Some((_, digest)) = digests.iter().find(|(id, _)| signature.contains(id))
        && !certificate.is_self_issued()
    {
        found.push(format!("signed with {digest}"));
    }
    let KeyAlgorithm { name, bits, .. } = certificate.algorithm();
    let least = match name.as_str() {
        "RSA" | "RSA-PSS" | "DSA" | "DH" => 2048,
        "EC" => 224,
        _ => 0,
    };
    if let Some(bits) = bits.filter(|bits| *bits < least) {
        found.push(format!("a key of {bits} bits"));
    }
    found
}
