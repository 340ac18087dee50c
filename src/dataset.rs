//! The dataset (数据集): organisation × span × item → exact value with its state.
//!
//! Rows are the distinct (organisation, span) pairs; a column per item holds whole steps [N1].
//! Where a value came from is not kept: `trace` finds it again by reading the same files.

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::ItemId;
use crate::period::Span;
use crate::registry::OrgId;

mod column;
mod replaced;
mod rows;

pub use replaced::{Figure, Replaced, period};

use column::Column;
use replaced::Replacements;
use rows::Rows;

/// The cell of one organisation, span and item [S1].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was reported.
    Missing,
    /// A value in steps of the item.
    Value(i64),
    /// Something was reported but may not be used.
    Rejected,
}

/// What identifies a value [T2].
pub type Key = (OrgId, Span, ItemId);

/// Which of two values of one key counts, by the source that is read later [D2].
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefer {
    /// The one read before.
    First,
    /// The one read now.
    Latest,
}

/// What happened when a value was put where one stood already [D2].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is the first.
    New,
    /// The same value stood there; it is kept once.
    Same,
    /// Another value stood there; both are rejected.
    Conflict,
    /// Another value stood there; the source says which of them counts.
    Chosen,
}

/// What is kept of two cells of one key [D2]. Of a rejected cell nothing but its place in the order
/// counts: what is read first stays, if the first is preferred.
pub fn meet(before: Cell, now: Cell, prefer: Option<Prefer>) -> (Cell, Put) {
    match (before, now, prefer) {
        (_, Cell::Missing, _) => (before, Put::New),
        (Cell::Missing, _, _) => (now, Put::New),
        (Cell::Value(old), Cell::Value(new), _) if old == new => (before, Put::Same),
        (_, _, None) => (Cell::Rejected, Put::Conflict),
        (_, _, Some(Prefer::First)) => (before, Put::Chosen),
        (_, _, Some(Prefer::Latest)) => (now, Put::Chosen),
    }
}

/// A row of the dataset while it is being filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row(u32);

impl Row {
    /// True if it stands right behind another one.
    pub fn follows(self, other: Self) -> bool {
        self.0.checked_sub(1) == Some(other.0)
    }
}

/// The cells of one item, by row.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'d>(&'d Column);

impl Cells<'_> {
    /// The cell of a row.
    #[inline]
    pub fn of(self, row: Row) -> Cell {
        self.0.get(row.0 as usize)
    }

    /// The sum of the cells of so many rows, one behind the other, from this one on, if it is seen at once that all of them are
    /// values.
    #[inline]
    pub fn total(self, row: Row, rows: usize) -> Option<i64> {
        self.0.total(row.0 as usize, rows)
    }

    /// The cells of so many rows, one behind the other, from this one on.
    #[inline]
    pub fn from(self, row: Row, rows: usize, take: impl FnMut(Cell)) {
        self.0.from(row.0 as usize, rows, take);
    }
}

/// All reported values.
#[derive(Debug, Default, Clone)]
pub struct Dataset {
    rows: Rows,
    columns: Vec<Column>,
    replaced: BTreeMap<(OrgId, ItemId), Replacements>,
    /// Items that count persons, each once in a span: values of shorter spans do not add up to a longer one.
    persons: BTreeSet<ItemId>,
    /// Numbers of the checks that rejected values.
    rejected: BTreeMap<(OrgId, ItemId), BTreeMap<Span, Vec<usize>>>,
}

impl Dataset {
    /// An empty dataset for this many items.
    pub fn new(items: usize) -> Self {
        Self { columns: vec![Column::default(); items], ..Self::default() }
    }

    /// The row of an organisation and span, made if it is new.
    pub fn row(&mut self, organisation: OrgId, span: Span) -> Row {
        self.rows.row(organisation, span)
    }

    /// Gives back room that was kept for more rows.
    pub fn give_back(&mut self) {
        self.rows.give_back();
    }

    /// Puts a cell; missing cells leave what stands there, different ones reject both unless one is
    /// preferred [D2].
    pub fn put(&mut self, row: Row, item: ItemId, cell: Cell, prefer: Option<Prefer>) -> Put {
        if matches!(cell, Cell::Missing) {
            return Put::New;
        }
        let (column, at) = (&mut self.columns[item.0], row.0 as usize);
        let (kept, put) = meet(column.get(at), cell, prefer);
        column.set(at, kept);
        put
    }

    /// Puts values of an item, in steps, into so many rows that hold nothing of it yet, one behind the other from this one on.
    pub fn fill(&mut self, item: ItemId, first: Row, rows: usize, steps: impl Fn(usize) -> Option<i64>) {
        self.columns[item.0].fill(first.0 as usize, rows, steps);
    }

