//! The live state of the options, before anything is made: each rule kept or not, the files as they will be, what is in the way.

use serde_json::{Value, json};

use super::options::ConversionOptions;
use super::plan::{Plan, Planned};
use crate::base::error::{Error, Finding, Severity};
use crate::base::secret::Password;
use crate::model::store::Store;
use crate::target::output::OutputFormat;
use crate::target::{PasswordRule, RuleState};

/// What is to be said of the options while they are typed.
pub fn review(store: &Store, options: &ConversionOptions) -> Value {
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
    let passwords = |used: bool, password: &Password| match used {
        true => password_rules(options, password),
        false => Vec::new(),
    };
    let aliases: Vec<Value> = match &plan {
        Ok(plan) => {
            let rules = plan.alias_rules().into_iter();
            let of = |(rules, source): (Vec<RuleState>, &super::source::Source)| json!({ "alias": source.alias, "rules": rules, "findings": lowered(&plan.files, &source.alias) });
            rules.zip(&plan.sources).map(of).collect()
        }
        Err(_) => Vec::new(),
    };
    json!({
        "aliases": aliases,
        "password": {
            "used": used,
            "rules": passwords(used, &options.password),
            "findings": plan.as_ref().map(|plan| beyond_ascii(plan, options)).unwrap_or_default(),
        },
        "key_password": {
            "used": key_used,
            "rules": options.key_password.as_ref().map(|password| passwords(key_used, password)).unwrap_or_default(),
            "findings": [],
        },
        "files": plan.as_ref().map(files).unwrap_or_default(),
        "findings": plan.as_ref().map(|plan| plan.findings.clone()).unwrap_or_default(),
        "error": plan.as_ref().err().map(Error::to_json),
    })
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

fn files(plan: &Plan) -> Vec<Value> {
    let file = |planned: &Planned| {
        json!({
            "name": planned.file.name,
            "description": planned.file.description,
            "holds_key": planned.holds_key(&plan.sources),
            "key_open": planned.file.format.lays_key_open(),
            "uses_password": planned.file.format.uses_password(),
        })
    };
    plan.files.iter().map(file).collect()
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
