//! What we say of fields and extensions, held against `openssl x509 -text`: on every certificate of the vectors, and of the
//! corpus where there is one (see `corpus.rs`).
//!
//! Needs openssl 3.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::support::{Folder, each, manifest, vector, words};
use keyferry::model::store::EntryKind;
use keyferry::view::details::{Fact, details, of_certificate, tree};
use keyferry::{Opening, Password, Step};
use serde_json::Value;

#[test]
fn fields_are_those_of_openssl() {
    let mut ders: BTreeSet<Vec<u8>> = BTreeSet::new();
    for line in manifest() {
        let name = line["file"].as_str().expect("each line names its file");
        // What costs much to open says nothing more about certificates.
        if !name.contains("hostile") {
            ders.extend(certificates(
                name,
                &vector(name),
                &words(&line["passwords"]),
            ));
        }
    }
    let from_vectors = ders.len();
    let of_corpus = each(&corpus(), |(path, passwords)| {
        let bytes = fs::read(path).expect("the corpus is whole");
        certificates(&path.display().to_string(), &bytes, passwords)
    });
    ders.extend(of_corpus.into_iter().flatten());
    let ders: Vec<Vec<u8>> = ders.into_iter().collect();
    let folder = Folder::new();
    let numbered: Vec<(usize, &Vec<u8>)> = ders.iter().enumerate().collect();
    let compared = each(&numbered, |(number, der)| compare(&folder, *number, der));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let mut refused = 0;
    for result in &compared {
        match result {
            None => refused += 1,
            Some((fields, wrong)) => {
                fields
                    .iter()
                    .for_each(|field| *counts.entry(field).or_default() += 1);
                differences.extend(wrong.iter().cloned());
            }
        }
    }
    println!(
        "{} certificates, {from_vectors} of them of the vectors; openssl reads {}",
        ders.len(),
        ders.len() - refused
    );
    for (field, count) in &counts {
        println!("{field:<32} {count}");
    }
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert!(counts["Subject"] > 30, "there were certificates to compare");
    // Policies stand in certificates of the corpus alone.
    for field in &FIELDS[..8] {
        assert!(counts.contains_key(field.0), "{} occurs", field.0);
    }
}

/// Ours, openssl's.
const FIELDS: [(&str, &str); 9] = [
    (
        "Subject alternative name",
        "X509v3 Subject Alternative Name",
    ),
    ("Key usage", "X509v3 Key Usage"),
    ("Extended key usage", "X509v3 Extended Key Usage"),
    ("Basic constraints", "X509v3 Basic Constraints"),
    (
        "Authority information access",
        "Authority Information Access",
    ),
    ("CRL distribution points", "X509v3 CRL Distribution Points"),
    ("Subject key identifier", "X509v3 Subject Key Identifier"),
    (
        "Authority key identifier",
        "X509v3 Authority Key Identifier",
    ),
    ("Certificate policies", "X509v3 Certificate Policies"),
];

