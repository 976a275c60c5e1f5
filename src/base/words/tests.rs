//! The catalogue, held to the rules of plain English and to the source.

use std::fs;
use std::path::{Path, PathBuf};

use super::en;

const LONGEST_MESSAGE: usize = 20;
const LONGEST_HINT: usize = 25;
/// A reason stands behind "This BouncyCastle FIPS keystore is damaged."
const LONGEST_REASON: usize = 14;
/// A step is one or two sentences.
const LONGEST_STEP: usize = 25;
/// Rules stand alone.
const LONGEST_RULE: usize = 20;

#[test]
fn codes_are_sorted_and_unique() {
    let texts: Vec<&str> = en::TEXTS.iter().map(|row| row.0).collect();
    let reasons: Vec<&str> = en::REASONS.iter().map(|row| row.0).collect();
    let steps: Vec<&str> = en::STEPS.iter().map(|row| row.0).collect();
    for codes in [texts, reasons, steps] {
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
    let steps = en::STEPS.iter();
    let steps = steps.map(|(code, text)| (code, text, LONGEST_STEP));
    let wrong: Vec<String> = texts
        .chain(reasons)
        .chain(steps)
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
    let steps = en::STEPS.iter().map(|row| row.0);
    let idle: Vec<&str> = texts
        .chain(reasons)
        .chain(steps)
        .filter(|code| !raised(code))
        .collect();
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

/// Words that the design bans, because no plain sentence of today has them.
const BANNED: [&str; 10] = [
    "anew", "are told", "bears", "blanks", "is told", "lest", "not had", "of none", "vouches",
    "whoever",
];

#[test]
fn no_banned_word_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md"), root.join("src/base/words/en.rs")];
    for folder in ["src", "examples"] {
        list(&root.join(folder), &mut files);
    }
    let mut wrong = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            // `of(None)` is code.
            let plain = line
                .to_lowercase()
                .replace(|c: char| !c.is_alphanumeric() && c != '(', " ");
            let plain = format!(
                " {} ",
                plain.split_whitespace().collect::<Vec<_>>().join(" ")
            );
            let banned = BANNED
                .iter()
                .find(|word| plain.contains(&format!(" {word} ")));
            if let Some(word) = banned {
                wrong.push(format!("{}:{}: {word}", file.display(), number + 1));
            }
        }
    }
    assert!(files.len() > 100, "only {} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The source files below a folder, but for this one, which names the words.
fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.extension().and_then(|kind| kind.to_str());
        if path.is_dir() {
            if !path.ends_with("base/words") {
                list(&path, files);
            }
        } else if kind == Some("rs") {
            files.push(path);
        }
    }
}

/// Every source file of the core but the catalogue and these tests.
fn source() -> String {
    let mut files = Vec::new();
    list(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let sources = files.iter().map(|file| fs::read_to_string(file).unwrap());
    sources
        .map(|source| {
            let core = source.split("#[cfg(test)]\nmod tests").next();
            core.unwrap_or_default().to_owned()
        })
        .collect()
}
