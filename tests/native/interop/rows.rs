//! The rows of the table: what every writer writes, with every kind of key, and what a stranger is to find in it.

use std::sync::Arc;

use keyferry::container::pem::{self, LineEnds};
use keyferry::crypto::digest::{Digest, sha256_hex};
use keyferry::crypto::kdf::{Keys, Stop};
use keyferry::format::jks::{self, JavaKeystore};
use keyferry::format::keystore::{KeystoreEntry, KeystorePasswords, KeystoreValue};
use keyferry::format::pkcs8::{Encryption, KeyCipher, KeyDerivation};
use keyferry::format::pkcs12::{self, Profile};
use keyferry::format::{cms, openssh};
use keyferry::model::certificate::Certificate;
use keyferry::model::private_key::PrivateKey;
use keyferry::model::store::EntryKind;
use keyferry::{Password, Store};
use rand_core::{CryptoRng, UnwrapErr};

use crate::support::{opened, vector};

/// What a row is written as: what a stranger must be able to read to say anything of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Certificates,
    Cms,
    Jceks,
    Jks,
    Openssh,
    OpensshLine,
    Pkcs1,
    Pkcs12,
    Pkcs8,
    Sec1,
}

/// One written file.
pub struct Row {
    /// The file's name, which is the row's.
    pub name: String,
    pub kind: Kind,
    pub bytes: Vec<u8>,
    /// The password over the whole; empty where there is none.
    pub store: &'static str,
    /// The password over the keys.
    pub key: &'static str,
    /// The kind of key, as its file is called.
    pub of: &'static str,
    pub keys: Vec<Arc<PrivateKey>>,
    /// The certificates of each entry, by SHA-256, end-entity first.
    pub chains: Vec<Vec<String>>,
    pub aliases: Vec<String>,
}

const PLAIN: &str = "changeit";
/// What shells, batch files and option parsers stumble over.
const QUOTED: &str = "it's \"q\" : 100% $HOME & \\ `x`!";
const LONG: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/";
pub const UNICODE: &str = "pässwörd 日本 😀";
const OTHER: &str = "another one";

/// Kinds of keys, each with the alias and the password of its keystores: every alias and every password meets every format.
const KEYS: [(&str, &str, &str); 5] = [
    ("rsa2048", "My key of 2026", QUOTED),
    ("rsa4096", "schlüssel äöü", LONG),
    ("p256", "証明書 鍵", PLAIN),
    ("p384", "the 🔑", PLAIN),
    ("ed25519", "ed-25519", PLAIN),
];

/// Key and chain of each kind.
struct Material {
    of: &'static str,
    key: Arc<PrivateKey>,
    chain: Vec<Arc<Certificate>>,
}

fn material(of: &'static str) -> Material {
    let source = match of {
        "rsa2048" => "default".to_owned(),
        other => other.to_owned(),
    };
    let name = format!("pkcs12-openssl-{source}.p12");
    let store: Store = opened(&[(&name, vector(&name))], &["keyferry".into()]);
    let identity = store.entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::PrivateKey { key, chain } => Some((key.clone(), chain.clone())),
        _ => None,
    });
    let (key, chain) = identity.unwrap_or_else(|| panic!("{name} holds an identity"));
    Material { of, key, chain }
}

/// Every row.
pub fn rows() -> Vec<Row> {
    let mut all: Vec<(Material, &str, &str)> = KEYS
        .into_iter()
        .map(|(of, alias, password)| (material(of), alias, password))
        .collect();
    // All are of one authority, whose certificates stand beside the first alone.
    let authorities = all[0].0.chain[1..].to_vec();
    for (material, ..) in &mut all {
        material.chain.truncate(1);
        assert_eq!(material.chain[0].issuer(), authorities[0].subject());
        material.chain.extend(authorities.clone());
        assert_eq!(material.chain.len(), 3, "a chain of three");
    }
    let (rsa, curve) = (&all[0].0, &all[2].0);
    let mut rows = Vec::new();
    for writer in KEYSTORES {
        for (material, alias, password) in &all {
            let entries = [identity(alias, material)];
            rows.push(writer.row(material.of, material.of, &entries, password, password));
        }
        let one = [identity("alice", rsa)];
        let two = [identity("second", rsa), identity("first", curve)];
        let trusted: Vec<_> = ["Leaf", "issuing ca", "root 🌳"]
            .iter()
            .zip(&rsa.chain)
            .map(|(alias, certificate)| KeystoreEntry {
                alias: (*alias).into(),
                value: KeystoreValue::TrustedCertificate(certificate.clone()),
            })
            .collect();
        rows.push(writer.row("unicode-password", "rsa2048", &one, UNICODE, UNICODE));
        rows.push(writer.row("two-passwords", "rsa2048", &one, PLAIN, OTHER));
        rows.push(writer.row("two-identities", "rsa2048", &two, PLAIN, PLAIN));
        rows.push(writer.row("certificates", "", &trusted, PLAIN, PLAIN));
    }
    for (material, ..) in &all {
        rows.extend(keys_alone(material));
    }
    rows.extend(encrypted_keys(rsa));
    rows.extend(certificates_alone(rsa));
    rows
}

