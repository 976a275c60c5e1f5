//! Text as people have it: any Unicode encoding, and whatever editors, mail programs, JSON and shells did to it.
//!
//! ```text
//! bytes ─▶ UTF-8 or UTF-16, with or without a byte order mark ─▶ escapes resolved, marks of typography undone ─▶ text
//! ```
//!
//! What is looked for in a text is base64 between lines of dashes, all of it ASCII. So undoing an escape where none was
//! meant harms nothing: the words around the blocks are not used. Everything here takes time in proportion to the bytes,
//! and no text becomes longer than it was, so that a buffer that holds a key is never moved and left behind unwiped.

use base64ct::{Base64Unpadded, Encoding};
use zeroize::Zeroizing;

use super::hidden::is_hidden;
use super::secret::SecretDer;

/// The text of a file, or `None` where it is not text: bytes that are not UTF-8 pass only around a PEM block, as the
/// comments of an ISO 8859-1 file.
pub(crate) fn read(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest)?,
        _ => match halves_empty(bytes) {
            (true, false) => utf16(bytes, u16::from_be_bytes),
            (false, true) => utf16(bytes, u16::from_le_bytes),
            _ => utf8(bytes)?,
        },
    };
    Some(tidy(&text))
}

/// Base64, with or without padding, of either alphabet (RFC 4648, sections 4 and 5); the caller removes spaces.
pub(crate) fn base64(digits: &str) -> Option<SecretDer> {
    let mut plain = Zeroizing::new(String::with_capacity(digits.len()));
    plain.extend(digits.trim_end_matches('=').chars().map(|c| match c {
        '-' => '+',
        '_' => '/',
        other => other,
    }));
    Base64Unpadded::decode_vec(&plain).ok().map(SecretDer::new)
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(digits: &str) -> Option<SecretDer> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let value = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8; 2]| u8::try_from(value(pair[0])? << 4 | value(pair[1])?).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    bytes.filter(|_| rest.is_empty()).map(SecretDer::new)
}

/// Whether the first bytes of all 16-bit units are zero, and the second: Latin letters in UTF-16 leave one half empty.
fn halves_empty(bytes: &[u8]) -> (bool, bool) {
    let (units, _) = bytes.as_chunks::<2>();
    let start = || units.iter().take(128);
    let first = start().all(|[first, _]| *first == 0);
    let second = start().all(|[_, second]| *second == 0);
    (first && !units.is_empty(), second && !units.is_empty())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<String> {
    let (units, _) = bytes.as_chunks::<2>();
    // A unit becomes three bytes of UTF-8 at most.
    let mut text = Zeroizing::new(String::with_capacity(units.len() * 3));
    let characters = char::decode_utf16(units.iter().map(|&pair| unit(pair)));
    text.extend(characters.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

fn utf8(bytes: &[u8]) -> Option<Zeroizing<String>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Zeroizing::new(text.to_owned())),
        Err(_) if bytes.windows(5).any(|word| word == b"BEGIN") => {
            // Bytes above ASCII become one character each, whatever they meant.
            let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
            text.extend(bytes.iter().map(|&byte| char::from(byte)));
            Some(text)
        }
        Err(_) => None,
    }
}

/// Undoes what carriers did to a text.
fn tidy(text: &str) -> Zeroizing<String> {
    let percent = text.contains("BEGIN%20") || text.contains("BEGIN+");
    let form = percent && text.contains("BEGIN+");
    let quoted = text.contains("quoted-printable") || text.contains("Quoted-Printable");
    let mut tidied = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (meant, length) = match c {
            '\\' => escaped(rest),
            '&' => entity(rest),
            '%' if percent => match hex_digits(rest, 1, 2) {
                Some(c) => (c, 3),
                None => (c, 1),
            },
            '+' if form => (' ', 1),
            '=' if quoted => quoted_printable(rest),
            '<' => tag(rest),
            _ => (c, c.len_utf8()),
        };
        tidied.extend(plain(meant));
        rest = &rest[length..];
    }
    tidied
}

/// The ASCII that a character of typography stands for; nothing where it only moves the cursor.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\0' => return None,
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' | '\u{b}' | '\u{c}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => {
            ' '
        }
        c if is_hidden(c) && !c.is_control() => return None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        other => other,
    })
}

/// What a backslash and the characters after it mean in JSON, YAML, C, Java, RTF or a shell, and how many bytes that takes;
/// several backslashes are one that was escaped again.
fn escaped(text: &str) -> (char, usize) {
    let rest = text.trim_start_matches('\\');
    let slashes = text.len() - rest.len();
    match rest.chars().next() {
        Some('n' | 'r') => ('\n', slashes + 1),
        Some('t') => (' ', slashes + 1),
        // RTF's end of a paragraph.
        Some('p') if rest.starts_with("par") => ('\n', slashes + 3),
        Some(same @ ('/' | '"' | '\'')) => (same, slashes + 1),
        // The line goes on in the next: the end of the line is part of what is escaped, and so is its other half.
        Some('\n') => ('\0', slashes + 1),
        Some('\r') => ('\0', slashes + 1 + usize::from(rest[1..].starts_with('\n'))),
        Some('u') => match hex_digits(rest, 1, 4) {
            Some(c) => (c, slashes + 5),
            None => ('\\', slashes),
        },
        _ => ('\\', slashes),
    }
}

/// A character reference of XML: `&#10;`, `&#xA;`, `&quot;`.
fn entity(text: &str) -> (char, usize) {
    const QUOTE: &str = "&quot;";
    if text.starts_with(QUOTE) {
        return ('"', QUOTE.len());
    }
    let number = || -> Option<(char, usize)> {
        let rest = text.strip_prefix("&#")?;
        // No more digits than an ASCII character takes.
        let end = rest.bytes().take(5).position(|byte| byte == b';')?;
        let code = match rest[..end].strip_prefix(['x', 'X']) {
            Some(hex) => u8::from_str_radix(hex, 16).ok()?,
            None => rest[..end].parse().ok()?,
        };
        code.is_ascii().then_some((char::from(code), end + 3))
    };
    number().unwrap_or(('&', 1))
}

/// RFC 2045, section 6.7: a character in hexadecimal digits, or a line that goes on in the next.
fn quoted_printable(text: &str) -> (char, usize) {
    if let Some(rest) = text[1..].strip_prefix('\r') {
        return ('\0', 2 + usize::from(rest.starts_with('\n')));
    }
    match hex_digits(text, 1, 2) {
        _ if text[1..].starts_with('\n') => ('\0', 2),
        Some(c) => (c, 3),
        None => ('=', 1),
    }
}

/// A tag of HTML or XML, which parts what stands around it.
fn tag(text: &str) -> (char, usize) {
    const LONGEST: usize = 200;
    let named = |c: char| c.is_ascii_alphabetic() || c == '/';
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>');
    match end.filter(|_| text[1..].starts_with(named)) {
        Some(end) => ('\n', end + 1),
        None => ('<', 1),
    }
}

/// The ASCII character with this code in hexadecimal digits.
fn hex_digits(text: &str, from: usize, count: usize) -> Option<char> {
    let digits = text.get(from..from + count)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    u8::try_from(code).ok().filter(u8::is_ascii).map(char::from)
}
