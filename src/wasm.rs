//! The core as the page's worker holds it: one function a worker action, and no logic.
//!
//! The only room that names wasm-bindgen, js-sys or web-sys. What a person sees crosses as JSON text, bytes as byte arrays;
//! an error is thrown as an object of code, message, hint and data.

use std::alloc::System;
use std::cell::OnceCell;
use std::sync::Arc;

use getrandom::SysRng;
use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use rand_core::UnwrapErr;
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;
use zeroizing_alloc::ZeroAlloc;

use crate::base::error::{Error, Failure};
use crate::base::secret::Password;
use crate::container::zip::archive;
use crate::convert::{Conversion, ConversionOptions, ConversionStep, review};
use crate::crypto::digest::sha256_hex;
use crate::inventory::{Index, Table};
use crate::judge::revocation;
use crate::model::store::Store;
use crate::opening::{Opening, Step};
use crate::view::{self, Archive, Made, Packed, Selection, Slice, TargetTable};

mod batch;
mod derive;
mod details;
mod generate;
mod request;

/// Zeroes whatever is freed in the page: what other crates leave of keys and passwords too, such as the second readers.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// Files, passwords and what they gave.
#[wasm_bindgen]
#[derive(Default)]
pub struct Keyferry {
    opening: Opening,
    store: Store,
    /// Of the store, once its table was asked for.
    index: OnceCell<Arc<Index>>,
    trusted: Vec<String>,
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

    /// The roots that the person trusts while the page is open, by SHA-256: these, and no others any more.
    pub fn trust(&mut self, roots: Vec<String>) {
        self.trusted = roots;
    }

    /// Opens what can be opened and describes it, judged for an instant (milliseconds since 1970) and for a target, where one
    /// is chosen.
    pub async fn open(
        &mut self,
        target: Option<String>,
        at: f64,
        progress: Function,
    ) -> Result<String, JsValue> {
        let at = instant(at);
        self.unlock(at, &progress).await;
        let target = target.as_deref().map(crate::target);
        let target = target.transpose().map_err(thrown)?;
        text(&view::brief(&self.opening, &self.store, target, at))
    }

    /// The live state of the options; a password that is given, and not lent, is wiped.
    pub fn review(
        &self,
        request: &str,
        password: String,
        key_password: Option<String>,
    ) -> Result<String, JsValue> {
        let options = options(request, password, key_password)?;
        text(&review(&self.store, &options))
    }

    /// The files of a target, each verified, and all of them as one archive, last: `{ json, bytes: [Uint8Array] }`.
    pub async fn convert(
        &mut self,
        request: &str,
        password: String,
        key_password: Option<String>,
        progress: Function,
    ) -> Result<Object, JsValue> {
        let options = options(request, password, key_password)?;
        let name = options.target.id;
        let mut conversion =
            Conversion::new(&self.store, options, &mut UnwrapErr(SysRng)).map_err(thrown)?;
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
        let described = Packed {
            made: Made::of(&converted),
            archive: Archive::of(format!("{name}.zip"), &packed),
        };
        let bytes = Array::new();
        let files = converted.files.iter().map(|file| &file.bytes);
        for file in files.chain([&packed]) {
            bytes.push(&Uint8Array::from(file.as_slice()));
        }
        crossing(&described, &bytes)
    }

    /// Rows of the table of certificates, from one of them on: `{ rows, total, since }`.
    pub fn inventory(&self, at: f64, from: usize) -> Result<String, JsValue> {
        let table = self.table(instant(at));
        text(&Slice::of(&table, from))
    }

    /// Rows of the table as a file.
    pub fn inventory_file(&self, selection: &str) -> Result<Vec<u8>, JsValue> {
        let selection: Selection = read(selection)?;
        let at = instant_of(selection.at);
        let table = self.table(at);
        Ok(selection.write(&table, at).into_bytes())
    }

    /// The table of targets, and the strengths of a password's guard: `{ targets, strengths }`.
    pub fn targets(&self) -> Result<String, JsValue> {
        text(&TargetTable::all())
    }

    /// SHA-256 of any bytes, in hexadecimal: here too where the browser gives no SubtleCrypto, as over plain http.
    pub fn sha256(&self, bytes: Vec<u8>) -> String {
        // Owned, and so wiped: the bytes may be a private key.
        sha256_hex(&Zeroizing::new(bytes))
    }

    /// A fresh password that the target can take.
    pub fn generate(&self, target: &str) -> Result<JsValue, JsValue> {
        let target = crate::target(target).map_err(thrown)?;
        Ok(JsValue::from_str(
            target.generate(&mut UnwrapErr(SysRng)).expose(),
        ))
    }
}

impl Keyferry {
    /// The table of what is open, judged for an instant.
    fn table(&self, at: OffsetDateTime) -> Table<'_> {
        let index = || Arc::new(Index::of(&self.opening, &self.store));
        Table::indexed(&self.store, self.index.get_or_init(index).clone(), at)
    }

    /// Opens what can be opened, and judges what is revoked.
    async fn unlock(&mut self, at: OffsetDateTime, progress: &Function) {
        while let Step::Derive(jobs) = self.opening.step() {
            for (job, key) in derive::all(jobs, progress).await {
                self.opening.supply(job, key);
            }
        }
        self.store = self.opening.store();
        self.index = OnceCell::new();
        self.store.trust(&self.trusted);
        revocation::revoke(&mut self.store, at);
    }
}

fn options(
    request: &str,
    password: String,
    key_password: Option<String>,
) -> Result<ConversionOptions, JsValue> {
    let (password, key_password) = (Password::new(password), key_password.map(Password::new));
    ConversionOptions::new(read(request)?, password, key_password).map_err(thrown)
}

fn read<T: DeserializeOwned>(request: &str) -> Result<T, JsValue> {
    serde_json::from_str(request)
        .map_err(|error| JsValue::from_str(&format!("the request is not one: {error}")))
}

/// What a person sees, as JSON text.
fn text(described: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(described).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// What was made: `{ json, bytes: [Uint8Array] }`.
fn crossing(described: &impl Serialize, bytes: &Array) -> Result<Object, JsValue> {
    let result = Object::new();
    Reflect::set(&result, &"json".into(), &text(described)?.into())?;
    Reflect::set(&result, &"bytes".into(), bytes)?;
    Ok(result)
}

/// JavaScript's numbers are floating-point; one that came in JSON is an integer.
#[expect(
    clippy::cast_possible_truncation,
    reason = "JavaScript counts whole milliseconds"
)]
fn instant(milliseconds: f64) -> OffsetDateTime {
    instant_of(milliseconds as i64)
}

fn instant_of(milliseconds: i64) -> OffsetDateTime {
    let nanoseconds = i128::from(milliseconds) * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn thrown(error: Error) -> JsValue {
    text(&Failure::from(&error))
        .and_then(|text| JSON::parse(&text))
        .unwrap_or_else(|_| error.to_string().into())
}
