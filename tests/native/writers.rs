//! What writers refuse, and what the crate pkcs8 says of locked keys. What else they write is opened in `interop.rs`, by
//! strangers and by our own reader.

use std::sync::Arc;

use crate::support::{opened, vector};
use keyferry::Password;
use keyferry::base::error::Error;
use keyferry::crypto::digest::Digest;
use keyferry::crypto::kdf::{Keys, Stop};
use keyferry::format::jks::{self, JavaKeystore};
use keyferry::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue};
use keyferry::format::openssh;
use keyferry::format::pkcs8::{Encryption, KeyCipher, KeyDerivation};
use keyferry::format::pkcs12::{self, Profile};
use keyferry::model::private_key::PrivateKey;
use keyferry::model::store::EntryKind;
use keyferry::{Conversion, ConversionOptions, ConversionStep, Opening, Step};
use rand_core::{CryptoRng, UnwrapErr};
use serde_json::json;

const MODERN: pkcs12::Settings = pkcs12::Settings {
    profile: Profile::Modern2023,
    mac: None,
    iterations: 1,
};

fn random() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}

fn key(vector_name: &str) -> Arc<PrivateKey> {
    let store = opened(&[(vector_name, vector(vector_name))], &["keyferry".into()]);
    let key = store.entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::PrivateKey { key, .. } => Some(key.clone()),
        _ => None,
    });
    key.unwrap_or_else(|| panic!("{vector_name} holds a key"))
}

fn without_chain(alias: &str) -> KeystoreEntry {
    KeystoreEntry {
        alias: alias.into(),
        value: KeystoreValue::PrivateKey {
            key: key("pkcs12-openssl-p256.p12"),
            chain: Vec::new(),
        },
    }
}

fn failed<T>(result: Result<T, Stop>) -> Error {
    match result {
        Err(Stop::Failed(error)) => error,
        Err(Stop::Derive) => panic!("a key is wanted"),
        Ok(_) => panic!("it is written"),
    }
}

fn java(entries: &[KeystoreEntry], others: &[KeystoreEntry]) -> Error {
    let password = Password::new("changeit".into());
    let passwords = KeystorePasswords::one(&password);
    let writer = jks::Writer::new(JavaKeystore::Jks, entries, &mut random());
    failed(writer.write(others, passwords, 0, &mut Keys::default()))
}

#[test]
fn java_has_no_key_without_a_certificate() {
    let entries = [without_chain("alone")];
    assert_eq!(java(&entries, &entries), Error::NoCertificate);
}

#[test]
fn an_alias_past_the_length_field_is_refused() {
    // 30,000 characters of three bytes each.
    let entries = [without_chain(&"証".repeat(30_000))];
    assert_eq!(java(&entries, &entries).code(), "alias-unfit");
}

#[test]
fn a_writer_is_for_the_entries_it_was_made_for() {
    let entries = [without_chain("one")];
    assert_eq!(java(&entries, &[]).code(), "unverified");
    let password = Password::new("changeit".into());
    let writer = pkcs12::Writer::new(MODERN, &[], &mut random());
    let mut keys = Keys::default();
    // The MAC's key is wanted in any case; the fault comes before it.
    let written = writer.write(&entries, KeystorePasswords::one(&password), &mut keys);
    assert_eq!(failed(written).code(), "unverified");
}

#[test]
fn pkcs12_has_keys_without_certificates() {
    let entries = [without_chain("alone")];
    let password = Password::new("changeit".into());
    let writer = pkcs12::Writer::new(MODERN, &entries, &mut random());
    let mut keys = Keys::default();
    let mut write = || writer.write(&entries, KeystorePasswords::one(&password), &mut keys);
    assert!(matches!(write(), Err(Stop::Derive)));
    let wanted = keys.take_wanted();
    // One for the key, one for the MAC.
    assert_eq!(wanted.len(), 2);
    for job in wanted {
        let key = job.derive(&mut |_| ());
        keys.supply(job, key);
    }
    let written = writer.write(&entries, KeystorePasswords::one(&password), &mut keys);
    let written = written.expect("all keys are there").to_vec();
    let store = opened(&[("alone.p12", written)], &["changeit".into()]);
    assert_eq!(store.entries.len(), 1);
    assert_eq!(store.entries[0].alias.as_deref(), Some("alone"));
}

