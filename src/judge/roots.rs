//! The roots that Mozilla trusts, for TLS and for e-mail: subject, key and purposes of each.
//!
//! ```text
//! Table ::= SEQUENCE { version UTF8String, date UTF8String, roots SEQUENCE OF Root }
//! Root ::= SEQUENCE { purposes INTEGER (1 TLS, 2 e-mail, 3 both), sha256 OCTET STRING, notAfter Time, subject Name,
//!                     SubjectPublicKeyInfo, nameConstraints [0] OCTET STRING OPTIONAL }
//! ```
//!
//! `cargo xtask roots` makes the table from NSS's builtin token. It is data of the Mozilla project, under the Mozilla Public
//! License 2.0 (<https://mozilla.org/MPL/2.0/>); the certificates themselves are not in it.

use std::collections::HashMap;
use std::sync::OnceLock;

use time::OffsetDateTime;

use crate::asn1::ber::{self, INTEGER, Node, OCTET_STRING, SEQUENCE, Tag};
use crate::model::certificate::instant;
use crate::model::name::{self, Comparable};

const TABLE: &[u8] = include_bytes!("roots/mozilla.der");

/// The list and how old it is.
pub struct Roots {
    /// The version of NSS's builtin token.
    pub version: String,
    /// The day on which the table was made.
    pub date: String,
    /// Each root.
    pub all: Vec<Root>,
    by_name: HashMap<Comparable, Vec<usize>>,
}

impl Roots {
    /// The roots of this Name.
    pub(crate) fn named(&self, name: &[u8]) -> impl Iterator<Item = &Root> {
        let places = self.by_name.get(&Comparable::of(name));
        let places = places.into_iter().flatten();
        places.filter_map(|&place| self.all.get(place))
    }
}

/// A root.
pub struct Root {
    /// Trusted for servers and clients of TLS.
    pub tls: bool,
    /// Trusted for e-mail.
    pub email: bool,
    /// SHA-256 of the certificate.
    pub sha256: &'static [u8],
    /// When it ends.
    pub not_after: Option<OffsetDateTime>,
    /// DER of its Name.
    pub subject: &'static [u8],
    /// DER of its SubjectPublicKeyInfo.
    pub spki: &'static [u8],
    /// What its NameConstraints holds.
    pub name_constraints: Option<&'static [u8]>,
}

impl Root {
    /// What a person would call it.
    pub fn name(&self) -> String {
        name::display(self.subject)
    }
}

/// The table, read once.
pub fn roots() -> &'static Roots {
    static ROOTS: OnceLock<Roots> = OnceLock::new();
    ROOTS.get_or_init(|| {
        // The table is ours and a test reads it whole; were it damaged, nothing would be trusted.
        read().unwrap_or(Roots {
            version: String::new(),
            date: String::new(),
            all: Vec::new(),
            by_name: HashMap::new(),
        })
    })
}

fn read() -> ber::Result<Roots> {
    let table = Node::parse(TABLE)?;
    let mut parts = table.sequence()?;
    let (version, date) = (name::text(parts.next()?), name::text(parts.next()?));
    let rows = parts.next()?.sequence()?.rest();
    let all: Vec<Root> = rows.iter().map(row).collect::<ber::Result<_>>()?;
    let mut by_name: HashMap<Comparable, Vec<usize>> = HashMap::new();
    for (place, root) in all.iter().enumerate() {
        by_name
            .entry(Comparable::of(root.subject))
            .or_default()
            .push(place);
    }
    Ok(Roots {
        version,
        date,
        all,
        by_name,
    })
}

fn row(node: &Node<'static>) -> ber::Result<Root> {
    let mut parts = node.sequence()?;
    let purposes = parts.next()?.tagged(INTEGER)?.count()?;
    let sha256 = parts.next()?.primitive(OCTET_STRING)?;
    let not_after = instant(parts.next()?);
    let subject = parts.next()?.tagged(SEQUENCE)?.raw;
    let spki = parts.next()?.tagged(SEQUENCE)?.raw;
    let constraints = parts.optional(Tag::context(0)).map(Node::contents);
    Ok(Root {
        tls: purposes & 1 != 0,
        email: purposes & 2 != 0,
        sha256,
        not_after,
        subject,
        spki,
        name_constraints: constraints,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::algorithm::KeyAlgorithm;

    #[test]
    fn the_table_is_whole() {
        let roots = read().unwrap();
        assert!(roots.all.len() > 100 && roots.date.len() == 10 && roots.version.contains('.'));
        for root in &roots.all {
            let key = KeyAlgorithm::of_spki(root.spki).unwrap();
            assert!(matches!(key.name.as_str(), "RSA" | "EC"), "{}", root.name());
            assert!(root.sha256.len() == 32 && root.not_after.is_some() && !root.name().is_empty());
            assert!(root.tls || root.email);
        }
        assert!(
            roots
                .all
                .iter()
                .any(|root| root.name() == "ISRG Root X1" && root.tls)
        );
    }
}
