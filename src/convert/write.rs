//! One planned file to its bytes. What is random is drawn once, so that every try writes the same.

use base64ct::{Base64, Encoding as _};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::options::ConversionOptions;
use super::plan::Planned;
use super::source::Source;
use crate::base::error::Error;
use crate::base::secret::SecretDer;
use crate::container::pem;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Keys, Stop};
use crate::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue};
use crate::format::pkcs8::{Encryption, KeyCipher, KeyDerivation};
use crate::format::{cms, jks, openssh, pkcs12};
use crate::target::api;
use crate::target::output::{
    ChainPart, CipherName, DerivationName, Encoding, KeySyntax, MacDigest, OutputFormat,
    Protection, PublicSyntax,
};

/// What a file has of randomness: salts and vectors.
pub(super) enum Drawn {
    Nothing,
    Java(jks::Writer),
    Key(Encryption),
    Openssh(openssh::Writer),
    Pkcs12(pkcs12::Writer),
    Token(Box<[u8; api::RANDOM]>),
}

impl Drawn {
    pub(super) fn new(
        planned: &Planned,
        sources: &[Source],
        options: &ConversionOptions,
        random: &mut dyn CryptoRng,
    ) -> Self {
        let (key_iterations, iterations) = options.iterations;
        match planned.file.format {
            OutputFormat::Pkcs12 {
                profile,
                mac,
                certificates,
            } => {
                let settings = pkcs12::Settings {
                    profile,
                    mac: mac.map(digest),
                    iterations,
                };
                let entries = entries(planned, sources, certificates);
                Self::Pkcs12(pkcs12::Writer::new(settings, &entries, random))
            }
            OutputFormat::Java { kind, certificates } => {
                let entries = entries(planned, sources, certificates);
                Self::Java(jks::Writer::new(kind, &entries, random))
            }
            OutputFormat::PrivateKey {
                syntax: KeySyntax::Openssh,
                protection,
                ..
            } => Self::Openssh(openssh::Writer::new(protection != Protection::None, random)),
            OutputFormat::PrivateKey { protection, .. }
            | OutputFormat::PemBundle { protection, .. } => {
                match encryption(protection, key_iterations, random) {
                    Some(encryption) => Self::Key(encryption),
                    None => Self::Nothing,
                }
            }
            OutputFormat::AnaplanToken { .. } => {
                let mut bytes = Box::new([0; api::RANDOM]);
                random.fill_bytes(&mut *bytes);
                Self::Token(bytes)
            }
            _ => Self::Nothing,
        }
    }
}

/// The bytes of a file.
///
/// # Errors
///
/// [`Stop::Derive`] while keys are wanted; the plan has seen to all that could fail of what was chosen.
pub(super) fn write(
    planned: &Planned,
    drawn: &Drawn,
    sources: &[Source],
    options: &ConversionOptions,
    keys: &mut Keys,
) -> Result<Zeroizing<Vec<u8>>, Stop> {
    let source = planned.source(sources)?;
    let passwords = KeystorePasswords {
        store: &options.password,
        key: options.over_keys(),
    };
    match (planned.file.format, drawn) {
        (OutputFormat::Pkcs12 { certificates, .. }, Drawn::Pkcs12(writer)) => {
            writer.write(&entries(planned, sources, certificates), passwords, keys)
        }
        (OutputFormat::Java { certificates, .. }, Drawn::Java(writer)) => {
            let entries = entries(planned, sources, certificates);
            writer.write(&entries, passwords, options.milliseconds(), keys)
        }
        (
            OutputFormat::Certificates {
                certificates,
                encoding,
            },
            _,
        ) => {
            let certificates = source.certificates(certificates).iter();
            let parts =
                certificates.map(|link| encoded("CERTIFICATE", link.der(), encoding, options));
            Ok(joined(parts))
        }
        (
            OutputFormat::CertificateBag {
                certificates,
                encoding,
            },
            _,
        ) => {
            let der = cms::write(source.certificates(certificates));
            Ok(encoded("PKCS7", &der, encoding, options))
        }
        (
            OutputFormat::PrivateKey {
                syntax, encoding, ..
            },
            drawn,
        ) => private_key(source, syntax, encoding, drawn, options, keys),
        (OutputFormat::PemBundle { certificates, .. }, drawn) => {
            let key = private_key(
                source,
                KeySyntax::Pkcs8,
                Encoding::Pem,
                drawn,
                options,
                keys,
            )?;
            let certificates = source.certificates(certificates).iter();
            let chain =
                certificates.map(|link| encoded("CERTIFICATE", link.der(), Encoding::Pem, options));
            Ok(joined(std::iter::once(key).chain(chain)))
        }
        (OutputFormat::PublicKey { syntax, encoding }, _) => {
            let spki = source.public_key.as_deref().ok_or(Error::NoPrivateKey)?;
            match syntax {
                PublicSyntax::Spki => Ok(encoded("PUBLIC KEY", spki, encoding, options)),
                PublicSyntax::Openssh => {
                    let line = openssh::public_line(spki, &source.alias)?;
                    Ok(one_line(&line, options))
                }
            }
        }
        (OutputFormat::SecretKey { encoding }, _) => {
            let secret = source.secret.as_ref().ok_or(Error::NoPrivateKey)?;
            let bytes = secret.bytes.expose();
            Ok(match encoding {
                Encoding::Base64 => encoded("", bytes, Encoding::Base64, options),
                Encoding::Der | Encoding::Pem => Zeroizing::new(bytes.to_vec()),
            })
        }
        (OutputFormat::AnaplanToken { version }, Drawn::Token(random)) => {
            let key = source.key.as_ref().ok_or(Error::NoPrivateKey)?;
            let body = api::body(version, key, options.milliseconds(), random)?;
            Ok(Zeroizing::new(body))
        }
        // What was drawn is another format's: a fault of ours, said as one.
        _ => Err(Error::Unverified {
            name: planned.file.name.clone().into_owned(),
        }
        .into()),
    }
}

