//! Old and rare elliptic curves: the public half of a private key, nothing else.
//!
//! ```text
//! y² = x³ + ax + b     over a prime field    SEC 1; the named ones stand in curves.txt
//! Curve25519, Curve448, Edwards448           RFC 7748 and RFC 8032, in the module of that name
//! ECParameters ::= SEQUENCE { version, FieldID { prime-field, p }, Curve { a, b, seed OPTIONAL },
//!                             base OCTET STRING, order INTEGER, cofactor INTEGER OPTIONAL }       RFC 3279, 2.3.5
//! ```
//!
//! P-256, P-384, P-521, Ed25519 and X25519 are computed by their crates. The others are computed here, in constant time as
//! there (see [`crate::crypto::modular`]). Of these 32 curves k256, bp256, bp384 and sm2 would take over six, and those of
//! explicit figures none; p192 and p224 are of an older generation of elliptic-curve, which would be in the page a second time, and
//! of Curve448 there is no release (ed448-goldilocks 0.14 is a pre-release). What is left needs the same arithmetic.
//! A curve whose figures are written out is recognised by all of them, the generator among them: who may choose a generator
//! may choose a private key for any public one (CVE-2020-0601).

pub(crate) mod modern;

use zeroize::Zeroizing;

use crate::asn1::ber::{self, INTEGER, Node, OCTET_STRING, OID, oids, significant};
use crate::crypto::modular::{Modulus, Number, bits, is_below, swap};

oids! {
    PRIME_FIELD = 7: 1 2 840 10045 1 1;
}

/// Larger fields exist nowhere; the figure keeps the work on hostile ones short.
const FIELD_BITS_LIMIT: u32 = 640;

/// A curve over a prime field: its figures as magnitudes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Curve {
    /// What it is called, where it is one of those in the table.
    pub(crate) name: Option<&'static str>,
    /// Whether its figures were written out where it was read.
    pub(crate) explicit: bool,
    p: Vec<u8>,
    a: Vec<u8>,
    b: Vec<u8>,
    x: Vec<u8>,
    y: Vec<u8>,
    n: Vec<u8>,
}

impl Curve {
    /// Reads the parameters of an elliptic key; `None` where they name a curve that is not supported, or no curve.
    pub(crate) fn of_parameters(parameters: &Node<'_>) -> Option<Self> {
        if parameters.tag == OID {
            let dotted = parameters.oid().ok()?.to_string();
            return named().find_map(|(oid, curve)| (oid == dotted).then_some(curve));
        }
        let mut curve = Self::of_figures(parameters).ok()?;
        curve.name = named()
            .find(|(_, named)| named.figures() == curve.figures())
            .and_then(|(_, named)| named.name);
        Some(curve)
    }

    fn of_figures(parameters: &Node<'_>) -> ber::Result<Self> {
        let unfit = Err(ber::Fault::Malformed("curve-size"));
        let magnitude = |bytes: &[u8]| significant(bytes).to_vec();
        let mut parts = parameters.sequence()?;
        parts.next()?.count()?;
        let mut field = parts.next()?.sequence()?;
        if field.next()?.oid()? != PRIME_FIELD {
            return Err(ber::Fault::Malformed("curve-field"));
        }
        let p = magnitude(field.next()?.magnitude()?);
        let mut coefficients = parts.next()?.sequence()?;
        let a = magnitude(coefficients.next()?.primitive(OCTET_STRING)?);
        let b = magnitude(coefficients.next()?.primitive(OCTET_STRING)?);
        let base = parts.next()?.primitive(OCTET_STRING)?;
        let n = magnitude(parts.next()?.tagged(INTEGER)?.magnitude()?);
        let sizes = 64..=FIELD_BITS_LIMIT;
        if !sizes.contains(&ber::bit_length(&p)) || n.len() > p.len() + 1 || n.is_empty() {
            return unfit;
        }
        let Some((x, y)) = coordinates(base, p.len()) else {
            return unfit;
        };
        let (x, y) = (magnitude(x), magnitude(y));
        Ok(Self {
            name: None,
            explicit: true,
            p,
            a,
            b,
            x,
            y,
            n,
        })
    }

