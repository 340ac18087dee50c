//! Findings: `findings.csv` (DESIGN §5), complete, and their groups by code for the screen.

use crate::code::Code;
use crate::diagnostic::did_you_mean;
use crate::finding::Finding;
use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};

/// `findings.csv`: one row per finding, in place order.
pub fn file(book: &Scorebook) -> Table {
    table(&book.findings)
}

/// Findings as a table, also for runs that end without a scorebook.
pub fn table(findings: &[Finding]) -> Table {
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
        ("value", Kind::Text),
        ("message", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for finding in findings {
        let place = &finding.place;
        table.push(vec![
            Cell::text(finding.severity().id()),
            Cell::text(finding.code.id()),
            Cell::maybe(place.file.as_deref()),
            Cell::maybe(place.sheet.as_deref()),
            place.row.map_or(Cell::Empty, row),
            Cell::maybe(place.column.as_deref()),
            Cell::maybe(place.organisation.as_deref()),
            Cell::maybe(place.period.as_deref()),
            Cell::maybe(place.item.as_deref()),
            Cell::maybe(place.value.as_deref()),
            Cell::text(message(finding)),
        ]);
    }
    table
}

fn row(row: u64) -> Cell {
    i64::try_from(row).map_or(Cell::Empty, |row| Cell::exact(&Exact::from(row)))
}

/// What was found, with "did you mean" where there is something to suggest.
pub(super) fn message(finding: &Finding) -> Text {
    let in_lang = |lang| {
        let said = finding.text(lang);
        match did_you_mean(&finding.suggestions, lang) {
            Some(names) if lang == Lang::Zh => format!("{said}；{names}"),
            Some(names) => format!("{said}; {names}"),
            None => said,
        }
    };
    Text::new(in_lang(Lang::Zh), in_lang(Lang::En))
}

/// The findings of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The code.
    pub code: &'static Code,
    /// Its findings, in the order given.
    pub findings: Vec<&'a Finding>,
}

/// Findings by code: the worst first, then by code id.
pub fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut by_code = std::collections::BTreeMap::new();
    for finding in findings {
        let key = (std::cmp::Reverse(finding.severity()), finding.code.id());
        by_code.entry(key).or_insert_with(|| Group { code: finding.code, findings: Vec::new() }).findings.push(finding);
    }
    by_code.into_values().collect()
}
