//! What is said of a chain's end and of the order in which its certificates came.

use std::sync::Arc;

use serde_json::json;

use super::End;
use crate::base::error::{Finding, Severity};
use crate::model::certificate::Certificate;

/// A CA of the right name is here, and the certificate is not signed by its key.
pub(super) fn forged(name: &str) -> Finding {
    Finding::new(
        Severity::Error,
        "signature-wrong",
        format!("“{name}” has the name of the issuer, but its key did not sign this certificate"),
        "take the issuer’s certificate from the CA: it may have several keys under one name; if none fits, the certificate is forged or damaged",
        json!({ "issuer": name }),
    )
}

pub(super) fn of_end(end: &End) -> Finding {
    match end {
        End::CompanyRoot(root) => {
            let name = root.name();
            let message = format!("the chain ends in “{name}”, a root that you added");
            let hint = "a system outside your company does not know this root";
            Finding::new(
                Severity::Info,
                "chain-company-root",
                message,
                hint,
                json!({ "root": name }),
            )
        }
        End::Incomplete {
            issuer,
            issuer_dn,
            addresses,
        } => {
            let hint = match addresses.first() {
                Some(address) => {
                    format!("its CA publishes it at {address}; fetch it there and add it")
                }
                None => "take it from the CA’s page of intermediate certificates and add it".into(),
            };
            let message = format!("the certificate of the issuer “{issuer}” is not here");
            let data = json!({ "issuer": issuer, "issuer_dn": issuer_dn, "addresses": addresses });
            Finding::new(Severity::Error, "chain-incomplete", message, hint, data)
        }
        End::PrivateRoot(root) => {
            let name = root.name();
            let message = format!("the chain ends in “{name}”, which is no public root");
            let hint =
                "a company’s own root works where it was set up; a public system wants a public CA";
            Finding::new(
                Severity::Warning,
                "chain-private-root",
                message,
                hint,
                json!({ "root": name }),
            )
        }
        End::PublicRoot(root) => {
            let name = root.name();
            let purposes = match (root.tls, root.email) {
                (true, true) => "TLS and e-mail",
                (true, false) => "TLS and not for e-mail",
                _ => "e-mail and not for TLS",
            };
            let message = format!(
                "the chain ends in “{name}”, a public root that Mozilla trusts for {purposes}"
            );
            let hint = "nothing to do";
            let data = json!({ "root": name, "tls": root.tls, "email": root.email });
            Finding::new(Severity::Info, "chain-public-root", message, hint, data)
        }
        End::SelfSigned => Finding::new(
            Severity::Warning,
            "chain-self-signed",
            "the certificate is signed by its own key and by no CA",
            "for a public system request one from a public CA",
            json!({}),
        ),
    }
}

/// Whether a file has the certificates of a chain in another order than end-entity first.
pub(super) fn of_order(
    leaf: &Arc<Certificate>,
    others: &[Arc<Certificate>],
    links: &[Arc<Certificate>],
) -> Option<Finding> {
    let place = |link: &Arc<Certificate>| others.iter().position(|other| other == link);
    // Where the end-entity is not among the others, it came first.
    let mut places: Vec<usize> = links[1..].iter().filter_map(place).collect();
    if let Some(first) = place(leaf) {
        places.insert(0, first);
    }
    (!places.is_sorted()).then(|| {
        Finding::new(
            Severity::Info,
            "chain-order",
            "the certificates are not in the order of the chain",
            "what Keyferry writes is in order, the certificate itself first; a server wants it so",
            json!({}),
        )
    })
}
