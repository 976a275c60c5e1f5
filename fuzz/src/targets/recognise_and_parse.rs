//! Any bytes as any file: recognised by their content, parsed, opened, described.

use super::super::open_and_look;

/// Runs one input.
pub fn run(bytes: &[u8]) {
    let recognised = keyferry::recognise(bytes);
    assert_eq!(recognised, keyferry::recognise(bytes));
    open_and_look(bytes);
}
