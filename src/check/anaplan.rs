//! What Anaplan asks of the certificate of an integration's user: help.anaplan.com, “Procure CA certificates”.

use serde_json::json;

use crate::error::{Finding, Severity};
use crate::format::name;
use crate::format::x509::{Certificate, Extensions};
use crate::target::Target;

pub(super) fn check(
    certificate: &Certificate,
    extensions: &Extensions,
    target: &Target,
) -> Vec<Finding> {
    let mut findings = vec![email(certificate, target)];
    findings.extend(usage(extensions, target));
    if certificate.is_self_issued() {
        findings.push(Finding::new(
            Severity::Error,
            "self-signed",
            "the certificate is signed by its own key and by no CA",
            format!("{} takes certificates of a public CA only: request one, for example an S/MIME certificate", target.name),
            json!({ "target": target.name }),
        ));
    } else if !extensions.revocation && certificate.details().is_some() {
        findings.push(Finding::new(
            Severity::Warning,
            "no-revocation-pointer",
            "the certificate does not say where to ask whether it is revoked",
            format!("{} asks for the address of a CRL or of an OCSP responder: every public CA puts one in", target.name),
            json!({ "target": target.name }),
        ));
    }
    findings
}

fn email(certificate: &Certificate, target: &Target) -> Finding {
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

fn usage(extensions: &Extensions, target: &Target) -> Vec<Finding> {
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
        Some(purposes) if ["clientAuth", "serverAuth"].iter().all(|one| purposes.iter().any(|purpose| purpose == one)) => {
            findings.push(Finding::new(
                Severity::Warning,
                "client-auth-ending",
                "the certificate is one for a TLS server that is also for client authentication; public CAs stop issuing these during 2026",
                "it works until it expires; request the next one as an S/MIME certificate",
                json!({}),
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
