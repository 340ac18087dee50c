//! Delimited text as a table: delimiter, column names, records one after another.
//!
//! Nothing is lost silently: a row that cannot be read, a column without a name and a quotation mark
//! that would swallow rows are findings. Blank rows are skipped. The column names stand in the first
//! row that is not blank.

use csv::ByteRecord;

use crate::codes::data;
use crate::finding::{Finding, Place};
use crate::intake::unreadable::Unreadable;
use crate::intake::width::is_blank;
use crate::text::normalise;

mod delimiter;
mod quotes;
mod records;

pub use delimiter::Delimiter;
pub use records::{Record, Records};

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its position, from 0: what [`Record::bytes`] and [`Record::text`] take.
    pub index: usize,
    /// Its name as printed, without the blanks around it.
    pub header: String,
}

/// A table in a text held in memory.
#[derive(Debug, Clone)]
pub struct Table<'t> {
    text: &'t str,
    separator: u8,
    /// True if any quotation mark occurs; only then records are looked at for open ones.
    quoted: bool,
    /// Cells in the row of column names.
    width: usize,
    body: records::Start,
    place: Place,
    /// The columns that are read, in order. A column without content or name is not among them,
    /// nor one whose name is not its own.
    pub columns: Vec<Column>,
    /// Names over columns that are not read, because the columns differ.
    pub unread: Vec<String>,
    /// What is wrong with the column names or the table as a whole.
    pub findings: Vec<Finding>,
}

impl<'t> Table<'t> {
    /// Reads the column names. Findings, now and from the records, get their file and sheet from `place`.
    pub fn read(text: &'t str, delimiter: Delimiter, place: Place) -> Result<Self, Unreadable> {
        let separator = delimiter.byte(text);
        let mut table = Self {
            text,
            separator,
            quoted: text.contains('"'),
            width: 0,
            body: records::Start { byte: 0, line: 1 },
            place,
            columns: Vec::new(),
            unread: Vec::new(),
            findings: Vec::new(),
        };
        let headers = table.read_header()?;
        if table.has_no_rows() {
            table.findings.push(Finding::new(&data::NO_ROWS, table.place.clone()));
        }
        table.settle_columns(&headers);
        Ok(table)
    }

    /// The records below the column names, from the first.
    pub fn records(&self) -> Records<'_> {
        Records::new(self, self.body)
    }

    fn read_header(&mut self) -> Result<Vec<String>, Unreadable> {
        let mut faults = Vec::new();
        let mut records = Records::new(self, self.body);
        let header = records.next(&mut faults);
        if let Some(fault) = faults.first() {
            return Err(Unreadable::OpenHeader { line: fault.place.row.unwrap_or(1) });
        }
        let headers: Vec<String> = match &header {
            Some(record) => (0..record.len()).map(|index| record.text(index).trim_matches(is_blank).to_owned()).collect(),
            None => return Err(Unreadable::NoHeader),
        };
        self.body = records.position();
        self.width = headers.len();
        Ok(headers)
    }

    fn has_no_rows(&self) -> bool {
        let mut faults = Vec::new();
        self.records().next(&mut faults).is_none() && faults.is_empty()
    }

    fn settle_columns(&mut self, headers: &[String]) {
        let mut doubts = Doubts::of(headers);
        if !doubts.are_none() {
            doubts.compare(&mut self.records());
        }
        let findings = doubts.findings(headers, &self.place);
        self.findings.extend(findings);
        let unread = doubts.unread();
        self.unread = unread.iter().filter_map(|index| headers.get(*index).cloned()).collect();
        let columns = headers.iter().enumerate().filter(|(index, header)| !header.is_empty() && !unread.contains(index));
        self.columns = columns.map(|(index, header)| Column { index, header: header.clone() }).collect();
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
        for (index, header) in headers.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
            let name = normalise(header);
            match groups.iter_mut().find(|(other, _)| *other == name) {
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
            let place = Place { column: Some(header.clone()), ..place.clone() };
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

/// True if every cell is blank.
fn is_blank_row(record: &ByteRecord) -> bool {
    let is_blank_cell = |cell: &[u8]| cell.is_empty() || std::str::from_utf8(cell).is_ok_and(|text| text.chars().all(is_blank));
    record.iter().all(is_blank_cell)
}

#[cfg(test)]
mod tests;
