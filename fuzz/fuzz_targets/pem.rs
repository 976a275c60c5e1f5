//! libFuzzer's entry to `targets::pem`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::pem::run(bytes));
