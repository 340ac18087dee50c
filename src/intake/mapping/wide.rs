//! The value columns of a wide table: headers of one or several rows, and the items they mean.

use super::{ORGANISATION, ValueColumn, shape, unknown_column};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Measured, header_unit, measured_in};
use crate::intake::period_text;
use crate::intake::source::{ColumnUse, Source, Vocabulary};
use crate::intake::table::{Column, Table};
use crate::period::Span;
use crate::registry::canonical_column;
use crate::text::normalise;

/// The columns that hold values of an item; what is said of the others.
pub(super) fn columns(
    table: &Table,
    source: &Source,
    vocabulary: &Vocabulary,
    used: &[usize],
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Vec<ValueColumn> {
    let mut columns = Vec::new();
    for column in table.columns.iter().filter(|column| !used.contains(&column.index)) {
        match value_column(column, source, vocabulary) {
            Meaning::Value(found) => {
                findings.extend(other_unit(&found, vocabulary, place));
                columns.push(found);
            }
            Meaning::Skipped => {}
            // The name beside the code says nothing new.
            Meaning::Unknown if ORGANISATION.contains(&canonical_column(&column.header).as_str()) => {}
            Meaning::Unknown => findings.push(unknown_column(column, vocabulary, place)),
        }
    }
    settle_ambiguous(columns, vocabulary, place, findings)
}

/// Under a header of several rows a column may be known by its lower names alone, if no other is [S6].
fn settle_ambiguous(columns: Vec<ValueColumn>, vocabulary: &Vocabulary, place: &Place, findings: &mut Vec<Finding>) -> Vec<ValueColumn> {
    let is_twin = |one: &ValueColumn, other: &ValueColumn| one.item == other.item && one.span == other.span && one.index != other.index;
    let twins =
        |one: &ValueColumn| columns.iter().filter(|other| is_twin(one, other)).map(|other| other.header.as_str()).collect::<Vec<_>>();
    let is_doubtful = |column: &&ValueColumn| column.by_part && !twins(column).is_empty();
    for column in columns.iter().filter(is_doubtful) {
        let item = vocabulary.catalogue.item(column.item);
        let headers = std::iter::once(column.header.as_str()).chain(twins(column)).map(|header| format!("`{header}`")).collect::<Vec<_>>();
        let place = Place { column: Some(column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
        let finding = Finding::new(&codes::AMBIGUOUS_HEADER, place).with("headers", headers.join(" · "));
        findings.push(finding.with("item", item.name.clone()));
    }
    let doubtful: Vec<usize> = columns.iter().filter(is_doubtful).map(|column| column.index).collect();
    columns.into_iter().filter(|column| !doubtful.contains(&column.index)).collect()
}

enum Meaning {
    Value(ValueColumn),
    Skipped,
    Unknown,
}

/// The explicit map wins; else id, name or alias, of the header as a whole, without its unit, and
/// without a period it carries; of a header of several rows then its lower names.
fn value_column(column: &Column, source: &Source, vocabulary: &Vocabulary) -> Meaning {
    let names = Names::of(column);
    let unit = header_unit(&column.header);
    let found = |item: ItemId, span: Option<Span>, by_part: bool| {
        let shape = shape(vocabulary, item, unit.unit);
        Meaning::Value(ValueColumn { index: column.index, header: column.header.clone(), item, shape, span, by_part })
    };
    let in_header = period_text::find_in(&column.header);
    let mapped = names.spellings.iter().find_map(|(name, by_part)| Some((source.columns.get(&normalise(name))?, *by_part)));
    match mapped {
        Some((ColumnUse::Skip, _)) => return Meaning::Skipped,
        Some((ColumnUse::Item(item, span), by_part)) => {
            let span = span.or(names.span).or(in_header.map(|found| found.written.span));
            return found(*item, span, by_part);
        }
        None => {}
    }
    let plain = |text: &str| {
        let text = strip_of_which(text);
        vocabulary.find(text).or_else(|| vocabulary.find(header_unit(text).base))
    };
    if let Some((item, by_part)) = names.spellings.iter().find_map(|(name, by_part)| Some((plain(name)?, *by_part))) {
        return found(item, names.span, by_part);
    }
    match in_header.and_then(|header| Some((plain(header.rest.trim_matches('/'))?, header.written.span))) {
        Some((item, span)) => found(item, Some(span), false),
        None => Meaning::Unknown,
    }
}

/// What a header may be called in `[source.columns]`.
pub(in crate::intake) fn spellings(column: &Column) -> Vec<(String, bool)> {
    Names::of(column).spellings
}

/// What a header may be called, and the period that one of its rows is.
struct Names {
    /// The likely ones first; true where names above were left out.
    spellings: Vec<(String, bool)>,
    span: Option<Span>,
}

impl Names {
    fn of(column: &Column) -> Self {
        if column.levels.len() < 2 {
            return Self { spellings: vec![(column.header.clone(), false)], span: None };
        }
        let period = |name: &String| period_text::parse(name, None).map(|written| written.span);
        let span = column.levels.iter().find_map(period);
        let levels: Vec<&str> = column.levels.iter().filter(|name| period(name).is_none()).map(String::as_str).collect();
        let mut spellings = vec![(column.header.clone(), false)];
        for from in 0..levels.len() {
            let part = levels.get(from..).unwrap_or_default();
            spellings.extend([(part.join("/"), from > 0), (part.concat(), from > 0)]);
        }
        Self { spellings, span }
    }
}

/// "其中:急诊人次数" is the item 急诊人次数.
fn strip_of_which(header: &str) -> &str {
    let rest = header.trim().strip_prefix("其中").map_or(header.trim(), |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']));
    rest.trim_start_matches('#')
}

/// A header whose unit is of another kind than its item's: an amount over persons, a share over a count.
fn other_unit(column: &ValueColumn, vocabulary: &Vocabulary, place: &Place) -> Option<Finding> {
    let written = measured_in(&column.header)?;
    let item = vocabulary.catalogue.item(column.item);
    let expected = Measured::of_unit(&item.unit)?;
    (written != expected).then(|| {
        let place = Place { column: Some(column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
        let finding = Finding::new(&codes::HEADER_UNIT, place).with("header", column.header.clone());
        finding.with("item", item.name.clone()).with("unit", crate::catalogue::unit_word(&item.unit))
    })
}
