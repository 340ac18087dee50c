//! A small table whose columns are found by what their names mean, held whole: sizes of units, what was agreed on,
//! pools of money, work done.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::registry::line_origin;
use crate::codes::input as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::finding::Place;
use crate::intake::cell::{self, Shape, Unit, header_unit};
use crate::intake::table::{Delimiter, Head, Spans, Table};
use crate::number::Exact;
use crate::text::{Text, nearest, normalise};

/// The columns of a kind of table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    /// Every spelling, and the name it stands for.
    pub(super) known: &'static [(&'static str, &'static str)],
    /// Names there must be.
    pub(super) needed: &'static [&'static str],
    /// True if a definition may name further columns.
    pub(super) is_open: bool,
}

/// Decimals of a figure; more are rounded and recorded.
const DECIMALS: u32 = 4;

/// A table, row by row.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The file as read.
    pub(super) file: Arc<SourceFile>,
    /// The rows below the header, in file order.
    pub(super) rows: Vec<Row>,
    columns: BTreeMap<String, Column>,
    spans: Spans,
}

/// A row: its line, and its cells without the blanks around them.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Line of the file, from 1.
    pub(super) line: u64,
    /// Byte at which it begins.
    start: usize,
    cells: Vec<String>,
}

/// What a cell of figures holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Figure {
    /// Nothing, or a mark for nothing.
    Blank,
    /// A figure, at least 0.
    Is(Exact),
    /// Something else.
    Refused,
}

#[derive(Debug, Clone)]
struct Column {
    index: usize,
    header: String,
    unit: Option<Unit>,
}

impl Sheet {
    /// Reads the table. `None` if it cannot be read or a column is lacking that there must be; the diagnostics say why.
    pub(super) fn read(file: &Arc<SourceFile>, names: Names, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let place = Place { file: Some(file.path.as_str().into()), ..Place::default() };
        let table = Table::read(&file.text, Delimiter::Auto, Head::First, place);
        let table = table.map_err(|unreadable| diagnostics.push(unreadable.diagnostic(&file.path))).ok()?;
        let mut sheet = Self { file: Arc::clone(file), rows: Vec::new(), columns: BTreeMap::new(), spans: table.spans() };
        for column in &table.columns {
            sheet.column(column.index, &column.header, names, diagnostics);
        }
        let mut faults = Vec::new();
        let mut records = table.records();
        let width = table.columns.iter().map(|column| column.index + 1).max().unwrap_or_default();
        while let Some(record) = records.next(&mut faults) {
            let cells = (0..width).map(|index| record.text(index).trim().to_owned()).collect();
            sheet.rows.push(Row { line: record.line, start: record.start, cells });
        }
        for fault in table.findings.iter().chain(&faults) {
            let origin = line_origin(file, fault.place.row.unwrap_or(1));
            let suggestions = fault.suggestions.clone();
            diagnostics.push(Diagnostic { code: fault.code, origin: Some(origin), message: fault.message.clone(), suggestions });
        }
        let lacking: Vec<&&str> = names.needed.iter().filter(|name| !sheet.has(name)).collect();
        for name in &lacking {
            diagnostics.push(sheet.no_column(name, line_origin(file, 1)));
        }
        lacking.is_empty().then_some(sheet)
    }

    fn column(&mut self, index: usize, header: &str, names: Names, diagnostics: &mut Vec<Diagnostic>) {
        let say = |code| Diagnostic::new(code, line_origin(&self.file, 1)).with("column", header);
        let divided = header_unit(header);
        let of = |text: &str| {
            let plain = normalise(text);
            names.known.iter().find(|(written, _)| *written == plain).map(|(_, name)| (*name).to_owned())
        };
        let (name, unit) = match of(header) {
            Some(name) => (name, None),
            None => (of(divided.base).unwrap_or_else(|| normalise(divided.base)), divided.unit),
        };
        if self.columns.contains_key(&name) {
            diagnostics.push(say(&codes::TWO_COLUMNS));
            return;
        }
        if !names.is_open && names.known.iter().all(|(_, known)| *known != name) {
            let near = nearest(header, names.known.iter().map(|(written, _)| *written));
            diagnostics.push(say(&codes::COLUMN_NOT_READ).suggest(near));
            return;
        }
        self.columns.insert(name, Column { index, header: header.to_owned(), unit });
    }

    /// True if there is this column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&normalise(name))
    }

    /// That there is no such column, said where it was asked for.
    pub(super) fn no_column(&self, name: &str, origin: Origin) -> Diagnostic {
        let headers: Vec<&str> = self.columns.values().map(|column| column.header.as_str()).collect();
        let diagnostic = Diagnostic::new(&codes::NO_COLUMN, origin).with("column", name).with("file", self.file.path.clone());
        diagnostic.with("columns", headers.join(", ")).suggest(nearest(name, headers))
    }

    /// The line of a row, for the caret.
    pub(super) fn origin(&self, row: &Row) -> Origin {
        line_origin(&self.file, row.line)
    }

    /// The cell of a row, for the caret; the whole line where there is no such column.
    pub(super) fn origin_of(&self, row: &Row, name: &str) -> Origin {
        let column = self.columns.get(&normalise(name));
        column.map_or_else(|| self.origin(row), |column| Origin::new(&self.file, self.spans.of(&self.file.text, row.start, column.index)))
    }

    /// The cell of a row; blank where there is no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let column = self.columns.get(&normalise(name));
        column.and_then(|column| row.cells.get(column.index)).map_or("", String::as_str)
    }

    /// The figure of a cell; what is refused is said.
    pub(super) fn figure(&self, row: &Row, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Figure {
        let Some(column) = self.columns.get(&normalise(name)) else { return Figure::Blank };
        let written = self.cell(row, name);
        let shape = Shape { decimals: DECIMALS, multiplier_power: column.unit.map_or(0, Unit::power), percent: false };
        let parsed = cell::parse(written.as_bytes(), &shape);
        for finding in parsed.findings(written, &shape, &Place::default()) {
            let (code, message) = (finding.code, finding.message);
            diagnostics.push(Diagnostic { code, origin: Some(self.origin_of(row, name)), message, suggestions: Vec::new() });
        }
        match parsed.value(&shape) {
            Some(value) if value.is_negative() => {
                let what = Text::new(format!("“{}”", column.header), format!("`{}`", column.header));
                let diagnostic = Diagnostic::new(&codes::NEGATIVE, self.origin_of(row, name)).with("what", what);
                diagnostics.push(diagnostic.with("value", value.to_string()));
                Figure::Refused
            }
            Some(value) => Figure::Is(value),
            None if parsed.cell == cell::Cell::Missing => Figure::Blank,
            None => Figure::Refused,
        }
    }

    /// The figure of a cell that must hold one.
    pub(super) fn needed(&self, row: &Row, name: &str, of: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Exact> {
        match self.figure(row, name, diagnostics) {
            Figure::Is(value) => Some(value),
            Figure::Refused => None,
            Figure::Blank => {
                let header = self.columns.get(&normalise(name)).map_or(name, |column| column.header.as_str());
                diagnostics.push(self.blank(row, header, of));
                None
            }
        }
    }

    /// That a cell is blank.
    pub(super) fn blank(&self, row: &Row, column: &str, of: &str) -> Diagnostic {
        Diagnostic::new(&codes::BLANK, self.origin_of(row, column)).with("column", column).with("of", of)
    }

    /// That something stands on an earlier line already.
    pub(super) fn twice(&self, row: &Row, what: &str, other: u64) -> Diagnostic {
        Diagnostic::new(&codes::TWICE, self.origin(row)).with("what", what).with("other", other.to_string())
    }
}
