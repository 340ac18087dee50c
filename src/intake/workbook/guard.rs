//! A panic of the library of workbooks is a damaged file, and nothing is printed about it.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// True while this thread is inside [`caught`].
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `work` returns; `None` if it panicked. The message of the panic is not printed; panics elsewhere and
/// on other threads are told as before.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            // A thread that is ending has no flag any more.
            if !IS_CAUGHT.try_with(Cell::get).unwrap_or(false) {
                before(told);
            }
        }));
    });
    let outer = IS_CAUGHT.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(outer);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_gives_nothing_and_one_outside_goes_its_way() {
        let rows: [u8; 0] = [];
        let at = std::hint::black_box(3);
        assert_eq!(caught(|| rows[at]), None);
        assert!(!IS_CAUGHT.get());
        assert_eq!(caught(|| 7), Some(7));
        assert!(panic::catch_unwind(|| rows[at]).is_err());
    }
}
