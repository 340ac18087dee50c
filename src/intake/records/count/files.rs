//! The tables of a register, and the keys of the other side.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Pass;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::open::{Content, Tables, each_file};
use crate::intake::progress;
use crate::intake::records::columns::{self, trimmed};
use crate::intake::records::figures::At;
use crate::intake::records::identifiers::Letters;
use crate::intake::records::learned::Lore;
use crate::intake::records::seen::{Looked, Seen};
use crate::intake::source::{DataFile, Source};
use crate::intake::table::{Batch, Kept, Table};
use crate::intake::unreadable::Unreadable;

/// Stretches after which all names are shown that are known.
const NOW_AND_THEN: u64 = 256;

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
        let texts: Vec<usize> = self.words.iter().map(|words| words.column).collect();
        let looked = Looked::new(self.records, self.known.vocabulary.catalogue, &stands, &self.named, &texts);
        let learned = Arc::clone(&self.learned);
        let work = |rows: &Batch, seen: &mut Seen| seen.look(rows, &looked, &learned);
        let take = |row: Kept, at: usize, seen: &Seen, _: &mut Vec<Finding>| {
            rows.pass(row.start());
            if at == 0 {
                self.show();
            }
            self.row.at = At { table: number, line: row.line() };
            self.row(row, seen.of(at, &looked));
            ControlFlow::Continue(())
        };
        table.each_row(work, take, findings);
    }

    /// Shows all cores what is known, if there is more of it than before: names if they are many more, or now and then.
    fn show(&mut self) {
        self.stretches += 1;
        let [names, texts, kinds] = self.shown;
        let now = [self.whose.known(), self.words.iter().map(|words| words.first.len()).sum(), self.kinds.known()];
        let least = if self.stretches.is_multiple_of(NOW_AND_THEN) { 0 } else { names / 4 };
        if now[0] > names + least || now[1] > texts || now[2] > kinds {
            self.shown = now;
            let texts = self.words.iter().map(|words| words.first.clone()).collect();
            self.learned.show(Lore { names: self.whose.names(), texts, wants: self.kinds.wants(self.records) });
        }
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
