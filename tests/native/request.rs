//! Requests, keys and test certificates: openssl and Java agree with what was asked for.
//!
//! Needs openssl 3 and a Java of 17 or later.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use crate::support::{Folder, each};
use getrandom::SysRng;
use keyferry::request::{
    KeyKind, KeySource, Planned, RequestOptions, RequestStep, Requested, Requesting, review,
};
use keyferry::{Error, Opening, Password, Step, Store};
use rand_core::UnwrapErr;
use serde_json::{Value, json};
use time::OffsetDateTime;

/// Every field, and every kind of name.
fn full(key: KeyKind) -> Value {
    json!({
        "key": key.id(),
        "subject": { "cn": "Müller, Anna \"A\"", "o": "Example + Söhne", "ou": "Planning", "c": "DE", "l": "Köln",
                     "st": "Nordrhein-Westfalen", "email": "anna@example.com" },
        "sans": [{ "type": "email", "value": "anna@example.com" }, { "type": "dns", "value": "*.example.com" },
                 { "type": "ip", "value": "192.0.2.7" }, { "type": "ip", "value": "2001:db8::7" },
                 { "type": "uri", "value": "https://example.com/a?b=c" }],
        "key_usage": ["digitalSignature", "keyEncipherment"],
        "extended_key_usage": ["clientAuth", "emailProtection", "1.3.6.1.4.1.311.20.2.2"],
    })
}

#[test]
fn openssl_agrees_on_every_field() {
    each(&KeyKind::ALL, |&kind| {
        let folder = Folder::new();
        let made =
            request(full(kind), Some("new password"), &Store::default()).expect("it can be made");
        let names: Vec<_> = made.files.iter().map(|file| file.name).collect();
        assert_eq!(names, ["request.csr", "private_key.pem"]);
        let csr = folder.write("request.csr", &made.files[0].bytes);
        let text = openssl(&[
            "req",
            "-verify",
            "-noout",
            "-text",
            "-nameopt",
            "utf8,sep_multiline,lname",
            "-in",
            &at(&csr),
        ]);
        for wanted in [
            "self-signature verify OK",
            "countryName=DE",
            "stateOrProvinceName=Nordrhein-Westfalen",
            "localityName=Köln",
            "organizationName=Example + Söhne",
            "organizationalUnitName=Planning",
            "commonName=Müller, Anna \"A\"",
            "emailAddress=anna@example.com",
            "Version: 1 (0x0)",
            "email:anna@example.com, DNS:*.example.com, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7, URI:https://example.com/a?b=c",
            "Digital Signature, Key Encipherment",
            "TLS Web Client Authentication, E-mail Protection, Microsoft Smartcard Login",
        ] {
            assert!(
                text.contains(wanted),
                "{}: {wanted} is not in\n{text}",
                kind.id()
            );
        }
        let algorithm = match kind {
            KeyKind::P256 => ("ASN1 OID: prime256v1", "ecdsa-with-SHA256"),
            KeyKind::P384 => ("ASN1 OID: secp384r1", "ecdsa-with-SHA384"),
            KeyKind::Ed25519 => ("ED25519 Public-Key", "Signature Algorithm: ED25519"),
            KeyKind::Rsa2048 => ("Public-Key: (2048 bit)", "sha256WithRSAEncryption"),
            KeyKind::Rsa3072 => ("Public-Key: (3072 bit)", "sha256WithRSAEncryption"),
            KeyKind::Rsa4096 => ("Public-Key: (4096 bit)", "sha256WithRSAEncryption"),
        };
        assert!(
            text.contains(algorithm.0) && text.contains(algorithm.1),
            "{text}"
        );
        // The key that is kept is the one that asks.
        let key = folder.write("private_key.pem", &made.files[1].bytes);
        let kept = openssl(&[
            "pkey",
            "-pubout",
            "-passin",
            "pass:new password",
            "-in",
            &at(&key),
        ]);
        assert!(kept.contains(&openssl(&["req", "-pubkey", "-noout", "-in", &at(&csr)])));
        assert!(made.findings.is_empty());
        println!("{}: openssl req -verify -text agrees", kind.id());
    });
}

