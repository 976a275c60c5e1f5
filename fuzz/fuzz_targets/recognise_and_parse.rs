//! Any bytes as any file: recognised by their content, parsed, opened, described.

#![no_main]

use keyferry_fuzz::open_and_look;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let recognised = keyferry::recognise(bytes);
    assert_eq!(recognised, keyferry::recognise(bytes));
    open_and_look(bytes);
});
