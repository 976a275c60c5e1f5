//! What each target does with one input: a plain function, which libFuzzer calls, and `tests/native/fuzz.rs` on any
//! toolchain.

pub mod bks_bcfks;
pub mod cms;
pub mod jks;
pub mod pem;
pub mod pkcs12_unlock;
pub mod pkcs8;
pub mod recognise_and_parse;
pub mod round_trip;
pub mod x509;

/// Runs one input, and panics where it finds a fault.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Target); 9] = [
    ("recognise_and_parse", recognise_and_parse::run),
    ("pkcs12_unlock", pkcs12_unlock::run),
    ("pem", pem::run),
    ("jks", jks::run),
    ("cms", cms::run),
    ("x509", x509::run),
    ("pkcs8", pkcs8::run),
    ("bks_bcfks", bks_bcfks::run),
    ("round_trip", round_trip::run),
];
