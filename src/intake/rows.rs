//! One pass over the rows of a table: which organisation, which period, which cells.
//!
//! The loader and `trace` read through this same pass, so what explains a figure is what made it.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::{Digits, Quick};
use crate::intake::mapping::{Mapping, PeriodColumns, Plain, RowPeriod, ValueColumn, Values};
use crate::intake::progress;
use crate::intake::source::{Source, Vocabulary};
use crate::intake::table::{Batch, Kept, Record, Table, of_row};
use crate::period::Span;
use crate::registry::Registry;
use crate::text::mixed::Mixed;

mod header_again;
mod items;
mod labels;
mod repeats;
mod seen;
mod worked;

use crate::intake::persons::{Looks, Persons};
use header_again::HeaderAgain;
use items::Items;
use labels::Labels;
use repeats::Repeats;
pub use seen::{Seen, SeenRow, Timeless, Who};
use worked::Worked;

/// What is done with cells.
pub trait Sink {
    /// Sees the columns of a wide table, before its rows.
    fn begin(&mut self, _: &[ValueColumn]) {}
    /// Whether rows of this organisation and period are wanted at all.
    fn wants(&mut self, who: Who, span: Span) -> bool;
    /// Takes a cell.
    fn take(&mut self, seen: Seen);
    /// Takes the cells of a row, all of them of one period.
    #[inline]
    fn take_row(&mut self, row: &SeenRow) {
        row.cells().for_each(|seen| self.take(seen));
    }
    /// Takes the cells of a row of the same organisation and period as the one that was taken last, if of none of them is more
    /// to be said than what it is; else it takes none, and they are to be taken as a row.
    #[inline]
    fn takes_again(&mut self, _: &[ValueColumn], _: &[Digits]) -> bool {
        false
    }
    /// Takes a cell of a total row that names no period.
    fn take_timeless(&mut self, _: Timeless) {}
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
        periods: HashMap::default(),
        key: Vec::new(),
        last: None,
        is_taken: false,
        items: Items::new(&mapping.stated),
        quick: Vec::new(),
        met: Met::default(),
    };
    let wide = match &mapping.values {
        Values::Wide(columns) => {
            sink.begin(columns);
            Periods::of(columns)
        }
        Values::Long { .. } => Periods::default(),
    };
    let again = HeaderAgain::new(table, mapping);
    let mut persons = Persons::default();
    let looks = Looks::new(table, mapping);
    let mut rows = progress::Rows::default();
    let repeats = Repeats::new(mapping);
    let work = |rows: &Batch, worked: &mut Worked| {
        looks.see(rows, &mut worked.persons);
        worked.see(rows, &mapping.values, &repeats);
    };
    let take = |row: Kept, number: usize, worked: &Worked, findings: &mut Vec<Finding>| {
        rows.pass(row.start());
        if number == 0 {
            reader.items.begin_stretch();
        }
        persons.add(row.line(), number, &worked.persons);
        let repeated = worked.repeats.get(number).copied().unwrap_or_default();
        // Most rows of a long table are of the organisation and period of the row before: of those only the cells are looked at.
        if let Values::Long { values, .. } = &mapping.values
            && reader.is_taken
            && repeated.is_whole()
            && let Some(columns) = reader.items.of_stretch(worked.items.of(number))
            && sink.takes_again(columns, of_row(&worked.digits, number, values.len()))
        {
            return ControlFlow::Continue(());
        }
        reader.is_taken = false;
        let record = &row.record();
        if again.is_other_header(record) {
            let place = Place { row: Some(record.line), ..place.clone() };
            findings.push(Finding::new(&codes::SECOND_HEADER, place));
            return ControlFlow::Break(());
        }
        let who = labels.who(record, repeated.labels, findings);
        reader.last = reader.last.filter(|_| repeated.period);
        match &mapping.values {
            _ if who == Who::Nobody => {}
            Values::Wide(columns) => {
                let cells = of_row(&worked.cells, number, columns.len());
                reader.cells((record, who), (columns, cells, wide), &mut labels, sink, findings);
            }
            Values::Long { item, unit, values } => {
                let columns = reader.item(record, worked.items.of(number), (*item, *unit), values, findings);
                let digits = of_row(&worked.digits, number, values.len());
                let mut quick = std::mem::take(&mut reader.quick);
                quick.clear();
                // Where a column has no unit, the others do not stand in the order of the cells.
                if columns.len() == values.len() {
                    quick.extend(columns.iter().zip(digits).map(|(column, digits)| digits.of_shape(&column.shape)));
                }
                reader.cells((record, who), (&columns, &quick, Periods::of(&columns)), &mut labels, sink, findings);
                reader.quick = quick;
            }
        }
        ControlFlow::Continue(())
    };
    table.each_row(work, take, findings);
    labels.report(findings);
    persons.report(&looks, place, findings);
    reader.items.report(place, findings);
    let unread = labels.unread().map(str::to_owned).collect();
    Met { rows: labels.met, labels: unread, ..reader.met }
}

