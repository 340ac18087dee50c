//! Finds the cells again that made a figure: the same intake with a filter and a collecting sink.

use crate::catalogue::{Catalogue, Time};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Cell, Parsed};
use crate::intake::open::with_tables;
use crate::intake::rows::{Known, Seen, Sink, Who};
use crate::intake::source::Source;
use crate::period::Span;
use crate::registry::OrgId;

mod locate;

pub use locate::locate;

/// A cell that was found again.
#[derive(Debug, Clone)]
pub struct Traced {
    /// Whose, when, what.
    pub key: (OrgId, Span, ItemId),
    /// File, row, column.
    pub place: Place,
    /// As it stands in the file.
    pub written: String,
    /// As it was read.
    pub parsed: Parsed,
    /// Whether it covers everything since January, so that an earlier one is taken off it [T5].
    pub is_running_total: bool,
}

impl Traced {
    /// The place in one line: `exports/a.csv:12, 出院人数`, `exports/a.xlsx:月报!C12, 出院人数`.
    pub fn location(&self) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = self.place.row.unwrap_or_default().to_string();
        let at = match (&self.place.sheet, &self.place.cell) {
            (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
            _ => row,
        };
        format!("{}:{at}, {}", part(&self.place.file), part(&self.place.column))
    }
}

/// All cells with content whose organisation, period and item are wanted, in the order of sources,
/// files and rows.
pub fn cells(sources: &[Source], known: Known, wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    let mut found = Vec::new();
    let mut said_before: Vec<Finding> = Vec::new();
    for source in sources {
        for file in &source.files {
            // A file that cannot be read has stopped the run before anything is traced.
            let _ = with_tables(file, source, known, &mut said_before, |opened, findings| {
                let mut sink = Collector {
                    wanted,
                    cumulative: source.cumulative,
                    catalogue: known.vocabulary.catalogue,
                    place: &opened.place,
                    found: &mut found,
                };
                opened.read(source, known, &mut sink, findings);
            });
            said_before.clear();
        }
    }
    found
}

struct Collector<'a> {
    wanted: &'a dyn Fn(OrgId, Span, ItemId) -> bool,
    cumulative: bool,
    catalogue: &'a Catalogue,
    place: &'a Place,
    found: &'a mut Vec<Traced>,
}

impl Sink for Collector<'_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        matches!(who, Who::Organisation(_))
    }

    fn take(&mut self, seen: Seen) {
        let Who::Organisation(organisation) = seen.who else { return };
        if matches!(seen.parsed.cell, Cell::Missing) && seen.written.is_empty() || !(self.wanted)(organisation, seen.span, seen.column.item)
        {
            return;
        }
        let place = seen.place(self.place);
        let written = String::from_utf8_lossy(seen.written).into_owned();
        let is_running_total = self.cumulative && self.catalogue.item(seen.column.item).time == Time::Flow;
        let key = (organisation, seen.span, seen.column.item);
        self.found.push(Traced { key, place, written, parsed: seen.parsed, is_running_total });
    }
}
