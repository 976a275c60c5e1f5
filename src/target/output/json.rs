//! An output format as JSON: one flat object, `{ "name": "key.pem", "form": "private-key", "syntax": "pkcs8", … }`.
//!
//! Read by hand: serde's derived way to a tagged enum inside a flat object keeps every value in a type of its own first, which
//! is 10 KB of page, and accepts a setting that the format does not have. Here that is an error, since a person who sets a
//! setting wants it to do something.

use std::borrow::Cow;

use serde::Deserialize;

use super::{
    ChainPart, Encoding, File, KeySyntax, MacDigest, OutputFormat, Protection, PublicSyntax,
    TokenVersion,
};
use crate::format::jks::JavaKeystore;
use crate::format::pkcs12::Profile;

/// Every setting that some format has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flat {
    name: Cow<'static, str>,
    #[serde(default)]
    description: Cow<'static, str>,
    #[serde(rename = "form")]
    format: Name,
    #[serde(rename = "which")]
    certificates: Option<ChainPart>,
    encoding: Option<Encoding>,
    syntax: Option<Syntax>,
    protection: Option<Protection>,
    profile: Option<Profile>,
    mac: Option<MacDigest>,
    kind: Option<JavaKeystore>,
    version: Option<TokenVersion>,
}

/// The formats without their settings.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Name {
    Certificates,
    CertificateBag,
    PrivateKey,
    PemBundle,
    PublicKey,
    Pkcs12,
    Java,
    SecretKey,
    AnaplanToken,
}

/// The structures of private and public keys.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Syntax {
    Pkcs8,
    Pkcs1,
    Sec1,
    Openssh,
    Spki,
}

impl Syntax {
    fn private(self) -> Result<KeySyntax, String> {
        match self {
            Self::Pkcs8 => Ok(KeySyntax::Pkcs8),
            Self::Pkcs1 => Ok(KeySyntax::Pkcs1),
            Self::Sec1 => Ok(KeySyntax::Sec1),
            Self::Openssh => Ok(KeySyntax::Openssh),
            Self::Spki => Err("A private key is written as pkcs8, pkcs1, sec1 or openssh.".into()),
        }
    }

    fn public(self) -> Result<PublicSyntax, String> {
        match self {
            Self::Spki => Ok(PublicSyntax::Spki),
            Self::Openssh => Ok(PublicSyntax::Openssh),
            _ => Err("A public key is written as spki or openssh.".into()),
        }
    }
}

impl TryFrom<Flat> for File {
    type Error = String;

    fn try_from(mut flat: Flat) -> Result<Self, String> {
        let encoding = |flat: &mut Flat| flat.encoding.take().unwrap_or_default();
        let protection = |flat: &mut Flat| flat.protection.take().unwrap_or_default();
        let whole = |flat: &mut Flat| flat.certificates.take().unwrap_or(ChainPart::WholeChain);
        let syntax = flat.syntax.take();
        let format = match flat.format {
            Name::PrivateKey => OutputFormat::PrivateKey {
                syntax: syntax.map_or(Ok(KeySyntax::default()), Syntax::private)?,
                encoding: encoding(&mut flat),
                protection: protection(&mut flat),
            },
            Name::PublicKey => OutputFormat::PublicKey {
                syntax: syntax.map_or(Ok(PublicSyntax::default()), Syntax::public)?,
                encoding: encoding(&mut flat),
            },
            _ if syntax.is_some() => return Err("Only a key has a syntax.".into()),
            Name::Certificates => OutputFormat::Certificates {
                certificates: flat.certificates.take().unwrap_or_default(),
                encoding: encoding(&mut flat),
            },
            Name::CertificateBag => OutputFormat::CertificateBag {
                certificates: whole(&mut flat),
                encoding: encoding(&mut flat),
            },
            Name::PemBundle => OutputFormat::PemBundle {
                certificates: flat.certificates.take().unwrap_or(ChainPart::FullChain),
                protection: protection(&mut flat),
            },
            Name::Pkcs12 => OutputFormat::Pkcs12 {
                profile: flat.profile.take().unwrap_or_default(),
                mac: flat.mac.take(),
                certificates: whole(&mut flat),
            },
            Name::Java => OutputFormat::Java {
                kind: flat.kind.take().unwrap_or_default(),
                certificates: whole(&mut flat),
            },
            Name::SecretKey => OutputFormat::SecretKey {
                encoding: flat.encoding.take().unwrap_or(Encoding::Der),
            },
            Name::AnaplanToken => OutputFormat::AnaplanToken {
                version: flat
                    .version
                    .take()
                    .ok_or("A token has a version, v1 or v2.")?,
            },
        };
        let left = [
            ("which", flat.certificates.is_some()),
            ("encoding", flat.encoding.is_some()),
            ("protection", flat.protection.is_some()),
            ("profile", flat.profile.is_some()),
            ("mac", flat.mac.is_some()),
            ("kind", flat.kind.is_some()),
            ("version", flat.version.is_some()),
        ];
        match left.iter().find(|(_, is_left)| *is_left) {
            Some((setting, _)) => Err(format!("This format has no setting {setting}.")),
            None => Ok(Self {
                name: flat.name,
                description: flat.description,
                format,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<File, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_setting_that_is_left_out_has_its_default() {
        let formats = [
            (r#""certificates""#, "leaf"),
            (r#""certificate-bag""#, "whole-chain"),
            (r#""pem-bundle""#, "full-chain"),
            (r#""pkcs12""#, "whole-chain"),
            (r#""java""#, "whole-chain"),
        ];
        for (format, part) in formats {
            let bare = read(&format!(r#"{{"name":"a","form":{format}}}"#)).unwrap();
            let said = format!(r#"{{"name":"a","form":{format},"which":"{part}"}}"#);
            assert_eq!(bare, read(&said).unwrap());
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for target in crate::target::TARGETS {
            for file in target.files {
                let json = serde_json::to_string(file).unwrap();
                assert_eq!(&read(&json).unwrap(), file, "{json}");
            }
        }
    }

    #[test]
    fn a_setting_that_the_format_does_not_have_is_refused() {
        for (json, told) in [
            (
                r#"{"name":"a","form":"java","mac":"sha1"}"#,
                "no setting mac",
            ),
            (
                r#"{"name":"a","form":"pkcs12","whch":"leaf"}"#,
                "unknown field",
            ),
            (
                r#"{"name":"a","form":"pkcs12","syntax":"pkcs8"}"#,
                "Only a key",
            ),
            (
                r#"{"name":"a","form":"public-key","syntax":"sec1"}"#,
                "spki or openssh",
            ),
            (
                r#"{"name":"a","form":"private-key","syntax":"spki"}"#,
                "pkcs8, pkcs1",
            ),
            (r#"{"name":"a","form":"anaplan-token"}"#, "v1 or v2"),
            (r#"{"form":"java"}"#, "missing field"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(told), "{json}: {error}");
        }
    }
}
