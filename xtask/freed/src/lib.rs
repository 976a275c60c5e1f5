//! An allocator that looks for secrets in the memory that is given back to it.
//!
//! A buffer that held a private key must be wiped before it is freed, also the smaller one that a growing buffer leaves
//! behind. A test makes [`Watching`] its global allocator and runs its work inside [`watch`]: each block that the work frees
//! is searched for the secrets, and where one is found the answer says which, and where in the program the block was freed.
//!
//! Memory comes zeroed, so what is found was written by whoever had the block last.

use std::alloc::{GlobalAlloc, Layout, System};
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};

/// Bytes of a secret that are enough to know it by: chance does not bring sixteen together.
pub const WINDOW: usize = 16;

/// The allocator.
pub struct Watching;

/// Secrets of which a thread's freed blocks are searched.
struct Wanted {
    windows: Vec<Vec<u8>>,
    /// Which pairs of first bytes the windows have, so that most places are passed over at one look.
    pairs: Vec<bool>,
}

thread_local! {
    static WANTED: Cell<Option<&'static Wanted>> = const { Cell::new(None) };
    static FOUND: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Does some work and answers, beside its result, where blocks were freed in which one of the secrets stood. Of each secret the
/// whole windows of [`WINDOW`] bytes are searched for, one behind the other; only this thread is watched.
pub fn watch<T>(secrets: &[Vec<u8>], work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let windows: Vec<Vec<u8>> = secrets
        .iter()
        .flat_map(|secret| secret.chunks_exact(WINDOW).map(<[u8]>::to_vec))
        .collect();
    let mut pairs = vec![false; 1 << 16];
    for window in &windows {
        pairs[pair(window)] = true;
    }
    // The allocator may look at them at any time, so they stay.
    let wanted: &'static Wanted = Box::leak(Box::new(Wanted { windows, pairs }));
    FOUND.take();
    WANTED.set(Some(wanted));
    let result = work();
    WANTED.set(None);
    (result, FOUND.take())
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn look(block: &[u8]) {
    // A thread that ends frees its own variables, too late for a look.
    let Ok(Some(wanted)) = WANTED.try_with(Cell::get) else {
        return;
    };
    let mut places = block.windows(WINDOW);
    if !places
        .any(|place| wanted.pairs[pair(place)] && wanted.windows.iter().any(|one| one == place))
    {
        return;
    }
    // Telling of it allocates and frees; of that nothing is told.
    WANTED.set(None);
    let place = format!(
        "{} bytes freed\n{}",
        block.len(),
        Backtrace::force_capture()
    );
    FOUND.with_borrow_mut(|found| found.push(place));
    WANTED.set(Some(wanted));
}

// SAFETY: every call is handed on to the system's allocator with the layout it came with.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`, which this one has too.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    // `realloc` stays as the trait has it: a new block, a copy, and the old block freed here, so that growing is seen.
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is of this size, nobody else has it any more, and its bytes were written, with zeros at least.
        look(unsafe { std::slice::from_raw_parts(block, layout.size()) });
        // SAFETY: the block came from `System` with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}
