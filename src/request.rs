//! Asking for a certificate: a form, a key, a certification request; or a certificate of one's own for testing.
//!
//! ```text
//! Form ─▶ filled by its preset ─▶ rules ─▶ subject, extensions ─┐
//! certificate to renew ─▶ its subject, its extensions ──────────┼─▶ request.csr (PKCS#10), or a self-signed certificate
//! key: made here, made by the browser, or one that is here ─────┘      and the file that keeps the key
//! ```
//!
//! Like [`crate::Conversion`] it derives nothing itself, and every file is read back before it is given: the request by its
//! own signature, the key by the new password.

use std::sync::Arc;

use rand_core::CryptoRng;
use serde::Serialize;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use crate::asn1::ber::Oid;
use crate::base::error::{Error, Failure, Finding, Severity};
use crate::base::format::Format;
use crate::base::secret::{Password, SecretDer};
use crate::container::pem::{self, LineEnds};
use crate::container::recognise;
use crate::convert::Strength;
use crate::convert::second::KEYFERRY;
use crate::convert::source::Source;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{KdfJob, Keys, Stop};
use crate::crypto::signature::Verdict;
use crate::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue};
use crate::format::pkcs8::{Encryption, KeyCipher, KeyDerivation};
use crate::format::pkcs10::{self, Request};
use crate::format::pkcs12::{self, Profile};
use crate::format::self_signed::{self, SelfSigned};
use crate::model::certificate::{Certificate, extension};
use crate::model::name;
use crate::model::store::{Entry, EntryKind, Store};
use crate::target::{PasswordRule, RuleState};

mod key;
mod options;
mod second;

pub use crate::model::private_key::PrivateKey;
pub use key::KeyKind;
use options::Wanted;
pub use options::{AlternativeName, Keep, NameKind, Preset, RequestOptions, Subject};

/// What a certificate that signs itself says of itself, in its subject: anyone who looks at it sees it.
const TEST_LABEL: &str = "Test only: self-signed, refused by Anaplan";

/// Extensions that say who issued a certificate, or how it is revoked: the CA's to write, and not asked for.
const ISSUERS_OWN: [Oid<'static>; 9] = [
    extension::AUTHORITY_INFO,
    extension::AUTHORITY_KEY_ID,
    extension::CERTIFICATE_TIMESTAMPS,
    extension::CRL_POINTS,
    extension::FRESHEST_CRL,
    extension::ISSUER_ALT_NAME,
    extension::NETSCAPE_COMMENT,
    extension::POLICIES,
    extension::SUBJECT_KEY_ID,
];

/// Where the key of a request comes from.
pub enum KeySource {
    /// It is here.
    Have(Arc<PrivateKey>),
    /// It is to be made.
    Make(KeyKind),
}

/// A form that keeps every rule.
pub struct Planned {
    wanted: Wanted,
    source: KeySource,
    self_signed_days: Option<u16>,
    keep: Keep,
}

/// What the key is called inside a PKCS#12 file until its certificate comes.
const ALIAS: &str = "key";

/// A file that was written.
pub struct RequestFile {
    /// What it is to be saved as.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes; they may hold the private key, so they are wiped.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether the private key is in it.
    pub holds_key: bool,
    /// Whether it was encrypted with the new password, and read back with it.
    pub uses_password: bool,
    /// How many certificates are in it.
    pub certificates: usize,
    /// The readers that opened it and found what went in, our own first, others with their versions.
    pub verified_by: Vec<&'static str>,
    /// Why no reader beside our own opened it, or not all of it, by the code of its text.
    pub not_opened: Option<&'static str>,
}

/// What a request gives: files that were read back, and what a person should know of them.
pub struct Requested {
    /// The request or the certificate first, then what keeps the key.
    pub files: Vec<RequestFile>,
    /// What is good to know.
    pub findings: Vec<Finding>,
}

/// What stands between here and the files.
pub enum RequestStep {
    /// These keys are wanted; supply them and step again.
    Derive(Vec<KdfJob>),
    /// The files, each verified.
    Done(Requested),
}

/// What is to be said of a options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestReview {
    /// Every rule of the form that is broken, in the order of the options.
    pub problems: Vec<Failure>,
    /// Each rule of the password of a key that is to be kept, kept or not.
    pub rules: Vec<RuleState>,
}

