//! The encodings of RFC 4251, section 5: numbers of four bytes, strings with their length before them, integers as strings.

use zeroize::Zeroizing;

use crate::asn1::ber::significant;
use crate::base::error::Error;
use crate::base::format::Format;

/// Bytes that are taken from the front; every length is held against what is there.
pub(super) struct Wire<'a> {
    rest: &'a [u8],
    what: Format,
}

impl<'a> Wire<'a> {
    /// `what` is what an error calls the whole.
    pub(super) fn new(rest: &'a [u8], what: Format) -> Self {
        Self { rest, what }
    }

    pub(super) fn bytes(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Error::Truncated {
            what: Some(self.what),
        })?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Result<u32, Error> {
        let bytes = self.bytes(4)?;
        Ok(bytes
            .iter()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
    }

    pub(super) fn string(&mut self) -> Result<&'a [u8], Error> {
        let length = self.number()?;
        self.bytes(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// Integers that are not negative, without leading zeros.
    pub(super) fn integers<const N: usize>(&mut self) -> Result<[&'a [u8]; N], Error> {
        let mut integers = [&[][..]; N];
        for integer in &mut integers {
            let bytes = self.string()?;
            if bytes.first().is_some_and(|first| first & 0x80 != 0) {
                return Err(self.damaged("number-negative"));
            }
            *integer = significant(bytes);
        }
        Ok(integers)
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn damaged(&self, detail: &'static str) -> Error {
        Error::Damaged {
            what: Some(self.what),
            detail: detail.into(),
        }
    }
}

/// A string as it is written: its length before it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it is a part of one key, its comment, or all of both"
)]
pub(super) fn string(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_be_bytes()[..], bytes].concat()
}

/// An integer as it is written, from its magnitude: a string without leading zeros but for the one that keeps it from being
/// negative.
pub(super) fn integer(magnitude: &[u8]) -> Vec<u8> {
    let digits = significant(magnitude);
    match digits.first() {
        Some(first) if first & 0x80 != 0 => string(&Zeroizing::new([&[0], digits].concat())),
        _ => string(digits),
    }
}
