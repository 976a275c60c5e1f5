//! What Java's keystores and BouncyCastle's share: the way `java.io.DataOutputStream` writes, and what a reader makes of a
//! check value that no password fits.
//!
//! Numbers are big-endian, 32 bits; dates 64 bits, milliseconds since 1970; a text is modified UTF-8 behind a 16-bit length.

use std::sync::Arc;

use crate::base::error::{Error, Finding, Reason, Severity};
use crate::base::format::Format;
use crate::base::secret::Password;
use crate::crypto::kdf::Stop;
use crate::crypto::pbe;
use crate::model::certificate::Certificate;
use crate::model::store::{Contents, Item, Value};

/// Reads numbers, texts and blocks; a length is held against the bytes that are there before anything is allocated.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    rest: &'a [u8],
    what: Format,
}

impl<'a> Cursor<'a> {
    /// Starts at an offset that the bytes have.
    pub(crate) fn new(bytes: &'a [u8], at: usize, what: Format) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        Self { bytes, rest, what }
    }

    /// What was read so far, from the first byte on.
    pub(crate) fn before(&self) -> &'a [u8] {
        let read = self.bytes.len() - self.rest.len();
        self.bytes.get(..read).unwrap_or_default()
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(self.cut_off())?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(self.cut_off())?;
        self.rest = rest;
        Ok(*taken)
    }

    fn cut_off(&self) -> Error {
        Error::Truncated {
            what: Some(self.what),
        }
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Error> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn short(&mut self) -> Result<u16, Error> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn number(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn block(&mut self) -> Result<&'a [u8], Error> {
        let length = self.number()?;
        self.take(length as usize)
    }

    pub(crate) fn text(&mut self) -> Result<String, Error> {
        let length = self.short()?;
        let bytes = self.take(length.into())?;
        from_modified_utf8(bytes).ok_or_else(|| self.damaged("name-text"))
    }

    /// A certificate, behind its type where `typed`.
    pub(crate) fn certificate(&mut self, typed: bool) -> Result<Certificate, Error> {
        if typed && !matches!(self.text()?.as_str(), "X.509" | "X509") {
            return Err(Error::UnsupportedForm {
                what: Some(self.what),
                detail: "certificate-type".into(),
            });
        }
        Certificate::parse(self.block()?).map_err(|_| self.damaged("entry-certificate"))
    }

    /// Certificates behind their count.
    pub(crate) fn chain(&mut self, typed: bool) -> Result<Vec<Certificate>, Error> {
        let count = self.number()?;
        (0..count).map(|_| self.certificate(typed)).collect()
    }

    pub(crate) fn damaged(&self, detail: impl Into<Reason>) -> Error {
        Error::Damaged {
            what: Some(self.what),
            detail: detail.into(),
        }
    }
}

/// What the entries of a keystore give, entry by entry.
#[derive(Default)]
pub(crate) struct Opened {
    contents: Contents,
    derive: bool,
    keys: usize,
    entries: usize,
}

impl Opened {
    /// A trusted certificate entry.
    pub(crate) fn trusted(&mut self, alias: &str, certificate: &Certificate) {
        self.entries += 1;
        self.contents.items.push(entry(
            alias,
            Value::Certificate(Arc::new(certificate.clone())),
        ));
    }

    /// A key entry: what unlocking its key gave, and its chain.
    pub(crate) fn key(
        &mut self,
        alias: &str,
        unlocked: Result<Value, Stop>,
        chain: &[Certificate],
    ) {
        // The chain stands inside the key's own entry: its first certificate claims to be the key's.
        let tie = Some(self.entries.to_be_bytes().to_vec());
        self.entries += 1;
        match unlocked {
            Ok(value) => {
                self.keys += 1;
                self.contents.items.push(Item {
                    local_key_id: tie.clone(),
                    ..entry(alias, value)
                });
            }
            Err(Stop::Derive) => self.derive = true,
            Err(Stop::Failed(error)) => self.contents.locked.push((Some(alias.into()), error)),
        }
        for (at, link) in chain.iter().enumerate() {
            let link = Item::new(Value::Certificate(Arc::new(link.clone())));
            self.contents.items.push(Item {
                local_key_id: tie.clone().filter(|_| at == 0),
                ..link
            });
        }
    }

    /// The contents, once every key is derived. `confirmed`: a password fits the keystore's own check value.
    ///
    /// Where none does, certificates are still shown as long as no password was typed, and said to be unchecked. A key that
    /// opened proves that the file was changed or that the store's password is another: nothing of it is handed on.
    pub(crate) fn judge(
        mut self,
        confirmed: bool,
        passwords: &[Password],
        what: Format,
    ) -> Result<Contents, Stop> {
        if self.derive {
            return Err(Stop::Derive);
        }
        if confirmed {
            for (alias, error) in &mut self.contents.locked {
                *error = error.clone().of_part(alias.as_ref());
            }
            return Ok(self.contents);
        }
        let typed = passwords
            .iter()
            .any(|password| !password.expose().is_empty());
        let waits = |(_, error): &(_, Error)| error.wants_password();
        if self.keys == 0 && (typed || self.contents.locked.iter().any(waits)) {
            return Err(pbe::refused(what, passwords).into());
        }
        if self.keys > 0 && typed {
            return Err(Error::Damaged {
                what: Some(what),
                detail: "java-integrity".into(),
            }
            .into());
        }
        self.contents.findings.push(Finding::new(
            Severity::Warning,
            "integrity-unchecked",
            serde_json::json!({}),
        ));
        Ok(self.contents)
    }
}

fn entry(alias: &str, value: Value) -> Item {
    Item {
        alias: Some(alias.into()),
        trusted: true,
        ..Item::new(value)
    }
}

/// Java's modified UTF-8: UTF-16 units of one to three bytes each, zero as two bytes.
pub(crate) fn from_modified_utf8(bytes: &[u8]) -> Option<String> {
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    let tail = |rest: &mut std::slice::Iter<'_, u8>| {
        rest.next()
            .filter(|&&byte| byte & 0xc0 == 0x80)
            .map(|&byte| u16::from(byte & 0x3f))
    };
    while let Some(&first) = rest.next() {
        units.push(match first {
            0x00..=0x7f => u16::from(first),
            0xc0..=0xdf => u16::from(first & 0x1f) << 6 | tail(&mut rest)?,
            0xe0..=0xef => u16::from(first & 0x0f) << 12 | tail(&mut rest)? << 6 | tail(&mut rest)?,
            _ => return None,
        });
    }
    Some(String::from_utf16_lossy(&units))
}

pub(crate) fn to_modified_utf8(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match unit {
            1..=0x7f => bytes.push((unit & 0x7f) as u8),
            0 | 0x80..=0x7ff => {
                bytes.extend([0xc0 | (unit >> 6 & 0x1f) as u8, 0x80 | (unit & 0x3f) as u8])
            }
            _ => bytes.extend([
                0xe0 | (unit >> 12) as u8,
                0x80 | (unit >> 6 & 0x3f) as u8,
                0x80 | (unit & 0x3f) as u8,
            ]),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modified_utf8_both_ways() {
        let text = "a\0ß日😀";
        let bytes = to_modified_utf8(text);
        assert_eq!(bytes[1..3], [0xc0, 0x80]);
        assert_eq!(bytes.len(), 1 + 2 + 2 + 3 + 6);
        assert_eq!(from_modified_utf8(&bytes).as_deref(), Some(text));
        assert_eq!(from_modified_utf8(&[0xff]), None);
        assert_eq!(from_modified_utf8(&[0xe3, 0x81]), None);
    }
}
