//! Object identifiers (ITU-T X.690, 8.19).

/// The contents of an OBJECT IDENTIFIER; equal bytes are equal identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Oid<'a>(pub &'a [u8]);

impl std::fmt::Display for Oid<'_> {
    /// Arcs in decimal with dots between.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut arc = 0_u128;
        let mut first = true;
        for byte in self.0 {
            // An arc past 128 bits is a hostile one; its lower bits are shown, which is no worse than any other text.
            arc = arc << 7 | u128::from(byte & 0x7f);
            if byte & 0x80 != 0 {
                continue;
            }
            if first {
                let top = (arc / 40).min(2);
                write!(f, "{top}.{}", arc - top * 40)?;
                first = false;
            } else {
                write!(f, ".{arc}")?;
            }
            arc = 0;
        }
        Ok(())
    }
}

/// The contents octets of an object identifier in dots; `None` where the text is not an identifier.
pub fn oid_of_text(text: &str) -> Option<Vec<u8>> {
    let arcs: Vec<u32> = text
        .split('.')
        .map(|arc| arc.parse().ok())
        .collect::<Option<_>>()?;
    let (&[first, second], rest) = arcs.split_first_chunk()?;
    if first > 2 || first < 2 && second > 39 {
        return None;
    }
    let mut bytes = Vec::new();
    for arc in
        std::iter::once(first.checked_mul(40)?.checked_add(second)?).chain(rest.iter().copied())
    {
        let digits = (32 - arc.leading_zeros()).div_ceil(7).max(1);
        for digit in (0..digits).rev() {
            let more = if digit > 0 { 0x80 } else { 0 };
            bytes.push((arc >> (7 * digit) & 0x7f) as u8 | more);
        }
    }
    Some(bytes)
}

/// The contents octets of the object identifier with these arcs.
#[expect(
    clippy::indexing_slicing,
    reason = "it runs while the core is compiled, where an index outside is an error"
)]
pub const fn oid<const N: usize>(arcs: &[u32]) -> [u8; N] {
    let mut bytes = [0; N];
    let mut at = 0;
    let mut next = 1;
    while next < arcs.len() {
        let arc = match next {
            1 => arcs[0] * 40 + arcs[1],
            _ => arcs[next],
        };
        let mut shift = 28;
        let mut started = false;
        while shift >= 0 {
            let digit = (arc >> shift & 0x7f) as u8;
            if digit != 0 || started || shift == 0 {
                started = true;
                bytes[at] = digit | if shift > 0 { 0x80 } else { 0 };
                at += 1;
            }
            shift -= 7;
        }
        next += 1;
    }
    assert!(at == N, "the length must be that of the encoded identifier");
    bytes
}

/// Names an object identifier by its arcs: `oid!(RSA = 9: 1 2 840 113549 1 1 1)` where 9 is the encoded length.
macro_rules! oids {
    ($($(#[$meta:meta])* $name:ident = $length:literal: $($arc:literal)+;)+) => {
        $(#[allow(dead_code, reason = "a table of names is whole")] $(#[$meta])* pub(crate) const $name: $crate::asn1::oid::Oid<'static> = {
            const BYTES: [u8; $length] = $crate::asn1::oid::oid::<$length>(&[$($arc),+]);
            $crate::asn1::oid::Oid(&BYTES)
        };)+
    };
}
pub(crate) use oids;
