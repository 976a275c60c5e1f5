//! libFuzzer's entry to `targets::bks_bcfks`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::bks_bcfks::run(bytes));
