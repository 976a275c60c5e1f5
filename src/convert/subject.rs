//! One entry as it goes into the files, and the forms that have a place for it.

use std::sync::Arc;

use super::wish::{Chosen, unfit};
use serde_json::json;

use crate::base::error::Error;
use crate::format::openssh;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;
use crate::model::store::{EntryKind, SecretKey, Store};
use crate::target::form::{Encoding, Form, KeySyntax, PublicSyntax, Which};

/// One entry as it goes into the files.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    pub(super) alias: String,
    pub(super) key: Option<Arc<PrivateKey>>,
    /// End-entity first; for a lone certificate that one.
    pub(super) chain: Vec<Arc<Certificate>>,
    /// DER of the SubjectPublicKeyInfo, where it is known.
    pub(super) public_key: Option<Vec<u8>>,
    pub(super) secret: Option<Arc<SecretKey>>,
}

impl Subject {
    /// What was chosen of a store.
    ///
    /// # Errors
    ///
    /// [`Error::EntryUnknown`]; [`Error::WishUnfit`] for an issuer that no file has brought.
    pub(super) fn of(store: &Store, chosen: &Chosen) -> Result<Self, Error> {
        let entry = store.entries.get(chosen.entry);
        let entry = entry.ok_or_else(|| Error::EntryUnknown {
            name: chosen.entry.to_string(),
        })?;
        let mut subject = Self {
            alias: chosen.alias.clone(),
            ..Self::default()
        };
        match &entry.kind {
            EntryKind::PrivateKey { key, chain } => {
                subject.key = Some(key.clone());
                subject.chain.clone_from(chain);
            }
            EntryKind::Certificate(certificate) => subject.chain = vec![certificate.clone()],
            EntryKind::PublicKey(spki) => subject.public_key = Some(spki.clone()),
            EntryKind::SecretKey(secret) => subject.secret = Some(secret.clone()),
            EntryKind::Crl(_) | EntryKind::Request(_) => return Err(Error::NoPrivateKey),
        }
        let of_key = subject.key.as_ref().and_then(|key| key.spki());
        let of_leaf = subject.chain.first().map(|leaf| leaf.spki());
        if let Some(spki) = of_key.or(of_leaf) {
            subject.public_key = Some(spki.to_vec());
        }
        if let (Some(issuers), false) = (&chosen.issuers, subject.chain.is_empty()) {
            subject.chain.truncate(1);
            for sha256 in issuers {
                subject.chain.push(by_sha256(store, sha256)?);
            }
        }
        Ok(subject)
    }

    /// A certificate alone.
    pub(super) fn certificate(alias: String, certificate: Arc<Certificate>) -> Self {
        Self {
            alias,
            chain: vec![certificate],
            ..Self::default()
        }
    }

    /// Those of the chain that are asked for.
    pub(super) fn certificates(&self, which: Which) -> &[Arc<Certificate>] {
        let all = self.chain.as_slice();
        let end = match all {
            // A root at the end; a lone self-signed certificate is the end-entity's and stays.
            [_, .., last] if last.is_self_signed() => all.len() - 1,
            _ => all.len(),
        };
        match which {
            Which::Leaf => &all[..all.len().min(1)],
            Which::Intermediates => all.get(1..end).unwrap_or_default(),
            Which::FullChain => &all[..end],
            Which::WholeChain => all,
            Which::Authorities => all.get(1..).unwrap_or_default(),
        }
    }

    /// Whether a form has a place for it, and something to put there. A key alone is a keystore that a person asks for by
    /// hand; a system that wants an identity would fail with it.
    ///
    /// # Errors
    ///
    /// Why it can never be written that way.
    pub(super) fn fits(&self, form: Form, by_hand: bool) -> Result<bool, Error> {
        if matches!(form, Form::SecretKey { .. }) != self.secret.is_some() {
            return Err(match self.secret {
                Some(_) => unfit("secret-key-form", json!({})),
                None => unfit("secret-key-missing", json!({})),
            });
        }
        if form.needs_key() && self.key.is_none() {
            return Err(Error::NoPrivateKey);
        }
        if form.needs_certificate() && self.chain.is_empty() {
            // Only PKCS#12 has a place for a key without its certificate.
            match (form, &self.key) {
                (Form::Pkcs12 { .. }, Some(_)) if by_hand => return Ok(true),
                _ => return Err(Error::NoCertificate),
            }
        }
        match form {
            Form::Certificates { which, encoding } => {
                let count = self.certificates(which).len();
                if count > 1 && encoding != Encoding::Pem {
                    return Err(unfit("one-certificate", json!({})));
                }
                Ok(count > 0)
            }
            Form::CertificateBag { which, .. } => Ok(!self.certificates(which).is_empty()),
            Form::PrivateKey { syntax, .. } => self.fits_syntax(syntax).map(|()| true),
            Form::PublicKey { syntax, .. } => match (&self.public_key, syntax) {
                (None, _) => Err(Error::NoPrivateKey),
                (Some(spki), PublicSyntax::Openssh) => openssh::public_line(spki, "").map(|_| true),
                _ => Ok(true),
            },
            Form::AnaplanToken { .. } => match &self.key {
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
