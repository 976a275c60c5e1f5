//! The strangers: each is started as seldom as it can be, and told what it is to open.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use base64ct::{Base64, Encoding};
use keyferry::crypto::digest::sha256_hex;
use keyferry::model::certificate::Certificate;
use keyferry::model::private_key::PrivateKey;
use keyferry::model::store::EntryKind;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};

use super::rows::{Kind, Row};
use super::table::{COLUMNS, Cells, Certificates, Seen};
use crate::support::{Folder, opened};

/// The BouncyCastle of Debian's libbcprov-java.
const BOUNCY_CASTLE: &str = "/usr/share/java/bcprov.jar";

/// keytool's own class, which is no part of Java's interface.
const KEYTOOL: &str = "java.base/sun.security.tools.keytool=ALL-UNNAMED";

/// A folder with the rows' files, and the files that strangers want beside them.
pub struct Strangers {
    folder: Folder,
}

type Answer = Result<Seen, String>;

impl Strangers {
    pub fn new(rows: &[Row]) -> Self {
        let folder = Folder::new();
        let mut list = String::new();
        for row in rows {
            let path = folder.write(&row.name, &row.bytes);
            // ssh-keygen looks at no private key that others may read.
            std::fs::set_permissions(path, Permissions::from_mode(0o600))
                .expect("the file is ours");
            folder.write(&format!("{}.password", row.name), row.store.as_bytes());
            let aliases: Vec<String> = row.aliases.iter().map(|alias| hex(alias)).collect();
            let (store, key) = (hex(row.store), hex(row.key));
            list += &format!(
                "{}\t{:?}\t{store}\t{key}\t{}\n",
                row.name,
                row.kind,
                aliases.join(",")
            );
        }
        folder.write("rows", list.as_bytes());
        let strangers = Self { folder };
        std::fs::create_dir(strangers.folder.path().join("empty")).expect("the folder is ours");
        strangers
            .run("certutil", &["-N", "-d", "sql:empty", "--empty-password"])
            .expect("NSS makes a database");
        strangers
    }

    /// Java, its keytool, BouncyCastle and the way of Anaplan Connect, in one Java.
    pub fn java(&self) -> Cells {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/interop");
        let source = |name| {
            sources
                .join(name)
                .to_str()
                .expect("the path is text")
                .to_owned()
        };
        let (one, other) = (source("Strangers.java"), source("ConnectLoad.java"));
        self.run(
            "javac",
            &[
                "--add-exports",
                KEYTOOL,
                "-d",
                "classes",
                "-cp",
                BOUNCY_CASTLE,
                &one,
                &other,
            ],
        )
        .expect("the Java program compiles");
        let path = format!("classes:{BOUNCY_CASTLE}");
        let arguments = ["--add-exports", KEYTOOL, "-cp", &path, "Strangers", "."];
        self.told(self.run("java", &arguments))
    }

    /// Python's cryptography. Debian's own Python has it; another one that stands before it in the path may not.
    pub fn python(&self) -> Cells {
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/interop/strangers.py");
        let source = source.to_str().expect("the path is text");
        self.told(self.run("/usr/bin/python3", &[source, "."]))
    }

    /// What a program of ours says that it found.
    fn told(&self, said: Result<Vec<u8>, String>) -> Cells {
        let said = said.unwrap_or_else(|error| panic!("{error}"));
        let lines = String::from_utf8(said).expect("it writes UTF-8");
        let cell = |line: &str| {
            let parts: Vec<&str> = line.split('\t').collect();
            let column = COLUMNS.into_iter().find(|column| *column == parts[0]);
            let key = (column.expect("a column"), parts[1].to_owned());
            let answer = match parts[2..] {
                ["!", why] => Err(why.to_owned()),
                ["=", listed] => Ok(keytool(&String::from_utf8_lossy(&unhex(listed)))),
                [keys, chains, aliases] => {
                    let list = |text: &str, end| -> Vec<String> {
                        let parts = text.split(end).filter(|part: &&str| !part.is_empty());
                        parts.map(str::to_owned).collect()
                    };
                    let chains: Vec<Vec<String>> = list(chains, ';')
                        .iter()
                        .map(|chain| list(chain, ','))
                        .collect();
                    let certificates = match parts[0] {
                        "python" => Certificates::Bag(chains.concat()),
                        _ => Certificates::Chains(chains),
                    };
                    let text = |hex: &String| String::from_utf8(unhex(hex)).expect("UTF-8");
                    Ok(Seen {
                        keys: Some(list(keys, ',').iter().map(|hex| unhex(hex)).collect()),
                        certificates: Some(certificates),
                        aliases: Some(list(aliases, ',').iter().map(text).collect()),
                    })
                }
                _ => panic!("not three parts: {line}"),
            };
            (key, answer)
        };
        lines.lines().map(cell).collect()
    }

