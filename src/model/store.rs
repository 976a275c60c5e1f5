//! What files held, and what belongs together.
//!
//! Each file gives [`Contents`]: items in the order of the file. [`Store::of`] lays the contents of all files side by side,
//! drops what came twice, gives each private key the certificate with its public key, and puts the chain in order,
//! end-entity first. Keys are paired by public key and never by name.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::error::{Error, Finding, Severity};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::kdf::{Keys, Stop};
use crate::inventory::saved::Saved;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;

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
    /// DER of a CertificateList.
    Crl(Vec<u8>),
    PrivateKey(Arc<PrivateKey>),
    /// DER of a SubjectPublicKeyInfo.
    PublicKey(Vec<u8>),
    /// DER of a CertificationRequest.
    Request(Vec<u8>),
    SecretKey(Arc<SecretKey>),
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
    pub certificates: Vec<Held>,
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
    /// Whether a revocation list names it: set by whoever verified the list.
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
    /// DER of a CertificateList.
    Crl(Vec<u8>),
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

/// One certificate of the store, with all that the files say of it.
struct Known {
    certificate: Arc<Certificate>,
    alias: Option<String>,
    public_key: PublicKey,
    local_key_ids: Vec<(u32, Vec<u8>)>,
    files: Vec<u32>,
    key_files: Vec<u32>,
    trusted: bool,
    used: bool,
}

impl Known {
    fn held(&self) -> Held {
        Held {
            certificate: self.certificate.clone(),
            files: self.files.clone(),
            key_files: self.key_files.clone(),
            revoked: false,
        }
    }
}

/// One private key of the store.
struct KnownKey {
    key: Arc<PrivateKey>,
    alias: Option<String>,
    local_key_ids: Vec<(u32, Vec<u8>)>,
    files: Vec<u32>,
}

