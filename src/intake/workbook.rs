//! Sheets of a workbook (XLSX, XLS, ODS) as delimited text, a line for each row of the sheet.
//!
//! As text they take the same way as CSV files: one reader finds headers, repairs cells and names places.
//! Line n is row n; blank rows are blank lines. Cells are written as a spreadsheet shows them, as far as
//! that matters for reading: see `value.rs`.

use std::io::{Cursor, Read, Seek};

use calamine::{Data, Ods, Reader, SheetType, SheetVisible, Xls};

use crate::intake::unreadable::{Problem, Unreadable};

mod beside;
mod bounds;
mod gate;
mod guard;
mod hidden;
mod kind;
mod sheet;
mod value;
mod xlsx;

pub use hidden::Hidden;
pub use kind::{Kind, is_named_as_workbook};
use sheet::Writer;
pub(crate) use sheet::address;
pub use sheet::{Area, Sheet};

/// A workbook, opened.
#[derive(Debug)]
pub struct Workbook {
    /// What it is.
    pub kind: Kind,
    /// The worksheets wanted, in their order.
    pub sheets: Vec<Sheet>,
    /// Names of all worksheets.
    pub names: Vec<String>,
    /// Names of hidden worksheets that were passed over.
    pub hidden: Vec<String>,
}

/// Reads the worksheets whose names are wanted; without a wish, all that are not hidden.
pub fn read(bytes: &[u8], wanted: Option<&dyn Fn(&str) -> bool>) -> Result<Workbook, Unreadable> {
    // The library of workbooks panics on some malformed cell addresses; for the reader that is a damaged file.
    guard::caught(|| read_sheets(bytes, wanted)).unwrap_or_else(|| Err(malformed()))
}

fn malformed() -> Unreadable {
    damaged(&"malformed cell addresses")
}

fn read_sheets(bytes: &[u8], wanted: Option<&dyn Fn(&str) -> bool>) -> Result<Workbook, Unreadable> {
    let kind = kind::of(bytes)?;
    if kind == Kind::Xlsx {
        return xlsx::read(bytes, wanted);
    }
    bounds::check(kind, bytes)?;
    match kind {
        Kind::Xls => {
            let mut book: Xls<_> = open(bytes)?;
            collect(kind, &mut book, wanted, |book, name| {
                let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                range_sheet(book, name, merged)
            })
        }
        Kind::Xlsx | Kind::Ods => {
            let mut book: Ods<_> = open(bytes)?;
            collect(kind, &mut book, wanted, |book, name| range_sheet(book, name, Vec::new()))
        }
    }
}

type Bytes<'b> = Cursor<&'b [u8]>;

fn open<'b, R: Reader<Bytes<'b>>>(bytes: &'b [u8]) -> Result<R, Unreadable>
where
    R::Error: std::fmt::Display,
{
    R::new(Cursor::new(bytes)).map_err(|error| damaged(&error))
}

fn damaged(error: &impl std::fmt::Display) -> Unreadable {
    let said = error.to_string();
    if said.contains("password") { Unreadable::Password } else { Unreadable::Damaged(Problem(said)) }
}

fn collect<B: Read + Seek, R: Reader<B>>(
    kind: Kind,
    book: &mut R,
    wanted: Option<&dyn Fn(&str) -> bool>,
    mut read: impl FnMut(&mut R, &str) -> Result<Sheet, Unreadable>,
) -> Result<Workbook, Unreadable> {
    let mut found = Workbook { kind, sheets: Vec::new(), names: Vec::new(), hidden: Vec::new() };
    let listed: Vec<_> = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    for sheet in listed {
        if is_wanted(&sheet, wanted) {
            found.sheets.push(read(book, &sheet.name)?);
        } else if wanted.is_none() {
            found.hidden.push(sheet.name.clone());
        }
        found.names.push(sheet.name);
    }
    Ok(found)
}

/// Without a wish, sheets that are not hidden are read.
fn is_wanted(sheet: &calamine::Sheet, wanted: Option<&dyn Fn(&str) -> bool>) -> bool {
    wanted.map_or(sheet.visible == SheetVisible::Visible, |wanted| wanted(&sheet.name))
}

/// A sheet of the older formats, whose number formats are not known.
fn range_sheet<'b, R: Reader<Bytes<'b>>>(book: &mut R, name: &str, merged: Vec<calamine::Dimensions>) -> Result<Sheet, Unreadable>
where
    R::Error: std::fmt::Display,
{
    let range = book.worksheet_range(name).map_err(|error| damaged(&error))?;
    let mut writer = Writer::new(name, 0);
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        if matches!(cell, Data::Empty) {
            continue;
        }
        let at = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        writer.put((at(top, row), at(left, column)), &value::plain(cell))?;
    }
    Ok(writer.finish(merged.into_iter().map(Area::from).collect()))
}

#[cfg(test)]
mod tests;
