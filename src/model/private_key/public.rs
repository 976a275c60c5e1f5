//! Public halves computed from private ones.

use p256::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use p256::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize, SecretKey};
use zeroize::Zeroizing;

use super::WHAT;
use crate::asn1::ber::{self, Node, OCTET_STRING, SEQUENCE, bit_length, significant};
use crate::asn1::der;
use crate::base::error::Error;
use crate::base::secret::SecretDer;
use crate::crypto::algorithm;
use crate::crypto::curve::{Curve, coordinates, modern};
use crate::crypto::modular::{Modulus, is_below};

/// Larger DSA primes, and larger groups, exist nowhere; the figures keep the check of a hostile key short.
const DSA_LIMITS: (u32, u32) = (10_000, 512);

/// Larger DH primes are kept, without a look at what they give.
const DH_BITS_LIMIT: u32 = 4096;

/// The bits of the public key for a key that is neither RSA nor on a Weierstrass curve; `None` where they cannot be computed.
pub(super) fn of(identifier: &Node<'_>, inner: &SecretDer) -> Result<Option<Vec<u8>>, Error> {
    let mut parts = identifier.sequence().map_err(|fault| fault.of(WHAT))?;
    let oid = parts
        .next()
        .and_then(Node::oid)
        .map_err(|fault| fault.of(WHAT))?;
    match oid {
        algorithm::DSA => match parts.rest().first() {
            Some(parameters) if parameters.tag == SEQUENCE => dsa(parameters, inner).map(Some),
            // RFC 3279, 2.3.2: the parameters may be those of the issuer, which nobody here knows.
            _ => Ok(None),
        },
        algorithm::DH | algorithm::DH_X942 => match parts.rest().first() {
            Some(parameters) => dh(parameters, inner),
            None => Ok(None),
        },
        algorithm::ED25519 => curve_key(inner, "ed25519-size", |seed| {
            let key = ed25519_dalek::SigningKey::from_bytes(seed);
            Some(key.verifying_key().to_bytes().to_vec())
        }),
        algorithm::ED448 => curve_key(inner, "ed448-size", modern::ed448),
        algorithm::X25519 => curve_key(inner, "x25519-size", |secret| {
            let base = x25519_dalek::X25519_BASEPOINT_BYTES;
            Some(x25519_dalek::x25519(*secret, base).to_vec())
        }),
        algorithm::X448 => curve_key(inner, "x448-size", modern::x448),
        _ => Ok(None),
    }
}

/// CurvePrivateKey ::= OCTET STRING (RFC 8410, section 7).
fn curve_key<const N: usize>(
    inner: &SecretDer,
    detail: &'static str,
    public: impl Fn(&[u8; N]) -> Option<Vec<u8>>,
) -> Result<Option<Vec<u8>>, Error> {
    let secret = Node::parse(inner.expose()).map_err(|fault| fault.of(WHAT))?;
    let secret = secret.primitive(OCTET_STRING).ok();
    secret
        .and_then(|secret| public(secret.try_into().ok()?))
        .map(Some)
        .ok_or(Error::InconsistentKey { detail })
}

/// The public number y = g^x mod p as an INTEGER (RFC 3279, 2.3.2), of Dss-Parms ::= SEQUENCE { p, q, g } and x.
fn dsa(parameters: &Node<'_>, inner: &SecretDer) -> Result<Vec<u8>, Error> {
    let read = || -> ber::Result<_> {
        let mut parts = parameters.sequence()?;
        let mut next = || parts.next()?.magnitude();
        let (p, q, g) = (next()?, next()?, next()?);
        let x = Node::parse(inner.expose())?.magnitude()?;
        Ok((p, q, g, x))
    };
    let (p, q, g, x) = read().map_err(|fault| fault.of(WHAT))?;
    let inconsistent = |detail| Err(Error::InconsistentKey { detail });
    if bit_length(p) > DSA_LIMITS.0
        || bit_length(q) > DSA_LIMITS.1
        || !is_below(q, p)
        || !is_below(g, p)
    {
        return inconsistent("dsa-size");
    }
    if x.is_empty() || !is_below(x, q) {
        return inconsistent("group-number");
    }
    let Some(field) = Modulus::new(p) else {
        return inconsistent("dsa-size");
    };
    let g = field.read(g);
    if g == field.small(1) || field.pow(&g, q) != Some(field.small(1)) {
        return inconsistent("group-generator");
    }
    // It has a power of the same base already, so it has this one.
    let y = field.pow(&g, x).ok_or(Error::InconsistentKey {
        detail: "group-generator",
    })?;
    let y = field.write(&y);
    Ok(der::public(der::integer(&y)))
}

