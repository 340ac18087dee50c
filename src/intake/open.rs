//! Opens one data file as mapped tables: one of a text, one of each sheet of a workbook.

use std::borrow::Cow;

use crate::codes::data as codes;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::encoding::decode;
use crate::intake::mapping::{self, Mapping, map};
use crate::intake::rows::Known;
use crate::intake::source::{DataFile, Source};
use crate::intake::table::{Head, Table};
use crate::intake::unreadable::Unreadable;
use crate::intake::workbook::{self, Sheet, Workbook, is_named_as_workbook};

/// A table with what its columns mean.
pub struct Opened<'t> {
    /// The table.
    pub table: &'t Table<'t>,
    /// Its columns; `None` where organisation or period cannot be found.
    pub mapping: Option<Mapping>,
    /// File and sheet.
    pub place: Place,
}

/// Decodes the file, reads the header of every table in it and hands the tables over one by one. The name
/// of what the bytes turned out to be.
pub fn with_tables(
    file: &DataFile,
    source: &Source,
    known: Known,
    findings: &mut Vec<Finding>,
    mut use_it: impl FnMut(Opened, &mut Vec<Finding>),
) -> Result<&'static str, Unreadable> {
    let place = Place { file: Some(file.path.clone()), ..Place::default() };
    let labels = |cells: &[String]| mapping::labels(cells, source);
    let head = source.header.map_or(Head::Holding(&labels), |(first, last)| Head::Rows(first, last));
    if !is_named_as_workbook(&file.path) {
        let decoded = decode(Cow::Borrowed(&file.bytes), source.encoding)?;
        let mut table = Table::read(decoded.text(), source.delimiter, head, place.clone())?;
        findings.append(&mut table.findings);
        let mapping = map(&table, source, known.vocabulary, &place, findings);
        use_it(Opened { table: &table, mapping, place }, findings);
        return Ok(decoded.encoding.name());
    }
    let book = open_workbook(file, source)?;
    note_sheets(&book, source, &place, findings);
    let is_one = book.sheets.iter().filter(|sheet| !sheet.is_blank()).count() < 2;
    for sheet in book.sheets.iter().filter(|sheet| is_one || !sheet.is_blank()) {
        let place = Place { sheet: Some(sheet.name.clone()), ..place.clone() };
        let mut table = match Table::of_sheet(sheet, head, place.clone()) {
            Ok(table) => table,
            Err(Unreadable::NoHeader) if !is_one => {
                findings.push(Finding::new(&codes::SHEET_LEFT_OUT, place));
                continue;
            }
            Err(unreadable) => return Err(unreadable),
        };
        // One sheet of a workbook must be a table; a second one may be a cover or a list of words.
        if !is_one && source.sheet.is_none() && !has_labels(&table, source) && book.sheets.iter().any(|other| is_table(other, head, source))
        {
            findings.push(Finding::new(&codes::SHEET_LEFT_OUT, place));
            continue;
        }
        findings.append(&mut table.findings);
        let mapping = map(&table, source, known.vocabulary, &place, findings);
        use_it(Opened { table: &table, mapping, place }, findings);
    }
    Ok(book.kind.name())
}

fn open_workbook(file: &DataFile, source: &Source) -> Result<Workbook, Unreadable> {
    let pattern = source.sheet.as_ref().and_then(|sheet| glob::Pattern::new(sheet).ok());
    let is_wanted = |name: &str| source.sheet.as_deref() == Some(name) || pattern.as_ref().is_some_and(|pattern| pattern.matches(name));
    workbook::read(&file.bytes, source.sheet.is_some().then_some(&is_wanted))
}

fn note_sheets(book: &Workbook, source: &Source, place: &Place, findings: &mut Vec<Finding>) {
    if let (Some(sheet), true) = (&source.sheet, book.sheets.is_empty()) {
        let near = crate::text::nearest(sheet, book.names.iter().map(String::as_str));
        let finding = Finding::new(&codes::NO_SUCH_SHEET, place.clone()).with("sheet", sheet.clone());
        findings.push(finding.with("sheets", book.names.join(" · ")).suggest(near));
    }
    for sheet in &book.hidden {
        let place = Place { sheet: Some(sheet.clone()), ..place.clone() };
        findings.push(Finding::new(&codes::HIDDEN_SHEET, place).with("sheet", sheet.clone()));
    }
}

fn is_table(sheet: &Sheet, head: Head, source: &Source) -> bool {
    Table::of_sheet(sheet, head, Place::default()).is_ok_and(|table| has_labels(&table, source))
}

fn has_labels(table: &Table, source: &Source) -> bool {
    let headers: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    mapping::labels(&headers, source).is_some()
}

/// Why a file is no table, if it is none. Nothing is read beyond its header.
pub fn refusal(file: &DataFile, source: &Source) -> Option<Diagnostic> {
    let read = if is_named_as_workbook(&file.path) {
        open_workbook(file, source).map(|_| ())
    } else {
        decode(Cow::Borrowed(&file.bytes), source.encoding)
            .and_then(|decoded| Table::read(decoded.text(), source.delimiter, Head::First, Place::default()).map(|_| ()))
    };
    read.err().map(|unreadable| unreadable.diagnostic(&file.path))
}
