//! Nodes without their tree: for lists that are too long for one.

use super::{Fault, Result, Tag, before, header};

/// One node of definite length, its inside unread: for lists that are too long for a tree.
#[derive(Debug, Clone, Copy)]
pub struct Flat<'a> {
    /// Class and number.
    pub tag: Tag,
    /// From the identifier to the last byte that belongs to the node.
    pub raw: &'a [u8],
    /// The contents octets.
    pub contents: &'a [u8],
}

impl<'a> Flat<'a> {
    /// Reads one node and gives what comes after it.
    pub fn parse_prefix(bytes: &'a [u8]) -> Result<(Self, &'a [u8])> {
        let (header, after) = header(bytes)?;
        let Some(length) = header.length else {
            return Err(Fault::Malformed("length-open"));
        };
        let (contents, rest) = after.split_at_checked(length).ok_or(Fault::CutOff)?;
        let raw = before(bytes, rest);
        let tag = header.tag;
        Ok((Self { tag, raw, contents }, rest))
    }

    /// The node itself, if it has this tag.
    pub fn tagged(self, tag: Tag) -> Result<Self> {
        match self.tag == tag {
            true => Ok(self),
            false => Err(Fault::Malformed("asn1-type")),
        }
    }

    /// The nodes inside, one after another, up to the first that is invalid.
    pub fn inside(&self) -> impl Iterator<Item = Result<Flat<'a>>> + use<'a> {
        let mut rest = self.contents;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let read = Self::parse_prefix(rest);
            rest = read.as_ref().map_or(&[], |(_, rest)| rest);
            Some(read.map(|(node, _)| node))
        })
    }
}
