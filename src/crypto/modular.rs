//! Arithmetic modulo a number: what RSA and DSA keys are checked with, and public keys computed with where no crate has the
//! curve.
//!
//! Small and plain, over the functions of `crypto-bigint` that run in constant time: how long a sum, a product, a power or a
//! swap takes depends on the sizes of the numbers alone.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Choice, ConcatenatingMul, CtAssign, NonZero, Odd};
use zeroize::Zeroizing;

use crate::asn1::ber::significant;

/// A number below its modulus, wiped when dropped.
pub(crate) type Number = Zeroizing<BoxedUint>;

/// What numbers are taken modulo.
pub(crate) struct Modulus {
    /// Wiped like the numbers: the modulus of an RSA key's exponents is as secret as they.
    value: Zeroizing<NonZero<BoxedUint>>,
    magnitude: Zeroizing<Vec<u8>>,
}

impl Modulus {
    /// A modulus from its magnitude; `None` for zero.
    pub(crate) fn new(magnitude: &[u8]) -> Option<Self> {
        let magnitude = Zeroizing::new(significant(magnitude).to_vec());
        let value = BoxedUint::from_be_slice_truncated(&magnitude, precision(&magnitude));
        let value: NonZero<BoxedUint> = Option::from(NonZero::new(value))?;
        Some(Self {
            value: Zeroizing::new(value),
            magnitude,
        })
    }

    /// Bytes that a number below it may take.
    pub(crate) fn size(&self) -> usize {
        self.magnitude.len()
    }

    /// The remainder of a magnitude.
    pub(crate) fn read(&self, magnitude: &[u8]) -> Number {
        let number = BoxedUint::from_be_slice_truncated(magnitude, precision(magnitude));
        self.remainder(number)
    }

    /// The remainder of a number. The crate's function for that alone leaves a copy of the number behind; the one that
    /// divides hands it out as the quotient.
    fn remainder(&self, number: BoxedUint) -> Number {
        let number = Zeroizing::new(number);
        let (quotient, remainder) = number.div_rem(&*self.value);
        drop(Zeroizing::new(quotient));
        Zeroizing::new(remainder)
    }

    /// A small number.
    pub(crate) fn small(&self, number: u32) -> Number {
        self.read(&number.to_be_bytes())
    }

    /// Big-endian bytes, as many as the modulus has.
    pub(crate) fn write(&self, number: &Number) -> Zeroizing<Vec<u8>> {
        let bytes = Zeroizing::new(number.to_be_bytes().into_vec());
        let start = bytes.len().saturating_sub(self.size());
        Zeroizing::new(bytes.get(start..).unwrap_or_default().to_vec())
    }

    pub(crate) fn add(&self, a: &Number, b: &Number) -> Number {
        Zeroizing::new(a.add_mod(b, &self.value))
    }

    pub(crate) fn sub(&self, a: &Number, b: &Number) -> Number {
        Zeroizing::new(a.sub_mod(b, &self.value))
    }

    pub(crate) fn mul(&self, a: &Number, b: &Number) -> Number {
        self.remainder(a.concatenating_mul(&**b))
    }

    /// A power, its exponent a big-endian magnitude; `None` where the modulus is even, and so no prime.
    pub(crate) fn pow(&self, base: &Number, exponent: &[u8]) -> Option<Number> {
        let modulus =
            BoxedUint::from_be_slice_truncated(&self.magnitude, precision(&self.magnitude));
        let odd: Odd<BoxedUint> = Option::from(Odd::new(modulus))?;
        let params = BoxedMontyParams::new(odd);
        let exponent = BoxedUint::from_be_slice_truncated(exponent, precision(exponent));
        let exponent = Zeroizing::new(exponent);
        let base = Zeroizing::new(BoxedMontyForm::new((**base).clone(), &params));
        let power = Zeroizing::new(base.pow(&exponent));
        Some(Zeroizing::new(power.retrieve()))
    }

    /// The inverse, where the modulus is a prime (Fermat) and the number not zero; `None` where there is none.
    pub(crate) fn inverse(&self, number: &Number) -> Option<Number> {
        let exponent = self.write(&self.sub(&self.small(0), &self.small(2)));
        let inverse = self.pow(number, &exponent)?;
        (self.mul(&inverse, number) == self.small(1)).then_some(inverse)
    }
}

/// Changes numbers below one modulus with each other where the bit is set, and takes as long where it is not.
pub(crate) fn swap<const N: usize>(these: &mut [Number; N], those: &mut [Number; N], bit: bool) {
    let choice = Choice::from_u8_lsb(bit.into());
    for (this, that) in these.iter_mut().zip(those) {
        let before = this.clone();
        this.ct_assign(that, choice);
        that.ct_assign(&before, choice);
    }
}

/// Whether one magnitude is below another.
pub(crate) fn is_below(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (significant(a), significant(b));
    (a.len(), a) < (b.len(), b)
}

/// The bits of a big-endian magnitude, highest first.
pub(crate) fn bits(magnitude: &[u8]) -> impl Iterator<Item = bool> {
    magnitude
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1))
}

/// Whole 64-bit words, so that it is the same number of words on every machine; at least one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a number is part of a file of 64 MiB at most, which has 2^29 bits"
)]
fn precision(magnitude: &[u8]) -> u32 {
    (magnitude.len() as u32 * 8).next_multiple_of(64).max(64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_behave() {
        let seventeen = Modulus::new(&[0, 17]).unwrap();
        let number = |value| seventeen.small(value);
        assert_eq!(seventeen.sub(&number(3), &number(5)), number(15));
        assert_eq!(seventeen.add(&number(9), &number(9)), number(1));
        assert_eq!(seventeen.pow(&number(3), &[5]), Some(number(243)));
        assert_eq!(seventeen.pow(&number(3), &[]), Some(number(1)));
        assert_eq!(Modulus::new(&[18]).unwrap().pow(&number(3), &[5]), None);
        let (mut these, mut those) = ([number(1), number(2)], [number(3), number(4)]);
        swap(&mut these, &mut those, false);
        assert_eq!(these, [number(1), number(2)]);
        swap(&mut these, &mut those, true);
        assert_eq!(
            (these, those),
            ([number(3), number(4)], [number(1), number(2)])
        );
        let inverse = seventeen.inverse(&number(5)).unwrap();
        assert_eq!(inverse, number(7));
        assert_eq!(*seventeen.write(&inverse), [7]);
        assert!(seventeen.inverse(&number(0)).is_none());
        assert!(Modulus::new(&[0, 0]).is_none());
        assert!(is_below(&[0, 5], &[6]) && !is_below(&[6], &[0, 6]));
    }
}
