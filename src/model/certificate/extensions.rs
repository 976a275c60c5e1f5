//! What the extensions of a certificate say, read once.

use x509_parser::extensions::{AccessDescription, GeneralName, ParsedExtension};
use x509_parser::oid_registry::{
    OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS, OID_PKIX_ACCESS_DESCRIPTOR_OCSP,
};

use super::extension::{self, Extension, KEY_USAGES, Name};
use crate::asn1::ber::Oid;

/// What extensions say, as far as judges and descriptions need it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// The names of the KeyUsage bits that are set; `None` without the extension.
    pub key_usage: Option<Vec<&'static str>>,
    /// The names of the purposes, or their object identifiers; `None` without the extension.
    pub extended_key_usage: Option<Vec<String>>,
    /// Whether BasicConstraints says that this is a CA.
    pub ca: bool,
    /// The pathLenConstraint of BasicConstraints.
    pub path_length: Option<u32>,
    /// rfc822Name entries of the subject alternative name.
    pub san_emails: Vec<String>,
    /// The first dNSName of the subject alternative name.
    pub san_host: Option<String>,
    /// Whether the subject alternative name has the name or address of a host.
    pub names_host: bool,
    /// Whether it says where to ask if it is revoked: a CRL's address or an OCSP responder's.
    pub revocation: bool,
    /// SubjectKeyIdentifier.
    pub subject_key_id: Option<Vec<u8>>,
    /// The keyIdentifier of AuthorityKeyIdentifier.
    pub authority_key_id: Option<Vec<u8>>,
    /// Where the issuer's certificate is published.
    pub issuer_at: Vec<String>,
    /// The names of the subject alternative name.
    pub(crate) names: Vec<Name>,
    /// What NameConstraints holds.
    pub(crate) name_constraints: Option<Vec<u8>>,
    /// The identifiers of the extensions that are critical, as they are written.
    pub(crate) critical: Vec<Vec<u8>>,
    /// Whether the list of extensions, or one that is judged, breaks the standard.
    pub unreadable: bool,
}

/// What is judged, and so must be readable.
const JUDGED: [Oid<'static>; 7] = [
    extension::AUTHORITY_INFO,
    extension::AUTHORITY_KEY_ID,
    extension::BASIC_CONSTRAINTS,
    extension::EXTENDED_KEY_USAGE,
    extension::KEY_USAGE,
    extension::SUBJECT_ALT_NAME,
    extension::SUBJECT_KEY_ID,
];

impl Extensions {
    /// Of the list in a certificate; `None` where the list itself cannot be read.
    pub(super) fn of(list: Option<&[Extension<'_>]>) -> Self {
        let mut found = Self {
            unreadable: list.is_none(),
            ..Self::default()
        };
        list.unwrap_or_default()
            .iter()
            .for_each(|extension| found.take(extension));
        found
    }

    fn take(&mut self, extension: &Extension<'_>) {
        if extension.critical {
            self.critical.push(extension.oid.0.to_vec());
        }
        match extension.read() {
            None => self.unreadable |= JUDGED.contains(&extension.oid),
            Some(ParsedExtension::AuthorityInfoAccess(access)) => {
                access.iter().for_each(|access| self.take_access(access));
            }
            Some(ParsedExtension::AuthorityKeyIdentifier(key)) => {
                self.authority_key_id = key.key_identifier.map(|id| id.0.to_vec());
            }
            Some(ParsedExtension::BasicConstraints(constraints)) => {
                self.ca = constraints.ca;
                self.path_length = constraints.path_len_constraint;
            }
            Some(ParsedExtension::CRLDistributionPoints(_)) => self.revocation = true,
            Some(ParsedExtension::ExtendedKeyUsage(_)) => {
                self.extended_key_usage = extension.purposes();
            }
            Some(ParsedExtension::KeyUsage(usage)) => {
                let bits = KEY_USAGES.iter().enumerate();
                let set = bits.filter(|(bit, _)| usage.flags >> bit & 1 == 1);
                self.key_usage = Some(set.map(|(_, name)| *name).collect());
            }
            Some(ParsedExtension::NameConstraints(_)) => {
                self.name_constraints = Some(extension.value.to_vec());
            }
            Some(ParsedExtension::SubjectAlternativeName(alternative)) => {
                alternative
                    .general_names
                    .iter()
                    .for_each(|name| self.take_name(name));
            }
            Some(ParsedExtension::SubjectKeyIdentifier(id)) => {
                self.subject_key_id = Some(id.0.to_vec());
            }
            Some(_) => {}
        }
    }

    fn take_access(&mut self, access: &AccessDescription<'_>) {
        let method = &access.access_method;
        self.revocation |= *method == OID_PKIX_ACCESS_DESCRIPTOR_OCSP;
        if let GeneralName::URI(address) = access.access_location
            && *method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS
        {
            self.issuer_at.push(address.to_owned());
        }
    }

    fn take_name(&mut self, name: &GeneralName<'_>) {
        match name {
            GeneralName::DNSName(host) => {
                self.names_host = true;
                self.san_host.get_or_insert_with(|| (*host).to_owned());
            }
            GeneralName::IPAddress(_) => self.names_host = true,
            GeneralName::RFC822Name(address) => self.san_emails.push((*address).to_owned()),
            _ => {}
        }
        self.names.push(extension::owned(name));
    }
}
