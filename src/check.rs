//! Findings: what a target will refuse of an identity, and what to do about it. Nothing here stops anything.

use serde_json::json;
use time::OffsetDateTime;

use crate::error::{Finding, Severity};
use crate::format::name;
use crate::format::x509::{Certificate, Extensions, rfc3339};
use crate::store::{Entry, EntryKind, Store};
use crate::target::Target;

/// Days before the end from which a person is told to renew.
const RENEW_DAYS: i64 = 30;

/// What a target and the calendar have against each entry; `at` is the instant it is judged for.
pub fn check(store: &Store, target: &Target, at: OffsetDateTime) -> Vec<Finding> {
    let mut findings = store.findings.clone();
    for (index, entry) in store.entries.iter().enumerate() {
        let of_entry = check_entry(entry, target, at)
            .into_iter()
            .map(|mut finding| {
                finding.entry = Some(index);
                finding
            });
        findings.extend(of_entry);
    }
    findings
}

fn check_entry(entry: &Entry, target: &Target, at: OffsetDateTime) -> Vec<Finding> {
    match &entry.kind {
        EntryKind::PrivateKey { chain, .. } => match chain.first() {
            Some(leaf) => check_certificate(leaf, target, at),
            None => vec![Finding::new(
                Severity::Error,
                "key-without-certificate",
                "no certificate for this private key is here",
                "add the certificate the CA issued for it: often a .crt, .cer, .pem or .p7b file",
                json!({}),
            )],
        },
        EntryKind::Certificate(certificate) if !certificate.extensions().ca => {
            let mut findings = vec![Finding::new(
                Severity::Warning,
                "no-private-key",
                "the private key of this certificate is not here",
                "add the file that holds it: a .p12 or .pfx, or the .key file made together with the request",
                json!({}),
            )];
            findings.extend(check_certificate(certificate, target, at));
            findings
        }
        _ => Vec::new(),
    }
}

fn check_certificate(
    certificate: &Certificate,
    target: &Target,
    at: OffsetDateTime,
) -> Vec<Finding> {
    let extensions = certificate.extensions();
    let mut findings = Vec::new();
    if certificate.details().is_none() {
        findings.push(Finding::new(
            Severity::Warning,
            "certificate-unreadable",
            "a field of the certificate breaks the standard, so its extensions cannot be read",
            "ask the CA for a corrected certificate if your system refuses this one",
            json!({}),
        ));
    }
    findings.extend(check_validity(certificate, at));
    findings.extend(check_key(certificate, target));
    findings.push(check_email(certificate, target));
    findings.extend(check_usage(&extensions, target));
    if certificate.is_self_issued() {
        findings.push(Finding::new(
            Severity::Error,
            "self-signed",
            "the certificate is signed by its own key and by no CA",
            format!("{} takes certificates of a public CA only: request one, for example an S/MIME certificate", target.name),
            json!({ "target": target.name }),
        ));
    }
    findings
}

fn check_validity(certificate: &Certificate, at: OffsetDateTime) -> Option<Finding> {
    let (Some(not_before), Some(not_after)) = certificate.validity() else {
        return Some(Finding::new(
            Severity::Error,
            "validity-unreadable",
            "the dates of the certificate cannot be read",
            "ask the CA for a corrected certificate",
            json!({}),
        ));
    };
    let data = json!({ "not_before": rfc3339(not_before), "not_after": rfc3339(not_after), "at": rfc3339(at) });
    if at < not_before {
        return Some(Finding::new(
            Severity::Error,
            "not-yet-valid",
            format!("the certificate is valid only from {}", not_before.date()),
            "wait until then, and check the clock of this machine",
            data,
        ));
    }
    let days = (not_after - at).whole_days();
    if at > not_after {
        return Some(Finding::new(
            Severity::Error,
            "expired",
            format!("the certificate expired on {}", not_after.date()),
            "renew it with the CA, and use the new one",
            data,
        ));
    }
    (days < RENEW_DAYS).then(|| {
        Finding::new(
            Severity::Warning,
            "expires-soon",
            format!(
                "the certificate expires on {}, in {days} days",
                not_after.date()
            ),
            "request the next one now; integrations stop on that day",
            data,
        )
    })
}

