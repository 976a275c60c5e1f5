//! Where the blocks of a text begin and end, and the base64 between.
//!
//! A marker is at least two dashes, BEGIN or END, a label, and dashes again, wherever in a line it stands: a text that lost
//! its line ends is one line. Each marker is looked at once, so a text of nothing but BEGIN lines takes no longer than
//! another of its length.

use zeroize::Zeroizing;

use super::WHAT;
use serde_json::json;

use crate::base::error::{Error, Reason};
use crate::base::secret::SecretDer;
use crate::base::text;

/// Longer labels belong to no format.
const LABEL_LIMIT: usize = 64;

/// One block as it stands in the text.
pub(super) struct Block {
    /// The words after BEGIN, single spaces between them.
    pub(super) label: String,
    /// The headers of RFC 1421 and RFC 4716, by name.
    pub(super) headers: Vec<(String, String)>,
    /// What the base64 says.
    pub(super) bytes: SecretDer,
}

impl Block {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let known = |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(known)
            .map(|(_, value)| value.as_str())
    }
}

/// The blocks of a text in their order.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = Result<Block, Error>> {
    let mut markers = Markers { text, at: 0 }.peekable();
    std::iter::from_fn(move || {
        // An END without a BEGIN is text like any other.
        let begin = markers.find(|marker| marker.begins)?;
        let Some(label) = begin.label else {
            return Some(Err(damaged("pem-begin".into())));
        };
        Some(
            match markers.next_if(|marker| !marker.begins && marker.label.is_some()) {
                Some(end) if end.label.as_ref() == Some(&label) => {
                    read(label, &text[begin.end..end.start])
                }
                Some(_) => Err(damaged(labelled("pem-end", &label))),
                None => Err(Error::Truncated { what: Some(WHAT) }),
            },
        )
    })
}

/// The labels of the blocks that begin in a text.
pub(super) fn labels(text: &str) -> impl Iterator<Item = String> {
    Markers { text, at: 0 }
        .filter(|marker| marker.begins)
        .map(|marker| marker.label.unwrap_or_default())
}

fn labelled(code: &'static str, label: &str) -> Reason {
    Reason::with(code, json!({ "label": label }))
}

fn damaged(detail: Reason) -> Error {
    Error::Damaged {
        what: Some(WHAT),
        detail,
    }
}

/// A line of dashes, or what is left of one.
struct Marker {
    begins: bool,
    /// `None` where no dashes close it.
    label: Option<String>,
    start: usize,
    end: usize,
}

struct Markers<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Markers<'_> {
    type Item = Marker;

    fn next(&mut self) -> Option<Marker> {
        loop {
            let start = self.at + self.text[self.at..].find("--")?;
            let rest = self.text[start..].trim_start_matches('-');
            self.at = self.text.len() - rest.len();
            let words = rest.trim_start_matches(' ');
            let (begins, after) = match (words.strip_prefix("BEGIN"), words.strip_prefix("END")) {
                (Some(after), _) => (true, after),
                (_, Some(after)) => (false, after),
                _ => continue,
            };
            if !after.starts_with(' ') {
                continue;
            }
            let label = label(after);
            let length = label.map_or(0, |(_, length)| length);
            self.at = self.text.len() - after.len() + length;
            return Some(Marker {
                begins,
                label: label.map(|(words, _)| {
                    words
                        .split(' ')
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                }),
                start,
                end: self.at,
            });
        }
    }
}

/// The label up to the dashes that close it, and the length of both.
fn label(after: &str) -> Option<(&str, usize)> {
    let near = after
        .bytes()
        .take(LABEL_LIMIT)
        .take_while(|&byte| byte != b'\n')
        .count();
    let end = after
        .as_bytes()
        .get(..near)?
        .windows(2)
        .position(|pair| pair == b"--")?;
    // Where all line ends are gone and the block is empty, the dashes of END follow at once.
    let dashes = after[end..]
        .bytes()
        .take(5)
        .take_while(|&byte| byte == b'-')
        .count();
    Some((&after[..end], end + dashes))
}

