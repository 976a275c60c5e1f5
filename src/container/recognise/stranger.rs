//! Bytes in no supported format: what they look like instead, or how they were damaged.
//!
//! A certificate file is binary, and three carriers take it for text: one doubles bytes into UTF-8, one replaces what is
//! no letter by U+FFFD, one writes CR LF for every LF. Each leaves a trace that is looked for before anything else is
//! said, since a person who reads "damaged" fetches the file in the same way once more.

use crate::asn1::ber::Fault;
use crate::base::error::Error;
use crate::base::format::Format;

/// Why these bytes are no file of ours; `fault` says why they are not BER.
pub(super) fn error(bytes: &[u8], fault: Option<Fault>) -> Error {
    let detail = |detail: &'static str| Error::Damaged {
        what: None,
        detail: detail.into(),
    };
    if saved_as_text(bytes) {
        return detail("saved-as-text");
    }
    let start = bytes.trim_ascii_start();
    if start.len() < bytes.len() && super::binary(start).is_ok() {
        return detail("spaces-before");
    }
    match (fault, prefix(bytes)) {
        // They start like something known and are not it: cut off, or changed.
        (Some(fault), Some(what)) => fault.of(what),
        _ => Error::NotRecognised {
            looks_like: looks_like(bytes),
        },
    }
}

/// Whether every line feed became a carriage return and a line feed, so that a structure is longer than it says.
pub(super) fn carried_as_text(bytes: &[u8]) -> Option<Error> {
    if bytes.first() != Some(&0x30) {
        return None;
    }
    let feeds = bytes.iter().filter(|&&byte| byte == b'\n').count();
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let claimed = claimed_length(bytes)?;
    let all = feeds > 0 && feeds == pairs && bytes.len().checked_sub(claimed)? == pairs;
    all.then(|| Error::Damaged {
        what: prefix(bytes).flatten(),
        detail: "line-feeds".into(),
    })
}

/// The length of the first node with its header, as its header says.
fn claimed_length(bytes: &[u8]) -> Option<usize> {
    let &length = bytes.get(1)?;
    let digits = match length {
        0x81..=0x84 => usize::from(length & 0x7f),
        short if short < 0x80 => return Some(2 + usize::from(short)),
        _ => return None,
    };
    let value = bytes
        .get(2..2 + digits)?
        .iter()
        .fold(0, |sum, &byte| sum << 8 | usize::from(byte));
    value.checked_add(2 + digits)
}

/// Whether the first bytes are those of a binary format of ours in UTF-8, each byte a character of ISO 8859-1 or of
/// Windows-1252 or lost to U+FFFD.
fn saved_as_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..16).unwrap_or(bytes);
    let text = start.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut characters = text.trim_start_matches('\u{feff}').chars();
    let (first, second) = (characters.next(), characters.next());
    match (first, second) {
        // SEQUENCE with a length of one to four bytes: 80 to 84, which Windows-1252 makes into € ‚ ƒ „
        (
            Some('0'),
            Some(
                '\u{80}'..='\u{84}'
                | '\u{20ac}'
                | '\u{201a}'
                | '\u{192}'
                | '\u{201e}'
                | char::REPLACEMENT_CHARACTER,
            ),
        ) => true,
        // FEEDFEED and CECECECE
        (Some('\u{fe}'), Some('\u{ed}')) | (Some('\u{ce}'), Some('\u{ce}')) => true,
        (Some(char::REPLACEMENT_CHARACTER), Some(char::REPLACEMENT_CHARACTER)) => true,
        _ => false,
    }
}

/// What the first bytes promise: SEQUENCE, a length of two bytes or more or an indefinite one, then a first part.
/// `None` within where several kinds of ours start so.
fn prefix(bytes: &[u8]) -> Option<Option<Format>> {
    let [0x30, length, rest @ ..] = bytes else {
        return None;
    };
    let body = match length {
        0x80 => rest,
        0x81..=0x88 => rest.get(usize::from(length & 0x7f)..).unwrap_or_default(),
        _ => return None,
    };
    Some(match body {
        [2, 1, 3, ..] => Some(Format::Pkcs12),
        [2, 1, 0, 0x30, ..] | [2, 1, 0, 2, ..] => Some(Format::PrivateKey),
        [0x30, 0x82, _, _, 0xa0, ..] => Some(Format::Certificate),
        [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2, ..] => Some(Format::Cms),
        [0x30 | 2 | 6, ..] | [] => None,
        _ => return None,
    })
}

/// What bytes seem to be, by their first ones.
const SIGNATURES: [(&[u8], &str); 28] = [
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xac\xed\0\x05", "java-serialized"),
    (b"SQLite format 3\0", "nss-database"),
    (b"\0\x06\x15\x61", "nss-database"),
    (b"\0\0\0\0CERT", "windows-store"),
    (b"\x1e\xf1\xb5\xb0", "windows-pvk"),
    (b"kych", "mac-keychain"),
    (b"GnomeKeyring\n\r\0\n", "gnome-keyring"),
    (b"PuTTY-User-Key-File-", "putty"),
    (b"-----BEGIN PGP ", "pgp"),
];

fn looks_like(bytes: &[u8]) -> &'static str {
    let trimmed = bytes.trim_ascii_start();
    let trimmed = trimmed.strip_prefix(b"\xef\xbb\xbf").unwrap_or(trimmed);
    let lower = trimmed.get(..2048).unwrap_or(trimmed).to_ascii_lowercase();
    let says = |words: &str| super::contains(&lower, words.as_bytes());
    if let Some((_, kind)) = SIGNATURES
        .iter()
        .find(|(signature, _)| trimmed.starts_with(signature))
    {
        return kind;
    }
    match trimmed {
        [] => "empty",
        _ if bytes.iter().all(|&byte| byte == 0) => "zeros",
        _ if bytes.get(257..262) == Some(b"ustar") => "archive",
        [b'<', ..] if says("<html") || says("<!doctype html") => "html",
        [b'<', ..] if says("payloadtype") || says("com.apple.") => "mobileconfig",
        [b'<', ..] => "xml",
        [b'{' | b'[', ..] if std::str::from_utf8(bytes).is_ok() => "json",
        _ if says("\nreceived: ") || says("\nmime-version: ") || says("\nsubject: ") => "email",
        _ if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => "text",
        _ => "unknown",
    }
}
