//! What opens as an identity is written for a target and read back equal: key, chain, each in every file of the target.
//!
//! The files are those that cost little to write: the encrypted PEM has the fewest iterations that can be asked for, since the
//! second reader derives its key by itself. A key of the vectors lies beside the fuzzer's file, so that a changed certificate
//! still has one.

use std::convert::Infallible;

use super::super::{at, derive, open};
use keyferry::model::store::EntryKind;
use keyferry::{Conversion, ConversionOptions, ConversionStep, OptionsInput, Password, Store};
use rand_core::{TryCryptoRng, TryRng};
use serde_json::json;

const KEY: &[u8] = include_bytes!("../../../tests/vectors/pkcs1-openssl-rsa-der.der");

/// What is written of each identity; the keystore last.
fn request(entry: usize) -> OptionsInput {
    let request = json!({
        "target": "custom",
        "entries": [{ "entry": entry, "alias": "key" }],
        "iterations": 1000,
        "files": [
            { "name": "certificate.pem", "form": "certificates", "which": "whole-chain" },
            { "name": "bag.p7b", "form": "certificate-bag" },
            { "name": "public.pem", "form": "public-key" },
            { "name": "key.pem", "form": "private-key", "protection": "none" },
            { "name": "encrypted.pem", "form": "private-key" },
            { "name": "keystore.jks", "form": "java" },
        ],
    });
    let mut request: OptionsInput = serde_json::from_value(request).expect("the request is one");
    request.at = at().unix_timestamp() * 1000;
    request
}

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

/// Runs one input.
pub fn run(bytes: &[u8]) {
    let store = open(&[bytes, KEY]).store();
    for (index, entry) in store.entries.iter().enumerate() {
        match &entry.kind {
            EntryKind::PrivateKey { chain, .. } if !chain.is_empty() => {
                there_and_back(&store, index)
            }
            _ => {}
        }
    }
}

fn there_and_back(store: &Store, index: usize) {
    let password = Password::new("keyferry".into());
    let options =
        ConversionOptions::new(request(index), password, None).expect("the options are valid");
    let mut conversion =
        Conversion::new(store, options, &mut Constant).expect("an identity can be written");
    let converted = loop {
        match conversion.step().expect("what was written reads back") {
            ConversionStep::Derive(jobs) => {
                for job in jobs {
                    let key = derive(&job).expect("our own keys are short");
                    conversion.supply(job, Ok(key));
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
