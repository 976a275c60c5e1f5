//! One identity to the files of a target, each read back before it is offered.

use rand_core::CryptoRng;
use serde_json::{Value, json};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::check::check;
use crate::digest::{Digest, sha256_hex};
use crate::error::{Error, Finding};
use crate::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue};
use crate::format::{jks, pem, pkcs8, pkcs12};
use crate::kdf::{KdfJob, Keys, Stop};
use crate::secret::{Password, SecretDer};
use crate::store::{Entry, EntryKind, Store};
use crate::target::{self, FileKind, ITERATIONS, Paste, Target};
use crate::{parse, recognise};

/// What a person asks for.
pub struct Wish {
    /// The system the files are for.
    pub target: &'static Target,
    /// The name of the identity in what is written.
    pub alias: String,
    /// What guards the private key in what is written.
    pub password: Password,
    /// The instant of the conversion.
    pub at: OffsetDateTime,
}

/// One written file.
pub struct WrittenFile {
    /// What it is to be saved as.
    pub name: String,
    /// What it is for.
    pub description: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes; they may hold the private key, so they are wiped.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether the private key is in it.
    pub holds_key: bool,
    /// Read back by our own reader with the new password, key and chain equal to what went in. A file that is not never
    /// leaves here; the mark says that this was done.
    pub verified: bool,
}

/// A conversion on its way. Like [`crate::Opening`] it derives nothing itself.
pub struct Conversion<'s> {
    entry: &'s Entry,
    wish: Wish,
    entries: [KeystoreEntry; 1],
    encryption: pkcs8::Encryption,
    jks: jks::Writer,
    /// One for each file of the target that is a PKCS#12.
    pkcs12: Vec<Option<pkcs12::Writer>>,
    keys: Keys,
    written: Vec<WrittenFile>,
    findings: Vec<Finding>,
}

/// What stands between here and the files.
pub enum ConversionStep {
    /// These keys are wanted; supply them and step again.
    Derive(Vec<KdfJob>),
    /// The files, each verified.
    Done(Converted),
}

/// What a conversion gives.
pub struct Converted {
    /// The files, in the target's order.
    pub files: Vec<WrittenFile>,
    /// The lines to paste.
    pub paste: Vec<Paste>,
    /// What the target has against this identity.
    pub findings: Vec<Finding>,
}

impl<'s> Conversion<'s> {
    /// Plans the files of an entry; salts and vectors are drawn now.
    ///
    /// # Errors
    ///
    /// [`Error::EntryUnknown`], [`Error::NoPrivateKey`], [`Error::NoCertificate`]; [`Error::AliasUnfit`] and
    /// [`Error::PasswordUnfit`] where a rule of the target is broken.
    pub fn new(
        store: &'s Store,
        entry: usize,
        wish: Wish,
        random: &mut dyn CryptoRng,
    ) -> Result<Self, Error> {
        let chosen = store
            .entries
            .get(entry)
            .ok_or_else(|| Error::EntryUnknown {
                name: entry.to_string(),
            })?;
        let value = match &chosen.kind {
            EntryKind::PrivateKey { chain, .. } if chain.is_empty() => {
                return Err(Error::NoCertificate);
            }
            EntryKind::PrivateKey { key, chain } => KeystoreValue::PrivateKey {
                key: key.clone(),
                chain: chain.clone(),
            },
            _ => return Err(Error::NoPrivateKey),
        };
        wish.target.admit(&wish.alias, &wish.password)?;
        let entries = [KeystoreEntry {
            alias: wish.alias.clone(),
            value,
        }];
        let mut pkcs12 = |file: &target::File| match file.kind {
            FileKind::Pkcs12(profile) => {
                let settings = pkcs12::Settings {
                    profile,
                    mac: None,
                    iterations: ITERATIONS,
                };
                Some(pkcs12::Writer::new(settings, &entries, random))
            }
            _ => None,
        };
        let pkcs12 = wish.target.files.iter().map(&mut pkcs12).collect();
        let derivation = pkcs8::KeyDerivation::Pbkdf2 {
            prf: Digest::Sha256,
            iterations: ITERATIONS,
        };
        let findings = check(store, wish.target, wish.at).into_iter();
        Ok(Self {
            entry: chosen,
            encryption: pkcs8::Encryption::new(pkcs8::KeyCipher::Aes256, derivation, random),
            jks: jks::Writer::new(jks::JavaKeystore::Jks, &entries, random),
            pkcs12,
            entries,
            keys: Keys::default(),
            written: Vec::new(),
            findings: findings
                .filter(|finding| finding.entry.is_none_or(|index| index == entry))
                .collect(),
            wish,
        })
    }

