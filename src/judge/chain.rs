//! Chains: from a certificate to a root that is trusted, and what stands against it (RFC 5280, section 6).
//!
//! ```text
//! end-entity ─ issuer's name, issuer's signature ─▶ CA ─▶ … ─▶ root: public (Mozilla's list), company's, or private
//! ```
//!
//! Every way to a root is tried, names and signatures first, since cross-signed CAs have several and one of them may have
//! expired; the first way that keeps every rule is taken, else the one with the fewest faults. The rules are written out
//! here: rustls-webpki judges TLS servers and clients, takes no certificate without a subject alternative name as an
//! end-entity for e-mail, stops at the first fault, and names none to a person. tests/native/chain.rs holds the verdicts against
//! `openssl verify`.
//!
//! Nothing is fetched: where an issuer is missing, its name and the address at which its CA publishes it are said. The
//! policies of certificates are not judged.

use std::rc::Rc;
use std::sync::Arc;

use time::OffsetDateTime;

use crate::base::error::{Finding, Severity};
use crate::crypto::signature::Verdict;
use crate::judge::roots::{Root, roots};
use crate::judge::validity::Validity;
use crate::model::certificate::Certificate;
use crate::model::name;

mod constraints;
mod findings;
mod link;
mod rules;
mod verdicts;

use link::Link;
pub use verdicts::verdicts;

/// Longest chain that is built, the root included.
const LENGTH_LIMIT: usize = 12;
/// Most signatures that are verified for one chain: many certificates of one name are a way to make work.
const SIGNATURE_LIMIT: usize = 300;

/// A chain as far as it goes.
pub struct Chain {
    /// The certificates, end-entity first; the root where it is here.
    pub links: Vec<Arc<Certificate>>,
    /// Where it ends.
    pub end: End,
    /// What stands against it, and what is good to know.
    pub findings: Vec<Finding>,
}

/// Where a chain ends.
pub enum End {
    /// A root that the person added.
    CompanyRoot(Arc<Certificate>),
    /// A certificate whose issuer is not here.
    Incomplete {
        /// The issuer, as a person would call it.
        issuer: String,
        /// The issuer's whole name.
        issuer_dn: String,
        /// Where its CA publishes it.
        addresses: Vec<String>,
    },
    /// A CA that is signed by its own key and is not trusted.
    PrivateRoot(Arc<Certificate>),
    /// A root of Mozilla's list.
    PublicRoot(&'static Root),
    /// The certificate itself, signed by its own key.
    SelfSigned,
}

impl Chain {
    /// Whether it ends in a root that is trusted, and nothing stands against it.
    pub fn is_good(&self) -> bool {
        let trusted = matches!(self.end, End::CompanyRoot(_) | End::PublicRoot(_));
        trusted
            && self
                .findings
                .iter()
                .all(|finding| finding.severity != Severity::Error)
    }
}

/// Builds the chain of a certificate from others in any order, and judges it at an instant. `company` are roots that the
/// person trusts while the page is open.
pub fn chain(
    leaf: &Arc<Certificate>,
    others: &[Arc<Certificate>],
    company: &[Arc<Certificate>],
    at: OffsetDateTime,
) -> Chain {
    let shared = |certificate| Rc::new(Link::of(certificate));
    let mut search = Search {
        pool: others.iter().map(shared).collect(),
        company: company.iter().map(shared).collect(),
        at,
        signatures: SIGNATURE_LIMIT,
        best: None,
        forged: None,
    };
    let leaf = shared(leaf);
    search.follow(&mut vec![leaf.clone()]);
    let forged = search.forged.take();
    let best = search.best.take();
    let (links, end, mut found) = match best {
        Some(best) => (best.links, best.end, best.findings),
        None => (vec![leaf.certificate.clone()], End::SelfSigned, Vec::new()),
    };
    if let (End::Incomplete { .. }, Some(name)) = (&end, forged) {
        found.insert(0, findings::forged(&name));
    }
    found.push(findings::of_end(&end));
    found.extend(findings::of_order(&leaf.certificate, others, &links));
    Chain {
        links,
        end,
        findings: found,
    }
}

/// A way that was tried.
struct Way {
    links: Vec<Arc<Certificate>>,
    end: End,
    findings: Vec<Finding>,
    /// Lower is better: trusted, then faults, then what is missing.
    rank: (u8, usize, std::cmp::Reverse<usize>),
}

struct Search {
    pool: Vec<Rc<Link>>,
    company: Vec<Rc<Link>>,
    at: OffsetDateTime,
    /// How many signatures may still be verified.
    signatures: usize,
    best: Option<Way>,
    /// A CA of the issuer's name that did not sign.
    forged: Option<String>,
}

impl Search {
    /// Goes on from the last place of a way; answers whether a way without a fault was found, so that no other is tried.
    fn follow(&mut self, way: &mut Vec<Rc<Link>>) -> bool {
        let Some(top) = way.last().cloned() else {
            return false;
        };
        // The top may itself be what is trusted: by name and key, as every copy of a root is.
        let same = |subject: &[u8], spki: &[u8]| {
            spki == top.certificate.spki() && name::same(subject, top.subject())
        };
        let mut company = self.company.iter();
        let trusted = company.find(|root| same(root.subject(), root.certificate.spki()));
        if let Some(root) = trusted.cloned() {
            return self.arrive(way, Anchor::Company(&root));
        }
        let public = roots()
            .named(top.subject())
            .find(|root| root.spki == top.certificate.spki());
        if let Some(root) = public {
            return self.arrive(way, Anchor::Public(root));
        }
        for root in self.company.clone() {
            if name::same(root.subject(), top.issuer())
                && self.verify(&top, root.certificate.spki()) == Some(Verdict::Right)
                && self.arrive(way, Anchor::Company(&root))
            {
                return true;
            }
        }
        for root in roots().named(top.issuer()) {
            if self.verify(&top, root.spki) == Some(Verdict::Right)
                && self.arrive(way, Anchor::Public(root))
            {
                return true;
            }
        }
        let mut went_on = false;
        // What signed itself was signed by nobody else, however many have its name.
        if way.len() < LENGTH_LIMIT && !self.is_self_signed(&top) {
            for issuer in self.candidates(&top, way) {
                match self.verify(&top, issuer.certificate.spki()) {
                    None => break,
                    Some(Verdict::Right) => {
                        went_on = true;
                        way.push(issuer);
                        let found = self.follow(way);
                        way.pop();
                        if found {
                            return true;
                        }
                    }
                    Some(Verdict::Wrong) if !top.is_self_issued() => {
                        self.forged = Some(issuer.certificate.name());
                    }
                    Some(_) => {}
                }
            }
        }
        if !went_on {
            self.stop(way);
        }
        false
    }