/// Whose periods the cells of a row are of.
#[derive(Debug, Clone, Copy, Default)]
struct Periods {
    /// True if some are of the row's.
    row: bool,
    /// True if some are of their column's.
    column: bool,
}

impl Periods {
    #[inline]
    fn of(columns: &[ValueColumn]) -> Self {
        let column = columns.iter().any(|column| column.span.is_some());
        Self { row: columns.iter().any(|column| column.span.is_none()), column }
    }
}

struct RowReader<'a> {
    mapping: &'a Mapping,
    source: &'a Source,
    known: Known<'a>,
    place: &'a Place,
    periods: HashMap<Vec<u8>, Option<Span>, Mixed>,
    /// The cells of a row's period, one after another.
    key: Vec<u8>,
    /// The period of the row before, where it is known.
    last: Option<Span>,
    /// True if the row before was taken whole, and was somebody's.
    is_taken: bool,
    items: Items,
    /// Cells of the row at hand.
    quick: Vec<Quick>,
    met: Met,
}

impl RowReader<'_> {
    /// The cells of a row, each of its own period or that of the row.
    fn cells(
        &mut self,
        (record, who): (&Record, Who),
        (columns, quick, periods): (&[ValueColumn], &[Quick], Periods),
        labels: &mut Labels,
        sink: &mut impl Sink,
        findings: &mut Vec<Finding>,
    ) {
        // Nearly always all cells are of the row's own period.
        if !periods.column && !matches!(who, Who::Total(_)) {
            let span = if periods.row { self.period(record, findings) } else { None };
            let Some(span) = span else { return };
            let who = labels.at(record, who, span);
            if sink.wants(who, span) {
                sink.take_row(&SeenRow { who, span, columns, quick, record });
                self.is_taken = labels.are_known() && matches!(who, Who::Organisation(_));
            }
            return;
        }
        let timeless = match who {
            Who::Total(kind) if periods.row && self.is_without_period(record) => Some(kind),
            _ => None,
        };
        let of_row = if periods.row && timeless.is_none() { self.period(record, findings) } else { None };
        let of_row = of_row.map(|span| (labels.at(record, who, span), span)).filter(|(who, span)| sink.wants(*who, *span));
        let line = record.line;
        if !periods.column && timeless.is_none() {
            if let Some((who, span)) = of_row {
                sink.take_row(&SeenRow { who, span, columns, quick, record });
            }
            return;
        }
        for (at, column) in columns.iter().enumerate() {
            let of_column = column.span.map(|span| (labels.at(record, who, span), span)).filter(|(who, span)| sink.wants(*who, *span));
            let whose = if column.span.is_some() { of_column } else { of_row };
            if whose.is_none() && (timeless.is_none() || column.span.is_some()) {
                continue;
            }
            let written = record.bytes(column.index);
            let parsed = seen::parsed(written, &column.shape, quick.get(at));
            match (whose, timeless) {
                (Some((who, span)), _) => sink.take(Seen { who, span, column, parsed, written, line }),
                (None, Some(kind)) => sink.take_timeless(Timeless { kind, column, parsed, written, line }),
                (None, None) => {}
            }
        }
    }

    fn is_without_period(&self, record: &Record) -> bool {
        match self.mapping.period {
            RowPeriod::Columns(columns) => columns.each().all(|column| record.text(column).trim().is_empty()),
            RowPeriod::Fixed(_) | RowPeriod::InHeaders => false,
        }
    }

    #[inline]
    fn period(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Option<Span> {
        let columns = match self.mapping.period {
            RowPeriod::Fixed(span) => return Some(span),
            RowPeriod::InHeaders => return None,
            RowPeriod::Columns(columns) => columns,
        };
        if self.last.is_some() {
            return self.last;
        }
        self.last = self.look_up(record, columns, findings);
        self.last
    }

    fn look_up(&mut self, record: &Record, columns: PeriodColumns, findings: &mut Vec<Finding>) -> Option<Span> {
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
        let place = Place { row: Some(record.line), value: Some(written.as_str().into()), ..self.place.clone() };
        Finding::new(&codes::UNKNOWN_PERIOD, place).with("value", written)
    }

    /// The value columns of a row, for its item and unit, or for their number in the stretch; none where they are not known.
    fn item(
        &mut self,
        record: &Record,
        number: Option<usize>,
        (item, unit): (usize, Option<usize>),
        values: &[Plain],
        findings: &mut Vec<Finding>,
    ) -> Rc<[ValueColumn]> {
        if let Some(known) = self.items.of_stretch(number) {
            return Rc::clone(known);
        }
        let (name, unit) = (record.bytes(item), unit.map_or("", |unit| record.text(unit)));
        let columns = self.items.get(name, unit).unwrap_or_else(|| {
            let place = Place { row: Some(record.line), ..self.place.clone() };
            let row = items::Row { name: record.text(item), unit: unit.trim(), place };
            let columns = self.items.decide(&row, values, (self.source, self.known.vocabulary), &mut self.met, findings);
            self.items.keep(name, unit, columns)
        });
        self.items.keep_for_stretch(number, &columns);
        columns
    }
}
