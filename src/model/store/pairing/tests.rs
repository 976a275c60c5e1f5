//! Work is counted here and not timed.

use super::*;
use crate::base::counted::COMPARED;
use crate::model::store::Value;

/// So many certificates, each with a signature of its own.
fn certificates(count: u32) -> Contents {
    let pem = include_str!("../../../../tests/vectors/pem-openssl-cert.pem");
    let lines = pem
        .lines()
        .skip_while(|line| !line.starts_with("-----BEGIN"));
    let base64: String = lines
        .skip(1)
        .take_while(|line| !line.starts_with('-'))
        .collect();
    let der = <base64ct::Base64 as base64ct::Encoding>::decode_vec(&base64).unwrap();
    let one = |number: u32| {
        let mut der = der.clone();
        let end = der.len();
        der[end - 4..].copy_from_slice(&number.to_be_bytes());
        let certificate = Certificate::parse(&der).unwrap();
        Item::new(Value::Certificate(Arc::new(certificate)))
    };
    Contents::of((0..count).map(one).collect())
}

#[test]
fn each_certificate_is_compared_with_its_own_kind_alone() {
    const COUNT: u32 = 2_000;
    let (one, other) = (certificates(COUNT), certificates(COUNT));
    COMPARED.set(0);
    let store = Store::of(&[(0, &one), (1, &other)]);
    let compared = COMPARED.get();
    assert_eq!(store.held.len(), COUNT as usize);
    assert!(store.held.iter().all(|held| held.files == [0, 1]));
    // Each of the second file with that of the first; the rest is chance.
    assert!(compared < 2 * COUNT as usize, "{compared} comparisons");
}

#[test]
fn a_revocation_list_is_not_copied() {
    let list: Arc<[u8]> = vec![0x30, 0].into();
    let contents = Contents::of(vec![Item::new(Value::Crl(list.clone()))]);
    let store = Store::of(&[(0, &contents.clone())]);
    let EntryKind::Crl(there) = &store.entries[0].kind else {
        panic!("a list is an entry");
    };
    assert!(Arc::ptr_eq(there, &list));
}
