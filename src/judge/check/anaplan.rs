//! What Anaplan asks of the certificate of an integration's user: help.anaplan.com, “Procure CA certificates”.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::model::certificate::{Certificate, Extensions};
use crate::model::name;

/// Whoever sells the client: it is Anaplan that judges the certificate.
const NAME: &str = "Anaplan";

pub(super) fn check(certificate: &Certificate, extensions: &Extensions) -> Vec<Finding> {
    let mut findings = vec![email(certificate)];
    findings.extend(usage(extensions));
    if certificate.is_self_issued() {
        findings.push(Finding::new(
            Severity::Error,
            "self-signed",
            "the certificate is signed by its own key and by no CA",
            format!("{} takes certificates of a public CA only: request one, for example an S/MIME certificate", NAME),
            json!({ "target": NAME }),
        ));
    } else if !extensions.revocation && certificate.details().is_some() {
        findings.push(Finding::new(
            Severity::Warning,
            "no-revocation-pointer",
            "the certificate does not say where to ask whether it is revoked",
            format!("{} asks for the address of a CRL or of an OCSP responder: every public CA puts one in", NAME),
            json!({ "target": NAME }),
        ));
    }
    findings
}

fn email(certificate: &Certificate) -> Finding {
    let emails = certificate.emails();
    if let Some(email) = emails.first() {
        let place = match email.from {
            "san" => "the subject alternative name, where it is looked for first",
            _ => "the subject’s emailAddress",
        };
        let message = format!("the e-mail address is {}, in {place}", email.address);
        let hint = format!(
            "it must be the one of the {} user that the integration signs in as",
            NAME
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
                NAME
            ),
            hint,
            json!({ "address": address, "target": NAME }),
        ),
        None => Finding::new(
            Severity::Error,
            "no-email",
            "the certificate names no e-mail address",
            hint,
            json!({ "target": NAME }),
        ),
    }
}

fn usage(extensions: &Extensions) -> Vec<Finding> {
    let mut findings = Vec::new();
    let request = "request a certificate for client authentication or for e-mail (S/MIME)";
    match &extensions.extended_key_usage {
        None => findings.push(Finding::new(
            Severity::Warning,
            "extended-key-usage-missing",
            format!("the certificate does not say what it is for; {} asks for client authentication or e-mail protection", NAME),
            request,
            json!({ "target": NAME }),
        )),
        Some(purposes) if !purposes.iter().any(|purpose| purpose == "clientAuth" || purpose == "emailProtection") => {
            findings.push(Finding::new(
                Severity::Error,
                "extended-key-usage",
                format!(
                    "the certificate is for {}, and {} asks for client authentication or e-mail protection",
                    purposes.join(", "),
                    NAME
                ),
                request,
                json!({ "extended_key_usage": purposes, "target": NAME }),
            ));
        }
        Some(purposes) if ["clientAuth", "serverAuth"].iter().all(|one| purposes.iter().any(|purpose| purpose == one)) => {
            findings.push(Finding::new(
                Severity::Warning,
                "client-auth-ending",
                "Public CAs stop issuing TLS certificates with client authentication: Sectigo on 2027-02-10, DigiCert on 2027-03-01, \
                 Chrome’s rules on 2027-03-15.",
                "This certificate works until it expires. Order an S/MIME certificate next: the change does not affect those.",
                json!({ "sectigo": "2027-02-10", "digicert": "2027-03-01", "chrome": "2027-03-15" }),
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
                NAME
            ),
            json!({}),
        )),
        Some(usages) if !usages.contains(&"digitalSignature") => findings.push(Finding::new(
            Severity::Error,
            "key-usage",
            format!(
                "the certificate does not allow digital signatures, which {} asks for",
                NAME
            ),
            "request a certificate whose key usage has digital signature",
            json!({ "key_usage": usages, "target": NAME }),
        )),
        Some(_) => {}
    }
    findings
}
