//! The page's texts: each stands in the catalogue `www/words/en.js`, and reads as *Plain English* of the design asks.

use std::fs;
use std::path::{Path, PathBuf};

/// Words and turns that the design bans.
const BANNED: [&str; 15] = [
    "afresh",
    "anew",
    "at a glance",
    "bears",
    "blanks",
    "is told",
    "keyring",
    "lest",
    "make one up",
    "nobody can",
    "of none",
    "passphrase",
    "vouch",
    "who vouches",
    "whoever",
];

/// Names, which are the same in every language.
const NAMES: [&str; 2] = ["Keyferry", "SHA-256"];

/// The families of texts that `named` says, by what the core or the state calls a thing.
const FAMILIES: [&str; 24] = [
    "change",
    "cipher",
    "derivation",
    "encoding",
    "facts",
    "form",
    "group",
    "key",
    "kind",
    "kind-of-store",
    "mac",
    "preset",
    "profile",
    "protection",
    "public",
    "purpose",
    "raw",
    "reason",
    "setting",
    "status",
    "strength",
    "syntax",
    "usage",
    "which",
];

/// The attributes that a person reads or hears.
const READ: [&str; 6] = [
    "alt",
    "aria-label",
    "content",
    "data-title",
    "placeholder",
    "title",
];

const CATALOGUE: &str = "words/en.js";

