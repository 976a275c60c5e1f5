//! The one error, and the one finding: a stable code, the fact, the next step, and the variables of both as data.
//!
//! An [`Error`] is what stopped an action; its variants are what the *person* can act on. Every code, with the vector that
//! shows it, is in the table of [`Error::code`]. A [`Finding`] stops nothing: it stands beside the file.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::base::format::Format;
use crate::base::words::{self, grouped};

mod looks_like;

/// What stopped an action.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The new alias cannot be used; the reason names why.
    AliasUnfit {
        /// The code of the rule that was broken.
        rule: &'static str,
        /// Why, in words.
        reason: String,
    },
    /// The key is of a kind that Keyferry does not sign with.
    CannotSign {
        /// The key, in words.
        key: String,
    },
    /// The password opens the file, but a part of it is locked with another one.
    ContentPasswordNeeded {
        /// What the file is.
        what: Format,
        /// The alias of the part, where it has one.
        alias: Option<String>,
        /// How many passwords were tried on it, the one that opens the file among them and the empty one not.
        tried: usize,
    },
    /// Deriving the keys would take long; whoever holds the file is asked first.
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
        detail: String,
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
    /// A file of this name is there already; nothing is ever overwritten.
    FileExists {
        /// The file's name.
        name: String,
    },
    /// The key in the file contradicts itself, so nothing made with it would work.
    InconsistentKey {
        /// Which equation fails.
        detail: &'static str,
    },
    /// Something that cannot be was: our bug, said as one. Nothing that was made on the way is used.
    Internal {
        /// Which part of Keyferry failed.
        detail: &'static str,
    },
    /// There is no certificate to write.
    NoCertificate,
    /// There is no private key to write.
    NoPrivateKey,
    /// The bytes are none of the formats Keyferry reads.
    NotRecognised {
        /// What they look like instead: `html`, `image`, `empty`, `text`, … one row of a table each.
        looks_like: &'static str,
    },
    /// The file is encrypted and no password was tried on it yet.
    PasswordNeeded {
        /// What the file is.
        what: Format,
    },
    /// The new password cannot be used; the reason names why.
    PasswordUnfit {
        /// The code of the rule that was broken.
        rule: &'static str,
        /// Why, in words; never the password.
        reason: String,
    },
    /// What is asked of a CA, or a part of it, cannot be written; the reason names why.
    RequestUnfit {
        /// The field it is about.
        field: &'static str,
        /// The code of the rule that was broken.
        rule: &'static str,
        /// Why, in words.
        reason: String,
        /// What to write instead.
        remedy: String,
    },
    /// The structure is deeper or has more parts than any honest file.
    TooComplex {
        /// Which limit.
        limit: &'static str,
    },
    /// More bytes than Keyferry takes in.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file ends before its structure does.
    Truncated {
        /// What the file is, as far as it is known.
        what: Option<Format>,
    },
    /// An algorithm that Keyferry does not have.
    UnsupportedAlgorithm {
        /// Its name, or its object identifier in dots.
        algorithm: String,
    },
    /// A form of file that Keyferry does not read; the reason names it.
    UnsupportedForm {
        /// What the file is.
        what: Option<Format>,
        /// Which form of it.
        detail: String,
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
    /// A file written here did not read back as what went in: our bug, said as one, and nothing is offered.
    Unverified {
        /// The file's name.
        name: String,
    },
    /// What was asked for contradicts itself or its target; the reason names how.
    WishUnfit {
        /// The code of the rule that was broken.
        rule: &'static str,
        /// How, in words.
        reason: String,
    },
    /// Every password that was tried is refused by the MAC, or by the padding where there is no MAC.
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
    /// | `cannot-sign` | a key of a kind that is not signed with | `request` |
    /// | `content-password-needed` | the password is right, a part has another | `jks-keytool-two-passwords.jks` |
    /// | `costly-derivation` | more than 5,000,000 iterations: asked about, not run | `pkcs12-hostile-iterations-mac.p12` |
    /// | `damaged` | a structure or a MAC contradicts the bytes | `pem-hostile-label-lies.pem` |
    /// | `entry-needed` | several identities and none chosen | `convert` |
    /// | `entry-unknown` | no identity of that name | `convert` |
    /// | `file-exists` | a file to be written is there already | `examples/convert` |
    /// | `inconsistent-key` | the numbers of a key do not fit each other | `pkcs12-hostile-flipped-key.p12` |
    /// | `internal` | a derivation or a cipher refused what it was given | by a fault of ours |
    /// | `no-certificate` | a certificate is needed and there is none | `convert` |
    /// | `no-private-key` | a private key is needed and there is none | `convert` |
    /// | `not-recognised` | none of the formats; what it looks like has a table of its own | `html-hostile.p12` |
    /// | `password-needed` | encrypted, and no password was tried yet | `pkcs12-openssl-default.p12` |
    /// | `password-unfit` | the new password breaks a rule of the target | `review`, `convert` |
    /// | `request-unfit` | a field of a request breaks a rule, named beside it | `request` |
    /// | `too-complex` | a limit on depth or parts | `zip-hostile-many.zip` |
    /// | `too-large` | a limit on bytes | `zip-hostile-large.zip` |
    /// | `truncated` | cut off | `pem-hostile-cut.pem` |
    /// | `unfit-key` | the target cannot take this kind of key | `convert` |
    /// | `unknown-target` | no such target | `open`, `convert` |
    /// | `unsupported-algorithm` | named, and not had | `pkcs12-hostile-unknown-cipher.p12` |
    /// | `unsupported-form` | named, and not read | `zip-hostile-nested.zip` |
    /// | `unverified` | our own output did not read back | `convert`, by a fault of ours |
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
            Self::InconsistentKey { .. } => "inconsistent-key",
            Self::Internal { .. } => "internal",
            Self::NoCertificate => "no-certificate",
            Self::NoPrivateKey => "no-private-key",
            Self::NotRecognised { .. } => "not-recognised",
            Self::PasswordNeeded { .. } => "password-needed",
            Self::PasswordUnfit { .. } => "password-unfit",
            Self::RequestUnfit { .. } => "request-unfit",
            Self::TooComplex { .. } => "too-complex",
            Self::TooLarge { .. } => "too-large",
            Self::Truncated { .. } => "truncated",
            Self::UnfitKey { .. } => "unfit-key",
            Self::UnknownTarget { .. } => "unknown-target",
            Self::UnsupportedAlgorithm { .. } => "unsupported-algorithm",
            Self::UnsupportedForm { .. } => "unsupported-form",
            Self::Unverified { .. } => "unverified",
            Self::WishUnfit { .. } => "wish-unfit",
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
        match self {
            Self::AliasUnfit { .. } => "choose another alias; short lower-case letters and digits work everywhere".into(),
            Self::CannotSign { .. } => "use an RSA key, an EC key on P-256, P-384 or P-521, or an Ed25519 key".into(),
            Self::ContentPasswordNeeded { tried: 0 | 1, .. } => {
                "type the password that was chosen for this part when it was put into the file".into()
            }
            Self::ContentPasswordNeeded { .. } => "check capital letters, keyboard layout and blanks; whoever put this part \
                 into the file chose its password"
                .into(),
            Self::CostlyDerivation { .. } => {
                "go on if you trust where the file comes from, or ask its sender for one with fewer iterations".into()
            }
            Self::Damaged { what: Some(Format::Pem), .. } => {
                "fetch or copy the text once more, whole and unchanged, from the line with BEGIN to the line with END".into()
            }
            Self::Damaged { .. } => {
                "fetch or export the file once more, as a binary download and not as text, and try that copy".into()
            }
            Self::EntryNeeded { .. } => "choose one of them".into(),
            Self::EntryUnknown { .. } => "choose one of the names that the file holds".into(),
            Self::FileExists { .. } => "choose another folder, or move the file away".into(),
            Self::InconsistentKey { .. } => "the key is damaged beyond use; take it from its source or a backup again".into(),
            Self::NoCertificate => {
                "add the certificate the CA issued for this key: often a .crt, .cer, .pem or .p7b file".into()
            }
            Self::NoPrivateKey => "add the file that holds the private key: a .p12 or .pfx you exported with the option \
                 “include the private key”, or the .key file made together with the request; a .cer or .crt never holds it"
                .into(),
            Self::NotRecognised { looks_like } => looks_like::hint(looks_like).into(),
            Self::PasswordNeeded { .. } => "type the password that was chosen when the file was made".into(),
            Self::PasswordUnfit { .. } => "choose another password; the generator makes one that fits".into(),
            Self::RequestUnfit { remedy, .. } => remedy.clone(),
            Self::TooComplex { .. } => "this is not a file that any certificate program writes; fetch it again".into(),
            Self::TooLarge { .. } => {
                "certificate files are far smaller; check that this is the right file, or take the certificate out of it".into()
            }
            Self::Truncated { .. } => "the download or the copy stopped early; fetch the file again".into(),
            Self::UnfitKey { takes, .. } => format!("use a certificate with {takes}"),
            Self::UnknownTarget { .. } => "choose one from the table of targets".into(),
            Self::UnsupportedAlgorithm { .. } => {
                "export the file once more with the standard settings (AES-256, or 3DES for older programs)".into()
            }
            Self::UnsupportedForm { what: Some(Format::OpenSsh), .. } => {
                "use a key whose private part is in its file; one in a device cannot be carried elsewhere".into()
            }
            Self::UnsupportedForm { what: Some(Format::Zip), .. } => {
                "unpack the archive on your machine and add the files that were in it".into()
            }
            Self::UnsupportedForm { .. } => "export it as PKCS#12 (.p12) or PEM with the program that wrote it".into(),
            Self::Internal { .. } | Self::Unverified { .. } => {
                "this is a fault of Keyferry and not of your file; please report it".into()
            }
            Self::WishUnfit { .. } => "change what the message names, and try again".into(),
            Self::WrongPassword { tried: 0, .. } => "type the password that was chosen when the file was made".into(),
            Self::WrongPassword { .. } => "check capital letters, keyboard layout and blanks; the empty password and the \
                 one without blanks at its ends were tried too; a file damaged on its way looks the same"
                .into(),
        }
    }

    /// The variables of the message and the hint, for whoever says them in another language.
    pub fn data(&self) -> Map<String, Value> {
        let data = match self {
            Self::AliasUnfit { rule, .. }
            | Self::PasswordUnfit { rule, .. }
            | Self::WishUnfit { rule, .. } => json!({ "rule": rule }),
            Self::CannotSign { key } => json!({ "key": key }),
            Self::ContentPasswordNeeded { what, alias, tried } => {
                json!({ "what": what.what(), "alias": alias, "tried": tried })
            }
            Self::CostlyDerivation {
                iterations,
                seconds,
            } => json!({ "iterations": iterations, "seconds": seconds }),
            Self::Damaged { what, detail } | Self::UnsupportedForm { what, detail } => {
                json!({ "what": named(*what), "detail": detail })
            }
            Self::EntryNeeded { choices } => json!({ "choices": choices }),
            Self::EntryUnknown { name } | Self::FileExists { name } | Self::Unverified { name } => {
                json!({ "name": name })
            }
            Self::InconsistentKey { detail } | Self::Internal { detail } => {
                json!({ "detail": detail })
            }
            Self::NoCertificate | Self::NoPrivateKey => json!({}),
            Self::NotRecognised { looks_like } => json!({ "looks_like": looks_like }),
            Self::PasswordNeeded { what } => json!({ "what": what.what() }),
            Self::Truncated { what } => json!({ "what": named(*what) }),
            Self::RequestUnfit { field, rule, .. } => json!({ "field": field, "rule": rule }),
            Self::TooComplex { limit } => json!({ "limit": limit }),
            Self::TooLarge { limit } => json!({ "limit": limit }),
            Self::UnfitKey { target, key, takes } => {
                json!({ "target": target, "key": key, "takes": takes })
            }
            Self::UnknownTarget { id } => json!({ "id": id }),
            Self::UnsupportedAlgorithm { algorithm } => json!({ "algorithm": algorithm }),
            Self::WrongPassword { what, tried } => json!({ "what": what.what(), "tried": tried }),
        };
        match data {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    /// Code, message, hint and data in one JSON object, as the examples print it and the page receives it.
    pub fn to_json(&self) -> Value {
        json!({ "code": self.code(), "message": self.to_string(), "hint": self.hint(), "data": self.data() })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AliasUnfit { reason, .. }
            | Self::PasswordUnfit { reason, .. }
            | Self::RequestUnfit { reason, .. }
            | Self::WishUnfit { reason, .. } => f.write_str(reason),
            Self::CannotSign { key } => write!(f, "Keyferry does not sign with this key: {key}"),
            Self::ContentPasswordNeeded { alias, tried, .. } => {
                let part = match alias {
                    Some(alias) => format!("“{alias}” in it is"),
                    None => "its contents are".to_owned(),
                };
                write!(
                    f,
                    "the file’s password is right, but {part} locked with another one"
                )?;
                match tried {
                    0 | 1 => Ok(()),
                    2 => f.write_str(", which was not the other one you typed"),
                    _ => write!(f, ", which was none of the {} others you typed", tried - 1),
                }
            }
            Self::CostlyDerivation {
                iterations,
                seconds,
            } => {
                write!(
                    f,
                    "opening this file takes {} derivation steps, about {}",
                    grouped(*iterations),
                    duration(*seconds)
                )
            }
            Self::Damaged { what, detail } => {
                write!(
                    f,
                    "this looks like {}, but it is damaged: {detail}",
                    named(*what)
                )
            }
            Self::EntryNeeded { choices } => {
                write!(f, "there are {} identities here", choices.len())
            }
            Self::EntryUnknown { name } => write!(f, "no identity is called “{name}”"),
            Self::InconsistentKey { detail } => {
                write!(f, "the private key contradicts itself: {detail}")
            }
            Self::FileExists { name } => write!(f, "{name} is there already"),
            Self::Internal { detail } => write!(f, "Keyferry failed: {detail}"),
            Self::NoCertificate => f.write_str("there is no certificate for this key here"),
            Self::NoPrivateKey => f.write_str("there is no private key here"),
            Self::NotRecognised { looks_like } => f.write_str(looks_like::message(looks_like)),
            Self::PasswordNeeded { what } => {
                write!(
                    f,
                    "this is {}, and it is locked with a password",
                    what.what()
                )
            }
            Self::TooComplex { limit } => write!(f, "the file's structure goes past {limit}"),
            Self::TooLarge { limit } => write!(f, "the file is larger than {} MiB", limit >> 20),
            Self::Truncated { what } => write!(
                f,
                "this looks like {}, but it is cut off before its end",
                named(*what)
            ),
            Self::UnfitKey { target, key, .. } => write!(f, "{target} cannot use {key}"),
            Self::UnknownTarget { id } => write!(f, "there is no target “{id}”"),
            Self::UnsupportedAlgorithm { algorithm } => {
                write!(f, "the file uses {algorithm}, which Keyferry does not have")
            }
            Self::UnsupportedForm { what, detail } => {
                write!(f, "this is {}, {detail}", named(*what))
            }
            Self::Unverified { name } => write!(f, "{name} did not read back as what went into it"),
            Self::WrongPassword { what, tried: 0 | 1 } => {
                write!(
                    f,
                    "this is {}, and the password does not open it",
                    what.what()
                )
            }
            Self::WrongPassword { what, tried } => {
                write!(
                    f,
                    "this is {}, and none of the {tried} passwords opens it",
                    what.what()
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    what.map_or("a certificate or key file", Format::what)
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
