//! The one error, and the one finding: a stable code, the fact, the next step, and the variables of both as data.
//!
//! An [`Error`] is what stopped an action; its variants are what the *person* can act on. Every code, with the vector that
//! shows it, is in the table of [`Error::code`]. A [`Finding`] stops nothing: it stands beside the file.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::base::format::Format;
use crate::base::words::{self, grouped};

/// Why, in detail: a code of the catalogue and the variables of its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// The variables.
    pub data: Map<String, Value>,
}

impl Reason {
    /// A reason whose sentence has variables; `data` is a JSON object.
    pub fn with(code: &'static str, data: Value) -> Self {
        let data = match data {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        Self { code, data }
    }

    /// The sentence.
    fn text(&self) -> String {
        words::reason(self.code, &self.data)
    }
}

impl From<&'static str> for Reason {
    fn from(code: &'static str) -> Self {
        Self {
            code,
            data: Map::new(),
        }
    }
}

/// What stopped an action.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The new alias cannot be used.
    AliasUnfit {
        /// The code of the rule that it breaks.
        rule: &'static str,
    },
    /// Keyferry does not sign with this type of key.
    CannotSign {
        /// The key, in words.
        key: String,
    },
    /// The password opens the file, but a part of it has another password.
    ContentPasswordNeeded {
        /// What the file is.
        what: Format,
        /// The alias of the part, where it has one.
        alias: Option<String>,
        /// How many passwords were tried on it, the one that opens the file among them and the empty one not.
        tried: usize,
    },
    /// Deriving the keys would take long; the person is asked first.
    CostlyDerivation {
        /// Iterations in all.
        iterations: u64,
        /// How long that takes, roughly.
        seconds: u64,
    },
    /// The bytes contradict their own structure, or their MAC.
    Damaged {
        /// What the file is, as far as it is known.
        what: Option<Format>,
        /// Which part contradicts which.
        detail: Reason,
    },
    /// No entry was named and there is more than one.
    EntryNeeded {
        /// The aliases or names to choose from.
        choices: Vec<String>,
    },
    /// No entry has the name that was asked for.
    EntryUnknown {
        /// The name asked for.
        name: String,
    },
    /// A file of this name exists; no file is ever overwritten.
    FileExists {
        /// The file's name.
        name: String,
    },
    /// The browser does not generate keys of this kind on this page, and nothing else in the page does.
    GenerationUnavailable,
    /// The key in the file contradicts itself, so nothing made with it would work.
    InconsistentKey {
        /// The code of what fails: an equation, or a size.
        detail: &'static str,
    },
    /// A fault in Keyferry, reported as one. Nothing that was written so far is used.
    Internal {
        /// The code of what failed.
        detail: &'static str,
    },
    /// There is no certificate to write.
    NoCertificate,
    /// There is no private key to write.
    NoPrivateKey,
    /// The bytes are in no format that Keyferry reads.
    NotRecognised {
        /// What they look like instead: `html`, `image`, `empty`, `text`, … one row of a table each.
        looks_like: &'static str,
    },
    /// The file is encrypted and no password was tried on it yet.
    PasswordNeeded {
        /// What the file is.
        what: Format,
    },
    /// The new password cannot be used.
    PasswordUnfit {
        /// The code of the rule that it breaks.
        rule: &'static str,
        /// Which password: `new`, or `key` for the one over the private key.
        password: &'static str,
        /// The one character that breaks the rule, where one does; never the password.
        character: Option<String>,
    },
    /// A field of a certificate request cannot be written.
    RequestUnfit {
        /// The field.
        field: &'static str,
        /// The rule that it breaks.
        rule: Reason,
    },
    /// A file written here was not read by a second reader as it was by our own: a bug of ours or of that reader's, and nothing
    /// is offered.
    SecondReader {
        /// The file's name.
        name: String,
        /// The reader and its version.
        reader: &'static str,
    },
    /// The structure is deeper or has more parts than any real file.
    TooComplex {
        /// The code of the limit's text.
        limit: &'static str,
    },
    /// More bytes than Keyferry accepts.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file ends before its structure does.
    Truncated {
        /// What the file is, as far as it is known.
        what: Option<Format>,
    },
    /// An algorithm that Keyferry does not support.
    UnsupportedAlgorithm {
        /// Its name, or its object identifier in dots.
        algorithm: String,
    },
    /// A variant of a format that Keyferry does not read; the detail names it.
    UnsupportedForm {
        /// What the file is.
        what: Option<Format>,
        /// Which form of it.
        detail: Reason,
    },
    /// The target cannot take this key.
    UnfitKey {
        /// The target's name.
        target: &'static str,
        /// The key, in words.
        key: String,
        /// What the target takes, in words.
        takes: &'static str,
    },
    /// No target has this id.
    UnknownTarget {
        /// The id asked for.
        id: String,
    },
    /// A written file did not pass its check: a fault in Keyferry, reported as one. Nothing is offered.
    Unverified {
        /// The file's name.
        name: String,
    },
    /// What was asked for contradicts itself or its target.
    OptionsUnfit {
        /// The rule that it breaks.
        rule: Reason,
    },
    /// The MAC refuses every password that was tried, or the padding where there is no MAC.
    WrongPassword {
        /// What the file is.
        what: Format,
        /// How many passwords were tried, the empty one not counted.
        tried: usize,
    },
}

