//! libFuzzer's entry to `targets::x509`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::x509::run(bytes));
