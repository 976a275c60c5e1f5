//! The texts of errors and findings: looked up by code in one catalogue, and filled with the variables that they carry as data.
//!
//! ```text
//! code "expires-soon", data { "date": "2026-12-01", "days": 9 }
//!   → "This certificate expires on {date}, in {days} days."  → "This certificate expires on 2026-12-01, in 9 days."
//! ```
//!
//! A code has variants after a dot where its sentence differs (`no-email`, `no-email.common-name`); what leaves Keyferry as `code`
//! is the part before the dot. A translation is another table like `en`.

mod en;

use serde_json::{Map, Value};

/// The variables of a text.
pub(crate) type Variables = Map<String, Value>;

/// The message and the hint of a code.
pub(crate) fn text(code: &str, data: &Variables) -> (String, String) {
    let row = en::TEXTS.iter().find(|row| row.0 == code);
    debug_assert!(row.is_some(), "the catalogue has no {code}");
    let (message, hint) = row.map_or((code, ""), |row| (row.1, row.2));
    (filled(message, data), filled(hint, data))
}

/// Whether a code has texts of its own.
pub(crate) fn has(code: &str) -> bool {
    en::TEXTS.iter().any(|row| row.0 == code)
}

/// The sentence of a reason.
pub(crate) fn reason(code: &str, data: &Variables) -> String {
    let row = en::REASONS.iter().find(|row| row.0 == code);
    debug_assert!(row.is_some(), "the catalogue has no reason {code}");
    filled(row.map_or(code, |row| row.1), data)
}

/// The sentence of a rule on passwords or aliases, with the character that breaks it where one does.
pub(crate) fn rule(code: &str, character: Option<&str>) -> String {
    let variant = character.map_or("", |_| ".character");
    let data = character.map(|character| ("character".to_owned(), character.into()));
    reason(
        &format!("rule.{code}{variant}"),
        &data.into_iter().collect(),
    )
}

/// The sentence of a step, with its places and marks.
pub(crate) fn step(code: &'static str) -> &'static str {
    let row = en::STEPS.iter().find(|row| row.0 == code);
    debug_assert!(row.is_some(), "the catalogue has no step {code}");
    row.map_or(code, |row| row.1)
}

/// The part of a code that leaves Keyferry.
pub(crate) fn public(code: &'static str) -> &'static str {
    code.split('.').next().unwrap_or(code)
}

/// A template with its placeholders filled: numbers in groups of three digits, lists with commas.
fn filled(template: &str, data: &Variables) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        debug_assert!(data.contains_key(name), "no {name} for: {template}");
        text.push_str(before);
        text.push_str(&shown(data.get(name).unwrap_or(&Value::Null)));
        rest = after;
    }
    text.push_str(rest);
    text
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), grouped),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Null | Value::Object(_) => String::new(),
    }
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
