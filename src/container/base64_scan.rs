//! Base64 that stands in a text without armour: a certificate pasted alone, the values of a Kubernetes secret or a key
//! vault's JSON, the `x5c` of a JSON Web Key, the certificates of SAML metadata.
//!
//! Every run of base64 digits that is long enough is a candidate; whether it is one, its bytes decide. A run goes on in the
//! next line where the line before was full. Hexadecimal digits are base64 digits too, and are read as what they are.

use zeroize::Zeroizing;

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::text;
use crate::container::parsed::Parsed;
use crate::container::parts::Parts;
use crate::container::{concatenated, pem, recognise};

/// Shorter runs are words; the shortest key there is takes 64 digits.
const RUN_LIMIT: usize = 40;

/// What one run holds: which format, and its structure, or why it cannot be read.
pub(crate) type Piece = (Format, Result<Parsed, Error>);

/// What the runs of a text hold, in its order.
pub(crate) fn find(text: &str) -> Vec<Piece> {
    runs(text).iter().filter_map(|run| piece(run)).collect()
}

/// A binary format, or a PEM text that was put into base64 as a whole.
fn piece(digits: &str) -> Option<Piece> {
    let bytes = match text::hexadecimal(digits) {
        Some(bytes) => bytes,
        None => text::base64(digits)?,
    };
    if let Ok(binary) = recognise::binary(bytes.expose()) {
        let format = binary.format();
        return Some((format, concatenated::parse(binary, bytes.expose())));
    }
    let text = text::read(bytes.expose()).filter(|text| pem::has_block(text))?;
    Some((Format::Pem, pem::parse(&text).map(Parsed::locked)))
}

/// All of them as one file; a single piece is the file itself.
///
/// # Errors
///
/// The error of the first where none can be read.
pub(crate) fn parse(mut pieces: Vec<Piece>) -> Result<Parsed, Error> {
    if pieces.len() == 1 {
        return pieces.remove(0).1;
    }
    let mut parts = Parts::default();
    for (_, piece) in pieces {
        parts.push(None, piece)?;
    }
    let parts = parts.finish(Error::NotRecognised { looks_like: "text" })?;
    Ok(Parsed::locked(parts))
}

/// The runs of digits, each without padding.
fn runs(text: &str) -> Vec<Zeroizing<String>> {
    let mut runs = Vec::new();
    // The run that the line before left open.
    let mut open: Option<Zeroizing<String>> = None;
    for line in text.split('\n') {
        let line = line.trim_matches(['>', '|', '#', '*', ' ']);
        if line.is_empty() {
            continue;
        }
        let mut pieces = line.split(|c| !is_digit(c)).peekable();
        let mut first = true;
        while let Some(piece) = pieces.next() {
            let mut run = open.take().filter(|_| first && !piece.is_empty());
            first = false;
            match &mut run {
                Some(run) => append(run, piece),
                None => run = Some(Zeroizing::new(piece.to_owned())),
            }
            // A full line's last piece may go on.
            if pieces.peek().is_none() && piece.len() >= RUN_LIMIT {
                open = run;
            } else {
                runs.extend(run.filter(|run| run.len() >= RUN_LIMIT));
            }
        }
    }
    runs.extend(open);
    runs
}

/// Grows a buffer without leaving what it held behind.
fn append(run: &mut Zeroizing<String>, piece: &str) {
    if run.capacity() - run.len() < piece.len() {
        let mut larger = Zeroizing::new(String::with_capacity(2 * (run.len() + piece.len())));
        larger.push_str(run);
        *run = larger;
    }
    run.push_str(piece);
}

fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_go_on_where_lines_are_full() {
        let full = "A".repeat(64);
        let text = format!(
            "Alice\n{full}\n  {full}\nAAAA==\n\nkey: \"{full}\", \"{full}\"\n<a>{full}\n{full}</a>"
        );
        let found: Vec<usize> = runs(&text).iter().map(|run| run.len()).collect();
        assert_eq!(found, [132, 64, 64, 128]);
    }
}