#[test]
fn no_text_of_the_page_stands_outside_the_catalogue() {
    let mut found = Vec::new();
    for path in files(&www(), &["js"]) {
        if path.ends_with(CATALOGUE) {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let prose = strings(&source)
            .into_iter()
            .map(|(text, _)| text)
            .filter(|text| is_prose(text));
        found.extend(prose.map(|text| format!("{}: {text}", path.display())));
    }
    for path in files(&www(), &["html"]) {
        let markup = fs::read_to_string(&path).unwrap();
        found.extend(
            texts(&markup)
                .into_iter()
                .map(|text| format!("{}: {text}", path.display())),
        );
    }
    assert!(
        found.is_empty(),
        "outside the catalogue:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_text_outside_the_catalogue_is_found() {
    let script = "// A comment that's plain English.\nput(node, 'what', `opened by ${name} alone`); list('#files', 'Copied');";
    let prose: Vec<_> = strings(script)
        .into_iter()
        .map(|(text, _)| text)
        .filter(|text| is_prose(text))
        .collect();
    assert_eq!(prose, ["opened by  alone", "Copied"]);
    let markup = "<p class=\"said\">{{code}} <b>Hello</b><!-- not this --><input placeholder=\"as above\" aria-label=\"{{other}}\"></p>";
    assert_eq!(texts(markup), ["Hello", "as above"]);
}

#[test]
fn the_texts_of_the_page_are_plain_english() {
    let catalogue = fs::read_to_string(www().join(CATALOGUE)).unwrap();
    let all = entries(&catalogue);
    assert!(all.len() > 300, "the catalogue has {} texts", all.len());
    let mut found = Vec::new();
    for (code, text) in &all {
        let plain = without_tags(text);
        let low = plain.to_lowercase();
        for word in BANNED.iter().filter(|word| low.contains(**word)) {
            found.push(format!("{code}: \u{201c}{word}\u{201d} is banned: {text}"));
        }
        let words = |text: &str| text.split_whitespace().count();
        if code.ends_with(".hint") && words(&plain) > 25 {
            found.push(format!("{code}: a hint of {} words", words(&plain)));
        }
        for sentence in plain.split(". ").filter(|sentence| words(sentence) > 20) {
            found.push(format!("{code}: a sentence of {} words", words(sentence)));
        }
        if plain.ends_with('.')
            && plain.starts_with(char::is_lowercase)
            && !plain.starts_with("and ")
        {
            found.push(format!("{code}: a sentence without a capital letter"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_text_of_the_catalogue_is_used() {
    let catalogue = fs::read_to_string(www().join(CATALOGUE)).unwrap();
    let sources: String = files(&www(), &["js", "html"])
        .into_iter()
        .filter(|path| !path.ends_with(CATALOGUE))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let used = |code: &str| {
        let family = code.split_once('.').map_or(code, |(family, _)| family);
        let stem = code.rsplit_once('.').map_or(code, |(stem, _)| stem);
        let mentions = [
            format!("'{code}'"),
            format!("{{{{{code}}}}}"),
            format!("`{stem}.${{"),
            format!("`{family}.by-${{"),
        ];
        FAMILIES.contains(&family) || mentions.iter().any(|mention| sources.contains(mention))
    };
    let unused: Vec<_> = entries(&catalogue)
        .into_iter()
        .map(|(code, _)| code)
        .filter(|code| !used(code))
        .collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
}

fn www() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www")
}

/// The files below a folder that have one of these extensions, packages apart.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                found.extend(files(&path, extensions));
            }
        } else if path
            .extension()
            .is_some_and(|one| extensions.iter().any(|extension| one == *extension))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The string literals of a script, what is inserted into them left out, each with where it begins.
fn strings(source: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut rest = source.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        match character {
            '/' if rest.peek().is_some_and(|(_, next)| *next == '/') => {
                while rest.next_if(|(_, next)| *next != '\n').is_some() {}
            }
            '/' if rest.peek().is_some_and(|(_, next)| *next == '*') => {
                let mut before = ' ';
                for (_, next) in rest.by_ref() {
                    if before == '*' && next == '/' {
                        break;
                    }
                    before = next;
                }
            }
            quote @ ('\'' | '`') => {
                let mut text = String::new();
                let mut inserted = 0;
                while let Some((_, next)) = rest.next() {
                    match next {
                        '\\' => text.extend(rest.next().map(|(_, escaped)| escaped)),
                        '$' if quote == '`' && rest.next_if(|(_, next)| *next == '{').is_some() => {
                            inserted += 1;
                        }
                        '{' if inserted > 0 => inserted += 1,
                        '}' if inserted > 0 => inserted -= 1,
                        next if next == quote && inserted == 0 => break,
                        next if inserted == 0 => text.push(next),
                        _ => {}
                    }
                }
                found.push((text, start));
            }
            _ => {}
        }
    }
    found
}

/// Two words in a row, or one with a capital letter.
fn is_prose(text: &str) -> bool {
    let word = |one: &&str| {
        let plain = one.trim_end_matches(['.', ',', ':', ';', '?']);
        plain.chars().count() >= 2 && plain.chars().all(char::is_alphabetic)
    };
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    let two = tokens.windows(2).any(|pair| pair.iter().all(word));
    let name = tokens.len() == 1
        && word(&text)
        && text.len() > 3
        && text.starts_with(char::is_uppercase)
        && text.chars().skip(1).any(char::is_lowercase);
    // What a drop brings and what a key is called, in the browser's own words; and elements.
    let plain = ["Files", "Escape"].contains(&text)
        || NAMES.contains(&text)
        || tokens
            .iter()
            .all(|token| ["input", "select", "textarea"].contains(&token.trim_end_matches(',')));
    (two || name) && !plain
}

/// What a person reads in markup, outside the places that the build fills.
fn texts(markup: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = markup;
    loop {
        let (text, tagged) = rest.split_once('<').unwrap_or((rest, ""));
        let left = unfilled(text);
        if left.contains(char::is_alphabetic) && !NAMES.contains(&left.as_str()) {
            found.push(left);
        }
        if tagged.is_empty() {
            return found;
        }
        if let Some(comment) = tagged.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (tag, after) = tagged.split_once('>').unwrap_or((tagged, ""));
        if !tag.starts_with("meta name=\"viewport")
            && !tag.contains("Content-Security-Policy")
            && !tag.contains("referrer")
            && !tag.contains("color-scheme")
        {
            for name in READ {
                if let Some((_, value)) = tag.split_once(&format!(" {name}=\"")) {
                    let value = unfilled(value.split('"').next().unwrap_or_default());
                    if value.contains(char::is_alphabetic) {
                        found.push(value);
                    }
                }
            }
        }
        rest = after;
    }
}

fn unfilled(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        left.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, rest)| rest);
    }
    left.push_str(rest);
    left.trim().to_owned()
}

/// Each text of the catalogue with its code; of plural forms each.
fn entries(catalogue: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut code = String::new();
    for line in catalogue.lines().map(str::trim) {
        if line.starts_with("//") || !line.contains('\'') || line.starts_with("export") {
            continue;
        }
        let (key, rest) = match line.strip_prefix('\'') {
            Some(quoted) => quoted.split_once("': ").unwrap_or(("", line)),
            None => line.split_once(": ").unwrap_or(("", line)),
        };
        if key != "one" && key != "other" {
            key.clone_into(&mut code);
        }
        found.extend(
            strings(rest)
                .into_iter()
                .map(|(text, _)| (code.clone(), text)),
        );
    }
    found
}

fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            character if !inside => plain.push(character),
            _ => {}
        }
    }
    plain
}
