//! The catalogue, held to the rules of plain English and to the source.

use std::fs;
use std::path::Path;

use super::en;

const LONGEST_MESSAGE: usize = 20;
const LONGEST_HINT: usize = 25;
/// A reason stands behind "This BouncyCastle FIPS keystore is damaged."
const LONGEST_REASON: usize = 14;
/// Rules stand alone.
const LONGEST_RULE: usize = 20;

#[test]
fn codes_are_sorted_and_unique() {
    let texts: Vec<&str> = en::TEXTS.iter().map(|row| row.0).collect();
    let reasons: Vec<&str> = en::REASONS.iter().map(|row| row.0).collect();
    for codes in [texts, reasons] {
        let wrong = codes.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(wrong, None);
    }
}

#[test]
fn texts_are_short_whole_sentences() {
    let texts = en::TEXTS.iter().flat_map(|(code, message, hint)| {
        [(code, message, LONGEST_MESSAGE), (code, hint, LONGEST_HINT)]
    });
    let reasons = en::REASONS.iter().map(|(code, text)| match code {
        code if code.starts_with("rule.") => (code, text, LONGEST_RULE),
        code => (code, text, LONGEST_REASON),
    });
    let wrong: Vec<String> = texts
        .chain(reasons)
        .filter_map(|(code, text, longest)| {
            problem(text, longest).map(|problem| format!("{code}: {problem}: {text}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a text breaks: its length, its capital letter, its full stop.
fn problem(text: &str, longest: usize) -> Option<String> {
    let words = text.split_whitespace().count();
    if words > longest {
        return Some(format!("{words} words, of at most {longest}"));
    }
    let start = text.trim_start_matches('“').chars().next();
    if !start.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '{') {
        return Some("no capital letter".into());
    }
    // A variable at the end is a sentence of its own.
    (!text.ends_with(['.', '}'])).then(|| "no full stop".into())
}

#[test]
fn every_code_of_the_catalogue_is_raised() {
    let source = source();
    let quoted = |code: &str| source.contains(&format!("\"{code}\""));
    let raised = |code: &str| {
        // Errors put a code together: their own, and that of the rule, the reason or the format.
        let variant = code.split_once('.').map(|(_, variant)| variant);
        quoted(code) || variant.is_some_and(quoted)
    };
    let texts = en::TEXTS.iter().map(|row| row.0);
    let reasons = en::REASONS
        .iter()
        .map(|row| row.0.strip_suffix(".character").unwrap_or(row.0));
    let idle: Vec<&str> = texts.chain(reasons).filter(|code| !raised(code)).collect();
    assert!(idle.is_empty(), "nothing raises {idle:?}");
}

#[test]
fn every_finding_has_its_texts() {
    let source = source();
    let mut found = 0;
    for raised in source.split("Finding::new(").skip(1) {
        let code = raised.split(',').nth(1).and_then(|code| {
            let code = code.trim().strip_prefix('"')?;
            code.strip_suffix('"')
        });
        // A code that is computed stops the test that raises it.
        let Some(code) = code else { continue };
        found += 1;
        assert!(super::has(code), "{code}");
    }
    assert!(found > 30, "only {found} findings were found in the source");
}

#[test]
fn every_reason_has_its_sentence() {
    let source = source();
    let mut found = 0;
    let starts = [
        "Reason::with(",
        "Malformed(",
        "inconsistent(",
        "damaged(",
        "underivable(",
        "detail: ",
    ];
    for start in starts {
        for raised in source.split(start).skip(1) {
            let Some(rest) = raised.trim_start().strip_prefix('"') else {
                continue;
            };
            let code = rest.split('"').next().unwrap_or_default();
            found += 1;
            let own = en::REASONS.iter().any(|row| row.0 == code);
            assert!(own, "{start}{code}");
        }
    }
    assert!(found > 60, "only {found} reasons were found in the source");
}

#[test]
fn every_error_has_its_texts() {
    let source = source();
    let errors = source.split("NotRecognised {").skip(1);
    for raised in errors {
        let Some((_, rest)) = raised.split_once("looks_like: \"") else {
            continue;
        };
        let code = rest.split('"').next().unwrap_or_default();
        assert!(super::has(&format!("not-recognised.{code}")), "{code}");
    }
    for start in [
        "unfit(\"",
        "unfit(field, \"",
        "unfit(\"sans\", \"",
        "limit: \"",
    ] {
        for raised in source.split(start).skip(1) {
            let code = raised.split('"').next().unwrap_or_default();
            let own = en::TEXTS
                .iter()
                .any(|row| row.0.ends_with(&format!(".{code}")));
            // `key.unfit` names a format and no rule; the first argument may be a field.
            let other = code.starts_with(char::is_uppercase) || ["email", "sans"].contains(&code);
            assert!(own || other, "{start}{code}");
        }
    }
}

/// Every source file of the core but the catalogue and these tests.
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
