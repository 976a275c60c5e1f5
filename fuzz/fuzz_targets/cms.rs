//! libFuzzer's entry to `targets::cms`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::cms::run(bytes));