fn identity(alias: &str, material: &Material) -> KeystoreEntry {
    KeystoreEntry {
        alias: alias.into(),
        value: KeystoreValue::PrivateKey {
            key: material.key.clone(),
            chain: material.chain.clone(),
        },
    }
}

/// A writer of keystores with a profile.
struct Keystore {
    name: &'static str,
    extension: &'static str,
    form: KeystoreForm,
}

enum KeystoreForm {
    Java(JavaKeystore),
    Pkcs12(Profile, Option<Digest>),
}

const KEYSTORES: [Keystore; 5] = [
    Keystore {
        name: "modern",
        extension: "p12",
        form: KeystoreForm::Pkcs12(Profile::Modern2023, None),
    },
    Keystore {
        name: "modern-sha512",
        extension: "p12",
        form: KeystoreForm::Pkcs12(Profile::Modern2023, Some(Digest::Sha512)),
    },
    Keystore {
        name: "legacy",
        extension: "p12",
        form: KeystoreForm::Pkcs12(Profile::Legacy3Des, None),
    },
    Keystore {
        name: "java",
        extension: "jks",
        form: KeystoreForm::Java(JavaKeystore::Jks),
    },
    Keystore {
        name: "java",
        extension: "jceks",
        form: KeystoreForm::Java(JavaKeystore::Jceks),
    },
];

/// Few, since strangers open some hundred files; the page's are the same but for the figure.
const ITERATIONS: u32 = 2048;
/// The entries' date.
const AT: i64 = 1_795_392_000_000;

impl Keystore {
    fn row(
        &self,
        what: &str,
        of: &'static str,
        entries: &[KeystoreEntry],
        store: &'static str,
        key: &'static str,
    ) -> Row {
        let (store_password, key_password) =
            (Password::new(store.into()), Password::new(key.into()));
        let passwords = KeystorePasswords {
            store: &store_password,
            key: &key_password,
        };
        let (kind, bytes) = match &self.form {
            KeystoreForm::Java(kind) => {
                let writer = jks::Writer::new(*kind, entries, &mut random());
                let bytes = derived(|keys| writer.write(entries, passwords, AT, keys));
                match kind {
                    JavaKeystore::Jceks => (Kind::Jceks, bytes),
                    JavaKeystore::Jks => (Kind::Jks, bytes),
                }
            }
            KeystoreForm::Pkcs12(profile, mac) => {
                let settings = pkcs12::Settings {
                    profile: *profile,
                    mac: *mac,
                    iterations: ITERATIONS,
                };
                let writer = pkcs12::Writer::new(settings, entries, &mut random());
                let bytes = derived(|keys| writer.write(entries, passwords, keys));
                (Kind::Pkcs12, bytes)
            }
        };
        let lowered = kind != Kind::Pkcs12;
        let mut row = Row {
            name: format!("{}-{what}.{}", self.name, self.extension),
            kind,
            bytes: bytes.to_vec(),
            store,
            key,
            of,
            keys: Vec::new(),
            chains: Vec::new(),
            aliases: Vec::new(),
        };
        for entry in entries {
            row.aliases.push(match lowered {
                true => entry.alias.to_lowercase(),
                false => entry.alias.clone(),
            });
            match &entry.value {
                KeystoreValue::PrivateKey { key, chain } => {
                    row.keys.push(key.clone());
                    row.chains.push(hashes(chain));
                }
                KeystoreValue::TrustedCertificate(certificate) => {
                    row.chains.push(hashes(std::slice::from_ref(certificate)))
                }
            }
        }
        row
    }
}

