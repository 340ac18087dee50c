//! From files to the dataset: values, and findings about everything that is not a clean value.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Time;
use crate::codes::{data as codes, value};
use crate::dataset::{self, Dataset, Key, Put, Row};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Cell, Repair};
use crate::intake::chosen;
use crate::intake::cumulative::{Cumulative, Fault};
use crate::intake::open::{Content, with_tables};
use crate::intake::rows::{Known, Met, Seen, Sink, Who};
use crate::intake::source::{DataFile, Source};
use crate::intake::{total_rows, unmet};
use crate::period::Span;
use crate::trace;

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// The values.
    pub dataset: Dataset,
    /// What is wrong or was repaired.
    pub findings: Vec<Finding>,
    /// Name of the encoding of each file, in the order of sources and files.
    pub encodings: Vec<&'static str>,
}

/// Reads all files of all sources. Files that are no tables at all are diagnostics, all of them [D4].
pub fn load(sources: &[Source], known: Known) -> Result<Loaded, Vec<Diagnostic>> {
    let mut loader = Loader::new(known);
    let mut unreadable = Vec::new();
    let mut encodings = Vec::new();
    for source in sources {
        let mut met = Met::default();
        for file in &source.files {
            match loader.file(file, source, &mut met) {
                Ok(encoding) => encodings.push(encoding),
                Err(diagnostic) => unreadable.push(diagnostic),
            }
        }
        unmet::report(source, &met, &mut loader.findings);
    }
    if !unreadable.is_empty() {
        return Err(unreadable);
    }
    Ok(loader.finish(sources, encodings))
}

struct Loader<'a> {
    known: Known<'a>,
    dataset: Dataset,
    cumulative: Cumulative,
    findings: Vec<Finding>,
    conflicts: BTreeSet<Key>,
    chosen: BTreeMap<Key, dataset::Cell>,
}

impl<'a> Loader<'a> {
    fn new(known: Known<'a>) -> Self {
        let dataset = Dataset::new(known.vocabulary.catalogue.items.len());
        Self {
            known,
            dataset,
            cumulative: Cumulative::default(),
            findings: Vec::new(),
            conflicts: BTreeSet::new(),
            chosen: BTreeMap::new(),
        }
    }

    fn file(&mut self, file: &DataFile, source: &Source, met: &mut Met) -> Result<&'static str, Diagnostic> {
        let mut findings = Vec::new();
        let known = self.known;
        let read = with_tables(file, source, known, &mut findings, |opened, findings| {
            let mut sink = FileSink::new(self, source, opened.place.clone());
            met.add(opened.read(source, known, &mut sink, findings));
            let has_totals = sink.finish(findings);
            if let Content::Table(table, mapping) = &opened.content {
                met.add_headers(table, source);
                if let (Some(mapping), true) = (mapping, has_totals || !source.totals.is_empty()) {
                    total_rows::check(table, mapping, source, known, &opened.place, findings);
                }
            }
        });
        self.findings.append(&mut findings);
        read.map_err(|unreadable| unreadable.diagnostic(&file.path))
    }

    fn finish(mut self, sources: &[Source], encodings: Vec<&'static str>) -> Loaded {
        let fallen = self.cumulative.settle(&mut self.dataset, self.known, &mut self.conflicts);
        self.report_fallen(fallen, sources);
        self.report_conflicts(sources);
        self.findings.extend(chosen::report(&self.chosen, sources, self.known));
        self.dataset.index(self.known.registry.organisations().len());
        Loaded { dataset: self.dataset, findings: self.findings, encodings }
    }

    /// Says where each running total stands that is below an earlier one [T5].
    fn report_fallen(&mut self, fallen: BTreeMap<Key, Finding>, sources: &[Source]) {
        if fallen.is_empty() {
            return;
        }
        let month = |span: Span| Span::new(span.last(), span.last()).unwrap_or(span);
        let wanted = |organisation, span, item| fallen.contains_key(&(organisation, month(span), item));
        let traced = trace::cells(sources, self.known, &wanted);
        for ((organisation, span, item), finding) in fallen {
            let cell = traced.iter().find(|cell| (cell.key.0, month(cell.key.1), cell.key.2) == (organisation, span, item));
            let place = cell.map_or_else(Place::default, |cell| cell.place.clone());
            let Place { file, sheet, row, column, cell, .. } = place;
            self.findings.push(Finding { place: Place { file, sheet, row, column, cell, ..finding.place }, ..finding });
        }
    }

    /// Names all cells of a key that holds different values [D2].
    fn report_conflicts(&mut self, sources: &[Source]) {
        if self.conflicts.is_empty() {
            return;
        }
        let mut cells: BTreeMap<Key, Vec<trace::Traced>> = BTreeMap::new();
        let wanted = |organisation, span, item| self.conflicts.contains(&(organisation, span, item));
        for traced in trace::cells(sources, self.known, &wanted) {
            cells.entry(traced.key).or_default().push(traced);
        }
        for ((organisation, span, item), traced) in cells {
            let Some(first) = traced.first() else { continue };
            let others: Vec<String> = traced.iter().map(|cell| format!("{} ({})", cell.written, cell.location())).collect();
            let place = Place {
                organisation: Some(self.known.registry.get(organisation).code.clone()),
                period: Some(span.to_string()),
                item: Some(self.known.vocabulary.catalogue.item(item).id.clone()),
                ..first.place.clone()
            };
            self.findings.push(Finding::new(&value::CONFLICT, place).with("cells", others.join(" ≠ ")));
        }
    }
}