    /// The strangers that are started for each row.
    pub fn each(&self, row: &Row) -> Cells {
        let mut cells = Cells::new();
        let mut tell = |column, answer| cells.insert((column, row.name.clone()), answer);
        match row.kind {
            Kind::Pkcs12 => {
                tell("openssl", self.openssl_pkcs12(row, &[]));
                tell("legacy", self.openssl_pkcs12(row, &["-legacy"]));
                tell("nss", self.nss(row));
                tell("certtool", self.certtool_pkcs12(row));
                tell("p12", p12_keystore(row));
            }
            Kind::Jceks | Kind::Jks => {}
            Kind::Pkcs1 | Kind::Pkcs8 | Kind::Sec1 => {
                let password = self.password(row, "file:");
                let mut arguments = vec!["pkey", "-in", &row.name];
                arguments.extend(
                    ["-passin", &password]
                        .iter()
                        .filter(|_| !row.key.is_empty()),
                );
                let said = self.run("openssl", &arguments);
                tell("openssl", said.map(|said| blocks(&said)));
                tell("certtool", self.certtool_key(&row.name, row.key));
            }
            Kind::Certificates => {
                let arguments = ["storeutl", "-certs", &row.name];
                tell(
                    "openssl",
                    self.run("openssl", &arguments).map(|said| blocks(&said)),
                );
            }
            Kind::Cms => {
                let binary = row.bytes.starts_with(&[0x30]);
                let form = if binary { "DER" } else { "PEM" };
                let arguments = ["pkcs7", "-inform", form, "-in", &row.name, "-print_certs"];
                tell(
                    "openssl",
                    self.run("openssl", &arguments).map(|said| blocks(&said)),
                );
                let mut arguments = vec!["--p7-info", "--infile", &row.name];
                arguments.extend(binary.then_some("--inder"));
                tell(
                    "certtool",
                    self.run("certtool", &arguments).map(|said| blocks(&said)),
                );
            }
            Kind::Openssh => drop(tell("ssh", self.ssh_private(row))),
            Kind::OpensshLine => drop(tell("ssh", self.ssh_line(row))),
        }
        tell("keyferry", keyferry(row));
        cells
    }

    fn openssl_pkcs12(&self, row: &Row, more: &[&str]) -> Answer {
        let password = self.password(row, "file:");
        let mut arguments = vec!["pkcs12", "-in", &row.name, "-passin", &password, "-nodes"];
        arguments.extend(more);
        let said = self.run("openssl", &arguments)?;
        // Names come in Latin-1.
        let text: String = said.iter().map(|&byte| char::from(byte)).collect();
        Ok(Seen {
            aliases: Some(after(&text, "    friendlyName: ")),
            ..blocks(&said)
        })
    }

    /// NSS lists a file, takes it into a database, and signs a request with each key there.
    fn nss(&self, row: &Row) -> Answer {
        let password = format!("{}.password", row.name);
        let list = ["-l", &row.name, "-d", "sql:empty", "-w", &password];
        let said = self.run("pk12util", &list)?;
        let text = String::from_utf8_lossy(&said);
        let mut lines = text.lines();
        let mut prints = Vec::new();
        while let Some(line) = lines.next() {
            if line.trim() == "Fingerprint (SHA-256):" {
                prints.push(plain(lines.next().unwrap_or_default()));
            }
        }
        let keys = self.nss_signs(row).unwrap_or_default();
        Ok(Seen {
            keys: (!row.keys.is_empty()).then_some(keys),
            certificates: Some(Certificates::Bag(prints)),
            aliases: Some(after(&text, "    Friendly Name: ")),
        })
    }

    fn nss_signs(&self, row: &Row) -> Result<Vec<Vec<u8>>, String> {
        let (database, password) = (
            format!("{}.nss", row.name),
            format!("{}.password", row.name),
        );
        let (from, to) = (
            self.folder.path().join("empty"),
            self.folder.path().join(&database),
        );
        std::fs::create_dir(&to).expect("the folder is ours");
        for file in std::fs::read_dir(from).expect("the database is there") {
            let file = file.expect("it has a name");
            std::fs::copy(file.path(), to.join(file.file_name())).expect("the folder is ours");
        }
        let database = format!("sql:{database}");
        self.run(
            "pk12util",
            &["-i", &row.name, "-d", &database, "-w", &password],
        )?;
        let request = format!("{}.csr", row.name);
        let signed = row.aliases.iter().map(|alias| {
            let make = [
                "-R", "-d", &database, "-k", alias, "-s", "CN=x", "-a", "-o", &request,
            ];
            self.run("certutil", &make)?;
            // The signature is verified, too.
            let look = [
                "req",
                "-in",
                &request,
                "-verify",
                "-noout",
                "-pubkey",
                "-config",
                "/dev/null",
            ];
            let said = self.run("openssl", &look)?;
            Ok(pem(&said)
                .into_iter()
                .map(|(_, der)| der)
                .collect::<Vec<_>>())
        });
        Ok(signed.collect::<Result<Vec<_>, String>>()?.concat())
    }

