//! PEM: RFC 7468 text around DER.
//!
//! ```text
//! -----BEGIN label-----
//! [Proc-Type: 4,ENCRYPTED … headers of RFC 1421]
//! base64 of DER
//! -----END label-----
//! ```
//!
//! The label is a hint and the bytes decide: files in the field carry PKCS#8 under `RSA PRIVATE KEY` and certificates under
//! `X509 CERTIFICATE`. Text around the blocks is passed over. One block that cannot be read does not hide the others.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::ber::Node;
use crate::error::{Error, Finding, Severity};
use crate::format::{Format, cms, pkcs8};
use crate::kdf::{Keys, Stop};
use crate::recognise;
use crate::secret::{Password, SecretDer};
use crate::store::{Contents, Locked};
use crate::{Parsed, parse_der};

/// What the format is called in a message.
pub(crate) const WHAT: &str = "a PEM text (.pem, .crt, .key)";

/// The blocks of a text, each read as what its bytes are.
pub(crate) struct Blocks {
    blocks: Vec<Result<Parsed, Error>>,
}

impl Blocks {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`] where the last block never ends; the error of the first block where none can be read.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let mut blocks = Vec::new();
        let mut rest = text;
        while let Some(block) = next_block(&mut rest) {
            blocks.push(block.and_then(|block| block.parse()));
        }
        let first = blocks.iter().position(Result::is_ok);
        match (first, blocks.is_empty()) {
            (Some(_), _) => Ok(Self { blocks }),
            (None, true) => Err(Error::Truncated { what: WHAT }),
            (None, false) => Err(blocks
                .swap_remove(0)
                .err()
                .unwrap_or(Error::Truncated { what: WHAT })),
        }
    }
}

impl Locked for Blocks {
    fn cost(&self) -> u64 {
        let one = |block: &Result<Parsed, Error>| match block {
            Ok(Parsed::Locked(locked)) => locked.cost(),
            _ => 0,
        };
        self.blocks.iter().map(one).fold(0, u64::saturating_add)
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let mut contents = Contents::default();
        let mut derive = false;
        for block in &self.blocks {
            let part = match block {
                Ok(parsed) => parsed.unlock(passwords, keys),
                Err(error) => {
                    contents.findings.push(unread(error));
                    continue;
                }
            };
            match part {
                Ok(part) => contents.append(part),
                Err(Stop::Derive) => derive = true,
                Err(Stop::Failed(error)) => contents.locked.push((None, error)),
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        match (contents.items.is_empty(), contents.locked.is_empty()) {
            (true, false) => Err(contents.locked.swap_remove(0).1.into()),
            _ => Ok(contents),
        }
    }
}

fn unread(error: &Error) -> Finding {
    Finding::new(
        Severity::Warning,
        "block-unread",
        format!("one block of the text cannot be read: {error}"),
        error.hint(),
        serde_json::json!({ "error": error.code() }),
    )
}

/// One block as it stands in the text.
struct Block<'a> {
    label: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    der: SecretDer,
}

/// The next block of the text, which is moved past it; `None` where there is no more.
fn next_block<'a>(rest: &mut &'a str) -> Option<Result<Block<'a>, Error>> {
    const BEGIN: &str = "-----BEGIN ";
    let text = *rest;
    let from = text.find(BEGIN)? + BEGIN.len();
    let inside = &text[from..];
    *rest = inside;
    let (label, body) = inside.split_once("-----")?;
    if label.len() > 64 || label.contains(['\n', '\r']) {
        return Some(Err(Error::Damaged {
            what: WHAT,
            detail: "a BEGIN line has no end".into(),
        }));
    }
    let end = format!("-----END {label}-----");
    // A block ends before the next begins, so that one without an end does not swallow its neighbour.
    let until = body.find(BEGIN).unwrap_or(body.len());
    let Some(length) = body[..until].find(&end) else {
        *rest = &body[until..];
        let other = body[..until].contains("-----END ");
        return Some(Err(match other {
            true => Error::Damaged {
                what: WHAT,
                detail: format!("the block “{label}” ends with another name"),
            },
            false => Error::Truncated { what: WHAT },
        }));
    };
    *rest = &body[length + end.len()..];
    Some(Block::read(label, &body[..length]))
}

impl<'a> Block<'a> {
    fn read(label: &'a str, body: &'a str) -> Result<Self, Error> {
        let mut headers: Vec<(&str, &str)> = Vec::new();
        let mut base64 = Zeroizing::new(String::with_capacity(body.len()));
        for line in body.split(['\n', '\r']).map(str::trim) {
            match line.split_once(':') {
                Some((name, value)) => headers.push((name.trim(), value.trim())),
                None => base64.extend(line.chars().filter(|c| !c.is_whitespace())),
            }
        }
        let damaged = |detail: &str| Error::Damaged {
            what: WHAT,
            detail: format!("the block “{label}” {detail}"),
        };
        if base64.is_empty() {
            return Err(damaged("is empty"));
        }
        let der = Base64::decode_vec(&base64).map_err(|_| damaged("is not base64"))?;
        Ok(Self {
            label,
            headers,
            der: SecretDer::new(der),
        })
    }

    fn parse(&self) -> Result<Parsed, Error> {
        if self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("Proc-Type"))
        {
            return Err(Error::UnsupportedForm {
                what: WHAT,
                detail: format!("with an old encryption of “{}”", self.label),
            });
        }
        let der = self.der.expose();
        let format = recognise::der(der).ok_or_else(|| {
            let known = match self.label {
                "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                    crate::format::x509::WHAT
                }
                "ENCRYPTED PRIVATE KEY" => pkcs8::WHAT_ENCRYPTED,
                "PKCS7" | "CMS" => cms::WHAT,
                label if label.ends_with("PRIVATE KEY") => pkcs8::WHAT,
                _ => WHAT,
            };
            match Node::parse_prefix(der) {
                Err(fault) => fault.of(known),
                Ok(_) => Error::Damaged {
                    what: known,
                    detail: "its parts are not those of anything known".into(),
                },
            }
        })?;
        if self.label.contains("PRIVATE KEY")
            != matches!(format, Format::PrivateKey | Format::EncryptedPkcs8)
        {
            let detail = format!(
                "the block says “{}” and holds {}",
                self.label,
                format.what()
            );
            return Err(Error::Damaged { what: WHAT, detail });
        }
        parse_der(format, der)
    }
}

/// One PEM block: 64 characters a line, LF, nothing before and nothing after.
pub(crate) fn write(label: &str, der: &[u8]) -> Zeroizing<String> {
    let base64 = Zeroizing::new(Base64::encode_string(der));
    let mut text = Zeroizing::new(String::with_capacity(
        base64.len() * 66 / 64 + 2 * label.len() + 40,
    ));
    text.push_str(&format!("-----BEGIN {label}-----\n"));
    for line in base64.as_bytes().chunks(64) {
        text.extend(line.iter().map(|&byte| char::from(byte)));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}
