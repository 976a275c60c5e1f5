//! DER (ITU-T X.690, section 10) of nodes, written from the inside out.
//!
//! What is written may be a private key, and what holds one of its parts may hold all of it. So there is one writer for
//! secrets and for everything else: each answer is wiped when it is dropped, its length is known before anything is written,
//! and no buffer grows, since one that does moves and leaves a copy behind.

use zeroize::Zeroizing;

use super::ber::{Oid, significant};

/// Identifier, length and contents of one node or more.
pub(crate) type Der = Zeroizing<Vec<u8>>;

/// DER of one node: identifier octet, definite length, contents.
pub(crate) fn tlv(identifier: u8, contents: &[u8]) -> Der {
    constructed(identifier, &[contents])
}

/// DER of a node whose contents are these parts, one behind the other: the DER of other nodes, mostly.
pub(crate) fn constructed(identifier: u8, parts: &[&[u8]]) -> Der {
    list(identifier, parts)
}

/// DER of a SEQUENCE from the DER of its parts.
pub(crate) fn sequence(parts: &[&[u8]]) -> Der {
    list(0x30, parts)
}

/// As [`constructed`], of however many parts there are.
pub(crate) fn list<P: AsRef<[u8]>>(identifier: u8, parts: &[P]) -> Der {
    let length: usize = parts.iter().map(|part| part.as_ref().len()).sum();
    let digits = length.to_be_bytes();
    let digits = significant(&digits);
    let mut der = Zeroizing::new(Vec::with_capacity(2 + digits.len() + length));
    der.push(identifier);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => der.push(short),
        _ => {
            #[expect(clippy::cast_possible_truncation, reason = "a usize has eight bytes")]
            der.push(0x80 | digits.len() as u8);
            der.extend_from_slice(digits);
        }
    }
    for part in parts {
        der.extend_from_slice(part.as_ref());
    }
    der
}

/// DER of an INTEGER from its magnitude.
pub(crate) fn integer(magnitude: &[u8]) -> Der {
    match significant(magnitude) {
        digits @ [first, ..] if first & 0x80 == 0 => tlv(2, digits),
        // Without the zero it would be negative, and zero itself has one digit.
        digits => constructed(2, &[&[0], digits]),
    }
}

/// DER of an OBJECT IDENTIFIER.
pub(crate) fn object_identifier(oid: Oid<'_>) -> Der {
    tlv(6, oid.0)
}

/// DER of a BIT STRING of whole octets.
pub(crate) fn bit_string(bytes: &[u8]) -> Der {
    constructed(3, &[&[0], bytes])
}

/// The bytes themselves, of a node in which nothing is secret: they are not wiped any more.
pub(crate) fn public(mut der: Der) -> Vec<u8> {
    std::mem::take(&mut *der)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_they_can_be() {
        assert_eq!(*tlv(4, &[]), [4, 0]);
        assert_eq!(tlv(4, &[0; 127])[..2], [4, 127]);
        assert_eq!(tlv(4, &[0; 200])[..3], [4, 0x81, 200]);
        assert_eq!(tlv(4, &[0; 65_536])[..5], [4, 0x83, 1, 0, 0]);
        assert_eq!(*sequence(&[&[5, 0], &[1]]), [0x30, 3, 5, 0, 1]);
        assert_eq!(*list(0x31, &[vec![1], vec![2]]), [0x31, 2, 1, 2]);
        assert_eq!(*bit_string(&[7]), [3, 2, 0, 7]);
    }

    #[test]
    fn integers_are_never_negative() {
        assert_eq!(*integer(&[0, 0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(*integer(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(*integer(&[]), [2, 1, 0]);
        assert_eq!(*integer(&[0]), [2, 1, 0]);
    }

    /// A buffer that grew would have left a copy of a key behind.
    #[test]
    fn no_buffer_grows() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let contents = vec![1; length];
            for der in [tlv(4, &contents), integer(&contents), bit_string(&contents)] {
                // A short length has its room and its digit in one octet.
                assert!(der.capacity() <= der.len() + 1, "{length}");
            }
        }
    }
}
