//! Whether a certificate is valid at an instant (RFC 5280, 4.1.2.5). Its dates are compared with the clock here and nowhere else.
//!
//! ```text
//!           notBefore             notAfter - 30 days     notAfter
//! ── not yet valid ──┤── valid ──────────├── expires soon ──┤── expired ──▶ time
//! ```
//!
//! Both dates belong to the validity. Where one cannot be read, the other still says what it can.

use time::{Duration, OffsetDateTime};

use crate::model::certificate::Certificate;

/// How long before its end a certificate should be renewed: CAs and the owners of systems take weeks.
pub const SOON: Duration = Duration::days(30);

/// What the dates of a certificate say at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Its last instant is past.
    Expired {
        /// The last instant.
        until: OffsetDateTime,
    },
    /// It is valid, for 30 days at most.
    ExpiresSoon {
        /// The last instant.
        until: OffsetDateTime,
    },
    /// Its first instant is to come.
    NotYetValid {
        /// The first instant.
        from: OffsetDateTime,
    },
    /// A date cannot be read, and the other one does not decide.
    Unreadable,
    /// It is valid for longer.
    Valid,
}

/// The first and the last instant of a validity; `None` for one that cannot be read.
pub type Dates = (Option<OffsetDateTime>, Option<OffsetDateTime>);

impl Validity {
    /// Of a certificate at an instant.
    pub fn of(certificate: &Certificate, at: OffsetDateTime) -> Self {
        Self::between(certificate.validity(), at)
    }

    /// Of two dates at an instant.
    pub fn between(dates: Dates, at: OffsetDateTime) -> Self {
        match dates {
            (Some(from), _) if at < from => Self::NotYetValid { from },
            (_, Some(until)) if at > until => Self::Expired { until },
            (Some(_), Some(until)) if until - at <= SOON => Self::ExpiresSoon { until },
            (Some(_), Some(_)) => Self::Valid,
            _ => Self::Unreadable,
        }
    }

    /// Whether it can be used now.
    pub fn is_valid(self) -> bool {
        matches!(self, Self::ExpiresSoon { .. } | Self::Valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_the_validity() {
        let day = |number| OffsetDateTime::UNIX_EPOCH + Duration::days(number);
        let (from, until) = (day(10), day(100));
        let at = |instant| Validity::between((Some(from), Some(until)), instant);
        let second = Duration::SECOND;
        assert_eq!(at(from - second), Validity::NotYetValid { from });
        assert_eq!(at(from), Validity::Valid);
        assert_eq!(at(day(70) - second), Validity::Valid);
        assert_eq!(at(day(70)), Validity::ExpiresSoon { until });
        assert_eq!(at(until), Validity::ExpiresSoon { until });
        assert_eq!(at(until + second), Validity::Expired { until });
    }

    #[test]
    fn where_one_date_cannot_be_read_the_other_may_decide() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let (past, future) = (now - Duration::DAY, now + Duration::DAY);
        let at = |from, until| Validity::between((from, until), now);
        assert_eq!(at(None, Some(past)), Validity::Expired { until: past });
        let from = future;
        assert_eq!(at(Some(from), None), Validity::NotYetValid { from });
        for (from, until) in [(None, Some(future)), (Some(past), None), (None, None)] {
            assert_eq!(at(from, until), Validity::Unreadable);
        }
    }
}
