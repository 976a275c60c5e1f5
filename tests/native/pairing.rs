//! Chains as they are put together and written. Needs openssl 3.

use std::fs;
use std::process::Command;

use crate::support::{AT_MILLISECONDS, Folder, converted, opened};
use keyferry::Store;
use keyferry::model::store::EntryKind;
use serde_json::json;

/// A CA that changed its key: the old root, the new root, the old key certified with the new one (RFC 4210, 4.4), and a
/// certificate that was issued with the old key. All three of the CA have one name.
struct Rollover {
    folder: Folder,
}

const IDENTIFIERS: &str = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
const NO_IDENTIFIERS: &str = "subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n";
const CA: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";

impl Rollover {
    fn new(identifiers: &str) -> Self {
        let made = Self {
            folder: Folder::new(),
        };
        for key in ["old", "new", "leaf"] {
            let curve = "ec_paramgen_curve:P-256";
            let out = format!("{key}.key");
            made.openssl(&[
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                curve,
                "-out",
                &out,
            ]);
        }
        made.folder
            .write("ca.ext", format!("{CA}{identifiers}").as_bytes());
        made.folder.write("leaf.ext", identifiers.as_bytes());
        made.issue("old", "/CN=Rollover CA", "old", "old", 900, "ca");
        made.issue("new", "/CN=Rollover CA", "new", "new", 2000, "ca");
        made.issue("old-with-new", "/CN=Rollover CA", "old", "new", 1500, "ca");
        made.issue("leaf", "/CN=Ann", "leaf", "old", 600, "leaf");
        made
    }

    /// A certificate for a key, signed by the CA's certificate of that name; by the key itself where they are one.
    fn issue(&self, id: &str, subject: &str, key: &str, ca: &str, days: u32, extensions: &str) {
        let (key_file, out) = (format!("{key}.key"), format!("{id}.pem"));
        let (request, file) = (format!("{id}.csr"), format!("{extensions}.ext"));
        let ask = ["-key", &key_file, "-subj", subject, "-out", &request];
        self.openssl(&[&["req", "-new"], &ask[..]].concat());
        let (ca_pem, ca_key) = (format!("{ca}.pem"), format!("{ca}.key"));
        let signer = match id == ca {
            true => vec!["-signkey", &key_file],
            false => vec!["-CA", &ca_pem, "-CAkey", &ca_key, "-CAcreateserial"],
        };
        let days = days.to_string();
        let sign = [
            "x509", "-req", "-in", &request, "-days", &days, "-extfile", &file, "-out", &out,
        ];
        self.openssl(&[&sign, &signer[..]].concat());
    }

    /// A PKCS#12 of the leaf with its key and these certificates of the CA.
    fn pkcs12(&self, authorities: &[&str]) -> Store {
        let pem = |id: &&str| fs::read(self.folder.path().join(format!("{id}.pem"))).unwrap();
        let all: Vec<u8> = authorities.iter().flat_map(pem).collect();
        self.folder.write("authorities.pem", &all);
        let identity = ["-inkey", "leaf.key", "-in", "leaf.pem"];
        let rest = [
            "-certfile",
            "authorities.pem",
            "-passout",
            "pass:",
            "-out",
            "in.p12",
        ];
        self.openssl(&[&["pkcs12", "-export"], &identity[..], &rest].concat());
        let bytes = fs::read(self.folder.path().join("in.p12")).unwrap();
        opened(&[("in.p12", bytes)], &[])
    }

    fn sha256(&self, id: &str) -> String {
        let pem = format!("{id}.pem");
        let said = self.openssl(&["x509", "-in", &pem, "-noout", "-fingerprint", "-sha256"]);
        let (_, digits) = said.trim().split_once('=').unwrap();
        digits.replace(':', "").to_lowercase()
    }

    fn openssl(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("openssl");
        let output = command
            .args(arguments)
            .current_dir(self.folder.path())
            .output();
        let output = output.expect("openssl starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// The SHA-256 of each certificate in the chain of the only identity.
fn chain(store: &Store) -> Vec<String> {
    let EntryKind::PrivateKey { chain, .. } = &store.entries[0].kind else {
        panic!("the first entry is the identity");
    };
    chain.iter().map(|link| link.sha256()).collect()
}

#[test]
fn the_chain_of_a_ca_that_changed_its_key_is_written_up_to_its_root() {
    for identifiers in [IDENTIFIERS, NO_IDENTIFIERS] {
        let rollover = Rollover::new(identifiers);
        let wanted = ["leaf", "old-with-new", "new"].map(|id| rollover.sha256(id));
        // In whatever order they come.
        for authorities in [["old-with-new", "new"], ["new", "old-with-new"]] {
            let store = rollover.pkcs12(&authorities);
            assert_eq!(chain(&store), wanted, "{authorities:?}, {identifiers}");
            let request = json!({
                "target": "windows-current",
                "entries": [{ "entry": 0, "alias": "ann" }],
                "at": AT_MILLISECONDS,
            });
            let made = converted(&store, request, "Plain-and-long-1", None).unwrap();
            let password = "Plain-and-long-1".to_owned();
            let written = made.files[0].bytes.to_vec();
            let again = opened(&[("out.pfx", written)], &[password]);
            assert_eq!(chain(&again), wanted, "what was written, {authorities:?}");
        }
    }
}

#[test]
fn a_chain_ends_at_the_root_that_signed_itself() {
    let rollover = Rollover::new(IDENTIFIERS);
    let store = rollover.pkcs12(&["old", "new"]);
    let wanted = ["leaf", "old"].map(|id| rollover.sha256(id));
    assert_eq!(chain(&store), wanted, "the new root signed none of them");
}
