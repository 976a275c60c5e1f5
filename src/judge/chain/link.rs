//! What the rules of RFC 5280 need to know of a certificate, read once.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::asn1::ber::{self, BIT_STRING, INTEGER, Node, OCTET_STRING, Tag};
use crate::judge::validity::Dates;
use crate::model::certificate::{Certificate, Extension, extension};
use crate::model::name;

/// A certificate with what its extensions say.
pub(super) struct Link {
    pub(super) certificate: Arc<Certificate>,
    pub(super) dates: Dates,
    /// Whether it is signed by its own key, once that was asked.
    pub(super) self_signed: OnceCell<bool>,
    /// Its version is 3, so that its extensions mean something.
    pub(super) extended: bool,
    pub(super) ca: bool,
    pub(super) path_length: Option<u64>,
    /// Whether KeyUsage, where there is one, allows signing certificates.
    pub(super) signs_certificates: bool,
    pub(super) purposes: Option<Vec<Vec<u8>>>,
    pub(super) name_constraints: Option<Vec<u8>>,
    /// GeneralNames of SubjectAltName: the number of the choice, and the contents.
    pub(super) names: Vec<(u32, Vec<u8>)>,
    pub(super) subject_key_id: Option<Vec<u8>>,
    pub(super) authority_key_id: Option<Vec<u8>>,
    /// Where the issuer's certificate is published.
    pub(super) issuer_at: Vec<String>,
    /// The first critical extension that is not understood.
    pub(super) unknown_critical: Option<String>,
    /// An extension breaks the standard.
    pub(super) unreadable: bool,
}

/// Critical extensions whose rules are kept here, or that restrict nothing that is decided here: policies are not asked for.
const UNDERSTOOD: [ber::Oid<'static>; 11] = [
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

ber::oids! {
    /// id-ad-caIssuers
    CA_ISSUERS = 8: 1 3 6 1 5 5 7 48 2;
}

impl Link {
    pub(super) fn of(certificate: &Arc<Certificate>) -> Self {
        let mut link = Self {
            certificate: certificate.clone(),
            dates: certificate.validity(),
            self_signed: OnceCell::new(),
            extended: certificate.version() == 3,
            ca: false,
            path_length: None,
            signs_certificates: true,
            purposes: None,
            name_constraints: None,
            names: Vec::new(),
            subject_key_id: None,
            authority_key_id: None,
            issuer_at: Vec::new(),
            unknown_critical: None,
            unreadable: false,
        };
        match certificate.raw_extensions() {
            Ok(extensions) => {
                for extension in extensions {
                    link.unreadable |= link.take(&extension).is_err();
                }
            }
            Err(_) => link.unreadable = true,
        }
        link
    }

    fn take(&mut self, extension: &Extension<'_>) -> ber::Result<()> {
        if extension.critical && !UNDERSTOOD.contains(&extension.oid) {
            self.unknown_critical
                .get_or_insert(extension.oid.to_string());
        }
        match extension.oid {
            extension::AUTHORITY_INFO => {
                for access in Node::parse(extension.value)?.sequence()?.rest() {
                    let mut parts = access.sequence()?;
                    let method = parts.next()?.oid()?;
                    let place = parts.next()?;
                    if method == CA_ISSUERS && place.tag == Tag::context(6) {
                        self.issuer_at.push(name::text(place));
                    }
                }
            }
            extension::AUTHORITY_KEY_ID => {
                let node = Node::parse(extension.value)?;
                let id = node.sequence()?.optional(Tag::context(0));
                self.authority_key_id = id.map(|id| id.contents().to_vec());
            }
            extension::BASIC_CONSTRAINTS => {
                let node = Node::parse(extension.value)?;
                let mut parts = node.sequence()?;
                let flag = parts.optional(Tag::universal(1));
                self.ca =
                    flag.is_some_and(|flag| flag.contents().first().is_some_and(|byte| *byte != 0));
                let length = parts.optional(INTEGER).map(Node::count);
                self.path_length = length.transpose()?;
            }
            extension::EXTENDED_KEY_USAGE => {
                let node = Node::parse(extension.value)?;
                let purposes = node.sequence()?.rest().iter();
                let purposes = purposes.map(|purpose| Ok(purpose.oid()?.0.to_vec()));
                self.purposes = Some(purposes.collect::<ber::Result<_>>()?);
            }
            extension::KEY_USAGE => {
                let node = Node::parse(extension.value)?;
                let bits = node.primitive(BIT_STRING)?.get(1).copied();
                // keyCertSign is bit 5.
                self.signs_certificates = bits.unwrap_or_default() & 0x04 != 0;
            }
            extension::NAME_CONSTRAINTS => self.name_constraints = Some(extension.value.to_vec()),
            extension::SUBJECT_ALT_NAME => {
                let node = Node::parse(extension.value)?;
                for general in node.sequence()?.rest() {
                    let choice = (0..9).find(|&number| general.tag == Tag::context(number));
                    let contents = general.contents().to_vec();
                    self.names.extend(choice.map(|choice| (choice, contents)));
                }
            }
            extension::SUBJECT_KEY_ID => {
                let node = Node::parse(extension.value)?;
                self.subject_key_id = Some(node.primitive(OCTET_STRING)?.to_vec());
            }
            _ => {}
        }
        Ok(())
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
