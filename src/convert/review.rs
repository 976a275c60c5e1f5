//! The live state of the options, before anything is made: each rule kept or not, the files as they will be, what is in the way.

use serde::Serialize;
use serde_json::json;

use super::options::ConversionOptions;
use super::plan::{Plan, Planned};
use super::source::Source;
use crate::base::error::{Error, Failure, Finding, Severity};
use crate::base::secret::Password;
use crate::judge::check::judge;
use crate::model::store::Store;
use crate::target::output::OutputFormat;
use crate::target::{PasswordRule, RuleState, Takes};

/// What is to be said of the options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// Of each chosen entry its alias, in order.
    pub aliases: Vec<AliasReview>,
    /// The password over the files.
    pub password: PasswordReview,
    /// The password over each private key, where it is another.
    pub key_password: PasswordReview,
    /// The files as they will be; empty where they cannot be made.
    pub files: Vec<PlannedFile>,
    /// What is good to know of the files.
    pub findings: Vec<Finding>,
    /// Why the target is certain to refuse them; empty where it is not.
    pub refusals: Vec<Finding>,
    /// What is in the way.
    pub error: Option<Failure>,
}

/// What is to be said of an alias.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AliasReview {
    /// The alias.
    pub alias: String,
    /// Each rule, kept or not.
    pub rules: Vec<RuleState>,
    /// What is good to know of it.
    pub findings: Vec<Finding>,
}

/// What is to be said of a password; never the password.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PasswordReview {
    /// Whether a file is guarded by it.
    pub used: bool,
    /// Each rule, kept or not; empty for one that is not used.
    pub rules: Vec<RuleState>,
    /// What is good to know of it.
    pub findings: Vec<Finding>,
}

/// A file before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// What it will be saved as.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether the private key will be in it.
    pub holds_key: bool,
    /// Whether the private key will lie in it without a password.
    pub key_open: bool,
    /// Whether the new password will guard it.
    pub uses_password: bool,
    /// How many certificates of the entries themselves will be in it.
    pub certificates: usize,
    /// How many certificates above them will be in it.
    pub chain: usize,
    /// Whether anyone may have it: there will be no key in it, and nothing that signs in.
    pub public: bool,
}

/// What is to be said of the options while they are typed.
pub fn review(store: &Store, options: &ConversionOptions) -> Review {
    let plan = Plan::new(store, options);
    let used = match &plan {
        Ok(plan) => plan
            .files
            .iter()
            .any(|planned| planned.file.format.uses_password()),
        Err(_) => options.files.iter().any(|file| file.format.uses_password()),
    };
    let key_used = options.key_password.is_some()
        && match &plan {
            Ok(plan) => plan.guards_key(),
            Err(_) => used,
        };
    let rules = |used: bool, password: &Password| match used {
        true => password_rules(options, password),
        false => Vec::new(),
    };
    let (plan, error) = match plan {
        Ok(plan) => (Some(plan), None),
        Err(error) => (None, Some(Failure::from(&error))),
    };
    Review {
        aliases: plan.as_ref().map(aliases).unwrap_or_default(),
        password: PasswordReview {
            used,
            rules: rules(used, &options.password),
            findings: match &plan {
                Some(plan) => beyond_ascii(plan, options),
                None => Vec::new(),
            },
        },
        key_password: PasswordReview {
            used: key_used,
            rules: match &options.key_password {
                Some(password) => rules(key_used, password),
                None => Vec::new(),
            },
            findings: Vec::new(),
        },
        files: match &plan {
            Some(plan) => {
                let of = |planned| PlannedFile::of(planned, &plan.sources);
                plan.files.iter().map(of).collect()
            }
            None => Vec::new(),
        },
        refusals: match &plan {
            Some(plan) => refusals(options, &judged(store, plan, options)),
            None => Vec::new(),
        },
        findings: plan.map(|plan| plan.findings).unwrap_or_default(),
        error,
    }
}

/// What the target and the calendar have against the chosen entries.
pub(super) fn judged(store: &Store, plan: &Plan, options: &ConversionOptions) -> Vec<Finding> {
    let chosen = |entry| options.chosen.iter().any(|chosen| chosen.entry == entry);
    let mut findings = judge(store, options.target, options.at, &chosen);
    // By hand it depends on the files whether a certificate is missing.
    let wanted = |planned: &Planned| planned.file.format.needs_certificate();
    if !plan.files.iter().any(wanted) {
        findings.retain(|finding| finding.code != "key-without-certificate");
    }
    findings
}

