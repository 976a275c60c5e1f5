//! The vectors through `wasm.rs`, in a browser and inside a worker, as the page's own `worker.js` calls it.

#![cfg(target_arch = "wasm32")]

#[allow(dead_code, reason = "the native tests use the rest")]
#[path = "support/compare.rs"]
mod compare;

use include_dir::{Dir, include_dir};
use js_sys::{Array, Date, Function, Reflect, Uint8Array};
use keyferry::wasm::Keyferry;
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

static VECTORS: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/vectors");

/// One test for each maker of vectors, and one that knows whether a maker was forgotten.
macro_rules! makers {
    ($($maker:ident)*) => {
        $(#[wasm_bindgen_test]
        async fn $maker() {
            check(stringify!($maker)).await;
        })*

        #[wasm_bindgen_test]
        fn every_maker() {
            let makers = [$(stringify!($maker)),*];
            for line in manifest() {
                let maker = line["maker"].as_str().unwrap();
                assert!(makers.contains(&maker), "the vectors of {maker} have no test here");
            }
        }
    };
}

makers! { bc crafted gnutls infozip java keytool libarchive nss openssh openssl sevenzip }

#[wasm_bindgen_test]
async fn converts_for_anaplan() {
    let mut keyferry = Keyferry::new();
    let line = json!({"file": "pkcs12-openssl-default.p12", "passwords": ["keyferry"]});
    let view = open(&mut keyferry, &line).await;
    assert_eq!(view["entries"][0]["kind"], "private-key", "{view}");

    let password = keyferry.generate("anaplan").unwrap().as_string().unwrap();
    let entries = json!([{"entry": 0, "alias": "scott"}]);
    let options = json!({"target": "anaplan", "entries": entries, "at": now() as i64}).to_string();
    let review = keyferry.review(&options, password.clone(), None).unwrap();
    let review: Value = serde_json::from_str(&review).unwrap();
    for looked in [&review["aliases"][0], &review["password"]] {
        let rules = looked["rules"].as_array().unwrap();
        assert!(
            !rules.is_empty() && rules.iter().all(|rule| rule["met"] == true),
            "{review}"
        );
    }

    let converted = keyferry
        .convert(&options, password.clone(), None, progress())
        .await
        .unwrap();
    let part = |name: &str| Reflect::get(&converted, &name.into()).unwrap();
    let result: Value = serde_json::from_str(&part("json").as_string().unwrap()).unwrap();
    let files = result["files"].as_array().unwrap();
    let names: Vec<_> = files
        .iter()
        .filter_map(|file| file["name"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "public_key.pem",
            "private_key.pem",
            "bundle.p12",
            "my_keystore.jks"
        ]
    );
    assert!(
        files.iter().all(|file| file["verified"] == true),
        "{result}"
    );
    let sizes = files
        .iter()
        .chain([&result["archive"]])
        .map(|file| file["bytes"].as_f64().unwrap());
    let bytes = Array::from(&part("bytes"));
    let lengths = bytes
        .iter()
        .map(|bytes| f64::from(Uint8Array::new(&bytes).length()));
    assert_eq!(lengths.collect::<Vec<_>>(), sizes.collect::<Vec<_>>());
}

/// Each kind of key, made by the browser where it has the kind: RSA and EC are in all of them, Ed25519 is not.
#[wasm_bindgen_test]
async fn requests_with_keys_of_the_browser() {
    let keyferry = Keyferry::new();
    for key in ["rsa2048", "rsa3072", "rsa4096", "p256", "p384", "ed25519"] {
        let subject = json!({"cn": "Anna", "email": "anna@example.com"});
        let form = json!({"key": key, "preset": "anaplan", "subject": subject}).to_string();
        assert_eq!(problems(&keyferry, &form), json!([]));
        let start = Date::now();
        let made = keyferry.request(&form, "changeit".into(), now(), progress());
        let made = made.await.unwrap();
        let part = |name: &str| Reflect::get(&made, &name.into()).unwrap();
        let result: Value = serde_json::from_str(&part("json").as_string().unwrap()).unwrap();
        wasm_bindgen_test::console_log!(
            "{key}: {} ms, by {}",
            Date::now() - start,
            result["made_by"]
        );
        assert!(
            key == "ed25519" || result["made_by"] == "browser",
            "{result}"
        );
        let names = [&result["files"][0]["name"], &result["files"][1]["name"]];
        assert_eq!(names, ["request.csr", "private_key.pem"]);
        let files = Array::from(&part("bytes"));
        let mut opened = Keyferry::new();
        for (id, file) in (1..).zip(files.iter()) {
            opened.add(id, "file", Uint8Array::new(&file).to_vec());
        }
        opened.password("changeit".into());
        let view = opened
            .open(Some("anaplan".into()), now(), progress())
            .await
            .unwrap();
        let view: Value = serde_json::from_str(&view).unwrap();
        let kinds = [&view["entries"][0]["kind"], &view["entries"][1]["kind"]];
        assert_eq!(kinds, ["private-key", "request"], "{view}");
        let details = opened.details("{\"entry\": 1}").unwrap();
        let compared: Value = serde_json::from_str(&details).unwrap();
        assert_eq!(compared["spki_sha256"], view["entries"][0]["spki_sha256"]);
    }
    let form = json!({"subject": {"cn": "", "c": "Germany"}}).to_string();
    let said = problems(&keyferry, &form);
    assert_eq!(said[0]["data"]["rule"], "country-not-two-letters");
}

/// What a form is told while it is filled in.
fn problems(keyferry: &Keyferry, form: &str) -> Value {
    let said = keyferry.review_request(form, "changeit".into()).unwrap();
    let said: Value = serde_json::from_str(&said).unwrap();
    said["problems"].clone()
}

async fn check(maker: &str) {
    let lines: Vec<_> = manifest()
        .into_iter()
        .filter(|line| line["maker"] == maker)
        .collect();
    assert!(!lines.is_empty(), "{maker} made no vector");
    let mut wrong = Vec::new();
    for line in &lines {
        let view = open(&mut Keyferry::new(), line).await;
        let (file, passwords) = (&line["file"], &line["passwords"]);
        let found = compare::differences(line, &view);
        wrong.extend(
            found
                .iter()
                .map(|found| format!("{file} with {passwords}: {found}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} of {} lines:\n{}",
        wrong.len(),
        lines.len(),
        wrong.join("\n")
    );
}

async fn open(keyferry: &mut Keyferry, line: &Value) -> Value {
    let words = |list: &Value| list.as_array().cloned().unwrap_or_default().into_iter();
    let files = [line["file"].clone()]
        .into_iter()
        .chain(words(&line["together"]));
    for (id, file) in (1..).zip(files) {
        let name = file.as_str().unwrap();
        let bytes = VECTORS
            .get_file(name)
            .unwrap_or_else(|| panic!("there is no {name}"))
            .contents();
        keyferry.add(id, name, bytes.to_vec());
    }
    for password in words(&line["passwords"]) {
        keyferry.password(password.as_str().unwrap().into());
    }
    let view = keyferry
        .open(Some("anaplan".into()), now(), progress())
        .await
        .unwrap();
    serde_json::from_str(&view).unwrap()
}

fn manifest() -> Vec<Value> {
    let file = VECTORS.get_file("manifest.json").unwrap();
    serde_json::from_slice(file.contents()).unwrap()
}

/// The instant for which the manifest says findings.
fn now() -> f64 {
    Date::parse("2026-11-22T00:00:00Z")
}

fn progress() -> Function {
    Function::new_no_args("")
}