    /// What came of verifying a signature; `None` where as many were verified as are for one chain.
    fn verify(&mut self, link: &Link, spki: &[u8]) -> Option<Verdict> {
        self.take_one()?;
        Some(link.certificate.verify(spki))
    }

    /// Whether a certificate is signed by its own key, as far as signatures are verified.
    fn is_self_signed(&mut self, link: &Link) -> bool {
        *link.self_signed.get_or_init(|| {
            link.is_self_issued() && self.take_one().is_some() && link.certificate.is_self_signed()
        })
    }

    /// Takes one of the signatures that may be verified.
    fn take_one(&mut self) -> Option<()> {
        self.signatures = self.signatures.checked_sub(1)?;
        Some(())
    }

    /// The certificates of the issuer's name that are not on the way yet, those of the issuer's key identifier first, then
    /// those that are valid.
    fn candidates(&self, top: &Link, way: &[Rc<Link>]) -> Vec<Rc<Link>> {
        let on_way = |candidate: &Link| {
            way.iter().any(|link| {
                link.certificate.spki() == candidate.certificate.spki()
                    && name::same(link.subject(), candidate.subject())
            })
        };
        let pool = self.pool.iter();
        let mut found: Vec<Rc<Link>> = pool
            .filter(|link| name::same(link.subject(), top.issuer()) && !on_way(link))
            .cloned()
            .collect();
        found.sort_by_key(|candidate| {
            let wanted = &top.extensions().authority_key_id;
            let named = wanted.is_some() && candidate.extensions().subject_key_id == *wanted;
            let valid = Validity::between(candidate.dates, self.at).is_valid();
            (!named, !valid, std::cmp::Reverse(candidate.dates.1))
        });
        found
    }

    /// Judges a way that leads to an anchor; answers whether it keeps every rule.
    fn arrive(&mut self, way: &[Rc<Link>], anchor: Anchor<'_>) -> bool {
        let links: Vec<&Link> = way.iter().map(|link| &**link).collect();
        let own = |spki: &[u8]| {
            links
                .last()
                .is_some_and(|last| last.certificate.spki() == spki)
        };
        let (judged, end, extra) = match anchor {
            Anchor::Company(root) => {
                let here = own(root.certificate.spki());
                let mut judged = links.clone();
                if !here {
                    judged.push(root);
                }
                (judged, End::CompanyRoot(root.certificate.clone()), None)
            }
            Anchor::Public(root) => (links.clone(), End::PublicRoot(root), Some(root)),
        };
        // A public root is not among the links unless it is the last one.
        let rooted = extra.is_none_or(|root| own(root.spki));
        let findings = rules::judge(&judged, extra, rooted, self.at);
        let certificates = judged.iter().map(|link| link.certificate.clone()).collect();
        self.offer(certificates, end, findings, 0)
    }

    /// Judges a way that leads no further.
    fn stop(&mut self, way: &[Rc<Link>]) {
        let Some(top) = way.last() else { return };
        let rooted = self.is_self_signed(top);
        let links: Vec<&Link> = way.iter().map(|link| &**link).collect();
        let end = match (rooted, links.len()) {
            (true, 1) => End::SelfSigned,
            (true, _) => End::PrivateRoot(top.certificate.clone()),
            (false, _) => End::Incomplete {
                issuer: name::display(top.issuer()),
                issuer_dn: name::to_text(top.issuer()),
                addresses: top.extensions().issuer_at.clone(),
            },
        };
        let trusted = match end {
            End::PrivateRoot(_) => 1,
            End::SelfSigned => 2,
            _ => 3,
        };
        let findings = rules::judge(&links, None, rooted, self.at);
        let certificates = links.iter().map(|link| link.certificate.clone()).collect();
        self.offer(certificates, end, findings, trusted);
    }

    fn offer(
        &mut self,
        links: Vec<Arc<Certificate>>,
        end: End,
        findings: Vec<Finding>,
        trusted: u8,
    ) -> bool {
        let faults = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        let rank = (trusted, faults, std::cmp::Reverse(links.len()));
        if self.best.as_ref().is_none_or(|best| rank < best.rank) {
            self.best = Some(Way {
                links,
                end,
                findings,
                rank,
            });
        }
        trusted == 0 && faults == 0
    }
}

/// What a way leads to.
#[derive(Clone, Copy)]
enum Anchor<'l> {
    Company(&'l Link),
    Public(&'static Root),
}

#[cfg(test)]
mod tests;
