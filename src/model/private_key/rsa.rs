//! RSA keys (RFC 8017): whether their numbers fit each other.

use std::ops::Range;

use crypto_bigint::{BoxedUint, ConcatenatingMul};
use zeroize::Zeroizing;

use super::WHAT;
use crate::asn1::ber::{self, Node, bit_length, significant};
use crate::base::error::Error;
use crate::crypto::modular::{Modulus, is_below};

/// Larger keys exist nowhere; the figure keeps the check of a hostile one short.
const BITS_LIMIT: u32 = 16_384;
/// OpenSSL makes keys of five primes at most.
const PRIMES_LIMIT: usize = 16;

/// One prime with the private exponent and the coefficient that belong to it.
struct Prime<'a> {
    prime: &'a [u8],
    exponent: &'a [u8],
    /// The inverse of `of`, modulo the prime.
    coefficient: &'a [u8],
}

/// Modulus and public exponent, once the private numbers were found to fit them.
pub(super) fn public<'a>(node: &Node<'a>) -> Result<(&'a [u8], &'a [u8]), Error> {
    let read = || -> ber::Result<_> {
        let mut parts = node.sequence()?;
        parts.next()?.count()?;
        let mut numbers = [&[][..]; 8];
        for number in &mut numbers {
            *number = parts.next()?.magnitude()?;
        }
        // OtherPrimeInfos ::= SEQUENCE OF SEQUENCE { prime, exponent, coefficient }, in keys of more than two primes
        let mut others = Vec::new();
        for other in parts.rest().first().map_or(&[][..], Node::nodes) {
            let mut parts = other.sequence()?;
            others.push(Prime {
                prime: parts.next()?.magnitude()?,
                exponent: parts.next()?.magnitude()?,
                coefficient: parts.next()?.magnitude()?,
            });
        }
        Ok((numbers, others))
    };
    let ([n, e, d, p, q, dp, dq, q_inverse], others) = read().map_err(|fault| fault.of(WHAT))?;
    let inconsistent = |detail| Err(Error::InconsistentKey { detail });
    let first = |prime, exponent| Prime {
        prime,
        exponent,
        coefficient: q_inverse,
    };
    let primes: Vec<Prime<'_>> = [first(p, dp), first(q, dq)]
        .into_iter()
        .chain(others)
        .collect();
    let fits = |number: &[u8]| is_below(number, n);
    let sized = primes
        .iter()
        .flat_map(|prime| [prime.prime, prime.exponent, prime.coefficient])
        .chain([e, d])
        .all(fits);
    if !sized || e.is_empty() || bit_length(n) > BITS_LIMIT || primes.len() > PRIMES_LIMIT {
        return inconsistent("rsa-size");
    }
    let mut product = Zeroizing::new(BoxedUint::one());
    for Prime { prime, .. } in &primes {
        let prime = Zeroizing::new(BoxedUint::from_be_slice_vartime(prime));
        product = Zeroizing::new(product.concatenating_mul(&*prime));
    }
    let product = Zeroizing::new(product.to_be_bytes().into_vec());
    if significant(&product) != n {
        return inconsistent("rsa-primes");
    }
    for Prime {
        prime, exponent, ..
    } in &primes
    {
        let undoes = || {
            let mut less_one = Zeroizing::new(BoxedUint::from_be_slice_vartime(prime));
            less_one.wrapping_sub_assign(BoxedUint::one());
            let less_one = Zeroizing::new(less_one.to_be_bytes().into_vec());
            let modulus = Modulus::new(&less_one)?;
            let (d, e) = (modulus.read(d), modulus.read(e));
            Some(
                modulus.mul(&d, &e) == modulus.small(1)
                    && d == modulus.read(exponent)
                    && is_below(exponent, &less_one),
            )
        };
        if undoes() != Some(true) {
            return inconsistent("rsa-exponent");
        }
    }
    // The first coefficient is of the second prime, modulo the first; each further one is of all primes before it.
    let factors = |range: Range<usize>| primes.get(range).unwrap_or_default();
    let further = primes.iter().enumerate().skip(2);
    let further = further.map(|(at, one)| (one.prime, one.coefficient, factors(0..at)));
    let coefficients = std::iter::once((p, q_inverse, factors(1..2))).chain(further);
    for (prime, coefficient, of) in coefficients {
        let inverse = || {
            let modulus = Modulus::new(prime)?;
            let product = of
                .iter()
                .fold(modulus.read(coefficient), |product, factor| {
                    modulus.mul(&product, &modulus.read(factor.prime))
                });
            Some(product == modulus.small(1))
        };
        if inverse() != Some(true) {
            return inconsistent("rsa-coefficient");
        }
    }
    Ok((n, e))
}
