//! A second, independent reader: once our own has verified a written file, another opens it too, and what it finds is
//! compared with what went in. A fault that our writer and our reader share is seen here and nowhere else.
//!
//! ```text
//! PKCS#12                                p12-keystore
//! PKCS#8: DER, PEM, base64, PEM bundles  pkcs8
//! certificates and public keys           x509-parser, whole input consumed; out of PEM by pem-rfc7468
//! all else                               no second reader: that is said, and our own counts alone
//! ```
//!
//! **Outside the seam of key derivation.** All other keys are derived by the caller of the core ([`crate::crypto::kdf`]).
//! These crates take a password and derive by themselves, in one call that can neither be stopped nor handed to WebCrypto.
//! To give them our derived keys would be to do half of their reading with our code, and that half would be checked by
//! nobody. So they run here, in the middle of [`super::Conversion::step`], in the page on the worker that made the files: it
//! is not the page's own thread, and *Cancel* ends it as it ends everything else. A worker of its own would need the
//! passwords, the files and what went into them a second time, and would begin when the first has nothing left to do.
//! What it costs: 60 kB of the page in brotli, and processor time in wasm (best of three in V8, a page with these readers
//! against one without): a PKCS#12 file 0.13 s at 100,000 iterations and 0.9 s at 600,000, a key 0.06 s and 0.46 s. A batch
//! pays that for every file.
//!
//! **What is not wiped.** The passwords are lent and not copied by us. pkcs8 wipes the key that it decrypts. p12-keystore
//! 0.4.1 wipes neither what it decrypts (two copies of each private key) nor the keys that it derives; in the page the
//! allocator zeroes them when they are freed, in a native program nobody does. Both leave derived keys on the stack, and
//! nothing reaches those.
//!
//! **What these crates cannot read** is found before they are asked, so that whatever they refuse then is a contradiction:
//! p12-keystore takes no character beyond the Basic Multilingual Plane in password or alias, one password for store and
//! keys, and 1,000,000 iterations at most (which is held for pkcs8 too, where nothing else bounds the time); pkcs8 has no
//! encryption of PKCS#12's own (`pbeWithSHAAnd3-KeyTripleDES-CBC`). None of them reads a key or a certificate that breaks
//! its standard and that is carried over byte for byte.

use std::sync::Arc;

use base64ct::{Base64, Encoding as _};
use p12_keystore::{Pkcs12Archive, PrivateKeyBag};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};
use serde_json::Map;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::SubjectPublicKeyInfo;
use zeroize::Zeroizing;

use super::source::Source;
use crate::base::error::Error;
use crate::base::secret::{Password, equal};
use crate::base::words;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;
use crate::target::output::{
    ChainPart, Encoding, KeySyntax, OutputFormat, Protection, PublicSyntax,
};

/// The readers by the names that a person sees; a test holds the versions to `Cargo.lock`.
pub(crate) const P12_KEYSTORE: &str = "p12-keystore 0.4";
/// As [`P12_KEYSTORE`].
pub(crate) const PKCS8: &str = "pkcs8 0.11";
/// As [`P12_KEYSTORE`].
pub(crate) const X509_PARSER: &str = "x509-parser 0.18";

/// Our own reader among those that opened a file.
pub(crate) const KEYFERRY: &str = "keyferry";

/// More are not waited for.
const ITERATIONS: u32 = 1_000_000;

/// What second readers made of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Second {
    /// Those that opened it, or a part of it, and found what went in.
    pub(crate) readers: Vec<&'static str>,
    /// Why none opened it, or not all of it, by the code of its text.
    pub(crate) not_opened: Option<&'static str>,
}

/// What a file was locked with.
#[derive(Clone, Copy)]
pub(crate) struct Lock<'a> {
    /// The password of the store.
    pub(crate) store: &'a Password,
    /// The password over each private key.
    pub(crate) key: &'a Password,
    /// Iterations over a key, and over PKCS#12.
    pub(crate) iterations: (u32, u32),
}

