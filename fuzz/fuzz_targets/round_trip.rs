//! libFuzzer's entry to `targets::round_trip`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyferry_fuzz::targets::round_trip::run(bytes));
