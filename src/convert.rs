//! Entries to the files of a target, each read back before it is offered.
//!
//! ```text
//! OptionsInput ─▶ ConversionOptions ─▶ Plan (which files, of which entries) ─▶ draw ─▶ write ─▶ verify ─▶ Converted
//! ```

pub mod batch;
mod file_name;
pub mod options;
mod plan;
mod review;
pub(crate) mod second;
pub(crate) mod source;
mod verify;
mod write;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use self::plan::{Plan, Planned};
use self::second::{Lock, Second};
use self::source::Source;
use self::write::Drawn;
use crate::base::error::{Error, Finding};
use crate::base::secret::SecretDer;
use crate::crypto::kdf::{KdfJob, Keys, Stop};
use crate::model::store::{Entry, Store};
use crate::target::{AliasRule, OutputFormat, Snippet, SnippetInput, Step, StepInput};

pub use self::options::{Chosen, ConversionOptions, OptionsInput, Strength};
pub use self::plan::Certificates;
pub use self::review::{AliasReview, PasswordReview, PlannedFile, Review, review};

/// One written file.
pub struct WrittenFile {
    /// What it is to be saved as.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes; they may hold the private key, so they are wiped.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether a private or a secret key was written into it.
    pub holds_key: bool,
    /// Whether that key lies in it without a password.
    pub key_open: bool,
    /// Whether it was encrypted, or at least sealed, with the new password, and read back with it.
    pub uses_password: bool,
    /// How many certificates were written into it, and read back.
    pub certificates: Certificates,
    /// Whether anyone may have it: there is no key in it, and nothing that signs in.
    pub public: bool,
    /// Read back by our own reader, key and chain equal to what went in. A file that is not never leaves here; the mark says
    /// that this was done.
    pub verified: bool,
    /// The readers that opened it and found what went in, our own first, others with their versions.
    pub verified_by: Vec<&'static str>,
    /// Why no reader beside our own opened it, or not all of it, by the code of its text.
    pub not_opened: Option<&'static str>,
}

/// A conversion on its way. Like [`crate::Opening`] it derives nothing itself.
pub struct Conversion<'s> {
    store: &'s Store,
    options: ConversionOptions,
    plan: Plan,
    drawn: Vec<Drawn>,
    keys: Keys,
    written: Vec<WrittenFile>,
    second: SecondReader,
}

