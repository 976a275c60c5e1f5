//! What to do with the files: the numbered steps of a target, in the words of its own menus.
//!
//! A row names codes of the catalogue. The text of a step has places for what a person chose, `{file}`, `{file2}` and so on for
//! the row's files in their order and `{alias}`, and marks in brackets what stands on the system's screen, such as a menu. Only
//! what the system's own documentation says stands in brackets.

use serde::Serialize;

use crate::base::words;

/// What decides which steps there are.
pub struct StepInput<'a> {
    /// The alias of the first entry, as it is written.
    pub alias: &'a str,
    /// The names of the files.
    pub files: Vec<&'a str>,
    /// Whether a file is opened with the new password.
    pub password: bool,
}

/// A thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its stable name.
    pub code: &'static str,
    /// Its sentence.
    pub parts: Vec<StepPart>,
}

/// A piece of a step's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepPart {
    /// What it is.
    pub kind: StepPartKind,
    /// What it says.
    pub text: String,
}

/// What a piece of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepPartKind {
    /// The alias that was chosen.
    Alias,
    /// The name of a file.
    File,
    /// What stands on the system's screen, or what is typed there.
    Screen,
    /// The words between.
    Text,
}

impl Step {
    /// The step of a code, filled.
    pub(crate) fn new(code: &'static str, input: &StepInput<'_>) -> Self {
        let mut parts: Vec<StepPart> = Vec::new();
        let mut push = |kind, text: &str| match parts.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => parts.push(StepPart {
                kind,
                text: text.to_owned(),
            }),
        };
        let mut rest = words::step(code);
        while let Some(at) = rest.find(['[', '{']) {
            let (before, marked) = rest.split_at(at);
            push(StepPartKind::Text, before);
            let screen = marked.starts_with('[');
            let close = if screen { ']' } else { '}' };
            let (inside, after) = marked[1..].split_once(close).unwrap_or((&marked[1..], ""));
            match inside {
                _ if screen => push(StepPartKind::Screen, inside),
                "alias" => push(StepPartKind::Alias, input.alias),
                name => push(StepPartKind::File, input.file(name)),
            }
            rest = after;
        }
        push(StepPartKind::Text, rest);
        Self { code, parts }
    }

    /// The whole sentence.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }
}

impl StepInput<'_> {
    /// `file` is the first file, `file2` the second.
    fn file(&self, name: &str) -> &str {
        let number = name.strip_prefix("file").unwrap_or_default();
        let place = number.parse::<usize>().map_or(0, |number| number - 1);
        let found = self.files.get(place).copied();
        debug_assert!(found.is_some(), "there is no {name}");
        found.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_filled_with_what_was_chosen() {
        let input = StepInput {
            alias: "[alice] {file}",
            files: vec!["a.jks", "b.pem"],
            password: true,
        };
        let step = Step::new("informatica.values", &input);
        let kinds = step.parts.iter().map(|part| part.kind);
        assert!(kinds.clone().any(|kind| kind == StepPartKind::Screen));
        let alias = step
            .parts
            .iter()
            .find(|part| part.kind == StepPartKind::Alias);
        assert_eq!(alias.map(|part| part.text.as_str()), Some("[alice] {file}"));
        assert!(
            step.text().contains("a.jks") && !step.text().contains("[KeyStore"),
            "{}",
            step.text()
        );
    }
}
