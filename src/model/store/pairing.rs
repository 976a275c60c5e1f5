//! [`Store::of`]: lays the contents of all files side by side, drops what came twice, gives each private key the certificate with
//! its public key, and puts the chain in order, end-entity first. Keys are paired by public key and never by name.
//!
//! Inventories have tens of thousands of certificates, so everything is looked up by its bytes, and nothing is compared with all
//! the rest.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::json;

use super::{Contents, Entry, EntryKind, Held, Item, SecretKey, Store, Value};
use crate::asn1::ber::Node;
use crate::base::error::{Finding, Severity};
use crate::crypto::algorithm::KeyAlgorithm;
use crate::crypto::signature::Verdict;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;

/// Most signatures that are verified to choose between issuers of one name.
const SIGNATURE_LIMIT: usize = 8;

impl Store {
    /// Pairs the contents of files, each under its id.
    pub(crate) fn of(files: &[(u32, &Contents)]) -> Self {
        let mut store = Self::default();
        let mut certificates = Certificates::default();
        let (mut keys, mut others) = (KnownKeys::default(), Others::default());
        for (file, contents) in files {
            for item in &contents.items {
                match &item.value {
                    Value::Certificate(certificate) => certificates.note(*file, item, certificate),
                    Value::PrivateKey(key) => keys.note(*file, item, key),
                    Value::Crl(der) => {
                        let kind = || EntryKind::Crl(der.clone());
                        others.note(*file, item, Same::Crl(der), kind);
                    }
                    Value::PublicKey(spki) => {
                        let kind = || EntryKind::PublicKey(spki.clone());
                        others.note(*file, item, Same::PublicKey(spki), kind);
                    }
                    Value::Request(der) => {
                        let kind = || EntryKind::Request(der.clone());
                        others.note(*file, item, Same::Request(der), kind);
                    }
                    Value::SecretKey(key) => {
                        let kind = || EntryKind::SecretKey(key.clone());
                        others.note(*file, item, Same::secret_key(item, key), kind);
                    }
                }
            }
            store.tables.extend(contents.tables.iter().cloned());
            let findings = contents.findings.iter().cloned();
            store.findings.extend(findings.map(|finding| Finding {
                file: Some(*file),
                ..finding
            }));
        }
        // The public key of a key that is here says nothing new.
        let own: HashSet<&[u8]> = keys
            .all
            .iter()
            .filter_map(|known| known.key.spki())
            .collect();
        others.all.retain(|entry| match &entry.kind {
            EntryKind::PublicKey(spki) => !own.contains(spki.as_slice()),
            _ => true,
        });
        for key in keys.all {
            store.pair(key, &mut certificates);
        }
        store.held = certificates.all.iter().map(Known::held).collect();
        for known in certificates.all {
            // What serves as a link of a chain stands there; an entry of its own is only what a file says is one.
            if !known.used || known.trusted {
                store.entries.push(Entry {
                    alias: known.alias,
                    files: known.files,
                    kind: EntryKind::Certificate(known.certificate),
                });
            }
        }
        store.entries.append(&mut others.all);
        store
    }

    fn pair(&mut self, key: KnownKey, certificates: &mut Certificates<'_>) {
        let (leaf, stranger) = certificates.leaf_of(&key);
        let chain = leaf.map(|leaf| certificates.chain_of(leaf));
        let chain = chain.unwrap_or_default();
        let same_key = certificates.of_public_key(key.key.spki()).to_vec();
        let lone = leaf.filter(|leaf| !same_key.contains(leaf));
        for at in same_key.into_iter().chain(lone) {
            certificates.known_mut(at).key_files.extend(&key.files);
        }
        if let (None, Some(stranger)) = (leaf, stranger) {
            let name = certificates.known(stranger).certificate.name();
            let mut finding = Finding::new(
                Severity::Error,
                "certificate-of-another-key",
                json!({ "certificate": name }),
            );
            finding.entry = Some(self.entries.len());
            self.findings.push(finding);
        }
        let mut files = key.files;
        for &link in &chain {
            let link = certificates.known_mut(link);
            link.used = true;
            files.extend(&link.files);
        }
        files.sort_unstable();
        files.dedup();
        let links = chain.iter().map(|&link| certificates.known(link));
        let leaf_alias = links.clone().next().and_then(|leaf| leaf.alias.clone());
        self.entries.push(Entry {
            alias: key.alias.or(leaf_alias),
            files,
            kind: EntryKind::PrivateKey {
                key: key.key,
                chain: links.map(|link| link.certificate.clone()).collect(),
            },
        });
    }
}

/// One certificate of the store, with all that the files say of it.
struct Known {
    certificate: Arc<Certificate>,
    alias: Option<String>,
    local_key_ids: Vec<(u32, Vec<u8>)>,
    files: Vec<u32>,
    key_files: Vec<u32>,
    trusted: bool,
    used: bool,
}

impl Known {
    fn held(&self) -> Held {
        let mut key_files = self.key_files.clone();
        key_files.sort_unstable();
        key_files.dedup();
        Held {
            certificate: self.certificate.clone(),
            files: self.files.clone(),
            key_files,
            revoked: false,
        }
    }
}