    fn certtool_pkcs12(&self, row: &Row) -> Answer {
        let password = format!("--password={}", row.store);
        let list = ["--p12-info", "--inder", "--infile", &row.name, &password];
        let said = self.run("certtool", &list)?;
        let text = String::from_utf8_lossy(&said);
        let mut seen = blocks(&said);
        let mut keys = Vec::new();
        for (label, der) in pem(&said) {
            if label == "ENCRYPTED PRIVATE KEY" {
                // It lists keys as they are, and opens them by themselves.
                let name = format!("{}.key", row.name);
                let text = keyferry::container::pem::write(&label, &der, Default::default());
                self.folder.write(&name, text.as_bytes());
                let seen = self.certtool_key(&name, row.store)?;
                keys.extend(seen.keys.unwrap_or_default());
            }
        }
        seen.keys = Some(keys);
        seen.aliases = Some(after(&text, "\tFriendly name: "));
        Ok(seen)
    }

    /// The public half of a key: GnuTLS 3.7 writes an elliptic key that was encrypted without its curve, and an Ed25519 key
    /// encrypted again.
    fn certtool_key(&self, name: &str, password: &str) -> Answer {
        let secret = format!("--password={password}");
        let mut arguments = vec!["--pubkey-info", "--load-privkey", name];
        arguments.extend((!password.is_empty()).then_some(secret.as_str()));
        self.run("certtool", &arguments).map(|said| blocks(&said))
    }

    fn ssh_private(&self, row: &Row) -> Answer {
        let said = self.run("ssh-keygen", &["-y", "-P", row.key, "-f", &row.name])?;
        let line = String::from_utf8(said).map_err(|error| error.to_string())?;
        ssh_line(&line)
    }

    fn ssh_line(&self, row: &Row) -> Answer {
        let said = self.run("ssh-keygen", &["-e", "-m", "RFC4716", "-f", &row.name])?;
        let text = String::from_utf8_lossy(&said).into_owned();
        let kept = text
            .lines()
            .filter(|line| !line.contains([':', '-']) && !line.ends_with('\\'));
        let blob: String = kept.collect();
        let print = self.run("ssh-keygen", &["-l", "-f", &row.name])?;
        let print = String::from_utf8_lossy(&print).into_owned();
        let comment = print.split(' ').skip(2).collect::<Vec<_>>().join(" ");
        let comment = comment.rsplit_once(" (").map_or("", |(comment, _)| comment);
        ssh_line(&format!("ssh {blob} {comment}"))
    }

    fn password(&self, row: &Row, before: &str) -> String {
        format!("{before}{}.password", row.name)
    }

