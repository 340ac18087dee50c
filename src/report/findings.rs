//! Findings: `findings.csv` (DESIGN §5), complete.

use std::io;

use crate::diagnostic::did_you_mean;
use crate::finding::{Finding, Findings};
use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Row, Style, Table};
use crate::report::{csv, json};
use crate::text::{Lang, Text};

/// `findings.csv`: one row per finding, in place order. Row by row: there may be a million.
pub fn write(findings: &Findings, lang: Lang, out: &mut dyn io::Write) -> io::Result<()> {
    csv::write(&columns(), rows(findings, lang), lang, out)
}

/// The same for scripts, an array of objects.
pub fn write_json(findings: &Findings, lang: Lang, out: &mut dyn io::Write) -> io::Result<()> {
    json::write(&columns(), rows(findings, lang), lang, out)
}

/// The same columns under headings for people.
pub(super) fn headed() -> Vec<Column> {
    let headings = [
        ("级别", "Severity"),
        ("代码", "Code"),
        ("文件", "File"),
        ("工作表", "Sheet"),
        ("行", "Row"),
        ("列", "Column"),
        ("机构", "Organisation"),
        ("期间", "Period"),
        ("项目", "Item"),
        ("原值", "Value"),
        ("说明", "Message"),
    ];
    columns().into_iter().zip(headings).map(|(column, (zh, en))| Column { heading: Text::new(zh, en), ..column }).collect()
}

/// The rows, one by one.
pub(super) fn rows(findings: &Findings, lang: Lang) -> impl Iterator<Item = Row> {
    // One language: rendering both would be half of the cost.
    findings.iter().map(move |finding| row(&finding, Text::same(said(&finding, lang))))
}

/// The same as a table, for standard output.
pub fn table(findings: &Findings) -> Table {
    Table { columns: columns(), rows: findings.iter().map(|finding| row(&finding, message(&finding))).collect(), ..Table::default() }
}

fn columns() -> Vec<Column> {
    let ends = [("value", Kind::Text), ("message", Kind::Text)].map(|(id, kind)| Column::plain(id, kind));
    place_columns().into_iter().chain(ends).collect()
}

fn row(finding: &Finding, message: Text) -> Row {
    let severity = Cell::text(finding.severity().id());
    let ends = [Cell::maybe(finding.place.value.as_deref()), Cell::text(message)];
    Row { style: Style::Body, cells: std::iter::once(severity).chain(place_cells(finding)).chain(ends).collect() }
}

/// The columns with which every list of findings begins.
pub(super) fn place_columns() -> Vec<Column> {
    let columns = [
        ("severity", Kind::Text),
        ("code", Kind::Text),
        ("file", Kind::Text),
        ("sheet", Kind::Text),
        ("row", Kind::Count),
        ("column", Kind::Text),
        ("organisation", Kind::Text),
        ("period", Kind::Text),
        ("item", Kind::Text),
    ];
    columns.map(|(id, kind)| Column::plain(id, kind)).to_vec()
}

/// The cells of [`place_columns`] behind the severity.
pub(super) fn place_cells(finding: &Finding) -> [Cell; 8] {
    let place = &finding.place;
    [
        Cell::text(finding.code.id()),
        Cell::maybe(place.file.as_deref()),
        Cell::maybe(place.sheet.as_deref()),
        place.row.map_or(Cell::Empty, line),
        Cell::maybe(place.column.as_deref()),
        Cell::maybe(place.organisation.as_deref()),
        Cell::maybe(place.period.as_deref()),
        Cell::maybe(place.item.as_deref()),
    ]
}

fn line(row: u64) -> Cell {
    i64::try_from(row).map_or(Cell::Empty, |row| Cell::exact(&Exact::from(row)))
}

/// What was found, with "did you mean" where there is something to suggest.
pub(super) fn message(finding: &Finding) -> Text {
    Text::new(said(finding, Lang::Zh), said(finding, Lang::En))
}

fn said(finding: &Finding, lang: Lang) -> String {
    let said = finding.text(lang);
    match did_you_mean(&finding.suggestions, lang) {
        Some(names) if lang == Lang::Zh => format!("{said}；{names}"),
        Some(names) => format!("{said}; {names}"),
        None => said,
    }
}