/// What reads each file once our own reader has.
type SecondReader = fn(&str, OutputFormat, &[u8], &[&Source], Lock<'_>) -> Result<Second, Error>;

/// What stands between here and the files.
pub enum ConversionStep {
    /// These keys are wanted; supply them and step again.
    Derive(Vec<KdfJob>),
    /// The files, each verified.
    Done(Converted),
}

/// What a conversion gives.
pub struct Converted {
    /// The files, in the target's order.
    pub files: Vec<WrittenFile>,
    /// What to do with them.
    pub steps: Vec<Step>,
    /// The lines to paste.
    pub snippets: Vec<Snippet>,
    /// What the target has against these entries, and what a person should know of the files.
    pub findings: Vec<Finding>,
    /// Whether the target is certain to refuse the files: a finding about one of the entries is an error.
    pub refused: bool,
}

impl<'s> Conversion<'s> {
    /// Plans the files; salts and vectors are drawn now.
    ///
    /// # Errors
    ///
    /// [`Error::EntryNeeded`], [`Error::EntryUnknown`], [`Error::NoPrivateKey`], [`Error::NoCertificate`],
    /// [`Error::UnfitKey`] for what was chosen; [`Error::AliasUnfit`] and [`Error::PasswordUnfit`] where a rule is broken;
    /// [`Error::OptionsUnfit`] where the options contradict themselves.
    pub fn new(
        store: &'s Store,
        options: ConversionOptions,
        random: &mut dyn CryptoRng,
    ) -> Result<Self, Error> {
        let plan = Plan::new(store, &options)?;
        plan.admit_aliases()?;
        review::admit_passwords(&plan, &options)?;
        let draw = |planned: &Planned| Drawn::new(planned, &plan.sources, &options, random);
        Ok(Self {
            drawn: plan.files.iter().map(draw).collect(),
            store,
            plan,
            options,
            keys: Keys::default(),
            written: Vec::new(),
            second: second::read,
        })
    }

    /// Goes as far as it can.
    ///
    /// # Errors
    ///
    /// [`Error::Unverified`] where a file does not read back as what went into it, and [`Error::SecondReader`] where it does to
    /// us and not to another reader: then nothing is given at all.
    pub fn step(&mut self) -> Result<ConversionStep, Error> {
        match self.advance() {
            Ok(()) => Ok(ConversionStep::Done(self.converted())),
            Err(Stop::Derive) => Ok(ConversionStep::Derive(self.keys.take_wanted())),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Gives a key that was wanted, or why it could not be derived.
    pub fn supply(&mut self, job: KdfJob, key: Result<SecretDer, Error>) {
        self.keys.supply(job, key);
    }

    fn advance(&mut self) -> Result<(), Stop> {
        let Self {
            plan,
            options,
            drawn,
            keys,
            written,
            second,
            ..
        } = self;
        let files = plan.files.iter().zip(drawn).skip(written.len());
        for (planned, drawn) in files {
            let bytes = write::write(planned, drawn, &plan.sources, options, keys)?;
            let holds_key = planned.holds_key(&plan.sources);
            written.push(WrittenFile {
                name: planned.file.name.clone().into_owned(),
                description: planned.file.description.clone().into_owned(),
                media_type: planned.file.format.media_type(),
                bytes,
                holds_key,
                key_open: planned.file.format.lays_key_open(),
                uses_password: planned.file.format.uses_password(),
                certificates: planned.certificates(&plan.sources),
                public: !holds_key && !planned.file.format.signs_in(),
                verified: false,
                verified_by: Vec::new(),
                not_opened: None,
            });
        }
        // All are asked for their keys before any is waited for.
        let mut derive = false;
        for (planned, file) in plan.files.iter().zip(&mut *written) {
            if file.verified {
                continue;
            }
            match verify::verify(planned, &file.bytes, &plan.sources, options, keys) {
                Ok(()) => file.verified = true,
                Err(Stop::Derive) => derive = true,
                Err(failed) => return Err(failed),
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        for (planned, file) in plan.files.iter().zip(written) {
            let sources: Vec<&Source> = planned.sources(&plan.sources).collect();
            let format = planned.file.format;
            let read = second(
                &planned.file.name,
                format,
                &file.bytes,
                &sources,
                options.lock(),
            )?;
            file.verified_by = [vec![second::KEYFERRY], read.readers].concat();
            file.not_opened = read.not_opened;
        }
        Ok(())
    }

    fn converted(&mut self) -> Converted {
        let files = std::mem::take(&mut self.written);
        let options = &self.options;
        let source = self.plan.sources.first();
        let alias = source.map_or("", |source| &source.alias);
        let named: Vec<(&str, &[u8])> = files
            .iter()
            .map(|file| (file.name.as_str(), file.bytes.as_slice()))
            .collect();
        let snippets = (options.target.snippets)(&SnippetInput {
            alias,
            files: &named,
            leaf: source
                .and_then(|source| source.chain.first())
                .map(|leaf| &**leaf),
            at: options.milliseconds(),
        });
        let steps = options.target.steps(&StepInput {
            alias,
            files: named.iter().map(|&(name, _)| name).collect(),
            password: files.iter().any(|file| file.uses_password),
        });
        let mut findings = review::judged(self.store, &self.plan, options);
        let refused = !review::refusals(options, &findings).is_empty();
        findings.extend(std::mem::take(&mut self.plan.findings));
        findings.extend(review::beyond_ascii(&self.plan, options));
        for source in &self.plan.sources {
            findings.extend(review::lowered(&self.plan.files, &source.alias));
        }
        Converted {
            files,
            steps,
            snippets,
            findings,
            refused,
        }
    }
}

/// The alias that is offered: the file's own if it can be written, else one made of the holder's name.
pub fn suggested_alias(entry: &Entry) -> String {
    let fits = |alias: &String| {
        let rules = [AliasRule::Sized, AliasRule::Printable];
        rules.iter().all(|rule| rule.state(&[alias], 0).met)
    };
    let holder = || {
        entry
            .certificate()
            .map(|certificate| slug(&certificate.name()))
    };
    entry
        .alias
        .clone()
        .filter(fits)
        .or_else(|| holder().filter(fits))
        .unwrap_or_else(|| "key".into())
}

/// Lower-case letters and digits with hyphens between: what no form and no shell stumbles over.
fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    joined.chars().take(60).collect()
}
