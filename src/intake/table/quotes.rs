//! Quotation marks that are not closed where their cell ends.
//!
//! RFC 4180 lets a quoted cell run over line ends, so a mark that nobody closed takes the rows below
//! it into one cell, up to the next mark or the end of the file.

/// The offset of the mark that swallows rows, in the raw text of one record. `columns` is the number
/// of cells a row should have.
///
/// A mark is at fault if it is never closed, if its cell runs over a line end and text follows the
/// closing mark, or if the lines of the record look like rows of the table.
pub(super) fn fault(raw: &str, separator: u8, columns: usize) -> Option<usize> {
    let mut over_lines = None;
    for cell in quoted_cells(raw.as_bytes(), separator) {
        let Some(close) = cell.close else { return Some(cell.open) };
        if raw.get(cell.open..close).is_some_and(|inside| inside.contains(['\n', '\r'])) {
            if cell.text_follows {
                return Some(cell.open);
            }
            over_lines = over_lines.or(Some(cell.open));
        }
    }
    over_lines.filter(|_| look_like_rows(raw, separator, columns))
}

struct Quoted {
    open: usize,
    close: Option<usize>,
    text_follows: bool,
}

/// The quoted cells of a record. A mark inside a cell that began without one is plain text.
fn quoted_cells(raw: &[u8], separator: u8) -> Vec<Quoted> {
    let is_end = |at: usize| raw.get(at).is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'));
    let mut cells = Vec::new();
    let mut at = 0;
    while at < raw.len() {
        if raw.get(at) == Some(&b'"') {
            let open = at;
            let close = closing(raw, open + 1);
            at = close.map_or(raw.len(), |close| close + 1);
            cells.push(Quoted { open, close, text_follows: !is_end(at) });
        }
        while !is_end(at) {
            at += 1;
        }
        at += 1;
    }
    cells
}

/// The mark that closes a cell; two marks in a row stand for one.
pub(super) fn closing(raw: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += raw.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if raw.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// True if all lines have the separators of a whole row, or a line in the middle has exactly these.
/// A note of several lines hardly does; of a table with two columns only the former is asked.
fn look_like_rows(raw: &str, separator: u8, columns: usize) -> bool {
    let count = |line: &str| line.bytes().filter(|byte| *byte == separator).count();
    let counts: Vec<usize> = raw.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).map(count).collect();
    let between = columns.saturating_sub(1);
    let middle = counts.get(1..counts.len().saturating_sub(1)).unwrap_or_default();
    between > 0 && counts.iter().all(|count| *count >= between) || between > 1 && middle.contains(&between)
}
