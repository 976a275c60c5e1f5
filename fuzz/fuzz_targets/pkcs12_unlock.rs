//! libFuzzer's entry to `targets::pkcs12_unlock`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::pkcs12_unlock::run(bytes));
