//! What the rules of RFC 5280 need to know of a certificate.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::asn1::ber::Oid;
use crate::judge::validity::Dates;
use crate::model::certificate::{Certificate, Extensions, extension};
use crate::model::name;

/// A certificate on its way up.
pub(super) struct Link {
    pub(super) certificate: Arc<Certificate>,
    pub(super) dates: Dates,
    /// Whether it is signed by its own key, once that was asked.
    pub(super) self_signed: OnceCell<bool>,
    /// Its version is 3, so that its extensions mean something.
    pub(super) extended: bool,
}

/// Critical extensions whose rules are kept here, or that restrict nothing that is decided here: policies are not asked for.
const UNDERSTOOD: [Oid<'static>; 11] = [
    extension::AUTHORITY_KEY_ID,
    extension::BASIC_CONSTRAINTS,
    extension::CRL_POINTS,
    extension::EXTENDED_KEY_USAGE,
    extension::INHIBIT_ANY_POLICY,
    extension::KEY_USAGE,
    extension::NAME_CONSTRAINTS,
    extension::POLICIES,
    extension::POLICY_CONSTRAINTS,
    extension::POLICY_MAPPINGS,
    extension::SUBJECT_ALT_NAME,
];

impl Link {
    pub(super) fn of(certificate: &Arc<Certificate>) -> Self {
        Self {
            certificate: certificate.clone(),
            dates: certificate.validity(),
            self_signed: OnceCell::new(),
            extended: certificate.version() == 3,
        }
    }

    pub(super) fn extensions(&self) -> &Extensions {
        self.certificate.extensions()
    }

    /// Whether KeyUsage, where there is one, allows signing certificates.
    pub(super) fn signs_certificates(&self) -> bool {
        let usages = self.extensions().key_usage.as_ref();
        usages.is_none_or(|usages| usages.contains(&"keyCertSign"))
    }

    /// The first critical extension that is not understood.
    pub(super) fn unknown_critical(&self) -> Option<String> {
        let critical = self.extensions().critical.iter();
        let mut critical = critical.map(|oid| Oid(oid));
        let unknown = critical.find(|oid| !UNDERSTOOD.contains(oid))?;
        Some(unknown.to_string())
    }

    pub(super) fn subject(&self) -> &[u8] {
        self.certificate.subject()
    }

    pub(super) fn issuer(&self) -> &[u8] {
        self.certificate.issuer()
    }

    /// Whether subject and issuer are one name.
    pub(super) fn is_self_issued(&self) -> bool {
        name::same(self.subject(), self.issuer())
    }
}
