//! Sheets of a workbook (XLSX, XLS, ODS) as delimited text, a line for each row of the sheet.
//!
//! As text they take the same way as CSV files: one reader finds headers, repairs cells and names places.
//! Line n is row n; blank rows are blank lines. Cells are written as a spreadsheet shows them, as far as
//! that matters for reading: see `value.rs`.

use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

use calamine::{Data, DataRef, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use crate::intake::unreadable::{Problem, Unreadable};

mod hidden;
mod kind;
mod sheet;
mod value;

pub use hidden::Hidden;
pub use kind::{Kind, is_named_as_workbook};
use sheet::Writer;
pub(crate) use sheet::address;
pub use sheet::{Area, Sheet};
use value::Formats;

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
    let read = panic::catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, wanted)));
    read.unwrap_or_else(|_| Err(damaged(&"malformed cell addresses")))
}

fn read_sheets(bytes: &[u8], wanted: Option<&dyn Fn(&str) -> bool>) -> Result<Workbook, Unreadable> {
    let kind = kind::of(bytes)?;
    kind::check_sizes(bytes)?;
    match kind {
        Kind::Xlsx => {
            let mut book: Xlsx<_> = open(bytes)?;
            let mut found = collect(kind, &mut book, wanted, xlsx_sheet)?;
            let names: Vec<&str> = found.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            let mut hidden = hidden::of_xlsx(bytes, &names);
            for sheet in &mut found.sheets {
                sheet.hidden = hidden.remove(&sheet.name).unwrap_or_default();
            }
            Ok(found)
        }
        Kind::Xls => {
            let mut book: Xls<_> = open(bytes)?;
            collect(kind, &mut book, wanted, |book, name| {
                let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                range_sheet(book, name, merged)
            })
        }
        Kind::Ods => {
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

fn collect<'b, R: Reader<Bytes<'b>>>(
    kind: Kind,
    book: &mut R,
    wanted: Option<&dyn Fn(&str) -> bool>,
    read: impl Fn(&mut R, &str) -> Result<Sheet, Unreadable>,
) -> Result<Workbook, Unreadable> {
    let mut found = Workbook { kind, sheets: Vec::new(), names: Vec::new(), hidden: Vec::new() };
    let listed: Vec<_> = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    for sheet in listed {
        let is_visible = sheet.visible == SheetVisible::Visible;
        if wanted.map_or(is_visible, |wanted| wanted(&sheet.name)) {
            found.sheets.push(read(book, &sheet.name)?);
        } else if !is_visible && wanted.is_none() {
            found.hidden.push(sheet.name.clone());
        }
        found.names.push(sheet.name);
    }
    Ok(found)
}

/// Streams the cells with their number formats. A formula that was never computed has no value and is
/// written as it stands, so that it is not taken for a blank.
fn xlsx_sheet(book: &mut Xlsx<Bytes>, name: &str) -> Result<Sheet, Unreadable> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut writer = Writer::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let formats = Formats::new(cells.styles());
    let mut has_blank = false;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        has_blank |= matches!(cell.get_value(), DataRef::Empty);
        writer.put(cell.get_position(), &formats.text(cell.get_value(), style))?;
    }
    drop(cells);
    let sheet = writer.finish(merged);
    if has_blank && has_unread_formula(book, name)? { xlsx_sheet_with_formulas(book, name, &sheet) } else { Ok(sheet) }
}

fn has_unread_formula(book: &mut Xlsx<Bytes>, name: &str) -> Result<bool, Unreadable> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Once more, with the formulas that have no value.
fn xlsx_sheet_with_formulas(book: &mut Xlsx<Bytes>, name: &str, read: &Sheet) -> Result<Sheet, Unreadable> {
    let mut formulas = std::collections::BTreeMap::new();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell_with_formula().map_err(|error| damaged(&error))? {
        if let (Some(formula), DataRef::Empty) = (cell.formula, &cell.value) {
            formulas.insert(cell.pos, format!("={formula}"));
        }
    }
    drop(cells);
    let mut writer = Writer::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let formats = Formats::new(cells.styles());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        match formulas.get(&cell.get_position()) {
            Some(formula) => writer.put(cell.get_position(), formula)?,
            None => writer.put(cell.get_position(), &formats.text(cell.get_value(), style))?,
        }
    }
    Ok(Sheet { merged: read.merged.clone(), ..writer.finish(Vec::new()) })
}

/// A sheet of the older formats, whose number formats are not known.
fn range_sheet<'b, R: Reader<Bytes<'b>>>(book: &mut R, name: &str, merged: Vec<calamine::Dimensions>) -> Result<Sheet, Unreadable>
where
    R::Error: std::fmt::Display,
{
    let range = book.worksheet_range(name).map_err(|error| damaged(&error))?;
    let mut writer = Writer::new(name);
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        if matches!(cell, Data::Empty) {
            continue;
        }
        let at = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        writer.put((at(top, row), at(left, column)), &value::plain(cell))?;
    }
    Ok(writer.finish(merged))
}
