//! Primes for RSA keys: FIPS 186-5, A.1.3 (random probable primes) and B.3.1 (Miller-Rabin), over `crypto-bigint`.
//!
//! The rsa crate's own search divides by a table of reciprocals and tests by Lucas besides: 60 KB of page that hardly
//! compress, for browsers that cannot make a key themselves. Here candidates are divided by small primes that are found
//! when they are needed, and nothing is carried for it. A candidate that fails is dropped and another one drawn, so each
//! prime is as likely as the next.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::base::error::Error;

/// The public exponent of every key that is made.
pub(super) const EXPONENT: u32 = 65_537;

/// Candidates are divided by the primes below this before they are tested.
const SMALL: u32 = 1 << 11;

/// Bases of Miller-Rabin: more than three times what FIPS 186-5, table B.1, asks for at these lengths; the search before
/// costs more.
const ROUNDS: usize = 16;

/// A prime of so many bits, a multiple of eight, that is usable with [`EXPONENT`]; its two highest bits are set, so that the
/// product of two has all its bits.
///
/// # Errors
///
/// [`Error::InconsistentKey`] where ten thousand times as many numbers as hold a prime hold none: the source of random
/// numbers is broken.
pub(super) fn prime(bits: u32, random: &mut dyn CryptoRng) -> Result<BoxedUint, Error> {
    let small = small_primes();
    let mut candidate = Zeroizing::new(vec![0; bits as usize / 8]);
    let last = candidate.len() - 1;
    for _ in 0..bits * 10_000 {
        random.fill_bytes(&mut candidate);
        candidate[0] |= 0b1100_0000;
        candidate[last] |= 1;
        if remainder(&candidate, EXPONENT) != 1
            && small.iter().all(|&prime| remainder(&candidate, prime) != 0)
            && is_prime(&candidate, random)
        {
            return Ok(BoxedUint::from_be_slice_vartime(&candidate));
        }
    }
    Err(Error::InconsistentKey {
        detail: "generation",
    })
}

/// Eratosthenes' sieve.
fn small_primes() -> Vec<u32> {
    let mut crossed = [false; SMALL as usize];
    let mut primes = Vec::new();
    for number in 2..SMALL {
        if !crossed[number as usize] {
            primes.push(number);
            (number * number..SMALL)
                .step_by(number as usize)
                .for_each(|multiple| crossed[multiple as usize] = true);
        }
    }
    primes
}

/// The remainder of a big-endian magnitude; the divisor has at most 24 bits.
fn remainder(magnitude: &[u8], divisor: u32) -> u32 {
    magnitude
        .iter()
        .fold(0, |rest, &byte| (rest << 8 | u32::from(byte)) % divisor)
}

/// Miller and Rabin's test of an odd number with random bases.
fn is_prime(magnitude: &[u8], random: &mut dyn CryptoRng) -> bool {
    let number = Zeroizing::new(BoxedUint::from_be_slice_vartime(magnitude));
    let Some(modulus) = Option::<Odd<BoxedUint>>::from(Odd::new((*number).clone())) else {
        return false;
    };
    let modulus = BoxedMontyParams::new(modulus);
    let one = BoxedMontyForm::one(&modulus);
    let less_one = Zeroizing::new(one.neg());
    // number − 1 = odd · 2^twos
    let even = Zeroizing::new(number.wrapping_sub(BoxedUint::one()));
    let twos = even.trailing_zeros_vartime();
    let odd = Zeroizing::new(&*even >> twos);
    let mut base = Zeroizing::new(vec![0; magnitude.len()]);
    (0..ROUNDS).all(|_| {
        random.fill_bytes(&mut base);
        // The number's highest bit is set, so this is below it, and not 0 or 1 but by a chance that never comes.
        base[0] &= 0b0111_1111;
        let base = BoxedUint::from_be_slice_vartime(&base);
        let mut power = Zeroizing::new(BoxedMontyForm::new(base, &modulus).pow(&odd));
        if *power == one || *power == *less_one {
            return true;
        }
        (1..twos).any(|_| {
            *power = power.square();
            *power == *less_one
        })
    })
}

#[cfg(test)]
mod tests {
    use crypto_bigint::ConcatenatingMul;

    use super::*;

    fn tested(hex: &str) -> bool {
        let bytes: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect();
        is_prime(&bytes, &mut rand_core::UnwrapErr(getrandom::SysRng))
    }

    #[test]
    fn small_primes_are_all_there() {
        let primes = small_primes();
        assert_eq!(primes[..6], [2, 3, 5, 7, 11, 13]);
        assert_eq!((primes.len(), primes.last()), (309, Some(&2039)));
    }

    /// The primes of the curves P-256 and P-384, and what is none: one bit away, a product of two of them, and the
    /// Carmichael numbers (6k + 1)(12k + 1)(18k + 1), which fool Fermat's test for every base.
    #[test]
    fn primes_are_told_from_the_rest() {
        let p256 = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        let p384 = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
                    ffffffff0000000000000000ffffffff";
        assert!(tested(p256) && tested(p384));
        assert!(!tested(
            &p256.replace("ffffffff00000001", "ffffffff00000003")
        ));
        let [one, other] =
            [p256, p384].map(|hex| BoxedUint::from_str_radix_vartime(hex, 16).unwrap());
        assert!(!tested(&format!("{:x}", one.concatenating_mul(&other))));
        // From here on the product has 64 bits, the highest of them set.
        let carmichael = (193_000_u64..).filter_map(|k| {
            let factors = [6 * k + 1, 12 * k + 1, 18 * k + 1];
            let prime = |number: &u64| (2..2_200).all(|small| !number.is_multiple_of(small));
            factors
                .iter()
                .all(prime)
                .then(|| factors.iter().product::<u64>())
        });
        for number in carmichael.take(3) {
            assert!(!tested(&format!("{number:016x}")), "{number}");
        }
    }

    #[test]
    fn a_prime_is_usable_for_a_key() {
        let random = &mut rand_core::UnwrapErr(getrandom::SysRng);
        let prime = prime(512, random).unwrap().to_be_bytes();
        assert_eq!(prime.len(), 64);
        assert!(prime[0] >= 0b1100_0000);
        assert_ne!(remainder(&prime, EXPONENT), 1);
    }

    /// Zeros alone give 2^63 + 2^62 + 1 for ever, which is divisible by 13.
    #[test]
    fn a_broken_source_is_an_error_and_no_endless_search() {
        struct Zeros;
        impl rand_core::TryRng for Zeros {
            type Error = core::convert::Infallible;
            fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
                Ok(0)
            }
            fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
                Ok(0)
            }
            fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
                bytes.fill(0);
                Ok(())
            }
        }
        impl rand_core::TryCryptoRng for Zeros {}
        assert!(prime(64, &mut Zeros).is_err());
    }
}
