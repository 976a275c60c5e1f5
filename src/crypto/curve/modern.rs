//! Curve448 and Edwards448: the public halves of X448 (RFC 7748) and Ed448 (RFC 8032) keys.

use sha3::Shake256;
use sha3::digest::{ExtendableOutput, Update, XofReader};
use zeroize::Zeroizing;

use super::{from_hex, times};
use crate::crypto::modular::{Modulus, Number, bits, swap};

/// 2^448 - 2^224 - 1
const P448: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
                    ffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

/// The public key of an X448 key (RFC 7748, 6.2).
pub(crate) fn x448(secret: &[u8; 56]) -> Option<Vec<u8>> {
    let mut scalar = Zeroizing::new(*secret);
    let [low, .., high] = &mut *scalar;
    *low &= 252;
    *high |= 128;
    ladder(&Modulus::new(&from_hex(P448))?, 39_081, 5, &*scalar)
}

/// RFC 7748, section 5: the u-coordinate of a multiple of the point with this u-coordinate, little-endian like the scalar.
fn ladder(f: &Modulus, a24: u32, base: u32, scalar: &[u8]) -> Option<Vec<u8>> {
    let scalar: Zeroizing<Vec<u8>> = Zeroizing::new(scalar.iter().rev().copied().collect());
    let (x1, a24) = (f.small(base), f.small(a24));
    let mut low = [f.small(1), f.small(0)];
    let mut high = [f.small(base), f.small(1)];
    for bit in bits(&scalar) {
        swap(&mut low, &mut high, bit);
        let (a, b) = (f.add(&low[0], &low[1]), f.sub(&low[0], &low[1]));
        let (aa, bb) = (f.mul(&a, &a), f.mul(&b, &b));
        let e = f.sub(&aa, &bb);
        let da = f.mul(&f.sub(&high[0], &high[1]), &a);
        let cb = f.mul(&f.add(&high[0], &high[1]), &b);
        let (sum, difference) = (f.add(&da, &cb), f.sub(&da, &cb));
        high = [
            f.mul(&sum, &sum),
            f.mul(&x1, &f.mul(&difference, &difference)),
        ];
        low = [f.mul(&aa, &bb), f.mul(&e, &f.add(&aa, &f.mul(&a24, &e)))];
        swap(&mut low, &mut high, bit);
    }
    let u = f.mul(&low[0], &f.inverse(&low[1])?);
    Some(f.write(&u).iter().rev().copied().collect())
}

/// d of x² + y² = 1 + d·x²·y² is this number's negative (RFC 8032, 5.2).
const MINUS_D: u32 = 39_081;
const BASE_X: &str = "4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324\
                      a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05e";
const BASE_Y: &str = "693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e\
                      05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14";

/// The public key of an Ed448 key (RFC 8032, 5.2.5).
pub(crate) fn ed448(secret: &[u8; 57]) -> Option<Vec<u8>> {
    let mut scalar = Zeroizing::new([0; 57]);
    // The digest's second half makes signatures and no public key.
    Shake256::default()
        .chain(secret)
        .finalize_xof()
        .read(&mut *scalar);
    let [low, .., high, last] = &mut *scalar;
    *low &= 252;
    *high |= 128;
    *last = 0;
    scalar.reverse();
    let f = Modulus::new(&from_hex(P448))?;
    let minus_d = f.small(MINUS_D);
    let base = [
        f.read(&from_hex(BASE_X)),
        f.read(&from_hex(BASE_Y)),
        f.small(1),
    ];
    let none = [f.small(0), f.small(1), f.small(1)];
    // RFC 8032, 5.2.4: complete, as d is no square.
    let add = |[x1, y1, z1]: &[Number; 3], [x2, y2, z2]: &[Number; 3]| {
        let a = f.mul(z1, z2);
        let b = f.mul(&a, &a);
        let (c, d) = (f.mul(x1, x2), f.mul(y1, y2));
        let minus_e = f.mul(&minus_d, &f.mul(&c, &d));
        let (big_f, g) = (f.add(&b, &minus_e), f.sub(&b, &minus_e));
        let h = f.mul(&f.add(x1, y1), &f.add(x2, y2));
        [
            f.mul(&a, &f.mul(&big_f, &f.sub(&f.sub(&h, &c), &d))),
            f.mul(&a, &f.mul(&g, &f.sub(&d, &c))),
            f.mul(&big_f, &g),
        ]
    };
    let [x, y, z] = times(&*scalar, none, base, add);
    let inverse = f.inverse(&z)?;
    let (x, y) = (f.mul(&x, &inverse), f.mul(&y, &inverse));
    let mut encoded: Vec<u8> = f.write(&y).iter().rev().copied().collect();
    encoded.push((f.write(&x).last()? & 1) << 7);
    Some(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::digest::hex;

    /// RFC 7748, 5.2: the first iteration starts from the base point, as a secret and as a point.
    #[test]
    fn montgomery_keys_as_the_rfc_prints_them() {
        let mut five = [0; 56];
        five[0] = 5;
        assert_eq!(
            hex(&x448(&five).unwrap()),
            "3f482c8a9f19b01e6c46ee9711d9dc14fd4bf67af30765c2ae2b846a4d23a8cd\
             0db897086239492caf350b51f833868b9bc2b3bca9cf4113"
        );
    }

    /// RFC 8032, 7.4: the blank message, and "11 octets".
    #[test]
    fn ed448_as_the_rfc_prints_it() {
        for (secret, public) in [
            (
                "6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3\
                 528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b",
                "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778\
                 edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
            ),
            (
                "cd23d24f714274e744343237b93290f511f6425f98e64459ff203e8985083ffd\
                 f60500553abc0e05cd02184bdb89c4ccd67e187951267eb328",
                "dcea9e78f35a1bf3499a831b10b86c90aac01cd84b67a0109b55a36e9328b1e3\
                 65fce161d71ce7131a543ea4cb5f7e9f1d8b00696447001400",
            ),
        ] {
            let secret = from_hex(secret).try_into().unwrap();
            assert_eq!(hex(&ed448(&secret).unwrap()), public);
        }
    }
}
