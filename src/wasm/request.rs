//! Asking for a certificate, as the page's worker does it.

use std::sync::Arc;

use getrandom::SysRng;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use rand_core::UnwrapErr;
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::{Keyferry, derive, generate, instant, read, thrown};
use crate::base::secret::Password;
use crate::request::{self, KeySource, Planned, RequestOptions, RequestStep, Requesting};

#[wasm_bindgen]
impl Keyferry {
    /// What is to be said of a form while it is filled in: `{ problems, rules }`, those that are broken, and those of the
    /// password, kept or not.
    pub fn review_request(&self, options: &str, password: String) -> Result<String, JsValue> {
        let (options, password): (RequestOptions, _) = (read(options)?, Password::new(password));
        let rules = request::password_rules(options.keep, &password);
        Ok(json!({ "problems": request::review(options), "rules": rules }).to_string())
    }

    /// The files of a form, each verified: `{ json, bytes: [Uint8Array] }`. A key that is to be made is the browser's own
    /// where it has the kind, and Rust's otherwise; `made_by` in the JSON says which: `browser`, `keyferry`, or null for a
    /// key that was there. `at` is milliseconds since 1970; an empty password is none.
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
                Some(key) => (Arc::new(key), Some("browser")),
                None => (
                    Arc::new(kind.make(random).map_err(thrown)?),
                    Some("keyferry"),
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
        let mut described = requested.to_json();
        described["made_by"] = made_by.into();
        let bytes = Array::new();
        for file in &requested.files {
            bytes.push(&Uint8Array::from(file.bytes.as_slice()));
        }
        let result = Object::new();
        Reflect::set(&result, &"json".into(), &described.to_string().into())?;
        Reflect::set(&result, &"bytes".into(), &bytes)?;
        Ok(result)
    }
}
