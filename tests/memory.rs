//! No block of memory is freed with a private key in it: not where files are opened, not where they are written, and not
//! where keys are made.
//!
//! The allocator of these tests looks at each block that is freed. What lies on the stack it does not see.

use std::collections::BTreeMap;
use std::convert::Infallible;

use freed::{Watching, watch};
use keyferry::model::private_key::PrivateKey;
use keyferry::model::store::EntryKind;
use keyferry::request::KeyKind;
use keyferry::{Conversion, ConversionOptions, ConversionStep, Opening, Password, Step, Store};
use rand_core::{TryCryptoRng, TryRng, UnwrapErr};
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: Watching = Watching;

const PASSWORD: &str = "Keyferry-2026";

fn vector(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn open(name: &str, bytes: &[u8], passwords: &[String]) -> Store {
    let mut opening = Opening::default();
    opening.add(0, name, bytes);
    for password in passwords {
        opening.password(Password::new(password.clone()));
    }
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let key = job.derive(&mut |_| ());
            opening.supply(job, key);
        }
    }
    opening.store()
}

fn keys(store: &Store) -> impl Iterator<Item = &PrivateKey> {
    store.entries.iter().filter_map(|entry| match &entry.kind {
        EntryKind::PrivateKey { key, .. } => Some(&**key),
        _ => None,
    })
}

/// The numbers of private keys: each as it is, and turned round, as arithmetic has it.
fn secrets<'k>(keys: impl Iterator<Item = &'k PrivateKey>) -> Vec<Vec<u8>> {
    let mut secrets = Vec::new();
    for key in keys {
        numbers(key.pkcs8().expose(), &mut |number| {
            let is_public = |spki: &[u8]| spki.windows(number.len()).any(|part| part == number);
            if number.len() >= freed::WINDOW && !key.spki().is_some_and(is_public) {
                secrets.push(number.to_vec());
                secrets.push(number.iter().rev().copied().collect());
            }
        });
    }
    secrets
}

/// The magnitudes of INTEGERs and the contents of OCTET STRINGs, as deep as they lie. Answers whether the bytes are DER.
fn numbers(mut bytes: &[u8], tell: &mut dyn FnMut(&[u8])) -> bool {
    while let [tag, length, rest @ ..] = bytes {
        let digits = usize::from(length & 0x7f);
        let (length, rest) = match length {
            0..0x80 => (usize::from(*length), rest),
            _ if digits > rest.len() || digits > 4 => return false,
            _ => {
                let (length, rest) = rest.split_at(digits);
                (
                    length
                        .iter()
                        .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
                    rest,
                )
            }
        };
        if length > rest.len() {
            return false;
        }
        let (contents, rest) = rest.split_at(length);
        bytes = rest;
        match tag {
            2 => {
                let zeros = contents.iter().take_while(|byte| **byte == 0).count();
                tell(&contents[zeros..]);
            }
            4 if !numbers(contents, &mut |_| ()) => tell(contents),
            4 | 0x30 => {
                numbers(contents, tell);
            }
            _ => {}
        }
    }
    bytes.is_empty()
}