/// The fields that were compared and what differs; `None` where openssl cannot read the certificate.
fn compare(folder: &Folder, number: usize, der: &[u8]) -> Option<(Vec<&'static str>, Vec<String>)> {
    let path = folder.write(&format!("{number}.der"), der);
    let certificate =
        keyferry::model::certificate::Certificate::parse(der).expect("it was read before");
    let ours = of_certificate(&certificate);
    assert!(tree(der).is_ok());
    let said = openssl(
        &path,
        &[
            "-noout",
            "-serial",
            "-startdate",
            "-enddate",
            "-dateopt",
            "iso_8601",
            "-subject",
            "-issuer",
            "-nameopt",
            "RFC2253,-esc_msb,utf8,-esc_ctrl,-dump_all,-dump_unknown,-dump_der",
            "-text",
            "-certopt",
            "no_sigdump,no_pubkey",
        ],
    )?;
    let mut fields = Vec::new();
    let mut wrong = Vec::new();
    let mut check = |field: &'static str, ours: String, theirs: String| {
        fields.push(field);
        if ours != theirs {
            wrong.push(format!("{field} of {number}: {ours:?}, openssl {theirs:?}"));
        }
    };
    let line = |name: &str| {
        said.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_default()
            .to_owned()
    };
    let value = |list: &[Fact], name: &str| -> Vec<String> {
        let fact = list.iter().find(|fact| fact.name == name);
        fact.map_or(Vec::new(), |fact| fact.values.clone())
    };
    let field = |name: &str| value(&ours.fields, name).concat();
    // A negative number, which no standard allows, openssl prints with a sign and we by its bytes.
    let serial = line("serial=").to_lowercase();
    if !serial.starts_with('-') {
        let ours = field("Serial number").trim_start_matches('0').to_owned();
        check(
            "Serial number",
            ours,
            serial.trim_start_matches('0').to_owned(),
        );
    }
    for (name, theirs) in [("Valid from", "notBefore="), ("Valid until", "notAfter=")] {
        // What openssl refuses may still be read by who is lenient.
        if line(theirs) != "Bad time value" {
            check(name, field(name).replace('T', " "), line(theirs));
        }
    }
    check("Subject", name(&field("Subject")), name(&line("subject=")));
    check("Issuer", name(&field("Issuer")), name(&line("issuer=")));
    for (own, other) in FIELDS {
        let theirs = block(&said, other);
        let ours = value(&ours.extensions, own);
        if let Some(theirs) = theirs {
            let ours = ours.iter().map(|value| common(own, value));
            let ours: Vec<String> = ours.filter(|value| shared(own, value)).collect();
            let mut theirs = values(own, &theirs);
            theirs.retain(|value| shared(own, value));
            // One that calls policies by names of its own says nothing of their identifiers.
            if theirs
                .iter()
                .any(|value| own == "Certificate policies" && value.starts_with("Class"))
            {
                continue;
            }
            check(own, ours.join("|"), theirs.join("|"));
        } else {
            assert!(
                ours.is_empty(),
                "{own} of {number}: {ours:?}, openssl has none"
            );
        }
    }
    Some((fields, wrong))
}

/// The attributes of a name, in an order that both can be put into, without what the two escape differently. Types that only
/// one of them calls by a name are left out, and so are values that are no strings, which openssl writes in hexadecimal.
fn name(text: &str) -> String {
    let plain = text.replace(['\\', ' '], "");
    let named = [
        "jurisdictionC=",
        "generationQualifier=",
        "INN=",
        "OGRN=",
        "x500UniqueIdentifier=",
    ];
    let shared = |part: &&str| {
        let known = !named.iter().any(|name| part.starts_with(name));
        known && !part.starts_with(|first: char| first.is_ascii_digit())
    };
    let mut parts: Vec<&str> = plain.split([',', '+']).filter(shared).collect();
    parts.sort_unstable();
    parts.join(",")
}

/// The lines under a title of openssl's text, up to the next of the same depth.
fn block(text: &str, title: &str) -> Option<Vec<String>> {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.trim_start().starts_with(&format!("{title}:")));
    let depth = |line: &str| line.len() - line.trim_start().len();
    let own = depth(lines.next()?);
    let inside = lines.take_while(|line| depth(line) > own || line.is_empty());
    Some(
        inside
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
    )
}

/// What openssl says of an extension, one value each, in the words that both can be put into.
fn values(field: &str, lines: &[String]) -> Vec<String> {
    let joined = lines.join(", ");
    match field {
        "CRL distribution points" => lines
            .iter()
            .filter(|line| !line.ends_with("Name:") && !line.starts_with("Reasons"))
            .map(|line| common(field, line))
            .collect(),
        "Authority information access" => lines.iter().map(|line| common(field, line)).collect(),
        "Certificate policies" => lines
            .iter()
            .filter_map(|line| line.strip_prefix("Policy: "))
            .map(|line| common(field, line))
            .collect(),
        "Authority key identifier" | "Subject key identifier" => lines
            .first()
            .map(|line| common(field, line))
            .into_iter()
            .collect(),
        _ => joined
            .split(", ")
            .map(|value| common(field, value))
            .collect(),
    }
}

/// Whether a value is one that both say: not a kind of name that openssl does not print whole, or an empty list.
fn shared(field: &str, value: &str) -> bool {
    match field {
        "Subject alternative name" => {
            let kinds = ["email:", "DNS:", "URI:"];
            kinds.iter().any(|kind| value.starts_with(kind))
                || value.parse::<std::net::IpAddr>().is_ok()
        }
        "Authority key identifier" => !value.starts_with("dirname") && !value.starts_with("serial"),
        _ => value != "0.",
    }
}

