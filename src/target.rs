//! Who needs which files: one row a system, with its constraints and its lines to paste.
//!
//! The page's chooser, `--target list` and the README's table all come from [`TARGETS`]. A row names the output formats of its files
//! ([`output`]), what it asks of key, password and alias ([`rules`]), and what it asks of the certificate ([`Asks`]).

use serde::Serialize;

use crate::base::error::Error;
use crate::base::secret::Password;
use crate::crypto::algorithm::KeyAlgorithm;
use crate::model::certificate::Certificate;
use crate::model::store::Kind;

mod anaplan;
pub mod output;
mod platform;
mod quote;
pub mod rules;
mod server;
pub mod step;
mod system;

pub(crate) use anaplan::api;
pub use output::{File, OutputFormat};
pub use rules::{AliasRule, KeyRule, PasswordRule, RuleState};
pub use step::{Step, StepInput};

/// A system and the files it wants.
#[derive(Debug)]
pub struct Target {
    /// The stable name.
    pub id: &'static str,
    /// What the system is called.
    pub name: &'static str,
    /// Under which heading the chooser lists it.
    pub group: Group,
    /// What else a person may type to find it: its maker, its programs, and types of files that it reads and that no name of
    /// a file says.
    pub search: &'static [&'static str],
    /// One line on what the files are for.
    pub description: &'static str,
    /// The files, in the order they are offered; none where a person lists them.
    pub files: &'static [File],
    /// Which entries it takes, and how many.
    pub takes: Takes,
    /// Which keys it takes.
    pub keys: KeyRule,
    /// What it asks of the certificate.
    pub asks: Asks,
    /// The longest validity it takes, in days.
    pub days: Option<i64>,
    /// What the new password must be like.
    pub password_rules: &'static [PasswordRule],
    /// Whether key and keystore may have passwords of their own.
    pub two_passwords: bool,
    /// What to do with the files, by the codes of the steps.
    pub steps: fn(&StepInput<'_>) -> Vec<&'static str>,
    /// Whether others connect to it: what is wrong with a certificate, they refuse, and not the system itself.
    pub serves: bool,
    /// The lines to paste.
    pub snippets: fn(&SnippetInput<'_>) -> Vec<Snippet>,
    /// What a person should know before; what is not known of the system, too.
    pub note: Option<&'static str>,
    /// Where its facts come from.
    pub source: &'static str,
}

/// The headings of the chooser, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    Anaplan,
    Cloud,
    Java,
    WebServers,
    Desktop,
    Custom,
}

/// Which entries a target takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// One identity, or what of it the files need.
    One,
    /// One or several identities, and certificates beside them.
    Several,
    /// Certificates alone.
    Certificates,
}

/// What a target asks of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// What Anaplan asks of the certificate of an integration's user.
    Anaplan,
    /// Nothing but that it is valid.
    Nothing,
    /// What a browser asks of a server.
    Server,
}

/// Lines to paste somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Where they go.
    pub title: &'static str,
    /// The lines.
    pub text: String,
    /// The instant after which new ones are safer, in milliseconds since 1970.
    pub stale_at: Option<i64>,
}

impl Snippet {
    fn new(title: &'static str, text: impl Into<String>) -> Self {
        Self {
            title,
            text: text.into(),
            stale_at: None,
        }
    }
}

/// What lines to paste are made of. Never a password.
pub struct SnippetInput<'a> {
    /// The alias of the first entry, as it is written.
    pub alias: &'a str,
    /// The files: name, bytes.
    pub files: &'a [(&'a str, &'a [u8])],
    /// The first entry's certificate.
    pub leaf: Option<&'a Certificate>,
    /// The instant of the conversion, in milliseconds since 1970.
    pub at: i64,
}

impl SnippetInput<'_> {
    /// What a file that is text says.
    fn text(&self, name: &str) -> &str {
        let file = self.files.iter().find(|file| file.0 == name);
        file.and_then(|file| std::str::from_utf8(file.1).ok())
            .unwrap_or_default()
    }
}

/// Where a file will lie is not known: a person puts their own folder in place of this one.
pub const FOLDER: &str = "/path/to/";
/// The same on Windows.
pub const WINDOWS_FOLDER: &str = r"C:\path\to\";

/// Every target, in the order of the chooser.
pub const TARGETS: &[Target] = &[
    anaplan::ANAPLAN,
    anaplan::ADMINISTRATOR,
    anaplan::CONNECT_PEM,
    anaplan::CONNECT_JKS,
    anaplan::api::API,
    platform::INFORMATICA,
    platform::MULESOFT,
    platform::BOOMI,
    platform::SNAPLOGIC,
    platform::WORKIVA,
    platform::SALESFORCE,
    platform::SNOWFLAKE,
    platform::NETSUITE,
    server::KAFKA,
    server::TOMCAT,
    server::SPRING,
    system::JAVA_TRUSTSTORE,
    system::JAVA_8,
    server::NGINX,
    server::APACHE,
    server::HAPROXY,
    system::WINDOWS_CURRENT,
    system::WINDOWS_2016,
    system::MACOS,
    platform::PYTHON_NODE_DOTNET,
    system::CUSTOM,
];

