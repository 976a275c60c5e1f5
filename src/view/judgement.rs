//! What is to be said of an entry: whether the chosen system takes it, and each finding once, those that stop it first.

use serde::Serialize;

use crate::base::error::{Finding, Severity};
use crate::judge::chain::Chain;
use crate::model::store::{self, EntryKind, Kind};
use crate::target::Target;

/// What a system and the calendar say of an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// Whether the system takes it; null where no system is chosen, and for what is no certificate of a user.
    pub outcome: Option<Outcome>,
    /// What a person should act on, problems first.
    pub findings: Vec<Finding>,
    /// What is good to know.
    pub notes: Vec<Finding>,
}

/// Whether a system takes an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Something that it needs is not in the files.
    Incomplete,
    /// It takes it.
    Ready,
    /// It will refuse it.
    Refused,
    /// It takes it, and there are warnings.
    Warned,
}

/// Problems that another file can solve.
const MISSING: [&str; 4] = [
    "certificate-of-another-key",
    "chain-incomplete",
    "key-without-certificate",
    "no-private-key",
];

/// A finding about the end of a chain, and the one of a system that says the same and more.
const SAME: [(&str, &str); 2] = [
    ("chain-private-root", "private-root"),
    ("chain-self-signed", "self-signed"),
];

impl Judgement {
    /// `own` are the findings about the entry itself, of the system too.
    pub(super) fn of(
        entry: &store::Entry,
        own: Vec<Finding>,
        chain: Option<&Chain>,
        target: Option<&Target>,
    ) -> Self {
        let mut all = own;
        for finding in chain.iter().flat_map(|chain| &chain.findings) {
            if !is_said(finding, entry, &all) {
                all.push(finding.clone());
            }
        }
        let (notes, mut findings): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|finding| finding.severity == Severity::Info || is_of_root(finding, entry));
        findings.sort_by_key(|finding| {
            // A missing key is looked for before a missing issuer.
            let no_key = finding.code == "no-private-key";
            let is_missing = MISSING.contains(&finding.code);
            (
                finding.severity != Severity::Error && !no_key,
                is_missing,
                !no_key,
            )
        });
        Self {
            outcome: target.and_then(|target| outcome(entry, &findings, target)),
            findings,
            notes,
        }
    }
}

/// Whether one of the others says it already.
fn is_said(finding: &Finding, entry: &store::Entry, others: &[Finding]) -> bool {
    let has = |code: &str| others.iter().any(|one| one.code == code);
    // The dates of the end-entity are judged with the entry.
    let leaf = entry.certificate().map(|leaf| leaf.name());
    let about = finding
        .data
        .get("certificate")
        .and_then(|name| name.as_str());
    let is_own = leaf.is_some() && leaf.as_deref() == about;
    SAME.iter()
        .any(|(of_chain, of_target)| finding.code == *of_chain && has(of_target))
        || is_own && has(finding.code)
        || is_own && finding.code == "weak-key" && has("rsa-too-small")
}

/// That its chain ends in no public root is no fault of an authority.
fn is_of_root(finding: &Finding, entry: &store::Entry) -> bool {
    let is_end = SAME.iter().any(|(of_chain, _)| finding.code == *of_chain);
    is_end && is_authority(entry)
}

fn is_authority(entry: &store::Entry) -> bool {
    let certificate = entry.certificate();
    certificate.is_some_and(|certificate| certificate.extensions().ca)
}

