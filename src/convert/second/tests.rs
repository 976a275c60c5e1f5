//! The second readers refuse what is not what went in, and a conversion offers nothing then.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use serde_json::json;

use super::*;
use crate::convert::ConversionOptions;
use crate::convert::options::OptionsInput;
use crate::convert::plan::{Plan, Planned};
use crate::convert::{Conversion, ConversionStep};
use crate::model::store::Store;
use crate::opening::{Opening, Step};

const PASSWORD: &str = "Plain-and-long-1";

/// Every output format that a second reader opens.
const FORMS: [(&str, &str); 10] = [
    ("p12", r#"{ "form": "pkcs12" }"#),
    ("old", r#"{ "form": "pkcs12", "profile": "legacy-3des" }"#),
    ("locked", r#"{ "form": "private-key" }"#),
    (
        "locked-der",
        r#"{ "form": "private-key", "encoding": "der" }"#,
    ),
    ("open", r#"{ "form": "private-key", "protection": "none" }"#),
    (
        "base64",
        r#"{ "form": "private-key", "protection": "none", "encoding": "base64" }"#,
    ),
    (
        "bundle",
        r#"{ "form": "pem-bundle", "which": "full-chain" }"#,
    ),
    (
        "chain",
        r#"{ "form": "certificates", "which": "whole-chain" }"#,
    ),
    ("leaf", r#"{ "form": "certificates", "encoding": "der" }"#),
    ("public", r#"{ "form": "public-key" }"#),
];

fn store(bytes: &[u8]) -> Store {
    let mut opening = Opening::default();
    opening.add(0, "a", bytes);
    opening.password(Password::new("keyferry".into()));
    while let Step::Derive(jobs) = opening.step() {
        for job in jobs {
            let key = job.derive(&mut |_| ());
            opening.supply(job, key);
        }
    }
    opening.store()
}

fn alice() -> Store {
    store(include_bytes!(
        "../../../tests/vectors/pkcs12-openssl-default.p12"
    ))
}

fn another() -> Store {
    store(include_bytes!(
        "../../../tests/vectors/pkcs12-openssl-rsa4096.p12"
    ))
}

fn options() -> ConversionOptions {
    let file = |(name, format): &(&str, &str)| {
        let mut file: serde_json::Value = serde_json::from_str(format).expect("an output format");
        file["name"] = (*name).into();
        file
    };
    let files: Vec<_> = FORMS.iter().map(file).collect();
    let entries = json!([{ "entry": 0, "alias": "alice" }]);
    let request =
        json!({ "target": "custom", "entries": entries, "files": files, "iterations": 1_000 });
    let request: OptionsInput = serde_json::from_value(request).expect("a request");
    ConversionOptions::new(request, Password::new(PASSWORD.into()), None).expect("options")
}

/// A file looked at as one of a plan's.
fn looked(
    planned: &Planned,
    bytes: &[u8],
    plan: &Plan,
    options: &ConversionOptions,
) -> Result<Second, Error> {
    let file = &planned.file;
    let sources: Vec<&Source> = plan.sources.iter().collect();
    read(&file.name, file.format, bytes, &sources, options.lock())
}

fn finish(conversion: &mut Conversion<'_>) -> Result<crate::Converted, Error> {
    loop {
        match conversion.step()? {
            ConversionStep::Done(converted) => return Ok(converted),
            ConversionStep::Derive(jobs) => {
                for job in jobs {
                    let key = job.derive(&mut |_| ());
                    conversion.supply(job, key);
                }
            }
        }
    }
}

#[test]
fn another_key_or_certificate_is_a_contradiction() {
    let (alice, another) = (alice(), another());
    let mut conversion =
        Conversion::new(&alice, options(), &mut UnwrapErr(SysRng)).expect("a plan");
    let made = finish(&mut conversion).expect("the files");
    let (mine, other) = (options(), options());
    let own = Plan::new(&alice, &mine).expect("a plan");
    let foreign = Plan::new(&another, &other).expect("a plan");
    for (planned, file) in own.files.iter().zip(&made.files) {
        let same = looked(planned, &file.bytes, &own, &mine).expect("what went in");
        assert!(
            !same.readers.is_empty() && same.not_opened.is_none(),
            "{}: {same:?}",
            file.name
        );
        let other = looked(planned, &file.bytes, &foreign, &mine);
        assert!(
            matches!(other, Err(Error::SecondReader { .. })),
            "{}: {other:?}",
            file.name
        );
        // A byte of the key's or certificate's own, and a file that is cut off.
        let mut changed = file.bytes.to_vec();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        for altered in [&changed[..], &file.bytes[..file.bytes.len() - 40], b""] {
            let read = looked(planned, altered, &own, &mine);
            assert!(
                matches!(read, Err(Error::SecondReader { .. })),
                "{}: {read:?}",
                file.name
            );
        }
    }
}

#[test]
fn a_wrong_password_is_a_contradiction() {
    let alice = alice();
    let mut conversion =
        Conversion::new(&alice, options(), &mut UnwrapErr(SysRng)).expect("a plan");
    let made = finish(&mut conversion).expect("the files");
    let mut other = options();
    other.password = Password::new("Plain-and-long-2".into());
    let own = Plan::new(&alice, &other).expect("a plan");
    for (planned, file) in own.files.iter().zip(&made.files) {
        let read = looked(planned, &file.bytes, &own, &other);
        assert_eq!(read.is_err(), file.uses_password, "{}: {read:?}", file.name);
    }
}

#[test]
fn what_the_second_reader_refuses_is_not_offered() {
    let alice = alice();
    let mut conversion =
        Conversion::new(&alice, options(), &mut UnwrapErr(SysRng)).expect("a plan");
    conversion.second = |name, _, _, _, _| match name {
        "leaf" => Err(Error::SecondReader {
            name: "leaf".into(),
            reader: X509_PARSER,
        }),
        _ => Ok(Second::by(PKCS8)),
    };
    let refused = finish(&mut conversion).err().expect("a refusal");
    assert_eq!(refused.code(), "second-reader");
    assert_eq!(refused.data()["reader"], X509_PARSER);
    assert!(refused.hint().contains(X509_PARSER), "{}", refused.hint());
}

#[test]
fn the_versions_are_those_that_are_built_in() {
    let lock = include_str!("../../../Cargo.lock");
    for reader in [P12_KEYSTORE, PKCS8, X509_PARSER] {
        let (name, version) = reader.split_once(' ').expect("a name and a version");
        let start = format!("name = \"{name}\"\nversion = \"");
        let locked: Vec<&str> = lock.split(&start).skip(1).collect();
        assert_eq!(locked.len(), 1, "{name} is there once");
        assert!(
            locked[0].starts_with(&format!("{version}.")),
            "{reader}: {}",
            &locked[0][..10]
        );
    }
}
