//! A table as JSON (RFC 8259), to be given again later.
//!
//! ```text
//! { "keyferry": "certificates", "version": 1, "made_at": RFC 3339, "certificates": [ Row … ] }
//! ```
//!
//! Its first member is what it is recognised by. What it says is taken for what somebody wrote into it: statuses and days
//! are judged again, and text is text.

use std::sync::Arc;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use serde_json::json;

use crate::base::error::{Error, Reason};
use crate::base::format::Format;
use crate::model::certificate::rfc3339;
use crate::model::inventory::{Row, Saved};
use crate::model::store::Contents;

/// What it is called in a message.
pub(crate) const WHAT: Format = Format::Table;

/// The version of the shape above.
const VERSION: u32 = 1;

/// The table as text, with what changed since another left out: that is for the person who looks now.
pub fn write(rows: impl Iterator<Item = Row>, at: OffsetDateTime) -> String {
    let saved = Saved {
        keyferry: "certificates".into(),
        version: VERSION,
        made_at: rfc3339(at).unwrap_or_default(),
        certificates: rows
            .map(|row| Row {
                seen: None,
                was: None,
                ..row
            })
            .collect(),
    };
    // Maps with keys other than text would fail, and there are none.
    let mut text = serde_json::to_string_pretty(&saved).unwrap_or_default();
    text.push('\n');
    text
}

/// Whether these bytes begin as [`write()`] begins.
pub(crate) fn is_table(bytes: &[u8]) -> bool {
    let mut rest = without_mark(bytes);
    for token in ["{", "\"keyferry\"", ":", "\"certificates\""] {
        match rest.trim_ascii_start().strip_prefix(token.as_bytes()) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

/// Reads a table.
///
/// # Errors
///
/// [`Error::Damaged`]; [`Error::UnsupportedForm`] for the table of a later Keyferry.
pub(crate) fn parse(bytes: &[u8]) -> Result<Contents, Error> {
    let damaged = |detail| Error::Damaged {
        what: Some(WHAT),
        detail,
    };
    // A text, and not bytes: serde's code for a reader of another kind would be there for this alone.
    let text =
        std::str::from_utf8(without_mark(bytes)).map_err(|_| damaged("table-utf8".into()))?;
    let saved: Saved = serde_json::from_str(text)
        .map_err(|error| damaged(Reason::with("table-line", json!({ "line": error.line() }))))?;
    if saved.version != VERSION {
        return Err(Error::UnsupportedForm {
            what: Some(WHAT),
            detail: Reason::with("table-version", json!({ "version": saved.version })),
        });
    }
    if OffsetDateTime::parse(&saved.made_at, &Rfc3339).is_err() {
        return Err(damaged("table-undated".into()));
    }
    let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit());
    if !saved.certificates.iter().all(|row| is_digest(&row.sha256)) {
        return Err(damaged("table-digest".into()));
    }
    Ok(Contents {
        tables: vec![Arc::new(saved)],
        ..Contents::default()
    })
}

/// Editors of Windows put a byte order mark before JSON.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
