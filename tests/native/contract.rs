//! `www/contract.d.ts` is made from the types in Rust that cross between the core and the page, so that neither says what the
//! other does not; and what serde writes has the shape that it says.
//!
//! `KEYFERRY_CONTRACT=write cargo test --test native contract` makes the file again.

mod rust;
mod shape;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use keyferry::convert::review;
use keyferry::view::details::{compare, details, tree};
use keyferry::view::{self, Made, TargetTable};
use keyferry::{Error, Failure};
use serde_json::{Value, json};

use crate::support::{AT_MILLISECONDS, converted, manifest, opened, options, vector, words};
use rust::{in_source, shapes};
use shape::{Shape, Type, reached};

/// What crosses; what these are made of follows.
const ROOTS: [&str; 17] = [
    "Alone",
    "BatchFile",
    "Comparison",
    "Details",
    "Failure",
    "KeyedRequest",
    "OptionsInput",
    "Packed",
    "Pair",
    "RequestOptions",
    "RequestReview",
    "Review",
    "Selection",
    "Slice",
    "TargetTable",
    "TreeNode",
    "View",
];

const HEAD: &str = "\
// What crosses between the core and the page: made from the types in Rust by tests/native/contract.rs, and not written by
// hand. Only types: nothing of this is inside the page.
";

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The whole file.
fn contract(shapes: &BTreeMap<String, Shape>) -> String {
    let names = reached(&ROOTS, shapes);
    let declared = names.iter().map(|name| shapes[*name].declared(shapes));
    let declared: Vec<String> = declared.collect();
    format!("{HEAD}\n{}", declared.join("\n"))
}

#[test]
fn the_contract_is_made_from_the_types() {
    let path = source().with_file_name("www/contract.d.ts");
    let contract = contract(&shapes(&source()));
    if env::var("KEYFERRY_CONTRACT").is_ok_and(|asked| asked == "write") {
        fs::write(&path, &contract).expect("the contract can be written");
    }
    let written = fs::read_to_string(&path).expect("the contract can be read");
    let lines = contract.lines().zip(written.lines()).enumerate();
    let differs = lines.into_iter().find(|(_, (ours, theirs))| ours != theirs);
    assert!(
        contract == written,
        "www/contract.d.ts is not what the types say: make it again as this test's head tells. First difference: {differs:?}"
    );
}

#[test]
fn a_field_more_or_less_is_seen() {
    let of = |text: &str| {
        let shapes = in_source(text).into_iter();
        let shapes: BTreeMap<_, _> = shapes.map(|shape| (shape.name.clone(), shape)).collect();
        let names = reached(&["Row"], &shapes);
        let declared = names.iter().map(|name| shapes[*name].declared(&shapes));
        declared.collect::<String>()
    };
    let source = r#"
/// A row.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename = "row")]
pub struct Row {
    /// What all have.
    #[serde(flatten)]
    pub base: Base,
    /// Its colour.
    pub colour: Option<Colour>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<Colour, usize>>,
}

#[derive(Serialize)]
struct Base {
    names: Vec<&'static str>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Colour {
    /// Not blue.
    DarkRed,
    #[serde(rename = "x")]
    Green,
}

/// Nobody asks for it.
#[derive(Serialize)]
pub struct Other {
    a: bool,
}
"#;
    let declared = "\
export interface Base {
  names: string[];
}
export type Colour = 'dark-red' | 'x';
/** A row. */
export interface Row extends Base {
  kind: 'row';
  /** Its colour. */
  colour: Colour | null;
  counts?: Partial<Record<Colour, number>>;
}
";
    assert_eq!(of(source), declared);
    let more = source.replace("    names: V", "    more: bool,\n    names: V");
    assert_eq!(
        of(&more),
        declared.replace("  names", "  more: boolean;\n  names")
    );
    let less = source.replace("    names: Vec<&'static str>,\n", "");
    assert_eq!(of(&less), declared.replace("  names: string[];\n", ""));
}

#[test]
fn what_is_written_has_the_shape_that_the_contract_says() {
    let shapes = shapes(&source());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut check = |name: &'static str, written: Value| {
        let has_shape = Type::Named(name.to_owned()).admits(&written, &shapes);
        assert!(has_shape, "not the shape of {name}: {written:#}");
        *counts.entry(name).or_default() += 1;
    };
    for line in manifest() {
        let name = line["file"].as_str().expect("a name");
        let passwords = words(&line["passwords"]);
        let files = [(name, vector(name))];
        let seen = crate::support::open(&files, &passwords);
        check("View", json!(seen));
        let store = opened(&files, &passwords);
        let entries = store.entries.iter();
        let whole: Vec<_> = entries
            .filter_map(|entry| details(&entry.kind).ok())
            .collect();
        for one in &whole {
            check("Details", json!(one));
            check("Comparison", json!(compare(one, &whole[0])));
        }
        if let Some(certificate) = store.certificates().first() {
            let nodes = tree(certificate.der()).expect("it was parsed");
            check("TreeNode", json!(nodes[0]));
        }
    }
    check("TargetTable", json!(TargetTable::all()));
    check("Failure", json!(Failure::from(&Error::NoPrivateKey)));
    let files = [("a.p12", vector("pkcs12-openssl-default.p12"))];
    let store = opened(&files, &["keyferry".to_owned()]);
    for row in view::targets() {
        let entries = json!([{ "entry": 0, "alias": "Alice" }]);
        let files = match row.by_hand {
            true => json!([{ "name": "key.pem", "form": "private-key" }]),
            false => json!([]),
        };
        let request =
            json!({ "target": row.id, "entries": entries, "files": files, "at": AT_MILLISECONDS });
        for password in ["", "grün", "Keyferry-2026"] {
            let options = options(request.clone(), password, None).expect("options");
            check("Review", json!(review(&store, &options)));
        }
        let made = converted(&store, request, "Keyferry-2026", None).expect("it can be made");
        check("Made", json!(Made::of(&made)));
    }
    println!("{counts:?}");
    assert!(
        counts["View"] > 500 && counts["Details"] > 100,
        "{counts:?}"
    );
}
