//! The table for a spreadsheet: RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for Windows-1252.
//!
//! A trap: a spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and what a certificate says is its
//! maker's text. Such a cell gets an apostrophe in front, which is how spreadsheets themselves write "this is text"; so
//! does one that begins with the full-width forms of these, which some take for the same, or with an apostrophe, so that
//! taking one off gives back every cell. Control characters, with which a formula could be hidden, are spelled out.

use super::row::{Row, Status};
use crate::base::hidden::shown;

const HEADER: [&str; 17] = [
    "status",
    "subject",
    "user",
    "issuer",
    "serial",
    "not before",
    "expires",
    "days left",
    "days past",
    "key",
    "signature",
    "uses",
    "weak",
    "file",
    "private key in",
    "name",
    "sha256",
];

/// The rows as one text.
pub fn write(rows: impl Iterator<Item = Row>) -> String {
    lines(std::iter::once(HEADER.map(str::to_owned)).chain(rows.map(cells)))
}

/// Lines of cells as one text.
pub fn lines(lines: impl IntoIterator<Item = impl AsRef<[String]>>) -> String {
    let mut text = String::from('\u{feff}');
    for cells in lines {
        push(&mut text, cells.as_ref());
    }
    text
}

fn cells(row: Row) -> [String; 17] {
    // Two columns, so that no number begins with a minus.
    let (left, past) = match row.days_left {
        None => (String::new(), String::new()),
        Some(days) if row.expired => (String::new(), days.unsigned_abs().to_string()),
        Some(days) => (days.to_string(), String::new()),
    };
    [
        words(row.status).to_owned(),
        row.subject,
        row.emails.join("; "),
        row.issuer,
        // Without the 0x a spreadsheet takes 12E3 for a number.
        format!("0x{}", row.serial),
        row.not_before.unwrap_or_default(),
        row.not_after.unwrap_or_default(),
        left,
        past,
        row.key,
        row.signature,
        row.uses.join("; "),
        row.weak.join("; "),
        row.files.join("; "),
        row.private_key.join("; "),
        row.name,
        row.sha256,
    ]
}

fn words(status: Status) -> &'static str {
    match status {
        Status::Revoked => "revoked",
        Status::Expired => "expired",
        Status::NotYetValid => "not yet valid",
        Status::Unknown => "validity unknown",
        Status::Expiring30 => "expires within 30 days",
        Status::Expiring60 => "expires within 60 days",
        Status::Expiring90 => "expires within 90 days",
        Status::Valid => "valid",
    }
}

fn push(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&quoted(&guarded(&shown(cell))));
    }
    text.push_str("\r\n");
}

fn guarded(cell: &str) -> String {
    let acts = |c: char| "=+-@＝＋－＠'".contains(c);
    // A spreadsheet may remove spaces before it looks.
    match cell.trim_start().starts_with(acts) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains(['"', ',', ';', '\t']) || cell.trim() != cell {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
