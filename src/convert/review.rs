//! The live state of a wish, before anything is made: each rule kept or not, the files as they will be, what is in the way.

use serde_json::{Value, json};

use super::plan::{Plan, Planned};
use super::wish::Wish;
use crate::base::error::{Error, Finding, Severity};
use crate::base::secret::Password;
use crate::model::store::Store;
use crate::target::form::Form;
use crate::target::{PasswordRule, RuleState};

/// What is to be said of a wish while it is typed.
pub fn review(store: &Store, wish: &Wish) -> Value {
    let plan = Plan::new(store, wish);
    let used = match &plan {
        Ok(plan) => plan
            .files
            .iter()
            .any(|planned| planned.file.form.uses_password()),
        Err(_) => wish.files.iter().any(|file| file.form.uses_password()),
    };
    let key_used = wish.key_password.is_some()
        && match &plan {
            Ok(plan) => plan.guards_key(),
            Err(_) => used,
        };
    let passwords = |used: bool, password: &Password| match used {
        true => password_rules(wish, password),
        false => Vec::new(),
    };
    let aliases: Vec<Value> = match &plan {
        Ok(plan) => {
            let rules = plan.alias_rules().into_iter();
            let of = |(rules, subject): (Vec<RuleState>, &super::subject::Subject)| json!({ "alias": subject.alias, "rules": rules, "findings": lowered(&plan.files, &subject.alias) });
            rules.zip(&plan.subjects).map(of).collect()
        }
        Err(_) => Vec::new(),
    };
    json!({
        "aliases": aliases,
        "password": {
            "used": used,
            "rules": passwords(used, &wish.password),
            "findings": plan.as_ref().map(|plan| beyond_ascii(plan, wish)).unwrap_or_default(),
        },
        "key_password": {
            "used": key_used,
            "rules": wish.key_password.as_ref().map(|password| passwords(key_used, password)).unwrap_or_default(),
            "findings": [],
        },
        "files": plan.as_ref().map(files).unwrap_or_default(),
        "findings": plan.as_ref().map(|plan| plan.findings.clone()).unwrap_or_default(),
        "error": plan.as_ref().err().map(Error::to_json),
    })
}

/// Each rule of the target on a password, or where it has none of its own those of the files.
pub(super) fn password_rules(wish: &Wish, password: &Password) -> Vec<RuleState> {
    let java = wish
        .files
        .iter()
        .any(|file| matches!(file.form, Form::Java { .. }));
    let own = match (wish.target.by_hand(), java) {
        (false, _) => wish.target.password_rules,
        (true, true) => &[PasswordRule::SixCharacters],
        (true, false) => &[PasswordRule::Given],
    };
    own.iter().map(|rule| rule.state(password)).collect()
}

/// Refuses a password that breaks a rule.
pub(super) fn admit_passwords(plan: &Plan, wish: &Wish) -> Result<(), Error> {
    if !plan
        .files
        .iter()
        .any(|planned| planned.file.form.uses_password())
    {
        return Ok(());
    }
    let over_keys = wish.key_password.as_ref();
    let own = [
        ("new", Some(&wish.password)),
        ("key", over_keys.filter(|_| plan.guards_key())),
    ];
    for (name, password) in own {
        let rules = password.map(|password| password_rules(wish, password));
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
            "holds_key": planned.holds_key(&plan.subjects),
            "key_open": planned.file.form.lays_key_open(),
            "uses_password": planned.file.form.uses_password(),
        })
    };
    plan.files.iter().map(file).collect()
}

/// What Java makes of an alias that keeps the rules.
pub(super) fn lowered(files: &[Planned], alias: &str) -> Vec<Finding> {
    let stored = alias.to_lowercase();
    let java = |planned: &Planned| matches!(planned.file.form, Form::Java { .. });
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
pub(super) fn beyond_ascii(plan: &Plan, wish: &Wish) -> Vec<Finding> {
    // A target whose programs are written in Java has a rule for it; to the others Java is no concern.
    if !wish.target.by_hand() {
        return Vec::new();
    }
    let pkcs12 = |planned: &&Planned| matches!(planned.file.form, Form::Pkcs12 { .. });
    let Some(planned) = plan.files.iter().find(pkcs12) else {
        return Vec::new();
    };
    let over_keys = planned
        .guards_key(&plan.subjects)
        .then(|| wish.over_keys().expose());
    let mut used = over_keys.into_iter().chain([wish.password.expose()]);
    if used.all(str::is_ascii) {
        return Vec::new();
    }
    vec![Finding::new(
        Severity::Warning,
        "password-not-for-java",
        json!({ "file": planned.file.name }),
    )]
}
