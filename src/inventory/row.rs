//! One row: what a certificate says of itself, where it was found, and what it is worth at an instant.

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::judge::strength::{Weakness, weaknesses};
use crate::judge::validity::Validity;
use crate::model::certificate::{Certificate, rfc3339};
pub use crate::model::inventory::{Row, Seen, Status};
use crate::model::name;
use crate::model::store::Held;

impl Row {
    /// The row of a certificate; `names` gives those of files.
    pub(crate) fn of(
        held: &Held,
        names: &dyn Fn(&[u32]) -> Vec<String>,
        at: OffsetDateTime,
    ) -> Self {
        let certificate = &held.certificate;
        let extensions = certificate.extensions();
        let (not_before, not_after) = certificate.validity();
        let mut emails = Vec::new();
        for email in certificate.emails() {
            if !emails.contains(&email.address) {
                emails.push(email.address);
            }
        }
        let usages = extensions.key_usage.iter().flatten().copied();
        let mut row = Self {
            status: Status::Unknown,
            days_left: None,
            expired: false,
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
                .iter()
                .flatten()
                .cloned()
                .chain(usages.map(str::to_owned))
                .collect(),
            ca: extensions.ca,
            weak: weak_words(certificate),
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
        let longer = |days| left.is_some_and(|left| left > Duration::days(days));
        let validity = Validity::between((from, until), at);
        self.days_left = left.map(Duration::whole_days);
        self.expired = matches!(validity, Validity::Expired { .. });
        self.status = match validity {
            _ if self.revoked => Status::Revoked,
            Validity::Expired { .. } => Status::Expired,
            Validity::ExpiresSoon { .. } => Status::Expiring30,
            Validity::NotYetValid { .. } => Status::NotYetValid,
            Validity::Unreadable => Status::Unknown,
            Validity::Valid if longer(90) => Status::Valid,
            Validity::Valid if longer(60) => Status::Expiring90,
            Validity::Valid => Status::Expiring60,
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

/// What makes forging it, or its key, a matter of money, in words.
fn weak_words(certificate: &Certificate) -> Vec<String> {
    let words = |weakness| match weakness {
        Weakness::Key(bits) => format!("a key of {bits} bits"),
        Weakness::Signature(digest) => format!("signed with {}", digest.name()),
    };
    let found = weaknesses(certificate, || certificate.is_self_signed());
    found.into_iter().map(words).collect()
}
