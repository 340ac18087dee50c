//! One pass over the rows of a table: which organisation, which period, which cells.
//!
//! The loader and `trace` read through this same pass, so what explains a figure is what made it.

use std::collections::{HashMap, HashSet};

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::{self, Parsed, Shape};
use crate::intake::mapping::{Mapping, RowPeriod, ValueColumn, Values, shape};
use crate::intake::period_text;
use crate::intake::source::{Source, Vocabulary};
use crate::intake::table::{Record, Table};
use crate::intake::totals::{RowKind, row_kind, strip_numbering};
use crate::period::Span;
use crate::registry::{Found, OrgId, Registry};

/// Whose figures a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An organisation of the registry.
    Organisation(OrgId),
    /// A total over all or some rows.
    Total(RowKind),
    /// Nobody known, or a part of another row; said already.
    Nobody,
}

/// A cell with everything known about it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Whose it is.
    pub who: Who,
    /// Its period.
    pub span: Span,
    /// Its column.
    pub column: &'a ValueColumn,
    /// What it holds.
    pub parsed: Parsed,
    /// As written.
    pub written: &'a [u8],
    /// Line of the file.
    pub line: u64,
}

/// What is done with cells.
pub trait Sink {
    /// Whether rows of this organisation and period are wanted at all.
    fn wants(&mut self, who: Who, span: Span) -> bool;
    /// Takes a cell.
    fn take(&mut self, seen: Seen);
}

/// What the rows are read against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Organisations.
    pub registry: &'a Registry,
    /// Items.
    pub vocabulary: &'a Vocabulary<'a>,
}

/// Reads all rows. Findings are about rows; what is wrong with single cells is for the sink to say.
pub fn read(
    table: &Table,
    mapping: &Mapping,
    source: &Source,
    known: Known,
    place: &Place,
    sink: &mut impl Sink,
    findings: &mut Vec<Finding>,
) {
    let mut reader = RowReader {
        mapping,
        source,
        known,
        place,
        organisations: HashMap::new(),
        periods: HashMap::new(),
        items: HashMap::new(),
        unknown: Vec::new(),
        unknown_index: HashMap::new(),
        dated: HashSet::new(),
        former: Vec::new(),
    };
    let mut records = table.records();
    while let Some(record) = records.next(findings) {
        let who = reader.who(&record, findings);
        if who == Who::Nobody {
            continue;
        }
        match &mapping.values {
            Values::Wide(columns) => reader.wide(&record, who, columns, sink, findings),
            Values::Long { item, value, header, power } => {
                let Some(column) = reader.item(&record, *item, *value, header, *power, findings) else { continue };
                let Some(span) = reader.period(&record, findings) else { continue };
                let who = reader.at(&record, who, span);
                if sink.wants(who, span) {
                    let written = record.bytes(*value);
                    sink.take(Seen { who, span, column: &column, parsed: cell::parse(written, &column.shape), written, line: record.line });
                }
            }
        }
    }
    reader.report_unknown(findings);
    reader.report_former(findings);
}

/// Unknown names of a file that get suggestions.
const SUGGESTED: usize = 20;

struct RowReader<'a> {
    mapping: &'a Mapping,
    source: &'a Source,
    known: Known<'a>,
    place: &'a Place,
    organisations: HashMap<Vec<u8>, Who>,
    periods: HashMap<Vec<u8>, Option<Span>>,
    items: HashMap<Vec<u8>, Option<ValueColumn>>,
    /// Unknown names: label, first line, number of rows.
    unknown: Vec<(String, u64, u64)>,
    unknown_index: HashMap<String, usize>,
    /// Cells that hold a name somebody bore at some time: whose figures they are depends on the period.
    dated: HashSet<Vec<u8>>,
    /// Former names met outside their time: name, line, whose.
    former: Vec<(String, u64, OrgId)>,
}