/// As DSA's, of DHParameter ::= SEQUENCE { p, g, … } (PKCS#3) or DomainParameters ::= SEQUENCE { p, g, q, … } (RFC 3279, 2.3.3).
/// A prime so large that the power would take seconds is left alone.
fn dh(parameters: &Node<'_>, inner: &SecretDer) -> Result<Option<Vec<u8>>, Error> {
    let read = || -> ber::Result<_> {
        let mut parts = parameters.sequence()?;
        let (p, g) = (parts.next()?.magnitude()?, parts.next()?.magnitude()?);
        Ok((p, g, Node::parse(inner.expose())?.magnitude()?))
    };
    let (p, g, x) = read().map_err(|fault| fault.of(WHAT))?;
    if x.is_empty() || !is_below(x, p) || !is_below(g, p) {
        let detail = "group-number";
        return Err(Error::InconsistentKey { detail });
    }
    let field = Modulus::new(p).filter(|_| bit_length(p) <= DH_BITS_LIMIT);
    let y = field.and_then(|field| Some(field.write(&field.pow(&field.read(g), x)?)));
    Ok(y.map(|y| der::public(der::integer(&y))))
}

/// The public point of a scalar, in the form in which the key brings it along, else uncompressed. The one brought along must
/// be that one; on a curve that is not supported it is taken as it is.
pub(super) fn ec_point(
    curve: Option<&Curve>,
    scalar: &[u8],
    brought: Option<&[u8]>,
) -> Result<Option<Vec<u8>>, Error> {
    let brought = brought
        .and_then(|bits| bits.split_first())
        .map(|(_, point)| point);
    let Some(curve) = curve else {
        return Ok(brought.map(<[u8]>::to_vec));
    };
    let computed = match curve.name {
        Some("P-256") => point::<p256::NistP256>(scalar),
        Some("P-384") => point::<p384::NistP384>(scalar),
        Some("P-521") => point::<p521::NistP521>(scalar),
        _ => curve.public(scalar),
    };
    let computed = computed.ok_or(Error::InconsistentKey {
        detail: "curve-number",
    })?;
    match brought {
        None => Ok(Some(computed)),
        Some(brought) if same_point(&computed, brought) => Ok(Some(brought.to_vec())),
        Some(_) => Err(Error::InconsistentKey {
            detail: "curve-point",
        }),
    }
}

/// Whether a point is this uncompressed one: the same, or x with the last bit of y (SEC 1, 2.3.3), or all of it (the hybrid
/// form of X9.62).
fn same_point(uncompressed: &[u8], other: &[u8]) -> bool {
    let Some((x, y)) = coordinates(uncompressed, uncompressed.len() / 2) else {
        return false;
    };
    let odd = y.last().map_or(0, |byte| byte & 1);
    let whole = uncompressed.get(1..);
    match other.split_first() {
        Some((4, point)) => whole == Some(point),
        Some((&kind @ (2 | 3), point)) => kind == 2 | odd && x == point,
        Some((&kind @ (6 | 7), point)) => kind == 6 | odd && whole == Some(point),
        _ => false,
    }
}

fn point<C>(scalar: &[u8]) -> Option<Vec<u8>>
where
    C: CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    // RFC 5915 wants the curve's length; OpenSSL before 1.0.2 left leading zeros out, others add some.
    let size = FieldBytes::<C>::default().len();
    let digits = significant(scalar);
    let mut padded = Zeroizing::new(vec![0; size.checked_sub(digits.len())?]);
    padded.extend_from_slice(digits);
    let key = SecretKey::<C>::from_slice(&padded).ok()?;
    Some(key.public_key().to_sec1_point(false).as_bytes().to_vec())
}
