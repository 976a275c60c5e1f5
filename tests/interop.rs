//! Strangers open what we wrote: openssl, keytool and Java, NSS, GnuTLS.
//!
//! Needs openssl 3, a Java of 17 or later, `libnss3-tools` and `gnutls-bin`; what is missing is named.

mod support;

use std::path::Path;
use std::process::Command;

use keyferry::WrittenFile;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::compare::sorted;
use support::{Folder, convert_as, each, manifest, vector, words};

/// What is converted, under which alias, with which password.
const JOBS: [(&str, &str, &str); 6] = [
    ("pkcs12-openssl-default.p12", "alice", "changeit"),
    (
        "pkcs12-nss-3des.p12",
        "My Anaplan key",
        "it's \"quoted\" & 100% $HOME \\ `done`!",
    ),
    (
        "pkcs12-crafted-several-keys.p12",
        "schlüssel ä ö",
        "  blanks  ",
    ),
    ("jks-keytool-default.jks", "証明書 鍵", "changeit"),
    ("pkcs12-openssl-rsa4096.p12", "rsa-4096", "abcdef"),
    (
        "pem-openssl-identity-reversed.pem",
        "MixedCase",
        "=+/?#@[]{}~^|<>;,.",
    ),
];

#[test]
fn strangers_open_what_we_wrote() {
    let manifest = manifest();
    let passed = each(&JOBS, |&(source, alias, password)| {
        let line = manifest.iter().find(|line| line["file"] == source);
        let line = line.expect("the manifest knows it");
        // One of three keys is alice's; where there is one, it is the one.
        let keys = line["keys"].as_array().expect("it holds keys");
        let key = keys.iter().find(|key| key["alias"] == "alice");
        let key = key.unwrap_or(&keys[0]);
        let write = |request| {
            let given = (source, vector(source), words(&line["passwords"]));
            convert_as(given, key["alias"].as_str(), request, alias, password).files
        };
        let mut made = write(json!({ "target": "anaplan" }));
        let names: Vec<_> = made.iter().map(|file| file.name.as_str()).collect();
        let promised = [
            "public_key.pem",
            "private_key.pem",
            "bundle.p12",
            "my_keystore.jks",
        ];
        assert_eq!(names, promised);
        made.extend(write(everything_else()));
        assert!(made.iter().all(|file| file.verified));
        let job = Job::new(&made, key, alias, password);
        job.openssl_reads_the_pems();
        for name in ["bundle.p12", "modern.p12", "legacy.p12"] {
            job.openssl_reads_pkcs12(name);
            job.nss_and_gnutls_list_pkcs12(name);
        }
        job.keytool_lists("bundle.p12", "PKCS12");
        job.keytool_lists("legacy.p12", "PKCS12");
        job.keytool_lists("my_keystore.jks", "JKS");
        job.java_signs();
        println!("{source} as “{alias}”");
    });
    assert_eq!(passed.len(), JOBS.len());
}

/// What the writers can do and Anaplan does not ask for.
fn everything_else() -> Value {
    json!({
        "target": "custom",
        "files": [
            { "name": "plain_key.pem", "form": "private-key", "protection": "none" },
            { "name": "modern.p12", "form": "pkcs12", "profile": "modern-2023" },
            { "name": "legacy.p12", "form": "pkcs12", "profile": "legacy-3des" },
        ],
    })
}

struct Job<'a> {
    folder: Folder,
    key: &'a Value,
    alias: &'a str,
    password: &'a str,
}

impl<'a> Job<'a> {
    fn new(made: &[WrittenFile], key: &'a Value, alias: &'a str, password: &'a str) -> Self {
        let folder = Folder::new();
        for file in made {
            folder.write(&file.name, &file.bytes);
        }
        folder.write("password", password.as_bytes());
        // what pk12util calls a certificate directory
        std::fs::create_dir(folder.path().join("database")).expect("the folder is ours");
        Self {
            folder,
            key,
            alias,
            password,
        }
    }

    fn openssl_reads_the_pems(&self) {
        let certificate = self.run(
            "openssl",
            &["x509", "-in", "public_key.pem", "-outform", "DER"],
        );
        assert_eq!(
            hash(&certificate),
            self.key["chain"][0],
            "public_key.pem is the key's certificate"
        );
        let pem = self.read("public_key.pem");
        assert!(
            pem.starts_with(b"-----BEGIN CERTIFICATE-----\n"),
            "nothing stands before the certificate"
        );
        assert!(pem.ends_with(b"-----END CERTIFICATE-----\n") && !pem.contains(&b'\r'));
        assert_eq!(count(&pem, b"-----BEGIN"), 1);
        assert!(
            self.read("private_key.pem")
                .starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
        );
        let public = [
            "pkey",
            "-in",
            "private_key.pem",
            "-passin",
            "file:password",
            "-pubout",
            "-outform",
            "DER",
        ];
        assert_eq!(
            hash(&self.run("openssl", &public)),
            self.key["spki_sha256"],
            "private_key.pem"
        );
        let plain = self.read("plain_key.pem");
        assert!(plain.starts_with(b"-----BEGIN PRIVATE KEY-----\n"));
        let public = ["pkey", "-in", "plain_key.pem", "-pubout", "-outform", "DER"];
        assert_eq!(
            hash(&self.run("openssl", &public)),
            self.key["spki_sha256"],
            "plain_key.pem"
        );
        let parts =
            String::from_utf8(self.run("openssl", &["asn1parse", "-in", "private_key.pem"]))
                .expect("text");
        for part in [
            "PBES2",
            "PBKDF2",
            "hmacWithSHA256",
            "aes-256-cbc",
            ":0186A0",
        ] {
            assert!(
                parts.contains(part),
                "private_key.pem has no {part}:\n{parts}"
            );
        }
    }

