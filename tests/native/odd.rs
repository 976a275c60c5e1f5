//! Certificates that break the standard or stretch it: each opens, says what is wrong, and is called something.
//!
//! Needs openssl 3.

use std::fs;
use std::process::Command;

use crate::support::{Folder, open, opened};
use keyferry::view::details::details;
use serde_json::Value;

/// A self-signed certificate, DER, of a subject and with these sections of openssl's configuration.
fn made(folder: &Folder, subject: &str, sections: &str) -> Vec<u8> {
    let [configuration, key, certificate] =
        ["openssl.cnf", "key.pem", "certificate.der"].map(|name| folder.path().join(name));
    let head = "[req]\ndistinguished_name = dn\nx509_extensions = extensions\n[dn]\n[extensions]\n";
    fs::write(&configuration, format!("{head}{sections}")).unwrap();
    let done = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args(["-days", "30", "-outform", "DER", "-subj", subject])
        .args(["-config".as_ref(), configuration.as_os_str()])
        .args([
            "-keyout".as_ref(),
            key.as_os_str(),
            "-out".as_ref(),
            certificate.as_os_str(),
        ])
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    fs::read(certificate).unwrap()
}

/// What is said of the one certificate in a file, in a line and in full.
fn told(bytes: Vec<u8>) -> (Value, Value) {
    let store = opened(&[("odd.cer", bytes.clone())], &[]);
    let [entry] = store.entries.as_slice() else {
        panic!("{} entries", store.entries.len());
    };
    let full = serde_json::to_value(details(&entry.kind).unwrap()).unwrap();
    let view = crate::support::open(&[("odd.cer", bytes)], &[]);
    (view["entries"][0].clone(), full)
}

#[test]
fn ten_thousand_names_are_all_there() {
    let folder = Folder::new();
    let mut sections = "subjectAltName = @names\n[names]\n".to_owned();
    for number in 1..=10_000 {
        sections.push_str(&format!("DNS.{number} = host{number}.example.com\n"));
    }
    let (entry, full) = told(made(&folder, "/CN=many", &sections));
    assert_eq!(entry["name"], "many");
    let full = full.to_string();
    assert!(full.contains("host1.example.com") && full.contains("host10000.example.com"));
}

#[test]
fn an_empty_subject_is_called_something() {
    let folder = Folder::new();
    let (bare, _) = told(made(&folder, "/", ""));
    let serial = bare["serial"].as_str().unwrap();
    assert_eq!(bare["name"], format!("no name (serial {serial})"));
    let (host, _) = told(made(&folder, "/", "subjectAltName = DNS:a.example.com\n"));
    assert_eq!(host["name"], "a.example.com");
    assert_eq!(host["suggested_alias"], "a-example-com");
    let names = "subjectAltName = DNS:a.example.com, email:ann@example.com\n";
    let (address, _) = told(made(&folder, "/", names));
    assert_eq!(address["name"], "ann@example.com");
}

#[test]
fn a_broken_date_is_reported() {
    let folder = Folder::new();
    let mut der = made(&folder, "/CN=date", "extendedKeyUsage = clientAuth\n");
    // The month of the first UTCTime becomes the 99th.
    let time = der.windows(2).position(|two| two == [0x17, 0x0d]).unwrap();
    der[time + 4..time + 6].copy_from_slice(b"99");
    let (entry, full) = told(der);
    assert_eq!(
        (&entry["name"], &entry["not_before"]),
        (&"date".into(), &Value::Null)
    );
    assert_eq!(entry["status"], "unknown");
    assert_eq!(
        entry["extended_key_usage"],
        serde_json::json!(["clientAuth"]),
        "an odd date hides no extension"
    );
    let codes: Vec<&Value> = entry["verdict"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| &finding["code"])
        .collect();
    assert!(codes.contains(&&"validity-unreadable".into()), "{codes:?}");
    assert!(
        full["fields"].as_array().is_some_and(|rows| rows.len() > 3),
        "{full}"
    );
}

/// Public CAs stop issuing such certificates on three days, and the finding names each of them and what to order instead.
#[test]
fn the_end_of_client_authentication_is_dated() {
    let folder = Folder::new();
    let both = "extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=email:anna@example.com\n";
    let der = made(&folder, "/CN=Anna", both);
    let view = open(&[("both.cer", der)], &[]);
    let findings = view["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["code"] == "client-auth-ending")
        .expect("it is found");
    for day in ["2027-02-10", "2027-03-01", "2027-03-15"] {
        assert!(
            finding["message"].as_str().unwrap().contains(day),
            "{finding}"
        );
    }
    assert!(
        finding["hint"].as_str().unwrap().contains("S/MIME"),
        "{finding}"
    );
    let client = made(&folder, "/CN=Anna", "extendedKeyUsage=clientAuth\n");
    let view = open(&[("client.cer", client)], &[]);
    let findings = view["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .all(|finding| finding["code"] != "client-auth-ending")
    );
}
