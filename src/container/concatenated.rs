//! Binary files joined into one, as `cat` and `copy /b` do: a certificate, those of its issuers, and its key, say.
//!
//! DER says where it ends, so that what comes after can be looked at: another file, or a text. Line ends and zeros are what
//! carriers leave; anything else that is unknown is reported, since it may be the part that a person is missing. Behind a
//! keystore nothing is read, and that is reported: its check value does not cover it, and who changes a byte of the file must not
//! get another identity in its place.

use crate::base::error::{Error, Finding, Severity};
use crate::base::format::Format;
use crate::container::binary::Binary;
use crate::container::parsed::Parsed;
use crate::container::parts::Parts;
use crate::container::recognise::{self, Recognised};

/// Bytes that say nothing: zeros, spaces, line ends, and the end of a text of DOS.
const FILLING: [u8; 6] = [0, b'\t', b'\n', b'\r', 0x1a, b' '];

/// Reads a file, and those that follow it.
///
/// # Errors
///
/// The error of the first where none can be read.
pub(crate) fn parse(first: Binary<'_>, bytes: &[u8]) -> Result<Parsed, Error> {
    let (mut binary, mut bytes) = (first, bytes);
    let mut parts = Parts::default();
    loop {
        let (format, part) = (binary.format(), binary.parse());
        let mut rest = bytes.get(binary.bytes().len()..).unwrap_or_default();
        while let Some((filling, after)) = rest.split_first()
            && FILLING.contains(filling)
        {
            rest = after;
        }
        if rest.is_empty() && parts.is_empty() {
            return part;
        }
        parts.push(None, part)?;
        if matches!(format, Format::Bcfks | Format::Pkcs12) && !rest.is_empty() {
            parts.note(passed_over(format, rest.len()));
            break;
        }
        if rest.is_empty() {
            break;
        }
        match recognise::binary(rest) {
            Ok(next) => (binary, bytes) = (next, rest),
            Err(_) => {
                parts.push(None, text(rest))?;
                break;
            }
        }
    }
    // Every part that is not read has an error of its own.
    let none = Error::Truncated { what: None };
    Ok(Parsed::locked(parts.finish(none)?))
}

fn passed_over(format: Format, bytes: usize) -> Finding {
    Finding::new(
        Severity::Info,
        "rest-passed-over",
        serde_json::json!({ "bytes": bytes, "what": format.what() }),
    )
}

/// A text at the end; an archive would be one inside a file, which could hold more of them without end.
fn text(bytes: &[u8]) -> Result<Parsed, Error> {
    match recognise::find(bytes)? {
        Recognised::Zip(_) => Err(Error::NotRecognised {
            looks_like: "archive",
        }),
        found => found.parse(),
    }
}

#[cfg(test)]
mod tests {
    use crate::Opening;
    use crate::model::store::Value;

    const CERTIFICATE: &[u8] = include_bytes!("../../tests/vectors/x509-openssl-cert.cer");
    const KEY: &[u8] = include_bytes!("../../tests/vectors/pkcs8-openssl-rsa-der.der");
    const TEXT: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");

    /// How many certificates and keys a file of these parts has, and the codes of what is said of it.
    fn opened(parts: &[&[u8]]) -> (usize, usize, Vec<&'static str>) {
        let mut opening = Opening::default();
        opening.add(0, "joined", &parts.concat());
        opening.step();
        let contents = opening.files().next().unwrap().contents().unwrap();
        let values = || contents.items.iter().map(|item| &item.value);
        let certificates = values().filter(|value| matches!(value, Value::Certificate(_)));
        let keys = values().filter(|value| matches!(value, Value::PrivateKey(_)));
        let findings = contents.findings.iter().map(|finding| finding.code);
        (certificates.count(), keys.count(), findings.collect())
    }

    #[test]
    fn whatever_follows_is_read() {
        assert_eq!(opened(&[CERTIFICATE, KEY, CERTIFICATE]), (2, 1, vec![]));
        assert_eq!(
            opened(&[KEY, b"\r\n", CERTIFICATE, b"\n\0\0"]),
            (1, 1, vec![])
        );
        assert_eq!(opened(&[KEY, TEXT]), (1, 1, vec![]));
        assert_eq!(opened(&[CERTIFICATE, b"\r\n\x1a"]), (1, 0, vec![]));
    }

    #[test]
    fn cut_off_and_unknown_data_is_reported() {
        let cut = &KEY[..KEY.len() - 1];
        assert_eq!(opened(&[CERTIFICATE, cut]), (1, 0, vec!["part-unread"]));
        assert_eq!(
            opened(&[CERTIFICATE, b"signed by hand"]),
            (1, 0, vec!["part-unread"])
        );
        let keystore: &[u8] =
            include_bytes!("../../tests/vectors/pkcs12-openssl-all-plain-nomac.p12");
        let (_, keys, findings) = opened(&[keystore, keystore]);
        assert!(keys == 1 && findings.contains(&"rest-passed-over"));
        let archive: &[u8] = include_bytes!("../../tests/vectors/zip-crafted-stored.zip");
        assert_eq!(opened(&[CERTIFICATE, archive]), (1, 0, vec!["part-unread"]));
    }
}
