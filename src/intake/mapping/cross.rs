//! The columns of a crosstab: one per period, for the item of the row or of the whole table [T2].

use super::{ITEM, Plain, ValueColumn, Values, headers, named, note_others, shape, usual};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::header_unit;
use crate::intake::period_text;
use crate::intake::source::{ItemFrom, Source, Vocabulary};
use crate::intake::table::{Column, Table};
use crate::period::Span;

/// Finds the columns that are named by a period, and the item they belong to.
pub(super) fn values(
    table: &Table,
    source: &Source,
    (item, vocabulary): (&ItemFrom, &Vocabulary),
    used: &mut Vec<usize>,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Option<Values> {
    let year = place.file.as_deref().and_then(period_text::find_in_path).map(|written| written.span.first().year());
    let periods: Vec<(&Column, Span)> = table
        .columns
        .iter()
        .filter(|column| !used.contains(&column.index))
        .filter_map(|column| Some((column, span(column, year)?)))
        .collect();
    if periods.is_empty() {
        findings.push(Finding::new(&codes::NO_PERIOD_COLUMNS, place.clone()).with("headers", headers(table)));
        return None;
    }
    used.extend(periods.iter().map(|(column, _)| column.index));
    let values = match item {
        ItemFrom::Fixed(item) => {
            let column = |(column, span): &(&Column, Span)| ValueColumn {
                index: column.index,
                header: column.header.clone(),
                item: *item,
                shape: shape(vocabulary, *item, header_unit(&column.header).unit),
                span: Some(*span),
                by_part: false,
            };
            Values::Wide(periods.iter().map(column).collect())
        }
        ItemFrom::Column(header) => long(named(table, header, place, findings)?, &periods, used),
        ItemFrom::Find => long(usual(table, ITEM).or_else(|| named(table, ITEM.first()?, place, findings))?, &periods, used),
    };
    note_others(table, source, vocabulary, used, place, findings);
    Some(values)
}

/// The period a header is, its unit aside; of a header of several rows the one that is a period.
fn span(column: &Column, year: Option<i32>) -> Option<Span> {
    let read = |text: &str| period_text::parse(header_unit(text).base, year).map(|written| written.span);
    column.levels.iter().find_map(|name| read(name)).or_else(|| read(&column.header))
}

fn long(item: usize, periods: &[(&Column, Span)], used: &mut Vec<usize>) -> Values {
    used.push(item);
    let plain = |(column, span): &(&Column, Span)| Plain {
        index: column.index,
        header: column.header.clone(),
        unit: header_unit(&column.header).unit,
        span: Some(*span),
    };
    Values::Long { item, values: periods.iter().map(plain).collect() }
}
