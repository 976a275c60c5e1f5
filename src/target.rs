//! Who needs which files: one row a system, with its constraints and its lines to paste.
//!
//! The page's chooser, `--target list` and the README's table all come from [`TARGETS`].

use serde::Serialize;
use serde_json::json;

use crate::error::{Error, Finding, Severity};
use crate::format::name::is_hidden;
use crate::format::pkcs12::Profile;
use crate::secret::Password;

mod anaplan;

/// Iterations that keys are written with: OWASP's figure of 2021 for a password that also has other guards, and a tenth of
/// a second for whoever opens the file.
pub const ITERATIONS: u32 = 100_000;

/// A system and the files it wants.
#[derive(Debug)]
pub struct Target {
    /// The stable name.
    pub id: &'static str,
    /// What the system is called.
    pub name: &'static str,
    /// One line on what the files are for.
    pub description: &'static str,
    /// The files, in the order they are offered.
    pub files: &'static [File],
    /// What the new password must be like.
    pub password_rules: &'static [PasswordRule],
    /// What the alias must be like.
    pub alias_rules: &'static [AliasRule],
    /// The lines to paste, for an alias.
    pub paste: fn(alias: &str) -> Vec<Paste>,
    /// Where its facts come from.
    pub source: &'static str,
}

/// One file of a target.
#[derive(Debug)]
pub struct File {
    /// What it is saved as.
    pub name: &'static str,
    /// What it is for, in a line.
    pub description: &'static str,
    /// What it is.
    pub kind: FileKind,
}

/// What a written file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The end-entity certificate alone, PEM.
    CertificatePem,
    /// The private key, PKCS#8 PEM, encrypted with the new password.
    EncryptedKeyPem,
    /// JKS, key and store under the new password.
    Jks,
    /// The private key, PKCS#8 PEM, open.
    KeyPem,
    /// PKCS#12 under the new password.
    Pkcs12(Profile),
}

impl FileKind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::CertificatePem | Self::EncryptedKeyPem | Self::KeyPem => "application/x-pem-file",
            Self::Jks => "application/x-java-keystore",
            Self::Pkcs12(_) => "application/x-pkcs12",
        }
    }

    /// Whether the private key is in it, and whether the password guards it.
    pub fn holds_key(self) -> bool {
        self != Self::CertificatePem
    }
}

/// Lines to paste somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paste {
    /// Where they go.
    pub title: &'static str,
    /// The lines.
    pub text: String,
}

/// A constraint on the new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRule {
    /// Java opens PKCS#12 files only with ASCII passwords.
    Ascii,
    /// Anaplan Connect splits `path:passphrase` at the last colon.
    NoColon,
    /// keytool takes six characters or more.
    SixCharacters,
}

/// A constraint on the alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasRule {
    /// The PKCS#12 writer has no characters beyond the Basic Multilingual Plane.
    BasicPlane,
    /// Nothing that cannot be seen or typed.
    Printable,
    /// One character or more, and no more than any form or shell bears.
    Sized,
}

/// A rule, and whether what was typed keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleState {
    /// The rule's stable name.
    pub code: &'static str,
    /// The rule in a few words.
    pub text: &'static str,
    /// Whether it is kept.
    pub met: bool,
}

impl PasswordRule {
    /// The stable name of breaking it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ascii => "password-not-ascii",
            Self::NoColon => "password-has-colon",
            Self::SixCharacters => "password-too-short",
        }
    }

    /// The rule in a few words.
    pub fn text(self) -> &'static str {
        match self {
            Self::Ascii => {
                "only letters without accents, digits and plain signs, because Java opens nothing else"
            }
            Self::NoColon => {
                "no colon, because Anaplan Connect reads the password after the last one"
            }
            Self::SixCharacters => "6 characters or more, because keytool asks for them",
        }
    }

    fn met(self, password: &Password) -> bool {
        let text = password.expose();
        match self {
            Self::Ascii => text.bytes().all(|byte| (0x20..0x7f).contains(&byte)),
            Self::NoColon => !text.contains(':'),
            Self::SixCharacters => text.chars().count() >= 6,
        }
    }
}

