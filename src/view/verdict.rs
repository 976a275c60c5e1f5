//! The chain of a certificate: its links, where it ends, and what is to be said of it.

use serde::Serialize;

use crate::base::error::Finding;
use crate::crypto::digest::hex;
use crate::judge::chain::{Chain, End};
use crate::judge::roots::roots;
use crate::model::name;

/// A chain that was judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChainVerdict {
    /// Where it ends.
    pub verdict: ChainEnd,
    /// It ends in a trusted root, and no finding is an error.
    pub good: bool,
    /// The certificates, end-entity first; the root where it is in a file.
    pub links: Vec<ChainLink>,
    /// The root, where the chain ends in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<ChainRoot>,
    /// The certificate that is missing, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingIssuer>,
    /// What stands against it, and what is good to know.
    pub findings: Vec<Finding>,
    /// Which list of public roots it was held against.
    pub roots: RootList,
}

/// Where a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainEnd {
    /// In a root that the person trusts.
    CompanyRoot,
    /// In a certificate whose issuer is not here.
    Incomplete,
    /// In a root that is not trusted.
    PrivateRoot,
    /// In a root of Mozilla's list.
    PublicRoot,
    /// In the certificate itself, signed by its own key.
    SelfSigned,
}

/// A certificate of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainLink {
    /// What a person would call the holder.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
}

/// The root in which a chain ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainRoot {
    /// What a person would call it.
    pub name: String,
    /// Of the DER, in hexadecimal.
    pub sha256: String,
    /// Whether Mozilla trusts it for TLS; only of a public one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<bool>,
    /// Whether Mozilla trusts it for e-mail; only of a public one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<bool>,
}

/// An issuer whose certificate is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingIssuer {
    /// What a person would call it.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// Where its CA publishes it.
    pub addresses: Vec<String>,
}

/// The list of public roots that is built in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RootList {
    /// The version of NSS's builtin token.
    pub version: &'static str,
    /// The day on which it was taken.
    pub date: &'static str,
}

impl ChainVerdict {
    /// What is to be said of a chain.
    pub fn of(chain: &Chain) -> Self {
        let link = |link: &std::sync::Arc<crate::model::certificate::Certificate>| ChainLink {
            name: link.name(),
            subject: name::to_text(link.subject()),
            sha256: link.sha256(),
        };
        let (root, missing) = match &chain.end {
            End::CompanyRoot(root) | End::PrivateRoot(root) => (
                Some(ChainRoot {
                    name: root.name(),
                    sha256: root.sha256(),
                    tls: None,
                    email: None,
                }),
                None,
            ),
            End::Incomplete {
                issuer,
                issuer_dn,
                addresses,
            } => (
                None,
                Some(MissingIssuer {
                    name: issuer.clone(),
                    subject: issuer_dn.clone(),
                    addresses: addresses.clone(),
                }),
            ),
            End::PublicRoot(root) => (
                Some(ChainRoot {
                    name: root.name(),
                    sha256: hex(root.sha256),
                    tls: Some(root.tls),
                    email: Some(root.email),
                }),
                None,
            ),
            End::SelfSigned => (None, None),
        };
        let list = roots();
        Self {
            verdict: match &chain.end {
                End::CompanyRoot(_) => ChainEnd::CompanyRoot,
                End::Incomplete { .. } => ChainEnd::Incomplete,
                End::PrivateRoot(_) => ChainEnd::PrivateRoot,
                End::PublicRoot(_) => ChainEnd::PublicRoot,
                End::SelfSigned => ChainEnd::SelfSigned,
            },
            good: chain.is_good(),
            links: chain.links.iter().map(link).collect(),
            root,
            missing,
            findings: chain.findings.clone(),
            roots: RootList {
                version: &list.version,
                date: &list.date,
            },
        }
    }
}
