//! What files held, and what belongs together.
//!
//! Each file gives [`Contents`]: items in the order of the file. [`Store::of`] pairs the contents of all files.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use crate::base::error::{Error, Finding};
use crate::base::format::Maker;
use crate::base::secret::{Password, SecretDer};
use crate::crypto::kdf::{Keys, Stop};
use crate::model::certificate::Certificate;
use crate::model::inventory::Saved;
use crate::model::private_key::PrivateKey;

mod pairing;

/// What a reader found, in the order of the file.
#[derive(Debug, Default, Clone)]
pub struct Contents {
    /// What could be opened.
    pub(crate) items: Vec<Item>,
    /// What could not, by name where it has one.
    pub(crate) locked: Vec<(Option<String>, Error)>,
    /// What a person should know about the file.
    pub(crate) findings: Vec<Finding>,
    /// Tables of certificates that were saved from the page.
    pub(crate) tables: Vec<Arc<Saved>>,
}

impl Contents {
    /// Nothing but these items.
    pub(crate) fn of(items: Vec<Item>) -> Self {
        Self {
            items,
            ..Self::default()
        }
    }

    /// Takes over what another part of the same file held.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.items.append(&mut other.items);
        self.locked.append(&mut other.locked);
        self.findings.append(&mut other.findings);
        self.tables.append(&mut other.tables);
    }
}

/// One thing a file holds.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// friendlyName or alias.
    pub(crate) alias: Option<String>,
    /// localKeyId: what ties a key to its certificate inside one PKCS#12 file.
    pub(crate) local_key_id: Option<Vec<u8>>,
    /// A trusted certificate entry, which stands for itself and not for a link of a chain.
    pub(crate) trusted: bool,
    /// The thing.
    pub(crate) value: Value,
}

impl Item {
    /// A nameless one.
    pub(crate) fn new(value: Value) -> Self {
        Self {
            alias: None,
            local_key_id: None,
            trusted: false,
            value,
        }
    }
}

/// The kinds of things that files hold.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Certificate(Arc<Certificate>),
    /// DER of a CertificateList; shared, since lists have tens of megabytes.
    Crl(Arc<[u8]>),
    PrivateKey(Arc<PrivateKey>),
    /// DER of a SubjectPublicKeyInfo.
    PublicKey(Vec<u8>),
    /// DER of a CertificationRequest.
    Request(Vec<u8>),
    SecretKey(Arc<SecretKey>),
}

impl Value {
    /// Which kind it is.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Certificate(_) => Kind::Certificate,
            Self::Crl(_) => Kind::Crl,
            Self::PrivateKey(_) => Kind::PrivateKey,
            Self::PublicKey(_) => Kind::PublicKey,
            Self::Request(_) => Kind::Request,
            Self::SecretKey(_) => Kind::SecretKey,
        }
    }
}

/// A symmetric key.
#[derive(Debug, PartialEq, Eq)]
pub struct SecretKey {
    /// Its algorithm as the file names it.
    pub algorithm: String,
    /// The raw key.
    pub bytes: SecretDer,
}

/// A file between its two phases: its structure is read, its contents are not.
pub(crate) trait Locked {
    /// Iterations that one try of one password costs, as far as the structure shows.
    fn cost(&self) -> u64;

    /// The program that wrote it, where its structure shows that.
    fn maker(&self) -> Option<Maker> {
        None
    }

    /// The contents.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while keys are wanted, then the reason for which nothing opens.
    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop>;
}

/// What files held, paired.
#[derive(Debug, Default)]
pub struct Store {
    /// Identities first, then what stands alone.
    pub entries: Vec<Entry>,
    /// What a person should know about files and pairs.
    pub findings: Vec<Finding>,
    /// Every certificate once, links of chains too, in the order of the files.
    pub held: Vec<Held>,
    /// Tables of certificates that were saved before.
    pub tables: Vec<Arc<Saved>>,
    /// Roots that the person trusts while the page is open.
    pub trusted: Vec<Arc<Certificate>>,
}