/// The forms that a key alone has.
fn keys_alone(material: &Material) -> Vec<Row> {
    let Material { of, key, .. } = material;
    let row = |form: &str, end: &str, kind, bytes: Vec<u8>, password| Row {
        name: format!("{form}-{of}{end}"),
        kind,
        bytes,
        store: password,
        key: password,
        of,
        keys: vec![key.clone()],
        chains: Vec::new(),
        aliases: Vec::new(),
    };
    let block = |label, der: &[u8]| pem::write(label, der, LineEnds::Lf).as_bytes().to_vec();
    let mut rows = vec![
        row(
            "pkcs8",
            ".pem",
            Kind::Pkcs8,
            block("PRIVATE KEY", key.pkcs8().expose()),
            "",
        ),
        encrypted(material, "pkcs8-aes256-sha256", AES256_SHA256, QUOTED),
    ];
    if let Ok(der) = key.pkcs1() {
        let text = block("RSA PRIVATE KEY", der.expose());
        rows.push(row("pkcs1", ".pem", Kind::Pkcs1, text, ""));
    }
    if let Ok(der) = key.sec1() {
        let text = block("EC PRIVATE KEY", der.expose());
        rows.push(row("sec1", ".pem", Kind::Sec1, text, ""));
    }
    for (name, password) in [("openssh", ""), ("openssh-locked", QUOTED)] {
        let writer = openssh::Writer::new(!password.is_empty(), &mut random());
        let secret = Password::new(password.into());
        let der = derived(|keys| writer.write(key, "alice 🔑", &secret, keys));
        let text = block("OPENSSH PRIVATE KEY", &der);
        let mut row = row(name, "", Kind::Openssh, text, password);
        row.aliases = vec!["alice 🔑".into()];
        rows.push(row);
    }
    let line = openssh::public_line(key.spki().expect("it is known"), "alice 🔑");
    let line = line.expect("OpenSSH has such keys") + "\n";
    let mut row = row(
        "openssh-line",
        ".pub",
        Kind::OpensshLine,
        line.into_bytes(),
        "",
    );
    row.aliases = vec!["alice 🔑".into()];
    rows.push(row);
    rows
}

const AES256_SHA256: (KeyCipher, KeyDerivation) = (
    KeyCipher::Aes256,
    KeyDerivation::Pbkdf2 {
        prf: Digest::Sha256,
        iterations: ITERATIONS,
    },
);

/// The ciphers and derivations of a key alone, beside the one that every key is written with.
fn encrypted_keys(material: &Material) -> Vec<Row> {
    let pbkdf2 = |prf| KeyDerivation::Pbkdf2 {
        prf,
        iterations: ITERATIONS,
    };
    let scrypt = KeyDerivation::Scrypt {
        log_n: 14,
        r: 8,
        p: 1,
    };
    let encryptions = [
        (
            "pkcs8-aes128-sha1",
            (KeyCipher::Aes128, pbkdf2(Digest::Sha1)),
            LONG,
        ),
        (
            "pkcs8-3des-sha512",
            (KeyCipher::TripleDes, pbkdf2(Digest::Sha512)),
            PLAIN,
        ),
        ("pkcs8-aes256-scrypt", (KeyCipher::Aes256, scrypt), PLAIN),
        ("pkcs8-unicode-password", AES256_SHA256, UNICODE),
    ];
    encryptions
        .into_iter()
        .map(|(name, encryption, password)| encrypted(material, name, encryption, password))
        .collect()
}

fn encrypted(
    material: &Material,
    name: &str,
    (cipher, derivation): (KeyCipher, KeyDerivation),
    password: &'static str,
) -> Row {
    let encryption = Encryption::new(cipher, derivation, &mut random());
    let secret = Password::new(password.into());
    let der = derived(|keys| encryption.write(&material.key, &secret, keys));
    let text = pem::write("ENCRYPTED PRIVATE KEY", &der, LineEnds::Lf);
    Row {
        name: format!("{name}-{}.pem", material.of),
        kind: Kind::Pkcs8,
        bytes: text.as_bytes().to_vec(),
        store: password,
        key: password,
        of: material.of,
        keys: vec![material.key.clone()],
        chains: Vec::new(),
        aliases: Vec::new(),
    }
}

fn certificates_alone(material: &Material) -> Vec<Row> {
    let row = |name: &str, kind, bytes| Row {
        name: name.into(),
        kind,
        bytes,
        store: "",
        key: "",
        of: "",
        keys: Vec::new(),
        chains: vec![hashes(&material.chain)],
        aliases: Vec::new(),
    };
    let chain: String = material
        .chain
        .iter()
        .map(|link| pem::write("CERTIFICATE", link.der(), LineEnds::CrLf).to_string())
        .collect();
    let bag = cms::write(&material.chain);
    let armoured = pem::write("PKCS7", &bag, LineEnds::Lf);
    vec![
        row("chain-crlf.pem", Kind::Certificates, chain.into_bytes()),
        row("chain.p7b", Kind::Cms, bag),
        row("chain-pem.p7b", Kind::Cms, armoured.as_bytes().to_vec()),
    ]
}

fn hashes(chain: &[Arc<Certificate>]) -> Vec<String> {
    chain.iter().map(|link| sha256_hex(link.der())).collect()
}

/// Derives what a writer asks for: once, since it asks for everything before it waits for anything.
fn derived<T>(mut write: impl FnMut(&mut Keys) -> Result<T, Stop>) -> T {
    let mut keys = Keys::default();
    if let Ok(written) = write(&mut keys) {
        return written;
    }
    for job in keys.take_wanted() {
        let key = job.derive(&mut |_| ());
        keys.supply(job, key);
    }
    write(&mut keys).unwrap_or_else(|stop| panic!("{stop:?}"))
}

fn random() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}
