//! Finds the cells again that made a figure: the same intake with a filter and a collecting sink.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Key;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Cell, Parsed};
use crate::intake::open::with_table;
use crate::intake::rows::{self, Known, Seen, Sink, Who};
use crate::intake::source::Source;
use crate::period::{Month, Span};
use crate::quality::{Found, Involved};
use crate::registry::OrgId;
use crate::text::Text;

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
}

impl Traced {
    /// The place in one line: `exports/a.csv:12, 出院人数`.
    pub fn location(&self) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        format!("{}:{}, {}", part(&self.place.file), self.place.row.unwrap_or_default(), part(&self.place.column))
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
            let _ = with_table(file, source, known, &mut said_before, |opened, findings| {
                if let Some(mapping) = &opened.mapping {
                    let mut sink = Collector { wanted, place: &opened.place, found: &mut found };
                    rows::read(opened.table, mapping, source, known, &opened.place, &mut sink, findings);
                }
            });
            said_before.clear();
        }
    }
    found
}

/// Says of every finding where its values stand: file, row and column of the first, beside each value
/// that stands elsewhere its own. The files are read once more, if there is anything to look for.
pub fn locate(found: Vec<Found>, sources: &[Source], known: Known) -> Vec<Finding> {
    let places = Places::of(&found, sources, known);
    found.into_iter().map(|found| places.put(found)).collect()
}

/// Where values stand.
struct Places {
    exact: BTreeMap<Key, Place>,
    /// A running total stands in the row of its last month [T5].
    by_last_month: BTreeMap<(OrgId, Month, ItemId), Place>,
}

impl Places {
    fn of(found: &[Found], sources: &[Source], known: Known) -> Self {
        let keys = found.iter().flat_map(|found| found.cells.iter().map(|cell| cell.key));
        let wanted: BTreeSet<(OrgId, Month, ItemId)> = keys.map(|(who, span, item)| (who, span.last(), item)).collect();
        let mut places = Self { exact: BTreeMap::new(), by_last_month: BTreeMap::new() };
        if wanted.is_empty() {
            return places;
        }
        for cell in cells(sources, known, &|who, span, item| wanted.contains(&(who, span.last(), item))) {
            let (who, span, item) = cell.key;
            places.by_last_month.entry((who, span.last(), item)).or_insert_with(|| cell.place.clone());
            places.exact.entry(cell.key).or_insert(cell.place);
        }
        places
    }

    fn get(&self, (who, span, item): Key) -> Option<&Place> {
        self.exact.get(&(who, span, item)).or_else(|| self.by_last_month.get(&(who, span.last(), item)))
    }

    fn put(&self, found: Found) -> Finding {
        let Found { mut finding, cells, note } = found;
        if let Some(place) = cells.iter().find_map(|cell| self.get(cell.key)).cloned() {
            finding.place = Place { file: place.file, sheet: place.sheet, row: place.row, column: place.column, ..finding.place };
        }
        let shown: Vec<Text> =
            cells.iter().filter(|cell| cell.shown != Text::default()).map(|cell| self.shown(cell, &finding.place)).collect();
        if shown.is_empty() && note.is_none() {
            return finding;
        }
        let note = note.unwrap_or_default();
        let joined = |lang: fn(&Text) -> &str| shown.iter().map(lang).collect::<Vec<_>>().join(", ") + lang(&note);
        finding.with("values", Text::new(joined(|text| &text.zh), joined(|text| &text.en)))
    }

    /// A value, with its place where that is not the finding's row.
    fn shown(&self, cell: &Involved, beside: &Place) -> Text {
        let elsewhere = |place: &&Place| (&place.file, &place.sheet, place.row) != (&beside.file, &beside.sheet, beside.row);
        let Some(place) = self.get(cell.key).filter(elsewhere) else { return cell.shown.clone() };
        let sheet = place.sheet.as_ref().map(|sheet| format!("[{sheet}]")).unwrap_or_default();
        let at = format!("{}{sheet}:{}", place.file.clone().unwrap_or_default(), place.row.unwrap_or_default());
        Text::new(format!("{}（{at}）", cell.shown.zh), format!("{} ({at})", cell.shown.en))
    }
}

struct Collector<'a> {
    wanted: &'a dyn Fn(OrgId, Span, ItemId) -> bool,
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
        let place = Place { row: Some(seen.line), column: Some(seen.column.header.clone()), ..self.place.clone() };
        let written = String::from_utf8_lossy(seen.written).into_owned();
        self.found.push(Traced { key: (organisation, seen.span, seen.column.item), place, written, parsed: seen.parsed });
    }
}
