//! The value columns of a wide table: headers of one or several rows, and the items they mean.

use super::names::{Names, Spelling};
use super::{ORGANISATION, ValueColumn, headings, shape, two_units, unit, unknown_column};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Measured, header_unit};
use crate::intake::period_text;
use crate::intake::source::{ColumnUse, Source, Vocabulary};
use crate::intake::table::{Column, Table};
use crate::intake::units::Ledger;
use crate::period::Span;
use crate::registry::canonical_column;
use crate::text::normalise;

/// The columns that hold values of an item; what is said of the others.
pub(super) fn columns(
    table: &Table,
    source: &Source,
    vocabulary: &Vocabulary,
    (used, ledger): (&[usize], &mut Ledger),
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Vec<ValueColumn> {
    let mut columns = Vec::new();
    for column in table.columns.iter().filter(|column| !used.contains(&column.index)) {
        match meaning(column, source, vocabulary) {
            Meaning::Value(found) => columns.push(found),
            Meaning::Skipped => {}
            // The name beside the code says nothing new.
            Meaning::Unknown if ORGANISATION.contains(&canonical_column(&column.header).as_str()) => {}
            Meaning::Unknown => findings.push(unknown_column(column, vocabulary, place)),
        }
    }
    let columns = headings::settle(columns, source, vocabulary, place, findings);
    columns.into_iter().filter_map(|found| measured(&found, vocabulary, ledger, place, findings)).collect()
}

/// The column in its unit: its own, else the one of the table [N6]. `None` where it cannot be told, which is said.
fn measured(
    found: &Found,
    vocabulary: &Vocabulary,
    ledger: &mut Ledger,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Option<ValueColumn> {
    let Found { column, item: id, span, .. } = *found;
    let item = vocabulary.catalogue.item(id);
    let place = Place { column: Some(column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
    findings.extend(other_unit(column, found, vocabulary, &place));
    let own = unit::own(column).map_err(|units| findings.push(two_units(column, &units, &place))).ok()?;
    let unit = ledger.unit(own, item, &column.header).ok()?;
    let shape = shape(vocabulary, id, unit);
    Some(ValueColumn { index: column.index, header: column.header.clone(), item: id, shape, span })
}

/// A column whose item is known.
pub(super) struct Found<'t> {
    pub(super) column: &'t Column,
    pub(super) item: ItemId,
    pub(super) span: Option<Span>,
    /// The names above those that the item was found by; blank where all were used.
    pub(super) above: String,
    /// True if the assessment itself names the column.
    pub(super) is_mapped: bool,
}

enum Meaning<'t> {
    Value(Found<'t>),
    Skipped,
    Unknown,
}

/// The explicit map wins; else id, name or alias, of the header as a whole, without its unit, and
/// without a period it carries; of a header of several rows then its lower names.
fn meaning<'t>(column: &'t Column, source: &Source, vocabulary: &Vocabulary) -> Meaning<'t> {
    let names = Names::of(column);
    let found = |item: ItemId, span: Option<Span>, above: &str, is_mapped: bool| {
        Meaning::Value(Found { column, item, span, above: above.to_owned(), is_mapped })
    };
    let in_header = period_text::find_in(&column.header);
    let mapped = names.spellings.iter().find_map(|name| Some((source.columns.get(&normalise(&name.text))?, name)));
    match mapped {
        Some((ColumnUse::Skip, _)) => return Meaning::Skipped,
        Some((ColumnUse::Item(item, span), name)) => {
            let span = span.or(names.span).or(in_header.map(|found| found.written.span));
            return found(*item, span, &name.above, true);
        }
        None => {}
    }
    let plain = |text: &str| {
        let text = strip_of_which(text);
        vocabulary.find(text).or_else(|| vocabulary.find(header_unit(text).base))
    };
    let known = |name: &'_ Spelling| Some((plain(&name.text)?, name.above.clone()));
    if let Some((item, above)) = names.spellings.iter().find_map(known) {
        return found(item, names.span, &above, false);
    }
    match in_header.and_then(|header| Some((plain(header.rest.trim_matches('/'))?, header.written.span))) {
        Some((item, span)) => found(item, Some(span), "", false),
        None => Meaning::Unknown,
    }
}

/// "其中:急诊人次数" is the item 急诊人次数.
fn strip_of_which(header: &str) -> &str {
    let rest = header.trim().strip_prefix("其中").map_or(header.trim(), |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']));
    rest.trim_start_matches('#')
}

/// A header whose unit is of another kind than its item's: an amount over persons, a share over a count.
fn other_unit(column: &Column, found: &Found, vocabulary: &Vocabulary, place: &Place) -> Option<Finding> {
    let written = unit::measured(column)?;
    let item = vocabulary.catalogue.item(found.item);
    let expected = Measured::of_unit(&item.unit)?;
    (written != expected).then(|| {
        let finding = Finding::new(&codes::HEADER_UNIT, place.clone()).with("header", column.header.clone());
        finding.with("item", item.name.clone()).with("unit", crate::catalogue::unit_word(&item.unit))
    })
}
