//! What p12-keystore finds in PKCS#12 files.
//!
//! Each line of the input is a file's path and its passwords in hexadecimal digits, with tabs between; each of the output
//! is the path, a kind and the DER in hexadecimal digits, likewise.

use std::{fs, io, panic};

use p12_keystore::Pkcs12Archive;

fn main() -> io::Result<()> {
    for line in io::stdin().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let path = fields.next().unwrap_or_default();
        let bytes = fs::read(path)?;
        let mut passwords = fields.map(password);
        let opened = passwords.find_map(|password| {
            // It panics at some files, which is no other than refusing them.
            panic::catch_unwind(|| Pkcs12Archive::from_pkcs12(&bytes, &password).ok()).ok()?
        });
        let Some(opened) = opened else { continue };
        println!("{path}\tother\t");
        for key in &opened.keys {
            println!("{path}\tkey\t{}", hex(key.key.as_der()));
        }
        for certificate in &opened.certs {
            println!("{path}\tcertificate\t{}", hex(certificate.cert.as_der()));
        }
    }
    Ok(())
}

fn password(digits: &str) -> String {
    let (pairs, _) = digits.as_bytes().as_chunks::<2>();
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default();
    let bytes = pairs
        .iter()
        .map(|pair| (value(pair[0]) << 4 | value(pair[1])) as u8);
    String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).into_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
