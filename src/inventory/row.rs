//! One row: what a certificate says of itself, where it was found, and what it is worth at an instant.

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::crypto::algorithm::KeyAlgorithm;
use crate::model::certificate::{Certificate, rfc3339};
pub use crate::model::inventory::{Row, Seen, Status};
use crate::model::name;
use crate::model::store::Held;

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
