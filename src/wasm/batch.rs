//! A batch, as its workers do it.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::{Keyferry, instant, read, text, thrown};
use crate::container::zip::archive;
use crate::view::{self, BatchFile, Report, ReportPart};

#[wasm_bindgen]
impl Keyferry {
    /// Opens what can be opened, and says what of it goes into files of its own.
    pub async fn alone(
        &mut self,
        target: String,
        at: f64,
        progress: Function,
    ) -> Result<String, JsValue> {
        let at = instant(at);
        self.unlock(at, &progress).await;
        let target = crate::target(&target).map_err(thrown)?;
        text(&view::alone(&self.opening, &self.store, target, at))
    }

    /// Everything a batch made, its report first, as one ZIP: `made` are the files of all identities, in their order.
    pub fn pack(files: &str, made: Vec<Uint8Array>) -> Result<Uint8Array, JsValue> {
        let files: Vec<BatchFile> = read(files)?;
        let mut made = made.iter().map(|file| Zeroizing::new(file.to_vec()));
        let mut parts: Vec<(String, Zeroizing<Vec<u8>>)> = Vec::new();
        for (name, part) in Report::of(&files).parts {
            let bytes = match part {
                ReportPart::Made => made.next().ok_or("a file of the batch is missing")?,
                ReportPart::Text(text) => Zeroizing::new(text.into_bytes()),
            };
            parts.push((name, bytes));
        }
        let named = parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let packed = archive(named).map_err(thrown)?;
        Ok(Uint8Array::from(packed.as_slice()))
    }
}
