//! The cells of an ODS file: one tag may stand for millions of them.

use super::{MOST_CELLS, tags};
use crate::intake::unreadable::{Excess, Unreadable};

/// Columns of a spreadsheet; what is said beyond is cut off there.
const MOST_COLUMNS: u64 = 1 << 14;

/// Counts the cells that opening makes room for: the rectangle up to the last cell of each sheet that holds
/// anything, and every row as it stands.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Cells of the sheets before, and of the rows of this one.
    before: u64,
    /// Rows of this sheet, and up to the last with content.
    rows: u64,
    filled_rows: u64,
    /// Columns of this row, and up to the last of any row with content.
    columns: u64,
    filled_columns: u64,
    /// Whether this row has content.
    is_filled: bool,
    /// How often this row stands.
    repeats: u64,
}

impl Grid {
    /// Takes the next tag of the content.
    pub(super) fn take(&mut self, tag: &[u8]) -> Result<(), Unreadable> {
        let is_closed = tag.ends_with(b"/");
        match tags::name(tag) {
            b"table-row" if tag.starts_with(b"/") => self.end_row(),
            _ if tag.starts_with(b"/") => {}
            b"table" => self.end_sheet(),
            b"table-row" => {
                (self.columns, self.is_filled) = (0, false);
                self.repeats = tags::number(tag, b"number-rows-repeated").unwrap_or(1);
                if is_closed {
                    self.end_row();
                }
            }
            b"table-cell" | b"covered-table-cell" => self.cell(tag),
            // What stands in a cell of any kind may be its content.
            b"p" => self.fill(),
            _ => {}
        }
        let sheet = self.filled_rows.saturating_mul(self.filled_columns);
        if self.before.saturating_add(sheet).saturating_add(self.columns) > MOST_CELLS {
            return Err(Unreadable::TooLarge(Excess::Cells));
        }
        Ok(())
    }

    fn cell(&mut self, tag: &[u8]) {
        let repeats = tags::number(tag, b"number-columns-repeated").unwrap_or(1);
        self.columns = self.columns.saturating_add(repeats).min(MOST_COLUMNS);
        let has = |part: &[u8]| tag.windows(part.len()).any(|window| window == part);
        if has(b"value") || has(b"formula") {
            self.fill();
        }
    }

    fn fill(&mut self) {
        self.is_filled = true;
        self.filled_columns = self.filled_columns.max(self.columns);
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.repeats);
        if self.is_filled {
            self.filled_rows = self.rows;
        }
    }

    fn end_sheet(&mut self) {
        self.before = self.before.saturating_add(self.filled_rows.saturating_mul(self.filled_columns));
        (self.rows, self.filled_rows, self.columns, self.filled_columns) = (0, 0, 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(tags: &[&str]) -> Result<(), Unreadable> {
        let mut grid = Grid::default();
        tags.iter().try_for_each(|tag| grid.take(tag.as_bytes()))
    }

    const TEXT: &str = "table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16\"";

    #[test]
    fn a_sheet_is_as_large_as_its_last_cell_with_content() {
        let blank = "table:table-cell table:number-columns-repeated=\"16384\"/";
        let end = ["/table:table-row", "table:table-row table:number-rows-repeated=\"1048575\"", blank, "/table:table-row"];
        let sheet = [&["table:table table:name=\"s\"", "table:table-row", TEXT, "text:p", blank][..], &end].concat();
        assert_eq!(take(&sheet), Ok(()));
        assert_eq!(
            take(&[&sheet[..], &["table:table-row", TEXT, "text:p", "/table:table-row"]].concat()),
            Err(Unreadable::TooLarge(Excess::Cells))
        );
    }

    #[test]
    fn repeated_rows_count_in_every_sheet() {
        let sheet = |rows: &'static str| ["table:table", rows, TEXT, "text:p", "/table:table-row"];
        assert_eq!(take(&sheet("table:table-row table:number-rows-repeated=\"400000\"")), Ok(()));
        assert_eq!(
            take(&[sheet("table:table-row table:number-rows-repeated=\"400000\""); 2].concat()),
            Err(Unreadable::TooLarge(Excess::Cells))
        );
    }
}
