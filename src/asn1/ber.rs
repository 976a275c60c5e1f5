//! BER and DER (ITU-T X.690) as a tree of nodes.
//!
//! ```text
//! node  = identifier length contents            definite length
//!       | identifier 80 node* 00 00             indefinite length, constructed only
//! ```
//!
//! NSS (so Firefox and Thunderbird) and BouncyCastle write indefinite lengths and cut their octet strings into segments.
//! A tree takes both in without being told the schema: [`Node::octets`] joins segments, whatever tag the string wears
//! (`[0] IMPLICIT OCTET STRING` in EncryptedContentInfo is why a schema-blind transcoder to DER goes wrong).
//!
//! Every claim of a length is held against the bytes that are there before anything is allocated for it. Depth and the
//! number of nodes are limited, so a few bytes cannot cost a stack or a memory.

mod flat;

pub use flat::Flat;

pub(crate) use crate::asn1::oid::{Oid, oid_of_text, oids};

use std::borrow::Cow;

use crate::base::error::Error;
use crate::base::format::Format;

/// Deepest nesting that is read.
pub const DEPTH_LIMIT: usize = 64;
/// Most nodes that are read.
pub const NODE_LIMIT: usize = 1_000_000;

/// Identifier octets as one value: class in the upper two bits of a byte, number below; the constructed bit left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tag {
    class: u8,
    number: u32,
}

impl Tag {
    /// A universal tag.
    pub const fn universal(number: u32) -> Self {
        Self { class: 0, number }
    }

    /// A context-specific tag.
    pub const fn context(number: u32) -> Self {
        Self { class: 2, number }
    }
}

/// INTEGER
pub const INTEGER: Tag = Tag::universal(2);
/// BIT STRING
pub const BIT_STRING: Tag = Tag::universal(3);
/// OCTET STRING
pub const OCTET_STRING: Tag = Tag::universal(4);
/// NULL
pub const NULL: Tag = Tag::universal(5);
/// OBJECT IDENTIFIER
pub const OID: Tag = Tag::universal(6);
/// SEQUENCE and SEQUENCE OF
pub const SEQUENCE: Tag = Tag::universal(16);
/// SET and SET OF
pub const SET: Tag = Tag::universal(17);

/// Why bytes are not BER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// They end before a length is filled or an end-of-contents comes.
    CutOff,
    /// A node is not what the standard wants there.
    Malformed(&'static str),
    /// [`DEPTH_LIMIT`] is passed.
    TooDeep,
    /// [`NODE_LIMIT`] is passed.
    TooMany,
}

impl Fault {
    /// The error for a person: `what` is the file as far as it is known.
    pub fn of(self, what: impl Into<Option<Format>>) -> Error {
        let what = what.into();
        match self {
            Self::CutOff => Error::Truncated { what },
            Self::Malformed(detail) => Error::Damaged {
                what,
                detail: detail.into(),
            },
            Self::TooDeep => Error::TooComplex { limit: "nesting" },
            Self::TooMany => Error::TooComplex { limit: "elements" },
        }
    }
}

#[cfg(test)]
thread_local! {
    /// Of how many bytes each tree was asked for, in this thread: for tests that nothing is read twice.
    pub(crate) static TREES: std::cell::RefCell<Vec<usize>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// What reading BER gives.
pub type Result<T> = std::result::Result<T, Fault>;

/// One identifier, length and contents, borrowed from the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// Class and number.
    pub tag: Tag,
    /// From the identifier to the last byte that belongs to the node.
    pub raw: &'a [u8],
    contents: &'a [u8],
    constructed: bool,
    nodes: Vec<Node<'a>>,
}

