//! The units table of targets and of pay: who takes part, and sizes and amounts by named columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::dividing::sheet::{Figure, Names, Row, Sheet};
use crate::codes::input as codes;
use crate::definition::located::Words;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::number::Exact;
use crate::text::{nearest, normalise};

/// Columns of a units table beside those a definition names.
pub(super) const NAMES: Names = Names {
    known: &[
        ("unit", "unit"),
        ("code", "unit"),
        ("id", "unit"),
        ("考核对象", "unit"),
        ("代码", "unit"),
        ("机构代码", "unit"),
        ("name", "name"),
        ("名称", "name"),
        ("机构名称", "name"),
    ],
    needed: &["unit"],
    is_open: true,
};

/// Units by key and name.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// Key and name, in order.
    pub(super) units: Vec<(String, String)>,
    by_name: BTreeMap<String, usize>,
}

impl Keys {
    /// Units in this order; a key goes before a name.
    pub(super) fn new(units: Vec<(String, String)>) -> Self {
        let names = units.iter().enumerate().map(|(at, (_, name))| (normalise(name), at));
        let keys = units.iter().enumerate().map(|(at, (key, _))| (normalise(key), at));
        let by_name = names.chain(keys).filter(|(name, _)| !name.is_empty()).collect();
        Self { units, by_name }
    }

    /// The unit a row is about, or that there is none.
    pub(super) fn of(&self, sheet: &Sheet, row: &Row, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
        let written = sheet.cell(row, "unit");
        if written.is_empty() {
            diagnostics.push(sheet.blank(row, "unit", &row.line.to_string()));
            return None;
        }
        let found = self.by_name.get(&normalise(written)).copied();
        if found.is_none() {
            let near = nearest(written, self.units.iter().map(|(key, _)| key.as_str()));
            diagnostics.push(Diagnostic::new(&codes::UNKNOWN_UNIT, sheet.origin_of(row, "unit")).with("unit", written).suggest(near));
        }
        found
    }
}

/// Every unit with its row.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// The units.
    pub(super) keys: Keys,
    sheet: Sheet,
    /// Index of the row, parallel to the units; `None` where a unit has none.
    rows: Vec<Option<usize>>,
}

impl Members {
    /// The units are those of the table, in its order.
    pub(super) fn of_table(sheet: Sheet, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut units: Vec<(String, String)> = Vec::new();
        let mut rows = Vec::new();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        for (at, row) in sheet.rows.iter().enumerate() {
            let (key, name) = (sheet.cell(row, "unit"), sheet.cell(row, "name"));
            if key.is_empty() {
                diagnostics.push(sheet.blank(row, "unit", &row.line.to_string()));
            } else if let Some(other) = lines.insert(normalise(key), row.line) {
                diagnostics.push(sheet.twice(row, key, other));
            } else {
                units.push((key.to_owned(), if name.is_empty() { key } else { name }.to_owned()));
                rows.push(Some(at));
            }
        }
        Self { keys: Keys::new(units), sheet, rows }
    }

    /// The units are known; each has its row in the table, or is left without figures.
    pub(super) fn of_units(keys: Keys, sheet: Sheet, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut rows: Vec<Option<usize>> = vec![None; keys.units.len()];
        for (at, row) in sheet.rows.iter().enumerate() {
            let Some(unit) = keys.of(&sheet, row, diagnostics) else { continue };
            match rows[unit] {
                Some(other) => diagnostics.push(sheet.twice(row, sheet.cell(row, "unit"), sheet.rows[other].line)),
                None => rows[unit] = Some(at),
            }
        }
        Self { keys, sheet, rows }
    }

    /// Names of the units that have no row.
    pub(super) fn without_row(&self) -> impl Iterator<Item = &str> {
        let units = self.rows.iter().zip(&self.keys.units);
        units.filter(|(row, _)| row.is_none()).map(|(_, (_, name))| name.as_str())
    }

    /// The figures of a column that a definition names, parallel to the units; each must be there.
    pub(super) fn sizes(&self, column: &Words, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Exact>> {
        let rows = self.rows_with(column, file, diagnostics)?;
        let size = |(row, name): (Option<&Row>, &str)| row.and_then(|row| self.sheet.needed(row, &column.value, name, diagnostics));
        let all: Vec<Option<Exact>> = rows.into_iter().map(size).collect();
        all.into_iter().collect()
    }

    /// The same of a column that may be blank.
    pub(super) fn limits(&self, column: &Words, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Option<Exact>>> {
        let rows = self.rows_with(column, file, diagnostics)?;
        let limit = |(row, _): (Option<&Row>, &str)| match self.sheet.figure(row?, &column.value, diagnostics) {
            Figure::Is(limit) => Some(limit),
            Figure::Blank | Figure::Refused => None,
        };
        Some(rows.into_iter().map(limit).collect())
    }

    /// Row and name of every unit, if the table has the column.
    fn rows_with(&self, column: &Words, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<(Option<&Row>, &str)>> {
        if !self.sheet.has(&column.value) {
            diagnostics.push(self.sheet.no_column(&column.value, column.origin(file)));
            return None;
        }
        let units = self.rows.iter().zip(&self.keys.units);
        Some(units.map(|(row, (_, name))| (row.and_then(|row| self.sheet.rows.get(row)), name.as_str())).collect())
    }
}