/// A certificate, and what the files say of it.
#[derive(Debug)]
pub struct Held {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// The ids of the files that brought it.
    pub files: Vec<u32>,
    /// The ids of the files that brought its private key.
    pub key_files: Vec<u32>,
    /// Whether a revocation list names it: set by the code that verified the list.
    pub revoked: bool,
}

/// One identity, or one thing that stands alone.
#[derive(Debug)]
pub struct Entry {
    /// friendlyName or alias, as the file has it.
    pub alias: Option<String>,
    /// The ids of the files that brought it.
    pub files: Vec<u32>,
    /// What it is.
    pub kind: EntryKind,
}

/// The kinds of entries.
#[derive(Debug)]
pub enum EntryKind {
    /// A certificate without its private key.
    Certificate(Arc<Certificate>),
    /// DER of a CertificateList; shared with what the file holds.
    Crl(Arc<[u8]>),
    /// A private key with its chain, end-entity first; the chain is empty where no certificate has its public key.
    PrivateKey {
        /// The key.
        key: Arc<PrivateKey>,
        /// Its certificates.
        chain: Vec<Arc<Certificate>>,
    },
    /// DER of a SubjectPublicKeyInfo.
    PublicKey(Vec<u8>),
    /// DER of a CertificationRequest.
    Request(Vec<u8>),
    /// A symmetric key.
    SecretKey(Arc<SecretKey>),
}

impl EntryKind {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Certificate(_) => Kind::Certificate,
            Self::Crl(_) => Kind::Crl,
            Self::PrivateKey { .. } => Kind::PrivateKey,
            Self::PublicKey(_) => Kind::PublicKey,
            Self::Request(_) => Kind::Request,
            Self::SecretKey(_) => Kind::SecretKey,
        }
    }
}

/// A kind of entry, or of what a file holds, by its stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A certificate.
    Certificate,
    /// A certificate revocation list.
    Crl,
    /// A private key.
    PrivateKey,
    /// A public key.
    PublicKey,
    /// A certification request.
    Request,
    /// A symmetric key.
    SecretKey,
}

impl Entry {
    /// The certificate that stands for the entry: the end-entity's, or the lone one.
    pub fn certificate(&self) -> Option<&Arc<Certificate>> {
        match &self.kind {
            EntryKind::Certificate(certificate) => Some(certificate),
            EntryKind::PrivateKey { chain, .. } => chain.first(),
            _ => None,
        }
    }

    /// What a person would call it: the alias, else the holder's name, else its kind.
    pub fn name(&self) -> String {
        let holder = || self.certificate().map(|certificate| certificate.name());
        let kind = || {
            match self.kind {
                EntryKind::Certificate(_) => "certificate",
                EntryKind::Crl(_) => "revocation list",
                EntryKind::PrivateKey { .. } => "private key",
                EntryKind::PublicKey(_) => "public key",
                EntryKind::Request(_) => "request",
                EntryKind::SecretKey(_) => "secret key",
            }
            .to_owned()
        };
        let named = self.alias.clone().filter(|alias| !alias.is_empty());
        named
            .or_else(|| holder().filter(|name| !name.is_empty()))
            .unwrap_or_else(kind)
    }
}

impl Store {
    /// Every certificate, once.
    pub fn certificates(&self) -> Vec<Arc<Certificate>> {
        let all = self.entries.iter().flat_map(|entry| match &entry.kind {
            EntryKind::Certificate(certificate) => std::slice::from_ref(certificate),
            EntryKind::PrivateKey { chain, .. } => chain,
            _ => &[],
        });
        let mut seen = HashSet::new();
        all.filter(|certificate| seen.insert(certificate.der()))
            .cloned()
            .collect()
    }

    /// Trusts the certificates with these SHA-256, as far as they are here and may issue others.
    pub fn trust(&mut self, roots: &[String]) {
        if roots.is_empty() {
            return;
        }
        let all = self.held.iter().map(|held| &held.certificate);
        self.trusted = all
            .filter(|one| roots.contains(&one.sha256()) && one.is_self_signed())
            .cloned()
            .collect();
    }
}
