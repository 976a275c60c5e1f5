//! libFuzzer's entry to `targets::pkcs8`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::pkcs8::run(bytes));
