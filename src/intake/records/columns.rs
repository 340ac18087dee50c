//! Where the columns of a register stand in one of its tables.

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::{Unit, header_unit};
use crate::intake::table::{Column, Table};
use crate::intake::width::is_blank;
use crate::text::{nearest, normalise};

/// A column as it stands in a table.
#[derive(Debug, Clone)]
pub(super) struct Stands {
    /// Its position.
    pub(super) index: usize,
    /// Its header as printed.
    pub(super) header: String,
    /// Power of ten of the unit in its header [N6].
    pub(super) power: i32,
}

/// The columns of these names; `None` where one is lacking, which the findings say.
pub(super) fn find(table: &Table, headers: &[String], place: &Place, findings: &mut Vec<Finding>) -> Option<Vec<Stands>> {
    let found: Vec<Option<Stands>> = headers.iter().map(|header| column(table, header).map(stands)).collect();
    for (header, _) in headers.iter().zip(&found).filter(|(_, found)| found.is_none()) {
        let names = || table.columns.iter().map(|column| column.header.as_str());
        let finding = Finding::new(&codes::NO_SUCH_COLUMN, place.clone()).with("header", header.clone());
        let all = names().collect::<Vec<_>>().join(" · ");
        findings.push(finding.with("headers", all).suggest(nearest(header, names())));
    }
    found.into_iter().collect()
}

/// By its whole name, else by its name without the unit behind it.
fn column<'t>(table: &'t Table, header: &str) -> Option<&'t Column> {
    let wanted = normalise(header);
    let by = |name: &dyn Fn(&Column) -> String| table.columns.iter().find(|column| name(column) == wanted);
    by(&|column| normalise(&column.header)).or_else(|| by(&|column| normalise(header_unit(&column.header).base)))
}

fn stands(column: &Column) -> Stands {
    let power = header_unit(&column.header).unit.map_or(0, Unit::power);
    Stands { index: column.index, header: column.header.to_string(), power }
}

/// The cell without blanks around it.
#[inline]
pub(super) fn trimmed(cell: &[u8]) -> &[u8] {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if is_plain(cell.first()) && is_plain(cell.last()) {
        return cell;
    }
    std::str::from_utf8(cell).map_or(cell, |text| text.trim_matches(is_blank).as_bytes())
}
