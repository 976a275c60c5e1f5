//! What a person asks for: the target, what goes in and under which names, the passwords, how strong.

use super::second::Lock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::base::error::{Error, Reason};
use crate::base::secret::Password;
use crate::container::pem::LineEnds;
use crate::crypto::kdf;
use crate::target::{File, Target, target};

/// What a person asks for, as the page and the command line hand it in; passwords go another way.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionsInput {
    /// The target's id.
    pub target: String,
    /// What goes in, in this order.
    #[serde(default)]
    pub entries: Vec<Chosen>,
    /// The files; empty for the target's own, and wanted where the target has none.
    #[serde(default)]
    pub files: Vec<File>,
    /// How much a try of a password costs.
    #[serde(default)]
    pub strength: Strength,
    /// The iterations, in place of those of the strength.
    #[serde(default)]
    pub iterations: Option<u32>,
    /// How lines of text end.
    #[serde(default)]
    pub line_ends: LineEnds,
    /// The instant of the conversion, in milliseconds since 1970.
    #[serde(default)]
    pub at: i64,
}

/// One entry of the store, as it goes into the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Which entry of the store.
    pub entry: usize,
    /// Its name in what is written.
    #[serde(default)]
    pub alias: String,
    /// The certificates after the end-entity's, by SHA-256 of their DER, any that the store holds; without it the chain that
    /// the store found.
    #[serde(default)]
    pub issuers: Option<Vec<String>>,
}

/// How much one try of a password costs an attacker, and how much it costs the person who opens the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// What OpenSSL and Java write by default.
    Compatible,
    /// 100,000: ten thousand guesses a second become ten, and opening takes a twentieth of a second.
    #[default]
    Standard,
    /// 600,000: OWASP's figure of 2023 for PBKDF2 with HMAC-SHA-256.
    Strong,
}

impl Strength {
    /// Iterations over a private key on its own.
    pub fn pkcs8(self) -> u32 {
        match self {
            Self::Compatible => 2_048,
            Self::Standard => 100_000,
            Self::Strong => 600_000,
        }
    }

    /// Iterations over the contents of a PKCS#12 file, and over its MAC.
    pub fn pkcs12(self) -> u32 {
        match self {
            Self::Compatible => 10_000,
            other => other.pkcs8(),
        }
    }

    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Self::Compatible => {
                "2,048 iterations for a key and 10,000 for PKCS#12, as in OpenSSL and Java. It opens at once, but is the easiest to guess."
            }
            Self::Standard => {
                "100,000 iterations. Programs take about 0.05 seconds to open the file."
            }
            Self::Strong => {
                "600,000 iterations. Programs take about 0.3 seconds to open the file; old programs take several seconds."
            }
        }
    }
}

/// A request that was understood, with its passwords.
pub struct ConversionOptions {
    /// The system the files are for.
    pub target: &'static Target,
    /// The entries, in order.
    pub chosen: Vec<Chosen>,
    /// The files that are asked for.
    pub files: Vec<File>,
    /// What guards what is written.
    pub password: Password,
    /// What guards each private key inside a keystore, where it is another.
    pub key_password: Option<Password>,
    /// Iterations over a key, and over PKCS#12.
    pub iterations: (u32, u32),
    /// How lines of text end.
    pub line_ends: LineEnds,
    /// The instant of the conversion.
    pub at: OffsetDateTime,
}

/// Fewer are no work for an attacker (RFC 8018, 4.2), and Java 17 refuses more.
#[expect(clippy::cast_possible_truncation, reason = "it is five million")]
const ITERATIONS: std::ops::RangeInclusive<u32> = 1_000..=kdf::ITERATIONS_ASKED_ABOUT as u32;

impl ConversionOptions {
    /// Understands a request.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTarget`]; [`Error::OptionsUnfit`] where it contradicts itself or its target.
    pub fn new(
        request: OptionsInput,
        password: Password,
        key_password: Option<Password>,
    ) -> Result<Self, Error> {
        let target = target(&request.target)?;
        let files = match (target.by_hand(), request.files.is_empty()) {
            (true, true) => {
                return Err(unfit("no-files", json!({})));
            }
            (true, false) => request.files,
            (false, true) => target.files.to_vec(),
            // A part of the target's files is a choice; others are another target.
            (false, false) if request.files.iter().all(|file| target.files.contains(file)) => {
                request.files
            }
            (false, false) => {
                return Err(unfit("foreign-file", json!({ "target": target.name })));
            }
        };
        let iterations = match request.iterations {
            None => (request.strength.pkcs8(), request.strength.pkcs12()),
            Some(own) if ITERATIONS.contains(&own) => (own, own),
            Some(_) => {
                return Err(unfit("iterations", json!({})));
            }
        };
        if key_password.is_some() && !target.two_passwords {
            return Err(unfit("one-password", json!({ "target": target.name })));
        }
        let nanoseconds = request.at as i128 * 1_000_000;
        let at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds);
        Ok(Self {
            target,
            chosen: request.entries,
            files,
            password,
            key_password,
            iterations,
            line_ends: request.line_ends,
            at: at.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        })
    }

    /// The password over each private key, in a keystore or in a file of its own.
    pub fn over_keys(&self) -> &Password {
        self.key_password.as_ref().unwrap_or(&self.password)
    }

    /// What locks what is written.
    pub(crate) fn lock(&self) -> Lock<'_> {
        Lock {
            store: &self.password,
            key: self.over_keys(),
            iterations: self.iterations,
        }
    }

    /// The instant in milliseconds since 1970.
    pub fn milliseconds(&self) -> i64 {
        self.at.unix_timestamp() * 1_000 + i64::from(self.at.millisecond())
    }
}

/// Options that cannot be fulfilled.
pub(super) fn unfit(rule: &'static str, data: Value) -> Error {
    Error::OptionsUnfit {
        rule: Reason::with(rule, data),
    }
}