impl<'a> Node<'a> {
    /// Reads one node and nothing after it.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let (node, rest) = Self::parse_prefix(bytes)?;
        match rest {
            [] => Ok(node),
            _ => Err(Fault::Malformed("bytes-after-end")),
        }
    }

    /// Reads one node and gives what comes after it.
    pub fn parse_prefix(bytes: &'a [u8]) -> Result<(Self, &'a [u8])> {
        #[cfg(test)]
        TREES.with_borrow_mut(|trees| trees.push(bytes.len()));
        let mut budget = NODE_LIMIT;
        node(bytes, 0, &mut budget)
    }

    /// The parts of a constructed node, if it has this tag.
    pub fn parts(&self, tag: Tag) -> Result<Fields<'_, 'a>> {
        match self.tag == tag && self.constructed {
            true => Ok(Fields { rest: &self.nodes }),
            false => Err(Fault::Malformed("asn1-type")),
        }
    }

    /// The parts of a SEQUENCE.
    pub fn sequence(&self) -> Result<Fields<'_, 'a>> {
        self.parts(SEQUENCE)
    }

    /// The node itself, if it has this tag.
    pub fn tagged(&self, tag: Tag) -> Result<&Self> {
        match self.tag == tag {
            true => Ok(self),
            false => Err(Fault::Malformed("asn1-type")),
        }
    }

    /// The single node inside an EXPLICIT tag.
    pub fn explicit(&self, tag: Tag) -> Result<&Node<'a>> {
        let mut parts = self.parts(tag)?;
        let inner = parts.next()?;
        parts.end()?;
        Ok(inner)
    }

    /// The bytes of a string, its segments joined; whatever tag it wears.
    pub fn octets(&self) -> Result<Cow<'a, [u8]>> {
        if !self.constructed {
            return Ok(Cow::Borrowed(self.contents));
        }
        if let [only] = self.nodes.as_slice() {
            return only.tagged(OCTET_STRING)?.octets();
        }
        let mut joined = Vec::with_capacity(self.contents.len());
        self.join(&mut joined)?;
        Ok(Cow::Owned(joined))
    }

    fn join(&self, joined: &mut Vec<u8>) -> Result<()> {
        if !self.constructed {
            joined.extend_from_slice(self.contents);
            return Ok(());
        }
        self.nodes
            .iter()
            .try_for_each(|segment| segment.tagged(OCTET_STRING)?.join(joined))
    }

    /// The contents of a primitive node with this tag.
    pub fn primitive(&self, tag: Tag) -> Result<&'a [u8]> {
        match self.tag == tag && !self.constructed {
            true => Ok(self.contents),
            false => Err(Fault::Malformed("asn1-type")),
        }
    }

    /// The contents octets of a node, whatever it is.
    pub fn contents(&self) -> &'a [u8] {
        self.contents
    }

    /// The nodes inside, none where it is primitive.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// An INTEGER that fits 64 bits and is not negative; `u64::MAX` where a positive one does not fit, so that a count
    /// past every limit meets the limit and not another error.
    pub fn count(&self) -> Result<u64> {
        let bytes = self.primitive(INTEGER)?;
        match bytes {
            [] => Err(Fault::Malformed("number-empty")),
            [first, ..] if first & 0x80 != 0 => Err(Fault::Malformed("count-negative")),
            _ => match significant(bytes) {
                digits if digits.len() <= 8 => Ok(digits
                    .iter()
                    .fold(0, |sum, &byte| sum << 8 | u64::from(byte))),
                _ => Ok(u64::MAX),
            },
        }
    }

    /// The magnitude of an INTEGER that is not negative, without leading zeros.
    pub fn magnitude(&self) -> Result<&'a [u8]> {
        let bytes = self.primitive(INTEGER)?;
        match bytes {
            [] => Err(Fault::Malformed("number-empty")),
            [first, ..] if first & 0x80 != 0 => Err(Fault::Malformed("number-negative")),
            _ => Ok(significant(bytes)),
        }
    }

    /// The contents of an OBJECT IDENTIFIER.
    pub fn oid(&self) -> Result<Oid<'a>> {
        match self.primitive(OID)? {
            [] => Err(Fault::Malformed("oid-empty")),
            bytes => Ok(Oid(bytes)),
        }
    }
}

/// A magnitude without its leading zeros.
pub(crate) fn significant(mut magnitude: &[u8]) -> &[u8] {
    while let [0, rest @ ..] = magnitude {
        magnitude = rest;
    }
    magnitude
}

/// Significant bits of a magnitude.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a number is part of a file of 64 MiB at most, which has 2^29 bits"
)]
pub(crate) fn bit_length(magnitude: &[u8]) -> u32 {
    match magnitude.first() {
        None => 0,
        Some(first) => (magnitude.len() as u32 * 8).saturating_sub(first.leading_zeros()),
    }
}

/// What stands before the contents of a node.
struct Header {
    tag: Tag,
    constructed: bool,
    /// `None` for the indefinite form.
    length: Option<usize>,
}

/// The header of a node, and what comes after it.
fn header(bytes: &[u8]) -> Result<(Header, &[u8])> {
    let (&first, mut rest) = bytes.split_first().ok_or(Fault::CutOff)?;
    let mut number = u32::from(first & 0x1f);
    if number == 0x1f {
        number = 0;
        loop {
            let (&byte, after) = rest.split_first().ok_or(Fault::CutOff)?;
            rest = after;
            if number > u32::MAX >> 7 {
                return Err(Fault::Malformed("tag-number"));
            }
            number = number << 7 | u32::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
        }
    }
    let (&first_length, mut rest) = rest.split_first().ok_or(Fault::CutOff)?;
    let length = match first_length {
        0x80 => None,
        0xff => {
            return Err(Fault::Malformed("length-form"));
        }
        short if short < 0x80 => Some(usize::from(short)),
        long => {
            let digits = usize::from(long & 0x7f);
            let (length, after) = rest.split_at_checked(digits).ok_or(Fault::CutOff)?;
            rest = after;
            // A length that no address reaches is one that the bytes do not fill.
            let length = length.iter().try_fold(0_usize, |sum, &byte| {
                sum.checked_mul(256)?.checked_add(usize::from(byte))
            });
            Some(length.ok_or(Fault::CutOff)?)
        }
    };
    let header = Header {
        tag: Tag {
            class: first >> 6,
            number,
        },
        constructed: first & 0x20 != 0,
        length,
    };
    Ok((header, rest))
}

