//! Characters that show nothing, or turn the direction of the text around them: what could make a name look like another.
//!
//! The page has the same list in www/dom.js; a test holds the two together.

/// The first and the last of each run: controls (Unicode's Cc), format characters (Cf) that are no sign of their own, and the
/// separators of lines and paragraphs (Zl, Zp).
const RUNS: [(char, char); 14] = [
    ('\0', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0001}', '\u{e0001}'),
    ('\u{e0020}', '\u{e007f}'),
];

/// Persian and Indic names need the zero-width joiners, so they stay where text is only shown.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Whether a character is one of them, a joiner included.
pub(crate) fn is_hidden(c: char) -> bool {
    RUNS.iter()
        .any(|&(first, last)| (first..=last).contains(&c))
}

/// The text with each hidden character spelled out: `⟨U+202E⟩`. Joiners stay.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match is_hidden(c) && !JOINERS.contains(&c) {
            true => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            false => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_spelled_out_and_joiners_stay() {
        assert_eq!(
            shown("a\u{202e}b\u{7}c\u{ad}"),
            "a⟨U+202E⟩b⟨U+0007⟩c⟨U+00AD⟩"
        );
        assert_eq!(shown("می\u{200c}خواهم é 😀"), "می\u{200c}خواهم é 😀");
    }

    #[test]
    fn the_page_has_the_same_list() {
        let runs = RUNS.map(|(first, last)| {
            let code = |c| format!("\\u{{{:x}}}", u32::from(c));
            match first == last {
                true => code(first),
                false => format!("{}-{}", code(first), code(last)),
            }
        });
        // A lone surrogate is no character of Rust's, and hidden too.
        let class = format!("[{}\\p{{Cs}}]", runs.concat());
        let page = include_str!("../../www/dom.js");
        assert!(page.contains(&class), "www/dom.js lacks {class}");
    }
}