impl RowReader<'_> {
    fn wide(&mut self, record: &Record, who: Who, columns: &[ValueColumn], sink: &mut impl Sink, findings: &mut Vec<Finding>) {
        let of_row = match self.mapping.period {
            RowPeriod::InHeaders => None,
            _ => match self.period(record, findings) {
                Some(span) => Some(span),
                None => return,
            },
        };
        let row_who = of_row.map(|span| self.at(record, who, span));
        if let (Some(who), Some(span)) = (row_who, of_row)
            && !sink.wants(who, span)
        {
            return;
        }
        for column in columns {
            let Some(span) = column.span.or(of_row) else { continue };
            let who = match row_who {
                Some(who) if column.span.is_none() => who,
                _ => self.at(record, who, span),
            };
            if column.span.is_some() && !sink.wants(who, span) {
                continue;
            }
            let written = record.bytes(column.index);
            sink.take(Seen { who, span, column, parsed: cell::parse(written, &column.shape), written, line: record.line });
        }
    }

    /// Looks at the code first, then at the name [D3].
    fn who(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Who {
        let mut first_label = None;
        for index in &self.mapping.organisation {
            let cell = record.bytes(*index);
            if cell.is_empty() {
                continue;
            }
            if let Some(who) = self.organisations.get(cell) {
                if let Who::Nobody = who {
                    first_label.get_or_insert(*index);
                    continue;
                }
                return *who;
            }
            let label = record.text(*index);
            let who = self.decide(label);
            self.organisations.insert(cell.to_vec(), who);
            if self.source.rows.is_empty() && self.somebodys(label).is_some() {
                self.dated.insert(cell.to_vec());
            }
            if who != Who::Nobody {
                return who;
            }
            first_label.get_or_insert(*index);
        }
        self.note_unknown(record, first_label, findings);
        Who::Nobody
    }

    /// Whose figures of this span they are: a former name may be somebody else's by now.
    fn at(&mut self, record: &Record, who: Who, span: Span) -> Who {
        if self.dated.is_empty() || !matches!(who, Who::Organisation(_)) {
            return who;
        }
        let mut cells = self.mapping.organisation.iter().map(|index| (*index, record.bytes(*index)));
        // The cell that named somebody: those before it named nobody.
        let Some((index, cell)) = cells.find(|(_, cell)| self.organisations.get(*cell) == Some(&who)) else { return who };
        if !self.dated.contains(cell) {
            return who;
        }
        let label = record.text(index).trim();
        let registry = self.known.registry;
        match registry.find_in(label, span).or_else(|| registry.find_in(strip_numbering(label), span)) {
            Some(Found::Now(organisation)) => Who::Organisation(organisation),
            Some(Found::OtherTime(organisation)) => {
                if !self.former.iter().any(|(known, _, _)| known == label) {
                    self.former.push((label.to_owned(), record.line, organisation));
                }
                Who::Organisation(organisation)
            }
            None => {
                self.count_unknown(label, record.line);
                Who::Nobody
            }
        }
    }

    fn decide(&self, label: &str) -> Who {
        let plain = strip_numbering(label);
        if !self.source.rows.is_empty() {
            let mapped = |text: &str| self.source.rows.get(&crate::text::normalise(text)).copied();
            return mapped(label).or_else(|| mapped(plain)).map_or(Who::Nobody, Who::Organisation);
        }
        if let Some(organisation) = self.known.registry.find(label).or_else(|| self.known.registry.find(plain)) {
            return Who::Organisation(organisation);
        }
        if let Some(organisation) = self.somebodys(label) {
            return Who::Organisation(organisation);
        }
        match row_kind(label) {
            kind @ (RowKind::Total | RowKind::Subtotal) => Who::Total(kind),
            RowKind::Plain | RowKind::OfWhich => Who::Nobody,
        }
    }

    fn note_unknown(&mut self, record: &Record, index: Option<usize>, findings: &mut Vec<Finding>) {
        if !self.source.rows.is_empty() {
            return;
        }
        let Some(index) = index else {
            findings.push(Finding::new(&codes::NO_ORGANISATION, Place { row: Some(record.line), ..self.place.clone() }));
            return;
        };
        self.count_unknown(record.text(index).trim(), record.line);
    }

    /// Somebody who bore this name at some time.
    fn somebodys(&self, label: &str) -> Option<OrgId> {
        let registry = self.known.registry;
        registry.dated(label).or_else(|| registry.dated(strip_numbering(label)))
    }

    fn count_unknown(&mut self, label: &str, line: u64) {
        let index = *self.unknown_index.entry(label.to_owned()).or_insert_with(|| {
            self.unknown.push((label.to_owned(), line, 0));
            self.unknown.len() - 1
        });
        self.unknown[index].2 += 1;
    }

    fn report_unknown(&self, findings: &mut Vec<Finding>) {
        for (index, (label, line, rows)) in self.unknown.iter().enumerate() {
            let place = Place { row: Some(*line), value: Some(label.clone()), ..self.place.clone() };
            let registry = self.known.registry;
            let code = match row_kind(label) {
                RowKind::OfWhich => &codes::OF_WHICH_ROW,
                _ if registry.is_shared(label) || registry.is_shared(strip_numbering(label)) => &codes::SHARED_NAME,
                _ => &codes::UNKNOWN_ORGANISATION,
            };
            let finding = Finding::new(code, place).with("label", label.clone()).with("rows", rows.to_string());
            // A wholly foreign file would have every name compared with the whole registry.
            let nearest = if index < SUGGESTED { self.known.registry.nearest(strip_numbering(label)) } else { Vec::new() };
            findings.push(finding.suggest(nearest));
        }
    }

    fn report_former(&self, findings: &mut Vec<Finding>) {
        for (label, line, organisation) in &self.former {
            let organisation = self.known.registry.get(*organisation);
            let place =
                Place { row: Some(*line), value: Some(label.clone()), organisation: Some(organisation.code.clone()), ..self.place.clone() };
            findings.push(Finding::new(&codes::FORMER_NAME, place).with("label", label.clone()).with("name", organisation.name.clone()));
        }
    }

    fn period(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Option<Span> {
        let index = match self.mapping.period {
            RowPeriod::Fixed(span) => return Some(span),
            RowPeriod::InHeaders => return None,
            RowPeriod::Column(index) => index,
        };
        let cell = record.bytes(index);
        if let Some(known) = self.periods.get(cell) {
            if known.is_none() {
                findings.push(self.unknown_period(record, index));
            }
            return *known;
        }
        let year = self.place.file.as_deref().and_then(period_text::find_in_path).map(|written| written.span.first().year());
        let span = period_text::parse(record.text(index), year).map(|written| written.span);
        self.periods.insert(cell.to_vec(), span);
        if span.is_none() {
            findings.push(self.unknown_period(record, index));
        }
        span
    }

    fn unknown_period(&self, record: &Record, index: usize) -> Finding {
        let written = record.text(index).to_owned();
        let place = Place { row: Some(record.line), value: Some(written.clone()), ..self.place.clone() };
        Finding::new(&codes::UNKNOWN_PERIOD, place).with("value", written)
    }

    fn item(
        &mut self,
        record: &Record,
        item: usize,
        value: usize,
        header: &str,
        unit: Option<cell::Unit>,
        findings: &mut Vec<Finding>,
    ) -> Option<ValueColumn> {
        let cell = record.bytes(item);
        if let Some(known) = self.items.get(cell) {
            return known.clone();
        }
        let written = record.text(item);
        let in_name = cell::header_unit(written);
        let found = self.known.vocabulary.find(written).or_else(|| self.known.vocabulary.find(in_name.base));
        let column = found.map(|id| {
            let shape: Shape = shape(self.known.vocabulary, id, in_name.unit.or(unit));
            ValueColumn { index: value, header: header.to_owned(), item: id, shape, span: None }
        });
        if column.is_none() {
            let place = Place { row: Some(record.line), value: Some(written.to_owned()), ..self.place.clone() };
            let finding = Finding::new(&codes::UNKNOWN_ITEM, place).with("item", written);
            findings.push(finding.suggest(self.known.vocabulary.nearest(written)));
        }
        self.items.insert(cell.to_vec(), column.clone());
        column
    }
}