/// The target with this id.
///
/// # Errors
///
/// [`Error::UnknownTarget`].
pub fn target(id: &str) -> Result<&'static Target, Error> {
    let found = TARGETS.iter().find(|target| target.id == id);
    found.ok_or_else(|| Error::UnknownTarget { id: id.to_owned() })
}

impl Target {
    /// Whether a person lists the files.
    pub fn by_hand(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether more of the chain than the end-entity's certificate goes into a file.
    pub fn uses_chain(&self) -> bool {
        let beyond = |format: OutputFormat| {
            format
                .certificates()
                .is_some_and(|part| part != output::ChainPart::Leaf)
        };
        self.takes != Takes::Certificates && self.files.iter().any(|file| beyond(file.format))
    }

    /// Whether it has no use for what comes without a private key: an identity's keystore with a certificate alone in it is a
    /// file that the system takes and then fails with.
    pub fn wants_key(&self) -> bool {
        self.takes == Takes::One && self.files.iter().any(|file| file.format.takes_key())
    }

    /// What to do with the files.
    pub fn steps(&self, input: &StepInput<'_>) -> Vec<Step> {
        let codes = (self.steps)(input).into_iter();
        codes.map(|code| Step::new(code, input)).collect()
    }

    /// The kinds of entries that its files are made of.
    pub fn kinds(&self) -> Vec<Kind> {
        let formats = || self.files.iter().map(|file| file.format);
        let mut kinds = vec![Kind::PrivateKey];
        if self.takes != Takes::One
            || !self.wants_key() && formats().all(OutputFormat::needs_certificate)
        {
            kinds.push(Kind::Certificate);
        }
        if self.by_hand() {
            kinds.extend([Kind::PublicKey, Kind::SecretKey]);
        }
        kinds
    }

    /// The targets that take a key, by name.
    pub fn taking(key: &KeyAlgorithm) -> Vec<&'static str> {
        TARGETS
            .iter()
            .filter(|target| !target.by_hand() && target.keys.takes(key))
            .map(|target| target.name)
            .collect()
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
            #[expect(clippy::indexing_slicing, reason = "a remainder of 32 is below 32")]
            let letter = ALPHABET[usize::from(byte[0] % 32)];
            text.push(char::from(letter));
        }
        Password::new(text)
    }
}

/// What a row says where it says nothing else.
const PLAIN: Target = Target {
    id: "",
    name: "",
    group: Group::Custom,
    search: &[],
    description: "",
    files: &[],
    takes: Takes::One,
    keys: KeyRule::MODERN,
    asks: Asks::Nothing,
    days: None,
    password_rules: &[PasswordRule::Given],
    two_passwords: false,
    steps: |_| Vec::new(),
    serves: false,
    snippets: nothing,
    note: None,
    source: "",
};

/// A file of a row.
const fn file(name: &'static str, description: &'static str, format: OutputFormat) -> File {
    use std::borrow::Cow::Borrowed;
    File {
        name: Borrowed(name),
        description: Borrowed(description),
        format,
    }
}

/// No lines to paste.
fn nothing(_: &SnippetInput<'_>) -> Vec<Snippet> {
    Vec::new()
}

/// The output formats that several rows want.
mod usual {
    use super::output::{ChainPart, Encoding, KeySyntax, OutputFormat, Protection};
    use crate::format::jks::JavaKeystore;
    use crate::format::pkcs12::Profile;

    /// The end-entity's certificate alone, PEM.
    pub(super) const CERTIFICATE: OutputFormat = certificates(ChainPart::Leaf);
    /// What a server sends.
    pub(super) const FULL_CHAIN: OutputFormat = certificates(ChainPart::FullChain);
    /// PKCS#8 PEM under the password.
    pub(super) const LOCKED_KEY: OutputFormat = key(Protection::Password);
    /// PKCS#8 PEM, open.
    pub(super) const OPEN_KEY: OutputFormat = key(Protection::None);
    /// JKS under the password.
    pub(super) const JKS: OutputFormat = OutputFormat::Java {
        kind: JavaKeystore::Jks,
        certificates: ChainPart::WholeChain,
    };
    /// PKCS#12 that what is current reads.
    pub(super) const PKCS12: OutputFormat = pkcs12(Profile::Modern2023);
    /// PKCS#12 that what is old reads.
    pub(super) const OLD_PKCS12: OutputFormat = pkcs12(Profile::Legacy3Des);

    const fn certificates(part: ChainPart) -> OutputFormat {
        OutputFormat::Certificates {
            certificates: part,
            encoding: Encoding::Pem,
        }
    }

    const fn key(protection: Protection) -> OutputFormat {
        OutputFormat::PrivateKey {
            syntax: KeySyntax::Pkcs8,
            encoding: Encoding::Pem,
            protection,
        }
    }

    const fn pkcs12(profile: Profile) -> OutputFormat {
        OutputFormat::Pkcs12 {
            profile,
            mac: None,
            certificates: ChainPart::WholeChain,
        }
    }
}
