//! The only room that names wasm-bindgen, js-sys or web-sys.

use wasm_bindgen::prelude::*;

/// The core, as the worker holds it.
#[wasm_bindgen]
#[derive(Default)]
pub struct Keyferry {}

#[wasm_bindgen]
impl Keyferry {
    /// An empty store.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The table of targets, as JSON.
    pub fn targets(&self) -> String {
        "[]".into()
    }
}
