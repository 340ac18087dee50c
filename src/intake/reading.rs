//! One pass over the files: values, and findings about everything that is not a clean value.

use std::collections::BTreeSet;

use crate::catalogue::Time;
use crate::codes::value;
use crate::dataset::{self, Dataset, Key, Put, Row};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::cell::{Cell, Digits};
use crate::intake::cumulative::{Cumulative, total_span};
use crate::intake::mapping::ValueColumn;
use crate::intake::new_rows::NewRows;
use crate::intake::open::{Content, Tables, each_file};
use crate::intake::progress;
use crate::intake::records::{self, Counted, Records};
use crate::intake::repaired::Repaired;
use crate::intake::rows::{Known, Met, Seen, SeenRow, Sink, Timeless, Who};
use crate::intake::scales::Scales;
use crate::intake::source::{DataFile, Layout, Source};
use crate::intake::terms::Summed;
use crate::intake::total_rows::{self, TotalRows};
use crate::intake::unmet;
use crate::period::Span;
use crate::registry::OrgId;

/// What stands in the files of some sources.
#[derive(Debug)]
pub(super) struct Reading {
    /// The values, running totals aside.
    pub(super) dataset: Dataset,
    /// Running totals [T5].
    pub(super) totals: Cumulative,
    /// What is wrong or was repaired.
    pub(super) findings: Vec<Finding>,
    /// Values that contradict each other.
    pub(super) conflicts: BTreeSet<Key>,
    /// Values of which the sources choose one.
    pub(super) chosen: BTreeSet<Key>,
    /// Name of the encoding of each file, in the order of sources and files.
    pub(super) encodings: Vec<&'static str>,
}

impl Reading {
    /// Notes that several values were met, of which this is kept [D2].
    fn collide(&mut self, key: Key, put: Put, kept: dataset::Cell) {
        match put {
            Put::Conflict => {
                self.chosen.remove(&key);
                self.conflicts.insert(key);
            }
            // A conflict that was there before stays one, unless a value was taken in its place.
            Put::Chosen if self.conflicts.contains(&key) && kept == dataset::Cell::Rejected => {}
            Put::Chosen => {
                self.conflicts.remove(&key);
                self.chosen.insert(key);
            }
            Put::New | Put::Same => {}
        }
    }
}

/// Reads all files of all sources. Files that are no tables at all are diagnostics, all of them [D4].
pub(super) fn read(sources: &[Source], known: Known) -> Result<Reading, Vec<Diagnostic>> {
    let mut loader = Loader::new(known);
    let mut unreadable = Vec::new();
    let files = sources.iter().filter(|source| !matches!(source.layout, Layout::Terms(_))).flat_map(|source| &source.files);
    progress::expect(files.map(|file| file.content.size()).sum());
    for source in sources {
        if let Layout::Records(register) = &source.layout {
            match records::read(source, register, known) {
                Ok(counted) => loader.register(source, register, counted),
                Err(found) => unreadable.extend(found),
            }
            continue;
        }
        if let Layout::Terms(summed) = &source.layout {
            loader.summed(source, summed);
            continue;
        }
        let mut met = Met::default();
        each_file(&source.files, source, known, |file, tables| {
            match progress::over(file.content.size(), || loader.file(file, tables, source, &mut met)) {
                Ok(encoding) => loader.read.encodings.push(encoding),
                Err(diagnostic) => unreadable.push(diagnostic),
            }
        });
        unmet::report(source, &met, &mut loader.read.findings);
    }
    if unreadable.is_empty() { Ok(loader.read) } else { Err(unreadable) }
}

struct Loader<'a> {
    known: Known<'a>,
    read: Reading,
}

impl<'a> Loader<'a> {
    fn new(known: Known<'a>) -> Self {
        let read = Reading {
            dataset: Dataset::new(known.vocabulary.catalogue.items.len()),
            totals: Cumulative::default(),
            findings: Vec::new(),
            conflicts: BTreeSet::new(),
            chosen: BTreeSet::new(),
            encodings: Vec::new(),
        };
        Self { known, read }
    }

    /// Takes what the records of a register come to.
    fn register(&mut self, source: &Source, register: &Records, counted: Counted) {
        let Counted { figures, findings, encodings, .. } = counted;
        self.read.findings.extend(findings);
        self.read.encodings.extend(encodings);
        register.of_persons().for_each(|item| self.read.dataset.count_persons(item));
        let repeated: u64 = figures.into_iter().map(|(key, figure)| u64::from(self.lay(key, figure.cell, source))).sum();
        self.repeat(repeated, source);
    }

