//! How far the reading of data is: counted while it goes on, for whoever shows it. Nothing depends on it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static ALL: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static ROWS: AtomicU64 = AtomicU64::new(0);

/// Rows after which a count is passed on.
const STRETCH: u64 = 1 << 13;

/// What was read of what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of all files that are read.
    pub all: u64,
    /// Bytes of them behind the reader.
    pub bytes: u64,
    /// Rows among them.
    pub rows: u64,
}

/// What was read so far.
pub fn progress() -> Progress {
    let all = ALL.load(Relaxed);
    Progress { all, bytes: BYTES.load(Relaxed).min(all), rows: ROWS.load(Relaxed) }
}

/// Files of so many bytes will be read.
pub(super) fn expect(bytes: usize) {
    ALL.fetch_add(count(bytes), Relaxed);
}

/// Rows of one table on their way.
#[derive(Debug, Default)]
pub(super) struct Rows {
    seen: u64,
    /// The byte up to which they were counted.
    counted: usize,
}

impl Rows {
    /// A row that begins at this byte of its text.
    #[inline]
    pub(super) fn pass(&mut self, start: usize) {
        self.seen += 1;
        if self.seen.is_multiple_of(STRETCH) {
            BYTES.fetch_add(count(start - self.counted), Relaxed);
            ROWS.fetch_add(STRETCH, Relaxed);
            self.counted = start;
        }
    }
}

/// Reads a file of so many bytes; whatever its rows said, it counts for that many in the end.
pub(super) fn over<T>(bytes: usize, read: impl FnOnce() -> T) -> T {
    let before = BYTES.load(Relaxed);
    let done = read();
    BYTES.store(before + count(bytes), Relaxed);
    done
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
