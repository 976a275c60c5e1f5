//! What the examples print.

use std::io::{self, Write};

#[allow(dead_code)] // Tested is how lines are written.
#[path = "../../examples/shell/mod.rs"]
mod shell;

/// As much as no pipe holds.
const LONG: usize = 1 << 20;

#[test]
fn a_pipe_that_nobody_reads_any_more_is_no_failure() {
    let (reader, mut writer) = io::pipe().unwrap();
    drop(reader);
    assert_eq!(shell::line(&mut writer, &"x".repeat(LONG)), Ok(()));
    let refused = writer.write_all(b"x").unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::BrokenPipe, "it was closed");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let mut full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let failure = shell::line(&mut full, "x").unwrap_err();
    assert!(failure.starts_with("the output: "), "{failure}");
}