/// The certificates of the store, each once, in the order of the files, and their places by all that they are looked up by.
#[derive(Default)]
struct Certificates<'c> {
    all: Vec<Known>,
    places: HashMap<&'c [u8], usize>,
    by_public_key: HashMap<PublicKey, Vec<usize>>,
    by_subject: HashMap<&'c [u8], Vec<usize>>,
    /// The first that has the localKeyId of a file.
    by_local_key_id: HashMap<(u32, Vec<u8>), usize>,
}

impl<'c> Certificates<'c> {
    fn note(&mut self, file: u32, item: &Item, certificate: &'c Arc<Certificate>) {
        let at = *self.places.entry(certificate.der()).or_insert_with(|| {
            let at = self.all.len();
            self.all.push(Known {
                certificate: certificate.clone(),
                alias: None,
                local_key_ids: Vec::new(),
                files: Vec::new(),
                key_files: Vec::new(),
                trusted: false,
                used: false,
            });
            let public_key = PublicKey::of(certificate.spki());
            self.by_public_key.entry(public_key).or_default().push(at);
            let subject = self.by_subject.entry(certificate.subject());
            subject.or_default().push(at);
            at
        });
        let local_key_id = item.local_key_id.clone().map(|id| (file, id));
        if let Some(id) = &local_key_id {
            let first = self.by_local_key_id.entry(id.clone()).or_insert(at);
            *first = at.min(*first);
        }
        let known = self.known_mut(at);
        known.trusted |= item.trusted;
        push_once(&mut known.files, file);
        known.local_key_ids.extend(local_key_id);
        if known.alias.is_none() {
            known.alias.clone_from(&item.alias);
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "`note` alone makes places, and no certificate is taken away"
    )]
    fn known(&self, at: usize) -> &Known {
        &self.all[at]
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "`note` alone makes places, and no certificate is taken away"
    )]
    fn known_mut(&mut self, at: usize) -> &mut Known {
        &mut self.all[at]
    }

    fn of_public_key(&self, spki: Option<&[u8]>) -> &[usize] {
        let places = spki.and_then(|spki| self.by_public_key.get(&PublicKey::of(spki)));
        places.map_or(&[], Vec::as_slice)
    }

    /// The certificate with the key's public key, and the one that only claims to belong to it by its localKeyId.
    ///
    /// Several certificates of one key are a renewed one and its predecessors: the one that the file ties to the key is taken,
    /// else the one that is valid longest.
    fn leaf_of(&self, key: &KnownKey) -> (Option<usize>, Option<usize>) {
        let ids = key.local_key_ids.iter();
        let claimed = ids.filter_map(|id| self.by_local_key_id.get(id)).min();
        let claimed = claimed.copied();
        let Some(spki) = key.key.spki() else {
            // The public key cannot be computed: what the file says is all there is, and the kind of key must at least agree.
            let agrees = |at: &usize| {
                self.known(*at).certificate.algorithm().name == key.key.algorithm().name
            };
            return (claimed.filter(agrees), claimed);
        };
        let tied = |known: &Known| {
            let mut ids = known.local_key_ids.iter();
            ids.any(|id| key.local_key_ids.contains(id))
        };
        let matching = self.of_public_key(Some(spki)).iter().copied();
        let best = matching.max_by_key(|&at| {
            let known = self.known(at);
            let (_, not_after) = known.certificate.validity();
            (tied(known), not_after, Reverse(at))
        });
        (best, claimed)
    }

    /// The chain of a certificate, by names and key identifiers, up to a certificate that signed itself. Where issuers of one
    /// name have several keys, the signature tells which; all else about signatures is said by the judge of the chain.
    fn chain_of(&self, leaf: usize) -> Vec<usize> {
        let mut chain = vec![leaf];
        let mut last = leaf;
        while !self.known(last).certificate.is_self_signed()
            && let Some(issuer) = self.issuer_of(last, &chain)
        {
            chain.push(issuer);
            last = issuer;
        }
        chain
    }

    fn issuer_of(&self, below: usize, chain: &[usize]) -> Option<usize> {
        let below = self.known(below);
        let named = self.by_subject.get(below.certificate.issuer())?.iter();
        let mut issuers: Vec<usize> = named.copied().filter(|at| !chain.contains(at)).collect();
        if let [_, _, ..] = issuers[..] {
            issuers.sort_by_cached_key(|&at| Reverse(self.likeness(at, below)));
        }
        let best = *issuers.first()?;
        let key = |at: usize| self.known(at).certificate.spki();
        let self_issued = below.certificate.is_self_issued();
        if !self_issued && issuers.iter().all(|&at| key(at) == key(best)) {
            return Some(best);
        }
        let mut likely = issuers.iter().copied().take(SIGNATURE_LIMIT);
        let signer = likely.find(|&at| below.certificate.verify(key(at)) == Verdict::Right);
        // Its own name leads to another certificate of the same CA only where something more than the name says so.
        let named = self.key_identifiers(best, below).0;
        signer.or((!self_issued || named).then_some(best))
    }

    /// How likely an issuer of the right name is the one; the most likely is the greatest.
    fn likeness(&self, at: usize, below: &Known) -> impl Ord + use<> {
        let known = self.known(at);
        let (named, contradicted) = self.key_identifiers(at, below);
        let together = have_common(&known.files, &below.files);
        let (_, not_after) = known.certificate.validity();
        (!contradicted, named, together, not_after, Reverse(at))
    }

    /// Whether the key identifiers say that this is the issuer, and whether they say that it is not.
    fn key_identifiers(&self, at: usize, below: &Known) -> (bool, bool) {
        let wanted = &below.certificate.extensions().authority_key_id;
        let here = &self.known(at).certificate.extensions().subject_key_id;
        match (wanted, here) {
            (Some(wanted), Some(here)) => (wanted == here, wanted != here),
            _ => (false, false),
        }
    }
}

