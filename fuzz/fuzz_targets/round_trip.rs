//! What opens as an identity is written for a target and read back equal: key, chain, each in every file of the target.
//!
//! The target is made up, of files that cost nothing to write; keys for the encrypted PEM are zeros on both ways. A key of
//! the vectors lies beside the fuzzer's file, so that a changed certificate still has one.

#![no_main]

use std::convert::Infallible;

use keyferry::store::EntryKind;
use keyferry::target::{File, FileKind};
use keyferry::{Conversion, ConversionStep, Password, Store, Target, Wish};
use keyferry_fuzz::{at, derive, open};
use libfuzzer_sys::fuzz_target;
use rand_core::{TryCryptoRng, TryRng};

const KEY: &[u8] = include_bytes!("../../tests/vectors/pkcs1-openssl-rsa-der.der");

const fn file(name: &'static str, kind: FileKind) -> File {
    File {
        name,
        description: "",
        kind,
    }
}

static TARGET: Target = Target {
    id: "round-trip",
    name: "a target made up",
    description: "",
    files: &[
        file("certificate.pem", FileKind::CertificatePem),
        file("key.pem", FileKind::KeyPem),
        file("encrypted.pem", FileKind::EncryptedKeyPem),
        file("keystore.jks", FileKind::Jks),
    ],
    password_rules: &[],
    alias_rules: &[],
    paste: |_| Vec::new(),
    source: "",
};

/// The same numbers each time, so that a finding can be found again.
struct Constant;

impl TryRng for Constant {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(4)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(4)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(4);
        Ok(())
    }
}

impl TryCryptoRng for Constant {}

fuzz_target!(|bytes: &[u8]| {
    let store = open(&[bytes, KEY]).store();
    for (index, entry) in store.entries.iter().enumerate() {
        match &entry.kind {
            EntryKind::PrivateKey { chain, .. } if !chain.is_empty() => {
                there_and_back(&store, index)
            }
            _ => {}
        }
    }
});

fn there_and_back(store: &Store, index: usize) {
    let wish = Wish {
        target: &TARGET,
        alias: "key".into(),
        password: Password::new("keyferry".into()),
        at: at(),
    };
    let mut conversion =
        Conversion::new(store, index, wish, &mut Constant).expect("an identity can be written");
    let converted = loop {
        match conversion.step().expect("what was written reads back") {
            ConversionStep::Derive(jobs) => {
                for job in jobs {
                    let key = derive(&job).expect("our own keys are short");
                    conversion.supply(job, key);
                }
            }
            ConversionStep::Done(converted) => break converted,
        }
    };
    // The conversion compared; this looks at what it gave through the front door.
    let keystore = &converted.files.last().expect("the target has files").bytes;
    let again = open(&[keystore]).store();
    let (before, after) = (
        &store.entries[index].kind,
        again.entries.first().map(|entry| &entry.kind),
    );
    let (
        EntryKind::PrivateKey { key, chain },
        Some(EntryKind::PrivateKey {
            key: read_key,
            chain: read_chain,
        }),
    ) = (before, after)
    else {
        panic!("the keystore holds no identity");
    };
    assert!(
        read_key == key && read_chain == chain,
        "the keystore holds another identity"
    );
}
