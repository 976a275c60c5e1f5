//! What Anaplan asks of the certificate of an integration's user: help.anaplan.com, “Procure CA certificates”.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::model::certificate::{Certificate, EmailPlace, Extensions};
use crate::model::name;

/// Anaplan judges the certificate, whichever client is used.
const NAME: &str = "Anaplan";

pub(super) fn check(certificate: &Certificate, extensions: &Extensions) -> Vec<Finding> {
    let mut findings = vec![email(certificate)];
    findings.extend(usage(extensions));
    if certificate.is_self_signed() {
        findings.push(Finding::new(
            Severity::Error,
            "self-signed.anaplan",
            json!({ "target": NAME }),
        ));
    } else if !extensions.revocation && !extensions.unreadable {
        findings.push(Finding::new(
            Severity::Warning,
            "no-revocation-pointer",
            json!({ "target": NAME }),
        ));
    }
    findings
}

fn email(certificate: &Certificate) -> Finding {
    let emails = certificate.emails();
    if let Some(email) = emails.first() {
        let code = match email.from {
            EmailPlace::San => "email-found.san",
            EmailPlace::Subject => "email-found.subject",
        };
        let data = json!({ "address": email.address, "from": email.from, "target": NAME });
        return Finding::new(Severity::Info, code, data);
    }
    match name::values(certificate.subject(), name::COMMON_NAME)
        .into_iter()
        .find(|value| value.contains('@'))
    {
        Some(address) => Finding::new(
            Severity::Error,
            "no-email.common-name",
            json!({ "address": address, "target": NAME }),
        ),
        None => Finding::new(Severity::Error, "no-email", json!({ "target": NAME })),
    }
}

fn usage(extensions: &Extensions) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &extensions.extended_key_usage {
        None => findings.push(Finding::new(
            Severity::Warning,
            "extended-key-usage-missing",
            json!({ "target": NAME }),
        )),
        Some(purposes)
            if !purposes
                .iter()
                .any(|purpose| purpose == "clientAuth" || purpose == "emailProtection") =>
        {
            findings.push(Finding::new(
                Severity::Error,
                "extended-key-usage",
                json!({ "extended_key_usage": purposes, "target": NAME }),
            ));
        }
        Some(purposes)
            if ["clientAuth", "serverAuth"]
                .iter()
                .all(|one| purposes.iter().any(|purpose| purpose == one)) =>
        {
            findings.push(Finding::new(
                Severity::Warning,
                "client-auth-ending",
            json!({ "sectigo": "2027-02-10", "digicert": "2027-03-01", "chrome": "2027-03-15" }),
            ));
        }
        Some(_) => {}
    }
    match &extensions.key_usage {
        None => findings.push(Finding::new(
            Severity::Info,
            "key-usage-missing",
            json!({ "target": NAME }),
        )),
        Some(usages) if !usages.contains(&"digitalSignature") => findings.push(Finding::new(
            Severity::Error,
            "key-usage",
            json!({ "key_usage": usages, "target": NAME }),
        )),
        Some(_) => {}
    }
    findings
}
