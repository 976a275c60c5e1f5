//! What a target asks of the key, of the new password and of the alias, each said before anything is made.

use serde::Serialize;

use crate::base::hidden::is_hidden;
use crate::base::secret::Password;
use crate::base::words;
use crate::crypto::algorithm::KeyAlgorithm;

/// The keys a target takes.
#[derive(Debug, Clone, Copy)]
pub struct KeyRule {
    /// The keys, in words that end "takes …".
    pub words: &'static str,
    /// RSA keys of these many bits; empty where it takes none.
    pub rsa: RsaSizes,
    /// Elliptic curves, by name.
    pub curves: &'static [&'static str],
    /// The other kinds, by name.
    pub others: &'static [&'static str],
}

/// Sizes of RSA keys.
#[derive(Debug, Clone, Copy)]
pub enum RsaSizes {
    /// These bits or more.
    From(u32),
    /// One of these.
    Of(&'static [u32]),
}

impl KeyRule {
    /// Whatever key there is.
    pub const ANY: Self = Self {
        words: "any key",
        rsa: RsaSizes::From(0),
        curves: &["*"],
        others: &["*"],
    };
    /// What is not given up: DSA is, everywhere.
    pub const MODERN: Self = Self {
        words: "an RSA key of 1,024 bits or more, or one on an elliptic curve",
        rsa: RsaSizes::From(1024),
        curves: &["*"],
        others: &["RSA-PSS", "Ed25519", "Ed448", "X25519", "X448"],
    };
    /// What Windows imports: it has no Edwards curves.
    pub const WINDOWS: Self = Self {
        words: "an RSA key of 1,024 bits or more, or one on P-256, P-384 or P-521",
        rsa: RsaSizes::From(1024),
        curves: &["P-256", "P-384", "P-521"],
        others: &[],
    };
    /// RSA alone.
    pub const RSA: Self = Self {
        words: "an RSA key of 2,048 bits or more",
        rsa: RsaSizes::From(2048),
        curves: &[],
        others: &[],
    };
    /// What TLS servers use.
    pub const SERVER: Self = Self {
        words: "an RSA key of 2,048 bits or more, an Ed25519 key, or one on P-256, P-384 or P-521",
        rsa: RsaSizes::From(2048),
        curves: &["P-256", "P-384", "P-521"],
        others: &["Ed25519"],
    };
    /// What servers use that know no Edwards curves.
    pub const CLASSIC_SERVER: Self = Self {
        words: "an RSA key of 2,048 bits or more, or one on P-256, P-384 or P-521",
        others: &[],
        ..Self::SERVER
    };

    /// Whether RSA keys of some size are.
    pub fn takes_rsa(&self) -> bool {
        !matches!(self.rsa, RsaSizes::Of(&[]))
    }

    /// Whether a key is one of them.
    pub fn takes(&self, key: &KeyAlgorithm) -> bool {
        let named = |list: &[&str], name: &str| list.contains(&"*") || list.contains(&name);
        match (key.name.as_str(), key.bits, &key.curve) {
            ("RSA", Some(bits), _) => match self.rsa {
                RsaSizes::From(least) => bits >= least,
                RsaSizes::Of(sizes) => sizes.contains(&bits),
            },
            ("EC", _, Some(curve)) => named(self.curves, curve),
            (name, ..) => named(self.others, name),
        }
    }
}

/// A constraint on the new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRule {
    /// Java opens PKCS#12 files only with ASCII passwords.
    Ascii,
    /// Something, where a file is to be guarded by it.
    Given,
    /// Anaplan Connect splits `path:passphrase` at the last colon.
    NoColon,
    /// keytool takes six characters or more.
    SixCharacters,
}

/// A constraint on the alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasRule {
    /// Java folds aliases to lower case: two that differ only there would be one.
    Distinct,
    /// Nothing that cannot be seen or typed.
    Printable,
    /// One character or more, and no more than any form or shell accepts.
    Sized,
}

/// A rule, and whether what was typed keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleState {
    /// The rule's stable name.
    pub code: &'static str,
    /// The rule in a few words, with the character that breaks it.
    pub text: String,
    /// Whether it is kept.
    pub met: bool,
    /// The character that breaks it, in quotation marks or by its code point.
    pub character: Option<String>,
}

impl PasswordRule {
    /// The stable name of breaking it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ascii => "password-not-ascii",
            Self::Given => "password-empty",
            Self::NoColon => "password-has-colon",
            Self::SixCharacters => "password-too-short",
        }
    }

    /// The rule, and whether a password keeps it.
    pub(crate) fn state(self, password: &Password) -> RuleState {
        let text = password.expose();
        let foreign = |c: &char| !(' '..='~').contains(c);
        let (met, offender) = match self {
            Self::Ascii => {
                let offender = text.chars().find(foreign);
                (offender.is_none(), offender)
            }
            Self::Given => (!text.is_empty(), None),
            Self::NoColon => (!text.contains(':'), None),
            Self::SixCharacters => (text.chars().count() >= 6, None),
        };
        // The one character that is in the way, and nothing that stands beside it.
        let character = offender.map(|c| match is_hidden(c) {
            true => format!("U+{:04X}", u32::from(c)),
            false => format!("“{c}”"),
        });
        RuleState::new(self.code(), met, character)
    }
}

impl AliasRule {
    /// The stable name of breaking it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Distinct => "alias-folded",
            Self::Printable => "alias-not-printable",
            Self::Sized => "alias-size",
        }
    }

    /// The rule, and whether the alias at a place among the others keeps it.
    pub(crate) fn state(self, aliases: &[&str], at: usize) -> RuleState {
        let alias = aliases.get(at).copied().unwrap_or_default();
        let met = match self {
            Self::Distinct => !aliases
                .iter()
                .enumerate()
                .any(|(other, name)| other != at && name.to_lowercase() == alias.to_lowercase()),
            Self::Printable => !alias.chars().any(is_hidden),
            Self::Sized => (1..=200).contains(&alias.chars().count()) && !alias.trim().is_empty(),
        };
        RuleState::new(self.code(), met, None)
    }
}

impl RuleState {
    fn new(code: &'static str, met: bool, character: Option<String>) -> Self {
        Self {
            code,
            text: words::rule(code, character.as_deref()),
            met,
            character,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_character_that_breaks_the_rule_is_named() {
        let state = PasswordRule::Ascii.state(&Password::new("grün123".into()));
        assert!(!state.met && state.text.ends_with("“ü” is not allowed."));
        assert!(
            PasswordRule::Ascii
                .state(&Password::new("a b~1".into()))
                .met
        );
    }

    #[test]
    fn aliases_that_java_folds_are_reported() {
        let aliases = ["Scott", "scott", "Ann"];
        let met = |at| AliasRule::Distinct.state(&aliases, at).met;
        assert_eq!([met(0), met(1), met(2)], [false, false, true]);
    }
}
