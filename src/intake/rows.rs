//! One pass over the rows of a table: which organisation, which period, which cells.
//!
//! The loader and `trace` read through this same pass, so what explains a figure is what made it.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::{self, Parsed};
use crate::intake::mapping::{Mapping, Plain, RowPeriod, ValueColumn, Values};
use crate::intake::source::{Source, Vocabulary};
use crate::intake::table::{Record, Table};
use crate::intake::total_rows;
use crate::intake::totals::RowKind;
use crate::intake::workbook::address;
use crate::period::Span;
use crate::registry::{OrgId, Registry};

mod items;
mod labels;

use items::Items;
use labels::Labels;

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

impl Seen<'_> {
    /// Where it stands, in the file and sheet of `table`.
    pub fn place(&self, table: &Place) -> Place {
        let cell = table.sheet.is_some().then(|| address(self.column.index, self.line));
        Place { row: Some(self.line), column: Some(self.column.header.clone()), cell, ..table.clone() }
    }
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

/// Names of the source's own maps that a table has, and names it has that nobody reads.
#[derive(Debug, Default)]
pub struct Met {
    /// Names of `[source.columns]`, normalised.
    pub columns: BTreeSet<String>,
    /// Labels of `[source.rows]`, normalised.
    pub rows: BTreeSet<String>,
    /// Headers and items as written.
    pub names: BTreeSet<String>,
    /// Labels of rows as written.
    pub labels: BTreeSet<String>,
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
) -> Met {
    let mut labels = Labels::new(mapping, source, known, place);
    let mut reader = RowReader {
        mapping,
        source,
        known,
        place,
        periods: HashMap::new(),
        key: Vec::new(),
        items: Items::new(&mapping.stated),
        met: Met::default(),
    };
    let mut records = table.records();
    let again = HeaderAgain::new(table, mapping);
    while let Some(record) = records.next(findings) {
        if again.is_other_header(&record) {
            let place = Place { row: Some(record.line), ..place.clone() };
            findings.push(Finding::new(&codes::SECOND_HEADER, place));
            break;
        }
        let who = labels.who(&record, findings);
        if who == Who::Nobody {
            continue;
        }
        if let (Who::Total(kind), true) = (who, reader.is_without_period(&record)) {
            // Over which of the periods it sums is not said.
            let place = Place { row: Some(record.line), ..place.clone() };
            findings.push(Finding::new(&codes::TOTAL_NOT_COMPARED, place).with("label", total_rows::label(Some(kind))));
            continue;
        }
        match &mapping.values {
            Values::Wide(columns) => reader.wide(&record, who, columns, &mut labels, sink, findings),
            Values::Long { item, unit, values } => {
                let columns = reader.item(&record, (*item, *unit), values, findings);
                reader.long(&record, who, &columns, &mut labels, sink, findings);
            }
        }
    }
    labels.report(findings);
    reader.items.report(place, findings);
    let unread = labels.unread().map(str::to_owned).collect();
    Met { rows: labels.met, labels: unread, ..reader.met }
}

/// Recognises a row that names the columns once more.
struct HeaderAgain<'a> {
    /// The column that names the organisation, and its header; the columns of values and theirs.
    first: Option<(usize, &'a str)>,
    values: Vec<(usize, &'a str)>,
}

impl<'a> HeaderAgain<'a> {
    fn new(table: &'a Table, mapping: &'a Mapping) -> Self {
        let header = |index: usize| table.columns.iter().find(|column| column.index == index).map(|column| (index, column.header.as_str()));
        let values = match &mapping.values {
            Values::Wide(columns) => columns.iter().filter_map(|column| header(column.index)).collect(),
            Values::Long { .. } => Vec::new(),
        };
        Self { first: mapping.organisation.first().and_then(|index| header(*index)), values }
    }

    /// True for a header whose columns are others than those of the table: what stands below it is another table.
    fn is_other_header(&self, record: &Record) -> bool {
        let is = |(index, header): &(usize, &str)| record.bytes(*index) == header.as_bytes();
        self.first.as_ref().is_some_and(|first| is(first) && !self.values.iter().all(is))
    }
}

struct RowReader<'a> {
    mapping: &'a Mapping,
    source: &'a Source,
    known: Known<'a>,
    place: &'a Place,
    periods: HashMap<Vec<u8>, Option<Span>>,
    /// The cells of a row's period, one after another.
    key: Vec<u8>,
    items: Items,
    met: Met,
}

