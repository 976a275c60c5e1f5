//! PFX to contents: structure first, then the MAC, then the bags.

use std::sync::Arc;

use super::{
    CERT_BAG, CRL_BAG, DATA, ENCRYPTED_DATA, FRIENDLY_NAME, KEY_BAG, LOCAL_KEY_ID, PROVIDER_NAME,
    SAFE_CONTENTS_BAG, SECRET_BAG, SHROUDED_KEY_BAG, SIGNED_DATA, TRUSTED_KEY_USAGE, WHAT,
    X509_CERTIFICATE, X509_CRL,
};
use serde_json::json;

use crate::asn1::ber::{self, Fault, Node, OCTET_STRING, Oid, SEQUENCE, SET, Tag};
use crate::base::error::{Error, Finding, Reason, Severity};
use crate::base::format::Maker;
use crate::base::secret::{Password, SecretDer, equal};
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Purpose, Stop};
use crate::crypto::pbe::{self, Pbe, Pbmac1};
use crate::format::pkcs8::EncryptedKey;
use crate::model::certificate::Certificate;
use crate::model::name;
use crate::model::private_key::PrivateKey;
use crate::model::store::{Contents, Item, Locked, SecretKey, Value};

/// The structure of a file.
pub(crate) struct Pfx {
    /// The octets that the MAC covers.
    auth_safe: SecretDer,
    mac: Option<MacData>,
    safes: Vec<Safe>,
    /// Firefox and NSS write the octets as one segment of indefinite length; BouncyCastle cuts them into thousands.
    by_nss: bool,
}

/// Most octets of a segment that BouncyCastle writes.
const BC_SEGMENT: usize = 1000;
/// The iterations that Windows has always written.
const WINDOWS_ITERATIONS: u64 = 2000;

/// MacData ::= SEQUENCE { DigestInfo { algorithm, digest }, macSalt, iterations DEFAULT 1 }
struct MacData {
    value: Vec<u8>,
    digest: Digest,
    kdf: Kdf,
    key_length: usize,
}

/// One ContentInfo of the AuthenticatedSafe.
enum Safe {
    Encrypted {
        pbe: Pbe,
        data: Vec<u8>,
    },
    Plain(Vec<Bag>),
    /// One that cannot be read, for this reason; the others can.
    Unread(Error),
}

/// One SafeBag.
struct Bag {
    alias: Option<String>,
    local_key_id: Option<Vec<u8>>,
    trusted: bool,
    /// It names the provider of the key, as Windows does.
    provided: bool,
    value: BagValue,
}

enum BagValue {
    Certificate(Result<Certificate, Error>),
    Crl(Arc<[u8]>),
    Key(Result<Arc<PrivateKey>, Error>),
    SafeContents(Vec<Bag>),
    ShroudedKey(Result<EncryptedKey, Error>),
    /// A secret key as Java writes it: an EncryptedPrivateKeyInfo in an octet string.
    ShroudedSecret {
        pbe: Pbe,
        data: Vec<u8>,
    },
    /// A bag of another kind, by its identifier.
    Unknown(String),
}

