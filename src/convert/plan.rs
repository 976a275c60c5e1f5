//! ConversionOptions and store to the list of what is written: which files, under which names, of which entries.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::json;

use super::file_name;
use super::options::{ConversionOptions, unfit};
use super::source::Source;
use crate::base::error::{Error, Finding, Severity};
use crate::base::file_name::unique;
use crate::model::certificate::Certificate;
use crate::model::store::Store;
use crate::target::output::{KeySyntax, OutputFormat, Protection};
use crate::target::{AliasRule, File, RuleState, Takes};

/// One file that will be written.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) file: File,
    /// What of it goes in, by place among the sources of the plan; never empty.
    pub(super) places: Vec<usize>,
}

impl Planned {
    /// What of the sources of the plan goes into it.
    pub(super) fn sources<'s>(&self, all: &'s [Source]) -> impl Iterator<Item = &'s Source> {
        self.places.iter().filter_map(|&place| all.get(place))
    }

    /// The first that goes into it: all there is where the file is no keystore.
    pub(super) fn source<'s>(&self, all: &'s [Source]) -> Result<&'s Source, Error> {
        self.sources(all).next().ok_or(Error::Internal {
            detail: "plan-empty",
        })
    }

    /// Whether a private or a secret key goes into it.
    pub(super) fn holds_key(&self, sources: &[Source]) -> bool {
        let key = |source: &Source| source.key.is_some();
        match self.file.format {
            OutputFormat::SecretKey { .. } => true,
            format => format.takes_key() && self.sources(sources).any(key),
        }
    }

    /// How many certificates go into it.
    pub(super) fn certificates(&self, sources: &[Source]) -> Certificates {
        let mut counted = Certificates::default();
        let Some(part) = self.file.format.certificates() else {
            return counted;
        };
        for source in self.sources(sources) {
            for certificate in source.certificates(part) {
                match source.chain.first() == Some(certificate) {
                    true => counted.own += 1,
                    false => counted.chain += 1,
                }
            }
        }
        counted
    }

    /// Whether a private key goes into it under the password of keys.
    pub(super) fn guards_key(&self, sources: &[Source]) -> bool {
        self.file.format.uses_password() && self.holds_key(sources)
    }
}

/// How many certificates are in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Certificates {
    /// Those of the entries themselves: the end-entity's of an identity, and each that stands alone.
    pub own: usize,
    /// Those above them in their chains.
    pub chain: usize,
}

/// Everything that will be written, and what a person should know of it before.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) sources: Vec<Source>,
    pub(super) files: Vec<Planned>,
    pub(super) findings: Vec<Finding>,
}

impl Plan {
    /// Plans; nothing is drawn and nothing derived.
    ///
    /// # Errors
    ///
    /// [`Error::EntryUnknown`]; [`Error::NoPrivateKey`], [`Error::NoCertificate`], [`Error::UnfitKey`] where an output format cannot
    /// hold what was chosen; [`Error::OptionsUnfit`] where the options contradict themselves or their target.
    pub(super) fn new(store: &Store, options: &ConversionOptions) -> Result<Self, Error> {
        let mut plan = Self {
            sources: sources(store, options)?,
            files: Vec::new(),
            findings: Vec::new(),
        };
        let mut names = HashSet::new();
        for file in &options.files {
            file_name::check(&file.name)?;
            check_format(file.format)?;
            let all = 0..plan.sources.len();
            let groups: Vec<Vec<usize>> = match file.format.is_keystore() {
                true => vec![all.collect()],
                false => all.map(|at| vec![at]).collect(),
            };
            let before = plan.files.len();
            let mut refusal = None;
            for group in groups {
                match plan.fitting(file.format, group, options.target.by_hand()) {
                    Ok(places) if places.is_empty() => {}
                    Ok(places) => {
                        let name = unique(&file.name, &mut names);
                        let file = File {
                            name: name.into(),
                            ..file.clone()
                        };
                        plan.files.push(Planned { file, places });
                    }
                    Err(error) => refusal = refusal.or(Some(error)),
                }
            }
            match refusal {
                _ if plan.files.len() > before => {}
                Some(error) => return Err(error),
                None => plan.findings.push(left_out(file)),
            }
        }
        if plan.files.is_empty() {
            return Err(Error::NoCertificate);
        }
        plan.findings.extend(open_keys(&plan.files));
        plan.findings.extend(weakest(&plan, options));
        Ok(plan)
    }

    /// Those of a group that the format has a place for.
    fn fitting(
        &self,
        format: OutputFormat,
        group: Vec<usize>,
        by_hand: bool,
    ) -> Result<Vec<usize>, Error> {
        let mut fitting = Vec::new();
        for at in group {
            if let Some(source) = self.sources.get(at)
                && source.fits(format, by_hand)?
            {
                fitting.push(at);
            }
        }
        Ok(fitting)
    }

    /// Whether a private key goes into a file under the password of keys.
    pub(super) fn guards_key(&self) -> bool {
        let guards = |planned: &Planned| planned.guards_key(&self.sources);
        self.files.iter().any(guards)
    }