/// Those of these findings for which the target is certain to refuse the files. Of what is trusted nothing is refused: an
/// identity in a truststore leaves its own certificate out, and authorities are trusted whatever their dates.
pub(super) fn refusals(options: &ConversionOptions, findings: &[Finding]) -> Vec<Finding> {
    if options.target.takes == Takes::Certificates {
        return Vec::new();
    }
    let error = |finding: &&Finding| finding.severity == Severity::Error && finding.entry.is_some();
    findings.iter().filter(error).cloned().collect()
}

fn aliases(plan: &Plan) -> Vec<AliasReview> {
    let rules = plan.alias_rules().into_iter();
    let of = |(rules, source): (Vec<RuleState>, &Source)| AliasReview {
        alias: source.alias.clone(),
        rules,
        findings: lowered(&plan.files, &source.alias),
    };
    rules.zip(&plan.sources).map(of).collect()
}

impl PlannedFile {
    fn of(planned: &Planned, sources: &[Source]) -> Self {
        let certificates = planned.certificates(sources);
        let holds_key = planned.holds_key(sources);
        Self {
            name: planned.file.name.clone().into_owned(),
            description: planned.file.description.clone().into_owned(),
            holds_key,
            key_open: planned.file.format.lays_key_open(),
            uses_password: planned.file.format.uses_password(),
            certificates: certificates.own,
            chain: certificates.chain,
            public: !holds_key && !planned.file.format.signs_in(),
        }
    }
}

/// Each rule of the target on a password, or where it has none of its own those of the files.
pub(super) fn password_rules(options: &ConversionOptions, password: &Password) -> Vec<RuleState> {
    let java = options
        .files
        .iter()
        .any(|file| matches!(file.format, OutputFormat::Java { .. }));
    let own = match (options.target.by_hand(), java) {
        (false, _) => options.target.password_rules,
        (true, true) => &[PasswordRule::SixCharacters],
        (true, false) => &[PasswordRule::Given],
    };
    own.iter().map(|rule| rule.state(password)).collect()
}

/// Refuses a password that breaks a rule.
pub(super) fn admit_passwords(plan: &Plan, options: &ConversionOptions) -> Result<(), Error> {
    if !plan
        .files
        .iter()
        .any(|planned| planned.file.format.uses_password())
    {
        return Ok(());
    }
    let over_keys = options.key_password.as_ref();
    let own = [
        ("new", Some(&options.password)),
        ("key", over_keys.filter(|_| plan.guards_key())),
    ];
    for (name, password) in own {
        let rules = password.map(|password| password_rules(options, password));
        let broken = rules.into_iter().flatten().find(|rule| !rule.met);
        if let Some(rule) = broken {
            return Err(Error::PasswordUnfit {
                rule: rule.code,
                password: name,
                character: rule.character,
            });
        }
    }
    Ok(())
}

/// What Java makes of an alias that keeps the rules.
pub(super) fn lowered(files: &[Planned], alias: &str) -> Vec<Finding> {
    let stored = alias.to_lowercase();
    let java = |planned: &Planned| matches!(planned.file.format, OutputFormat::Java { .. });
    if stored == alias || !files.iter().any(java) {
        return Vec::new();
    }
    vec![Finding::new(
        Severity::Info,
        "alias-lowered",
        json!({ "alias": stored }),
    )]
}

/// What Java makes of a password that no rule of the target forbids.
pub(super) fn beyond_ascii(plan: &Plan, options: &ConversionOptions) -> Vec<Finding> {
    // A target whose programs are written in Java has a rule for it; to the others Java is no concern.
    if !options.target.by_hand() {
        return Vec::new();
    }
    let pkcs12 = |planned: &&Planned| matches!(planned.file.format, OutputFormat::Pkcs12 { .. });
    let Some(planned) = plan.files.iter().find(pkcs12) else {
        return Vec::new();
    };
    let over_keys = planned
        .guards_key(&plan.sources)
        .then(|| options.over_keys().expose());
    let mut used = over_keys.into_iter().chain([options.password.expose()]);
    if used.all(str::is_ascii) {
        return Vec::new();
    }
    vec![Finding::new(
        Severity::Warning,
        "password-not-for-java",
        json!({ "file": planned.file.name }),
    )]
}