    fn run(&self, tool: &str, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let done = Command::new(tool)
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap_or_else(|error| panic!("{tool}: {error}; cargo xtask test installs it"));
        match done.status.success() {
            true => Ok(done.stdout),
            false => {
                let said = [done.stdout, done.stderr].concat();
                let said = String::from_utf8_lossy(&said).into_owned();
                Err(said.lines().take(3).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// What `keytool -list -v` printed.
fn keytool(text: &str) -> Seen {
    let entries = text.split("Alias name: ").skip(1);
    let chains = entries.map(|entry| {
        let prints = after(entry, "\t SHA256: ");
        prints.iter().map(|print| plain(print)).collect()
    });
    Seen {
        keys: None,
        certificates: Some(Certificates::Chains(chains.collect())),
        aliases: Some(after(text, "Alias name: ")),
    }
}

/// The crate, which wrote our PKCS#12 files until we did.
fn p12_keystore(row: &Row) -> Answer {
    let read = || KeyStore::from_pkcs12(&row.bytes, row.store, Pkcs12ImportPolicy::Relaxed);
    let store = std::panic::catch_unwind(read).map_err(|_| "it panics".to_owned())?;
    let store = store.map_err(|error| error.to_string())?;
    let (mut keys, mut chains, mut aliases) = (Vec::new(), Vec::new(), Vec::new());
    for (alias, entry) in store.entries() {
        aliases.push(alias.to_string());
        match entry {
            KeyStoreEntry::Certificate(certificate) => {
                chains.push(vec![sha256_hex(certificate.as_der())])
            }
            KeyStoreEntry::PrivateKeyChain(identity) => {
                keys.push(identity.key().as_der().to_vec());
                let chain = identity.certs().iter();
                chains.push(chain.map(|link| sha256_hex(link.as_der())).collect());
            }
            KeyStoreEntry::Secret(_) => return Err("a secret key".into()),
        }
    }
    Ok(Seen {
        keys: Some(keys),
        certificates: Some(Certificates::Chains(chains)),
        aliases: Some(aliases),
    })
}

/// Our own reader, which the page holds every file against before it offers it.
fn keyferry(row: &Row) -> Answer {
    let passwords = [row.store.to_owned(), row.key.to_owned()];
    let store = opened(&[(&row.name, row.bytes.clone())], &passwords);
    let (mut keys, mut chains, mut lone) = (Vec::new(), Vec::new(), Vec::new());
    for entry in &store.entries {
        match &entry.kind {
            EntryKind::PrivateKey { key, chain } => {
                keys.push(key.pkcs8().expose().to_vec());
                chains.push(chain.iter().map(|link| sha256_hex(link.der())).collect());
            }
            EntryKind::Certificate(certificate) => lone.push(sha256_hex(certificate.der())),
            EntryKind::PublicKey(spki) => keys.push(spki.clone()),
            other => return Err(format!("{other:?}")),
        }
    }
    match row.chains.len() {
        1 if !lone.is_empty() => chains.push(lone),
        _ => chains.extend(lone.into_iter().map(|one| vec![one])),
    }
    let aliases = store.entries.iter().filter_map(|entry| entry.alias.clone());
    match store.entries.is_empty() {
        true => Err("it gives nothing".into()),
        false => Ok(Seen {
            keys: Some(keys),
            aliases: Some(aliases.collect()),
            certificates: Some(Certificates::Chains(chains)),
        }),
    }
}

/// Keys and certificates of the PEM blocks that a stranger printed.
fn blocks(said: &[u8]) -> Seen {
    let (mut keys, mut bag) = (Vec::new(), Vec::new());
    for (label, der) in pem(said) {
        match label.as_str() {
            "CERTIFICATE" => {
                let certificate =
                    Certificate::parse(&der).expect("a stranger prints a certificate");
                bag.push(sha256_hex(certificate.der()));
            }
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => {
                let key = PrivateKey::parse(&der).expect("a stranger prints a key");
                keys.push(key.pkcs8().expose().to_vec());
            }
            "PUBLIC KEY" => keys.push(der),
            _ => {}
        }
    }
    Seen {
        keys: Some(keys),
        certificates: Some(Certificates::Bag(bag)),
        aliases: None,
    }
}

/// The blocks of a text, as label and bytes.
fn pem(said: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(said);
    let blocks = text.split("-----BEGIN ").skip(1);
    let block = |block: &str| {
        let (label, rest) = block.split_once("-----").expect("a label ends");
        let (body, _) = rest.split_once("-----END").expect("a block ends");
        let digits: String = body.split_whitespace().collect();
        let der = Base64::decode_vec(&digits).expect("a block is base64");
        (label.to_owned(), der)
    };
    blocks.map(block).collect()
}

/// The key of a line of `authorized_keys`, by our own reader, and its comment.
fn ssh_line(line: &str) -> Answer {
    let mut parts = line.trim_end().splitn(3, ' ').skip(1);
    let blob = parts.next().ok_or("no key")?;
    let comment = parts.next().unwrap_or_default().to_owned();
    let blob = Base64::decode_vec(blob).map_err(|error| error.to_string())?;
    let length = blob.get(3).map_or(0, |length| usize::from(*length));
    let kind = String::from_utf8_lossy(blob.get(4..4 + length).ok_or("too short")?).into_owned();
    let line = format!("{kind} {}\n", Base64::encode_string(&blob));
    let store = opened(&[("line.pub", line.into_bytes())], &[]);
    let keys = store.entries.iter().filter_map(|entry| match &entry.kind {
        EntryKind::PublicKey(spki) => Some(spki.clone()),
        _ => None,
    });
    Ok(Seen {
        keys: Some(keys.collect()),
        certificates: None,
        aliases: Some(vec![comment]),
    })
}

/// What stands after a mark on each line that begins with it.
fn after(text: &str, mark: &str) -> Vec<String> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some((_, behind)) = rest.split_once(mark) {
        let line = behind.lines().next().unwrap_or_default();
        found.push(line.to_owned());
        rest = behind;
    }
    found
}

/// A fingerprint without its colons.
fn plain(print: &str) -> String {
    print.trim().replace(':', "").to_lowercase()
}

fn hex(text: &str) -> String {
    keyferry::crypto::digest::hex(text.as_bytes())
}

fn unhex(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).expect("digits");
        u8::from_str_radix(pair, 16).expect("digits")
    };
    digits.map(byte).collect()
}
