//! One entry as it goes into the files, and the output formats that have a place for it.

use std::sync::Arc;

use super::options::{Chosen, unfit};
use serde_json::json;

use crate::base::error::Error;
use crate::format::openssh;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;
use crate::model::store::{EntryKind, SecretKey, Store};
use crate::target::output::{ChainPart, Encoding, KeySyntax, OutputFormat, PublicSyntax};

/// One entry as it goes into the files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    pub(crate) alias: String,
    pub(crate) key: Option<Arc<PrivateKey>>,
    /// End-entity first; for a lone certificate that one.
    pub(crate) chain: Vec<Arc<Certificate>>,
    /// DER of the SubjectPublicKeyInfo, where it is known.
    pub(crate) public_key: Option<Vec<u8>>,
    pub(crate) secret: Option<Arc<SecretKey>>,
}

impl Source {
    /// What was chosen of a store.
    ///
    /// # Errors
    ///
    /// [`Error::EntryUnknown`]; [`Error::OptionsUnfit`] for an issuer that no file has brought.
    pub(super) fn of(store: &Store, chosen: &Chosen) -> Result<Self, Error> {
        let entry = store.entries.get(chosen.entry);
        let entry = entry.ok_or_else(|| Error::EntryUnknown {
            name: chosen.entry.to_string(),
        })?;
        let mut source = Self {
            alias: chosen.alias.clone(),
            ..Self::default()
        };
        match &entry.kind {
            EntryKind::PrivateKey { key, chain } => {
                source.key = Some(key.clone());
                source.chain.clone_from(chain);
            }
            EntryKind::Certificate(certificate) => source.chain = vec![certificate.clone()],
            EntryKind::PublicKey(spki) => source.public_key = Some(spki.clone()),
            EntryKind::SecretKey(secret) => source.secret = Some(secret.clone()),
            EntryKind::Crl(_) | EntryKind::Request(_) => return Err(Error::NoPrivateKey),
        }
        let of_key = source.key.as_ref().and_then(|key| key.spki());
        let of_leaf = source.chain.first().map(|leaf| leaf.spki());
        if let Some(spki) = of_key.or(of_leaf) {
            source.public_key = Some(spki.to_vec());
        }
        if let (Some(issuers), false) = (&chosen.issuers, source.chain.is_empty()) {
            source.chain.truncate(1);
            for sha256 in issuers {
                source.chain.push(by_sha256(store, sha256)?);
            }
        }
        Ok(source)
    }

    /// A certificate alone.
    pub(crate) fn certificate(alias: String, certificate: Arc<Certificate>) -> Self {
        Self {
            alias,
            chain: vec![certificate],
            ..Self::default()
        }
    }

    /// Those of the chain that are asked for.
    pub(super) fn certificates(&self, part: ChainPart) -> &[Arc<Certificate>] {
        let all = self.chain.as_slice();
        let without_root = match all {
            // A root at the end; a lone self-signed certificate is the end-entity's and stays.
            [below @ .., last] if !below.is_empty() && last.is_self_signed() => below,
            _ => all,
        };
        match part {
            ChainPart::Leaf => all.get(..1).unwrap_or_default(),
            ChainPart::Intermediates => without_root.get(1..).unwrap_or_default(),
            ChainPart::FullChain => without_root,
            ChainPart::WholeChain => all,
            ChainPart::Authorities => all.get(1..).unwrap_or_default(),
        }
    }

    /// Whether an output format has a place for it, and something to put there. A key alone is a keystore that a person asks for by
    /// hand; a system that wants an identity would fail with it.
    ///
    /// # Errors
    ///
    /// Why it can never be written that way.
    pub(super) fn fits(&self, format: OutputFormat, by_hand: bool) -> Result<bool, Error> {
        if matches!(format, OutputFormat::SecretKey { .. }) != self.secret.is_some() {
            return Err(match self.secret {
                Some(_) => unfit("secret-key-form", json!({})),
                None => unfit("secret-key-missing", json!({})),
            });
        }
        if format.needs_key() && self.key.is_none() {
            return Err(Error::NoPrivateKey);
        }
        if format.needs_certificate() && self.chain.is_empty() {
            // Only PKCS#12 has a place for a key without its certificate.
            match (format, &self.key) {
                (OutputFormat::Pkcs12 { .. }, Some(_)) if by_hand => return Ok(true),
                _ => return Err(Error::NoCertificate),
            }
        }
        match format {
            OutputFormat::Certificates {
                certificates,
                encoding,
            } => {
                let count = self.certificates(certificates).len();
                if count > 1 && encoding != Encoding::Pem {
                    return Err(unfit("one-certificate", json!({})));
                }
                Ok(count > 0)
            }
            OutputFormat::CertificateBag { certificates, .. } => {
                Ok(!self.certificates(certificates).is_empty())
            }
            OutputFormat::PrivateKey { syntax, .. } => self.fits_syntax(syntax).map(|()| true),
            OutputFormat::PublicKey { syntax, .. } => match (&self.public_key, syntax) {
                (None, _) => Err(Error::NoPrivateKey),
                (Some(spki), PublicSyntax::Openssh) => openssh::public_line(spki, "").map(|_| true),
                _ => Ok(true),
            },
            OutputFormat::AnaplanToken { .. } => match &self.key {
                Some(key) if key.algorithm().name != "RSA" => {
                    Err(key.unfit("Anaplan’s REST API", "an RSA key"))
                }
                _ => Ok(true),
            },
            _ => Ok(true),
        }
    }

    fn fits_syntax(&self, syntax: KeySyntax) -> Result<(), Error> {
        let Some(key) = &self.key else {
            return Err(Error::NoPrivateKey);
        };
        match syntax {
            KeySyntax::Pkcs8 => Ok(()),
            KeySyntax::Pkcs1 => key.pkcs1().map(|_| ()),
            KeySyntax::Sec1 => key.sec1().map(|_| ()),
            KeySyntax::Openssh => {
                let spki = key.spki().unwrap_or_default();
                openssh::public_line(spki, "").map(|_| ())
            }
        }
    }
}

fn by_sha256(store: &Store, sha256: &str) -> Result<Arc<Certificate>, Error> {
    let certificates = store.entries.iter().flat_map(|entry| match &entry.kind {
        EntryKind::PrivateKey { chain, .. } => chain.as_slice(),
        EntryKind::Certificate(certificate) => std::slice::from_ref(certificate),
        _ => &[],
    });
    certificates
        .into_iter()
        .find(|certificate| certificate.sha256() == sha256)
        .cloned()
        .ok_or_else(|| unfit("unknown-issuer", json!({})))
}
