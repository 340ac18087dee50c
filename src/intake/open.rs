//! Opens one data file as a mapped table.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::encoding::{Found, decode};
use crate::intake::mapping::{Mapping, map};
use crate::intake::rows::Known;
use crate::intake::source::{DataFile, Source};
use crate::intake::table::Table;
use crate::intake::unreadable::Unreadable;

/// A table with what its columns mean.
pub struct Opened<'t> {
    /// The table.
    pub table: &'t Table<'t>,
    /// Its columns; `None` where organisation or period cannot be found.
    pub mapping: Option<Mapping>,
    /// File and sheet.
    pub place: Place,
    /// What the bytes turned out to be.
    pub encoding: Found,
}

/// Decodes the file, reads its header and hands the table over.
pub fn with_table<T>(
    file: &DataFile,
    source: &Source,
    known: Known,
    findings: &mut Vec<Finding>,
    use_it: impl FnOnce(Opened, &mut Vec<Finding>) -> T,
) -> Result<T, Unreadable> {
    let place = Place { file: Some(file.path.clone()), ..Place::default() };
    let decoded = decode(Cow::Borrowed(&file.bytes), source.encoding)?;
    let mut table = Table::read(decoded.text(), source.delimiter, place.clone())?;
    findings.append(&mut table.findings);
    let mapping = map(&table, source, known.vocabulary, &place, findings);
    Ok(use_it(Opened { table: &table, mapping, place, encoding: decoded.encoding }, findings))
}

/// Why a file is no table, if it is none. Nothing is read beyond its header.
pub fn refusal(file: &DataFile, source: &Source) -> Option<Diagnostic> {
    let read = decode(Cow::Borrowed(&file.bytes), source.encoding)
        .and_then(|decoded| Table::read(decoded.text(), source.delimiter, Place::default()).map(|_| ()));
    read.err().map(|unreadable| unreadable.diagnostic(&file.path))
}
