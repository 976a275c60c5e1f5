//! PEM: RFC 7468 text around DER, and what came before it.
//!
//! ```text
//! -----BEGIN label-----
//! [Proc-Type: 4,ENCRYPTED … headers of RFC 1421]
//! base64 of DER
//! -----END label-----
//! ```
//!
//! The label is a hint and the bytes decide: files in the field carry PKCS#8 under `RSA PRIVATE KEY`, PKCS#7 under
//! `CERTIFICATE` and certificates under `X509 CERTIFICATE`. Only one lie is refused: a private key under the name of
//! something public, or the other way round, since a person who passes such a file on does not know what is in it. Text around
//! the blocks is passed over. One block that cannot be read does not hide the others.

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use serde_json::json;

use crate::asn1::ber::Fault;
use crate::base::error::{Error, Finding, Reason, Severity};
use crate::base::format::Format;
use crate::container::concatenated;
use crate::container::parsed::Parsed;
use crate::container::parts::Parts;
use crate::container::recognise;

mod armour;
mod proc_type;

use armour::Block;
use proc_type::OldKey;

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Pem;

/// The kinds of private keys that labels name; the contents of any other kind are unknown.
const KEY_KINDS: [&str; 13] = [
    "",
    "ANY",
    "DH",
    "DSA",
    "EC",
    "ECDSA",
    "ED25519",
    "ED448",
    "ENCRYPTED",
    "OPENSSH",
    "RSA",
    "RSA-PSS",
    "X25519",
];

/// Whether a block begins in the text.
pub(crate) fn has_block(text: &str) -> bool {
    armour::labels(text).next().is_some()
}

/// Whether every block of the text is PGP's, which has the same dashes and nothing else in common.
pub(crate) fn is_pgp(text: &str) -> bool {
    armour::labels(text).all(|label| label.starts_with("PGP "))
}

/// Reads the blocks of a text, each as what its bytes are.
///
/// # Errors
///
/// [`Error::Truncated`] where the last block never ends; the error of the first block where none can be read.
pub(crate) fn parse(text: &str) -> Result<Parts, Error> {
    let mut parts = Parts::default();
    let mut parameters = None;
    for block in armour::blocks(text) {
        match block {
            Ok(block) if block.label.ends_with("PARAMETERS") => {
                parameters.get_or_insert(block.label);
            }
            block => parts.push(None, block.and_then(|block| parse_block(&block)))?,
        }
    }
    // OpenSSL writes the curve of a key before the key itself, which names it too.
    if let Some(label) = parameters
        .as_ref()
        .filter(|label| *label != "EC PARAMETERS")
    {
        parts.note(Finding::new(
            Severity::Info,
            "parameters-passed-over",
            serde_json::json!({ "label": label }),
        ));
    }
    parts.finish(match parameters {
        Some(_) => Error::NotRecognised {
            looks_like: "parameters",
        },
        None => Error::Truncated { what: Some(WHAT) },
    })
}

fn parse_block(block: &Block) -> Result<Parsed, Error> {
    if block.label.starts_with("PGP ") {
        return Err(Error::NotRecognised { looks_like: "pgp" });
    }
    let kind = block.label.strip_suffix("PRIVATE KEY").map(str::trim_end);
    if let Some(kind) = kind.filter(|kind| !KEY_KINDS.contains(kind)) {
        return Err(Error::UnsupportedForm {
            what: Some(WHAT),
            detail: Reason::with("pem-key-kind", json!({ "kind": kind })),
        });
    }
    if OldKey::is(block) {
        return OldKey::parse(block).map(Parsed::locked);
    }
    let bytes = block.bytes.expose();
    let binary = recognise::binary(bytes).map_err(|fault| unknown(&block.label, fault))?;
    let format = binary.format();
    let is_key = matches!(
        format,
        Format::PrivateKey | Format::EncryptedPkcs8 | Format::OpenSsh
    );
    if kind.is_some() != is_key {
        let data = json!({ "label": block.label, "contents": format.what() });
        let detail = Reason::with("pem-label", data);
        return Err(Error::Damaged {
            what: Some(WHAT),
            detail,
        });
    }
    concatenated::parse(binary, bytes)
}

/// Why bytes under a label are nothing known; `fault` says why they are not BER.
fn unknown(label: &str, fault: Option<Fault>) -> Error {
    let known = match label {
        "ENCRYPTED PRIVATE KEY" => Format::EncryptedPkcs8,
        "CMS" | "PKCS7" => Format::Cms,
        label if label.ends_with("CERTIFICATE") => Format::Certificate,
        label if label.ends_with("PRIVATE KEY") => Format::PrivateKey,
        _ => WHAT,
    };
    match fault {
        Some(fault) => fault.of(known),
        None => Error::Damaged {
            what: Some(known),
            detail: "structure-unknown".into(),
        },
    }
}

/// How lines end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnds {
    /// Line feeds alone: Unix, and what every program reads.
    #[default]
    Lf,
    /// Carriage return and line feed: what old editors of Windows want to see.
    CrLf,
}

impl LineEnds {
    /// The characters.
    pub fn text(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// One PEM block: 64 characters a line, nothing before and nothing after.
pub fn write(label: &str, der: &[u8], ends: LineEnds) -> Zeroizing<String> {
    let base64 = Zeroizing::new(Base64::encode_string(der));
    // Made as long as it will be, so that no key is left behind where it grew.
    let mut text = Zeroizing::new(String::with_capacity(
        base64.len() * 66 / 64 + 2 * label.len() + 40,
    ));
    let mut line = |parts: [&str; 3]| {
        text.extend(parts);
        text.push_str(ends.text());
    };
    line(["-----BEGIN ", label, "-----"]);
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (first, others) = rest.split_at(rest.len().min(64));
        line(["", first, ""]);
        rest = others;
    }
    line(["-----END ", label, "-----"]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_written_with_either_end() {
        let unix = write("CERTIFICATE", &[7; 50], LineEnds::Lf);
        assert_eq!(unix.lines().map(str::len).max(), Some(64));
        assert!(unix.starts_with("-----BEGIN CERTIFICATE-----\nBwcH"));
        assert!(unix.ends_with("Bwc=\n-----END CERTIFICATE-----\n"));
        assert!(unix.capacity() <= unix.len() + 40);
        let windows = write("CERTIFICATE", &[7; 50], LineEnds::CrLf);
        assert_eq!(*windows, unix.replace('\n', "\r\n"));
    }
}
