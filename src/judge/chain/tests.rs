//! How much work a chain can make: many certificates of one name are a way to make it.

use super::*;
use crate::asn1::der;
use crate::base::counted::VERIFIED;
use crate::model::private_key::PrivateKey;
use crate::request::KeyKind;

/// More certificates than signatures are verified.
const MANY: u8 = 250;

fn key() -> PrivateKey {
    let random = &mut rand_core::UnwrapErr(getrandom::SysRng);
    KeyKind::P256.make(random).unwrap()
}

/// A certificate of version 1 for the key `holder`, signed with the key `signer`.
fn issued(
    serial: u8,
    [subject, issuer]: [&str; 2],
    holder: &PrivateKey,
    signer: &PrivateKey,
) -> Arc<Certificate> {
    let named = |text| name::write(&[(name::COMMON_NAME, text)]);
    let algorithm = signer.sign(&[]).unwrap().algorithm;
    let day = |text: &[u8]| der::tlv(23, text);
    let tbs = der::sequence(&[
        &der::integer(&[serial]),
        &algorithm,
        &named(issuer),
        &der::sequence(&[&day(b"260101000000Z"), &day(b"360101000000Z")]),
        &named(subject),
        holder.spki().unwrap(),
    ]);
    let signed = signer.sign(&tbs).unwrap();
    let bits = der::bit_string(&signed.signature);
    let der = der::sequence(&[&tbs, &algorithm, &bits]);
    Arc::new(Certificate::parse(&der).unwrap())
}

fn at() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_305_600).unwrap()
}

/// The signatures that a chain takes.
fn verified(
    leaf: &Arc<Certificate>,
    others: &[Arc<Certificate>],
    company: &[Arc<Certificate>],
) -> usize {
    VERIFIED.set(0);
    chain(leaf, others, company, at());
    VERIFIED.get()
}

#[test]
fn signatures_of_company_roots_count() {
    let (ca, other) = (key(), key());
    let leaf = issued(1, ["leaf", "CA"], &other, &other);
    let root = |serial| issued(serial, ["CA", "CA"], &ca, &ca);
    let company: Vec<_> = (0..=MANY).chain(0..=MANY).map(root).collect();
    let verified = verified(&leaf, &[], &company);
    assert!(verified <= SIGNATURE_LIMIT, "{verified} signatures");
}

#[test]
fn whether_a_certificate_signed_itself_counts() {
    let (ca, holder) = (key(), key());
    let leaf = issued(1, ["leaf", "CA"], &holder, &ca);
    let others: Vec<_> = (0..=MANY)
        .map(|serial| issued(serial, ["CA", "CA"], &ca, &ca))
        .collect();
    let verified = verified(&leaf, &others, &[]);
    assert!(verified <= SIGNATURE_LIMIT, "{verified} signatures");
}

#[test]
fn one_name_twice_is_no_signature_by_its_own_key() {
    let (old, new, holder) = (key(), key(), key());
    let old_with_new = issued(1, ["CA", "CA"], &old, &new);
    let new_root = issued(2, ["CA", "CA"], &new, &new);
    let leaf = issued(3, ["leaf", "CA"], &holder, &old);
    assert!(old_with_new.is_self_issued() && !old_with_new.is_self_signed());
    assert!(new_root.is_self_signed());
    let built = chain(&leaf, &[new_root.clone(), old_with_new.clone()], &[], at());
    assert_eq!(built.links, [leaf, old_with_new, new_root]);
    assert!(matches!(built.end, End::PrivateRoot(_)));
}