/// What goes into a keystore. An entry with a key is an identity, one without is trusted.
fn entries(planned: &Planned, sources: &[Source], part: ChainPart) -> Vec<KeystoreEntry> {
    let entry = |source: &Source| {
        let value = match (&source.key, source.chain.first()) {
            (Some(key), _) => KeystoreValue::PrivateKey {
                key: key.clone(),
                chain: source.certificates(part).to_vec(),
            },
            (None, Some(certificate)) => KeystoreValue::TrustedCertificate(certificate.clone()),
            (None, None) => return None,
        };
        Some(KeystoreEntry {
            alias: source.alias.clone(),
            value,
        })
    };
    planned.sources(sources).filter_map(entry).collect()
}

fn private_key(
    source: &Source,
    syntax: KeySyntax,
    encoding: Encoding,
    drawn: &Drawn,
    options: &ConversionOptions,
    keys: &mut Keys,
) -> Result<Zeroizing<Vec<u8>>, Stop> {
    let key = source.key.as_ref().ok_or(Error::NoPrivateKey)?;
    let plain = |label, der: &SecretDer| Ok(encoded(label, der.expose(), encoding, options));
    match (syntax, drawn) {
        (_, Drawn::Openssh(writer)) => {
            let bytes = writer.write(key, &source.alias, options.over_keys(), keys)?;
            Ok(encoded(
                "OPENSSH PRIVATE KEY",
                &bytes,
                Encoding::Pem,
                options,
            ))
        }
        (KeySyntax::Pkcs1, _) => plain("RSA PRIVATE KEY", &key.pkcs1()?),
        (KeySyntax::Sec1, _) => plain("EC PRIVATE KEY", &key.sec1()?),
        (_, Drawn::Key(encryption)) => {
            let der = encryption.write(key, options.over_keys(), keys)?;
            Ok(encoded("ENCRYPTED PRIVATE KEY", &der, encoding, options))
        }
        _ => plain("PRIVATE KEY", key.pkcs8()),
    }
}

fn encryption(
    protection: Protection,
    iterations: u32,
    random: &mut dyn CryptoRng,
) -> Option<Encryption> {
    let (cipher, derivation) = match protection {
        Protection::None => return None,
        Protection::Password => (CipherName::Aes256, DerivationName::Pbkdf2Sha256),
        Protection::LegacyTripleDes => {
            return Some(Encryption::sha_triple_des(iterations, random));
        }
        Protection::Pbes2 { cipher, derivation } => (cipher, derivation),
    };
    let cipher = match cipher {
        CipherName::Aes128 => KeyCipher::Aes128,
        CipherName::Aes256 => KeyCipher::Aes256,
        CipherName::TripleDes => KeyCipher::TripleDes,
    };
    let pbkdf2 = |prf| KeyDerivation::Pbkdf2 { prf, iterations };
    let derivation = match derivation {
        DerivationName::Pbkdf2Sha1 => pbkdf2(Digest::Sha1),
        DerivationName::Pbkdf2Sha256 => pbkdf2(Digest::Sha256),
        DerivationName::Pbkdf2Sha512 => pbkdf2(Digest::Sha512),
        // 16 MiB and a tenth of a second: RFC 7914's figures, and OpenSSL's.
        DerivationName::Scrypt => KeyDerivation::Scrypt {
            log_n: 14,
            r: 8,
            p: 1,
        },
    };
    Some(Encryption::new(cipher, derivation, random))
}

fn digest(mac: MacDigest) -> Digest {
    match mac {
        MacDigest::Sha1 => Digest::Sha1,
        MacDigest::Sha256 => Digest::Sha256,
        MacDigest::Sha384 => Digest::Sha384,
        MacDigest::Sha512 => Digest::Sha512,
    }
}

fn encoded(
    label: &str,
    der: &[u8],
    encoding: Encoding,
    options: &ConversionOptions,
) -> Zeroizing<Vec<u8>> {
    match encoding {
        Encoding::Der => Zeroizing::new(der.to_vec()),
        Encoding::Pem => {
            let mut text = pem::write(label, der, options.line_ends);
            Zeroizing::new(std::mem::take(&mut *text).into_bytes())
        }
        Encoding::Base64 => one_line(&Zeroizing::new(Base64::encode_string(der)), options),
    }
}

fn one_line(line: &str, options: &ConversionOptions) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([line, options.line_ends.text()].concat().into_bytes())
}

fn joined(parts: impl Iterator<Item = Zeroizing<Vec<u8>>>) -> Zeroizing<Vec<u8>> {
    let mut all = Zeroizing::new(Vec::new());
    for part in parts {
        // Room first: what grows moves, and leaves a copy behind that nothing wipes.
        let mut grown = Zeroizing::new(Vec::with_capacity(all.len() + part.len()));
        grown.extend_from_slice(&all);
        grown.extend_from_slice(&part);
        all = grown;
    }
    all
}
