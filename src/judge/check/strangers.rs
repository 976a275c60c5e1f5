//! A private key and certificates that are not its own, named with their files.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::model::store::{Entry, EntryKind, Store};

/// A key that waits for its certificate, beside certificates that wait for theirs: that they do not belong together is the fact, and
/// both names find the file that is wrong. `name` gives the name of a file.
pub(crate) fn strangers(store: &Store, name: &dyn Fn(&u32) -> String, findings: &mut Vec<Finding>) {
    let lone: Vec<(&Entry, String)> = store.entries.iter().filter_map(without_key).collect();
    if lone.is_empty() {
        return;
    }
    for (index, entry) in store.entries.iter().enumerate() {
        let about = |code: &str, one: &Finding| one.entry == Some(index) && one.code == code;
        // What the file itself ties to the key is the one that is meant.
        let tied = findings
            .iter()
            .find(|one| about("certificate-of-another-key", one))
            .and_then(|one| one.data.get("certificate")?.as_str().map(str::to_owned));
        let waits = |one: &Finding| about("key-without-certificate", one);
        if tied.is_none() && !findings.iter().any(waits) || !is_lone_key(entry) {
            continue;
        }
        findings.retain(|one| !waits(one) && !about("certificate-of-another-key", one));
        let meant = lone
            .iter()
            .filter(|(_, certificate)| tied.as_ref().is_none_or(|tied| tied == certificate));
        let key_file = entry.files.first().map(name).unwrap_or_default();
        let (code, data) = match meant.collect::<Vec<_>>()[..] {
            [(other, certificate)] if have_common(entry, other) => (
                "certificate-of-another-key.file",
                json!({ "key_file": key_file, "certificate": certificate }),
            ),
            [(other, certificate)] => {
                let file = other.files.first().map(name);
                let data = json!({ "key_file": key_file, "certificate": certificate, "certificate_file": file });
                ("certificate-of-another-key.files", data)
            }
            ref several => (
                "certificate-of-another-key.several",
                json!({ "key_file": key_file, "count": several.len() }),
            ),
        };
        let mut finding = Finding::new(Severity::Error, code, data);
        finding.entry = Some(index);
        findings.push(finding);
    }
}

/// A user's certificate without its key, by name.
fn without_key(entry: &Entry) -> Option<(&Entry, String)> {
    match &entry.kind {
        EntryKind::Certificate(certificate) if !certificate.extensions().ca => {
            Some((entry, certificate.name()))
        }
        _ => None,
    }
}

/// A key without a certificate, of which it can be said which certificate is its own.
fn is_lone_key(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::PrivateKey { key, chain } if chain.is_empty() && key.spki().is_some())
}

fn have_common(one: &Entry, other: &Entry) -> bool {
    one.files.iter().any(|file| other.files.contains(file))
}