fn outcome(entry: &store::Entry, findings: &[Finding], target: &Target) -> Option<Outcome> {
    let kind = entry.kind.kind();
    let lone = kind == Kind::Certificate;
    // A certificate that waits for its key is judged as well; the files of a list by hand are no system's.
    let judged = target.kinds().contains(&kind) || lone && !is_authority(entry);
    if target.by_hand() || !judged || !matches!(kind, Kind::Certificate | Kind::PrivateKey) {
        return None;
    }
    let needs_certificate = target
        .files
        .iter()
        .any(|file| file.format.needs_certificate());
    let no_certificate =
        matches!(&entry.kind, EntryKind::PrivateKey { chain, .. } if chain.is_empty());
    let lacks = no_certificate && needs_certificate || lone && target.wants_key();
    let mut errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .peekable();
    Some(if errors.peek().is_some() || lacks {
        match errors.all(|finding| MISSING.contains(&finding.code)) {
            true => Outcome::Incomplete,
            false => Outcome::Refused,
        }
    } else if findings.is_empty() {
        Outcome::Ready
    } else {
        Outcome::Warned
    })
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;
    use crate::target::TARGETS;
    use crate::view::entry::Entry;
    use crate::{Opening, Password, Step};

    fn opened(files: &[(&str, &[u8])]) -> Opening {
        opened_with(files, "keyferry")
    }

    fn opened_with(files: &[(&str, &[u8])], password: &str) -> Opening {
        let mut opening = Opening::default();
        for (id, (name, bytes)) in (0..).zip(files) {
            opening.add(id, name, bytes);
        }
        opening.password(Password::new(password.into()));
        while let Step::Derive(jobs) = opening.step() {
            for job in jobs {
                let key = job.derive(&mut |_| ());
                opening.supply(job, key);
            }
        }
        opening
    }

    fn judged(opening: &Opening, target: &str) -> Vec<(Option<Outcome>, Vec<&'static str>)> {
        let target = crate::target(target).unwrap();
        let at = OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap();
        let view = crate::describe(opening, &opening.store(), Some(target), at);
        let judgement = |entry: &Entry| {
            let judgement = &entry.base()?.judgement;
            let codes = judgement.findings.iter().map(|finding| finding.code);
            Some((judgement.outcome, codes.collect()))
        };
        view.entries.iter().filter_map(judgement).collect()
    }

    macro_rules! vector {
        ($name:literal) => {
            (
                $name,
                include_bytes!(concat!("../../tests/vectors/", $name)) as &[u8],
            )
        };
    }

    #[test]
    fn a_fact_is_said_once() {
        let opening = opened(&[vector!("pkcs12-openssl-default.p12")]);
        // That the root is not public is the problem; that it is private is the same.
        let refused = (Some(Outcome::Refused), vec!["private-root"]);
        assert_eq!(judged(&opening, "anaplan"), [refused]);
        let warned = (Some(Outcome::Warned), vec!["chain-private-root"]);
        assert_eq!(judged(&opening, "windows-current"), [warned]);
        let opening = opened(&[vector!("pkcs12-openssl-selfsigned.p12")]);
        let [(outcome, codes)] = &judged(&opening, "anaplan")[..] else {
            panic!("one identity");
        };
        assert_eq!(*outcome, Some(Outcome::Refused));
        assert!(codes.contains(&"self-signed") && !codes.contains(&"chain-self-signed"));
        let opening = opened(&[vector!("pkcs12-openssl-rsa1024.p12")]);
        let codes = &judged(&opening, "anaplan")[0].1;
        assert!(codes.contains(&"rsa-too-small") && !codes.contains(&"weak-key"));
        // A root is no user's certificate: nothing stands against it.
        let opening = opened(&[vector!("jks-keytool-truststore.jks")]);
        for (outcome, codes) in judged(&opening, "anaplan") {
            assert_eq!((outcome, codes), (None, vec![]));
        }
        let opening = opened(&[vector!("pkcs12-openssl-expired.p12")]);
        let codes = &judged(&opening, "anaplan")[0].1;
        assert_eq!(codes.iter().filter(|code| **code == "expired").count(), 1);
    }

    #[test]
    fn what_is_missing_is_no_refusal() {
        let key = opened(&[vector!("pkcs8-openssl-rsa.pem")]);
        let incomplete = |code| (Some(Outcome::Incomplete), vec![code]);
        assert_eq!(
            judged(&key, "anaplan"),
            [incomplete("key-without-certificate")]
        );
        // What waits for its password may hold the certificate: that is no success either.
        let files = [
            vector!("pkcs8-openssl-rsa.pem"),
            vector!("pkcs12-openssl-default.p12"),
        ];
        let waiting = opened_with(&files, "another");
        assert_eq!(
            judged(&waiting, "anaplan"),
            [(Some(Outcome::Incomplete), vec![])]
        );
        let certificate = opened(&[vector!("pem-openssl-cert.pem")]);
        let [(outcome, codes)] = &judged(&certificate, "anaplan")[..] else {
            panic!("one certificate");
        };
        assert_eq!(*outcome, Some(Outcome::Incomplete));
        assert_eq!(codes[..2], ["no-private-key", "chain-incomplete"]);
        // A list by hand is no system.
        assert_eq!(judged(&certificate, "custom")[0].0, None);
    }

    #[test]
    fn no_success_beside_an_error() {
        let files = [
            vector!("pkcs12-openssl-default.p12"),
            vector!("pkcs12-openssl-expired.p12"),
            vector!("pkcs12-openssl-p256.p12"),
            vector!("pkcs12-openssl-clientonly.p12"),
            vector!("pem-openssl-mismatch.pem"),
            vector!("pkcs7-openssl-pem.p7b"),
            vector!("pkcs8-openssl-dsa.pem"),
            vector!("crl-openssl.crl"),
        ];
        let opening = opened(&files);
        let at = OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap();
        for target in TARGETS {
            let view = crate::describe(&opening, &opening.store(), Some(target), at);
            for (index, entry) in view.entries.iter().enumerate() {
                let Some(base) = entry.base() else { continue };
                let chain = base.verdict.iter().flat_map(|verdict| &verdict.findings);
                let own = view.findings.iter().filter(|one| one.entry == Some(index));
                let errors = own
                    .chain(chain)
                    .filter(|finding| finding.severity == Severity::Error);
                let good = matches!(
                    base.judgement.outcome,
                    Some(Outcome::Ready | Outcome::Warned)
                );
                let codes: Vec<_> = errors.map(|finding| finding.code).collect();
                assert!(
                    !good || codes.is_empty(),
                    "{}: {index}: {codes:?}",
                    target.id
                );
            }
        }
    }
}
