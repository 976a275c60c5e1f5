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
        json!({ "issuer": name }),
    )
}

pub(super) fn of_end(end: &End) -> Finding {
    match end {
        End::CompanyRoot(root) => Finding::new(
            Severity::Info,
            "chain-company-root",
            json!({ "root": root.name() }),
        ),
        End::Incomplete {
            issuer,
            issuer_dn,
            addresses,
        } => {
            let first = addresses.first();
            let code = match first {
                Some(_) => "chain-incomplete.address",
                None => "chain-incomplete",
            };
            let data = json!({ "issuer": issuer, "issuer_dn": issuer_dn, "addresses": addresses, "address": first });
            Finding::new(Severity::Error, code, data)
        }
        End::PrivateRoot(root) => Finding::new(
            Severity::Warning,
            "chain-private-root",
            json!({ "root": root.name() }),
        ),
        End::PublicRoot(root) => {
            let code = match (root.tls, root.email) {
                (true, true) => "chain-public-root",
                (true, false) => "chain-public-root.tls",
                _ => "chain-public-root.email",
            };
            let data = json!({ "root": root.name(), "tls": root.tls, "email": root.email });
            Finding::new(Severity::Info, code, data)
        }
        End::SelfSigned => Finding::new(Severity::Warning, "chain-self-signed", json!({})),
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
    let mut places: Vec<usize> = links.iter().skip(1).filter_map(place).collect();
    if let Some(first) = place(leaf) {
        places.insert(0, first);
    }
    (!places.is_sorted()).then(|| Finding::new(Severity::Info, "chain-order", json!({})))
}