    fn openssl_reads_pkcs12(&self, name: &str) {
        let text = self.run(
            "openssl",
            &["pkcs12", "-in", name, "-passin", "file:password", "-nodes"],
        );
        // openssl prints names in Latin-1
        let text = String::from_utf8_lossy(&text);
        self.folder.write("opened.pem", text.as_bytes());
        let public = self.run(
            "openssl",
            &["pkey", "-in", "opened.pem", "-pubout", "-outform", "DER"],
        );
        assert_eq!(hash(&public), self.key["spki_sha256"], "{name}");
        let mut certificates = Vec::new();
        for block in text.split("-----BEGIN CERTIFICATE-----").skip(1) {
            self.folder.write(
                "one.pem",
                format!("-----BEGIN CERTIFICATE-----{block}").as_bytes(),
            );
            certificates.push(hash(
                &self.run("openssl", &["x509", "-in", "one.pem", "-outform", "DER"]),
            ));
        }
        assert_eq!(
            sorted(certificates),
            sorted(words(&self.key["chain"])),
            "{name}"
        );
        if self.alias.is_ascii() {
            assert!(
                text.contains(&format!("friendlyName: {}\n", self.alias)),
                "{name}:\n{text}"
            );
        }
    }

    fn nss_and_gnutls_list_pkcs12(&self, name: &str) {
        let listed = self.run(
            "pk12util",
            &["-l", name, "-d", "database", "-w", "password"],
        );
        let listed = String::from_utf8_lossy(&listed).into_owned();
        assert_eq!(count(listed.as_bytes(), b"Key(shrouded):"), 1, "{listed}");
        assert_eq!(
            count(listed.as_bytes(), b"Certificate(has private key):"),
            1,
            "{listed}"
        );
        let secret = format!("--password={}", self.password);
        let listed = self.run(
            "certtool",
            &["--p12-info", "--inder", "--infile", name, &secret],
        );
        assert!(
            count(&listed, b"-----BEGIN CERTIFICATE-----") == self.chain_length(),
            "certtool sees the chain"
        );
        assert_eq!(
            count(&listed, b"PRIVATE KEY-----") / 2,
            1,
            "certtool sees the key"
        );
    }

    fn keytool_lists(&self, name: &str, kind: &str) {
        // Java opens a PKCS#12 file as JKS too, so what it says of the kind proves nothing.
        let jks = self
            .read(name)
            .starts_with(&[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]);
        assert_eq!(jks, kind == "JKS", "{name}");
        let what = [
            "-list",
            "-v",
            "-keystore",
            name,
            "-storetype",
            kind,
            "-storepass:file",
            "password",
        ];
        let listed = self.run("keytool", &what);
        let listed = String::from_utf8_lossy(&listed);
        for line in [
            "Your keystore contains 1 entry".to_owned(),
            format!("Alias name: {}\n", self.alias.to_lowercase()),
            "Entry type: PrivateKeyEntry".to_owned(),
            format!("Certificate chain length: {}\n", self.chain_length()),
        ] {
            assert!(
                listed.contains(&line),
                "keytool does not say “{line}”:\n{listed}"
            );
        }
    }

    fn java_signs(&self) {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/ConnectLoad.java");
        let program = program.to_str().expect("the path is text");
        // Aliases of JKS do not tell capitals apart, and the file's owner may type either.
        for alias in [self.alias.to_owned(), self.alias.to_uppercase()] {
            let subjects = self.run("java", &[program, "my_keystore.jks", &alias, "password"]);
            assert_eq!(
                count(&subjects, b"\n"),
                self.chain_length(),
                "the chain that Java finds"
            );
        }
    }

    fn chain_length(&self) -> usize {
        words(&self.key["chain"]).len()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn run(&self, tool: &str, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(tool);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LC_ALL", "C.UTF-8");
        let done = command
            .output()
            .unwrap_or_else(|error| panic!("{tool}: {error}; {}", how_to_get(tool)));
        let said = || {
            String::from_utf8_lossy(&[done.stdout.clone(), done.stderr.clone()].concat())
                .into_owned()
        };
        assert!(
            done.status.success(),
            "{tool} {arguments:?} for “{}”:\n{}",
            self.alias,
            said()
        );
        done.stdout
    }
}

fn how_to_get(tool: &str) -> String {
    let package = match tool {
        "certtool" => "gnutls-bin",
        "java" | "keytool" => "openjdk-17-jdk-headless",
        "pk12util" => "libnss3-tools",
        other => other,
    };
    format!("on Debian and Ubuntu it is in the package {package}")
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
