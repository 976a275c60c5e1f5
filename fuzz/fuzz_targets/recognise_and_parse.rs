//! libFuzzer's entry to `targets::recognise_and_parse`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::recognise_and_parse::run(bytes));