/// What is to be said of the options while they are filled in.
pub fn review(options: RequestOptions, password: &Password) -> RequestReview {
    let rules = password_rules(options.keep, password);
    let problems = match options.renew {
        true => Vec::new(),
        false => options.filled().problems(),
    };
    RequestReview {
        problems: problems.iter().map(Failure::from).collect(),
        rules,
    }
}

/// What is asked of the password of a key that is to be kept, and whether this one keeps it. Java opens PKCS#12 with no
/// other than ASCII; a key in PEM is opened by whatever was typed.
fn password_rules(keep: Keep, password: &Password) -> Vec<RuleState> {
    let rules: &[PasswordRule] = match keep {
        Keep::P12 => &[PasswordRule::Given, PasswordRule::Ascii],
        Keep::Pkcs8 => &[PasswordRule::Given],
    };
    rules.iter().map(|rule| rule.state(password)).collect()
}

impl Planned {
    /// Plans what a form asks for, of what the store holds.
    ///
    /// # Errors
    ///
    /// [`Error::RequestUnfit`] where a rule is broken; [`Error::EntryUnknown`], [`Error::NoCertificate`] and
    /// [`Error::NoPrivateKey`] where the entry has not what is asked of it.
    pub fn new(options: RequestOptions, store: &Store) -> Result<Self, Error> {
        let options = options.filled();
        let entry = options.entry.map(|index| {
            store.entries.get(index).ok_or_else(|| Error::EntryUnknown {
                name: index.to_string(),
            })
        });
        let entry = entry.transpose()?;
        let wanted = match (options.renew, entry.and_then(Entry::certificate)) {
            (false, _) => options.wanted()?,
            (true, Some(certificate)) => renewed(certificate)?,
            (true, None) => return Err(Error::NoCertificate),
        };
        let source = match (options.key, entry.map(|entry| &entry.kind)) {
            (Some(kind), _) => KeySource::Make(kind),
            (None, Some(EntryKind::PrivateKey { key, .. })) => KeySource::Have(key.clone()),
            (None, Some(_)) => return Err(Error::NoPrivateKey),
            (None, None) => KeySource::Make(KeyKind::Rsa2048),
        };
        Ok(Self {
            wanted,
            source,
            self_signed_days: options.self_signed_days,
            keep: options.keep,
        })
    }

    /// The key that is wanted.
    pub fn source(&self) -> &KeySource {
        &self.source
    }
}

/// What a certificate asks for again: its subject, and its extensions but for those that are the CA's own.
fn renewed(certificate: &Certificate) -> Result<Wanted, Error> {
    let extensions = certificate
        .raw_extensions()
        .map_err(|fault| fault.of(Format::Certificate))?;
    Ok(Wanted {
        subject: certificate.subject().to_vec(),
        extensions: extensions
            .iter()
            .filter(|extension| !ISSUERS_OWN.contains(&extension.oid))
            .map(|extension| extension.raw.to_vec())
            .collect(),
    })
}

/// A request on its way.
pub struct Requesting {
    request: RequestFile,
    kept: Option<Kept>,
    keys: Keys,
    findings: Vec<Finding>,
}

/// What keeps a key that was made.
struct Kept {
    key: Arc<PrivateKey>,
    password: Password,
    options: Keep,
    encryption: Encryption,
    pkcs12: pkcs12::Writer,
    entries: Vec<KeystoreEntry>,
    written: Option<RequestFile>,
}

impl Requesting {
    /// Signs what was planned with the key. `password` guards a key that was made; without one, or with the empty one,
    /// it is written as it is. The instant is where a certificate for testing begins.
    ///
    /// # Errors
    ///
    /// [`Error::CannotSign`] for a type of key that Keyferry cannot sign with; [`Error::Unverified`] where what was signed does
    /// not verify.
    pub fn new(
        planned: &Planned,
        key: Arc<PrivateKey>,
        password: Option<Password>,
        at: OffsetDateTime,
        random: &mut dyn CryptoRng,
    ) -> Result<Self, Error> {
        let password = password.filter(|password| !password.expose().is_empty());
        let mut findings = Vec::new();
        let (request, certificate) = match planned.self_signed_days {
            None => (request(&planned.wanted, &key)?, None),
            Some(days) => {
                findings.push(self_signed_finding());
                let certificate = self_signed(&planned.wanted, &key, (at, days), random)?;
                let certificate = Arc::new(certificate);
                (certificate_file(&certificate)?, Some(certificate))
            }
        };
        let kept = match planned.source {
            KeySource::Have(_) => None,
            KeySource::Make(_) => {
                if password.is_none() {
                    findings.push(unlocked_finding());
                }
                let entries = vec![KeystoreEntry {
                    alias: ALIAS.into(),
                    value: KeystoreValue::PrivateKey {
                        key: key.clone(),
                        chain: certificate.into_iter().collect(),
                    },
                }];
                Some(Kept {
                    key,
                    password: password.unwrap_or_else(|| Password::new(String::new())),
                    options: planned.keep,
                    encryption: encryption(random),
                    pkcs12: pkcs12::Writer::new(settings(), &entries, random),
                    entries,
                    written: None,
                })
            }
        };
        Ok(Self {
            request,
            kept,
            keys: Keys::default(),
            findings,
        })
    }

