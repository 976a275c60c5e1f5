//! What is said of a file is what was written into it, and what a target shows names no other system.

use keyferry::target::TARGETS;
use keyferry::view::{Made, targets};
use keyferry::{Converted, Error, Severity, Store, Target, WrittenFile, review};
use serde_json::{Value, json};

use super::{PASSWORD, make, store};
use crate::support::{AT_MILLISECONDS, converted, judged, opened, options};

/// `[holds_key, key_open, uses_password]`, by file.
fn claims(made: &Converted) -> Vec<(&str, [bool; 3])> {
    let claim = |file: &WrittenFile| [file.holds_key, file.key_open, file.uses_password];
    let files = made.files.iter();
    files.map(|file| (&*file.name, claim(file))).collect()
}

#[test]
fn a_truststore_holds_no_key_and_says_so() {
    for vector in ["pem-openssl-chain.pem", "pkcs12-openssl-default.p12"] {
        let made = make(&store(vector), "java-truststore", "trusted").unwrap();
        let sealed = [false, false, true];
        assert_eq!(
            claims(&made),
            [("truststore.p12", sealed), ("truststore.jks", sealed)]
        );
        for finding in &made.findings {
            let said = format!("{} {}", finding.message, finding.hint);
            let about_files = finding.data.contains_key("file");
            assert!(!about_files || !said.contains("key"), "{vector}: {said}");
        }
        assert!(!made.refused, "{vector}: {:?}", made.findings);
    }
    let rows = targets();
    let row = rows.iter().find(|row| row.id == "java-truststore");
    for file in &row.unwrap().files {
        assert!(!file.holds_key, "{file:?}");
    }
}

#[test]
fn an_open_key_has_no_password() {
    let made = make(&store("pkcs12-openssl-default.p12"), "nginx", "alice").unwrap();
    assert_eq!(
        claims(&made),
        [
            ("fullchain.pem", [false, false, false]),
            ("privkey.pem", [true, true, false]),
        ]
    );
    let described = Made::of(&made);
    let key = &described.files[1];
    assert!(key.key_open && !key.uses_password, "{key:?}");
    // A symmetric key is one too.
    let secret = store("jceks-java-secret-keys.jceks");
    for encoding in ["der", "base64"] {
        let files = json!([{ "name": "secret.key", "form": "secret-key", "encoding": encoding }]);
        let request = json!({ "target": "custom", "entries": [{ "entry": 0 }], "files": files });
        let made = converted(&secret, request, "", None).unwrap();
        assert_eq!(claims(&made), [("secret.key", [true, true, false])]);
        let warned = made
            .findings
            .iter()
            .find(|one| one.code == "key-unencrypted");
        let said = &warned.unwrap().message;
        assert!(said.contains("secret key"), "{said}");
    }
}

