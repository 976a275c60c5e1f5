//! Names of files and folders: what every system can save, and no two alike in one folder or ZIP.

use std::collections::HashSet;

use super::hidden::is_hidden;

/// Most characters of a name that is asked for.
const LONGEST: usize = 100;
/// Most characters of a name that is made here, so that there is room for a number and an extension.
const CUT: usize = 80;

/// The code of the first rule that a name breaks; `None` for one that every system can save.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    if name.is_empty() || name.chars().count() > LONGEST {
        Some("file-name-length")
    } else if name.chars().any(is_unsafe) {
        Some("file-name-characters")
    } else if name.starts_with(ENDS) || name.ends_with(ENDS) {
        Some("file-name-ends")
    } else if is_device(name) {
        Some("file-name-device")
    } else {
        None
    }
}

/// A name that every system can save, as like the given one as can be.
pub(crate) fn safe(name: &str) -> String {
    let calm = name.chars().map(|c| if is_unsafe(c) { '_' } else { c });
    let short: String = calm.take(CUT).collect();
    let trimmed = short.trim_matches(ENDS);
    match trimmed.is_empty() || is_device(trimmed) {
        true => format!("_{trimmed}"),
        false => trimmed.to_owned(),
    }
}

/// The name of a file itself, or with a number before its extension where an earlier one has it, in whatever case.
pub(crate) fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    };
    numbered(stem, extension, taken)
}

/// Names of folders that stand beside files of these names: safe ones, no two alike, in the order of what they are made of.
pub fn folders(wanted: &[String], files: &[&str]) -> Vec<String> {
    let mut taken: HashSet<String> = files.iter().map(|file| file.to_lowercase()).collect();
    let folder = |wanted: &String| numbered(&safe(wanted), "", &mut taken);
    wanted.iter().map(folder).collect()
}

fn numbered(stem: &str, extension: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{stem}-{number}{extension}"));
    std::iter::once(format!("{stem}{extension}"))
        .chain(numbered)
        .find(|candidate| taken.insert(candidate.to_lowercase()))
        .unwrap_or_default()
}

/// What Windows takes off the ends, and other systems hide at the start.
const ENDS: [char; 2] = [' ', '.'];

fn is_unsafe(c: char) -> bool {
    is_hidden(c) || r#"/\:*?"<>|"#.contains(c)
}

/// Windows keeps these whatever their extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix).map(str::as_bytes);
        matches!(number, Some([b'1'..=b'9']))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD: [&str; 11] = [
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
    ];

    #[test]
    fn names_that_leave_their_folder_are_refused() {
        for bad in BAD {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
        for good in ["key.pem", "Schlüssel 2.p12", "com10.pem", "鍵.jks"] {
            assert_eq!(fault(good), None, "{good:?}");
            assert_eq!(safe(good), good);
        }
    }

    #[test]
    fn every_name_can_be_made_safe() {
        let long = "x".repeat(1_000);
        for bad in BAD.iter().chain(&[" . ", long.as_str()]) {
            assert_eq!(fault(&safe(bad)), None, "{bad:?}: {:?}", safe(bad));
        }
        assert_eq!(
            [safe("a\u{202e}b/c"), safe("con.txt"), safe(" ")],
            ["a_b_c", "_con.txt", "_"]
        );
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

    #[test]
    fn folders_differ_from_each_other_and_from_files() {
        let wanted = ["Ann", "ann", "report.csv", "a.b", "a.b", "x/y"].map(str::to_owned);
        assert_eq!(
            folders(&wanted, &["report.csv"]),
            ["Ann", "ann-2", "report.csv-2", "a.b", "a.b-2", "x_y"]
        );
    }
}
