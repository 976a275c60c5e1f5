//! Store to what a person sees, as JSON; never a secret. The examples print it and the page shows it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::base::error::Error;
use crate::convert::suggested_alias;
use crate::crypto::digest::sha256_hex;
use crate::format::crl::Crl;
use crate::inventory::Table;
use crate::judge::chain::{Chain, verdicts};
use crate::judge::check::{check, of_chain};
use crate::judge::validity::Validity;
use crate::model::certificate::{Certificate, rfc3339};
use crate::model::name;
use crate::model::store::{Entry, EntryKind, Store, Value as Thing};
use crate::opening::{OpenedFile, Opening, State};
use crate::target::Target;

/// Files, entries and findings, judged for a target and an instant.
pub fn describe(opening: &Opening, store: &Store, target: &Target, at: OffsetDateTime) -> Value {
    let files: Vec<Value> = opening
        .files()
        .map(|file| {
            let entries: Vec<usize> = store
                .entries
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.files.contains(&file.id))
                .map(|(index, _)| index)
                .collect();
            let error = file.error();
            let mut described = json!({
                "id": file.id,
                "name": file.name,
                "size": file.size,
                "state": state(file.state()),
                "entries": entries,
                "holds": holds(file),
            });
            if let Some(format) = file.format {
                described["format"] = format.id().into();
                described["format_label"] = format.label().into();
            }
            if let Some(error) = error {
                described["error"] = error.to_json();
            }
            described
        })
        .collect();
    let chains = verdicts(store, at, &|_| true);
    let entries: Vec<Value> = store
        .entries
        .iter()
        .zip(&chains)
        .map(|(entry, chain)| {
            let mut described = describe_entry(entry, at);
            described["verdict"] = json!(chain.as_ref().map(Chain::to_json));
            described
        })
        .collect();
    let mut findings = check(store, target, at);
    for (index, chain) in chains.iter().enumerate() {
        findings.extend(of_chain(index, chain.as_ref(), target));
    }
    // What is missing may lie in the file that still waits: no need to look elsewhere yet.
    if opening.files().any(|file| waits(file.error())) {
        findings.retain(|one| !matches!(one.code, "key-without-certificate" | "no-private-key"));
    }
    json!({
        "files": files,
        "entries": entries,
        "findings": findings,
        "target": target.id,
        "rows": Table::new(opening, store, at).len(),
    })
}

fn waits(error: Option<&Error>) -> bool {
    error.is_some_and(|error| {
        error.wants_password() || matches!(error, Error::CostlyDerivation { .. })
    })
}

/// How many things of each kind lie in the file itself; an entry may be made of things from several files.
fn holds(file: &OpenedFile) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for item in file.contents().iter().flat_map(|contents| &contents.items) {
        let kind = match item.value {
            Thing::Certificate(_) => "certificate",
            Thing::Crl(_) => "crl",
            Thing::PrivateKey(_) => "private-key",
            Thing::PublicKey(_) => "public-key",
            Thing::Request(_) => "request",
            Thing::SecretKey(_) => "secret-key",
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

fn state(state: State<'_>) -> &'static str {
    match state {
        State::Open => "open",
        State::Failed(Error::CostlyDerivation { .. }) => "costly",
        State::Failed(error) if error.wants_password() => "locked",
        State::Failed(_) => "refused",
        State::Pending => "locked",
    }
}

fn describe_entry(entry: &Entry, at: OffsetDateTime) -> Value {
    let mut described = match &entry.kind {
        EntryKind::PrivateKey { key, chain } => {
            let algorithm = key.algorithm();
            json!({
                "kind": "private-key",
                "algorithm": algorithm.name,
                "bits": algorithm.bits,
                "curve": algorithm.curve,
                "key": algorithm.words(),
                "spki_sha256": key.spki().map(sha256_hex),
                "emails": chain.first().map(|leaf| leaf.emails()).unwrap_or_default(),
                "chain": chain.iter().map(|link| describe_certificate(link, at)).collect::<Vec<_>>(),
            })
        }
        EntryKind::Certificate(certificate) => {
            let mut described = describe_certificate(certificate, at);
            described["kind"] = "certificate".into();
            described
        }
        EntryKind::Crl(der) => json!({
            "kind": "crl",
            "sha256": sha256_hex(der),
            "issuer_name": Crl::parse(der).ok().map(|crl| name::display(crl.issuer())),
        }),
        EntryKind::PublicKey(spki) => {
            json!({ "kind": "public-key", "spki_sha256": sha256_hex(spki) })
        }
        EntryKind::Request(der) => json!({ "kind": "request", "sha256": sha256_hex(der) }),
        EntryKind::SecretKey(key) => json!({
            "kind": "secret-key",
            "algorithm": key.algorithm,
            "bits": key.bytes.expose().len() * 8,
        }),
    };
    described["alias"] = json!(entry.alias);
    described["suggested_alias"] = suggested_alias(entry).into();
    described["name"] = entry
        .certificate()
        .map_or_else(|| entry.name(), |certificate| certificate.name())
        .into();
    described["files"] = json!(entry.files);
    described
}

fn describe_certificate(certificate: &Certificate, at: OffsetDateTime) -> Value {
    let extensions = certificate.extensions();
    let algorithm = certificate.algorithm();
    let (not_before, not_after) = certificate.validity();
    let validity = Validity::of(certificate, at);
    let status = match validity {
        Validity::Expired { .. } => "expired",
        Validity::ExpiresSoon { .. } | Validity::Valid => "valid",
        Validity::NotYetValid { .. } => "not-yet-valid",
        Validity::Unreadable => "unknown",
    };
    json!({
        "name": certificate.name(),
        "subject": name::to_text(certificate.subject()),
        "issuer": name::to_text(certificate.issuer()),
        "issuer_name": name::display(certificate.issuer()),
        "serial": certificate.serial(),
        "not_before": not_before.and_then(rfc3339),
        "not_after": not_after.and_then(rfc3339),
        "days_left": not_after.map(|not_after| (not_after - at).whole_days()),
        "status": status,
        "expires_soon": matches!(validity, Validity::ExpiresSoon { .. }),
        "self_signed": certificate.is_self_signed(),
        "ca": extensions.ca,
        "emails": certificate.emails(),
        "algorithm": algorithm.name,
        "bits": algorithm.bits,
        "curve": algorithm.curve,
        "key": algorithm.words(),
        "signature_algorithm": certificate.signature_algorithm(),
        "key_usage": extensions.key_usage,
        "extended_key_usage": extensions.extended_key_usage,
        "spki_sha256": sha256_hex(certificate.spki()),
        "sha1": certificate.sha1(),
        "sha256": certificate.sha256(),
    })
}