fn check_key(certificate: &Certificate, target: &Target) -> Option<Finding> {
    let algorithm = certificate.algorithm();
    let data =
        json!({ "algorithm": algorithm.name, "bits": algorithm.bits, "target": target.name });
    if algorithm.name != "RSA" {
        return Some(Finding::new(
            Severity::Error,
            "key-not-rsa",
            format!(
                "the key is {}, and {} takes RSA keys only",
                algorithm.words(),
                target.name
            ),
            "request a certificate for an RSA key of 2,048 bits or more",
            data,
        ));
    }
    let bits = algorithm.bits.unwrap_or_default();
    (bits < 2048).then(|| {
        Finding::new(
            Severity::Error,
            "rsa-too-small",
            format!(
                "the RSA key has {bits} bits, and {} asks for 2,048 or more",
                target.name
            ),
            "request a certificate for an RSA key of 2,048 bits or more",
            data,
        )
    })
}

fn check_email(certificate: &Certificate, target: &Target) -> Finding {
    let emails = certificate.emails();
    if let Some(email) = emails.first() {
        let place = match email.from {
            "san" => "the subject alternative name, where it is looked for first",
            _ => "the subject’s emailAddress",
        };
        let message = format!("the e-mail address is {}, in {place}", email.address);
        let hint = format!(
            "it must be the one of the {} user that the integration signs in as",
            target.name
        );
        let data = json!({ "address": email.address, "from": email.from });
        return Finding::new(Severity::Info, "email-found", message, hint, data);
    }
    let hint = "request a certificate with the e-mail address of the integration’s user in the subject alternative name";
    match name::values(certificate.subject(), name::COMMON_NAME)
        .into_iter()
        .find(|value| value.contains('@'))
    {
        Some(address) => Finding::new(
            Severity::Error,
            "no-email",
            format!(
                "the e-mail address {address} stands only in the common name, where {} does not look",
                target.name
            ),
            hint,
            json!({ "address": address, "target": target.name }),
        ),
        None => Finding::new(
            Severity::Error,
            "no-email",
            "the certificate names no e-mail address",
            hint,
            json!({ "target": target.name }),
        ),
    }
}

fn check_usage(extensions: &Extensions, target: &Target) -> Vec<Finding> {
    let mut findings = Vec::new();
    let request = "request a certificate for client authentication or for e-mail (S/MIME)";
    match &extensions.extended_key_usage {
        None => findings.push(Finding::new(
            Severity::Warning,
            "extended-key-usage-missing",
            format!("the certificate does not say what it is for; {} asks for client authentication or e-mail protection", target.name),
            request,
            json!({ "target": target.name }),
        )),
        Some(purposes) if !purposes.iter().any(|purpose| purpose == "clientAuth" || purpose == "emailProtection") => {
            findings.push(Finding::new(
                Severity::Error,
                "extended-key-usage",
                format!(
                    "the certificate is for {}, and {} asks for client authentication or e-mail protection",
                    purposes.join(", "),
                    target.name
                ),
                request,
                json!({ "extended_key_usage": purposes, "target": target.name }),
            ));
        }
        Some(_) => {}
    }
    match &extensions.key_usage {
        None => findings.push(Finding::new(
            Severity::Info,
            "key-usage-missing",
            "the certificate does not restrict what its key is used for",
            format!(
                "{} asks for digital signature; a certificate without restriction allows it",
                target.name
            ),
            json!({}),
        )),
        Some(usages) if !usages.contains(&"digitalSignature") => findings.push(Finding::new(
            Severity::Error,
            "key-usage",
            format!(
                "the certificate does not allow digital signatures, which {} asks for",
                target.name
            ),
            "request a certificate whose key usage has digital signature",
            json!({ "key_usage": usages, "target": target.name }),
        )),
        Some(_) => {}
    }
    findings
}
