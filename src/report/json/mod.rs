//! JSON: `scorebook.json`, its schema, and any table as an array of objects.

use std::borrow::Borrow;
use std::io;

use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use crate::report::table::{Cell, Column, Kind, Row, Table};
use crate::text::Lang;

mod convert;
mod read;
mod shape;

use convert::{Units, shaped};

pub use read::{comparable, computed};

pub use shape::{Adjustment, Assessment, Code, Criterion, Dimension, Finding, Indicator, Input, Interval, Judgement, Measure};
pub use shape::{Provenance, Said, Score, Scorebook, Setting, Subtotal, Unit, Unverified, VERSION};

/// `scorebook.json`: everything, in stable order.
pub fn scorebook(book: &crate::scorebook::Scorebook, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &shaped(book, Units::of))?;
    out.write_all(b"\n")
}

/// JSON Schema of `scorebook.json`, made from the types that write it.
pub fn scorebook_schema() -> schemars::Schema {
    schemars::schema_for!(Scorebook)
}

/// The table as an array of objects keyed by column id; headings between rows are left out.
pub fn records(table: &Table, lang: Lang) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&table.columns, table.records(), lang, &mut bytes)?;
    Ok(bytes)
}

/// The same row by row, for tables too long to be held.
pub fn write<R: Borrow<Row>>(columns: &[Column], rows: impl Iterator<Item = R>, lang: Lang, out: &mut dyn io::Write) -> io::Result<()> {
    let record = |row: R| -> Map<String, Value> {
        let cells = columns.iter().zip(&row.borrow().cells);
        cells.map(|(column, cell)| (column.id.clone(), value(cell, column.kind, lang))).collect()
    };
    serde_json::Serializer::pretty(&mut *out).collect_seq(rows.map(record))?;
    out.write_all(b"\n")
}

fn value(cell: &Cell, kind: Kind, lang: Lang) -> Value {
    match cell {
        Cell::Empty | Cell::Missing(_) => Value::Null,
        Cell::Text(text) => Value::String(text.get(lang).to_owned()),
        Cell::Flag(flag) => Value::Bool(*flag),
        Cell::Number(figure) => {
            let digits = figure.written(kind);
            match kind {
                Kind::Value | Kind::Count => number(&digits).map_or(Value::Null, Value::Number),
                _ => Value::String(digits),
            }
        }
        Cell::Marked(cell, _) => value(cell, kind, lang),
    }
}

/// Decimal digits as a JSON number [D6].
fn number(digits: &str) -> Option<Number> {
    digits.parse().ok()
}

/// Indented JSON with a line end, as kept in version control.
pub(super) fn pretty(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;
    use crate::state::State;
    use crate::text::Text;

    /// D6: values are numbers, points and exact figures strings, missing is null.
    #[test]
    fn a_table_becomes_objects_keyed_by_column() {
        let kinds = [("name", Kind::Text), ("n", Kind::Exact), ("value", Kind::Value), ("points", Kind::Points), ("gap", Kind::Value)];
        let mut table = Table::new(Text::default(), kinds.map(|(id, kind)| Column::plain(id, kind)).to_vec());
        table.section(Text::same("heading"));
        let half = Exact::from_steps(5, 1);
        table.push(vec![
            Cell::text(Text::new("甲", "A")),
            Cell::exact(&half),
            Cell::value(&half, 2, Text::same("%")),
            Cell::points(&half, 2),
            Cell::state(State::Missing),
        ]);
        let text = String::from_utf8(records(&table, Lang::Zh).expect("memory can be written")).expect("UTF-8");
        let flat: String = text.split_whitespace().collect();
        assert_eq!(flat, r#"[{"name":"甲","n":"0.5","value":0.5,"points":"0.50","gap":null}]"#);
    }

    #[test]
    fn a_table_without_rows_is_an_empty_array() {
        let table = Table::new(Text::default(), vec![Column::plain("a", Kind::Text)]);
        assert_eq!(records(&table, Lang::En).ok().as_deref(), Some(&b"[]\n"[..]));
        let (none, mut bytes): ([&Row; 0], Vec<u8>) = ([], Vec::new());
        write(&table.columns, none.into_iter(), Lang::En, &mut bytes).expect("memory can be written");
        assert_eq!(bytes, b"[]\n");
    }
}
