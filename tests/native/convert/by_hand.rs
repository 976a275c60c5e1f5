//! The target `custom`: each form, each setting, and what contradicts itself.

use std::process::Command;

use keyferry::{Converted, Error};
use serde_json::{Value, json};

use super::{PASSWORD, store};
use crate::support::{Folder, converted, open, vector};

/// One file by hand of a vector's first entry.
fn file(vector: &str, file: Value) -> Result<Converted, Error> {
    files(vector, json!([file]), json!({}))
}

fn files(vector: &str, files: Value, more: Value) -> Result<Converted, Error> {
    let mut request = json!({
        "target": "custom",
        "entries": [{ "entry": 0, "alias": "alice" }],
        "files": files,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        request[name] = value.clone();
    }
    converted(&store(vector), request, PASSWORD, None)
}

fn rule(result: Result<Converted, Error>) -> &'static str {
    match result {
        Err(Error::OptionsUnfit { rule }) => rule.code,
        Err(other) => other.code(),
        Ok(_) => "made",
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    let rsa = "pkcs12-openssl-default.p12";
    let of = |one: Value| rule(file(rsa, one));
    let locked = json!({ "name": "key.pem", "form": "private-key", "syntax": "pkcs1" });
    assert_eq!(of(locked), "key-syntax-open");
    let open = json!({ "name": "key.pem", "form": "private-key", "syntax": "pkcs1", "protection": "none" });
    assert_eq!(of(open), "made");
    let curve =
        json!({ "name": "key.pem", "form": "private-key", "syntax": "sec1", "protection": "none" });
    assert_eq!(of(curve.clone()), "unfit-key");
    assert_eq!(rule(file("pkcs12-openssl-p256.p12", curve)), "made");
    let several = json!({ "name": "chain.der", "form": "certificates", "which": "whole-chain", "encoding": "der" });
    assert_eq!(of(several), "one-certificate");
    let outside = json!({ "name": "../key.pem", "form": "private-key" });
    assert_eq!(of(outside), "file-name-characters");
    let secret = json!({ "name": "secret.key", "form": "secret-key" });
    assert_eq!(of(secret), "secret-key-missing");
    assert_eq!(rule(files(rsa, json!([]), json!({}))), "no-files");
    let key = json!([{ "name": "key.pem", "form": "private-key" }]);
    assert_eq!(
        rule(files(rsa, key.clone(), json!({ "iterations": 999 }))),
        "iterations"
    );
    assert_eq!(
        rule(files(rsa, key, json!({ "iterations": 5_000_001 }))),
        "iterations"
    );
}

#[test]
fn a_name_that_occurs_twice_gets_a_number() {
    let twice = json!([
        { "name": "key.pem", "form": "private-key" },
        { "name": "Key.pem", "form": "certificates" },
        { "name": "key.pem", "form": "public-key" },
    ]);
    let made = files("pkcs12-openssl-default.p12", twice, json!({})).unwrap();
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["key.pem", "Key-2.pem", "key-3.pem"]);
}

#[test]
fn openssl_reads_every_setting_back() {
    let ciphers = [
        ("aes-128", "aes-128-cbc"),
        ("aes-256", "aes-256-cbc"),
        ("3des", "des-ede3-cbc"),
    ];
    let derivations = [
        ("pbkdf2-sha1", "PBKDF2"),
        ("pbkdf2-sha256", "hmacWithSHA256"),
        ("pbkdf2-sha512", "hmacWithSHA512"),
        ("scrypt", "scrypt"),
    ];
    let by_hand = ciphers.iter().flat_map(|(cipher, cipher_said)| {
        derivations.map(|(derivation, derivation_said)| {
            let protection = json!({ "pbes2": { "cipher": cipher, "derivation": derivation } });
            (protection, [*cipher_said, derivation_said])
        })
    });
    let legacy = ["pbeWithSHA1And3-KeyTripleDES-CBC", "SEQUENCE"];
    let folder = Folder::new();
    folder.write("password", PASSWORD.as_bytes());
    for (protection, said) in by_hand.chain([(json!("legacy-3des"), legacy)]) {
        let key = json!([{ "name": "key.pem", "form": "private-key", "protection": protection }]);
        let more = json!({ "iterations": 12_345, "line_ends": "crlf" });
        let made = files("pkcs12-openssl-default.p12", key, more).unwrap();
        let bytes = &made.files[0].bytes;
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(
            bytes.windows(2).filter(|pair| pair == b"\r\n").count(),
            lines
        );
        folder.write("key.pem", bytes);
        let parts = openssl(&folder, &["asn1parse", "-in", "key.pem"]);
        for word in said {
            assert!(parts.contains(word), "{protection}: {parts}");
        }
        // 12,345 in hexadecimal
        assert_eq!(
            parts.contains(":3039"),
            !said.contains(&"scrypt"),
            "{parts}"
        );
        openssl(
            &folder,
            &[
                "pkey",
                "-in",
                "key.pem",
                "-passin",
                "file:password",
                "-noout",
            ],
        );
    }
}

