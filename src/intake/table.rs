//! Delimited text as a table: delimiter, column names, records one after another.
//!
//! Nothing is lost silently: a row that cannot be read, a column without a name and a quotation mark
//! that would swallow rows are findings. Blank rows are skipped. Where the column names stand is for
//! [`Head`] to say; sheets of workbooks come as text, too.

use std::collections::BTreeMap;

use crate::codes::data;
use crate::finding::{Finding, Place};
use crate::intake::persons;
use crate::intake::pieces::Text;
use crate::intake::unreadable::{Excess, MOST_COLUMNS, Unreadable};
use crate::intake::width::is_blank;
use crate::intake::workbook::Sheet;
use crate::text::person::masked;
use crate::text::{Shared, normalise};

mod batch;
mod cells;
mod delimiter;
mod divider;
mod header;
mod marks;
mod merged;
mod notes;
mod quotes;
mod records;
mod spans;
mod stretches;

pub use batch::Batch;
pub use cells::Kept;
pub use delimiter::Delimiter;
pub use header::{Head, Top, means_another_figure};
pub use records::{Record, Records};
pub use spans::Spans;
pub use stretches::{Reused, of_row};

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its position, from 0: what [`Record::bytes`] and [`Record::text`] take.
    pub index: usize,
    /// Its name as printed, without the blanks around it; of several rows of names, joined by `/`.
    pub header: Shared,
    /// Its names from the top row to the bottom one.
    pub levels: Vec<String>,
}

/// A table in a text.
#[derive(Debug, Clone)]
pub struct Table<'t> {
    text: Text<'t>,
    separator: u8,
    /// Cells in the rows of column names; of a sheet, in its widest row.
    width: usize,
    /// True for a sheet, whose rows may end early.
    is_sheet: bool,
    body: records::Start,
    /// Columns of labels that are merged over several rows.
    fills: Vec<merged::Fill>,
    place: Place,
    /// Bytes of the text that are looked at in one piece.
    stretch: usize,
    /// The rows above the column names.
    pub titles: Vec<Top>,
    /// The columns that are read, in order. A column without content or name is not among them,
    /// nor one whose name is not its own.
    pub columns: Vec<Column>,
    /// Names over columns that are not read, because the columns differ.
    pub unread: Vec<String>,
    /// What is wrong with the column names or the table as a whole.
    pub findings: Vec<Finding>,
}

impl<'t> Table<'t> {
    /// Reads the column names of a table in memory. Findings, now and from the records, get their file and sheet from
    /// `place`.
    pub fn read(text: &'t str, delimiter: Delimiter, head: Head, place: Place) -> Result<Self, Unreadable> {
        Self::of(Text::Held(text), delimiter, head, place)
    }

    /// The same of any text.
    pub fn of(text: Text<'t>, delimiter: Delimiter, head: Head, place: Place) -> Result<Self, Unreadable> {
        Self::new(text, delimiter.byte(&text.head()), place).with_head(head, None)
    }

    /// The same for a sheet of a workbook.
    pub fn of_sheet(sheet: &'t Sheet, head: Head, place: Place) -> Result<Self, Unreadable> {
        let table = Self::new(Text::Held(&sheet.text), b'\t', place);
        Self { is_sheet: true, ..table }.with_head(head, Some(sheet))
    }

    /// All rows with content as they stand, for what is no table.
    pub fn rows_of(text: Text, delimiter: Delimiter) -> Vec<Top> {
        let table = Table::new(text, delimiter.byte(&text.head()), Place::default());
        let mut faults = Vec::new();
        let mut records = Records::new(&table, table.body);
        let mut rows = Vec::new();
        while let Some(record) = records.next(&mut faults) {
            rows.push(Top::of(&record));
        }
        rows
    }