    /// What the curve is, whatever it is called: p, a, b, x, y, n.
    pub(crate) fn figures(&self) -> [&[u8]; 6] {
        [&self.p, &self.a, &self.b, &self.x, &self.y, &self.n]
    }

    /// Bits of the field.
    pub(crate) fn bits(&self) -> u32 {
        ber::bit_length(&self.p)
    }

    /// The curve's name with what there is to say of how it was written.
    pub(crate) fn words(&self) -> String {
        match (self.name, self.explicit) {
            (Some(name), false) => name.into(),
            (Some(name), true) => format!("{name} (explicit)"),
            (None, _) => "explicit".into(),
        }
    }

    /// The public point of a scalar, uncompressed (SEC 1, 2.3.3); `None` for a scalar outside the curve, or figures
    /// that are no curve.
    pub(crate) fn public(&self, scalar: &[u8]) -> Option<Vec<u8>> {
        if significant(scalar).is_empty() || !is_below(scalar, &self.n) {
            return None;
        }
        let field = Modulus::new(&self.p)?;
        let sum = Sum {
            a: field.read(&self.a),
            b3: field.mul(&field.read(&self.b), &field.small(3)),
            field: &field,
        };
        let base = [field.read(&self.x), field.read(&self.y), field.small(1)];
        let none = [field.small(0), field.small(1), field.small(0)];
        // As many bits for every number of the curve.
        let digits = significant(scalar);
        let mut padded = Zeroizing::new(vec![0; self.n.len().checked_sub(digits.len())?]);
        padded.reserve_exact(digits.len());
        padded.extend_from_slice(digits);
        let [x, y, z] = times(&padded, none, base, |a, b| sum.of(a, b));
        let inverse = field.inverse(&z)?;
        let (x, y) = (field.mul(&x, &inverse), field.mul(&y, &inverse));
        // Figures that are no curve lead off it.
        let cube = field.mul(&field.mul(&x, &x), &x);
        let right = field.add(
            &field.add(&cube, &field.mul(&sum.a, &x)),
            &field.read(&self.b),
        );
        if field.mul(&y, &y) != right {
            return None;
        }
        Some([&[4], &**field.write(&x), &**field.write(&y)].concat())
    }
}

/// The coordinates of an uncompressed point, or of one in the hybrid form, which says more than it needs to.
pub(crate) fn coordinates(point: &[u8], size: usize) -> Option<(&[u8], &[u8])> {
    let (form, coordinates) = point.split_first()?;
    (matches!(form, 4 | 6 | 7) && coordinates.len() == 2 * size).then(|| coordinates.split_at(size))
}

/// The table: identifier in dots, curve.
fn named() -> impl Iterator<Item = (&'static str, Curve)> {
    let rows = include_str!("curve/curves.txt").lines();
    rows.filter(|row| !row.starts_with('#')).filter_map(|row| {
        let mut words = row.split(' ');
        let (name, oid) = (words.next()?, words.next()?);
        let mut figure = || words.next().map(from_hex);
        let curve = Curve {
            name: Some(name),
            explicit: false,
            p: figure()?,
            a: figure()?,
            b: figure()?,
            x: figure()?,
            y: figure()?,
            n: figure()?,
        };
        Some((oid, curve))
    })
}

/// Bytes of hexadecimal digits, of which there may be an odd number; anything else is zero.
fn from_hex(digits: &str) -> Vec<u8> {
    let digit = |byte: &u8| {
        let digit = char::from(*byte).to_digit(16);
        digit.map_or(0, |digit| (digit & 0xf) as u8)
    };
    let bytes = digits.as_bytes().rchunks(2).rev();
    let bytes = bytes.map(|pair| pair.iter().fold(0, |sum, byte| sum << 4 | digit(byte)));
    significant(&bytes.collect::<Vec<u8>>()).to_vec()
}

/// A point in projective coordinates.
type Point = [Number; 3];

/// Adds points of one curve.
struct Sum<'f> {
    a: Number,
    b3: Number,
    field: &'f Modulus,
}