/// What two SubjectPublicKeyInfos of the same key have in common: the kind where it matters, and the bit string.
#[derive(PartialEq, Eq, Hash)]
struct PublicKey(String, Vec<u8>);

impl PublicKey {
    /// RSA keys come with NULL parameters, without any, or with PSS ones that restrict the use of the same key. What cannot be
    /// read is the same as its own bytes alone.
    fn of(spki: &[u8]) -> Self {
        let read = || -> Option<Self> {
            let node = Node::parse(spki).ok()?;
            let [identifier, bits] = node.nodes() else {
                return None;
            };
            let kind = KeyAlgorithm::of_identifier(identifier).ok()?;
            let name = match kind.name.as_str() {
                "RSA-PSS" => "RSA".to_owned(),
                _ => kind.words(),
            };
            Some(Self(name, bits.contents().to_vec()))
        };
        read().unwrap_or_else(|| Self(String::new(), spki.to_vec()))
    }
}

/// One private key of the store.
struct KnownKey {
    key: Arc<PrivateKey>,
    alias: Option<String>,
    local_key_ids: Vec<(u32, Vec<u8>)>,
    files: Vec<u32>,
}

/// The private keys of the store, and the places of those with a public key.
#[derive(Default)]
struct KnownKeys<'c> {
    all: Vec<KnownKey>,
    places: HashMap<Option<&'c [u8]>, Vec<usize>>,
}

impl<'c> KnownKeys<'c> {
    fn note(&mut self, file: u32, item: &Item, key: &'c Arc<PrivateKey>) {
        let places = self.places.entry(key.spki()).or_default();
        // The same key under two aliases of one store is two identities: a person gave it two names.
        let same = |known: &KnownKey| {
            known.key == *key
                && (known.alias == item.alias || known.alias.is_none() || item.alias.is_none())
        };
        let local_key_id = item.local_key_id.clone().map(|id| (file, id));
        let known = places
            .iter()
            .find(|&&at| self.all.get(at).is_some_and(same));
        match known.and_then(|&at| self.all.get_mut(at)) {
            Some(known) => {
                push_once(&mut known.files, file);
                known.local_key_ids.extend(local_key_id);
                known.alias = known.alias.take().or_else(|| item.alias.clone());
            }
            None => {
                places.push(self.all.len());
                self.all.push(KnownKey {
                    key: key.clone(),
                    alias: item.alias.clone(),
                    local_key_ids: local_key_id.into_iter().collect(),
                    files: vec![file],
                });
            }
        }
    }
}

/// What two things have in common that are one.
#[derive(PartialEq, Eq, Hash)]
enum Same<'c> {
    Crl(&'c [u8]),
    PublicKey(&'c [u8]),
    Request(&'c [u8]),
    SecretKey(&'c str, &'c [u8], Option<&'c str>),
}

impl<'c> Same<'c> {
    fn secret_key(item: &'c Item, key: &'c SecretKey) -> Self {
        Self::SecretKey(&key.algorithm, key.bytes.expose(), item.alias.as_deref())
    }
}

/// Entries that are neither keys nor certificates, each once.
#[derive(Default)]
struct Others<'c> {
    all: Vec<Entry>,
    places: HashMap<Same<'c>, usize>,
}

impl<'c> Others<'c> {
    fn note(&mut self, file: u32, item: &Item, same: Same<'c>, kind: impl Fn() -> EntryKind) {
        let at = *self.places.entry(same).or_insert_with(|| {
            self.all.push(Entry {
                alias: item.alias.clone(),
                files: Vec::new(),
                kind: kind(),
            });
            self.all.len() - 1
        });
        if let Some(entry) = self.all.get_mut(at) {
            push_once(&mut entry.files, file);
        }
    }
}

/// Notes a file; what one file holds comes together.
fn push_once(files: &mut Vec<u32>, file: u32) {
    if files.last() != Some(&file) {
        files.push(file);
    }
}

/// Whether two lists of files have one in common.
fn have_common(one: &[u32], other: &[u32]) -> bool {
    let (few, many) = match one.len() < other.len() {
        true => (one, other),
        false => (other, one),
    };
    let few: HashSet<&u32> = few.iter().collect();
    many.iter().any(|file| few.contains(file))
}

#[cfg(test)]
mod tests;