impl Store {
    /// Pairs the contents of files, each under its id.
    pub(crate) fn of(files: &[(u32, &Contents)]) -> Self {
        let (mut keys, mut certificates, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (file, contents) in files {
            for item in &contents.items {
                match &item.value {
                    Value::Certificate(certificate) => {
                        note_certificate(&mut certificates, *file, item, certificate)
                    }
                    Value::PrivateKey(key) => note_key(&mut keys, *file, item, key),
                    Value::Crl(der) => note(&mut others, *file, item, EntryKind::Crl(der.clone())),
                    Value::PublicKey(spki) => {
                        note(&mut others, *file, item, EntryKind::PublicKey(spki.clone()))
                    }
                    Value::Request(der) => {
                        note(&mut others, *file, item, EntryKind::Request(der.clone()))
                    }
                    Value::SecretKey(key) => {
                        note(&mut others, *file, item, EntryKind::SecretKey(key.clone()))
                    }
                }
            }
        }
        let mut store = Self::default();
        for (file, contents) in files {
            store.tables.extend(contents.tables.iter().cloned());
            store
                .findings
                .extend(contents.findings.iter().cloned().map(|mut finding| {
                    finding.file = Some(*file);
                    finding
                }));
        }
        for key in keys {
            store.pair(key, &mut certificates);
        }
        store.certificates = certificates.iter().map(Known::held).collect();
        for known in certificates {
            // What serves as a link of a chain stands there; an entry of its own is only what a file says is one.
            if !known.used || known.trusted {
                store.entries.push(Entry {
                    alias: known.alias,
                    files: known.files,
                    kind: EntryKind::Certificate(known.certificate),
                });
            }
        }
        // The public key of a key that is here says nothing new.
        others.retain(|entry: &Entry| match &entry.kind {
            EntryKind::PublicKey(spki) => !store.has_public_key(spki),
            _ => true,
        });
        store.entries.append(&mut others);
        store
    }

    /// Every certificate, once.
    pub fn certificates(&self) -> Vec<Arc<Certificate>> {
        let of_entry = |entry: &Entry| match &entry.kind {
            EntryKind::Certificate(certificate) => vec![certificate.clone()],
            EntryKind::PrivateKey { chain, .. } => chain.clone(),
            _ => Vec::new(),
        };
        let mut seen = HashSet::new();
        let all = self.entries.iter().flat_map(of_entry);
        all.filter(|certificate| seen.insert(certificate.clone()))
            .collect()
    }

    /// Trusts the certificates with these SHA-256, as far as they are here and may issue others.
    pub fn trust(&mut self, roots: &[String]) {
        if roots.is_empty() {
            return;
        }
        let all = self.certificates.iter().map(|held| &held.certificate);
        self.trusted = all
            .filter(|one| one.is_self_issued() && roots.contains(&one.sha256()))
            .cloned()
            .collect();
    }

    fn has_public_key(&self, spki: &[u8]) -> bool {
        self.entries.iter().any(|entry| match &entry.kind {
            EntryKind::PrivateKey { key, .. } => key.spki() == Some(spki),
            _ => false,
        })
    }

    fn pair(&mut self, key: KnownKey, certificates: &mut [Known]) {
        let (leaf, stranger) = leaf_of(&key, certificates);
        let chain = leaf
            .map(|leaf| chain_of(leaf, certificates))
            .unwrap_or_default();
        let public_key = key.key.spki().map(public_key);
        for (at, known) in certificates.iter_mut().enumerate() {
            if leaf == Some(at) || public_key.as_ref() == Some(&known.public_key) {
                for file in &key.files {
                    push_once(&mut known.key_files, *file);
                }
            }
        }
        if let (None, Some(stranger)) = (leaf, stranger) {
            let name = certificates[stranger].certificate.name();
            let mut finding = Finding::new(
                Severity::Error,
                "certificate-of-another-key",
                format!(
                    "the private key is not the one of the certificate “{name}” that stands beside it"
                ),
                "add the private key that was made together with the request for this certificate, or the certificate \
                 that was issued for this key",
                serde_json::json!({ "certificate": name }),
            );
            finding.entry = Some(self.entries.len());
            self.findings.push(finding);
        }
        let mut files = key.files;
        for &link in &chain {
            certificates[link].used = true;
            files.extend(&certificates[link].files);
        }
        files.sort_unstable();
        files.dedup();
        let leaf_alias = chain
            .first()
            .and_then(|&leaf| certificates[leaf].alias.clone());
        self.entries.push(Entry {
            alias: key.alias.or(leaf_alias),
            files,
            kind: EntryKind::PrivateKey {
                key: key.key,
                chain: chain
                    .iter()
                    .map(|&link| certificates[link].certificate.clone())
                    .collect(),
            },
        });
    }
}

fn note(others: &mut Vec<Entry>, file: u32, item: &Item, kind: EntryKind) {
    let same = |entry: &&mut Entry| match (&entry.kind, &kind) {
        (EntryKind::Crl(one), EntryKind::Crl(other))
        | (EntryKind::PublicKey(one), EntryKind::PublicKey(other))
        | (EntryKind::Request(one), EntryKind::Request(other)) => one == other,
        (EntryKind::SecretKey(one), EntryKind::SecretKey(other)) => {
            one == other && entry.alias == item.alias
        }
        _ => false,
    };
    match others.iter_mut().find(same) {
        Some(entry) => push_once(&mut entry.files, file),
        None => others.push(Entry {
            alias: item.alias.clone(),
            files: vec![file],
            kind,
        }),
    }
}

fn note_certificate(
    certificates: &mut Vec<Known>,
    file: u32,
    item: &Item,
    certificate: &Arc<Certificate>,
) {
    let at = match certificates
        .iter()
        .position(|known| known.certificate == *certificate)
    {
        Some(at) => at,
        None => {
            certificates.push(Known {
                certificate: certificate.clone(),
                alias: None,
                public_key: public_key(certificate.spki()),
                local_key_ids: Vec::new(),
                files: Vec::new(),
                key_files: Vec::new(),
                trusted: false,
                used: false,
            });
            certificates.len() - 1
        }
    };
    let known = &mut certificates[at];
    known.trusted |= item.trusted;
    push_once(&mut known.files, file);
    known
        .local_key_ids
        .extend(item.local_key_id.clone().map(|id| (file, id)));
    if known.alias.is_none() {
        known.alias = item.alias.clone();
    }
}

fn note_key(keys: &mut Vec<KnownKey>, file: u32, item: &Item, key: &Arc<PrivateKey>) {
    // The same key under two aliases of one store is two identities: a person gave it two names.
    let same = |known: &&mut KnownKey| {
        known.key == *key
            && (known.alias == item.alias || known.alias.is_none() || item.alias.is_none())
    };
    let local_key_id = item.local_key_id.clone().map(|id| (file, id));
    match keys.iter_mut().find(same) {
        Some(known) => {
            push_once(&mut known.files, file);
            known.local_key_ids.extend(local_key_id);
            known.alias = known.alias.take().or_else(|| item.alias.clone());
        }
        None => keys.push(KnownKey {
            key: key.clone(),
            alias: item.alias.clone(),
            local_key_ids: local_key_id.into_iter().collect(),
            files: vec![file],
        }),
    }
}

fn push_once(files: &mut Vec<u32>, file: u32) {
    if !files.contains(&file) {
        files.push(file);
    }
}

/// The certificate with the key's public key, and the one that only claims to belong to it by its localKeyId.
///
/// Several certificates of one key are a renewed one and its predecessors: the one that the file ties to the key is taken,
/// else the one that is valid longest.
fn leaf_of(key: &KnownKey, certificates: &[Known]) -> (Option<usize>, Option<usize>) {
    let tied = |known: &Known| {
        known
            .local_key_ids
            .iter()
            .any(|id| key.local_key_ids.contains(id))
    };
    let claimed = certificates.iter().position(tied);
    let Some(spki) = key.key.spki() else {
        // The public key cannot be computed: what the file says is all there is, and the kind of key must at least agree.
        let agrees =
            |at: &usize| certificates[*at].certificate.algorithm().name == key.key.algorithm().name;
        return (claimed.filter(agrees), claimed);
    };
    let public_key = public_key(spki);
    let matching = certificates
        .iter()
        .enumerate()
        .filter(|(_, known)| known.public_key == public_key);
    let best = matching.max_by_key(|(at, known)| {
        let (_, not_after) = known.certificate.validity();
        (tied(known), not_after, std::cmp::Reverse(*at))
    });
    (best.map(|(at, _)| at), claimed)
}

/// What two SubjectPublicKeyInfos of the same key have in common: the bit string, and the identifier where it matters.
type PublicKey = (String, Vec<u8>);

/// RSA keys come with NULL parameters, without any, or with PSS ones that restrict the use of the same key. What cannot be
/// read is the same as its own bytes alone.
fn public_key(spki: &[u8]) -> PublicKey {
    let read = || -> Option<PublicKey> {
        let node = crate::asn1::ber::Node::parse(spki).ok()?;
        let [identifier, bits] = node.nodes() else {
            return None;
        };
        let kind = crate::crypto::algorithm::KeyAlgorithm::of_identifier(identifier).ok()?;
        let name = if kind.name == "RSA-PSS" {
            "RSA".to_owned()
        } else {
            kind.words()
        };
        Some((name, bits.contents().to_vec()))
    };
    read().unwrap_or_else(|| (String::new(), spki.to_vec()))
}

/// The chain of a certificate, by names and key identifiers; signatures are checked by whoever judges the chain.
fn chain_of(leaf: usize, certificates: &[Known]) -> Vec<usize> {
    let mut chain = vec![leaf];
    loop {
        let last = &certificates[chain[chain.len() - 1]];
        if last.certificate.is_self_issued() {
            return chain;
        }
        let authority = last.certificate.extensions().authority_key_id;
        let issuers = certificates.iter().enumerate().filter(|(at, known)| {
            !chain.contains(at) && known.certificate.subject() == last.certificate.issuer()
        });
        let best = issuers.max_by_key(|(at, known)| {
            let id = known.certificate.extensions().subject_key_id;
            let named = authority.is_some() && id == authority;
            let contradicted = authority.is_some() && id.is_some() && id != authority;
            let together = known.files.iter().any(|file| last.files.contains(file));
            let (_, not_after) = known.certificate.validity();
            (
                !contradicted,
                named,
                together,
                not_after,
                std::cmp::Reverse(*at),
            )
        });
        match best {
            Some((at, _)) => chain.push(at),
            None => return chain,
        }
    }
}
