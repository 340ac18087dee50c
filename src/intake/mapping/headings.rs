//! Headings over columns that the names of the items below do not need: 住院 over 出院人数, 上年同期 over 诊疗人次数.

use std::collections::BTreeMap;

use super::names;
use super::wide::Found;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::source::{Source, Vocabulary};
use crate::intake::table::{Column, means_another_figure};
use crate::text::Shared;

/// Leaves out the columns whose heading says that they hold another figure, or that cannot be told from each
/// other; warns of the other headings that were left aside. Beside a column of the figure itself, another
/// figure is a comparison, and no loss [S6].
pub(super) fn settle<'t>(
    columns: Vec<Found<'t>>,
    source: &Source,
    vocabulary: &Vocabulary,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Vec<Found<'t>> {
    let (refused, columns): (Vec<_>, Vec<_>) = columns.into_iter().partition(|column| is_another(&column.above, source));
    let columns = without_ambiguous(columns, vocabulary, place, findings);
    let (compared, refused): (Vec<_>, Vec<_>) =
        refused.into_iter().partition(|one| columns.iter().any(|column| column.item == one.item && column.span == one.span));
    report(refused.iter().map(headed), &codes::ANOTHER_FIGURE, place, findings);
    let compared: Vec<&Column> = compared.iter().map(|found| found.column).collect();
    findings.extend(comparison(&compared, place));
    let is_aside = |column: &&Found| !column.is_mapped && !is_neutral(&column.above, source);
    report(columns.iter().filter(is_aside).map(headed), &codes::HEADING_ASIDE, place, findings);
    columns
}

/// True for a heading of another figure; 累计 is none where the source says that it is cumulative [T5].
fn is_another(above: &str, source: &Source) -> bool {
    let above = if source.cumulative { above.replace("累计", "") } else { above.to_owned() };
    means_another_figure(&above)
}

/// True if the headings say nothing about the figure.
fn is_neutral(above: &str, source: &Source) -> bool {
    let is_total = |name: &str| source.cumulative && name.contains("累计");
    above.is_empty() || above.split('/').all(|name| names::is_neutral(name) || is_total(name))
}

/// One finding for each heading that is not blank, over the headers under it.
pub(super) fn report<H: Into<String>>(
    columns: impl IntoIterator<Item = (H, impl Into<String>)>,
    code: &'static crate::code::Code,
    place: &Place,
    findings: &mut Vec<Finding>,
) {
    let mut by_heading: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (heading, header) in columns {
        by_heading.entry(heading.into()).or_default().push(header.into());
    }
    for (heading, headers) in by_heading.into_iter().filter(|(heading, _)| !heading.is_empty()) {
        let place = Place { column: headers.first().map(Shared::from), ..place.clone() };
        findings.push(Finding::new(code, place).with("heading", heading).with("headers", headers.join(" · ")));
    }
}

/// A column, and the heading over it that was left aside.
fn headed<'f>(found: &'f Found) -> (&'f str, &'f str) {
    (&found.above, &found.column.header)
}

/// The columns that only compare, or add up, figures that are read.
pub(super) fn comparison(columns: &[&Column], place: &Place) -> Option<Finding> {
    let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
    let place = Place { column: headers.first().map(|header| (*header).into()), ..place.clone() };
    let finding = Finding::new(&codes::COMPARISON, place).with("count", headers.len().to_string());
    (!headers.is_empty()).then(|| finding.with("headers", headers.join(" · ")))
}

/// Under a header of several rows a column may be known by its lower names alone, if no other is [S6].
fn without_ambiguous<'t>(columns: Vec<Found<'t>>, vocabulary: &Vocabulary, place: &Place, findings: &mut Vec<Finding>) -> Vec<Found<'t>> {
    let header = |one: &'_ Found<'t>| one.column.header.as_str();
    let is_twin = |one: &Found, other: &Found| one.item == other.item && one.span == other.span && one.column.index != other.column.index;
    let twins = |one: &Found| columns.iter().filter(|other| is_twin(one, other)).map(header).collect::<Vec<_>>();
    let is_doubtful = |column: &&Found| !column.above.is_empty() && !twins(column).is_empty();
    for column in columns.iter().filter(is_doubtful) {
        let item = vocabulary.catalogue.item(column.item);
        let headers = std::iter::once(column.column.header.as_str()).chain(twins(column));
        let headers = headers.map(|header| format!("`{header}`")).collect::<Vec<_>>();
        let place = Place { column: Some(column.column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
        let finding = Finding::new(&codes::AMBIGUOUS_HEADER, place).with("headers", headers.join(" · "));
        findings.push(finding.with("item", item.name.clone()));
    }
    let doubtful: Vec<usize> = columns.iter().filter(is_doubtful).map(|column| column.column.index).collect();
    columns.into_iter().filter(|column| !doubtful.contains(&column.column.index)).collect()
}
