//! What a browser asks of a server: RFC 9525, and the baseline requirements of the CA/Browser Forum.

use serde_json::json;

use crate::base::error::{Finding, Severity};
use crate::model::certificate::{Certificate, Extensions};

pub(super) fn check(certificate: &Certificate, extensions: &Extensions) -> Vec<Finding> {
    let mut findings = Vec::new();
    if extensions.unreadable {
        return findings;
    }
    if let Some(purposes) = &extensions.extended_key_usage
        && !purposes.iter().any(|purpose| purpose == "serverAuth")
    {
        findings.push(Finding::new(
            Severity::Error,
            "not-for-servers",
            json!({ "extended_key_usage": purposes }),
        ));
    }
    if !extensions.names_host {
        findings.push(Finding::new(Severity::Error, "no-host-name", json!({})));
    }
    if certificate.is_self_signed() {
        findings.push(Finding::new(
            Severity::Warning,
            "self-signed.server",
            json!({}),
        ));
    }
    findings
}