impl Pfx {
    /// Reads the structure; what is encrypted stays so. Bytes after the structure's end are left out, as OpenSSL does.
    pub(crate) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let damaged = |fault: Fault| fault.of(WHAT);
        let mut parts = node.sequence().map_err(damaged)?;
        let version = parts.next().and_then(Node::count).map_err(damaged)?;
        if version != 3 {
            let detail = Reason::with("pfx-version", json!({ "version": version }));
            return Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail,
            });
        }
        let auth_safe = parts.next().map_err(damaged)?;
        let mac = parts.rest().first().map(MacData::parse).transpose()?;
        let (kind, content) = content_info(auth_safe).map_err(damaged)?;
        match kind {
            DATA => {}
            SIGNED_DATA => {
                let detail = "signature-integrity".into();
                return Err(Error::UnsupportedForm {
                    what: Some(WHAT),
                    detail,
                });
            }
            _ => {
                return Err(Fault::Malformed("contents-kind").of(WHAT));
            }
        }
        let content = content
            .ok_or(Fault::Malformed("contents-missing"))
            .map_err(damaged)?;
        let octets = content
            .tagged(OCTET_STRING)
            .and_then(Node::octets)
            .map_err(damaged)?;
        let auth_safe = SecretDer::new(octets.into_owned());
        let (inner, _) = Node::parse_prefix(auth_safe.expose()).map_err(inside)?;
        let safes = inner
            .sequence()
            .map_err(damaged)?
            .rest()
            .iter()
            .map(Safe::parse)
            .collect();
        let by_nss = matches!(content.nodes(), [segment] if segment.contents().len() > BC_SEGMENT);
        Ok(Self {
            safes,
            mac,
            auth_safe,
            by_nss,
        })
    }

    /// The passwords with the one that the MAC confirms in front; as they are where there is no MAC.
    fn confirmed(&self, passwords: &[Password], keys: &mut Keys) -> Result<Vec<Password>, Stop> {
        let mut ordered: Vec<Password> = passwords.iter().map(Password::duplicate).collect();
        let Some(mac) = &self.mac else {
            return Ok(ordered);
        };
        for (at, password) in passwords.iter().enumerate() {
            if mac.confirms(password, self.auth_safe.expose(), keys)? {
                let confirmed = ordered.remove(at);
                ordered.insert(0, confirmed);
                return Ok(ordered);
            }
        }
        let refused = pbe::refused(WHAT, passwords);
        if matches!(refused, Error::PasswordNeeded { .. }) {
            return Err(refused.into());
        }
        // A password that opens the contents is the right one, so it is the file that changed. What opens only part of
        // them proves it as well; what needs no password proves nothing.
        let encrypted = |safe: &&Safe| matches!(safe, Safe::Encrypted { .. });
        let mut opened = Contents::default();
        for safe in self.safes.iter().filter(encrypted) {
            match safe.unlock(passwords, keys) {
                Ok(contents) => opened.append(contents),
                Err(Stop::Derive) => return Err(Stop::Derive),
                Err(Stop::Failed(_)) => {}
            }
        }
        match opened.items.is_empty() {
            true => Err(refused.into()),
            false => {
                let detail = "mac-wrong".into();
                Err(Error::Damaged {
                    what: Some(WHAT),
                    detail,
                }
                .into())
            }
        }
    }
}

impl Locked for Pfx {
    fn cost(&self) -> u64 {
        let mac = self.mac.as_ref().map_or(0, |mac| mac.kdf.iterations());
        let safes = self.safes.iter().map(|safe| match safe {
            Safe::Encrypted { pbe, .. } => pbe.cost(),
            Safe::Plain(bags) => bags_cost(bags),
            Safe::Unread(_) => 0,
        });
        safes.fold(mac, u64::saturating_add)
    }

    fn maker(&self) -> Option<Maker> {
        let bags = || self.safes.iter().flat_map(Safe::plain);
        let iterations = self.mac.as_ref().map(|mac| mac.kdf.iterations());
        let of_java = |bag: &Bag| {
            let id = bag.local_key_id.as_ref();
            id.is_some_and(|id| id.starts_with(b"Time "))
        };
        if bags().any(of_java) {
            Some(Maker::Java)
        } else if iterations == Some(WINDOWS_ITERATIONS) && bags().any(|bag| bag.provided) {
            Some(Maker::Windows)
        } else {
            self.by_nss.then_some(Maker::Nss)
        }
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let passwords = self.confirmed(passwords, keys)?;
        let mut contents = Contents::default();
        let mut derive = false;
        for safe in &self.safes {
            match safe.unlock(&passwords, keys) {
                Ok(part) => contents.append(part),
                Err(Stop::Derive) => derive = true,
                Err(Stop::Failed(error)) => contents.locked.push((None, error)),
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        if self.mac.is_none() && !contents.items.is_empty() {
            contents.findings.push(Finding::new(
                Severity::Warning,
                "no-mac",
                serde_json::json!({}),
            ));
        }
        if self.mac.is_some() {
            for (alias, error) in &mut contents.locked {
                *error = error.clone().of_part(alias.as_ref());
            }
        }
        // Nothing opened and something locked: the file is locked, for the reason of its first part.
        match (contents.items.is_empty(), contents.locked.is_empty()) {
            (true, false) => Err(contents.locked.swap_remove(0).1.into()),
            _ => Ok(contents),
        }
    }
}

impl MacData {
    fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let damaged = |fault: Fault| fault.of(WHAT);
        let mut parts = node.sequence().map_err(damaged)?;
        let mut info = parts.next().and_then(Node::sequence).map_err(damaged)?;
        let algorithm = info.next().map_err(damaged)?;
        let octets = |node: &Node<'_>| {
            node.tagged(OCTET_STRING)?
                .octets()
                .map(|octets| octets.into_owned())
        };
        let value = info.next().and_then(octets).map_err(damaged)?;
        // RFC 9579, section 4: under PBMAC1 everything stands in the algorithm's parameters; salt and count behind it are left
        // over and say nothing.
        if let Some(Pbmac1 {
            kdf,
            length,
            digest,
        }) = Pbmac1::parse(algorithm, WHAT)?
        {
            return Ok(Self {
                value,
                digest,
                kdf,
                key_length: length,
            });
        }
        let oid = algorithm
            .sequence()
            .and_then(|mut parts| parts.next()?.oid())
            .map_err(damaged)?;
        let digest = Digest::of_oid(oid).ok_or_else(|| pbe::unsupported_algorithm(oid))?;
        let salt = parts.next().and_then(octets).map_err(damaged)?;
        let iterations = parts
            .rest()
            .first()
            .map_or(Ok(1), pbe::iterations)
            .map_err(damaged)?;
        let kdf = Kdf::Pkcs12 {
            digest,
            purpose: Purpose::Mac,
            salt,
            iterations,
        };
        Ok(Self {
            value,
            digest,
            kdf,
            key_length: digest.size(),
        })
    }

