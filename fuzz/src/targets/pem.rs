//! PEM and the texts around it. Text with a dash is taken as it is; other bytes stand in a block whose label the first byte
//! chooses, which may be the wrong one.

use super::super::open_and_look;
use super::super::wrap::pem;

const LABELS: [&str; 12] = [
    "CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "CERTIFICATE REQUEST",
    "X509 CRL",
    "PKCS7",
    "PUBLIC KEY",
];

/// Runs one input.
pub fn run(bytes: &[u8]) {
    match bytes {
        [first, rest @ ..] if !bytes.contains(&b'-') => {
            open_and_look(&pem(LABELS[usize::from(*first) % LABELS.len()], rest));
        }
        _ => open_and_look(bytes),
    }
}