#[test]
fn what_has_no_password_opens_again() {
    let keys = [
        ("pkcs12-openssl-default.p12", "pkcs1"),
        ("pkcs12-openssl-rsa3072.p12", "pkcs1"),
        ("pkcs12-openssl-rsa4096.p12", "pkcs1"),
        ("pkcs12-openssl-p256.p12", "sec1"),
        ("pkcs12-openssl-p384.p12", "sec1"),
        ("pkcs12-openssl-ed25519.p12", "pkcs8"),
    ];
    let folder = Folder::new();
    for (name, old_syntax) in keys {
        let before = open(&[(name, vector(name))], &["keyferry".into()]);
        let before = &before["entries"][0];
        let key =
            |syntax: &str| json!({ "form": "private-key", "syntax": syntax, "protection": "none" });
        let forms = [
            (key("pkcs8"), &["pkey"][..], "spki_sha256"),
            (key(old_syntax), &["pkey"], "spki_sha256"),
            (
                json!({ "form": "public-key", "syntax": "spki" }),
                &["pkey", "-pubin"],
                "spki_sha256",
            ),
            (json!({ "form": "certificates" }), &["x509"], "sha256"),
        ];
        let encodings = ["pem", "der", "base64"].map(|one| [(one, "lf"), (one, "crlf")]);
        for (form, command, print) in forms {
            for (encoding, line_ends) in encodings.concat() {
                let mut one = form.clone();
                one["name"] = "file.txt".into();
                one["encoding"] = encoding.into();
                let about = format!("{name} {one} {line_ends}");
                let made = files(name, json!([one]), json!({ "line_ends": line_ends }))
                    .unwrap_or_else(|error| panic!("{about}: {error}"));
                let bytes = &made.files[0].bytes;

                let after = open(&[("file.txt", bytes.to_vec())], &[]);
                let wanted = match print {
                    "sha256" => &before["chain"][0][print],
                    _ => &before[print],
                };
                assert!(wanted.is_string(), "{before}");
                assert_eq!(&after["entries"][0][print], wanted, "{about}: {after}");

                folder.write("file.txt", bytes);
                let format = if encoding == "pem" { "PEM" } else { "DER" };
                if encoding == "base64" {
                    openssl(
                        &folder,
                        &["base64", "-d", "-A", "-in", "file.txt", "-out", "file.der"],
                    );
                } else {
                    folder.write("file.der", bytes);
                }
                let rest = ["-inform", format, "-in", "file.der", "-noout"];
                openssl(&folder, &[command, &rest].concat());
            }
        }
    }
}

#[test]
fn a_secret_key_is_its_raw_bytes() {
    let vector = "jceks-java-secret-keys.jceks";
    let store = store(vector);
    let entry = &store.entries[0];
    let keyferry::model::store::EntryKind::SecretKey(secret) = &entry.kind else {
        panic!("{:?}", entry.kind)
    };
    let raw = file(
        vector,
        json!({ "name": "secret.key", "form": "secret-key" }),
    )
    .unwrap();
    assert_eq!(&raw.files[0].bytes[..], secret.bytes.expose());
    let text = json!({ "name": "secret.txt", "form": "secret-key", "encoding": "base64" });
    let text = file(vector, text).unwrap();
    let folder = Folder::new();
    folder.write("secret.txt", &text.files[0].bytes);
    let decoded = Command::new("openssl")
        .args(["base64", "-d", "-A", "-in", "secret.txt"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(decoded.stdout, secret.bytes.expose());
}

fn openssl(folder: &Folder, arguments: &[&str]) -> String {
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("openssl is there");
    assert!(done.status.success(), "openssl {arguments:?}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}