/// A reader's contradiction: what it read is not what went in, or it did not read.
struct Contradiction(&'static str);

/// Has a file read that our own reader has verified.
///
/// # Errors
///
/// [`Error::SecondReader`] where a second reader refuses the file, or reads something else in it.
pub(crate) fn read(
    name: &str,
    format: OutputFormat,
    bytes: &[u8],
    sources: &[&Source],
    lock: Lock<'_>,
) -> Result<Second, Error> {
    let read = match (format, sources) {
        (OutputFormat::Pkcs12 { certificates, .. }, sources) => {
            pkcs12(bytes, sources, certificates, lock)
        }
        (
            OutputFormat::PrivateKey {
                syntax: KeySyntax::Pkcs8,
                encoding,
                protection,
            },
            [source],
        ) => decoded(bytes, (encoding, key_label(protection)), PKCS8)
            .and_then(|der| private_key(&der, source, protection, lock)),
        (
            OutputFormat::PemBundle {
                certificates,
                protection,
            },
            [source],
        ) => pem_bundle(bytes, source, (certificates, protection), lock),
        (
            OutputFormat::Certificates {
                certificates: part,
                encoding,
            },
            [source],
        ) => {
            let parts = match encoding {
                Encoding::Pem => blocks(bytes),
                Encoding::Der | Encoding::Base64 => vec![bytes],
            };
            certificates(&parts, source.certificates(part), encoding)
        }
        (
            OutputFormat::PublicKey {
                syntax: PublicSyntax::Spki,
                encoding,
            },
            [source],
        ) => public_key(bytes, source, encoding),
        (format, _) => Ok(Second::not(lacking(format))),
    };
    read.map_err(|Contradiction(reader)| Error::SecondReader {
        name: name.to_owned(),
        reader,
    })
}

impl Second {
    fn by(reader: &'static str) -> Self {
        Self {
            readers: vec![reader],
            not_opened: None,
        }
    }

    fn not(reason: &'static str) -> Self {
        Self {
            readers: Vec::new(),
            not_opened: Some(reason),
        }
    }
}

/// Why no second reader opened a file, as it is said beside the file.
pub(crate) fn said(reason: &str) -> String {
    let none = Map::new();
    let why = words::reason(&format!("not-opened.{reason}"), &none);
    format!("{} {why}", words::reason("not-opened", &none))
}

/// Why there is no second reader for an output format, by the code of its text.
fn lacking(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::AnaplanToken { .. } => "token",
        OutputFormat::CertificateBag { .. } => "pkcs7",
        OutputFormat::Java { .. } => "java-keystore",
        OutputFormat::PublicKey { .. } => "openssh",
        OutputFormat::SecretKey { .. } => "secret-key",
        OutputFormat::PrivateKey { syntax, .. } => match syntax {
            KeySyntax::Openssh => "openssh",
            KeySyntax::Pkcs1 => "pkcs1",
            KeySyntax::Pkcs8 | KeySyntax::Sec1 => "sec1",
        },
        OutputFormat::Certificates { .. }
        | OutputFormat::PemBundle { .. }
        | OutputFormat::Pkcs12 { .. } => "format",
    }
}

fn pkcs12(
    bytes: &[u8],
    sources: &[&Source],
    part: ChainPart,
    lock: Lock<'_>,
) -> Result<Second, Contradiction> {
    let keys = || sources.iter().filter_map(|source| source.key.as_deref());
    let mut chains = sources.iter().flat_map(|source| source.certificates(part));
    let beyond = |text: &str| text.chars().any(|c| c >= '\u{ffff}');
    let two = lock.key.expose() != lock.store.expose();
    if beyond(lock.store.expose()) {
        return Ok(Second::not("password"));
    } else if sources.iter().any(|source| beyond(&source.alias)) {
        return Ok(Second::not("alias"));
    } else if two && keys().next().is_some() {
        return Ok(Second::not("two-passwords"));
    } else if lock.iterations.1 > ITERATIONS {
        return Ok(Second::not(COSTLY));
    } else if !keys().all(is_strict_key) {
        return Ok(Second::not(ODD_KEY));
    } else if !chains.all(|link| is_strict_certificate(link)) {
        return Ok(Second::not(ODD_CERTIFICATE));
    }
    let read = Pkcs12Archive::from_pkcs12(bytes, lock.store.expose());
    let same = read.is_ok_and(|archive| holds(&archive, sources, part));
    same.then(|| Second::by(P12_KEYSTORE))
        .ok_or(Contradiction(P12_KEYSTORE))
}