impl Error {
    /// The stable name of the error, in kebab case.
    ///
    /// | code | when | a vector that shows it, or the action that ends with it |
    /// | --- | --- | --- |
    /// | `alias-unfit` | the alias asked for cannot be written | `review`, `convert` |
    /// | `cannot-sign` | a type of key that Keyferry cannot sign with | `request` |
    /// | `content-password-needed` | the password is right, a part has another | `jks-keytool-two-passwords.jks` |
    /// | `costly-derivation` | more than 5,000,000 iterations: asked about, not run | `pkcs12-hostile-iterations-mac.p12` |
    /// | `damaged` | a structure or a MAC contradicts the bytes | `pem-hostile-label-lies.pem` |
    /// | `entry-needed` | several identities and none chosen | `convert` |
    /// | `entry-unknown` | no identity of that name | `convert` |
    /// | `file-exists` | a file to be written is there already | `examples/convert` |
    /// | `generation-unavailable` | an RSA key is wanted, and the page has no WebCrypto | `request`, in a browser over `http:` |
    /// | `inconsistent-key` | the numbers of a key do not fit each other | `pkcs12-hostile-flipped-key.p12` |
    /// | `internal` | a derivation or a cipher refused its input | by a fault in Keyferry |
    /// | `no-certificate` | a certificate is needed and there is none | `convert` |
    /// | `no-private-key` | a private key is needed and there is none | `convert` |
    /// | `not-recognised` | none of the formats; what it looks like has a table of its own | `html-hostile.p12` |
    /// | `password-needed` | encrypted, and no password was tried yet | `pkcs12-openssl-default.p12` |
    /// | `password-unfit` | the new password breaks a rule of the target | `review`, `convert` |
    /// | `request-unfit` | a field of a request breaks a rule, named beside it | `request` |
    /// | `second-reader` | our own output is something else to a second reader | `convert`, by a fault of ours or of its |
    /// | `too-complex` | a limit on depth or parts | `zip-hostile-many.zip` |
    /// | `too-large` | a limit on bytes | `zip-hostile-large.zip` |
    /// | `truncated` | cut off | `pem-hostile-cut.pem` |
    /// | `unfit-key` | the target cannot take this kind of key | `convert` |
    /// | `unknown-target` | no such target | `open`, `convert` |
    /// | `unsupported-algorithm` | a named algorithm that is not supported | `pkcs12-hostile-unknown-cipher.p12` |
    /// | `unsupported-form` | named, and not read | `zip-hostile-nested.zip` |
    /// | `unverified` | a written file did not pass its check | `convert`, by a fault in Keyferry |
    /// | `wish-unfit` | files or settings asked for that contradict each other or the target | `review`, `convert` |
    /// | `wrong-password` | no password tried opens it | `pkcs12-openssl-default.p12` |
    pub fn code(&self) -> &'static str {
        match self {
            Self::AliasUnfit { .. } => "alias-unfit",
            Self::CannotSign { .. } => "cannot-sign",
            Self::ContentPasswordNeeded { .. } => "content-password-needed",
            Self::CostlyDerivation { .. } => "costly-derivation",
            Self::Damaged { .. } => "damaged",
            Self::EntryNeeded { .. } => "entry-needed",
            Self::EntryUnknown { .. } => "entry-unknown",
            Self::FileExists { .. } => "file-exists",
            Self::GenerationUnavailable => "generation-unavailable",
            Self::InconsistentKey { .. } => "inconsistent-key",
            Self::Internal { .. } => "internal",
            Self::NoCertificate => "no-certificate",
            Self::NoPrivateKey => "no-private-key",
            Self::NotRecognised { .. } => "not-recognised",
            Self::PasswordNeeded { .. } => "password-needed",
            Self::PasswordUnfit { .. } => "password-unfit",
            Self::RequestUnfit { .. } => "request-unfit",
            Self::SecondReader { .. } => "second-reader",
            Self::TooComplex { .. } => "too-complex",
            Self::TooLarge { .. } => "too-large",
            Self::Truncated { .. } => "truncated",
            Self::UnfitKey { .. } => "unfit-key",
            Self::UnknownTarget { .. } => "unknown-target",
            Self::UnsupportedAlgorithm { .. } => "unsupported-algorithm",
            Self::UnsupportedForm { .. } => "unsupported-form",
            Self::Unverified { .. } => "unverified",
            Self::OptionsUnfit { .. } => "wish-unfit",
            Self::WrongPassword { .. } => "wrong-password",
        }
    }

    /// Whether another password may be what is missing.
    pub fn wants_password(&self) -> bool {
        matches!(
            self,
            Self::ContentPasswordNeeded { .. }
                | Self::PasswordNeeded { .. }
                | Self::WrongPassword { .. }
        )
    }

    /// The error of a part, once the password of the whole was confirmed.
    pub(crate) fn of_part(self, alias: Option<&String>) -> Self {
        match self {
            Self::PasswordNeeded { what } => Self::ContentPasswordNeeded {
                what,
                alias: alias.cloned(),
                tried: 0,
            },
            Self::WrongPassword { what, tried } => Self::ContentPasswordNeeded {
                what,
                alias: alias.cloned(),
                tried,
            },
            other => other,
        }
    }

    /// The next step, in words for someone who does not know the standards.
    pub fn hint(&self) -> String {
        self.text().1
    }

    /// The message and the hint, from the catalogue.
    fn text(&self) -> (String, String) {
        words::text(&self.words(), &self.data())
    }

    /// The code of its texts: its own, or a variant of it.
    fn words(&self) -> String {
        let code = self.code();
        let variant = match self {
            Self::AliasUnfit { rule } | Self::PasswordUnfit { rule, .. } => rule,
            Self::ContentPasswordNeeded { alias, tried, .. } => match (alias, tried) {
                (None, 0 | 1) => "",
                (None, _) => "again",
                (Some(_), 0 | 1) => "alias",
                (Some(_), _) => "alias-again",
            },
            Self::Damaged { what, detail } | Self::UnsupportedForm { what, detail } => {
                let variants = [Some(detail.code), what.map(Format::id)];
                let mut variants = variants.into_iter().flatten();
                let own = variants.find(|variant| words::has(&format!("{code}.{variant}")));
                own.unwrap_or_default()
            }
            Self::NotRecognised { looks_like } => looks_like,
            Self::RequestUnfit { rule, .. } | Self::OptionsUnfit { rule } => rule.code,
            Self::TooComplex { limit } => limit,
            Self::WrongPassword { tried: 0, .. } => "empty",
            Self::WrongPassword { tried: 1, .. } => "first",
            _ => "",
        };
        match variant {
            "" => code.into(),
            variant => format!("{code}.{variant}"),
        }
    }

    /// The variables of the message and the hint, for a translation.
    pub fn data(&self) -> Map<String, Value> {
        let (data, reason) = match self {
            Self::AliasUnfit { rule } => (json!({ "rule": rule }), None),
            Self::CannotSign { key } => (json!({ "key": key }), None),
            Self::ContentPasswordNeeded { what, alias, tried } => (
                json!({ "what": what.what(), "alias": alias, "tried": tried }),
                None,
            ),
            Self::CostlyDerivation {
                iterations,
                seconds,
            } => (
                json!({ "iterations": iterations, "seconds": seconds, "duration": duration(*seconds) }),
                None,
            ),
            Self::Damaged { what, detail } | Self::UnsupportedForm { what, detail } => (
                json!({ "what": named(*what), "detail": detail.text(), "reason": detail.code }),
                Some(detail),
            ),
            Self::EntryNeeded { choices } => {
                (json!({ "choices": choices, "count": choices.len() }), None)
            }
            Self::SecondReader { name, reader } => {
                (json!({ "name": name, "reader": reader }), None)
            }
            Self::EntryUnknown { name } | Self::FileExists { name } | Self::Unverified { name } => {
                (json!({ "name": name }), None)
            }
            Self::InconsistentKey { detail } | Self::Internal { detail } => (
                json!({ "detail": Reason::from(*detail).text(), "reason": detail }),
                None,
            ),
            Self::GenerationUnavailable | Self::NoCertificate | Self::NoPrivateKey => {
                (json!({}), None)
            }
            Self::NotRecognised { looks_like } => (json!({ "looks_like": looks_like }), None),
            Self::PasswordNeeded { what } => (json!({ "what": what.what() }), None),
            Self::PasswordUnfit {
                rule,
                password,
                character,
            } => (
                json!({ "rule": rule, "password": password, "character": character }),
                None,
            ),
            Self::RequestUnfit { field, rule } => {
                (json!({ "field": field, "rule": rule.code }), Some(rule))
            }
            Self::TooComplex { limit } => (json!({ "limit": limit }), None),
            Self::TooLarge { limit } => (json!({ "limit": limit, "mebibytes": limit >> 20 }), None),
            Self::Truncated { what } => (json!({ "what": named(*what) }), None),
            Self::UnfitKey { target, key, takes } => (
                json!({ "target": target, "key": key, "takes": takes }),
                None,
            ),
            Self::UnknownTarget { id } => (json!({ "id": id }), None),
            Self::UnsupportedAlgorithm { algorithm } => (json!({ "algorithm": algorithm }), None),
            Self::OptionsUnfit { rule } => (json!({ "rule": rule.code }), Some(rule)),
            Self::WrongPassword { what, tried } => {
                (json!({ "what": what.what(), "tried": tried }), None)
            }
        };
        let own = match data {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let variables = reason.map(|reason| reason.data.clone());
        variables.into_iter().flatten().chain(own).collect()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().0)
    }
}

