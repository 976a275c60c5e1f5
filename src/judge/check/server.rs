//! What a browser asks of a server: RFC 9525, and the baseline requirements of the CA/Browser Forum.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::model::certificate::{Certificate, Extensions};

pub(super) fn check(certificate: &Certificate, extensions: &Extensions) -> Vec<Finding> {
    let mut findings = Vec::new();
    if certificate.details().is_none() {
        return findings;
    }
    if let Some(purposes) = &extensions.extended_key_usage
        && !purposes.iter().any(|purpose| purpose == "serverAuth")
    {
        findings.push(Finding::new(
            Severity::Error,
            "not-for-servers",
            format!(
                "the certificate is for {}, and browsers ask for server authentication",
                purposes.join(", ")
            ),
            "request a TLS server certificate for the name of the host",
            json!({ "extended_key_usage": purposes }),
        ));
    }
    if !extensions.names_host {
        findings.push(Finding::new(
            Severity::Error,
            "no-host-name",
            "the certificate names no host in its subject alternative name, where browsers look",
            "request a TLS server certificate for the name of the host",
            json!({}),
        ));
    }
    if certificate.is_self_issued() {
        findings.push(Finding::new(
            Severity::Warning,
            "self-signed",
            "the certificate is signed by its own key and by no CA",
            "whoever connects must be told to trust it; a public CA’s is trusted by itself",
            json!({}),
        ));
    }
    findings
}