    fn confirms(&self, password: &Password, data: &[u8], keys: &mut Keys) -> Result<bool, Stop> {
        let encodings = match self.kdf {
            Kdf::Pkcs12 { .. } => pbe::pkcs12_encodings(password),
            _ => pbe::pbes2_encodings(password),
        };
        for encoded in encodings {
            let job = KdfJob {
                kdf: self.kdf.clone(),
                password: encoded,
                length: self.key_length,
            };
            let key = keys.of(job)?;
            if equal(&self.digest.hmac(key.expose(), data), &self.value) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Safe {
    fn parse(node: &Node<'_>) -> Self {
        let read = || -> Result<Self, Error> {
            let (kind, content) = content_info(node).map_err(inside)?;
            let content = content
                .ok_or(Fault::Malformed("part-missing"))
                .map_err(inside)?;
            match kind {
                DATA => {
                    let octets = content
                        .tagged(OCTET_STRING)
                        .and_then(Node::octets)
                        .map_err(inside)?;
                    let octets = SecretDer::new(octets.into_owned());
                    let (node, _) = Node::parse_prefix(octets.expose()).map_err(inside)?;
                    Ok(Self::Plain(bags(&node)?))
                }
                ENCRYPTED_DATA => {
                    let (algorithm, data) = encrypted_data(content).map_err(inside)?;
                    Ok(Self::Encrypted {
                        pbe: Pbe::parse(algorithm, WHAT)?,
                        data,
                    })
                }
                other => {
                    let data = json!({ "oid": other.to_string() });
                    let detail = Reason::with("certificate-locked", data);
                    Err(Error::UnsupportedForm {
                        what: Some(WHAT),
                        detail,
                    })
                }
            }
        };
        read().unwrap_or_else(Self::Unread)
    }

    /// The bags that need no password to be seen.
    fn plain(&self) -> &[Bag] {
        match self {
            Self::Plain(bags) => bags,
            Self::Encrypted { .. } | Self::Unread(_) => &[],
        }
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        match self {
            Self::Encrypted { pbe, data } => {
                let bags = pbe.unlock(data, passwords, keys, WHAT, |plain| {
                    Ok(Node::parse_prefix(plain.expose())
                        .ok()
                        .and_then(|(node, _)| bags(&node).ok()))
                })?;
                unlock_bags(&bags, passwords, keys)
            }
            Self::Plain(bags) => unlock_bags(bags, passwords, keys),
            Self::Unread(error) => Err(error.clone().into()),
        }
    }
}

/// `ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT OPTIONAL }`
fn content_info<'n, 'a>(node: &'n Node<'a>) -> ber::Result<(Oid<'a>, Option<&'n Node<'a>>)> {
    let mut parts = node.sequence()?;
    let kind = parts.next()?.oid()?;
    let content = parts
        .optional(Tag::context(0))
        .map(|content| content.explicit(Tag::context(0)))
        .transpose()?;
    Ok((kind, content))
}

/// `EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, algorithm, [0] IMPLICIT OCTET STRING OPTIONAL } }`
fn encrypted_data<'n, 'a>(content: &'n Node<'a>) -> ber::Result<(&'n Node<'a>, Vec<u8>)> {
    let mut parts = content.sequence()?;
    parts.next()?.count()?;
    let mut info = parts.next()?.sequence()?;
    info.next()?.oid()?;
    let algorithm = info.next()?;
    let data = info
        .optional(Tag::context(0))
        .map(Node::octets)
        .transpose()?;
    Ok((algorithm, data.unwrap_or_default().into_owned()))
}

/// A cut inside the octets of a whole file is a contradiction and not a cut of the file.
fn inside(fault: Fault) -> Error {
    match fault {
        Fault::CutOff => Fault::Malformed("part-short").of(WHAT),
        other => other.of(WHAT),
    }
}

fn bags(node: &Node<'_>) -> Result<Vec<Bag>, Error> {
    node.sequence()
        .map_err(inside)?
        .rest()
        .iter()
        .map(Bag::parse)
        .collect()
}

fn bags_cost(bags: &[Bag]) -> u64 {
    let one = |bag: &Bag| match &bag.value {
        BagValue::SafeContents(inner) => bags_cost(inner),
        BagValue::ShroudedKey(Ok(key)) => key.cost(),
        BagValue::ShroudedSecret { pbe, .. } => pbe.cost(),
        _ => 0,
    };
    bags.iter().map(one).fold(0, u64::saturating_add)
}

impl Bag {
    fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let damaged = inside;
        let mut parts = node.sequence().map_err(damaged)?;
        let kind = parts.next().and_then(Node::oid).map_err(damaged)?;
        let value = parts
            .next()
            .and_then(|value| value.explicit(Tag::context(0)))
            .map_err(damaged)?;
        let mut bag = Self {
            alias: None,
            local_key_id: None,
            trusted: false,
            provided: false,
            value: BagValue::parse(kind, value)?,
        };
        if let Some(attributes) = parts.optional(SET) {
            attributes
                .nodes()
                .iter()
                .for_each(|attribute| bag.read_attribute(attribute));
        }
        Ok(bag)
    }

    /// PKCS12Attribute ::= SEQUENCE { attrId, attrValues SET }; what is not known, or not whole, is passed over.
    fn read_attribute(&mut self, attribute: &Node<'_>) {
        let [kind, values] = attribute.nodes() else {
            return;
        };
        let (Ok(kind), value) = (kind.oid(), values.nodes().first()) else {
            return;
        };
        match (kind, value) {
            (FRIENDLY_NAME, Some(value)) => self.alias = Some(name::text(value)),
            (LOCAL_KEY_ID, Some(value)) => {
                self.local_key_id = value.octets().ok().map(|id| id.into_owned())
            }
            (PROVIDER_NAME, _) => self.provided = true,
            (TRUSTED_KEY_USAGE, _) => self.trusted = true,
            _ => {}
        }
    }
}

impl BagValue {
    fn parse(kind: Oid<'_>, value: &Node<'_>) -> Result<Self, Error> {
        Ok(match kind {
            KEY_BAG => Self::Key(PrivateKey::parse(value.raw).map(Arc::new)),
            SHROUDED_KEY_BAG => Self::ShroudedKey(EncryptedKey::parse(value)),
            CERT_BAG => {
                let (kind, octets) = typed_octets(value).map_err(inside)?;
                match kind {
                    X509_CERTIFICATE => Self::Certificate(Certificate::parse(&octets)),
                    other => Self::Unknown(other.to_string()),
                }
            }
            CRL_BAG => {
                let (kind, octets) = typed_octets(value).map_err(inside)?;
                match kind {
                    X509_CRL => Self::Crl(octets.into()),
                    other => Self::Unknown(other.to_string()),
                }
            }
            SECRET_BAG => {
                let (kind, octets) = typed_octets(value).map_err(inside)?;
                Self::parse_secret(kind, &octets)
                    .unwrap_or_else(|_| Self::Unknown(kind.to_string()))
            }
            SAFE_CONTENTS_BAG => Self::SafeContents(bags(value)?),
            other => Self::Unknown(other.to_string()),
        })
    }

    /// Java puts an EncryptedPrivateKeyInfo into the secret bag's octets, under the identifier of a shrouded key bag.
    fn parse_secret(kind: Oid<'_>, octets: &[u8]) -> Result<Self, Error> {
        let node = Node::parse(octets).map_err(inside)?;
        let [algorithm, data] = node.nodes() else {
            return Err(Error::UnsupportedAlgorithm {
                algorithm: format!("The secret type {kind}"),
            });
        };
        if node.tag != SEQUENCE {
            return Err(Fault::Malformed("secret-kind").of(WHAT));
        }
        let data = data
            .tagged(OCTET_STRING)
            .and_then(Node::octets)
            .map_err(inside)?
            .into_owned();
        Ok(Self::ShroudedSecret {
            pbe: Pbe::parse(algorithm, WHAT)?,
            data,
        })
    }
}

/// `CertBag, CRLBag, SecretBag ::= SEQUENCE { id, value [0] EXPLICIT OCTET STRING }`
fn typed_octets<'a>(value: &Node<'a>) -> ber::Result<(Oid<'a>, Vec<u8>)> {
    let mut parts = value.sequence()?;
    let kind = parts.next()?.oid()?;
    let octets = parts
        .next()?
        .explicit(Tag::context(0))?
        .octets()?
        .into_owned();
    Ok((kind, octets))
}

/// The contents of bags; each that wants a key first is noted, so that one round of deriving serves all.
fn unlock_bags(bags: &[Bag], passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
    let mut contents = Contents::default();
    let mut derive = false;
    for bag in bags {
        match bag.unlock(passwords, keys) {
            Ok(part) => contents.append(part),
            Err(Stop::Derive) => derive = true,
            Err(Stop::Failed(error)) => contents.locked.push((bag.alias.clone(), error)),
        }
    }
    match derive {
        true => Err(Stop::Derive),
        false => Ok(contents),
    }
}

impl Bag {
    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let value = match &self.value {
            BagValue::Certificate(certificate) => {
                Value::Certificate(Arc::new(certificate.clone()?))
            }
            BagValue::Crl(der) => Value::Crl(der.clone()),
            BagValue::Key(key) => Value::PrivateKey(key.clone()?),
            BagValue::SafeContents(inner) => return unlock_bags(inner, passwords, keys),
            BagValue::ShroudedKey(Ok(key)) => {
                Value::PrivateKey(Arc::new(key.unlock_key(passwords, keys)?))
            }
            BagValue::ShroudedKey(Err(error)) => return Err(error.clone().into()),
            BagValue::ShroudedSecret { pbe, data } => {
                let secret =
                    pbe.unlock(data, passwords, keys, WHAT, |plain| Ok(secret_key(&plain)))?;
                Value::SecretKey(Arc::new(secret))
            }
            BagValue::Unknown(kind) => {
                let mut contents = Contents::default();
                contents.findings.push(Finding::new(
                    Severity::Info,
                    "unknown-part",
                    serde_json::json!({ "oid": kind }),
                ));
                return Ok(contents);
            }
        };
        Ok(Contents::of(vec![Item {
            alias: self.alias.clone(),
            local_key_id: self.local_key_id.clone(),
            trusted: self.trusted,
            value,
        }]))
    }
}

/// A secret key in the shape of a PKCS#8 key: the algorithm is the cipher's, the octets are the raw key.
fn secret_key(plain: &SecretDer) -> Option<SecretKey> {
    let node = Node::parse(plain.expose()).ok()?;
    let mut parts = node.sequence().ok()?;
    parts.next().ok()?.count().ok()?;
    let algorithm = parts
        .next()
        .ok()?
        .sequence()
        .ok()?
        .next()
        .ok()?
        .oid()
        .ok()?
        .to_string();
    let bytes = SecretDer::new(
        parts
            .next()
            .ok()?
            .tagged(OCTET_STRING)
            .ok()?
            .octets()
            .ok()?
            .into_owned(),
    );
    Some(SecretKey { algorithm, bytes })
}