/// For every target and by entries of each kind: a key is where the file says, and nowhere else.
#[test]
fn every_file_holds_what_it_says() {
    let vectors = [
        "pkcs12-openssl-rsa4096.p12",
        "pem-openssl-cert.pem",
        "pkcs8-openssl-rsa.pem",
    ];
    let mut seen = 0;
    for vector in vectors {
        let store = store(vector);
        for target in TARGETS.iter().filter(|target| !target.by_hand()) {
            let Ok(made) = make(&store, target.id, "alice") else {
                continue;
            };
            for file in &made.files {
                seen += 1;
                let passwords = match file.uses_password {
                    true => vec![PASSWORD.to_owned()],
                    false => Vec::new(),
                };
                let token = file.media_type == "application/json";
                let back = match token {
                    true => Store::default(),
                    false => opened(&[(&file.name, file.bytes.to_vec())], &passwords),
                };
                let kinds = back.entries.iter().map(|entry| &entry.kind);
                let key =
                    |kind| matches!(kind, &keyferry::model::store::EntryKind::PrivateKey { .. });
                let place = format!("{vector}, {}, {}", target.id, file.name);
                assert!(token || !back.entries.is_empty(), "{place} stays closed");
                assert_eq!(kinds.clone().any(key), file.holds_key, "{place}");
                assert_eq!(
                    file.key_open,
                    file.holds_key && !file.uses_password,
                    "{place}"
                );
                let counted = file.certificates.own + file.certificates.chain;
                if !token {
                    assert_eq!(certificates(&back), counted, "{place}");
                }
                assert_eq!(file.public, !file.holds_key && !token, "{place}");
                let promised = file.description.contains("private key");
                assert!(file.holds_key || !promised, "{place}: {}", file.description);
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Every certificate of a store, those of chains too.
fn certificates(store: &Store) -> usize {
    use keyferry::model::store::EntryKind;
    let of = |kind: &EntryKind| match kind {
        EntryKind::PrivateKey { chain, .. } => chain.len(),
        EntryKind::Certificate(_) => 1,
        _ => 0,
    };
    store.entries.iter().map(|entry| of(&entry.kind)).sum()
}

/// What the picture shows before is what is written: which file has the key, the certificate, and how many of its chain.
#[test]
fn what_is_planned_is_what_is_made() {
    let store = store("pkcs12-openssl-rsa4096.p12");
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let entries = json!([{ "entry": 0, "alias": "alice" }]);
        let request = json!({ "target": target.id, "entries": entries, "at": AT_MILLISECONDS });
        let options = options(request, PASSWORD, None).unwrap();
        let reviewed = review(&store, &options);
        let made = make(&store, target.id, "alice").unwrap();
        let planned = reviewed.files.iter();
        let planned = planned.map(|file| (&file.name, file.certificates, file.chain, file.public));
        let written = made.files.iter().map(|file| {
            let count = file.certificates;
            (&file.name, count.own, count.chain, file.public)
        });
        assert!(planned.eq(written), "{}", target.id);
        assert_eq!(!reviewed.refusals.is_empty(), made.refused, "{}", target.id);
    }
    let made = make(
        &super::store("pkcs12-openssl-default.p12"),
        "anaplan",
        "alice",
    )
    .unwrap();
    let counts = made.files.iter().map(|file| {
        let count = file.certificates;
        (&*file.name, file.holds_key, count.own, count.chain)
    });
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [
            ("public_key.pem", false, 1, 0),
            ("private_key.pem", true, 0, 0),
            ("bundle.p12", true, 1, 2),
            ("my_keystore.jks", true, 1, 2),
        ]
    );
}

/// Every target says what to do with its files, and calls them and the alias as they are.
#[test]
fn the_steps_name_the_files_and_the_alias() {
    use keyferry::target::step::StepPartKind;
    let store = store("pkcs12-openssl-rsa4096.p12");
    for target in TARGETS.iter().filter(|target| !target.by_hand()) {
        let made = make(&store, target.id, "it’s [me]").unwrap();
        assert!(made.steps.len() > 1, "{}", target.id);
        for part in made.steps.iter().flat_map(|step| &step.parts) {
            match part.kind {
                StepPartKind::Alias => assert_eq!(part.text, "it’s [me]"),
                StepPartKind::File => {
                    let there = made.files.iter().any(|file| file.name == part.text);
                    assert!(there, "{}: {}", target.id, part.text);
                }
                StepPartKind::Screen => assert!(!part.text.is_empty()),
                StepPartKind::Text => assert!(!part.text.contains(['[', '{']), "{}", part.text),
            }
        }
    }
    let made = make(&store, "salesforce", "alice").unwrap();
    let steps: Vec<String> = made.steps.iter().map(|step| step.text()).collect();
    assert_eq!(
        steps[..2],
        [
            "In Salesforce, open Setup → Certificate and Key Management.",
            "Click Import from Keystore, choose my_keystore.jks, enter the new password and save.",
        ]
    );
    // Without a file that has one, nothing is said of a password.
    for target in [
        "nginx",
        "apache",
        "haproxy",
        "anaplan-administrator",
        "snaplogic",
    ] {
        let made = make(&store, target, "alice").unwrap();
        let said: String = made.steps.iter().map(|step| step.text()).collect();
        assert!(!said.contains("password"), "{target}: {said}");
    }
}

/// A file for an identity is not written of its key alone; by hand a person may ask for it.
#[test]
fn a_key_alone_is_no_identity() {
    let key = store("pkcs8-openssl-rsa.pem");
    let made = TARGETS.iter().filter(|target| !target.by_hand());
    let made = made.filter(|target| match make(&key, target.id, "alice") {
        Err(Error::NoCertificate) => false,
        Err(other) => panic!("{}: {other:?}", target.id),
        Ok(_) => true,
    });
    let made: Vec<&str> = made.map(|target| target.id).collect();
    assert_eq!(made, ["snowflake"]);

    let files = json!([{ "name": "key.p12", "form": "pkcs12" }]);
    let entries = json!([{ "entry": 0, "alias": "key" }]);
    let request = json!({ "target": "custom", "entries": entries, "files": files });
    assert!(converted(&key, request, PASSWORD, None).is_ok());
}

#[test]
fn what_the_target_will_refuse_is_no_success() {
    let refused = |vector: &str, target: &str| {
        let made = make(&store(vector), target, "alice").unwrap();
        assert_eq!(Made::of(&made).refused, made.refused);
        made.refused
    };
    assert!(refused("pkcs12-openssl-expired.p12", "nginx"));
    assert!(refused("pkcs12-openssl-p256.p12", "salesforce"));
    assert!(refused("pkcs12-openssl-default.p12", "netsuite"));
    assert!(!refused("pkcs12-openssl-default.p12", "salesforce"));
    assert!(!refused("pkcs12-openssl-default.p12", "windows-current"));
    // Anaplan takes certificates of public CAs only, and this chain ends in a root of its own.
    assert!(refused("pkcs12-openssl-default.p12", "anaplan"));
    let made = make(&store("pkcs12-openssl-default.p12"), "anaplan", "alice").unwrap();
    let errors = made.findings.iter();
    let mut errors = errors.filter(|finding| finding.severity == Severity::Error);
    assert!(errors.any(|finding| finding.code == "private-root"));

    // By hand a key needs no certificate where none is asked for.
    let by_hand = |vector: &str, form: &str| {
        let files = json!([{ "name": "file", "form": form }]);
        let entries = json!([{ "entry": 0, "alias": "key" }]);
        let request = json!({ "target": "custom", "entries": entries, "files": files, "at": AT_MILLISECONDS });
        converted(&store(vector), request, PASSWORD, None)
            .unwrap()
            .refused
    };
    assert!(!by_hand("pkcs8-openssl-rsa.pem", "private-key"));
    assert!(by_hand("pkcs8-openssl-rsa.pem", "pkcs12"));
    assert!(by_hand("pkcs12-openssl-expired.p12", "pkcs12"));
}

/// The words by which a person knows each system.
const SYSTEMS: &[&str] = &[
    "Anaplan Connect",
    "Anaplan",
    "Informatica",
    "MuleSoft",
    "Boomi",
    "SnapLogic",
    "Workiva",
    "OneCloud",
    "Python",
    "Node.js",
    ".NET",
    "Salesforce",
    "Snowflake",
    "NetSuite",
    "Kafka",
    "Tomcat",
    "Spring",
    "Apache HTTP",
    "nginx",
    "HAProxy",
    "keytool",
    "Java",
    "Windows",
    "macOS",
    "Keychain",
    "Linux",
];

/// The systems that a target's texts may name besides its own, and why.
fn also_named(target: &Target) -> &'static [&'static str] {
    match target.id {
        // The system itself and its own client; the client's start scripts are for these, in Java.
        "anaplan" | "anaplan-connect-pem" | "anaplan-connect-jks" => &[
            "Anaplan Connect",
            "Anaplan",
            "Windows",
            "Linux",
            "macOS",
            "keytool",
            "Java",
        ],
        "anaplan-administrator" => &["Anaplan"],
        // Which clients may still send the old form of the token request.
        "anaplan-api" => &["Anaplan Connect", "Anaplan"],
        // They reach Anaplan, where the certificate is registered and judged, with a keystore that only Java's rules fit.
        "informatica" | "mulesoft" | "boomi" | "snaplogic" | "workiva" => {
            &["Anaplan", "keytool", "Java"]
        }
        // One target for three languages.
        "python-node-dotnet" => &["Python", "Node.js", ".NET"],
        // What it imports is Java's keystore.
        "salesforce" => &["keytool", "Java"],
        // Its JDBC driver is for Java, and an option of the java command makes it read the key.
        "snowflake" => &["Java"],
        // Any file is asked for here, those that Java opens among them.
        "custom" => &["keytool", "Java"],
        // Written in Java: keystores and their passwords are as Java has them.
        "kafka" | "tomcat" | "spring" | "java-truststore" | "java-8" => &["keytool", "Java"],
        _ => &[],
    }
}

#[test]
fn what_a_target_shows_names_no_other_system() {
    let vectors = [
        "pkcs12-openssl-rsa4096.p12",
        "pkcs12-openssl-default.p12",
        "pkcs12-openssl-p256.p12",
        "pkcs12-openssl-expired.p12",
        "pkcs12-openssl-selfsigned.p12",
        "pkcs12-openssl-noeku.p12",
        "pkcs8-openssl-dsa.pem",
        "pkcs8-openssl-ed25519.pem",
        "pkcs8-openssl-rsa.pem",
        "pem-openssl-cert.pem",
    ];
    let stores = vectors.map(store);
    let mut foreign = Vec::new();
    for target in TARGETS {
        let mut shown = vec![target.description.to_owned(), target.keys.words.to_owned()];
        shown.extend(target.note.map(str::to_owned));
        shown.extend(target.files.iter().map(|file| file.description.to_string()));
        for (store, vector) in stores.iter().zip(vectors) {
            let files = [(vector, crate::support::vector(vector))];
            let judged = judged(&files, &["keyferry".into()], target);
            shown.extend(said(target, store, &judged));
        }
        for text in shown {
            for system in SYSTEMS {
                let own = target.name.contains(system) || also_named(target).contains(system);
                // A longer name that was let through has the shorter one in it.
                let rest = also_named(target)
                    .iter()
                    .filter(|also| also.len() > system.len())
                    .fold(text.clone(), |text, also| text.replace(also, ""));
                if !own && rest.contains(system) {
                    foreign.push(format!("{}: {system}: {text}", target.id));
                }
            }
        }
    }
    foreign.sort();
    foreign.dedup();
    assert!(foreign.is_empty(), "{}", foreign.join("\n"));
}

/// What a target says of the first entry of a store: findings, rules, refusals, lines to paste.
fn said(target: &Target, store: &Store, judged: &Value) -> Vec<String> {
    let findings = |findings: &[keyferry::Finding]| -> Vec<String> {
        let texts = findings.iter().flat_map(|one| [&one.message, &one.hint]);
        texts.cloned().collect()
    };
    let at = time::OffsetDateTime::from_unix_timestamp(AT_MILLISECONDS / 1000).unwrap();
    let mut texts = findings(&keyferry::check(store, Some(target), at));
    texts.extend(shown(judged));
    for password in ["", "grün: ä", PASSWORD] {
        let entries = json!([{ "entry": 0, "alias": "Alice" }]);
        let files = match target.by_hand() {
            true => json!([{ "name": "file", "form": "pkcs12" }]),
            false => json!([]),
        };
        let request = json!({ "target": target.id, "entries": entries, "files": files, "at": AT_MILLISECONDS });
        let options = options(request.clone(), password, None).unwrap();
        texts.extend(shown(&json!(review(store, &options))));
        match converted(store, request, password, None) {
            Err(error) => texts.extend([error.to_string(), error.hint()]),
            Ok(made) => {
                texts.extend(findings(&made.findings));
                texts.extend(made.steps.iter().map(|step| step.text()));
                let pasted = made.snippets.into_iter();
                texts
                    .extend(pasted.flat_map(|snippets| [snippets.title.to_owned(), snippets.text]));
            }
        }
    }
    texts
}

/// Every text in JSON that a person sees: all but codes and data.
fn shown(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(shown).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .filter(|(name, _)| *name != "data" && *name != "code");
            fields.flat_map(|(_, value)| shown(value)).collect()
        }
        _ => Vec::new(),
    }
}