#[test]
fn a_syntax_is_for_its_kind_of_key() {
    let (rsa, curve) = (
        key("pkcs12-openssl-default.p12"),
        key("pkcs12-openssl-p256.p12"),
    );
    assert_eq!(
        *rsa,
        PrivateKey::parse(rsa.pkcs1().unwrap().expose()).unwrap()
    );
    assert_eq!(
        *curve,
        PrivateKey::parse(curve.sec1().unwrap().expose()).unwrap()
    );
    assert_eq!(rsa.sec1().unwrap_err().code(), "unfit-key");
    assert_eq!(curve.pkcs1().unwrap_err().code(), "unfit-key");
}

#[test]
fn openssh_has_no_brainpool_and_no_empty_password() {
    let brainpool = PrivateKey::parse(&vector("pkcs8-openssl-ec-brainpoolP256r1.der")).unwrap();
    let spki = brainpool.spki().expect("it is computed");
    let refused = openssh::public_line(spki, "").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "OpenSSH does not accept this key (EC on brainpoolP256r1)."
    );
    let password = Password::new(String::new());
    let locked = openssh::Writer::new(true, &mut random());
    let mut keys = Keys::default();
    let written = locked.write(&brainpool, "", &password, &mut keys);
    assert_eq!(failed(written).code(), "unfit-key");
    let curve = key("pkcs12-openssl-p256.p12");
    let written = locked.write(&curve, "", &password, &mut keys);
    assert_eq!(failed(written).code(), "password-needed");
}

#[test]
fn a_comment_is_one_line() {
    let key = key("pkcs12-openssl-ed25519.p12");
    let line = openssh::public_line(key.spki().expect("it is known"), "a\nssh-rsa AAAA").unwrap();
    assert!(
        line.starts_with("ssh-ed25519 AAAA") && line.ends_with(" assh-rsa AAAA"),
        "{line}"
    );
}

/// The crate pkcs8 opens every encryption that a key is written with, and finds the very key.
#[test]
fn pkcs8_opens_every_encryption() {
    let key = key("pkcs12-openssl-p256.p12");
    let password = Password::new("pässword: \"1\"".into());
    let pbkdf2 = |prf| KeyDerivation::Pbkdf2 {
        prf,
        iterations: 2_048,
    };
    let (log_n, r, p) = (12, 8, 1);
    let derivations = [
        pbkdf2(Digest::Sha1),
        pbkdf2(Digest::Sha256),
        pbkdf2(Digest::Sha512),
        KeyDerivation::Scrypt { log_n, r, p },
    ];
    for cipher in [KeyCipher::Aes128, KeyCipher::Aes256, KeyCipher::TripleDes] {
        for derivation in derivations {
            let locked = locked(
                &key,
                &password,
                Encryption::new(cipher, derivation, &mut random()),
            );
            let read = pkcs8::EncryptedPrivateKeyInfoRef::try_from(locked.as_slice());
            let read = read.unwrap_or_else(|error| panic!("{cipher:?}, {derivation:?}: {error}"));
            let opened = read.decrypt(password.expose());
            let opened =
                opened.unwrap_or_else(|error| panic!("{cipher:?}, {derivation:?}: {error}"));
            assert_eq!(opened.as_bytes(), key.pkcs8().expose());
            assert!(read.decrypt("another").is_err());
        }
    }
}

fn locked(key: &PrivateKey, password: &Password, encryption: Encryption) -> Vec<u8> {
    let mut keys = Keys::default();
    loop {
        match encryption.write(key, password, &mut keys) {
            Ok(der) => return der.to_vec(),
            Err(Stop::Derive) => {
                for job in keys.take_wanted() {
                    let derived = job.derive(&mut |_| ());
                    keys.supply(job, derived);
                }
            }
            Err(Stop::Failed(error)) => panic!("{error}"),
        }
    }
}

