//! The catalogue, held to the rules of plain English and to the source.

use std::fs;
use std::path::Path;

use super::en;

const LONGEST_MESSAGE: usize = 20;
const LONGEST_HINT: usize = 25;

#[test]
fn the_codes_are_sorted_and_unique() {
    let codes: Vec<&str> = en::TEXTS.iter().map(|row| row.0).collect();
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
}

#[test]
fn messages_and_hints_are_short_whole_sentences() {
    let wrong: Vec<String> = en::TEXTS
        .iter()
        .flat_map(|(code, message, hint)| {
            [
                problem(message, LONGEST_MESSAGE),
                problem(hint, LONGEST_HINT),
            ]
            .into_iter()
            .flatten()
            .map(move |problem| format!("{code}: {problem}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a text breaks: its length, its capital letter, its full stop.
fn problem(text: &str, longest: usize) -> Option<String> {
    let words = text.split_whitespace().count();
    if words > longest {
        return Some(format!("{words} words, of at most {longest}: {text}"));
    }
    let start = text.trim_start_matches('“').chars().next();
    if !start.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '{') {
        return Some(format!("no capital letter: {text}"));
    }
    // A variable at the end is a sentence of its own.
    (!text.ends_with(['.', '?', '}'])).then(|| format!("no full stop: {text}"))
}

#[test]
fn every_code_of_the_catalogue_is_raised() {
    let source = source();
    let idle: Vec<&str> = en::TEXTS
        .iter()
        .map(|row| row.0)
        .filter(|code| !source.contains(&format!("\"{code}\"")))
        .collect();
    assert!(idle.is_empty(), "nothing raises {idle:?}");
}

#[test]
fn every_finding_has_its_texts() {
    let source = source();
    let mut found = 0;
    for raised in source.split("Finding::new(").skip(1) {
        let mut arguments = raised.trim_start().splitn(3, ',').skip(1);
        // A code that is computed is one of the catalogue's by the test above, or stops a test that raises it.
        let Some(code) = arguments.next().and_then(|code| {
            let code = code.trim().strip_prefix('"')?;
            code.strip_suffix('"')
        }) else {
            continue;
        };
        found += 1;
        assert!(en::TEXTS.iter().any(|row| row.0 == code), "{code}");
    }
    assert!(found > 30, "only {found} findings were found in the source");
}

/// Every source file of the core but the catalogue and its tests.
fn source() -> String {
    fn collect(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("words") {
                    collect(&path, text);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut text = String::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut text,
    );
    text
}