    /// Goes as far as it can.
    ///
    /// # Errors
    ///
    /// [`Error::Unverified`] where a file does not read back as what went into it, and [`Error::SecondReader`] where it does to
    /// us and not to another reader: then nothing is given at all.
    pub fn step(&mut self) -> Result<RequestStep, Error> {
        let kept = self.kept.as_mut().map(|kept| kept.write(&mut self.keys));
        match kept.transpose() {
            Err(Stop::Derive) => Ok(RequestStep::Derive(self.keys.take_wanted())),
            Err(Stop::Failed(error)) => Err(error),
            Ok(file) => {
                let nothing = RequestFile {
                    bytes: Zeroizing::default(),
                    verified_by: Vec::new(),
                    ..self.request
                };
                let request = std::mem::replace(&mut self.request, nothing);
                Ok(RequestStep::Done(Requested {
                    files: std::iter::once(request).chain(file).collect(),
                    findings: std::mem::take(&mut self.findings),
                }))
            }
        }
    }

    /// Gives a key that was wanted, or why it could not be derived.
    pub fn supply(&mut self, job: KdfJob, key: Result<SecretDer, Error>) {
        self.keys.supply(job, key);
    }
}

/// What the key is locked with: what every other file of Keyferry is, where nothing else is asked for.
fn encryption(random: &mut dyn CryptoRng) -> Encryption {
    let derivation = KeyDerivation::Pbkdf2 {
        prf: Digest::Sha256,
        iterations: Strength::default().pkcs8(),
    };
    Encryption::new(KeyCipher::Aes256, derivation, random)
}

fn settings() -> pkcs12::Settings {
    pkcs12::Settings {
        profile: Profile::default(),
        mac: None,
        iterations: Strength::default().pkcs12(),
    }
}

impl Kept {
    /// The file that keeps the key, read back.
    fn write(&mut self, keys: &mut Keys) -> Result<RequestFile, Stop> {
        if self.written.is_none() {
            let file = self.file(keys)?;
            self.written = Some(file);
        }
        let Some(file) = &self.written else {
            return Err(Stop::Derive);
        };
        let (_, parsed) = recognise::parse(&file.bytes)?;
        let contents = parsed?.unlock(&[self.password.duplicate()], keys)?;
        let store = Store::of(&[(0, &contents)]);
        let same = match store.entries.as_slice() {
            [only] => matches!(&only.kind, EntryKind::PrivateKey { key, .. } if *key == self.key),
            _ => false,
        };
        match (same, self.written.take()) {
            (true, Some(file)) => Ok(self.opened_by_another(file)?),
            _ => Err(unverified("the private key").into()),
        }
    }

    /// The file, opened by a second reader too.
    fn opened_by_another(&self, file: RequestFile) -> Result<RequestFile, Error> {
        let chain = self.entries.iter().filter_map(KeystoreEntry::identity);
        let source = Source {
            alias: ALIAS.into(),
            key: Some(self.key.clone()),
            chain: chain.flat_map(|(_, chain)| chain).cloned().collect(),
            ..Source::default()
        };
        let read = second::key(
            (file.name, &file.bytes),
            self.options,
            &source,
            &self.password,
        )?;
        Ok(RequestFile {
            verified_by: [vec![KEYFERRY], read.readers].concat(),
            not_opened: read.not_opened,
            ..file
        })
    }

