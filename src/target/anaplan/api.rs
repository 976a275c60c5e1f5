//! The request that Anaplan gives a token for: proof, before anything is set up, that a key and its certificate work.
//!
//! ```text
//! POST https://auth.anaplan.com/token/authenticate
//! Authorization: CACertificate <base64 of the whole PEM text | base64 between its armour lines>
//! { "encodedData": base64 of the bytes, "encodedSignedData": base64 of SHA512withRSA over the bytes themselves }
//! ```
//!
//! v1 signs 150 random bytes, as Anaplan's own Java client 4.1 does. v2 adds `"encodedDataFormat": "v2"` and a time stamp
//! inside the bytes; its layout is published nowhere that could be read. What is written here, 8 bytes of big-endian seconds
//! since 1970 and 92 random ones, is what one public client sends, and agrees with the “100-byte message” of the community's
//! guide; another sends milliseconds. Nothing is sent from here.

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use super::super::form::{Form, TokenVersion};
use super::super::quote::{powershell, shell};
use super::super::{Paste, Sheet, Target, file};
use super::ANAPLAN;
use crate::container::pem::{self, LineEnds};
use crate::crypto::digest::Digest;
use crate::crypto::signature;
use crate::model::certificate::Certificate;
use crate::model::error::Error;
use crate::model::private_key::PrivateKey;

const ADDRESS: &str = "https://auth.anaplan.com/token/authenticate";
/// How old a v2 body may be before it is better made anew. Anaplan publishes no figure: this one is ours, and careful.
const FRESH_MILLISECONDS: i64 = 60_000;
/// Random bytes that either version needs at most.
pub(crate) const RANDOM: usize = 150;

/// The request for a token.
pub(in super::super) const API: Target = Target {
    id: "anaplan-api",
    name: "Anaplan REST API",
    description: "proof that the key works: the signed request for a token, to send with curl or PowerShell; nothing is sent from this page",
    files: &[
        file(
            "authenticate-v1.json",
            "the body of the request, in the form that every tenant takes today",
            Form::AnaplanToken {
                version: TokenVersion::V1,
            },
        ),
        file(
            "authenticate-v2.json",
            "the body with a time stamp: to be sent at once, and once",
            Form::AnaplanToken {
                version: TokenVersion::V2,
            },
        ),
    ],
    password_rules: &[],
    paste,
    note: Some(
        "Anaplan publishes the layout of v1 only. v2 is made as one public client makes it: 8 bytes of seconds since 1970, \
         then 92 random bytes; another client sends milliseconds. If v2 is refused, send v1",
    ),
    source: "help.anaplan.com “Use CA certificate authentication”, anaplaninc/anaplan-java-client 4.1",
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
        data = [&(at / 1000).to_be_bytes()[..], &random[..92]].concat();
    }
    let signed = signature::sign_rsa_pkcs1(key, Digest::Sha512, &data)?;
    let mut body = json!({
        "encodedData": Base64::encode_string(&data),
        "encodedSignedData": Base64::encode_string(&signed),
    });
    if version == TokenVersion::V2 {
        body["encodedDataFormat"] = "v2".into();
    }
    Ok(body.to_string().into_bytes())
}

/// Whether a body's signature is one by the certificate's key.
pub(crate) fn holds(body: &[u8], certificate: &Certificate) -> bool {
    let read = || -> Option<bool> {
        let body: Value = serde_json::from_str(std::str::from_utf8(body).ok()?).ok()?;
        let bytes = |field: &str| Base64::decode_vec(body[field].as_str()?).ok();
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

fn paste(sheet: &Sheet<'_>) -> Vec<Paste> {
    let Some(leaf) = sheet.leaf else {
        return Vec::new();
    };
    let text = pem::write("CERTIFICATE", leaf.der(), LineEnds::Lf);
    let whole = Base64::encode_string(text.as_bytes());
    let bare = Base64::encode_string(leaf.der());
    let (v1, v2) = (
        sheet.text("authenticate-v1.json"),
        sheet.text("authenticate-v2.json"),
    );
    let stale = |mut paste: Paste| {
        paste.stale_at = Some(sheet.at + FRESH_MILLISECONDS);
        paste
    };
    vec![
        Paste::new(
            "curl, v1, header as Anaplan’s own client sends it",
            curl(&whole, v1),
        ),
        Paste::new(
            "curl, v1, header as community guides send it",
            curl(&bare, v1),
        ),
        stale(Paste::new(
            "curl, v2, header as Anaplan’s own client sends it",
            curl(&whole, v2),
        )),
        stale(Paste::new(
            "curl, v2, header as community guides send it",
            curl(&bare, v2),
        )),
        Paste::new("PowerShell, v1", invoke(&whole, v1)),
        stale(Paste::new("PowerShell, v2", invoke(&whole, v2))),
        Paste::new("JSON body, v1", format!("{v1}\n")),
        stale(Paste::new("JSON body, v2", format!("{v2}\n"))),
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
