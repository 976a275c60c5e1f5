//! Everything a certificate, request or list says, as the page's worker hands it over.

use wasm_bindgen::prelude::*;

use super::{Keyferry, read, text, thrown};
use crate::base::error::Error;
use crate::view::details::{Described, Details, Pair, Place, compare, tree};

#[wasm_bindgen]
impl Keyferry {
    /// Every field and extension with what it means, the fingerprints, and PEM.
    pub fn details(&self, place: &str) -> Result<String, JsValue> {
        text(&self.described(read(place)?).map_err(thrown)?)
    }

    /// Its ASN.1, node by node.
    pub fn tree(&self, place: &str) -> Result<String, JsValue> {
        let subject = self.subject(read(place)?).map_err(thrown)?;
        text(&tree(subject.der()).map_err(thrown)?)
    }

    /// What differs between two, and whether they are of one key.
    pub fn compare(&self, pair: &str) -> Result<String, JsValue> {
        let Pair { one, other } = read(pair)?;
        let [one, other] = [self.described(one), self.described(other)];
        text(&compare(&one.map_err(thrown)?, &other.map_err(thrown)?))
    }
}

impl Keyferry {
    fn subject(&self, place: Place) -> Result<Described<'_>, Error> {
        let entry = self.store.entries.get(place.entry);
        let entry = entry.ok_or_else(|| Error::EntryUnknown {
            name: place.entry.to_string(),
        })?;
        Described::of(&entry.kind, place.link)
    }

    fn described(&self, place: Place) -> Result<Details, Error> {
        self.subject(place)?.details()
    }
}