fn read(label: String, body: &str) -> Result<Block, Error> {
    let mut headers = Vec::new();
    let mut digits = Zeroizing::new(String::with_capacity(body.len()));
    for line in body.split('\n') {
        let mut line = line.trim_matches(MARKS);
        // The value of a header may be quoted, and a header may be so as a whole.
        if line.starts_with(QUOTES) {
            line = unquoted(line);
        }
        // After the base64 has begun a colon is damage.
        while digits.is_empty()
            && let Some((name, rest)) = line.split_once(':')
        {
            let (name, rest) = (name.trim(), rest.trim_start());
            // In a text that lost its line ends, the next header or the base64 follows the value after a blank.
            let (value, more) = match name {
                "Proc-Type" | "DEK-Info" => rest.split_once(' ').unwrap_or((rest, "")),
                _ => (rest, ""),
            };
            headers.push((name.to_owned(), value.trim_end().to_owned()));
            line = more;
        }
        let line = unquoted(line);
        // What joins two strings in a program, alone on its line once the line ends inside them are real ones.
        if line.trim_matches(['+', '.', '&', ' ']).is_empty() {
            continue;
        }
        digits.extend(line.chars().filter(|&c| c != ' '));
    }
    if digits.is_empty() {
        return Err(damaged(labelled("pem-empty", &label)));
    }
    match text::base64(&digits) {
        Some(bytes) => Ok(Block {
            label,
            headers,
            bytes,
        }),
        None => Err(damaged(labelled("pem-base64", &label))),
    }
}

/// What a quoting e-mail or a comment puts before a line.
const MARKS: [char; 5] = ['>', '|', '#', '*', ' '];
const QUOTES: [char; 2] = ['"', '\''];

/// A line without quotes, as in a list of strings or a program: what stands between the first quote and the last.
fn unquoted(line: &str) -> &str {
    for quote in QUOTES {
        if let (Some(first), Some(last)) = (line.find(quote), line.rfind(quote)) {
            return match first == last {
                true => line.trim_matches([quote, ',', ';', ' ']),
                false => line[first + 1..last].trim(),
            };
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels_and_bytes(text: &str) -> Vec<Option<(String, Vec<u8>)>> {
        blocks(text)
            .map(|block| {
                block
                    .ok()
                    .map(|block| (block.label, block.bytes.expose().to_vec()))
            })
            .collect()
    }

    #[test]
    fn dashes_spaces_and_quotes_vary() {
        for text in [
            "-----BEGIN A B-----\nAQID\n-----END A B-----",
            "-----BEGIN A B----- AQID -----END A B-----",
            "--BEGIN  A B --\n> AQ\n> ID\n---- END A  B ----",
            "\"-----BEGIN A B-----\n\" +\n \"AQID\n\" +\n\"-----END A B-----\";",
            "\"-----BEGIN A B-----\",\n\"AQ\" +\n\"ID\",\n\"-----END A B-----\"",
        ] {
            let expected = vec![Some(("A B".to_owned(), vec![1, 2, 3]))];
            assert_eq!(labels_and_bytes(text), expected, "{text}");
        }
    }

    #[test]
    fn a_block_without_end_leaves_its_neighbour() {
        let text =
            "-----BEGIN A-----\nAQID\n-----BEGIN B-----\nAQID\n-----END B-----\n-----BEGIN C";
        let found = labels_and_bytes(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], Some(("B".to_owned(), vec![1, 2, 3])));
    }

    #[test]
    fn headers_are_found_in_a_text_of_one_line() {
        let text = "-----BEGIN K----- Proc-Type: 4,ENCRYPTED DEK-Info: DES-CBC,0102030405060708 AQID -----END K-----";
        let block = blocks(text).next().unwrap().unwrap();
        assert_eq!(block.header("DEK-Info"), Some("DES-CBC,0102030405060708"));
        assert_eq!(block.bytes.expose(), [1, 2, 3]);
    }
}