    /// Notes that an item counts persons, each once in a span.
    pub fn count_persons(&mut self, item: ItemId) {
        self.persons.insert(item);
    }

    /// True for an item whose values of shorter spans do not add up to a longer one.
    pub fn counts_persons(&self, item: ItemId) -> bool {
        self.persons.contains(&item)
    }

    /// Rejects the value of a key, where there is one, on the ground of a check of the catalogue.
    pub fn reject(&mut self, (organisation, span, item): Key, check: usize) {
        let Some(row) = self.rows.find(organisation, span) else { return };
        let (column, at) = (&mut self.columns[item.0], row.0 as usize);
        if column.get(at) != Cell::Missing {
            column.set(at, Cell::Rejected);
            let checks = self.rejected.entry((organisation, item)).or_default().entry(span).or_default();
            if !checks.contains(&check) {
                checks.push(check);
            }
        }
    }

    /// The checks that rejected values of an organisation and item, by the span of the value.
    pub fn rejected_by(&self, organisation: OrgId, item: ItemId) -> impl Iterator<Item = (Span, &[usize])> {
        self.rejected.get(&(organisation, item)).into_iter().flatten().map(|(span, checks)| (*span, checks.as_slice()))
    }

    /// Puts a cell in the place of what stands there.
    pub fn replace(&mut self, key: Key, cell: Cell, replaced: Replaced) {
        self.set(key, cell);
        self.record(key, replaced);
        let (organisation, span, item) = key;
        self.replaced.entry((organisation, item)).or_default().changed.insert(span, vec![span]);
    }

    /// Remembers what replaced a reported figure that is no value itself: a running total [T5].
    pub fn record(&mut self, (organisation, span, item): Key, replaced: Replaced) {
        self.replaced.entry((organisation, item)).or_default().made.insert(span, replaced);
    }

    /// Says which replaced figures a value hangs on, by their spans.
    pub fn hang(&mut self, (organisation, span, item): Key, on: Vec<Span>) {
        if !on.is_empty() {
            self.replaced.entry((organisation, item)).or_default().changed.insert(span, on);
        }
    }

    /// Puts a cell whatever stands there.
    pub fn set(&mut self, (organisation, span, item): Key, cell: Cell) {
        let row = self.row(organisation, span);
        self.columns[item.0].set(row.0 as usize, cell);
    }

    /// What replaced the reported figure of a key.
    pub fn replacement(&self, (organisation, span, item): Key) -> Option<&Replaced> {
        self.replaced.get(&(organisation, item))?.made.get(&span)
    }

    /// The replaced figure that a value is, or ends with [T5].
    pub fn behind(&self, (organisation, span, item): Key) -> Option<&Replaced> {
        let of = self.replaced.get(&(organisation, item))?;
        let on = of.changed.get(&span)?.iter().find(|on| on.last() == span.last())?;
        of.made.get(on)
    }

    /// The values of one organisation and item that were replaced or hang on figures that were, with the
    /// spans of these.
    pub fn replacements(&self, organisation: OrgId, item: ItemId) -> impl Iterator<Item = (Span, &[Span])> {
        let of = self.replaced.get(&(organisation, item));
        of.into_iter().flat_map(|of| &of.changed).map(|(span, on)| (*span, on.as_slice()))
    }

    /// Every figure that was replaced.
    pub fn all_replaced(&self) -> impl Iterator<Item = (Key, &Replaced)> {
        self.replaced
            .iter()
            .flat_map(|((organisation, item), of)| of.made.iter().map(move |(span, replaced)| ((*organisation, *span, *item), replaced)))
    }

