//! Names of files: what every system can save, and no two alike in one ZIP.

use std::collections::HashSet;

use super::options::unfit;
use serde_json::json;

use crate::base::error::Error;
use crate::base::hidden::is_hidden;

/// Refuses a name that a system cannot save or that would leave its folder.
pub(super) fn check(name: &str) -> Result<(), Error> {
    let rule = if name.is_empty() || name.chars().count() > 100 {
        "file-name-length"
    } else if name
        .chars()
        .any(|c| is_hidden(c) || r#"/\:*?"<>|"#.contains(c))
    {
        "file-name-characters"
    } else if name.starts_with([' ', '.']) || name.ends_with([' ', '.']) {
        "file-name-ends"
    } else if is_reserved(name) {
        "file-name-device"
    } else {
        return Ok(());
    };
    Err(unfit(rule, json!({ "name": shown(name) })))
}

/// The name itself, or with a number before its extension where an earlier file has it, in whatever case.
pub(super) fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}{extension}"));
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|candidate| taken.insert(candidate.to_lowercase()))
        .unwrap_or_default()
}

/// Windows keeps these whatever their extension.
fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix).map(str::as_bytes);
        matches!(number, Some([b'1'..=b'9']))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

fn shown(name: &str) -> String {
    let visible = name.chars().filter(|c| !is_hidden(*c));
    visible.take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_their_folder_are_refused() {
        for bad in [
            "",
            "../key.pem",
            "a/b",
            r"a\b",
            "C:key",
            "nul",
            "Com1.pem",
            "key.pem ",
            ".key",
            "a\u{202e}b",
            "a\nb",
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
        for good in ["key.pem", "Schlüssel 2.p12", "com10.pem", "鍵.jks"] {
            assert!(check(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn a_second_file_of_a_name_gets_a_number() {
        let mut taken = HashSet::new();
        let names = ["key.pem", "KEY.pem", "key.pem", "key-2.pem", "LICENSE"];
        let unique = names.map(|name| unique(name, &mut taken));
        assert_eq!(
            unique,
            [
                "key.pem",
                "KEY-2.pem",
                "key-3.pem",
                "key-2-2.pem",
                "LICENSE"
            ]
        );
    }
}