impl AliasRule {
    /// The stable name of breaking it.
    pub fn code(self) -> &'static str {
        match self {
            Self::BasicPlane => "alias-beyond-bmp",
            Self::Printable => "alias-not-printable",
            Self::Sized => "alias-size",
        }
    }

    /// The rule in a few words.
    pub fn text(self) -> &'static str {
        match self {
            Self::BasicPlane => "no emoji and no other character that takes more than 16 bits",
            Self::Printable => "no line ends, tabs or other characters that cannot be seen",
            Self::Sized => "between 1 and 200 characters",
        }
    }

    fn met(self, alias: &str) -> bool {
        match self {
            Self::BasicPlane => alias.chars().all(|c| u32::from(c) <= 0xffff),
            Self::Printable => !alias.chars().any(is_hidden),
            Self::Sized => (1..=200).contains(&alias.chars().count()) && !alias.trim().is_empty(),
        }
    }
}

/// Every target, in the order of the chooser.
pub const TARGETS: &[Target] = &[anaplan::ANAPLAN];

/// The target with this id.
///
/// # Errors
///
/// [`Error::UnknownTarget`].
pub fn target(id: &str) -> Result<&'static Target, Error> {
    let found = TARGETS.iter().find(|target| target.id == id);
    found.ok_or_else(|| Error::UnknownTarget { id: id.to_owned() })
}

/// The table as JSON.
pub fn table() -> serde_json::Value {
    let row = |target: &Target| {
        let file = |file: &File| json!({ "name": file.name, "description": file.description });
        json!({
            "id": target.id,
            "name": target.name,
            "description": target.description,
            "files": target.files.iter().map(file).collect::<Vec<_>>(),
            "source": target.source,
        })
    };
    TARGETS.iter().map(row).collect()
}

impl Target {
    /// Each rule on the password, and whether this one keeps it.
    pub fn password_rules(&self, password: &Password) -> Vec<RuleState> {
        let state = |rule: &PasswordRule| RuleState {
            code: rule.code(),
            text: rule.text(),
            met: rule.met(password),
        };
        self.password_rules.iter().map(state).collect()
    }

    /// Each rule on the alias, and whether this one keeps it.
    pub fn alias_rules(&self, alias: &str) -> Vec<RuleState> {
        let state = |rule: &AliasRule| RuleState {
            code: rule.code(),
            text: rule.text(),
            met: rule.met(alias),
        };
        self.alias_rules.iter().map(state).collect()
    }

    /// Refuses an alias or a password that breaks a rule.
    ///
    /// # Errors
    ///
    /// [`Error::AliasUnfit`] or [`Error::PasswordUnfit`], with the first rule broken.
    pub fn admit(&self, alias: &str, password: &Password) -> Result<(), Error> {
        if let Some(broken) = self.alias_rules(alias).into_iter().find(|rule| !rule.met) {
            let reason = format!("the alias must have {}", broken.text);
            return Err(Error::AliasUnfit {
                rule: broken.code,
                reason,
            });
        }
        if let Some(broken) = self
            .password_rules(password)
            .into_iter()
            .find(|rule| !rule.met)
        {
            let reason = format!("the new password must have {}", broken.text);
            return Err(Error::PasswordUnfit {
                rule: broken.code,
                reason,
            });
        }
        Ok(())
    }

    /// What a person should know of an alias that keeps the rules.
    pub fn alias_findings(&self, alias: &str) -> Vec<Finding> {
        let stored = alias.to_lowercase();
        let lowered = stored != alias && self.files.iter().any(|file| file.kind == FileKind::Jks);
        let finding = || {
            Finding::new(
                Severity::Info,
                "alias-lowered",
                format!("Java keeps aliases in lower case: this one becomes “{stored}”"),
                "nothing to do; either spelling finds it",
                json!({ "alias": stored }),
            )
        };
        lowered.then(finding).into_iter().collect()
    }

    /// A fresh password that keeps every rule: four groups of five letters and digits that are not taken for one another,
    /// 98 bits.
    pub fn generate(&self, random: &mut dyn rand_core::CryptoRng) -> Password {
        const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
        let mut text = String::with_capacity(23);
        for at in 0..20 {
            if at > 0 && at % 5 == 0 {
                text.push('-');
            }
            // 256 is a multiple of 32, so every character is as likely as any other.
            let mut byte = [0];
            random.fill_bytes(&mut byte);
            text.push(char::from(ALPHABET[usize::from(byte[0] % 32)]));
        }
        Password::new(text)
    }
}
