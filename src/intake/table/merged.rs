//! Labels merged over several rows of a sheet: the name of an organisation over its twelve months.

use super::cells::Buffer;
use super::{Record, Table};
use crate::codes::data;
use crate::finding::{Finding, Place};
use crate::intake::width::is_blank;
use crate::intake::workbook::{Area, Hidden, Sheet, address};
use crate::text::{Shared, Text, list};

/// The rows, first and last, over which cells of a column are merged.
#[derive(Debug, Clone)]
pub(super) struct Fill {
    column: usize,
    rows: Vec<(u64, u64)>,
}

/// Addresses that a message lists.
const SHOWN: usize = 5;

impl Table<'_> {
    /// Lets the labels in these columns hold for every row over which they are merged, and says so.
    pub fn fill_down(&mut self, merged: &[Area], columns: &[usize]) {
        for column in columns {
            let mut rows: Vec<(u64, u64)> = self.upright(merged).filter(|area| area.columns.0 == *column).map(|area| area.rows).collect();
            rows.sort_unstable();
            let Some((first, _)) = rows.first() else { continue };
            let header = self.header(*column).unwrap_or_default();
            let place = Place { row: Some(*first), column: Some(header.clone()), ..self.place.clone() };
            let finding = Finding::new(&data::MERGED_LABELS, place).with("header", header);
            self.findings.push(finding.with("count", rows.len().to_string()));
            self.fills.push(Fill { column: *column, rows });
        }
    }

    /// Warns of figures merged over several rows: a workbook keeps them in the first one alone.
    pub fn note_merged_figures(&mut self, merged: &[Area], columns: &[usize]) {
        let areas: Vec<&Area> = self.upright(merged).filter(|area| columns.contains(&area.columns.0)).collect();
        let Some(area) = areas.first() else { return };
        let shown = |area: &&Area| format!("{}:{}", address(area.columns.0, area.rows.0), address(area.columns.1, area.rows.1));
        let more = if areas.len() > SHOWN { " …" } else { "" };
        let cells = areas.iter().take(SHOWN).map(shown).collect::<Vec<_>>().join(" · ") + more;
        let place = Place { row: Some(area.rows.0), column: self.header(area.columns.0), ..self.place.clone() };
        self.findings.push(Finding::new(&data::MERGED_FIGURES, place).with("cells", cells));
    }

    /// Notes hidden rows and columns that are read like others.
    pub fn note_hidden(&mut self, sheet: &Sheet, columns: &[usize]) {
        if sheet.hidden == Hidden::default() {
            return;
        }
        let last = u64::try_from(sheet.text.lines().count()).unwrap_or(u64::MAX);
        let shown = |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
        let rows: Vec<String> = sheet.hidden.rows_in((self.body.line, last)).iter().map(shown).collect();
        let headers = columns.iter().filter(|column| sheet.hidden.has_column(**column)).filter_map(|column| self.header(*column));
        let columns: Vec<Shared> = headers.collect();
        if rows.is_empty() && columns.is_empty() {
            return;
        }
        let more = if rows.len() > SHOWN { " …" } else { "" };
        let rows = rows.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ") + more;
        let part = |zh: &str, en: &str, list: String| {
            if list.is_empty() { Text::default() } else { Text::new(format!("{zh} {list}"), format!("{en} {list}")) }
        };
        let parts = [part("行", "rows", rows), part("列", "columns", columns.join(" · "))];
        let finding = Finding::new(&data::HIDDEN_CELLS, self.place.clone());
        self.findings.push(finding.with("cells", list(parts.iter().filter(|part| **part != Text::default()))));
    }

    /// The areas of several rows below the column names.
    fn upright<'m>(&self, merged: &'m [Area]) -> impl Iterator<Item = &'m Area> + use<'m> {
        let from = self.body.line;
        merged.iter().filter(move |area| area.rows.0 >= from && area.rows.0 < area.rows.1)
    }

    fn header(&self, index: usize) -> Option<Shared> {
        self.columns.iter().find(|column| column.index == index).map(|column| column.header.clone())
    }
}

/// A label on its way down.
pub(super) struct Carried<'t> {
    fill: &'t Fill,
    /// The area at hand.
    next: usize,
    text: Vec<u8>,
}

impl<'t> Carried<'t> {
    pub(super) fn of(table: &'t Table) -> Vec<Self> {
        table.fills.iter().map(|fill| Carried { fill, next: 0, text: Vec::new() }).collect()
    }

    /// The label that belongs into this cell, and its column.
    fn label(&mut self, record: &Record) -> Option<(usize, &[u8])> {
        let line = record.line;
        while self.fill.rows.get(self.next).is_some_and(|(_, last)| *last < line) {
            self.next += 1;
            self.text.clear();
        }
        let (first, _) = self.fill.rows.get(self.next)?;
        if line == *first {
            self.text = record.bytes(self.fill.column).to_vec();
        }
        let is_empty = record.text(self.fill.column).chars().all(is_blank);
        (line > *first && is_empty && !self.text.is_empty()).then_some((self.fill.column, self.text.as_slice()))
    }
}

/// The record with the labels that are merged down into it; `None` where there are none.
pub(super) fn filled(carried: &mut [Carried], record: &Record) -> Option<Buffer> {
    let cells = record.cells;
    let labels: Vec<(usize, &[u8])> = carried.iter_mut().filter_map(|carried| carried.label(record)).collect();
    let width = labels.iter().map(|(column, _)| column + 1).max()?.max(cells.len());
    let label = |at: usize| labels.iter().find(|(column, _)| *column == at).map(|(_, text)| *text);
    Some((0..width).map(|at| label(at).unwrap_or_else(|| cells.get(at).unwrap_or_default())).collect())
}