/// What stands before the rest of the bytes.
fn before<'a>(bytes: &'a [u8], rest: &[u8]) -> &'a [u8] {
    let length = bytes.len() - rest.len();
    bytes.get(..length).unwrap_or_default()
}

fn node<'a>(bytes: &'a [u8], depth: usize, budget: &mut usize) -> Result<(Node<'a>, &'a [u8])> {
    if depth > DEPTH_LIMIT {
        return Err(Fault::TooDeep);
    }
    *budget = budget.checked_sub(1).ok_or(Fault::TooMany)?;
    let (header, after) = header(bytes)?;
    let mut nodes = Vec::new();
    let (contents, rest) = match header.length {
        Some(length) => {
            let (contents, rest) = after.split_at_checked(length).ok_or(Fault::CutOff)?;
            if header.constructed {
                let mut inner = contents;
                while !inner.is_empty() {
                    // Inside a definite length that is filled, running out is a contradiction and not a cut.
                    let (part, more) =
                        node(inner, depth + 1, budget).map_err(|fault| match fault {
                            Fault::CutOff => Fault::Malformed("length-overrun"),
                            other => other,
                        })?;
                    nodes.push(part);
                    inner = more;
                }
            }
            (contents, rest)
        }
        None if !header.constructed => {
            return Err(Fault::Malformed("length-indefinite"));
        }
        None => {
            let mut inner = after;
            loop {
                if let Some(rest) = inner.strip_prefix(&[0, 0]) {
                    break (before(after, inner), rest);
                }
                let (part, more) = node(inner, depth + 1, budget)?;
                nodes.push(part);
                inner = more;
            }
        }
    };
    let raw = before(bytes, rest);
    Ok((
        Node {
            tag: header.tag,
            raw,
            contents,
            constructed: header.constructed,
            nodes,
        },
        rest,
    ))
}

/// The parts of a constructed node, taken in order.
#[derive(Debug, Clone)]
pub struct Fields<'n, 'a> {
    rest: &'n [Node<'a>],
}

impl<'n, 'a> Fields<'n, 'a> {
    /// The next part, which must be there.
    pub fn next(&mut self) -> Result<&'n Node<'a>> {
        let (next, rest) = self
            .rest
            .split_first()
            .ok_or(Fault::Malformed("element-missing"))?;
        self.rest = rest;
        Ok(next)
    }

    /// The next part if there is one with this tag.
    pub fn optional(&mut self, tag: Tag) -> Option<&'n Node<'a>> {
        match self.rest.split_first() {
            Some((next, rest)) if next.tag == tag => {
                self.rest = rest;
                Some(next)
            }
            _ => None,
        }
    }

    /// Every part that is left.
    pub fn rest(self) -> &'n [Node<'a>] {
        self.rest
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<()> {
        match self.rest {
            [] => Ok(()),
            _ => Err(Fault::Malformed("element-extra")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    oids! { SHA256 = 9: 2 16 840 1 101 3 4 2 1; }

    #[test]
    fn segments_are_joined_whatever_their_form() {
        // [0] indefinite { OCTET STRING 01, OCTET STRING constructed { 02 03 } }
        let bytes = [0xa0, 0x80, 4, 1, 1, 0x24, 4, 4, 2, 2, 3, 0, 0];
        let (node, rest) = Node::parse_prefix(&bytes).unwrap();
        assert_eq!((node.tag, rest), (Tag::context(0), &[][..]));
        assert_eq!(&*node.octets().unwrap(), [1, 2, 3]);
    }

    #[test]
    fn lengths_are_held_against_the_bytes() {
        assert_eq!(
            Node::parse(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).unwrap_err(),
            Fault::CutOff
        );
        assert_eq!(Node::parse(&[0x30, 0x80, 4, 0]).unwrap_err(), Fault::CutOff);
        assert_eq!(
            Node::parse(&[0x30, 2, 4, 9]).unwrap_err(),
            Fault::Malformed("length-overrun")
        );
        let nested = [0x30, 0x80].repeat(100);
        assert_eq!(Node::parse(&nested).unwrap_err(), Fault::TooDeep);
    }

    #[test]
    fn oids_in_both_directions() {
        assert_eq!(SHA256.to_string(), "2.16.840.1.101.3.4.2.1");
        assert_eq!(oid_of_text("2.16.840.1.101.3.4.2.1").unwrap(), SHA256.0);
        assert_eq!(oid_of_text("2.999.0").unwrap(), [0x88, 0x37, 0]);
        for none in ["", "1", "1.40", "3.1", "1.2.", "1.2.x", "1.2.99999999999"] {
            assert_eq!(oid_of_text(none), None, "{none}");
        }
    }
}
