//! The tables of a register, and the keys of the other side.

use std::ops::ControlFlow;

use super::Pass;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::open::{Content, Tables, each_file};
use crate::intake::progress;
use crate::intake::records::columns::{self, Stands, trimmed};
use crate::intake::records::day::month_of;
use crate::intake::records::figures::At;
use crate::intake::records::identifiers::Letters;
use crate::intake::records::learned::Found;
use crate::intake::source::{DataFile, Source};
use crate::intake::table::{Record, Reused, Table};
use crate::intake::unreadable::Unreadable;
use crate::period::Month;

/// What is found out about rows on all cores.
#[derive(Default)]
struct Seen {
    /// The months of their dates.
    months: Vec<Option<Month>>,
    /// Whom they name.
    found: Found,
}

impl Reused for Seen {
    fn clear(&mut self) {
        self.months.clear();
        self.found.clear();
    }
}

impl Pass<'_> {
    /// Counts the rows of a file. The name of its encoding.
    pub(super) fn tables(&mut self, tables: Tables) -> Result<&'static str, Unreadable> {
        let mut findings = Vec::new();
        let read = tables.read(&mut findings, |opened, findings| {
            if let Content::Table(table, _) = &opened.content {
                self.table(table, &opened.place, findings);
            }
        });
        self.findings.append(&mut findings);
        read
    }

    fn table(&mut self, table: &Table, place: &Place, findings: &mut Vec<Finding>) {
        let Some(stands) = columns::find(table, &self.records.columns, place, findings) else {
            // A register of which a part is not read holds nothing in full.
            self.doubtful.extend(self.credited.iter().map(|column| (*column, None)));
            return;
        };
        self.headers = stands.iter().map(|column| column.header.clone()).collect();
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(place.clone());
        let mut rows = progress::Rows::default();
        let date = stands.get(self.records.date).map(|column| column.index);
        let (learned, named) = (self.whose.learned(), self.named.clone());
        let naming: Vec<&Stands> = named.iter().filter_map(|column| stands.get(*column)).collect();
        let work = |record: &Record, _: usize, seen: &mut Seen| {
            seen.months.push(date.and_then(|date| month_of(trimmed(record.bytes(date)))));
            seen.found.see(record, &naming, &learned);
        };
        let take = |record: &Record, at: usize, seen: &Seen, _: &mut Vec<Finding>| {
            rows.pass(record.start);
            if at == 0 {
                self.whose.show();
            }
            self.row.at = At { table: number, line: record.line };
            for (column, found) in named.iter().zip(seen.found.of(at, naming.len())) {
                self.row.found[*column] = *found;
            }
            self.row(record, &stands, seen.months.get(at).copied().flatten());
            ControlFlow::Continue(())
        };
        table.each_row(work, take, findings);
    }

    /// The keys in the files of the other side.
    pub(super) fn other_side(
        &mut self,
        files: &[DataFile],
        source: &Source,
        key: &[String],
        unreadable: &mut Vec<Diagnostic>,
    ) -> Vec<&'static str> {
        let mut encodings = Vec::new();
        let mut findings = Vec::new();
        each_file(files, source, self.known, |file, tables| {
            let read = progress::over(file.content.size(), || {
                tables.read(&mut findings, |opened, findings| {
                    let Content::Table(table, _) = &opened.content else { return };
                    let Some(stands) = columns::find(table, key, &opened.place, findings) else { return };
                    let mut rows = table.records();
                    while let Some(record) = rows.next(findings) {
                        let parts = stands.iter().map(|column| trimmed(record.bytes(column.index)));
                        self.confirmed.extend(self.keys.number(parts, Letters::Kept));
                    }
                })
            });
            match read {
                Ok(encoding) => encodings.push(encoding),
                Err(fault) => unreadable.push(fault.diagnostic(&file.path)),
            }
        });
        self.findings.append(&mut findings);
        encodings
    }
}
