//! What a written file is: an output format, and what a person may set of it by hand.
//!
//! The rows of the table name output formats; the target `custom` takes a list of them as JSON, `{ "name": "key.pem",
//! "form": "private-key", "syntax": "pkcs8", … }`, each field with the default that most systems read.

mod json;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::format::jks::JavaKeystore;
use crate::format::pkcs12::Profile;

/// One file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "json::Flat")]
pub struct File {
    /// What it is saved as.
    pub name: Cow<'static, str>,
    /// What it is for, in a line.
    pub description: Cow<'static, str>,
    /// What it is.
    #[serde(flatten)]
    pub format: OutputFormat,
}

/// The formats that files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum OutputFormat {
    /// Certificates without armour of their own kind: PEM blocks, DER, base64.
    Certificates {
        /// Which of the chain.
        #[serde(rename = "which")]
        certificates: ChainPart,
        /// How they are written.
        encoding: Encoding,
    },
    /// A certificates-only SignedData (`.p7b`).
    CertificateBag {
        /// Which of the chain.
        #[serde(rename = "which")]
        certificates: ChainPart,
        /// How it is written.
        encoding: Encoding,
    },
    /// The private key alone.
    PrivateKey {
        /// The structure inside.
        syntax: KeySyntax,
        /// How it is written; OpenSSH's own is text whatever is said here.
        encoding: Encoding,
        /// Whether and how the password guards it.
        protection: Protection,
    },
    /// Private key and certificates in one PEM text, the key first.
    PemBundle {
        /// Which of the chain.
        #[serde(rename = "which")]
        certificates: ChainPart,
        /// Whether and how the password guards the key.
        protection: Protection,
    },
    /// The public key alone.
    PublicKey {
        /// SubjectPublicKeyInfo or OpenSSH's line.
        syntax: PublicSyntax,
        /// How a SubjectPublicKeyInfo is written.
        encoding: Encoding,
    },
    /// PKCS#12.
    Pkcs12 {
        /// The algorithms.
        profile: Profile,
        /// The MAC's digest, if not the profile's own.
        mac: Option<MacDigest>,
        /// Which of the chain.
        #[serde(rename = "which")]
        certificates: ChainPart,
    },
    /// A Java keystore of Java's own kinds.
    Java {
        /// JKS or JCEKS.
        kind: JavaKeystore,
        /// Which of the chain.
        #[serde(rename = "which")]
        certificates: ChainPart,
    },
    /// The raw bytes of a symmetric key.
    SecretKey {
        /// Base64, or the bytes themselves.
        encoding: Encoding,
    },
    /// The JSON body that Anaplan gives a token for.
    AnaplanToken {
        /// Which layout of the signed bytes.
        version: TokenVersion,
    },
}

/// Which certificates of a chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainPart {
    /// The end-entity's alone.
    #[default]
    Leaf,
    /// All but the end-entity's and the root.
    Intermediates,
    /// From the end-entity's on, without a self-signed root: what servers send.
    FullChain,
    /// From the end-entity's on, a root with them where one is there.
    WholeChain,
    /// All but the end-entity's, a root with them: what those who verify want.
    Authorities,
}

/// How bytes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// RFC 7468 text.
    #[default]
    Pem,
    /// The bytes themselves.
    Der,
    /// Base64 in one line, without armour: what forms of web pages ask for.
    Base64,
}

/// The structure of a private key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeySyntax {
    /// RFC 5958, any key.
    #[default]
    Pkcs8,
    /// RFC 8017 RSAPrivateKey; never encrypted.
    Pkcs1,
    /// RFC 5915 ECPrivateKey; never encrypted.
    Sec1,
    /// `openssh-key-v1`.
    Openssh,
}

/// The structure of a public key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicSyntax {
    /// RFC 5280 SubjectPublicKeyInfo.
    #[default]
    Spki,
    /// The line of `authorized_keys`.
    Openssh,
}

/// Whether and how the password guards a private key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// Not at all: written only where a target or a person asks for it, and said.
    None,
    /// With the password; for PKCS#8 this is PBES2, PBKDF2 with HMAC-SHA-256, AES-256.
    #[default]
    Password,
    /// With the password by the 3DES and SHA-1 of PKCS#12 (PKCS#8 alone), for Java programs that ask for the cipher by the
    /// name that `EncryptedPrivateKeyInfo.getAlgName` gives: before Java 19 that is for PBES2 the name of no cipher.
    #[serde(rename = "legacy-3des")]
    LegacyTripleDes,
    /// With the password, by algorithms chosen by hand (PKCS#8 alone).
    Pbes2 {
        /// The cipher.
        cipher: CipherName,
        /// What makes its key of the password.
        derivation: DerivationName,
    },
}