/// Whether an archive holds each source, in their order, and nothing else.
fn holds(archive: &Pkcs12Archive, sources: &[&Source], part: ChainPart) -> bool {
    let mut keys = archive.keys.iter();
    let identities = sources.iter().filter(|source| source.key.is_some());
    let mut same = identities.map(|source| {
        let (Some(bag), Some(key)) = (keys.next(), &source.key) else {
            return false;
        };
        let [leaf, rest @ ..] = source.certificates(part) else {
            return is_key(bag, key, &source.alias);
        };
        let own = archive.certs.iter().find(|one| {
            let id = bag.local_key_id.as_ref().map(AsRef::as_ref);
            id.is_some()
                && one.local_key_id.as_deref() == id
                && is_named(&one.friendly_name, &source.alias)
        });
        let here = |link: &Arc<Certificate>| {
            archive
                .certs
                .iter()
                .any(|one| one.cert.as_der() == link.der())
        };
        is_key(bag, key, &source.alias)
            && own.is_some_and(|own| own.cert.as_der() == leaf.der())
            && rest.iter().all(here)
    });
    let all = same.all(|one| one);
    let lone = sources.iter().filter(|source| source.key.is_none());
    let trusted = lone.filter_map(|source| Some((source.chain.first()?, &source.alias)));
    let mut trusted = trusted.map(|(certificate, alias)| {
        archive.certs.iter().any(|one| {
            one.trusted
                && one.cert.as_der() == certificate.der()
                && is_named(&one.friendly_name, alias)
        })
    });
    let trusted = trusted.all(|one| one);
    let went_in = |der: &[u8]| {
        let mut links = sources.iter().flat_map(|source| match source.key {
            Some(_) => source.certificates(part),
            None => source.chain.get(..1).unwrap_or_default(),
        });
        links.any(|link| link.der() == der)
    };
    let nothing_else = archive.certs.iter().all(|one| went_in(one.cert.as_der()));
    all && trusted && nothing_else && keys.next().is_none() && archive.secrets.is_empty()
}

fn is_key(bag: &PrivateKeyBag, key: &PrivateKey, alias: &str) -> bool {
    is_named(&bag.friendly_name, alias) && equal(bag.key.as_der(), key.pkcs8().expose())
}

fn is_named(name: &Option<String>, alias: &str) -> bool {
    name.as_deref() == Some(alias)
}

/// PKCS#8 DER, encrypted or not.
fn private_key(
    der: &SecretDocument,
    source: &Source,
    protection: Protection,
    lock: Lock<'_>,
) -> Result<Second, Contradiction> {
    let refused = || Contradiction(PKCS8);
    let key = source.key.as_ref().ok_or_else(refused)?;
    if !is_strict_key(key) {
        return Ok(Second::not(ODD_KEY));
    }
    let same = match protection {
        Protection::LegacyTripleDes => {
            return Ok(Second::not("legacy-3des"));
        }
        Protection::None => is_same_key(der.as_bytes(), key),
        Protection::Password | Protection::Pbes2 { .. } if lock.iterations.0 > ITERATIONS => {
            return Ok(Second::not(COSTLY));
        }
        Protection::Password | Protection::Pbes2 { .. } => {
            let locked = EncryptedPrivateKeyInfoRef::try_from(der.as_bytes());
            let plain = locked.and_then(|locked| locked.decrypt(lock.key.expose()));
            is_same_key(plain.map_err(|_| refused())?.as_bytes(), key)
        }
    };
    same.then(|| Second::by(PKCS8)).ok_or_else(refused)
}

/// What the armour of a key says.
fn key_label(protection: Protection) -> &'static str {
    match protection {
        Protection::None => "PRIVATE KEY",
        _ => "ENCRYPTED PRIVATE KEY",
    }
}

fn is_same_key(der: &[u8], key: &PrivateKey) -> bool {
    PrivateKeyInfoRef::try_from(der).is_ok() && equal(der, key.pkcs8().expose())
}

/// The key first, then the certificates.
fn pem_bundle(
    bytes: &[u8],
    source: &Source,
    (part, protection): (ChainPart, Protection),
    lock: Lock<'_>,
) -> Result<Second, Contradiction> {
    let blocks = blocks(bytes);
    let [key, links @ ..] = blocks.as_slice() else {
        return Err(Contradiction(PKCS8));
    };
    let der = decoded(key, (Encoding::Pem, key_label(protection)), PKCS8)?;
    let key = private_key(&der, source, protection, lock)?;
    let chain = certificates(links, source.certificates(part), Encoding::Pem)?;
    Ok(Second {
        readers: [key.readers, chain.readers].concat(),
        not_opened: key.not_opened.or(chain.not_opened),
    })
}

