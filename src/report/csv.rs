//! Writes a table as CSV: UTF-8 with BOM, RFC 4180, and no cell that a spreadsheet would run
//! (DESIGN §5).

use std::borrow::Borrow;
use std::io;

use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Row, Table};
use crate::text::Lang;

/// What makes Excel read UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The table with its column ids as header. Headings between rows are left out.
pub fn render(table: &Table, lang: Lang) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&table.columns, table.records(), lang, &mut bytes)?;
    Ok(bytes)
}

/// The same row by row, for tables too long to be held.
pub fn write<R: Borrow<Row>>(columns: &[Column], rows: impl Iterator<Item = R>, lang: Lang, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(BOM)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(columns.iter().map(|column| harmless(column.id.clone())))?;
    for row in rows {
        let cells = columns.iter().zip(&row.borrow().cells);
        writer.write_record(cells.map(|(column, cell)| written(cell, column.kind, lang)))?;
    }
    writer.flush()
}

/// Records for programs: no byte order mark, and cells as they are.
pub fn plain(header: &[&str], records: impl Iterator<Item = Vec<String>>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(header)?;
    for record in records {
        writer.write_record(&record)?;
    }
    writer.flush()
}

fn written(cell: &Cell, kind: Kind, lang: Lang) -> String {
    harmless(cell.written(kind, lang))
}

/// The text, with an apostrophe before it if a spreadsheet would take it for a formula. Full-width
/// signs count too: some spreadsheets in East Asian languages read them as formulas.
pub fn harmless(text: String) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs && text.parse::<Exact>().is_err() { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;

    #[test]
    fn a_cell_that_would_run_gets_an_apostrophe_and_a_number_does_not() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd", "'+cmd"),
            ("-", "'-"),
            ("\tx", "'\tx"),
            ("＝1+1", "'＝1+1"),
            ("-3.50", "-3.50"),
            ("+2", "+2"),
            ("县人民医院", "县人民医院"),
            ("", ""),
        ] {
            assert_eq!(harmless(text.to_owned()), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_has_a_bom_crlf_and_quotes_only_where_needed() {
        let mut table = Table::new(Text::default(), vec![Column::plain("unit", Kind::Text), Column::plain("points", Kind::Points)]);
        table.section(Text::same("a heading"));
        table.push(vec![Cell::text("甲, \"乙\""), Cell::points(&Exact::from_steps(-5, 1), 2)]);
        let bytes = render(&table, Lang::Zh).expect("memory can be written");
        assert_eq!(String::from_utf8(bytes).as_deref(), Ok("\u{feff}unit,points\r\n\"甲, \"\"乙\"\"\",-0.50\r\n"));
    }

    proptest! {
        /// DESIGN §5: every file reads back to the same cells, and no cell begins with a sign of a formula.
        #[test]
        fn every_file_reads_back(rows in prop::collection::vec(prop::collection::vec("[-=+@\t\r\n\",'a-c甲＝ 0-9.]{0,6}", 3), 0..6)) {
            let columns = ["a", "b", "c"].map(|id| Column::plain(id, Kind::Text)).to_vec();
            let mut table = Table::new(Text::default(), columns);
            for row in &rows {
                table.push(row.iter().map(|text| Cell::text(text.as_str())).collect());
            }
            let bytes = render(&table, Lang::En).expect("memory can be written");
            let mut reader = csv::Reader::from_reader(&bytes[BOM.len()..]);
            let read: Vec<Vec<String>> =
                reader.records().map(|record| record.expect("well-formed").iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read.len(), rows.len());
            for (cell, text) in read.iter().flatten().zip(rows.iter().flatten()) {
                prop_assert_eq!(cell.strip_prefix('\'').filter(|rest| rest == text).unwrap_or(cell), text);
                prop_assert!(!cell.starts_with(['=', '@', '\t', '\r']), "{cell:?}");
                prop_assert!(!cell.starts_with(['+', '-']) || cell.parse::<Exact>().is_ok(), "{cell:?}");
            }
        }
    }
}