#[test]
fn the_preset_asks_for_what_anaplan_wants() {
    let options = json!({ "preset": "anaplan", "subject": { "cn": "Anna", "email": "anna@example.com" }, "keep": "p12" });
    let folder = Folder::new();
    let made = request(options, Some("changeit"), &Store::default()).expect("it can be made");
    let csr = folder.write("request.csr", &made.files[0].bytes);
    let text = openssl(&["req", "-verify", "-noout", "-text", "-in", &at(&csr)]);
    let text: Vec<_> = text.lines().map(str::trim).collect();
    let text = text.join("\n");
    for wanted in [
        "Subject: CN = Anna, emailAddress = anna@example.com",
        "Public-Key: (2048 bit)",
        "X509v3 Key Usage: critical\nDigital Signature\n",
        "TLS Web Client Authentication, E-mail Protection\n",
        "email:anna@example.com\n",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
    assert_eq!(made.files[1].name, "private_key.p12");
    let p12 = folder.write("private_key.p12", &made.files[1].bytes);
    let key = openssl(&[
        "pkcs12",
        "-nodes",
        "-passin",
        "pass:changeit",
        "-in",
        &at(&p12),
    ]);
    assert!(key.contains("BEGIN PRIVATE KEY"));
}

#[test]
fn java_and_openssl_parse_the_test_certificate() {
    each(
        &[KeyKind::Rsa2048, KeyKind::P384, KeyKind::Ed25519],
        |&kind| {
            let folder = Folder::new();
            let mut options = full(kind);
            options["self_signed_days"] = 30.into();
            options["keep"] = "p12".into();
            let made =
                request(options, Some("changeit"), &Store::default()).expect("it can be made");
            assert_eq!(made.findings[0].code, "self-signed-test");
            let certificate = folder.write("certificate.pem", &made.files[0].bytes);
            let printed = run(
                "keytool",
                &[
                    "-J-Duser.language=en",
                    "-printcert",
                    "-file",
                    &at(&certificate),
                ],
            );
            for wanted in [
                "Test only: self-signed, refused by Anaplan",
                "CN=\"Müller, Anna",
                "RFC822Name: anna@example.com",
                "Version: 3",
            ] {
                assert!(printed.contains(wanted), "{wanted} is not in\n{printed}");
            }
            let verified = openssl(&[
                "verify",
                "-check_ss_sig",
                "-CAfile",
                &at(&certificate),
                "-attime",
                "1795305600",
                &at(&certificate),
            ]);
            assert!(verified.contains(": OK"), "{verified}");
            let dates = openssl(&["x509", "-noout", "-dates", "-in", &at(&certificate)]);
            assert!(
                dates.contains("notBefore=Nov 22 00:00:00 2026 GMT")
                    && dates.contains("notAfter=Dec 22 00:00:00 2026 GMT"),
                "{dates}"
            );
            let p12 = folder.write("key.p12", &made.files[1].bytes);
            let listed = run(
                "keytool",
                &[
                    "-J-Duser.language=en",
                    "-list",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    &at(&p12),
                    "-storepass",
                    "changeit",
                ],
            );
            assert!(listed.contains("PrivateKeyEntry"), "{listed}");
        },
    );
}

#[test]
fn a_renewal_asks_for_the_same() {
    let folder = Folder::new();
    let (key, certificate) = (folder.path().join("k.pem"), folder.path().join("c.pem"));
    let extensions = "subjectAltName=email:a@example.com,DNS:example.com\nkeyUsage=critical,digitalSignature\n\
        extendedKeyUsage=emailProtection\nauthorityInfoAccess=OCSP;URI:http://ocsp.example.com\n\
        crlDistributionPoints=URI:http://example.com/a.crl\n1.3.6.1.4.1.99999.1=ASN1:UTF8:ours\n";
    let config = format!(
        "[req]\ndistinguished_name=dn\nx509_extensions=e\nprompt=no\n[dn]\nO=Example\nCN=Anna\n[e]\n{extensions}"
    );
    let config = folder.write("c.cnf", config.as_bytes());
    openssl(&[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-days",
        "9",
        "-config",
        &at(&config),
        "-keyout",
        &at(&key),
        "-out",
        &at(&certificate),
    ]);
    let store = store(&[&key, &certificate]);
    for (options, files) in [
        (json!({ "entry": 0, "renew": true }), 1),
        (json!({ "entry": 0, "renew": true, "key": "rsa3072" }), 2),
    ] {
        let made = request(options, Some("changeit"), &store).expect("it can be made");
        assert_eq!(made.files.len(), files);
        let csr = folder.write("r.csr", &made.files[0].bytes);
        let text = openssl(&["req", "-verify", "-noout", "-text", "-in", &at(&csr)]);
        for wanted in [
            "O = Example, CN = Anna",
            "email:a@example.com, DNS:example.com",
            "E-mail Protection",
            "1.3.6.1.4.1.99999.1",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
        for unwanted in ["ocsp.example.com", "a.crl", "Key Identifier"] {
            assert!(!text.contains(unwanted), "{unwanted} is in\n{text}");
        }
        let same = openssl(&["req", "-pubkey", "-noout", "-in", &at(&csr)])
            == openssl(&["pkey", "-pubout", "-in", &at(&key)]);
        assert_eq!(same, files == 1);
    }
    let made = request(
        json!({ "entry": 0, "subject": { "cn": "Another" } }),
        None,
        &store,
    );
    assert_eq!(made.expect("it can be made").files.len(), 1);
}

#[test]
fn what_cannot_be_written_is_refused_with_its_code() {
    let code = |options: Value| match request(options, None, &Store::default()) {
        Err(error) => error.code(),
        Ok(_) => "none",
    };
    assert_eq!(code(json!({ "subject": { "cn": "" } })), "request-unfit");
    assert_eq!(
        code(json!({ "entry": 0, "subject": { "cn": "A" } })),
        "entry-unknown"
    );
    assert_eq!(code(json!({ "renew": true })), "no-certificate");
    let options = json!({ "subject": { "c": "Deutschland", "email": "anna" },
        "sans": [{ "type": "dns", "value": "bücher.example" }, { "type": "ip", "value": "1.2.3" }] });
    let options = serde_json::from_value(options).expect("options");
    let problems = review(options, &Password::new("changeit".into())).problems;
    let rules: Vec<_> = problems
        .iter()
        .map(|problem| &problem.data["rule"])
        .collect();
    assert_eq!(
        rules,
        [
            "country-not-two-letters",
            "common-name-empty",
            "email-malformed",
            "dns-not-ascii",
            "ip-malformed"
        ]
    );
    assert_eq!(
        problems[3].hint,
        "Enter its IDNA form, xn--bcher-kva.example, instead."
    );
    let unlocked = request(
        json!({ "key": "p256", "subject": { "cn": "A" } }),
        None,
        &Store::default(),
    );
    let unlocked = unlocked.expect("it can be made");
    assert_eq!(unlocked.findings[0].code, "key-not-locked");
    assert!(
        unlocked.files[1]
            .bytes
            .starts_with(b"-----BEGIN PRIVATE KEY-----")
    );
}

fn request(options: Value, password: Option<&str>, store: &Store) -> Result<Requested, Error> {
    let random = &mut UnwrapErr(SysRng);
    let options: RequestOptions = serde_json::from_value(options).expect("a form");
    let planned = Planned::new(options, store)?;
    let key = match planned.source() {
        KeySource::Have(key) => key.clone(),
        KeySource::Make(kind) => Arc::new(kind.make(random)?),
    };
    let password = password.map(|text| Password::new(text.into()));
    let mut requesting = Requesting::new(&planned, key, password, instant(), random)?;
    loop {
        match requesting.step()? {
            RequestStep::Done(requested) => return Ok(requested),
            RequestStep::Derive(jobs) => {
                for job in jobs {
                    let key = job.derive(&mut |_| ());
                    requesting.supply(job, key);
                }
            }
        }
    }
}

fn store(files: &[&Path]) -> Store {
    let mut opening = Opening::default();
    for (id, path) in (0..).zip(files) {
        let bytes = std::fs::read(path).expect("it was just written");
        opening.add(id, &at(path), &bytes);
    }
    assert!(matches!(opening.step(), Step::Done), "nothing is locked");
    opening.store()
}

fn instant() -> OffsetDateTime {
    // 2026-11-22T00:00:00Z
    OffsetDateTime::from_unix_timestamp(1_795_305_600).expect("an instant")
}

fn at(path: &Path) -> String {
    path.display().to_string()
}

fn openssl(arguments: &[&str]) -> String {
    run("openssl", arguments)
}

/// What a program says, on either way out; it must end well.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}
