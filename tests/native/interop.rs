//! Strangers open what we wrote: OpenSSL, keytool and Java, the way of Anaplan Connect, NSS, GnuTLS, BouncyCastle, Python's
//! cryptography, OpenSSH and p12-keystore; Info-ZIP's unzip, jar and Python's zipfile.
//!
//! What is not there is named; `cargo xtask test` installs it.

mod rows;
mod strangers;
mod table;

use std::process::Command;

use crate::support::{Folder, convert, each, manifest, vector, words};
use rows::rows;
use sha2::{Digest, Sha256};
use strangers::Strangers;

#[test]
fn other_programs_open_what_keyferry_wrote() {
    let rows = rows();
    let strangers = Strangers::new(&rows);
    let mut cells: table::Cells = each(&rows, |row| strangers.each(row))
        .into_iter()
        .flatten()
        .collect();
    cells.extend(strangers.java());
    cells.extend(strangers.python());
    let (wrong, count) = table::print(&rows, &cells);
    println!("{count} cells in {} rows", rows.len());
    assert!(count > 400, "so few cells are no table");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Info-ZIP, Java and Python unpack what is downloaded as one, under the names that it was packed with.
#[test]
fn other_programs_unpack_the_archive() {
    let files = [
        ("grün.p12", vector("pkcs12-openssl-default.p12")),
        ("日本/鍵.pem", vector("pem-openssl-identity.pem")),
        ("日本/empty.txt", Vec::new()),
        ("report.csv", b"file,status\r\n".to_vec()),
    ];
    let named = files.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
    let packed = keyferry::archive(named).expect("a few files fit into an archive");
    let folder = Folder::new();
    let archive = folder.write("archive.zip", &packed);
    let archive = archive.to_str().expect("the path is text");
    for (tool, arguments) in [
        ("unzip", vec!["-q", archive]),
        ("jar", vec!["--extract", "--file", archive]),
        (
            "/usr/bin/python3",
            vec!["-m", "zipfile", "--extract", archive, "."],
        ),
    ] {
        let unpacked = Folder::new();
        let done = Command::new(tool)
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .current_dir(unpacked.path())
            .output()
            .unwrap_or_else(|error| panic!("{tool}: {error}; `cargo xtask test` installs it"));
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{tool}: {said}");
        for (name, bytes) in &files {
            let there = std::fs::read(unpacked.path().join(name));
            assert_eq!(there.ok().as_ref(), Some(bytes), "{tool}: {name}");
        }
    }
}

/// What is converted for Anaplan, under which alias, with which password.
const JOBS: [(&str, &str, &str); 4] = [
    ("pkcs12-openssl-default.p12", "alice", "changeit"),
    (
        "pkcs12-nss-3des.p12",
        "My Anaplan key",
        "it's \"quoted\" & 100% $HOME \\ `done`!",
    ),
    ("pkcs12-openssl-rsa4096.p12", "rsa-4096", "abcdef"),
    (
        "pem-openssl-identity-reversed.pem",
        "MixedCase",
        "=+/?#@[]{}~^|<>;,.",
    ),
];

/// The texts for Anaplan have nothing in them that its programs stumble over, and its encryption is the one they read.
#[test]
fn the_texts_for_anaplan_are_plain() {
    let manifest = manifest();
    let passed = each(&JOBS, |&(source, alias, password)| {
        let line = manifest.iter().find(|line| line["file"] == source);
        let line = line.expect("the manifest knows it");
        let key = &line["keys"][0];
        let target = keyferry::target("anaplan").expect("there is a target for Anaplan");
        let given = (source, vector(source), words(&line["passwords"]));
        let made = convert(given, key["alias"].as_str(), target, alias, password).files;
        assert!(made.iter().all(|file| file.verified));
        let folder = Folder::new();
        for file in &made {
            folder.write(&file.name, &file.bytes);
        }
        folder.write("password", password.as_bytes());
        let read = |name: &str| {
            let file = made.iter().find(|file| file.name == name);
            file.unwrap_or_else(|| panic!("{name} is made"))
                .bytes
                .to_vec()
        };
        let certificate = read("public_key.pem");
        assert!(certificate.starts_with(b"-----BEGIN CERTIFICATE-----\n"));
        assert!(certificate.ends_with(b"-----END CERTIFICATE-----\n"));
        assert!(!certificate.contains(&b'\r'));
        assert_eq!(count(&certificate, b"-----BEGIN"), 1);
        let look = ["x509", "-in", "public_key.pem", "-outform", "DER"];
        assert_eq!(hash(&openssl(&folder, &look)), key["chain"][0]);
        assert!(read("private_key.pem").starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
        let open = [
            "pkey",
            "-in",
            "private_key.pem",
            "-passin",
            "file:password",
            "-pubout",
            "-outform",
            "DER",
        ];
        assert_eq!(hash(&openssl(&folder, &open)), key["spki_sha256"]);
        let parts = openssl(&folder, &["asn1parse", "-in", "private_key.pem"]);
        for part in [
            "PBES2",
            "PBKDF2",
            "hmacWithSHA256",
            "aes-256-cbc",
            ":0186A0",
        ] {
            assert_eq!(count(&parts, part.as_bytes()), 1, "{part} in {source}");
        }
    });
    assert_eq!(passed.len(), JOBS.len());
}

fn openssl(folder: &Folder, arguments: &[&str]) -> Vec<u8> {
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("openssl is there");
    assert!(done.status.success(), "openssl {arguments:?}");
    done.stdout
}

fn count(text: &[u8], part: &[u8]) -> usize {
    text.windows(part.len())
        .filter(|window| *window == part)
        .count()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
