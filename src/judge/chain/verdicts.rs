//! The chain of each entry of a store, from all that is in the store.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use time::OffsetDateTime;

use super::{Chain, chain};
use crate::model::certificate::Certificate;
use crate::model::name::Comparable;
use crate::model::store::Store;

/// Most chains that are judged at once: as many as a person reads one by one.
const JUDGED: usize = 40;

/// The chain of each entry that is wanted and has a certificate, as far as they are judged; trusted are the public roots, and those that
/// the store says the person trusts.
pub fn verdicts(
    store: &Store,
    at: OffsetDateTime,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Option<Chain>> {
    let mut by_subject: HashMap<Comparable, Vec<usize>> = HashMap::new();
    for (index, held) in store.held.iter().enumerate() {
        let subject = Comparable::of(held.certificate.subject());
        by_subject.entry(subject).or_default().push(index);
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
    by_subject: &HashMap<Comparable, Vec<usize>>,
) -> Vec<Arc<Certificate>> {
    let mut found = Vec::new();
    // Each name once: thousands can have the same.
    let mut seen = HashSet::new();
    let mut wanted = vec![Comparable::of(leaf.issuer())];
    while let Some(name) = wanted.pop() {
        let named = by_subject.get(&name).map_or(&[][..], Vec::as_slice);
        if seen.insert(name) {
            found.extend_from_slice(named);
            let above = named.iter().map(|&index| &store.held[index]);
            wanted.extend(above.map(|held| Comparable::of(held.certificate.issuer())));
        }
    }
    // The end-entity too: its place says whether it came first.
    let own = |index: &usize| store.held[*index].certificate == *leaf;
    found.extend(
        (0..store.held.len())
            .find(own)
            .filter(|own| !found.contains(own)),
    );
    found.sort_unstable();
    let certificate = |index: &usize| store.held[*index].certificate.clone();
    found.iter().map(certificate).collect()
}