    /// Goes as far as it can.
    ///
    /// # Errors
    ///
    /// [`Error::Unverified`] where a file does not read back as what went into it: then nothing is given at all.
    pub fn step(&mut self) -> Result<ConversionStep, Error> {
        match self.advance() {
            Ok(()) => Ok(ConversionStep::Done(Converted {
                files: std::mem::take(&mut self.written),
                paste: (self.wish.target.paste)(&self.wish.alias),
                findings: std::mem::take(&mut self.findings),
            })),
            Err(Stop::Derive) => Ok(ConversionStep::Derive(self.keys.take_wanted())),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Gives a key that was wanted.
    pub fn supply(&mut self, job: KdfJob, key: SecretDer) {
        self.keys.supply(job, key);
    }

    fn advance(&mut self) -> Result<(), Stop> {
        while let Some(file) = self.wish.target.files.get(self.written.len()) {
            let bytes = self.write(file.kind)?;
            self.written.push(WrittenFile {
                name: file.name.to_owned(),
                description: file.description,
                media_type: file.kind.media_type(),
                bytes,
                holds_key: file.kind.holds_key(),
                verified: false,
            });
        }
        // All are asked for their keys before any is waited for.
        let mut derive = false;
        for at in 0..self.written.len() {
            if self.written[at].verified {
                continue;
            }
            let kind = self.wish.target.files[at].kind;
            match verify(
                kind,
                &self.written[at],
                self.entry,
                &self.wish.password,
                &mut self.keys,
            ) {
                Ok(()) => self.written[at].verified = true,
                Err(Stop::Derive) => derive = true,
                Err(failed) => return Err(failed),
            }
        }
        match derive {
            true => Err(Stop::Derive),
            false => Ok(()),
        }
    }

    fn write(&mut self, kind: FileKind) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let EntryKind::PrivateKey { key, chain } = &self.entry.kind else {
            return Err(Error::NoPrivateKey.into());
        };
        let leaf = chain.first().ok_or(Error::NoCertificate)?;
        let wish = &self.wish;
        let passwords = KeystorePasswords::one(&wish.password);
        let bytes = match kind {
            FileKind::CertificatePem => pem::write("CERTIFICATE", leaf.der(), pem::LineEnds::Lf)
                .as_bytes()
                .to_vec(),
            FileKind::EncryptedKeyPem => {
                let der = self.encryption.write(key, &wish.password, &mut self.keys)?;
                pem::write("ENCRYPTED PRIVATE KEY", &der, pem::LineEnds::Lf)
                    .as_bytes()
                    .to_vec()
            }
            FileKind::Jks => {
                let at = (wish.at.unix_timestamp_nanos() / 1_000_000) as i64;
                return self.jks.write(&self.entries, passwords, at, &mut self.keys);
            }
            FileKind::KeyPem => pem::write("PRIVATE KEY", key.pkcs8().expose(), pem::LineEnds::Lf)
                .as_bytes()
                .to_vec(),
            FileKind::Pkcs12(_) => {
                let writer = self.pkcs12.get(self.written.len()).and_then(Option::as_ref);
                let unwritten = || Error::Unverified {
                    name: pkcs12::WHAT.into(),
                };
                let writer = writer.ok_or_else(unwritten)?;
                return writer.write(&self.entries, passwords, &mut self.keys);
            }
        };
        Ok(Zeroizing::new(bytes))
    }
}

/// Opens a written file as any other, with the new password, and compares key and certificates with what went in.
fn verify(
    kind: FileKind,
    file: &WrittenFile,
    entry: &Entry,
    password: &Password,
    keys: &mut Keys,
) -> Result<(), Stop> {
    let EntryKind::PrivateKey { key, chain } = &entry.kind else {
        return Err(Error::NoPrivateKey.into());
    };
    let differs = || {
        Stop::from(Error::Unverified {
            name: file.name.clone(),
        })
    };
    let format = recognise::recognise(&file.bytes)?;
    let contents = parse(format, &file.bytes)?.unlock(&[password.duplicate()], keys)?;
    let store = Store::of(&[(0, &contents)]);
    let ([read], true) = (store.entries.as_slice(), contents.locked.is_empty()) else {
        return Err(differs());
    };
    let same = match (&read.kind, kind) {
        (EntryKind::Certificate(certificate), FileKind::CertificatePem) => {
            chain.first() == Some(certificate)
        }
        (
            EntryKind::PrivateKey {
                key: read_key,
                chain: none,
            },
            FileKind::EncryptedKeyPem | FileKind::KeyPem,
        ) => read_key == key && none.is_empty(),
        (
            EntryKind::PrivateKey {
                key: read_key,
                chain: read_chain,
            },
            FileKind::Jks | FileKind::Pkcs12(_),
        ) => read_key == key && read_chain == chain,
        _ => false,
    };
    match same {
        true => Ok(()),
        false => Err(differs()),
    }
}

/// The alias that is offered: the file's own if the target can take it, else one made of the holder's name.
pub fn suggested_alias(entry: &Entry, target: &Target) -> String {
    let fits = |alias: &String| target.alias_rules(alias).iter().all(|rule| rule.met);
    let holder = || {
        entry
            .certificate()
            .map(|certificate| slug(&certificate.name()))
    };
    entry
        .alias
        .clone()
        .filter(fits)
        .or_else(|| holder().filter(fits))
        .unwrap_or_else(|| "key".into())
}

/// Lower-case letters and digits with hyphens between: what no form and no shell stumbles over.
fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    joined.chars().take(60).collect()
}

impl Converted {
    /// What is said of the files; their bytes go another way.
    pub fn to_json(&self) -> Value {
        let file = |file: &WrittenFile| {
            json!({
                "name": file.name,
                "description": file.description,
                "media_type": file.media_type,
                "size": file.bytes.len(),
                "sha256": sha256_hex(&file.bytes),
                "holds_key": file.holds_key,
                "verified": file.verified,
            })
        };
        json!({
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "paste": self.paste,
            "findings": self.findings,
        })
    }
}

/// The live state of what is typed for a target: each rule, kept or not, and what is good to know.
pub fn review(target: &Target, alias: &str, password: &Password) -> Value {
    json!({ "fields": {
        "alias": { "rules": target.alias_rules(alias), "findings": target.alias_findings(alias) },
        "password": { "rules": target.password_rules(password), "findings": [] },
    } })
}

/// The table of targets; see [`target::table`].
pub use target::table as targets;
