//! What a certificate is worth, as the page's worker asks it. `at` is milliseconds since 1970, an entry an index into the
//! latest view.

use wasm_bindgen::prelude::*;

use super::{Keyferry, instant, thrown};
use crate::store::EntryKind;
use crate::{Error, chain, crl, details};

#[wasm_bindgen]
impl Keyferry {
    /// The chain of an entry's certificate; `company` are the SHA-256 fingerprints of roots that the person trusts for now.
    pub fn chain(&self, entry: usize, company: Vec<String>, at: f64) -> Result<String, JsValue> {
        let built = chain::of_entry(&self.store, entry, &company, instant(at)).map_err(thrown)?;
        Ok(built.to_json().to_string())
    }

    /// What the revocation lists that are here say of the certificates that are here.
    pub fn revocations(&self, at: f64) -> String {
        crl::revocations(&self.store, instant(at))
            .to_json()
            .to_string()
    }

    /// Every field and extension of an entry's certificate, request or revocation list.
    pub fn details(&self, entry: usize) -> Result<String, JsValue> {
        let described = self.kind(entry).and_then(details::details);
        Ok(described.map_err(thrown)?.to_string())
    }

    /// What differs between two entries, and whether they are of one key.
    pub fn compare(&self, one: usize, other: usize) -> Result<String, JsValue> {
        let described = |entry| self.kind(entry).and_then(details::details).map_err(thrown);
        Ok(details::compare(&described(one)?, &described(other)?).to_string())
    }

    /// The ASN.1 of an entry's certificate, request or revocation list.
    pub fn tree(&self, entry: usize) -> Result<String, JsValue> {
        let rows = self
            .kind(entry)
            .and_then(details::der)
            .and_then(details::tree);
        Ok(rows.map_err(thrown)?.to_string())
    }
}

impl Keyferry {
    fn kind(&self, entry: usize) -> Result<&EntryKind, Error> {
        let found = self.store.entries.get(entry);
        let found = found.ok_or_else(|| Error::EntryUnknown {
            name: entry.to_string(),
        })?;
        Ok(&found.kind)
    }
}
