//! Bytes put into a format, so that the fuzzer spends its time inside and not in front of it.

use base64ct::{Base64, Encoding};
use sha1::{Digest, Sha1};

/// OBJECT IDENTIFIER pkcs7-data
pub const DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
/// OBJECT IDENTIFIER pkcs7-signedData
pub const SIGNED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
/// OBJECT IDENTIFIER sha256WithRSAEncryption
pub const SHA256_RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b";

/// SEQUENCE
pub const SEQUENCE: u8 = 0x30;
/// SET
pub const SET: u8 = 0x31;
/// INTEGER
pub const INTEGER: u8 = 0x02;
/// BIT STRING
pub const BIT_STRING: u8 = 0x03;
/// OCTET STRING
pub const OCTET_STRING: u8 = 0x04;
/// `[0]`, constructed
pub const CONTEXT_0: u8 = 0xa0;

/// One value in DER, of parts that stand side by side.
pub fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut value = vec![tag];
    match content.len() {
        short @ ..0x80 => value.push(short as u8),
        long => {
            let bytes = (long as u32).to_be_bytes();
            value.push(0x80 | bytes.len() as u8);
            value.extend(bytes);
        }
    }
    value.extend(content);
    value
}

/// ContentInfo of pkcs7-data.
pub fn data(content: &[u8]) -> Vec<u8> {
    let octets = der(OCTET_STRING, &[content]);
    der(SEQUENCE, &[DATA, &der(CONTEXT_0, &[&octets])])
}

/// PEM under a label.
pub fn pem(label: &str, bytes: &[u8]) -> Vec<u8> {
    let text = Base64::encode_string(bytes);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n").into_bytes()
}

/// A JKS or JCEKS whose last twenty bytes are made anew, so that they fit what comes before.
pub fn sealed_jks(bytes: &[u8], password: &str) -> Vec<u8> {
    let covered = &bytes[..bytes.len().saturating_sub(20)];
    let utf16: Vec<u8> = password.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut digest = Sha1::new();
    for part in [&utf16, b"Mighty Aphrodite".as_slice(), covered] {
        digest.update(part);
    }
    [covered, digest.finalize().as_slice()].concat()
}
