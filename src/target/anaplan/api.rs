//! The request for an Anaplan token: it proves that a key and its certificate work before an integration is set up.
//!
//! ```text
//! POST https://auth.anaplan.com/token/authenticate
//! Authorization: CACertificate <base64 of the whole PEM text | base64 between its BEGIN and END lines>
//! { "encodedDataFormat": "v2", "encodedData": base64 of the bytes,
//!   "encodedSignedData": base64 of SHA512withRSA over the bytes themselves }
//! ```
//!
//! v2 is required since 2026-06-19 (help.anaplan.com, “Use CA certificate authentication” and its page on API changes): the
//! bytes begin with an 8-byte time stamp, and each body serves once. The help page does not name the unit. Its example begins
//! `AAAAAGhaH7p`, which is big-endian seconds since 1970: 2025-06-24 03:47:06 UTC. 92 random bytes follow here, so that the
//! message has the 100 bytes that Anaplan's community guide asks for.
//!
//! v1 has no `encodedDataFormat` and signs 150 random bytes, as Anaplan's own Java client 4.1 does. Whether Anaplan still accepts
//! it is not confirmed, nor is whether Anaplan Connect 4.x sends v2. Keyferry sends nothing itself.

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use super::super::output::{OutputFormat, TokenVersion};
use super::super::quote::{powershell, shell};
use super::super::{Snippet, SnippetInput, Target, file};
use super::ANAPLAN;
use crate::base::error::Error;
use crate::container::pem::{self, LineEnds};
use crate::crypto::digest::Digest;
use crate::crypto::signature;
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;

const ADDRESS: &str = "https://auth.anaplan.com/token/authenticate";
/// How old a v2 body may be before a new one is safer. Anaplan publishes no limit: this one is Keyferry's own.
const FRESH_MILLISECONDS: i64 = 60_000;
/// Random bytes that either version needs at most.
pub(crate) const RANDOM: usize = 150;

/// The request for a token.
pub(in super::super) const API: Target = Target {
    id: "anaplan-api",
    name: "Anaplan REST API",
    search: &["REST", "token", "authenticate", "integration"],
    description: "The signed request for a token, to send with curl or PowerShell. It proves that the key works.",
    files: &[
        file(
            "authenticate-v2.json",
            "The body of the request (v2). Send it at once: Anaplan accepts each body only once.",
            OutputFormat::AnaplanToken {
                version: TokenVersion::V2,
            },
        ),
        file(
            "authenticate-v1.json",
            "The body in the older layout (v1), for comparison with programs that still send it.",
            OutputFormat::AnaplanToken {
                version: TokenVersion::V1,
            },
        ),
    ],
    password_rules: &[],
    steps: |_| vec!["anaplan.registered", "anaplan-api.send"],
    snippets,
    note: Some(
        "Anaplan has required v2 since 2026-06-19. Anaplan Connect 4.x and anaplan-sdk may still send v1; whether Anaplan \
         accepts it is not confirmed.",
    ),
    source: "help.anaplan.com “Use CA certificate authentication”, help.anaplan.com/465aed3f-efcb-4971-af83-1d860a106fde",
    ..ANAPLAN
};

/// The body, signed.
pub(crate) fn body(
    version: TokenVersion,
    key: &PrivateKey,
    at: i64,
    random: &[u8; RANDOM],
) -> Result<Vec<u8>, Error> {
    let mut data = random.to_vec();
    if version == TokenVersion::V2 {
        data = [&time_stamp(at)[..], &random[..92]].concat();
    }
    let signed = key.sign_rsa_pkcs1(Digest::Sha512, &data)?;
    let mut body = json!({
        "encodedData": Base64::encode_string(&data),
        "encodedSignedData": Base64::encode_string(&signed),
    });
    if let (TokenVersion::V2, Some(fields)) = (version, body.as_object_mut()) {
        fields.insert("encodedDataFormat".into(), "v2".into());
    }
    Ok(body.to_string().into_bytes())
}

