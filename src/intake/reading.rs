//! One pass over the files: values, and findings about everything that is not a clean value.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Time;
use crate::codes::{data as codes, value};
use crate::dataset::{self, Dataset, Key, Put, Row};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::Cell;
use crate::intake::cumulative::{Cumulative, total_span};
use crate::intake::open::{Content, Tables, each_file};
use crate::intake::progress;
use crate::intake::records::{self, Counted, Records};
use crate::intake::repaired::Repaired;
use crate::intake::rows::{Known, Met, Seen, SeenRow, Sink, Timeless, Who};
use crate::intake::source::{DataFile, Layout, Source};
use crate::intake::terms::Summed;
use crate::intake::total_rows::{self, TotalRows};
use crate::intake::unmet;
use crate::period::Span;
use crate::text::Shared;

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
    row: Option<(Who, Span, Row)>,
    repaired: Repaired,
    findings: Vec<Finding>,
    repeated: u64,
    totals: TotalRows,
    percents: BTreeMap<usize, Percents>,
    scaled: BTreeMap<usize, Scaled>,
}

struct Percents {
    header: Shared,
    item: ItemId,
    values: u64,
    fractions: u64,
    zeros: u64,
}

/// A column of counts in 万 or more.
struct Scaled {
    header: Shared,
    item: ItemId,
    values: u64,
    /// True while every figure is a whole number of that unit.
    is_whole: bool,
    /// The largest figure as written.
    most: i64,
}

/// Beyond so many 万 no institution's count is meant: the figures are plain counts under a heading that scales them.
const DOUBTFUL: i64 = 10_000;

impl<'l, 'a> FileSink<'l, 'a> {
    fn new(loader: &'l mut Loader<'a>, source: &Source, place: Place) -> Self {
        Self {
            loader,
            place,
            cumulative: source.cumulative,
            prefer: source.prefer,
            row: None,
            repaired: Repaired::default(),
            findings: Vec::new(),
            repeated: 0,
            totals: TotalRows::default(),
            percents: BTreeMap::new(),
            scaled: BTreeMap::new(),
        }
    }

    fn finish(mut self, findings: &mut Vec<Finding>) -> TotalRows {
        findings.append(&mut self.findings);
        findings.extend(self.repaired.into_findings());
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
        for column in self.scaled.into_values().filter(|column| column.is_whole && column.most >= DOUBTFUL) {
            let item = self.loader.known.vocabulary.catalogue.item(column.item);
            let place = Place { column: Some(column.header), item: Some(item.id.clone()), ..self.place.clone() };
            let finding = Finding::new(&codes::LOOKS_UNSCALED, place).with("item", item.name.clone());
            findings.push(finding.with("count", column.values.to_string()).with("most", column.most.to_string()));
        }
        self.totals
    }

    /// The dataset row of a cell; neighbouring cells mostly share it.
    fn row_of(&mut self, who: Who, organisation: crate::registry::OrgId, span: Span) -> Row {
        match self.row {
            Some((known, period, row)) if known == who && period == span => row,
            _ => {
                let row = self.loader.read.dataset.row(organisation, span);
                self.row = Some((who, span, row));
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

    fn watch_scaled(&mut self, seen: &Seen, power: u32, steps: i64) {
        let scale = 10_i64.pow(power);
        let entry = self.scaled.entry(seen.column.item.0).or_insert_with(|| Scaled {
            header: seen.column.header.clone(),
            item: seen.column.item,
            values: 0,
            is_whole: true,
            most: 0,
        });
        entry.values += 1;
        entry.is_whole &= steps % scale == 0;
        entry.most = entry.most.max(steps / scale);
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
        let row = self.row_of(seen.who, organisation, seen.span);
        for (at, (column, quick)) in seen.columns.iter().zip(seen.quick).enumerate() {
            // Of a clean number in its own unit there is nothing to say.
            let is_plain = !column.shape.percent && column.shape.multiplier_power == 0;
            let Some(steps) = quick.steps().filter(|_| is_plain) else {
                self.take(seen.cell(at));
                continue;
            };
            let put = self.loader.read.dataset.put(row, column.item, dataset::Cell::Value(steps), self.prefer);
            if put != Put::New {
                self.collide((organisation, seen.span, column.item), put);
            }
        }
        (seen.quick.len()..seen.columns.len()).for_each(|at| self.take(seen.cell(at)));
    }

    fn take(&mut self, seen: Seen) {
        let cell = dataset::Cell::from(seen.parsed.cell);
        if !seen.parsed.repairs.is_empty() || matches!(cell, dataset::Cell::Rejected) {
            self.note(&seen);
        }
        if let (true, dataset::Cell::Value(steps)) = (seen.column.shape.percent, cell) {
            self.watch_percent(&seen, steps);
        }
        let power = u32::try_from(seen.column.shape.multiplier_power).ok().filter(|power| (4..=12).contains(power));
        if let (Some(power), 0, dataset::Cell::Value(steps)) = (power, seen.column.shape.decimals, cell) {
            self.watch_scaled(&seen, power, steps);
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
        let row = self.row_of(seen.who, organisation, seen.span);
        let put = self.loader.read.dataset.put(row, seen.column.item, cell, self.prefer);
        if put != Put::New {
            self.collide((organisation, seen.span, seen.column.item), put);
        }
    }
}
