//! What divides bytes into the cells of records. It is made once for each thread: that takes longer than to read a short file.

use std::cell::RefCell;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

thread_local! {
    /// One that nobody uses, and what it takes for a separator.
    static SPARE: RefCell<Option<(u8, Reader)>> = const { RefCell::new(None) };
}

pub(super) struct Divider {
    separator: u8,
    reader: Reader,
}

impl Divider {
    pub(super) fn new(separator: u8) -> Self {
        let spare = SPARE.try_with(|spare| spare.borrow_mut().take_if(|spare| spare.0 == separator)).ok().flatten();
        let reader = spare.map_or_else(|| ReaderBuilder::new().delimiter(separator).build(), |(_, reader)| reader);
        let mut divider = Self { separator, reader };
        divider.begin();
        divider
    }

    /// Forgets what it read.
    pub(super) fn begin(&mut self) {
        self.reader.reset();
        // It takes a byte order mark off the first thing it reads; here that is a line end, and every cell is kept.
        let _ = self.reader.read_record(b"\n", &mut [0], &mut [0]);
    }

    /// Reads on: how it went, how many bytes were read and written, and how many cells ended.
    #[inline]
    pub(super) fn read(&mut self, bytes: &[u8], cells: &mut [u8], ends: &mut [usize]) -> (ReadRecordResult, usize, usize, usize) {
        self.reader.read_record(bytes, cells, ends)
    }
}

impl Drop for Divider {
    fn drop(&mut self) {
        let reader = std::mem::take(&mut self.reader);
        // A thread that is ending keeps nothing.
        let _ = SPARE.try_with(|spare| spare.borrow_mut().replace((self.separator, reader)));
    }
}