    /// Each rule on each alias, in the order of the subjects; none where no file has an alias in it.
    pub(super) fn alias_rules(&self) -> Vec<Vec<RuleState>> {
        if !self
            .files
            .iter()
            .any(|planned| planned.file.format.uses_alias())
        {
            return vec![Vec::new(); self.sources.len()];
        }
        let aliases: Vec<&str> = self
            .sources
            .iter()
            .map(|source| source.alias.as_str())
            .collect();
        let rules = [AliasRule::Sized, AliasRule::Printable];
        let several = (aliases.len() > 1).then_some(AliasRule::Distinct);
        let of = |at| {
            let rules = rules.iter().chain(&several);
            rules.map(|rule| rule.state(&aliases, at)).collect()
        };
        (0..aliases.len()).map(of).collect()
    }

    /// Refuses an alias that breaks a rule.
    pub(super) fn admit_aliases(&self) -> Result<(), Error> {
        let broken = self
            .alias_rules()
            .into_iter()
            .flatten()
            .find(|rule| !rule.met);
        match broken {
            None => Ok(()),
            Some(rule) => Err(Error::AliasUnfit { rule: rule.code }),
        }
    }
}

fn sources(store: &Store, options: &ConversionOptions) -> Result<Vec<Source>, Error> {
    let sources = options
        .chosen
        .iter()
        .map(|chosen| Source::of(store, chosen))
        .collect::<Result<Vec<_>, _>>()?;
    match (options.target.takes, sources.as_slice()) {
        (_, []) => Err(Error::EntryNeeded {
            choices: store.entries.iter().map(|entry| entry.name()).collect(),
        }),
        (Takes::One, [_, _, ..]) => {
            Err(unfit("one-entry", json!({ "target": options.target.name })))
        }
        (Takes::One, [one]) if options.target.wants_key() && one.key.is_none() => {
            Err(Error::NoPrivateKey)
        }
        (Takes::Certificates, _) => Ok(trusted(&sources)),
        _ => Ok(sources),
    }
}

/// Every certificate that is to be trusted, once, each under an alias of its own: a lone certificate, the authorities of an
/// identity, or its own certificate where it has none.
fn trusted(sources: &[Source]) -> Vec<Source> {
    let mut seen: Vec<&Arc<Certificate>> = Vec::new();
    let mut trusted = Vec::new();
    for source in sources {
        let certificates = match (&source.key, source.chain.as_slice()) {
            (Some(_), [_, authorities @ ..]) if !authorities.is_empty() => authorities,
            (_, chain) => chain,
        };
        let mut number = 0;
        for certificate in certificates {
            if seen.contains(&certificate) {
                continue;
            }
            seen.push(certificate);
            number += 1;
            let alias = match number {
                1 => source.alias.clone(),
                _ => format!("{}-{number}", source.alias),
            };
            trusted.push(Source::certificate(alias, certificate.clone()));
        }
    }
    trusted
}

/// Refuses an output format that contradicts itself.
fn check_format(format: OutputFormat) -> Result<(), Error> {
    let OutputFormat::PrivateKey {
        syntax, protection, ..
    } = format
    else {
        return Ok(());
    };
    match (syntax, protection) {
        (_, Protection::None) => Ok(()),
        (KeySyntax::Pkcs1 | KeySyntax::Sec1, _) => Err(unfit("key-syntax-open", json!({}))),
        (KeySyntax::Openssh, Protection::LegacyTripleDes | Protection::Pbes2 { .. }) => {
            Err(unfit("openssh-own-cipher", json!({})))
        }
        _ => Ok(()),
    }
}

fn left_out(file: &File) -> Finding {
    Finding::new(
        Severity::Info,
        "file-left-out",
        json!({ "file": file.name }),
    )
}

/// One for each file in which a key lies open.
fn open_keys(files: &[Planned]) -> impl Iterator<Item = Finding> {
    let open = files
        .iter()
        .filter(|planned| planned.file.format.lays_key_open());
    open.map(|planned| {
        let code = match planned.file.format {
            OutputFormat::SecretKey { .. } => "key-unencrypted.secret",
            _ => "key-unencrypted",
        };
        let data = json!({ "file": planned.file.name });
        Finding::new(Severity::Warning, code, data)
    })
}

/// A guess at 10,000,000,000 a second, what one graphics card does of SHA-1, runs through 12 random letters and digits in
/// ten years.
const LONG: usize = 12;

/// The weakest file with a key in it sets the strength of a password that several share.
fn weakest(plan: &Plan, options: &ConversionOptions) -> Option<Finding> {
    let weak =
        |planned: &&Planned| planned.file.format.is_jks() && planned.holds_key(&plan.sources);
    let java = plan.files.iter().find(weak)?;
    let name = &java.file.name;
    // Of one that is not typed yet its own rules speak.
    if !(1..LONG).contains(&options.over_keys().expose().chars().count()) {
        return None;
    }
    Some(Finding::new(
        Severity::Warning,
        "jks-one-round",
        json!({ "file": name, "characters": LONG }),
    ))
}