/// Takes the cells of one file.
struct FileSink<'l, 'a> {
    loader: &'l mut Loader<'a>,
    place: Place,
    cumulative: bool,
    prefer: Option<dataset::Prefer>,
    row: Option<(Who, Span, Row)>,
    repairs: BTreeMap<(String, Repair), Repeated>,
    findings: Vec<Finding>,
    repeated: u64,
    has_totals: bool,
    percents: BTreeMap<usize, Percents>,
}

/// A repair made many times in one column is one finding.
struct Repeated {
    count: u64,
    first: Finding,
}

struct Percents {
    header: String,
    item: ItemId,
    values: u64,
    fractions: u64,
    zeros: u64,
}

impl<'l, 'a> FileSink<'l, 'a> {
    fn new(loader: &'l mut Loader<'a>, source: &Source, place: Place) -> Self {
        Self {
            loader,
            place,
            cumulative: source.cumulative,
            prefer: source.prefer,
            row: None,
            repairs: BTreeMap::new(),
            findings: Vec::new(),
            repeated: 0,
            has_totals: false,
            percents: BTreeMap::new(),
        }
    }

    fn finish(mut self, findings: &mut Vec<Finding>) -> bool {
        findings.append(&mut self.findings);
        for ((_, _), repeated) in self.repairs {
            findings.push(Finding { alike: repeated.count, ..repeated.first });
        }
        if self.repeated > 0 {
            findings.push(Finding::new(&value::REPEATED, self.place.clone()).with("count", self.repeated.to_string()));
        }
        for column in self.percents.into_values().filter(|column| column.values == column.fractions && column.values > column.zeros) {
            let item = self.loader.known.vocabulary.catalogue.item(column.item);
            let place = Place { column: Some(column.header), item: Some(item.id.clone()), ..self.place.clone() };
            findings.push(
                Finding::new(&codes::LOOKS_LIKE_FRACTION, place).with("item", item.name.clone()).with("count", column.values.to_string()),
            );
        }
        self.has_totals
    }

    /// The dataset row of a cell; neighbouring cells mostly share it.
    fn row_of(&mut self, who: Who, organisation: crate::registry::OrgId, span: Span) -> Row {
        match self.row {
            Some((known, period, row)) if known == who && period == span => row,
            _ => {
                let row = self.loader.dataset.row(organisation, span);
                self.row = Some((who, span, row));
                row
            }
        }
    }

