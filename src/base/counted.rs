//! How often something was done in a test's thread: what must not grow without bounds is held by counting it, not by timing it.

use std::cell::Cell;
use std::thread::LocalKey;

thread_local! {
    /// Certificates that were compared byte for byte.
    pub(crate) static COMPARED: Cell<usize> = const { Cell::new(0) };
    /// Certificates whose SHA-256 was taken.
    pub(crate) static DIGESTED: Cell<usize> = const { Cell::new(0) };
    /// Signatures that were verified.
    pub(crate) static VERIFIED: Cell<usize> = const { Cell::new(0) };
}

/// Counts one more.
pub(crate) fn note(counter: &'static LocalKey<Cell<usize>>) {
    counter.set(counter.get() + 1);
}