    /// Takes what was summed elsewhere: of each figure what the cells of the source come to.
    fn summed(&mut self, source: &Source, summed: &Summed) {
        self.read.findings.extend(summed.findings.iter().cloned());
        self.read.encodings.extend(source.files.iter().map(|_| "UTF-8"));
        summed.persons.iter().for_each(|item| self.read.dataset.count_persons(*item));
        let mut repeated = 0;
        for figure in &summed.figures {
            let (organisation, span, item) = figure.key;
            if source.has_running_total(item, self.known.vocabulary.catalogue) {
                match self.read.totals.put(organisation, item, span, figure.cell, source.prefer) {
                    Ok(put) => {
                        let key = (organisation, total_span(span).unwrap_or(span), item);
                        let kept = self.read.totals.get(key);
                        self.read.collide(key, put, kept);
                    }
                    Err(finding) => self.read.findings.push(Finding { place: figure.place(summed), ..*finding }),
                }
                continue;
            }
            repeated += u64::from(self.lay(figure.key, figure.cell, source));
        }
        self.repeat(repeated, source);
    }

    /// Puts a figure beside what other sources say; true if it is the same.
    fn lay(&mut self, key: Key, cell: dataset::Cell, source: &Source) -> bool {
        let row = self.read.dataset.row(key.0, key.1);
        let put = self.read.dataset.put(row, key.2, cell, source.prefer);
        let kept = self.read.dataset.at(row, key.2);
        self.read.collide(key, put, kept);
        put == Put::Same
    }

    /// Says how many figures of a source stand in another one, too.
    fn repeat(&mut self, count: u64, source: &Source) {
        if count > 0 {
            let place = Place { file: source.files.first().map(|file| file.path.as_str().into()), ..Place::default() };
            self.read.findings.push(Finding::new(&value::REPEATED, place).with("count", count.to_string()));
        }
    }

    fn file(&mut self, file: &DataFile, tables: Tables, source: &Source, met: &mut Met) -> Result<&'static str, Diagnostic> {
        let mut findings = Vec::new();
        let known = self.known;
        let read = tables.read(&mut findings, |opened, findings| {
            let mut sink = FileSink::new(self, source, opened.place.clone());
            met.add(opened.read(source, known, &mut sink, findings));
            let totals = sink.finish(findings);
            if let Content::Table(table, mapping) = &opened.content {
                met.add_headers(table, source);
                if let (Some(mapping), true) = (mapping, totals.any || !source.totals.is_empty()) {
                    total_rows::check((table, mapping), totals, source, known, &opened.place, findings);
                }
            }
        });
        self.read.findings.append(&mut findings);
        read.map_err(|unreadable| unreadable.diagnostic(&file.path))
    }
}

/// Takes the cells of one file.
struct FileSink<'l, 'a> {
    loader: &'l mut Loader<'a>,
    place: Place,
    cumulative: bool,
    prefer: Option<dataset::Prefer>,
    row: Option<(OrgId, Span, Row)>,
    new_rows: NewRows,
    repaired: Repaired,
    findings: Vec<Finding>,
    repeated: u64,
    totals: TotalRows,
    scales: Scales,
}

impl<'l, 'a> FileSink<'l, 'a> {
    fn new(loader: &'l mut Loader<'a>, source: &Source, place: Place) -> Self {
        Self {
            loader,
            place,
            cumulative: source.cumulative,
            prefer: source.prefer,
            row: None,
            new_rows: NewRows::default(),
            repaired: Repaired::default(),
            findings: Vec::new(),
            repeated: 0,
            totals: TotalRows::default(),
            scales: Scales::default(),
        }
    }

    fn finish(mut self, findings: &mut Vec<Finding>) -> TotalRows {
        self.new_rows.put(&mut self.loader.read.dataset);
        findings.append(&mut self.findings);
        findings.extend(self.repaired.into_findings());
        if self.repeated > 0 {
            findings.push(Finding::new(&value::REPEATED, self.place.clone()).with("count", self.repeated.to_string()));
        }
        self.scales.report(self.loader.known.vocabulary.catalogue, &self.place, findings);
        self.totals
    }

    /// The dataset row of a cell; neighbouring cells mostly share it.
    #[inline]
    fn row_of(&mut self, organisation: OrgId, span: Span) -> Row {
        match self.row {
            Some((known, period, row)) if known == organisation && period == span => row,
            _ => {
                let row = self.loader.read.dataset.row(organisation, span);
                self.row = Some((organisation, span, row));
                row
            }
        }
    }

    #[cold]
    fn note(&mut self, seen: &Seen) {
        let mut place = Place { period: Some(seen.span.to_string().into()), ..seen.place(&self.place) };
        if let Who::Organisation(organisation) = seen.who {
            place.organisation = Some(self.loader.known.registry.get(organisation).code.clone());
        }
        place.item = Some(self.loader.known.vocabulary.catalogue.item(seen.column.item).id.clone());
        if let Cell::Rejected(_) = seen.parsed.cell {
            self.findings.extend(seen.parsed.findings(&String::from_utf8_lossy(seen.written), &seen.column.shape, &place));
        } else {
            self.repaired.note(seen.parsed, seen.written, &seen.column.shape, &place);
        }
    }

