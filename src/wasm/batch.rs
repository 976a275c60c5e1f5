//! A batch, as its workers do it.

use js_sys::{Array, Function, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::{Keyferry, crossing, instant, read, text, thrown};
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

    /// Everything a batch made, its report first, as one ZIP: `{ json, bytes: [Uint8Array] }`, the folders in it and the ZIP.
    /// `made` are the files of all identities, in their order.
    pub fn pack(files: &str, made: Vec<Uint8Array>) -> Result<Object, JsValue> {
        let files: Vec<BatchFile> = read(files)?;
        let mut made = made.iter().map(|file| Zeroizing::new(file.to_vec()));
        let mut parts: Vec<(String, Zeroizing<Vec<u8>>)> = Vec::new();
        let report = Report::of(&files);
        for (name, part) in report.parts {
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
        let bytes = Array::of1(&Uint8Array::from(packed.as_slice()));
        crossing(&report.folders, &bytes)
    }
}