impl Sum<'_> {
    /// The complete formula of Renes, Costello and Batina (IACR ePrint 2015/1060, algorithm 1): for any two points of a curve
    /// of odd order, equal ones and the neutral one among them.
    fn of(&self, p: &Point, q: &Point) -> Point {
        let f = self.field;
        let ([x1, y1, z1], [x2, y2, z2]) = (p, q);
        let crossed = |a: &Number, b: &Number, c: &Number, d: &Number, less: [&Number; 2]| {
            let product = f.mul(&f.add(a, b), &f.add(c, d));
            f.sub(&f.sub(&product, less[0]), less[1])
        };
        let (xx, yy, zz) = (f.mul(x1, x2), f.mul(y1, y2), f.mul(z1, z2));
        let xy = crossed(x1, y1, x2, y2, [&xx, &yy]);
        let xz = crossed(x1, z1, x2, z2, [&xx, &zz]);
        let yz = crossed(y1, z1, y2, z2, [&yy, &zz]);
        let azz = f.mul(&self.a, &zz);
        let w = f.add(&f.mul(&self.a, &xz), &f.mul(&self.b3, &zz));
        let (u, v) = (f.sub(&yy, &w), f.add(&yy, &w));
        let t = f.add(&f.mul(&xx, &f.small(3)), &azz);
        let s = f.add(&f.mul(&self.b3, &xz), &f.mul(&self.a, &f.sub(&xx, &azz)));
        [
            f.sub(&f.mul(&xy, &u), &f.mul(&yz, &s)),
            f.add(&f.mul(&u, &v), &f.mul(&t, &s)),
            f.add(&f.mul(&yz, &v), &f.mul(&xy, &t)),
        ]
    }
}

/// A multiple of a point in any group: the Montgomery ladder, one addition and one doubling for each bit, the same for both.
fn times(scalar: &[u8], none: Point, base: Point, add: impl Fn(&Point, &Point) -> Point) -> Point {
    let (mut low, mut high) = (none, base);
    for bit in bits(scalar) {
        swap(&mut low, &mut high, bit);
        (low, high) = (add(&low, &low), add(&low, &high));
        swap(&mut low, &mut high, bit);
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(name: &str) -> Curve {
        named()
            .find(|(_, curve)| curve.name == Some(name))
            .unwrap()
            .1
    }

    #[test]
    fn every_curve_of_the_table_is_one() {
        let mut count = 0;
        for (oid, curve) in named() {
            count += 1;
            assert!(oid.split('.').count() > 4, "{oid}");
            // One times the base is the base; n - 1 times it is the base with the other y; n times it is no point.
            let one = curve.public(&[1]).unwrap();
            let (x, y) = coordinates(&one, curve.p.len()).unwrap();
            assert_eq!(
                (significant(x), significant(y)),
                (&*curve.x, &*curve.y),
                "{oid}"
            );
            let mut less = curve.n.clone();
            *less.last_mut().unwrap() -= 1;
            let other = curve.public(&less).unwrap();
            assert_eq!(coordinates(&other, curve.p.len()).unwrap().0, x, "{oid}");
            assert!(curve.public(&curve.n).is_none() && curve.public(&[0]).is_none());
        }
        assert_eq!(count, 35);
    }

    /// What the crates compute, for those that are in both.
    #[test]
    fn as_the_crates_compute_it() {
        use p256::elliptic_curve::sec1::ToSec1Point;
        let scalar = [0x42; 32];
        let key = p256::SecretKey::from_slice(&scalar).unwrap().public_key();
        let expected = key.to_sec1_point(false);
        assert_eq!(curve("P-256").public(&scalar).unwrap(), expected.as_bytes());
        let scalar = [0x42; 48];
        let key = p384::SecretKey::from_slice(&scalar).unwrap().public_key();
        let expected = key.to_sec1_point(false);
        assert_eq!(curve("P-384").public(&scalar).unwrap(), expected.as_bytes());
    }

    #[test]
    fn figures_that_are_no_curve_give_no_point() {
        let mut odd = curve("secp256k1");
        odd.b = vec![9];
        assert_eq!(odd.public(&[2]), None);
        let mut even = curve("secp256k1");
        *even.p.last_mut().unwrap() -= 1;
        assert_eq!(even.public(&[3]), None);
    }
}