/// Zero blocks are none that scrypt has. Its refusal was passed over, and the file was written with a key of zeros, which any
/// password opens.
#[test]
fn nothing_is_written_with_a_key_that_could_not_be_derived() {
    let key = key("pkcs12-openssl-p256.p12");
    let password = Password::new("changeit".into());
    let (log_n, r, p) = (14, 8, 0);
    let scrypt = KeyDerivation::Scrypt { log_n, r, p };
    let encryption = Encryption::new(KeyCipher::Aes256, scrypt, &mut random());
    let mut keys = Keys::default();
    assert!(matches!(
        encryption.write(&key, &password, &mut keys),
        Err(Stop::Derive)
    ));
    for job in keys.take_wanted() {
        let derived = job.derive(&mut |_| ());
        keys.supply(job, derived);
    }
    let written = encryption.write(&key, &password, &mut keys);
    assert_eq!(failed(written).code(), "internal");
}

/// Every form that derives a key ends with the error of the derivation, and so does every file that is opened with one.
#[test]
fn a_failed_derivation_fails_the_reader_that_waits_for_it() {
    let refused = || {
        Err(Error::Internal {
            detail: "a test lets it fail",
        })
    };
    let store = opened(
        &[("alice.p12", vector("pkcs12-openssl-default.p12"))],
        &["keyferry".into()],
    );
    for file in [
        json!({ "form": "pkcs12", "profile": "modern-2023" }),
        json!({ "form": "pkcs12", "profile": "legacy-3des" }),
        json!({ "form": "java", "kind": "jceks" }),
        json!({ "form": "private-key" }),
        json!({ "form": "private-key", "protection": "legacy-3des" }),
        json!({ "form": "private-key", "syntax": "openssh" }),
        json!({ "form": "pem-bundle" }),
    ] {
        let mut named = file.clone();
        named["name"] = "written".into();
        let request = json!({
            "target": "custom",
            "entries": [{ "entry": 0, "alias": "alice" }],
            "files": [named],
        });
        let request = serde_json::from_value(request).unwrap();
        let options =
            ConversionOptions::new(request, Password::new("Keyferry-2026".into()), None).unwrap();
        let mut conversion = Conversion::new(&store, options, &mut random()).unwrap();
        let Ok(ConversionStep::Derive(jobs)) = conversion.step() else {
            panic!("{file} wants a key");
        };
        jobs.into_iter()
            .for_each(|job| conversion.supply(job, refused()));
        let error = conversion.step().err().map(|error| error.code());
        assert_eq!(error, Some("internal"), "{file}");
    }
    for name in [
        "bcfks-bc-default.bcfks",
        "jceks-keytool-default.jceks",
        "openssh-keygen-rsa-encrypted",
        "pkcs12-openssl-default.p12",
        "pkcs12-openssl-legacy.p12",
        "pkcs8-openssl-scrypt.pem",
        "zip-7z-locked-aes256.zip",
    ] {
        let mut opening = Opening::default();
        opening.add(0, name, &vector(name));
        opening.password(Password::new("keyferry".into()));
        let mut asked = 0;
        while let Step::Derive(jobs) = opening.step() {
            asked += jobs.len();
            jobs.into_iter()
                .for_each(|job| opening.supply(job, refused()));
        }
        let error = opening.files().next().and_then(|file| file.error());
        assert_eq!(error.map(Error::code), Some("internal"), "{name}");
        // Certificates outside the encryption are there all the same.
        let store = opening.store();
        let is_key = |kind: &EntryKind| matches!(kind, EntryKind::PrivateKey { .. });
        let has_key = store.entries.iter().any(|entry| is_key(&entry.kind));
        assert!(asked > 0 && !has_key, "{name}");
    }
}
