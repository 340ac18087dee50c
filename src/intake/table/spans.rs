//! Where the cells of a row stand in the text, for the caret of a diagnostic.

use std::ops::Range;

use super::quotes::closing;

/// How cells are found in the text of a table.
#[derive(Debug, Clone, Copy)]
pub struct Spans {
    pub(super) separator: u8,
}

impl Spans {
    /// Bytes of the cell `index` of the row that begins at the byte `row`: quotation marks included, blanks around it
    /// left out. Of a cell that is blank, or that the row is too short for, the place where it would stand.
    pub fn of(self, text: &str, row: usize, index: usize) -> Range<usize> {
        let bytes = text.as_bytes();
        let is_line_end = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        let is_end = |at: usize| is_line_end(at) || bytes.get(at) == Some(&self.separator);
        let mut start = row;
        for before in 0.. {
            let mut end = start;
            if bytes.get(start) == Some(&b'"') {
                end = closing(bytes, start + 1).map_or(bytes.len(), |close| close + 1);
            }
            while !is_end(end) {
                end += 1;
            }
            if before == index {
                return trimmed(text, start..end);
            }
            if is_line_end(end) {
                return end..end;
            }
            start = end + 1;
        }
        row..row
    }
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or_default();
    let start = span.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, row: usize) -> Vec<&str> {
        (0..4).map(|index| text.get(Spans { separator: b',' }.of(text, row, index)).expect("inside the text")).collect()
    }

    #[test]
    fn a_cell_is_found_between_its_separators() {
        assert_eq!(cells("a,b\n东部, 8 ,,x\nc", 4), ["东部", "8", "", "x"]);
        assert_eq!(Spans { separator: b';' }.of("a;1,5\r\n", 0, 1), 2..5);
    }

    #[test]
    fn separators_and_line_ends_inside_quotes_divide_nothing() {
        assert_eq!(cells("\"a,\"\"b\",c,\"d\ne\",f", 0), ["\"a,\"\"b\"", "c", "\"d\ne\"", "f"]);
    }

    #[test]
    fn a_row_that_ends_early_has_its_end_for_a_place() {
        assert_eq!(Spans { separator: b',' }.of("a,b\nc,d", 0, 3), 3..3);
        assert_eq!(Spans { separator: b',' }.of("a,\n", 0, 1), 2..2);
        assert_eq!(Spans { separator: b',' }.of("a,\"b", 0, 1), 2..4);
    }
}