    /// Puts a cell in its row, beside what stands there.
    #[inline]
    fn put(&mut self, row: Row, key: Key, cell: dataset::Cell) {
        let put = self.loader.read.dataset.put(row, key.2, cell, self.prefer);
        if put != Put::New {
            self.collide(key, put);
        }
    }

    #[cold]
    fn collide(&mut self, key: Key, put: Put) {
        let read = &mut self.loader.read;
        if put == Put::Same {
            self.repeated += 1;
            return;
        }
        let is_total = self.cumulative && total_span(key.1) == Some(key.1) && read.totals.has_year(key);
        let kept = if is_total { read.totals.get(key) } else { read.dataset.get(key) };
        read.collide(key, put, kept);
    }
}

impl Sink for FileSink<'_, '_> {
    fn begin(&mut self, columns: &[ValueColumn]) {
        self.new_rows = NewRows::of(columns);
    }

    fn wants(&mut self, who: Who, _: Span) -> bool {
        match who {
            Who::Organisation(_) => true,
            Who::Total(_) => {
                self.totals.any = true;
                false
            }
            Who::Nobody => false,
        }
    }

    fn take_timeless(&mut self, _: Timeless) {
        self.totals = TotalRows { any: true, without_period: true };
    }

    #[inline]
    fn take_row(&mut self, seen: &SeenRow) {
        let organisation = match seen.who {
            Who::Organisation(organisation) if !self.cumulative => organisation,
            _ => return seen.cells().for_each(|cell| self.take(cell)),
        };
        let rows = self.loader.read.dataset.len();
        let row = self.row_of(organisation, seen.span);
        let dataset = &mut self.loader.read.dataset;
        if dataset.len() > rows && self.new_rows.takes(seen.quick.len()) {
            self.new_rows.take(row, seen.quick, dataset);
            if self.new_rows.leaves_any(seen.quick) {
                let left: Vec<usize> = self.new_rows.left(seen.quick).collect();
                for at in left {
                    self.take(seen.cell(at));
                }
            }
            return;
        }
        // What the row holds is compared with what is put.
        self.new_rows.put(dataset);
        for (at, (column, quick)) in seen.columns.iter().zip(seen.quick).enumerate() {
            let Some(steps) = quick.steps().filter(|_| column.shape.is_plain()) else {
                self.take(seen.cell(at));
                continue;
            };
            self.put(row, (organisation, seen.span, column.item), dataset::Cell::Value(steps));
        }
        (seen.quick.len()..seen.columns.len()).for_each(|at| self.take(seen.cell(at)));
    }

    #[inline]
    fn takes_again(&mut self, columns: &[ValueColumn], digits: &[Digits]) -> bool {
        let Some((organisation, span, row)) = self.row.filter(|_| !self.cumulative && columns.len() == digits.len()) else { return false };
        let steps = |(column, digits): (&ValueColumn, &Digits)| {
            if column.span.is_none() && column.shape.is_plain() { digits.of_shape(&column.shape).steps() } else { None }
        };
        if !columns.iter().zip(digits).all(|cell| steps(cell).is_some()) {
            return false;
        }
        for (column, steps) in columns.iter().zip(digits).filter_map(|cell| Some((cell.0, steps(cell)?))) {
            self.put(row, (organisation, span, column.item), dataset::Cell::Value(steps));
        }
        true
    }

    fn take(&mut self, seen: Seen) {
        let cell = dataset::Cell::from(seen.parsed.cell);
        if !seen.parsed.repairs.is_empty() || matches!(cell, dataset::Cell::Rejected) {
            self.note(&seen);
        }
        if let dataset::Cell::Value(steps) = cell {
            self.scales.watch(seen.column, steps);
        }
        let Who::Organisation(organisation) = seen.who else { return };
        let is_flow = self.loader.known.vocabulary.catalogue.item(seen.column.item).time == Time::Flow;
        // A stock is what it is at the end of its month, also in a cumulative report [T5, T6].
        if self.cumulative && is_flow {
            let key = (organisation, total_span(seen.span).unwrap_or(seen.span), seen.column.item);
            match self.loader.read.totals.put(organisation, seen.column.item, seen.span, cell, self.prefer) {
                Ok(put) => self.collide(key, put),
                Err(finding) => self.findings.push(Finding { place: seen.place(&self.place), ..*finding }),
            }
            return;
        }
        let row = self.row_of(organisation, seen.span);
        self.put(row, (organisation, seen.span, seen.column.item), cell);
    }
}