    #[cold]
    fn note(&mut self, seen: &Seen) {
        let written = String::from_utf8_lossy(seen.written).into_owned();
        let mut place = Place { period: Some(seen.span.to_string()), ..seen.place(&self.place) };
        if let Who::Organisation(organisation) = seen.who {
            place.organisation = Some(self.loader.known.registry.get(organisation).code.clone());
        }
        place.item = Some(self.loader.known.vocabulary.catalogue.item(seen.column.item).id.clone());
        if let Cell::Rejected(_) = seen.parsed.cell {
            self.findings.extend(seen.parsed.findings(&written, &seen.column.shape, &place));
            return;
        }
        for (repair, finding) in seen.parsed.repairs.iter().zip(seen.parsed.findings(&written, &seen.column.shape, &place)) {
            let key = (seen.column.header.clone(), repair);
            self.repairs.entry(key).and_modify(|repeated| repeated.count += 1).or_insert(Repeated { count: 1, first: finding });
        }
    }

    #[cold]
    fn collide(&mut self, seen: &Seen, organisation: crate::registry::OrgId, put: Put) {
        let key = (organisation, seen.span, seen.column.item);
        match put {
            Put::Same => self.repeated += 1,
            Put::Conflict => {
                self.loader.chosen.remove(&key);
                self.loader.conflicts.insert(key);
            }
            Put::Chosen => self.choose(key, self.loader.dataset.get(key)),
            Put::New => {}
        }
    }

    /// Notes which of several values counts. A conflict that was there before stays one, unless a
    /// value was taken in its place.
    fn choose(&mut self, key: Key, kept: dataset::Cell) {
        if self.loader.conflicts.contains(&key) && kept == dataset::Cell::Rejected {
            return;
        }
        self.loader.conflicts.remove(&key);
        self.loader.chosen.insert(key, kept);
    }

    fn watch_percent(&mut self, seen: &Seen, steps: i64) {
        let one = 10_i64.pow(seen.column.shape.decimals);
        let key = seen.column.item.0;
        let entry = self.percents.entry(key).or_insert_with(|| Percents {
            header: seen.column.header.clone(),
            item: seen.column.item,
            values: 0,
            fractions: 0,
            zeros: 0,
        });
        entry.values += 1;
        entry.fractions += u64::from((0..=one).contains(&steps));
        entry.zeros += u64::from(steps == 0);
    }
}

impl Sink for FileSink<'_, '_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        match who {
            Who::Organisation(_) => true,
            Who::Total(_) => {
                self.has_totals = true;
                false
            }
            Who::Nobody => false,
        }
    }

    fn take(&mut self, seen: Seen) {
        let cell = match seen.parsed.cell {
            Cell::Value(steps) => dataset::Cell::Value(steps),
            Cell::Missing => dataset::Cell::Missing,
            Cell::Rejected(_) => dataset::Cell::Rejected,
        };
        if !seen.parsed.repairs.is_empty() || matches!(cell, dataset::Cell::Rejected) {
            self.note(&seen);
        }
        if let (true, dataset::Cell::Value(steps)) = (seen.column.shape.percent, cell) {
            self.watch_percent(&seen, steps);
        }
        let Who::Organisation(organisation) = seen.who else { return };
        let is_flow = self.loader.known.vocabulary.catalogue.item(seen.column.item).time == Time::Flow;
        // A stock is what it is at the end of its month, also in a cumulative report [T5, T6].
        if self.cumulative && is_flow {
            match self.loader.cumulative.put(organisation, seen.column.item, seen.span, cell, self.prefer) {
                Ok(()) => {}
                Err(Fault::Conflict) => self.collide(&seen, organisation, Put::Conflict),
                Err(Fault::Chosen(kept)) => self.choose((organisation, seen.span, seen.column.item), kept),
                Err(Fault::NotFromJanuary(finding)) => {
                    self.findings.push(Finding { place: seen.place(&self.place), ..*finding });
                }
            }
            return;
        }
        let row = self.row_of(seen.who, organisation, seen.span);
        let put = self.loader.dataset.put(row, seen.column.item, cell, self.prefer);
        if put != Put::New {
            self.collide(&seen, organisation, put);
        }
    }
}
