//! One sheet as text, and its merged areas.

use super::hidden::Hidden;
use crate::intake::unreadable::{Excess, MOST_COLUMNS, Problem, Unreadable};

/// Bytes of text a sheet may have: some 30 million cells.
const MOST_TEXT: usize = 1 << 29;

/// The last row a spreadsheet has, from 0.
const LAST_ROW: u32 = (1 << 20) - 1;

/// A worksheet as tab-separated text; line n is row n.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The text.
    pub text: String,
    /// Cells of the widest row.
    pub width: usize,
    /// Merged areas.
    pub merged: Vec<Area>,
    /// What is hidden, as far as the kind of workbook tells.
    pub hidden: Hidden,
}

/// A rectangle of cells; rows from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First and last row.
    pub rows: (u64, u64),
    /// First and last column.
    pub columns: (usize, usize),
}

impl From<calamine::Dimensions> for Area {
    fn from(area: calamine::Dimensions) -> Self {
        Self { rows: (u64::from(area.start.0) + 1, u64::from(area.end.0) + 1), columns: (area.start.1 as usize, area.end.1 as usize) }
    }
}

impl Sheet {
    /// The text with all rows of one width, as a file has them whose delimiter must be found out.
    pub fn even_text(&self) -> String {
        let even = |line: &str| {
            let tabs = line.bytes().filter(|byte| *byte == b'\t').count() + 1;
            format!("{line}{}\n", "\t".repeat(self.width.saturating_sub(tabs)))
        };
        self.text.lines().map(even).collect()
    }

    /// True if no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.width == 0
    }
}

/// Writes cells in the order of rows and columns.
pub(super) struct Writer {
    sheet: Sheet,
    /// The row being written, from 0, and its next column.
    at: (u32, u32),
}

impl Writer {
    /// With room for so many bytes of text: a long one that grows is there twice whenever it is moved.
    pub(super) fn new(name: &str, room: usize) -> Self {
        let text = String::with_capacity(room.min(MOST_TEXT));
        let sheet = Sheet { name: name.to_owned(), text, width: 0, merged: Vec::new(), hidden: Hidden::default() };
        Self { sheet, at: (0, 0) }
    }

    /// Writes a cell; a blank one is left out. Cells out of order are no sheet that a spreadsheet writes.
    pub(super) fn put(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), Unreadable> {
        if text.is_empty() {
            return Ok(());
        }
        if (row, column) < self.at {
            return Err(Unreadable::Damaged(Problem("cells out of order".to_owned())));
        }
        if row > LAST_ROW {
            return Err(Unreadable::Damaged(Problem("a cell below the last row of a spreadsheet".to_owned())));
        }
        if column as usize >= MOST_COLUMNS {
            return Err(Unreadable::TooWide);
        }
        let out = &mut self.sheet.text;
        while self.at.0 < row {
            out.push('\n');
            self.at = (self.at.0 + 1, 0);
            if out.len() > MOST_TEXT {
                return Err(Unreadable::TooLarge(Excess::Text));
            }
        }
        // `at` is the column behind the last one written; a tab stands before every column but the first.
        let tabs = column - self.at.1 + u32::from(self.at.1 > 0);
        out.extend(std::iter::repeat_n('\t', tabs as usize));
        write_cell(out, text);
        self.at.1 = column + 1;
        self.sheet.width = self.sheet.width.max(column as usize + 1);
        if out.len() > MOST_TEXT { Err(Unreadable::TooLarge(Excess::Text)) } else { Ok(()) }
    }

    pub(super) fn finish(mut self, merged: Vec<Area>) -> Sheet {
        if !self.sheet.text.is_empty() {
            self.sheet.text.push('\n');
        }
        self.sheet.merged = merged;
        self.sheet
    }
}

/// A tab or line end inside a cell becomes a blank; a quotation mark is doubled inside quotes.
fn write_cell(out: &mut String, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b'"' | b'\t' | b'\n' | b'\r')) {
        out.push_str(text);
        return;
    }
    let is_quoted = text.contains('"');
    if is_quoted {
        out.push('"');
    }
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            '"' => out.push_str("\"\""),
            c => out.push(c),
        }
    }
    if is_quoted {
        out.push('"');
    }
}

/// The address of a cell as spreadsheets write it: column 1 of row 17 is `B17`.
pub(crate) fn address(column: usize, row: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_rows_and_columns() {
        let mut writer = Writer::new("s", 0);
        for (at, text) in [((0, 1), "b"), ((2, 0), "say \"a\""), ((2, 3), "x\ty"), ((3, 0), "")] {
            assert_eq!(writer.put(at, text), Ok(()));
        }
        assert!(writer.put((1, 0), "late").is_err());
        assert_eq!(writer.put((3, 16_384), "wide"), Err(Unreadable::TooWide));
        assert!(writer.put((1 << 20, 0), "deep").is_err());
        let sheet = writer.finish(Vec::new());
        assert_eq!(sheet.text, "\tb\n\n\"say \"\"a\"\"\"\t\t\tx y\n");
        assert_eq!(sheet.width, 4);
    }

    #[test]
    fn addresses_count_in_letters() {
        let shown: Vec<String> = [(0, 1), (1, 17), (25, 2), (26, 2), (701, 3), (702, 3)].map(|(column, row)| address(column, row)).into();
        assert_eq!(shown, ["A1", "B17", "Z2", "AA2", "ZZ3", "AAA3"]);
    }
}