/// Where blocks were freed, without the frames of this test and the allocator, each place once.
fn places(found: Vec<String>) -> Vec<String> {
    let own = |frame: &&str| {
        frame.contains("/src/") && frame.contains("at ./") && !frame.contains("/freed/")
    };
    let mut places: Vec<String> = found
        .iter()
        .map(|one| {
            one.lines()
                .filter(own)
                .map(str::trim)
                .take(4)
                .collect::<Vec<_>>()
                .join(" < ")
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

#[test]
fn a_copy_that_is_not_wiped_is_seen() {
    let secret: Vec<u8> = (1..=64).collect();
    let held = secret.clone();
    let secrets = [secret.clone()];
    let ((), found) = watch(&secrets, || drop(held));
    assert_eq!(found.len(), 1);
    // What grows leaves a block behind.
    let mut grows = secret[..20].to_vec();
    let (grows, found) = watch(&secrets, || {
        grows.reserve(4_000);
        grows
    });
    assert_eq!((found.len(), grows.len()), (1, 20));
    let wiped = keyferry::base::secret::SecretDer::new(secret);
    let ((), found) = watch(&secrets, || drop(wiped));
    assert!(found.is_empty());
}

#[test]
fn files_are_opened_without_a_trace() {
    let manifest: Vec<Value> = serde_json::from_slice(&vector("manifest.json")).unwrap();
    let mut traces: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut watched = 0;
    for line in &manifest {
        let has_key = line["keys"].as_array().is_some_and(|keys| !keys.is_empty());
        if !has_key {
            continue;
        }
        let name = line["file"].as_str().unwrap();
        let passwords: Vec<String> = serde_json::from_value(line["passwords"].clone()).unwrap();
        let bytes = vector(name);
        let secrets = secrets(keys(&open(name, &bytes, &passwords)));
        if secrets.is_empty() {
            continue;
        }
        watched += 1;
        let (_, found) = watch(&secrets, || open(name, &bytes, &passwords));
        for place in places(found) {
            traces.entry(place).or_default().push(name.to_owned());
        }
    }
    for (place, names) in &traces {
        println!("{place}\n    {} files: {}", names.len(), names[0]);
    }
    println!("{watched} files watched");
    assert!(watched > 300);
    assert!(
        traces.is_empty(),
        "{} places leave keys behind",
        traces.len()
    );
}

/// Every form of file that holds a private key.
fn forms() -> Vec<Value> {
    let mut forms = Vec::new();
    for profile in ["modern-2023", "legacy-3des"] {
        forms.push(json!({ "form": "pkcs12", "profile": profile, "which": "whole-chain" }));
    }
    for kind in ["jks", "jceks"] {
        forms.push(json!({ "form": "java", "kind": kind, "which": "whole-chain" }));
    }
    let pbes2 = |derivation| json!({ "pbes2": { "cipher": "aes-256", "derivation": derivation } });
    for protection in [
        json!("none"),
        json!("password"),
        json!("legacy-3des"),
        pbes2("scrypt"),
    ] {
        for encoding in ["pem", "der"] {
            forms.push(
                json!({ "form": "private-key", "protection": protection, "encoding": encoding }),
            );
        }
        forms.push(json!({ "form": "pem-bundle", "protection": protection }));
    }
    for syntax in ["pkcs1", "sec1"] {
        for encoding in ["pem", "der"] {
            forms.push(json!({ "form": "private-key", "protection": "none", "syntax": syntax, "encoding": encoding }));
        }
    }
    for protection in ["none", "password"] {
        forms.push(json!({ "form": "private-key", "protection": protection, "syntax": "openssh" }));
    }
    forms
}

/// The files, or the code of the error.
fn written(store: &Store, form: &Value) -> Result<keyferry::Converted, &'static str> {
    let mut file = form.clone();
    file["name"] = "written".into();
    let request = json!({
        "target": "custom",
        "entries": [{ "entry": 0, "alias": "alice" }],
        "files": [file],
        "strength": "compatible",
    });
    let request = serde_json::from_value(request).unwrap();
    let options = ConversionOptions::new(request, Password::new(PASSWORD.into()), None).unwrap();
    let mut random = UnwrapErr(getrandom::SysRng);
    let mut conversion =
        Conversion::new(store, options, &mut random).map_err(|error| error.code())?;
    loop {
        match conversion.step().map_err(|error| error.code())? {
            ConversionStep::Done(converted) => return Ok(converted),
            ConversionStep::Derive(jobs) => {
                for job in jobs {
                    let key = job.derive(&mut |_| ());
                    conversion.supply(job, key);
                }
            }
        }
    }
}

#[test]
fn files_are_written_without_a_trace() {
    let mut traces: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut of_others = 0;
    let mut count = 0;
    for name in [
        "pkcs12-openssl-default.p12",
        "pkcs12-openssl-p256.p12",
        "pkcs12-openssl-ed25519.p12",
    ] {
        let store = open(name, &vector(name), &["keyferry".into()]);
        let secrets = secrets(keys(&store));
        assert!(!secrets.is_empty());
        for form in forms() {
            let (converted, mut found) = watch(&secrets, || written(&store, &form));
            // The second reader of PKCS#12, p12-keystore 0.4.1, wipes nothing; in the page the allocator does.
            let all = found.len();
            found.retain(|place| form["form"] != "pkcs12" || !place.contains("p12_keystore"));
            of_others += all - found.len();
            match converted {
                Ok(converted) => count += converted.files.len(),
                // PKCS#1 and SEC 1 have one kind of key each.
                Err(code) => assert_eq!(code, "unfit-key", "{name} as {form}"),
            }
            for place in places(found) {
                traces
                    .entry(place)
                    .or_default()
                    .push(format!("{name} as {form}"));
            }
        }
    }
    for (place, names) in &traces {
        println!("{place}\n    {} times: {}", names.len(), names[0]);
    }
    println!("{count} files written, {of_others} places of p12-keystore that leave keys behind");
    assert_eq!(count, 3 * 18 + 2 * 2);
    assert!(
        traces.is_empty(),
        "{} places leave keys behind",
        traces.len()
    );
}

/// Numbers that count on from a seed, so that the same key is made twice.
struct Counting(u64);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.try_next_u64()? as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(mixed ^ mixed >> 31)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let number = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counting {}

/// RSA keys are left out: the crate rsa 0.10.0 computes their numbers, and frees some of them as they are.
#[test]
fn keys_on_curves_are_made_without_a_trace() {
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let made = || kind.make(&mut Counting(1)).unwrap();
        let secrets = secrets([&made()].into_iter());
        let (_, found) = watch(&secrets, made);
        assert_eq!(places(found), [""; 0], "{kind:?}");
    }
}
