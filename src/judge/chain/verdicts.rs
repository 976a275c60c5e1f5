//! The chain of each entry of a store, from all that is in the store.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use time::OffsetDateTime;

use super::{Chain, chain};
use crate::model::certificate::Certificate;
use crate::model::name::Comparable;
use crate::model::store::{Held, Store};

/// Most chains that are judged at once: as many as a person reads one by one.
const JUDGED: usize = 40;

/// A certificate of the store, with its number there.
type Numbered<'s> = (usize, &'s Held);

/// The chain of each entry that is wanted and has a certificate, as far as they are judged; trusted are the public roots, and those that
/// the store says the person trusts.
pub fn verdicts(
    store: &Store,
    at: OffsetDateTime,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Option<Chain>> {
    let mut by_subject: HashMap<Comparable, Vec<Numbered<'_>>> = HashMap::new();
    for numbered in store.held.iter().enumerate() {
        let subject = Comparable::of(numbered.1.certificate.subject());
        by_subject.entry(subject).or_default().push(numbered);
    }
    let mut judged = 0;
    let entries = store.entries.iter().enumerate();
    entries
        .map(|(index, entry)| {
            let leaf = entry.certificate();
            let leaf = leaf.filter(|_| judged < JUDGED && wanted(index))?;
            judged += 1;
            let others = issuers(leaf, store, &by_subject);
            let mut built = chain(leaf, &others, &store.trusted, at);
            // Only what came in one file has an order.
            if !in_one_file(&built, store) {
                built.findings.retain(|one| one.code != "chain-order");
            }
            Some(built)
        })
        .collect()
}

fn in_one_file(chain: &Chain, store: &Store) -> bool {
    let held = store.held.iter();
    let mut files = held
        .filter(|held| chain.links.contains(&held.certificate))
        .map(|held| &held.files);
    let first = files.next();
    files.all(|files| Some(files) == first)
}

/// What could be above a certificate, by names, in the order of the files: of thousands only these are looked at.
fn issuers(
    leaf: &Arc<Certificate>,
    store: &Store,
    by_subject: &HashMap<Comparable, Vec<Numbered<'_>>>,
) -> Vec<Arc<Certificate>> {
    let mut found = Vec::new();
    // Each name once: thousands can have the same.
    let mut seen = HashSet::new();
    let mut wanted = vec![Comparable::of(leaf.issuer())];
    while let Some(name) = wanted.pop() {
        let named = by_subject.get(&name).map_or(&[][..], Vec::as_slice);
        if seen.insert(name) {
            found.extend_from_slice(named);
            let above = named.iter();
            wanted.extend(above.map(|(_, held)| Comparable::of(held.certificate.issuer())));
        }
    }
    // The end-entity too: its place says whether it came first.
    let mut held = store.held.iter().enumerate();
    let own = held.find(|(_, held)| held.certificate == *leaf);
    let is_there = |own: &Numbered<'_>| found.iter().any(|(number, _)| *number == own.0);
    found.extend(own.filter(|own| !is_there(own)));
    found.sort_unstable_by_key(|(number, _)| *number);
    let certificates = found.iter().map(|(_, held)| held.certificate.clone());
    certificates.collect()
}