    fn new(text: Text<'t>, separator: u8, place: Place) -> Self {
        Self {
            text,
            separator,
            width: 0,
            is_sheet: false,
            body: records::Start { byte: 0, line: 1 },
            fills: Vec::new(),
            place,
            stretch: stretches::BYTES,
            titles: Vec::new(),
            columns: Vec::new(),
            unread: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn with_head(mut self, head: Head, sheet: Option<&Sheet>) -> Result<Self, Unreadable> {
        let names = self.read_header(head, sheet)?;
        if self.has_no_rows() {
            self.findings.push(Finding::new(&data::NO_ROWS, self.place.clone()));
        }
        self.settle_columns(&names);
        Ok(self)
    }

    /// True if the table is a sheet of a workbook.
    pub fn is_sheet(&self) -> bool {
        self.is_sheet
    }

    /// How cells are found in the text.
    pub fn spans(&self) -> Spans {
        Spans { separator: self.separator }
    }

    /// The records below the column names, from the first.
    pub fn records(&self) -> Records<'_> {
        Records::new(self, self.body)
    }

    /// The names of every column, from the top row of names to the bottom one.
    fn read_header(&mut self, head: Head, sheet: Option<&Sheet>) -> Result<Vec<Vec<String>>, Unreadable> {
        let Tops { rows: tops, starts, found } = self.tops(head)?;
        let (first, last) = match head {
            Head::Rows(from, to) => {
                let is_named = |top: &Top| (from..=to).contains(&top.line);
                let first = tops.iter().position(is_named).ok_or(Unreadable::NoHeader)?;
                (first, tops.iter().rposition(is_named).unwrap_or(first))
            }
            Head::First | Head::Holding(_) => {
                let merged = sheet.map_or(&[][..], |sheet| &sheet.merged);
                found.map_or((0, 0), |(at, labels)| header::block(&tops, at, &labels, merged))
            }
        };
        self.body = starts.get(last).copied().ok_or(Unreadable::NoHeader)?;
        let rows = tops.get(first..=last).unwrap_or_default();
        let own = rows.iter().map(|top| top.cells.len()).max().unwrap_or(0);
        self.width = sheet.map_or(own, |sheet| sheet.width);
        self.note_titles(tops.get(..first).unwrap_or_default(), rows.first().map_or(1, |top| top.line));
        Ok(header::levels(rows, sheet.map_or(&[], |sheet| &sheet.merged), self.width))
    }

    /// The rows near the top, as far as they are asked for.
    fn tops(&self, head: Head) -> Result<Tops, Unreadable> {
        let (mut rows, mut starts): (Vec<Top>, Vec<_>) = (Vec::new(), Vec::new());
        let mut faults = Vec::new();
        let mut records = Records::new(self, self.body);
        // Two rows behind the one that holds the names may be rows of names, too, and one of units.
        let mut left = match head {
            Head::First => 1,
            _ => header::SAMPLE,
        };
        let (mut is_found, mut found) = (false, None);
        while left > 0 {
            let Some(record) = records.next(&mut faults) else { break };
            if let (false, Some(fault)) = (is_found, faults.first()) {
                return Err(no_header(fault));
            }
            if record.len() > MOST_COLUMNS {
                return Err(Unreadable::TooWide);
            }
            let top = Top::of(&record);
            starts.push(records.position());
            left -= 1;
            if !is_found {
                is_found = match head {
                    Head::First => false,
                    Head::Rows(_, to) => top.line >= to,
                    Head::Holding(test) => {
                        found = test(&top.cells).map(|labels| (rows.len(), labels));
                        found.is_some()
                    }
                };
                left = if is_found { left.min(3) } else { left };
            }
            rows.push(top);
        }
        match (rows.is_empty(), faults.first()) {
            (true, Some(fault)) => Err(no_header(fault)),
            (true, None) => Err(Unreadable::NoHeader),
            _ => Ok(Tops { rows, starts, found }),
        }
    }

    fn note_titles(&mut self, above: &[Top], line: u64) {
        self.titles = above.to_vec();
        if let Some(first) = self.titles.first() {
            let lines = || self.titles.iter().map(|top| notes::line(top.cells.iter().map(String::as_str)));
            let text = lines().map(|line| notes::excerpt(&line)).collect::<Vec<_>>().join(" · ");
            let place = Place { row: Some(first.line), ..self.place.clone() };
            self.findings.extend(lines().filter_map(|line| persons::in_text(&line, place.clone())));
            self.findings.push(Finding::new(&data::TITLE_ROWS, place).with("line", line.to_string()).with("text", text));
        }
    }

    fn has_no_rows(&self) -> bool {
        let mut faults = Vec::new();
        self.records().next(&mut faults).is_none() && faults.is_empty()
    }

    fn settle_columns(&mut self, names: &[Vec<String>]) {
        let headers: Vec<String> = names.iter().map(|names| shown(&names.join("/"))).collect();
        let headers = headers.as_slice();
        let mut doubts = Doubts::of(headers);
        if !doubts.are_none() {
            doubts.compare(&mut self.records());
        }
        let findings = doubts.findings(headers, &self.place);
        self.findings.extend(findings);
        let unread = doubts.unread();
        self.unread = unread.iter().filter_map(|index| headers.get(*index).cloned()).collect();
        let columns = headers.iter().enumerate().filter(|(index, header)| !header.is_empty() && !unread.contains(index));
        let levels = |index: usize| names.get(index).cloned().unwrap_or_default().iter().map(|level| shown(level)).collect();
        self.columns = columns.map(|(index, header)| Column { index, header: header.as_str().into(), levels: levels(index) }).collect();
    }
}

/// The rows near the top.
struct Tops {
    rows: Vec<Top>,
    /// Where the row after each begins.
    starts: Vec<records::Start>,
    /// The first that holds what column names must, and the columns that label a row.
    found: Option<(usize, Vec<usize>)>,
}

impl Top {
    fn of(record: &Record) -> Self {
        let cells = (0..record.len()).map(|index| record.text(index).trim_matches(is_blank).to_owned()).collect();
        Self { line: record.line, cells }
    }
}

/// Columns whose names do not settle what they are; their cells decide.
struct Doubts {
    /// Columns of one name, and the line of the first row in which they differ.
    same_name: Vec<(Vec<usize>, Option<u64>)>,
    /// Columns without a name, and the line of the first row with content.
    nameless: Vec<(usize, Option<u64>)>,
}

impl Doubts {
    fn of(headers: &[String]) -> Self {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, header) in headers.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
            let name = normalise(header);
            let group = *known.entry(name.clone()).or_insert(groups.len());
            match groups.get_mut(group) {
                Some((_, members)) => members.push(index),
                None => groups.push((name, vec![index])),
            }
        }
        let same_name = groups.into_iter().filter(|(_, members)| members.len() > 1).map(|(_, members)| (members, None)).collect();
        let nameless = headers.iter().enumerate().filter(|(_, header)| header.is_empty()).map(|(index, _)| (index, None)).collect();
        Self { same_name, nameless }
    }

    fn are_none(&self) -> bool {
        self.same_name.is_empty() && self.nameless.is_empty()
    }

    fn compare(&mut self, records: &mut Records<'_>) {
        let mut told_later = Vec::new();
        while let Some(record) = records.next(&mut told_later) {
            told_later.clear();
            let cell = |index: &usize| record.text(*index).trim_matches(is_blank);
            for (members, differ) in self.same_name.iter_mut().filter(|(_, differ)| differ.is_none()) {
                let first = members.first().map_or("", cell);
                *differ = members.iter().any(|member| cell(member) != first).then_some(record.line);
            }
            for (index, filled) in self.nameless.iter_mut().filter(|(_, filled)| filled.is_none()) {
                *filled = (!cell(index).is_empty()).then_some(record.line);
            }
        }
    }

    fn findings(&self, headers: &[String], place: &Place) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (members, differ) in &self.same_name {
            let header = members.first().and_then(|index| headers.get(*index)).cloned().unwrap_or_default();
            let place = Place { column: Some(header.as_str().into()), ..place.clone() };
            let finding = match differ {
                Some(line) => Finding::new(&data::DUPLICATE_HEADER, place).with("line", line.to_string()),
                None => Finding::new(&data::REPEATED_COLUMN, place),
            };
            findings.push(finding.with("header", header).with("count", members.len().to_string()));
        }
        for (index, line) in self.nameless.iter().filter_map(|(index, filled)| filled.map(|line| (index, line))) {
            let finding = Finding::new(&data::BLANK_HEADER, place.clone());
            findings.push(finding.with("position", (index + 1).to_string()).with("line", line.to_string()));
        }
        findings
    }

    /// Columns of one name that differ, and all but the first of those that do not.
    fn unread(&self) -> Vec<usize> {
        let kept = |differ: &Option<u64>| usize::from(differ.is_none());
        self.same_name.iter().flat_map(|(members, differ)| members.iter().skip(kept(differ)).copied()).collect()
    }
}

/// What a fault above or in the column names makes of the file.
fn no_header(fault: &Finding) -> Unreadable {
    if fault.code.id() == data::LONG_CELL.id() {
        return Unreadable::TooLarge(Excess::Cell);
    }
    Unreadable::OpenHeader { line: fault.place.row.unwrap_or(1) }
}

/// The text with numbers of persons masked.
fn shown(text: &str) -> String {
    masked(text).into_owned()
}

/// True if every cell is blank.
fn is_blank_row(record: cells::Cells) -> bool {
    let is_blank_cell = |cell: &[u8]| cell.is_empty() || std::str::from_utf8(cell).is_ok_and(|text| text.chars().all(is_blank));
    record.iter().all(is_blank_cell)
}

#[cfg(test)]
mod tests;
