//! Asking for a certificate, as the page's worker does it.

use std::sync::Arc;

use getrandom::SysRng;
use js_sys::{Array, Function, Object, Uint8Array};
use rand_core::UnwrapErr;
use wasm_bindgen::prelude::*;

use super::{Keyferry, crossing, derive, generate, instant, read, text, thrown};
use crate::base::secret::Password;
use crate::request::{self, KeySource, Planned, RequestStep, Requesting};
use crate::view::{KeyMaker, KeyedRequest, MadeRequest};

#[wasm_bindgen]
impl Keyferry {
    /// What is to be said of a form while it is filled in: `{ problems, rules }`, those that are broken, and those of the
    /// password, kept or not.
    pub fn review_request(&self, options: &str, password: String) -> Result<String, JsValue> {
        text(&request::review(read(options)?, &Password::new(password)))
    }

    /// The files of a form, each verified: `{ json, bytes: [Uint8Array] }`. A key that is to be made is the browser's own
    /// where it has the kind, and Rust's otherwise; `made_by` in the JSON says which: `browser`, `keyferry`, or null for a
    /// key that was there. `at` is milliseconds since 1970; an empty password means no password.
    pub async fn request(
        &self,
        options: &str,
        password: String,
        at: f64,
        progress: Function,
    ) -> Result<Object, JsValue> {
        let password = Some(Password::new(password)).filter(|text| !text.expose().is_empty());
        let random = &mut UnwrapErr(SysRng);
        let planned = Planned::new(read(options)?, &self.store).map_err(thrown)?;
        let (key, made_by) = match planned.source() {
            KeySource::Have(key) => (key.clone(), None),
            KeySource::Make(kind) => match generate::key(*kind).await {
                Some(key) => (Arc::new(key), Some(KeyMaker::Browser)),
                None => (
                    Arc::new(kind.make(random).map_err(thrown)?),
                    Some(KeyMaker::Keyferry),
                ),
            },
        };
        let mut requesting =
            Requesting::new(&planned, key, password, instant(at), random).map_err(thrown)?;
        let requested = loop {
            match requesting.step().map_err(thrown)? {
                RequestStep::Done(requested) => break requested,
                RequestStep::Derive(jobs) => {
                    for (job, key) in derive::all(jobs, &progress).await {
                        requesting.supply(job, key);
                    }
                }
            }
        };
        let bytes = Array::new();
        for file in &requested.files {
            bytes.push(&Uint8Array::from(file.bytes.as_slice()));
        }
        let described = KeyedRequest {
            made: MadeRequest::of(&requested),
            made_by,
        };
        crossing(&described, &bytes)
    }
}