impl std::error::Error for Error {}

/// An [`Error`] as the examples print it and the page gets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The stable name, in kebab case.
    pub code: &'static str,
    /// The fact.
    pub message: String,
    /// The next step.
    pub hint: String,
    /// The variables of both.
    pub data: Map<String, Value>,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            hint: error.hint(),
            data: error.data(),
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The target will refuse it.
    Error,
    /// It may be refused, or fail later.
    Warning,
    /// Good to know.
    Info,
}

/// Something a target will refuse, or a person should know, with what to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The stable name, in kebab case.
    pub code: &'static str,
    /// The fact.
    pub message: String,
    /// The next step.
    pub hint: String,
    /// The variables of both.
    pub data: Map<String, Value>,
    /// The index of the entry it is about.
    pub entry: Option<usize>,
    /// The id of the file it is about.
    pub file: Option<u32>,
}

impl Finding {
    /// A finding about nothing in particular yet. `code` is one of the catalogue, with its variant; `data` is a JSON object, and
    /// holds each variable of the texts.
    pub fn new(severity: Severity, code: &'static str, data: Value) -> Self {
        let data = match data {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let (message, hint) = words::text(code, &data);
        Self {
            severity,
            code: words::public(code),
            message,
            hint,
            data,
            entry: None,
            file: None,
        }
    }
}

/// What a file is called, as far as it is known what it is.
fn named(what: Option<Format>) -> &'static str {
    what.map_or("file", Format::what)
}

/// Seconds in the unit a person would use.
fn duration(seconds: u64) -> String {
    match seconds {
        0..=1 => "one second".into(),
        2..=119 => format!("{seconds} seconds"),
        120..=7199 => format!("{} minutes", seconds / 60),
        7200..=172_799 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", grouped(seconds / 86_400)),
    }
}
