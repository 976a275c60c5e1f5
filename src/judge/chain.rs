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
    let mut search = Search {
        pool: others.iter().map(Link::of).collect(),
        company: company.iter().map(Link::of).collect(),
        at,
        signatures: SIGNATURE_LIMIT,
        best: None,
        forged: None,
    };
    let leaf = Link::of(leaf);
    search.follow(&mut vec![Place::Leaf(&leaf)]);
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

/// A link of the way that is tried.
#[derive(Clone, Copy)]
enum Place<'l> {
    Leaf(&'l Link),
    Pool(usize),
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
    pool: Vec<Link>,
    company: Vec<Link>,
    at: OffsetDateTime,
    /// How many signatures may still be verified.
    signatures: usize,
    best: Option<Way>,
    /// A CA of the issuer's name that did not sign.
    forged: Option<String>,
}

impl Search {
    /// Goes on from the last place of a way; answers whether a way without a fault was found, so that no other is tried.
    fn follow(&mut self, way: &mut Vec<Place<'_>>) -> bool {
        let Some(&last) = way.last() else {
            return false;
        };
        let top = self.link(last);
        // The top may itself be what is trusted: by name and key, as every copy of a root is.
        let same = |subject: &[u8], spki: &[u8]| {
            spki == top.certificate.spki() && name::same(subject, top.subject())
        };
        if let Some(root) = self
            .company
            .iter()
            .position(|root| same(root.subject(), root.certificate.spki()))
        {
            return self.arrive(way, Anchor::Company(root));
        }
        let public = roots()
            .named(top.subject())
            .find(|root| root.spki == top.certificate.spki());
        if let Some(root) = public {
            return self.arrive(way, Anchor::Public(root));
        }
        let top = top.certificate.clone();
        for root in 0..self.company.len() {
            let trusted = self.company[root].certificate.clone();
            if name::same(trusted.subject(), top.issuer())
                && self.verify(&top, trusted.spki()) == Some(Verdict::Right)
                && self.arrive(way, Anchor::Company(root))
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
        if way.len() < LENGTH_LIMIT && !self.is_self_signed(last) {
            for candidate in self.candidates(last, way) {
                let issuer = self.pool[candidate].certificate.clone();
                match self.verify(&top, issuer.spki()) {
                    None => break,
                    Some(Verdict::Right) => {
                        went_on = true;
                        way.push(Place::Pool(candidate));
                        let found = self.follow(way);
                        way.pop();
                        if found {
                            return true;
                        }
                    }
                    Some(Verdict::Wrong) if !top.is_self_issued() => {
                        self.forged = Some(issuer.name());
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
    fn verify(&mut self, certificate: &Certificate, spki: &[u8]) -> Option<Verdict> {
        self.take_one()?;
        Some(certificate.verify(spki))
    }

    /// Whether a certificate is signed by its own key, as far as signatures are verified.
    fn is_self_signed(&mut self, place: Place<'_>) -> bool {
        let (known, names, certificate) = {
            let link = self.link(place);
            let known = link.self_signed.get().copied();
            (known, link.is_self_issued(), link.certificate.clone())
        };
        known.unwrap_or_else(|| {
            let signed = names && self.take_one().is_some() && certificate.is_self_signed();
            *self.link(place).self_signed.get_or_init(|| signed)
        })
    }

    /// Takes one of the signatures that may be verified.
    fn take_one(&mut self) -> Option<()> {
        self.signatures = self.signatures.checked_sub(1)?;
        Some(())
    }

    fn link<'s>(&'s self, place: Place<'s>) -> &'s Link {
        match place {
            Place::Leaf(link) => link,
            Place::Pool(at) => &self.pool[at],
        }
    }

    /// The certificates of the issuer's name that are not on the way yet, those of the issuer's key identifier first, then
    /// those that are valid.
    fn candidates(&self, last: Place<'_>, way: &[Place<'_>]) -> Vec<usize> {
        let top = self.link(last);
        let on_way = |candidate: &Link| {
            way.iter().any(|place| {
                let link = self.link(*place);
                link.certificate.spki() == candidate.certificate.spki()
                    && name::same(link.subject(), candidate.subject())
            })
        };
        let mut found: Vec<usize> = (0..self.pool.len())
            .filter(|&at| {
                name::same(self.pool[at].subject(), top.issuer()) && !on_way(&self.pool[at])
            })
            .collect();
        found.sort_by_key(|&at| {
            let candidate = &self.pool[at];
            let wanted = &top.extensions().authority_key_id;
            let named = wanted.is_some() && candidate.extensions().subject_key_id == *wanted;
            let valid = Validity::between(candidate.dates, self.at).is_valid();
            (!named, !valid, std::cmp::Reverse(candidate.dates.1))
        });
        found
    }

    /// Judges a way that leads to an anchor; answers whether it keeps every rule.
    fn arrive(&mut self, way: &[Place<'_>], anchor: Anchor) -> bool {
        let links: Vec<&Link> = way.iter().map(|place| self.link(*place)).collect();
        let own = |spki: &[u8]| {
            links
                .last()
                .is_some_and(|last| last.certificate.spki() == spki)
        };
        let (judged, end, extra) = match anchor {
            Anchor::Company(at) => {
                let root = &self.company[at];
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
    fn stop(&mut self, way: &[Place<'_>]) {
        let Some(&last) = way.last() else { return };
        let rooted = self.is_self_signed(last);
        let links: Vec<&Link> = way.iter().map(|place| self.link(*place)).collect();
        let top = self.link(last);
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
enum Anchor {
    Company(usize),
    Public(&'static Root),
}

#[cfg(test)]
mod tests;
