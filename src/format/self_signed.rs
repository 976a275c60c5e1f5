//! A certificate that signs itself.

use time::OffsetDateTime;

use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::crypto::digest::Digest;
use crate::model::certificate::{Certificate, extension};
use crate::model::private_key::PrivateKey;

/// What a certificate of one's own is made of.
pub(crate) struct SelfSigned<'a> {
    /// DER of the Name, for subject and issuer.
    pub(crate) subject: &'a [u8],
    /// DER of each extension.
    pub(crate) extensions: Vec<Vec<u8>>,
    pub(crate) serial: [u8; 16],
    pub(crate) not_before: OffsetDateTime,
    pub(crate) not_after: OffsetDateTime,
}

/// Writes and signs it.
pub(crate) fn self_signed(wanted: &SelfSigned<'_>, key: &PrivateKey) -> Result<Certificate, Error> {
    let cannot = || Error::CannotSign {
        key: key.algorithm().words(),
    };
    let spki = key.spki().ok_or_else(cannot)?;
    // The algorithm stands inside what is signed too, so it is asked for before there is anything to sign.
    let algorithm = key.sign(&[])?.algorithm;
    let mut extensions = vec![extension::write(
        extension::SUBJECT_KEY_ID,
        false,
        &der::tlv(4, &Digest::Sha1.of(&[spki])),
    )];
    extensions.extend_from_slice(&wanted.extensions);
    let mut serial = wanted.serial;
    // Positive, and of the same length for every certificate.
    serial[0] = serial[0] & 0x7f | 0x40;
    let tbs = der::sequence(&[
        &der::tlv(0xa0, &der::integer(&[2])),
        &der::integer(&serial),
        &algorithm,
        wanted.subject,
        &der::sequence(&[&instant(wanted.not_before), &instant(wanted.not_after)]),
        wanted.subject,
        spki,
        &der::tlv(0xa3, &der::list(0x30, &extensions)),
    ]);
    let signed = key.sign(&tbs)?;
    let bits = der::bit_string(&signed.signature);
    Certificate::parse(&der::sequence(&[&tbs, &signed.algorithm, &bits]))
}

/// UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5).
fn instant(at: OffsetDateTime) -> Der {
    let (year, tag) = match at.year() {
        year @ 1950..=2049 => (format!("{:02}", year % 100), 23),
        year => (format!("{year:04}"), 24),
    };
    let (month, day) = (u8::from(at.month()), at.day());
    let (hour, minute, second) = at.to_hms();
    let text = format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    der::tlv(tag, text.as_bytes())
}