fn common(field: &str, value: &str) -> String {
    const NAMES: [(&str, &str); 20] = [
        ("2.16.840.1.113730.4.1", "Netscape Server Gated Crypto"),
        (
            "1.3.6.1.4.1.311.2.1.22",
            "Microsoft Commercial Code Signing",
        ),
        ("digitalSignature", "Digital Signature"),
        ("nonRepudiation", "Non Repudiation"),
        ("keyEncipherment", "Key Encipherment"),
        ("dataEncipherment", "Data Encipherment"),
        ("keyAgreement", "Key Agreement"),
        ("keyCertSign", "Certificate Sign"),
        ("cRLSign", "CRL Sign"),
        ("encipherOnly", "Encipher Only"),
        ("decipherOnly", "Decipher Only"),
        ("anyExtendedKeyUsage", "Any Extended Key Usage"),
        ("serverAuth", "TLS Web Server Authentication"),
        ("clientAuth", "TLS Web Client Authentication"),
        ("codeSigning", "Code Signing"),
        ("emailProtection", "E-mail Protection"),
        ("timeStamping", "Time Stamping"),
        ("OCSPSigning", "OCSP Signing"),
        ("msSmartcardLogon", "Microsoft Smartcard Login"),
        ("msEncryptingFileSystem", "Microsoft Encrypted File System"),
    ];
    match field {
        "Subject key identifier" | "Authority key identifier" => {
            let id = value.trim_start_matches("keyid:").replace(':', "");
            id.to_lowercase()
        }
        "Certificate policies" => {
            let oid = value.split(' ').next().unwrap_or_default();
            if value.starts_with("X509v3 Any") || oid == "2.5.29.32.0" {
                "any".into()
            } else {
                oid.into()
            }
        }
        "Subject alternative name" => match value
            .strip_prefix("IP Address:")
            .map(str::parse::<std::net::IpAddr>)
        {
            Some(Ok(address)) => address.to_string(),
            _ => value.replace(['\\', ' '], ""),
        },
        _ => NAMES
            .iter()
            .find(|row| row.0 == value)
            .map_or(value, |row| row.1)
            .to_owned(),
    }
}

fn openssl(path: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("openssl")
        .args(["x509", "-inform", "DER", "-in"])
        .arg(path)
        .args(arguments)
        .output();
    let output = output.expect("openssl starts");
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Every certificate of a file that opens with these passwords; of requests and lists, that their details can be had.
fn certificates(name: &str, bytes: &[u8], passwords: &[String]) -> Vec<Vec<u8>> {
    let mut opening = Opening::default();
    passwords
        .iter()
        .for_each(|password| opening.password(Password::new(password.clone())));
    opening.add(0, name, bytes);
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let key = job.derive(&mut |_| ());
            opening.supply(job, key);
        }
    }
    let mut found = Vec::new();
    for entry in &opening.store().entries {
        match &entry.kind {
            EntryKind::Certificate(certificate) => found.push(certificate.der().to_vec()),
            EntryKind::PrivateKey { chain, .. } => {
                found.extend(chain.iter().map(|link| link.der().to_vec()))
            }
            kind @ (EntryKind::Request(_) | EntryKind::Crl(_)) => {
                let described = details(kind).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert!(described.fields.len() > 3, "{name}");
            }
            _ => {}
        }
    }
    found
}

/// The files of the corpus, but for the bad ones, and the passwords that its manifest knows.
fn corpus() -> Vec<(PathBuf, Vec<String>)> {
    let root = env::var("KEYFERRY_CORPUS").unwrap_or_else(|_| "../shared/corpus".into());
    let root = PathBuf::from(root);
    let Ok(text) = fs::read_to_string(root.join("manifest.jsonl")) else {
        println!("no corpus at {}: the vectors alone", root.display());
        return Vec::new();
    };
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let known = |line: &Value| {
        let passwords = line["passwords"].as_object()?.values();
        let passwords = passwords
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        Some((root.join(line["path"].as_str()?), passwords))
    };
    lines
        .filter(|line| line["kind"] != "bad")
        .filter_map(|line| known(&line))
        .collect()
}