    fn file(&self, keys: &mut Keys) -> Result<RequestFile, Stop> {
        let pem = |text: Zeroizing<String>| Zeroizing::new(text.as_bytes().to_vec());
        let empty = self.password.expose().is_empty();
        let chain = self.entries.iter().filter_map(KeystoreEntry::identity);
        let certificates = match self.options {
            Keep::P12 => chain.map(|(_, chain)| chain.len()).sum(),
            Keep::Pkcs8 => 0,
        };
        let (name, description, media_type, bytes) = match self.options {
            Keep::P12 => {
                let passwords = KeystorePasswords::one(&self.password);
                let bytes = self.pkcs12.write(&self.entries, passwords, keys)?;
                (
                    "private_key.p12",
                    "The private key. Keep it until the CA answers.",
                    "application/x-pkcs12",
                    bytes,
                )
            }
            Keep::Pkcs8 if empty => {
                let text = pem::write("PRIVATE KEY", self.key.pkcs8().expose(), LineEnds::Lf);
                (
                    "private_key.pem",
                    "The private key, not encrypted. Keep it until the CA answers.",
                    "application/x-pem-file",
                    pem(text),
                )
            }
            Keep::Pkcs8 => {
                let der = self.encryption.write(&self.key, &self.password, keys)?;
                let text = pem::write("ENCRYPTED PRIVATE KEY", &der, LineEnds::Lf);
                (
                    "private_key.pem",
                    "The private key, encrypted with the new password. Keep it until the CA answers.",
                    "application/x-pem-file",
                    pem(text),
                )
            }
        };
        Ok(RequestFile {
            name,
            description,
            media_type,
            bytes,
            holds_key: true,
            uses_password: !empty,
            certificates,
            verified_by: Vec::new(),
            not_opened: None,
        })
    }
}

/// The request, found to be signed by the key it asks a certificate for.
fn request(wanted: &Wanted, key: &PrivateKey) -> Result<RequestFile, Error> {
    let der = pkcs10::write(&wanted.subject, &wanted.extensions, key)?;
    let read = Request::parse(&der)?;
    if read.verify() != Verdict::Right || Some(read.spki()) != key.spki() {
        return Err(unverified("request.csr"));
    }
    Ok(RequestFile {
        name: "request.csr",
        description: "The certificate request. Send it to the CA.",
        media_type: "application/pkcs10",
        bytes: Zeroizing::new(
            pem::write("CERTIFICATE REQUEST", &der, LineEnds::Lf)
                .as_bytes()
                .to_vec(),
        ),
        holds_key: false,
        uses_password: false,
        certificates: 0,
        verified_by: vec![KEYFERRY],
        not_opened: Some("request"),
    })
}

fn self_signed(
    wanted: &Wanted,
    key: &PrivateKey,
    (at, days): (OffsetDateTime, u16),
    random: &mut dyn CryptoRng,
) -> Result<Certificate, Error> {
    let mut serial = [0; 16];
    random.fill_bytes(&mut serial);
    let certificate = self_signed::self_signed(
        &SelfSigned {
            subject: &name::with(&wanted.subject, name::ORGANIZATIONAL_UNIT, TEST_LABEL),
            extensions: wanted.extensions.clone(),
            serial,
            not_before: at,
            not_after: at.saturating_add(Duration::days(days.into())),
        },
        key,
    )?;
    match certificate.verify(certificate.spki()) {
        Verdict::Right => Ok(certificate),
        _ => Err(unverified("certificate.pem")),
    }
}

/// The certificate, opened by a second reader.
fn certificate_file(certificate: &Arc<Certificate>) -> Result<RequestFile, Error> {
    let name = "test_certificate.pem";
    let text = pem::write("CERTIFICATE", certificate.der(), LineEnds::Lf);
    let read = second::certificate((name, text.as_bytes()), certificate)?;
    Ok(RequestFile {
        name,
        description: "A test certificate, signed by its own key. Anaplan refuses it.",
        media_type: "application/x-pem-file",
        bytes: Zeroizing::new(text.as_bytes().to_vec()),
        holds_key: false,
        uses_password: false,
        certificates: 1,
        verified_by: [vec![KEYFERRY], read.readers].concat(),
        not_opened: read.not_opened,
    })
}

fn unverified(name: &str) -> Error {
    Error::Unverified { name: name.into() }
}

fn self_signed_finding() -> Finding {
    Finding::new(Severity::Warning, "self-signed-test", json!({}))
}

fn unlocked_finding() -> Finding {
    Finding::new(Severity::Warning, "key-not-locked", json!({}))
}
