//! What is said where a signature cannot be verified.

use super::*;
use crate::asn1::ber::Oid;
use crate::asn1::der;
use crate::crypto::algorithm::ED25519;

/// A certificate of a CA for itself whose signature's algorithm nobody knows, with these key identifiers.
fn of_unknown_algorithm(own: &[u8], authority: &[u8]) -> Certificate {
    let algorithm = der::sequence(&[&der::object_identifier(Oid(&[42, 3, 4]))]);
    let ca = name::write(&[(name::COMMON_NAME, "CA")]);
    let day = |text: &[u8]| der::tlv(23, text);
    let key = der::sequence(&[&der::object_identifier(ED25519)]);
    let authority = der::sequence(&[&der::tlv(0x80, authority)]);
    let extensions = [
        extension::write(extension::SUBJECT_KEY_ID, false, &der::tlv(4, own)),
        extension::write(extension::AUTHORITY_KEY_ID, false, &authority),
    ];
    let tbs = der::sequence(&[
        &der::tlv(0xa0, &der::integer(&[2])),
        &der::integer(&[1]),
        &algorithm,
        &ca,
        &der::sequence(&[&day(b"260101000000Z"), &day(b"360101000000Z")]),
        &ca,
        &der::sequence(&[&key, &der::bit_string(&[7; 32])]),
        &der::tlv(0xa3, &der::list(0x30, &extensions)),
    ]);
    let whole = der::sequence(&[&tbs, &algorithm, &der::bit_string(b"signature")]);
    Certificate::parse(&whole).unwrap()
}

#[test]
fn key_identifiers_decide_where_a_signature_cannot_be_verified() {
    let same = of_unknown_algorithm(b"key", b"key");
    let verdict = same.verify(same.spki());
    assert!(matches!(verdict, Verdict::Unknown(_)), "{verdict:?}");
    assert!(same.is_self_issued() && same.is_self_signed());
    let other = of_unknown_algorithm(b"key", b"other key");
    assert!(other.is_self_issued() && !other.is_self_signed());
}
