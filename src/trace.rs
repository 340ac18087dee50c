//! Finds the cells again that made a figure: the same intake with a filter and a collecting sink.

use crate::catalogue::Catalogue;
use crate::dataset::Prefer;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Cell, Parsed};
use crate::intake::open::each_file;
use crate::intake::records;
use crate::intake::rows::{Known, Seen, Sink, Who};
use crate::intake::source::{Layout, Source, Stage};
use crate::intake::terms;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::person::masked;

mod locate;

pub use locate::locate;

/// A cell that was found again.
#[derive(Debug, Clone)]
pub struct Traced {
    /// Whose, when, what; the span of a running total is January..m.
    pub key: (OrgId, Span, ItemId),
    /// File, row, column.
    pub place: Place,
    /// As it stands in the file.
    pub written: String,
    /// As it was read.
    pub parsed: Parsed,
    /// Whether it covers everything since January, so that an earlier one is taken off it [T5].
    pub is_running_total: bool,
    /// Power of ten of the unit in its column [N6].
    pub multiplier_power: i32,
    /// Whether it was reported or verified.
    pub stage: Stage,
    /// Which value counts, by its source, where another was read before [D2].
    pub prefer: Option<Prefer>,
    /// Its place in the order of reading, among those found.
    pub order: usize,
}

/// All cells with content whose organisation, period and item are wanted, in the order of sources,
/// files and rows.
pub fn cells(sources: &[Source], known: Known, wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    let mut found = Vec::new();
    for source in sources {
        if let Layout::Records(register) = &source.layout {
            for figure in records::traced(source, register, known, wanted) {
                found.push(Traced { order: found.len(), ..figure });
            }
            continue;
        }
        if let Layout::Terms(summed) = &source.layout {
            for figure in terms::traced(source, summed, known, wanted) {
                found.push(Traced { order: found.len(), ..figure });
            }
            continue;
        }
        each_file(&source.files, source, known, |_, tables| {
            // A file that cannot be read has stopped the run before anything is traced.
            let mut said_before: Vec<Finding> = Vec::new();
            let _ = tables.read(&mut said_before, |opened, findings| {
                let mut sink = Collector { wanted, source, catalogue: known.vocabulary.catalogue, place: &opened.place, found: &mut found };
                opened.read(source, known, &mut sink, findings);
            });
        });
    }
    found
}

struct Collector<'a> {
    wanted: &'a dyn Fn(OrgId, Span, ItemId) -> bool,
    source: &'a Source,
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
        if matches!(seen.parsed.cell, Cell::Missing) && seen.written.is_empty() {
            return;
        }
        let is_running_total = self.source.has_running_total(seen.column.item, self.catalogue);
        let span = self.source.span_of(seen.column.item, seen.span, self.catalogue);
        if !(self.wanted)(organisation, span, seen.column.item) {
            return;
        }
        self.found.push(Traced {
            key: (organisation, span, seen.column.item),
            place: seen.place(self.place),
            written: masked(&String::from_utf8_lossy(seen.written)).into_owned(),
            parsed: seen.parsed,
            is_running_total,
            multiplier_power: seen.column.shape.multiplier_power,
            stage: self.source.stage,
            prefer: self.source.prefer,
            order: self.found.len(),
        });
    }
}