/// A cipher for private keys, in CBC mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum CipherName {
    #[serde(rename = "aes-128")]
    Aes128,
    #[serde(rename = "aes-256")]
    Aes256,
    #[serde(rename = "3des")]
    TripleDes,
}

/// What makes a cipher's key of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DerivationName {
    #[serde(rename = "pbkdf2-sha1")]
    Pbkdf2Sha1,
    #[serde(rename = "pbkdf2-sha256")]
    Pbkdf2Sha256,
    #[serde(rename = "pbkdf2-sha512")]
    Pbkdf2Sha512,
    Scrypt,
}

/// The digest of a PKCS#12 MAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum MacDigest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// The layouts of what Anaplan has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenVersion {
    /// 150 random bytes.
    V1,
    /// A time stamp and random bytes.
    V2,
}

impl OutputFormat {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::AnaplanToken { .. } => "application/json",
            Self::CertificateBag { .. } => "application/x-pkcs7-certificates",
            Self::Java { .. } => "application/x-java-keystore",
            Self::Pkcs12 { .. } => "application/x-pkcs12",
            Self::Certificates { encoding, .. }
            | Self::PrivateKey { encoding, .. }
            | Self::PublicKey { encoding, .. }
            | Self::SecretKey { encoding } => match encoding {
                Encoding::Pem => "application/x-pem-file",
                Encoding::Der => "application/octet-stream",
                Encoding::Base64 => "text/plain",
            },
            Self::PemBundle { .. } => "application/x-pem-file",
        }
    }

    /// Whether it is written of several entries together: the others are written once for each.
    pub fn is_keystore(self) -> bool {
        matches!(self, Self::Java { .. } | Self::Pkcs12 { .. })
    }

    /// Which certificates it holds, where it holds any.
    pub fn certificates(self) -> Option<ChainPart> {
        match self {
            Self::Certificates { certificates, .. }
            | Self::CertificateBag { certificates, .. }
            | Self::PemBundle { certificates, .. }
            | Self::Pkcs12 { certificates, .. }
            | Self::Java { certificates, .. } => Some(certificates),
            _ => None,
        }
    }

    /// Whether it is a JKS, which guards its keys worst of all.
    pub fn is_jks(self) -> bool {
        let kind = JavaKeystore::Jks;
        matches!(self, Self::Java { kind: own, .. } if own == kind)
    }

    /// Whether a private key goes into it where there is one; a keystore can also do without. What a written file holds is
    /// said by `WrittenFile`.
    pub fn takes_key(self) -> bool {
        matches!(
            self,
            Self::Java { .. }
                | Self::PemBundle { .. }
                | Self::Pkcs12 { .. }
                | Self::PrivateKey { .. }
        )
    }

    /// Whether a private key is what it is made with.
    pub fn needs_key(self) -> bool {
        matches!(
            self,
            Self::AnaplanToken { .. } | Self::PemBundle { .. } | Self::PrivateKey { .. }
        )
    }

    /// Whether a certificate is what it is made of.
    pub fn needs_certificate(self) -> bool {
        !matches!(
            self,
            Self::PrivateKey { .. } | Self::PublicKey { .. } | Self::SecretKey { .. }
        )
    }

    /// Whether it is opened with the new password.
    pub fn uses_password(self) -> bool {
        match self {
            Self::Java { .. } | Self::Pkcs12 { .. } => true,
            Self::PrivateKey {
                protection, syntax, ..
            } => {
                protection != Protection::None
                    && matches!(syntax, KeySyntax::Pkcs8 | KeySyntax::Openssh)
            }
            Self::PemBundle { protection, .. } => protection != Protection::None,
            _ => false,
        }
    }

    /// Whether a private or secret key lies in it without a password: these formats always contain a key.
    pub fn lays_key_open(self) -> bool {
        match self {
            Self::PrivateKey { .. } | Self::PemBundle { .. } => !self.uses_password(),
            Self::SecretKey { .. } => true,
            _ => false,
        }
    }

    /// Whether anyone who has it can sign in with it, although no key is in it.
    pub fn signs_in(self) -> bool {
        matches!(self, Self::AnaplanToken { .. })
    }

    /// Whether the alias is written into it.
    pub fn uses_alias(self) -> bool {
        self.is_keystore()
            || matches!(
                self,
                Self::PrivateKey {
                    syntax: KeySyntax::Openssh,
                    ..
                } | Self::PublicKey {
                    syntax: PublicSyntax::Openssh,
                    ..
                }
            )
    }
}
