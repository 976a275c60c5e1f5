//! Lists made and signed here: which are used, and how long a large one takes.

use super::*;
use crate::asn1::der;
use crate::format::crl::REASON;
use crate::format::self_signed::{SelfSigned, self_signed};
use crate::model::private_key::PrivateKey;
use crate::opening::{Opening, Step};
use crate::request::KeyKind;

const FROM: &[u8] = b"261101000000Z";
const NEXT: &[u8] = b"261201000000Z";

struct Ca {
    key: PrivateKey,
    certificate: Certificate,
}

impl Ca {
    fn new() -> Self {
        let key = KeyKind::P256
            .make(&mut rand_core::UnwrapErr(getrandom::SysRng))
            .unwrap();
        let wanted = SelfSigned {
            subject: &name::write(&[(name::COMMON_NAME, "CA")]),
            extensions: Vec::new(),
            serial: [7; 16],
            not_before: at(0),
            not_after: at(400),
        };
        let certificate = self_signed(&wanted, &key).unwrap();
        Self { key, certificate }
    }

    /// A list of these serials, the last with a reason, made by this CA and signed with this key.
    fn list(
        &self,
        serials: &[&[u8]],
        next: &[u8],
        key: &PrivateKey,
        extensions: &[Vec<u8>],
    ) -> Vec<u8> {
        let reason = extension::write(REASON, false, &[10, 1, 1]);
        let mut entries = Vec::new();
        for serial in serials {
            entries.extend_from_slice(&der::sequence(&[
                &der::integer(serial),
                &der::tlv(23, FROM),
                &der::sequence(&[&reason]),
            ]));
        }
        let algorithm = key.sign(b"").unwrap().algorithm;
        let extensions = match extensions {
            [] => der::Der::default(),
            all => der::tlv(0xa0, &der::list(0x30, all)),
        };
        let tbs = der::sequence(&[
            &der::integer(&[1]),
            &algorithm,
            self.certificate.subject(),
            &der::tlv(23, FROM),
            &der::tlv(23, next),
            &der::tlv(0x30, &entries),
            &extensions,
        ]);
        let signed = key.sign(&tbs).unwrap();
        let bits = der::bit_string(&signed.signature);
        der::public(der::sequence(&[&tbs, &signed.algorithm, &bits]))
    }
}

/// Days after 2026-11-01.
fn at(days: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_793_491_200).unwrap() + time::Duration::days(days)
}

fn judge(files: &[&[u8]], day: i64) -> Revocations {
    let mut opening = Opening::default();
    for (id, file) in (0..).zip(files) {
        opening.add(id, "file", file);
    }
    assert!(matches!(opening.step(), Step::Done));
    revocations(&opening.store(), at(day))
}

fn codes(found: &Revocations) -> Vec<&str> {
    found.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_list_is_used_only_where_it_may_be() {
    let ca = Ca::new();
    // The CA's own certificate stands for those it issued: its issuer is the CA too.
    let own = ca.certificate.serial_digits().to_vec();
    let certificate = ca.certificate.der();
    let good = ca.list(&[&[1], &own], NEXT, &ca.key, &[]);
    let found = judge(&[certificate, &good], 10);
    assert_eq!(codes(&found), ["revoked", "crl-used"]);
    assert_eq!(found.revoked[0].reason, Some("key compromise"));
    assert_eq!(
        found.findings[0].message,
        "The CA revoked “CA” on 2026-11-01. Reason: key compromise."
    );
    assert_eq!(
        (found.findings[0].entry, found.findings[1].entry),
        (Some(0), Some(1))
    );
    assert_eq!(codes(&judge(&[certificate, &good], 40)), ["crl-stale"]);
    assert_eq!(codes(&judge(&[certificate, &good], -3)), ["crl-not-yet"]);
    assert_eq!(codes(&judge(&[&good], 10)), ["crl-issuer-missing"]);
    let forged = ca.list(&[&own], NEXT, &Ca::new().key, &[]);
    assert_eq!(
        codes(&judge(&[certificate, &forged], 10)),
        ["crl-signature"]
    );
    let delta = extension::write(extension::DELTA_CRL, true, &[2, 1, 1]);
    let delta = ca.list(&[&own], NEXT, &ca.key, &[delta]);
    assert_eq!(
        codes(&judge(&[certificate, &delta], 10)),
        ["crl-unsupported"]
    );
    let indirect = extension::write(
        extension::ISSUING_DISTRIBUTION_POINT,
        true,
        &[0x30, 3, 0x84, 1, 0xff],
    );
    let indirect = ca.list(&[&own], NEXT, &ca.key, &[indirect]);
    assert_eq!(
        codes(&judge(&[certificate, &indirect], 10)),
        ["crl-unsupported"]
    );
    let users = extension::write(
        extension::ISSUING_DISTRIBUTION_POINT,
        true,
        &[0x30, 3, 0x81, 1, 0xff],
    );
    let users = ca.list(&[&[9]], NEXT, &ca.key, &[users]);
    assert_eq!(codes(&judge(&[certificate, &users], 10)), ["crl-used"]);
}

#[test]
fn twenty_megabytes_are_walked_over_once() {
    let ca = Ca::new();
    let own = ca.certificate.serial_digits().to_vec();
    let numbers: Vec<[u8; 16]> = (0..430_000_u128)
        .map(|number| (number << 64 | 1 << 120).to_be_bytes())
        .collect();
    let mut serials: Vec<&[u8]> = numbers.iter().map(|number| &number[..]).collect();
    serials.push(&own);
    let list = ca.list(&serials, NEXT, &ca.key, &[]);
    assert!(list.len() > 20 << 20, "{}", list.len());
    let start = std::time::Instant::now();
    let found = judge(&[ca.certificate.der(), &list], 10);
    let took = start.elapsed();
    println!(
        "{} bytes, {} entries: {} ms",
        list.len(),
        serials.len(),
        took.as_millis()
    );
    assert_eq!(codes(&found), ["revoked", "crl-used"]);
    // Far below what anything that is quadratic would take, and far above what a busy machine does.
    assert!(took.as_secs() < 20, "{took:?}");
}
