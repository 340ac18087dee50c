//! The columns of a crosstab: one per period, for the item of the row or of the whole table [T2].

use super::{ITEM, Plain, ValueColumn, Values, headers, headings, is_comparison, named, names, note_others, shape, two_units, unit, usual};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Unit, header_unit};
use crate::intake::period_text;
use crate::intake::source::{ItemFrom, Source, Vocabulary};
use crate::intake::table::{Column, Table, means_another_figure};
use crate::intake::units::Ledger;
use crate::period::Span;

/// A column that is named by a period, and its unit.
struct Dated<'t> {
    column: &'t Column,
    span: Span,
    unit: Option<Unit>,
}

/// Finds the columns that are named by a period, and the item they belong to. `year` serves months alone.
pub(super) fn values(
    table: &Table,
    source: &Source,
    (item, vocabulary, year): (&ItemFrom, &Vocabulary, Option<i32>),
    (used, ledger): (&mut Vec<usize>, &mut Ledger),
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Option<Values> {
    let mut periods: Vec<Dated> = Vec::new();
    let mut others: Vec<&Column> = Vec::new();
    let mut refused: Vec<usize> = Vec::new();
    for column in table.columns.iter().filter(|column| !used.contains(&column.index)) {
        match (span(column, year), unit::own(column)) {
            (Some(_), _) if column.levels.iter().any(|name| means_another_figure(name)) => others.push(column),
            (Some(span), Ok(unit)) => periods.push(Dated { column, span, unit }),
            (Some(_), Err(units)) => {
                refused.push(column.index);
                findings.push(two_units(column, &units, &Place { column: Some(column.header.clone()), ..place.clone() }));
            }
            (None, _) if is_comparison(&column.header) => others.push(column),
            (None, _) => {}
        }
    }
    if periods.is_empty() {
        findings.push(Finding::new(&codes::NO_PERIOD_COLUMNS, place.clone()).with("headers", headers(table)));
        return None;
    }
    used.extend(periods.iter().map(|dated| dated.column.index).chain(others.iter().map(|column| column.index)).chain(refused));
    findings.extend(headings::comparison(&others, place));
    let fixed = if let ItemFrom::Fixed(item) = item { Some(*item) } else { None };
    let is_own = |name: &str| fixed.is_some() && vocabulary.find(header_unit(name).base) == fixed;
    let aside = periods.iter().map(|dated| (heading(dated.column, year, &is_own), dated.column.header.as_str()));
    headings::report(aside, &codes::HEADING_ASIDE, place, findings);
    let values = match item {
        ItemFrom::Fixed(item) => Values::Wide(of_one_item(*item, &periods, vocabulary, ledger)),
        ItemFrom::Column(header) => long(named(table, header, place, findings)?, &periods, table, used),
        ItemFrom::Find => {
            let item = usual(table, ITEM).or_else(|| named(table, ITEM.first()?, place, findings))?;
            long(item, &periods, table, used)
        }
    };
    note_others(table, source, vocabulary, used, place, findings);
    Some(values)
}

fn of_one_item(item: ItemId, periods: &[Dated], vocabulary: &Vocabulary, ledger: &mut Ledger) -> Vec<ValueColumn> {
    let column = |dated: &Dated| {
        let header = &dated.column.header;
        let unit = ledger.unit(dated.unit, vocabulary.catalogue.item(item), header).ok()?;
        let shape = shape(vocabulary, item, unit);
        Some(ValueColumn { index: dated.column.index, header: header.clone(), item, shape, span: Some(dated.span) })
    };
    periods.iter().filter_map(column).collect()
}

/// The period a header is, its unit aside; of a header of several rows the one that is a period.
fn span(column: &Column, year: Option<i32>) -> Option<Span> {
    let read = |text: &str| period_text::parse(header_unit(text).base, year).map(|written| written.span);
    column.levels.iter().find_map(|name| read(name)).or_else(|| read(&column.header))
}

/// The names over a column that are neither its period nor its unit nor the item of all columns.
fn heading(column: &Column, year: Option<i32>, is_own: &dyn Fn(&str) -> bool) -> String {
    let is_period = |name: &str| period_text::parse(header_unit(name).base, year).is_some();
    let is_aside = |name: &&str| !is_period(name) && Unit::parse_bracketed(name).is_none() && !names::is_neutral(name) && !is_own(name);
    let names: Vec<&str> = column.levels.iter().map(String::as_str).filter(is_aside).collect();
    if column.levels.len() > 1 { names.join("/") } else { String::new() }
}

fn long(item: usize, periods: &[Dated], table: &Table, used: &mut Vec<usize>) -> Values {
    let unit = usual(table, super::UNITS);
    used.extend([item].into_iter().chain(unit));
    let plain =
        |dated: &Dated| Plain { index: dated.column.index, header: dated.column.header.clone(), unit: dated.unit, span: Some(dated.span) };
    Values::Long { item, unit, values: periods.iter().map(plain).collect() }
}
