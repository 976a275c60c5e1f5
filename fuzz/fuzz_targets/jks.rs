//! libFuzzer's entry to `targets::jks`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::jks::run(bytes));
