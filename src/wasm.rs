//! The core as the page's worker holds it: one function a worker action, and no logic.
//!
//! The only room that names wasm-bindgen, js-sys or web-sys. What a person sees crosses as JSON text, bytes as byte arrays;
//! an error is thrown as an object of code, message, hint and data.

use getrandom::SysRng;
use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use rand_core::UnwrapErr;
use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::convert::{Conversion, ConversionStep, Wish, review};
use crate::digest::sha256_hex;
use crate::opening::{Opening, Step};
use crate::secret::Password;
use crate::store::Store;
use crate::target::{self, target};
use crate::{Error, archive, describe};

mod derive;
mod generate;
mod request;
mod worth;

/// Files, passwords and what they gave.
#[wasm_bindgen]
#[derive(Default)]
pub struct Keyferry {
    opening: Opening,
    store: Store,
}

/// What `convert` and `review` are asked for. The password comes beside it: text that is lent is not wiped, text that is
/// given is.
#[derive(Deserialize)]
struct Request {
    target: String,
    #[serde(default)]
    entry: usize,
    alias: String,
    #[serde(default)]
    at: f64,
}

#[wasm_bindgen]
impl Keyferry {
    /// Nothing in it yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a file in under a number of the page's.
    pub fn add(&mut self, id: u32, name: &str, bytes: Vec<u8>) {
        // Owned, and so wiped: the bytes may be a private key.
        self.opening.add(id, name, &Zeroizing::new(bytes));
    }

    /// Forgets a file and what it brought.
    pub fn remove(&mut self, id: u32) {
        self.opening.remove(id);
    }

    /// One more password, tried on everything that is still locked.
    pub fn password(&mut self, password: String) {
        self.opening.password(Password::new(password));
    }

    /// The person agrees to what deriving this file's keys takes.
    pub fn accept(&mut self, id: u32) {
        self.opening.accept(id);
    }

    /// Opens what can be opened and describes it, judged for a target and an instant (milliseconds since 1970).
    pub async fn open(
        &mut self,
        target: String,
        at: f64,
        progress: Function,
    ) -> Result<String, JsValue> {
        while let Step::Derive(jobs) = self.opening.step() {
            for (job, key) in derive::all(jobs, &progress).await {
                self.opening.supply(job, key);
            }
        }
        self.store = self.opening.store();
        let target = crate::target(&target).map_err(thrown)?;
        Ok(describe(&self.opening, &self.store, target, instant(at)).to_string())
    }

    /// The live state of what is typed for a target.
    pub fn review(&self, request: &str, password: String) -> Result<String, JsValue> {
        let password = Password::new(password);
        let request = read(request)?;
        let target = target(&request.target).map_err(thrown)?;
        Ok(review(target, &request.alias, &password).to_string())
    }

    /// The files of a target, each verified, and all of them as one archive, last: `{ json, bytes: [Uint8Array] }`.
    pub async fn convert(
        &mut self,
        request: &str,
        password: String,
        progress: Function,
    ) -> Result<Object, JsValue> {
        let password = Password::new(password);
        let request = read(request)?;
        let wish = Wish {
            target: target(&request.target).map_err(thrown)?,
            alias: request.alias,
            password,
            at: instant(request.at),
        };
        let name = wish.target.id;
        let mut conversion =
            Conversion::new(&self.store, request.entry, wish, &mut UnwrapErr(SysRng))
                .map_err(thrown)?;
        let converted = loop {
            match conversion.step().map_err(thrown)? {
                ConversionStep::Done(converted) => break converted,
                ConversionStep::Derive(jobs) => {
                    for (job, key) in derive::all(jobs, &progress).await {
                        conversion.supply(job, key);
                    }
                }
            }
        };
        let files = converted
            .files
            .iter()
            .map(|file| (file.name.as_str(), file.bytes.as_slice()));
        let packed = archive(files).map_err(thrown)?;
        let mut described = converted.to_json();
        described["archive"] = json!({
            "name": format!("{name}.zip"),
            "media_type": "application/zip",
            "size": packed.len(),
            "sha256": sha256_hex(&packed),
        });
        let bytes = Array::new();
        for file in converted
            .files
            .iter()
            .map(|file| &file.bytes)
            .chain([&packed])
        {
            bytes.push(&Uint8Array::from(file.as_slice()));
        }
        let result = Object::new();
        Reflect::set(&result, &"json".into(), &described.to_string().into())?;
        Reflect::set(&result, &"bytes".into(), &bytes)?;
        Ok(result)
    }

    /// The table of targets.
    pub fn targets(&self) -> String {
        target::table().to_string()
    }

    /// A fresh password that the target can take.
    pub fn generate(&self, target: &str) -> Result<JsValue, JsValue> {
        let target = crate::target(target).map_err(thrown)?;
        Ok(JsValue::from_str(
            target.generate(&mut UnwrapErr(SysRng)).expose(),
        ))
    }
}

fn read(request: &str) -> Result<Request, JsValue> {
    serde_json::from_str(request).map_err(|_| JsValue::from_str("the request is not one"))
}

fn instant(milliseconds: f64) -> OffsetDateTime {
    let nanoseconds = milliseconds as i128 * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn thrown(error: Error) -> JsValue {
    JSON::parse(&error.to_json().to_string()).unwrap_or_else(|_| error.to_string().into())
}
