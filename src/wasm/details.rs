//! Everything a certificate, request or list says, as the page's worker hands it over.

use serde::Deserialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::{Keyferry, read, thrown};
use crate::base::error::Error;
use crate::view::details::{Subject, compare, tree};

/// An entry, and which link of its chain, where that is not the first.
#[derive(Deserialize)]
struct Place {
    entry: usize,
    #[serde(default)]
    link: usize,
}

/// Two of them.
#[derive(Deserialize)]
struct Pair {
    one: Place,
    other: Place,
}

#[wasm_bindgen]
impl Keyferry {
    /// Every field and extension with what it means, the fingerprints, and PEM.
    pub fn details(&self, place: &str) -> Result<String, JsValue> {
        let described = self.described(&read(place)?);
        Ok(described.map_err(thrown)?.to_string())
    }

    /// Its ASN.1, node by node.
    pub fn tree(&self, place: &str) -> Result<String, JsValue> {
        let subject = self.subject(&read(place)?).map_err(thrown)?;
        Ok(tree(subject.der()).map_err(thrown)?.to_string())
    }

    /// What differs between two, and whether they are of one key.
    pub fn compare(&self, pair: &str) -> Result<String, JsValue> {
        let Pair { one, other } = read(pair)?;
        let [one, other] = [self.described(&one), self.described(&other)];
        Ok(compare(&one.map_err(thrown)?, &other.map_err(thrown)?).to_string())
    }
}

impl Keyferry {
    fn subject(&self, place: &Place) -> Result<Subject<'_>, Error> {
        let entry = self.store.entries.get(place.entry);
        let entry = entry.ok_or_else(|| Error::EntryUnknown {
            name: place.entry.to_string(),
        })?;
        Subject::of(&entry.kind, place.link)
    }

    fn described(&self, place: &Place) -> Result<Value, Error> {
        self.subject(place)?.details()
    }
}