/// The first 8 bytes of a v2 message; `at` is in milliseconds since 1970.
fn time_stamp(at: i64) -> [u8; 8] {
    (at / 1000).to_be_bytes()
}

/// Whether a body's signature is one by the certificate's key.
pub(crate) fn holds(body: &[u8], certificate: &Certificate) -> bool {
    let read = || -> Option<bool> {
        let body: Value = serde_json::from_str(std::str::from_utf8(body).ok()?).ok()?;
        let bytes = |field: &str| Base64::decode_vec(body.get(field)?.as_str()?).ok();
        let (data, signed) = (bytes("encodedData")?, bytes("encodedSignedData")?);
        Some(signature::verify_rsa_pkcs1(
            certificate.spki(),
            Digest::Sha512,
            &data,
            &signed,
        ))
    };
    read().unwrap_or(false)
}

fn snippets(input: &SnippetInput<'_>) -> Vec<Snippet> {
    let Some(leaf) = input.leaf else {
        return Vec::new();
    };
    let text = pem::write("CERTIFICATE", leaf.der(), LineEnds::Lf);
    let whole = Base64::encode_string(text.as_bytes());
    let bare = Base64::encode_string(leaf.der());
    let (v2, v1) = (
        input.text("authenticate-v2.json"),
        input.text("authenticate-v1.json"),
    );
    let stale = |mut snippets: Snippet| {
        snippets.stale_at = Some(input.at + FRESH_MILLISECONDS);
        snippets
    };
    vec![
        stale(Snippet::new(
            "curl, v2, with the header that Anaplan’s own client sends",
            curl(&whole, v2),
        )),
        stale(Snippet::new(
            "curl, v2, with the header from community guides",
            curl(&bare, v2),
        )),
        stale(Snippet::new("PowerShell, v2", invoke(&whole, v2))),
        stale(Snippet::new("JSON body, v2", format!("{v2}\n"))),
        Snippet::new(
            "curl, v1, with the header that Anaplan’s own client sends",
            curl(&whole, v1),
        ),
        Snippet::new(
            "curl, v1, with the header from community guides",
            curl(&bare, v1),
        ),
        Snippet::new("PowerShell, v1", invoke(&whole, v1)),
        Snippet::new("JSON body, v1", format!("{v1}\n")),
    ]
}

fn curl(certificate: &str, body: &str) -> String {
    let header = shell(&format!("Authorization: CACertificate {certificate}"));
    format!(
        "curl --request POST {} --header {header} --header 'Content-Type: application/json' --data {}\n",
        shell(ADDRESS),
        shell(body)
    )
}

fn invoke(certificate: &str, body: &str) -> String {
    let header = powershell(&format!("CACertificate {certificate}"));
    format!(
        "Invoke-RestMethod -Method Post -Uri {} -Headers @{{ Authorization = {header} }} -ContentType 'application/json' -Body {}\n",
        powershell(ADDRESS),
        powershell(body)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of help.anaplan.com/465aed3f-efcb-4971-af83-1d860a106fde begins with these characters: 8 bytes of time stamp
    /// and the first two bits of what follows.
    #[test]
    fn the_time_stamp_is_the_one_of_the_help_page() {
        let example = "AAAAAGhaH7pebU386At+";
        let bytes = Base64::decode_vec(example).unwrap();
        // 2025-06-24 03:47:06 UTC, and any millisecond of that second.
        for at in [1_750_736_826_000, 1_750_736_826_999] {
            assert_eq!(bytes[..8], time_stamp(at));
        }
    }

    #[test]
    fn v2_comes_first() {
        let names: Vec<&str> = API.files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["authenticate-v2.json", "authenticate-v1.json"]);
        let note = API.note.unwrap();
        assert!(note.contains("required v2 since 2026-06-19"), "{note}");
        assert!(note.contains("not confirmed"), "{note}");
    }
}