    /// The cells of one organisation and item that hold something, in span order.
    pub fn series(&self, organisation: OrgId, item: ItemId) -> impl Iterator<Item = (Span, Cell)> + '_ {
        let column = &self.columns[item.0];
        let cells = self.rows.of(organisation).map(|(span, row)| (span, column.get(row.0 as usize)));
        cells.filter(|(_, cell)| *cell != Cell::Missing)
    }

    /// The cell of a key.
    pub fn get(&self, (organisation, span, item): Key) -> Cell {
        self.rows.find(organisation, span).map_or(Cell::Missing, |row| self.at(row, item))
    }

    /// The rows of an organisation with their spans, in order.
    pub fn rows(&self, organisation: OrgId) -> impl Iterator<Item = (Span, Row)> + '_ {
        self.rows.of(organisation)
    }

    /// Every row, in the order in which they were met.
    pub fn all_rows(&self) -> impl Iterator<Item = (OrgId, Span, Row)> + '_ {
        self.rows.all()
    }

    /// Every cell that holds something, in the order in which its row was met.
    pub fn cells(&self) -> impl Iterator<Item = (Key, Cell)> + '_ {
        let items = (0..self.columns.len()).map(ItemId);
        self.all_rows().flat_map(move |(organisation, span, row)| {
            let cells = items.clone().map(move |item| ((organisation, span, item), self.at(row, item)));
            cells.filter(|(_, cell)| *cell != Cell::Missing)
        })
    }

    /// True if any organisation reported something of the item.
    pub fn holds(&self, item: ItemId) -> bool {
        !self.columns[item.0].is_empty()
    }

    /// The cells of an item, by row.
    pub fn cells_of(&self, item: ItemId) -> Cells<'_> {
        Cells(&self.columns[item.0])
    }

    /// The cell of a row.
    pub fn at(&self, row: Row, item: ItemId) -> Cell {
        self.cells_of(item).of(row)
    }

    /// The number of (organisation, span) rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if nothing was read.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::number::Exact;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    /// D2: equal values are kept once, different values reject both. S1: 0 is reported.
    #[test]
    fn the_same_key_twice_keeps_equal_values_and_rejects_different_ones() {
        let mut data = Dataset::new(2);
        let row = data.row(OrgId(0), span("2025-01"));
        assert_eq!(data.put(row, ItemId(0), Cell::Value(0), None), Put::New);
        assert_eq!(data.put(row, ItemId(0), Cell::Value(0), None), Put::Same);
        assert_eq!(data.get((OrgId(0), span("2025-01"), ItemId(0))), Cell::Value(0));
        assert_eq!(data.put(row, ItemId(0), Cell::Value(5), None), Put::Conflict);
        assert_eq!(data.get((OrgId(0), span("2025-01"), ItemId(0))), Cell::Rejected);
        assert_eq!(data.get((OrgId(0), span("2025-01"), ItemId(1))), Cell::Missing);
    }

    /// D2: with `prefer` the value read first, or the one read last, counts.
    #[test]
    fn a_preferred_value_counts() {
        let mut data = Dataset::new(2);
        let row = data.row(OrgId(0), span("2025"));
        for (item, prefer, kept) in [(ItemId(0), Prefer::First, 3402), (ItemId(1), Prefer::Latest, 3648)] {
            assert_eq!(data.put(row, item, Cell::Value(3402), Some(prefer)), Put::New);
            assert_eq!(data.put(row, item, Cell::Value(3648), Some(prefer)), Put::Chosen);
            assert_eq!(data.get((OrgId(0), span("2025"), item)), Cell::Value(kept));
        }
        assert_eq!(data.put(row, ItemId(0), Cell::Missing, Some(Prefer::Latest)), Put::New);
        assert_eq!(data.get((OrgId(0), span("2025"), ItemId(0))), Cell::Value(3402));
    }

    /// S1: what replaces a reported value counts, and what was reported is kept beside it.
    #[test]
    fn a_replaced_value_counts_and_remembers_what_it_was() {
        let mut data = Dataset::new(1);
        let key = (OrgId(0), span("2025-01"), ItemId(0));
        let row = data.row(OrgId(0), span("2025-01"));
        data.put(row, ItemId(0), Cell::Value(100), None);
        let replaced = Replaced {
            was: Figure::Number(Exact::from(100)),
            now: Figure::Number(Exact::from(10)),
            is_running_total: false,
            place: Place { file: Some("c.csv".into()), row: Some(2), ..Place::default() },
            note: String::new(),
        };
        data.replace(key, Cell::Value(10), replaced.clone());
        let added = (OrgId(0), span("2025-02"), ItemId(0));
        data.replace(added, Cell::Value(7), Replaced { was: Figure::Nothing, ..replaced.clone() });
        assert_eq!(data.series(OrgId(0), ItemId(0)).map(|(_, cell)| cell).collect::<Vec<_>>(), [Cell::Value(10), Cell::Value(7)]);
        assert_eq!(data.replacement(key), Some(&replaced));
    }

    #[test]
    fn series_are_in_span_order_whatever_the_order_of_rows() {
        let mut data = Dataset::new(1);
        for (organisation, period, value) in [(1, "2025-02", 2), (0, "2025-03", 9), (1, "2025-01", 1)] {
            let row = data.row(OrgId(organisation), span(period));
            data.put(row, ItemId(0), Cell::Value(value), None);
        }
        let series: Vec<_> = data.series(OrgId(1), ItemId(0)).collect();
        assert_eq!(series, [(span("2025-01"), Cell::Value(1)), (span("2025-02"), Cell::Value(2))]);
    }
}