/// The blocks of a PEM text, each with its armour lines.
fn blocks(bytes: &[u8]) -> Vec<&[u8]> {
    const END: &[u8] = b"-----END ";
    let mut blocks = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let last = rest.windows(END.len()).position(|start| start == END);
        let line = last.and_then(|at| {
            let mut after = rest.iter().skip(at);
            after
                .position(|byte| *byte == b'\n')
                .map(|end| at + end + 1)
        });
        let (block, after) = rest.split_at(line.unwrap_or(rest.len()));
        blocks.push(block);
        rest = after;
    }
    blocks
}

/// One certificate a part.
fn certificates(
    parts: &[&[u8]],
    went_in: &[Arc<Certificate>],
    encoding: Encoding,
) -> Result<Second, Contradiction> {
    if !went_in.iter().all(|link| is_strict_certificate(link)) {
        return Ok(Second::not(ODD_CERTIFICATE));
    }
    let same = |(part, link): (&&[u8], &Arc<Certificate>)| {
        let der = decoded(part, (encoding, "CERTIFICATE"), X509_PARSER)?;
        Ok(der.as_bytes() == link.der() && is_strict(der.as_bytes()))
    };
    let read: Vec<bool> = parts
        .iter()
        .zip(went_in)
        .map(same)
        .collect::<Result<_, _>>()?;
    let all = parts.len() == went_in.len() && read.into_iter().all(|one| one);
    all.then(|| Second::by(X509_PARSER))
        .ok_or(Contradiction(X509_PARSER))
}

fn public_key(bytes: &[u8], source: &Source, encoding: Encoding) -> Result<Second, Contradiction> {
    let refused = || Contradiction(X509_PARSER);
    let spki = source.public_key.as_deref().ok_or_else(refused)?;
    let strict =
        |der: &[u8]| SubjectPublicKeyInfo::from_der(der).is_ok_and(|(rest, _)| rest.is_empty());
    if !strict(spki) {
        return Ok(Second::not("odd-public-key"));
    }
    let der = decoded(bytes, (encoding, "PUBLIC KEY"), X509_PARSER)?;
    let same = der.as_bytes() == spki && strict(der.as_bytes());
    same.then(|| Second::by(X509_PARSER)).ok_or_else(refused)
}

const COSTLY: &str = "iterations";
const ODD_KEY: &str = "odd-key";
const ODD_CERTIFICATE: &str = "odd-certificate";

/// Out of one block of PEM by pem-rfc7468 (x509-parser’s own reader of PEM is 60 KB of wasm), out of one line of base64, or the bytes themselves; wiped when dropped.
fn decoded(
    bytes: &[u8],
    (encoding, label): (Encoding, &str),
    reader: &'static str,
) -> Result<SecretDocument, Contradiction> {
    let refused = || Contradiction(reader);
    let text = || std::str::from_utf8(bytes).map_err(|_| refused());
    match encoding {
        Encoding::Der => SecretDocument::try_from(bytes).map_err(|_| refused()),
        Encoding::Pem => {
            let (found, document) = SecretDocument::from_pem(text()?).map_err(|_| refused())?;
            match found == label {
                true => Ok(document),
                false => Err(refused()),
            }
        }
        Encoding::Base64 => {
            let line = text()?.trim_end_matches(['\r', '\n']);
            let der = Zeroizing::new(Base64::decode_vec(line).map_err(|_| refused())?);
            SecretDocument::try_from(der.as_slice()).map_err(|_| refused())
        }
    }
}

/// Whether pkcs8 reads a key as it came to us.
fn is_strict_key(key: &PrivateKey) -> bool {
    PrivateKeyInfoRef::try_from(key.pkcs8().expose()).is_ok()
}

/// Whether x509-parser reads a certificate as it came to us.
fn is_strict_certificate(certificate: &Certificate) -> bool {
    is_strict(certificate.der())
}

fn is_strict(der: &[u8]) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(rest, _)| rest.is_empty())
}

#[cfg(test)]
mod tests;