impl RowReader<'_> {
    fn wide(
        &mut self,
        record: &Record,
        who: Who,
        columns: &[ValueColumn],
        labels: &mut Labels,
        sink: &mut impl Sink,
        findings: &mut Vec<Finding>,
    ) {
        let of_row = match self.mapping.period {
            RowPeriod::InHeaders => None,
            _ => match self.period(record, findings) {
                Some(span) => Some((labels.at(record, who, span), span)),
                None => return,
            },
        };
        if of_row.is_some_and(|(who, span)| !sink.wants(who, span)) {
            return;
        }
        for column in columns {
            let of_column = column.span.map(|span| (labels.at(record, who, span), span));
            let Some((who, span)) = of_column.or(of_row) else { continue };
            if of_column.is_some() && !sink.wants(who, span) {
                continue;
            }
            let written = record.bytes(column.index);
            sink.take(Seen { who, span, column, parsed: cell::parse(written, &column.shape), written, line: record.line });
        }
    }

    fn is_without_period(&self, record: &Record) -> bool {
        match self.mapping.period {
            RowPeriod::Columns(columns) => {
                columns.year.into_iter().chain([columns.column]).all(|column| record.text(column).trim().is_empty())
            }
            RowPeriod::Fixed(_) | RowPeriod::InHeaders => false,
        }
    }

    fn period(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Option<Span> {
        let columns = match self.mapping.period {
            RowPeriod::Fixed(span) => return Some(span),
            RowPeriod::InHeaders => return None,
            RowPeriod::Columns(columns) => columns,
        };
        self.key.clear();
        if let Some(year) = columns.year {
            self.key.extend_from_slice(record.bytes(year));
            self.key.push(b' ');
        }
        self.key.extend_from_slice(record.bytes(columns.column));
        if let Some(known) = self.periods.get(&self.key) {
            if known.is_none() {
                findings.push(self.unknown_period(record));
            }
            return *known;
        }
        let year = columns.year.map_or("", |year| record.text(year));
        let span = columns.read(year, record.text(columns.column), self.mapping.year);
        self.periods.insert(self.key.clone(), span);
        if span.is_none() {
            findings.push(self.unknown_period(record));
        }
        span
    }

    fn unknown_period(&self, record: &Record) -> Finding {
        let written = String::from_utf8_lossy(&self.key).into_owned();
        let place = Place { row: Some(record.line), value: Some(written.clone()), ..self.place.clone() };
        Finding::new(&codes::UNKNOWN_PERIOD, place).with("value", written)
    }

    fn long(
        &mut self,
        record: &Record,
        who: Who,
        columns: &[ValueColumn],
        labels: &mut Labels,
        sink: &mut impl Sink,
        findings: &mut Vec<Finding>,
    ) {
        for column in columns {
            let Some(span) = column.span.or_else(|| self.period(record, findings)) else { return };
            let who = labels.at(record, who, span);
            if sink.wants(who, span) {
                let written = record.bytes(column.index);
                sink.take(Seen { who, span, column, parsed: cell::parse(written, &column.shape), written, line: record.line });
            }
        }
    }

    /// The value columns of a row, for its item and unit; none where they are not known.
    fn item(
        &mut self,
        record: &Record,
        (item, unit): (usize, Option<usize>),
        values: &[Plain],
        findings: &mut Vec<Finding>,
    ) -> Rc<[ValueColumn]> {
        let (name, unit) = (record.bytes(item), unit.map_or("", |unit| record.text(unit)));
        if let Some(known) = self.items.get(name, unit) {
            return known;
        }
        let row = items::Row { name: record.text(item), unit: unit.trim(), place: Place { row: Some(record.line), ..self.place.clone() } };
        let columns = self.items.decide(&row, values, (self.source, self.known.vocabulary), &mut self.met, findings);
        self.items.keep(name, unit, columns)
    }
}
