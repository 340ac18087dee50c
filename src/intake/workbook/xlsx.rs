//! The sheets of an XLSX file. The largest of them is read while it is checked.

use std::collections::BTreeMap;

use calamine::{Cell, DataRef, Reader, SheetType, Xlsx};

use super::beside::Beside;
use super::bounds::{self, Late, Told};
use super::gate::{Gate, Gated};
use super::kind::Kind;
use super::sheet::{Area, Sheet, Writer};
use super::value::Formats;
use super::{Workbook, collect, damaged, guard, hidden, is_wanted};
use crate::intake::unreadable::Unreadable;

type Book<'b> = Xlsx<Gated<'b>>;
/// A sheet with nothing but its cells, and whether any of them is blank.
type Cells = Result<(Sheet, bool), Unreadable>;
type Wanted<'w> = Option<&'w dyn Fn(&str) -> bool>;

pub(super) fn read(bytes: &[u8], wanted: Wanted) -> Result<Workbook, Unreadable> {
    let Some(late) = Late::of(bytes).filter(|_| rayon::current_num_threads() > 1) else {
        let told = bounds::check(Kind::Xlsx, bytes)?;
        return sheets(&mut open(Gated::free(bytes))?, bytes, wanted, &told, None);
    };
    let (mut told, left) = bounds::check_others(bytes, &late)?;
    let gate = Gate::new(late.packed.clone());
    // Whatever is wrong with a file that cannot be opened so is said of it when all of it is checked.
    let at_once = open(Gated::behind(bytes, &gate)).ok().and_then(|book| Some((sheet_of(&book, bytes, &late, wanted)?, book)));
    let Some((name, mut book)) = at_once else {
        told.append(&mut late.check(Gated::free(bytes), left)?);
        return sheets(&mut open(Gated::free(bytes))?, bytes, wanted, &told, None);
    };
    let (checked, read) = gate.check_beside(
        || late.check(Gated::ahead(bytes, &gate), left),
        || guard::caught(|| cells(&mut book, &name, &BTreeMap::new(), late.room(bytes.len()))).unwrap_or_else(|| Err(super::malformed())),
    );
    told.append(&mut checked?);
    sheets(&mut book, bytes, wanted, &told, Some((name, read)))
}

fn open(bytes: Gated) -> Result<Book, Unreadable> {
    Xlsx::new(bytes).map_err(|error| damaged(&error))
}

/// Whether it is opened without the part behind the gate.
#[cfg(test)]
pub(super) fn is_opened(bytes: &[u8], gate: &Gate) -> bool {
    open(Gated::behind(bytes, gate)).is_ok()
}

/// The name of the one sheet that is wanted and that this part is.
fn sheet_of(book: &Book, bytes: &[u8], late: &Late, wanted: Wanted) -> Option<String> {
    let (name, _) = hidden::parts(bytes).into_iter().find(|(_, part)| *part == late.name)?;
    let sheet = book.sheets_metadata().iter().find(|sheet| sheet.name == name)?;
    (sheet.typ == SheetType::WorkSheet && is_wanted(sheet, wanted) && is_only(book, &name)).then_some(name)
}

/// Of two sheets of one name the library reads the first.
fn is_only(book: &Book, name: &str) -> bool {
    book.sheets_metadata().iter().filter(|sheet| sheet.name == name).count() == 1
}

/// All sheets that are wanted; the cells of one of them may be there already.
fn sheets(book: &mut Book, bytes: &[u8], wanted: Wanted, told: &Told, mut there: Option<(String, Cells)>) -> Result<Workbook, Unreadable> {
    let parts = hidden::parts(bytes);
    collect(Kind::Xlsx, book, wanted, |book, name| {
        let read = match there.take_if(|(of, _)| of == name) {
            Some((_, read)) => read,
            None => cells(book, name, &BTreeMap::new(), 0),
        };
        sheet(book, name, read, parts.get(name).and_then(|part| told.get(part)))
    })
}

/// Streams the cells with their number formats. A formula that was never computed has no value and is
/// written as it stands, so that it is not taken for a blank.
fn sheet(book: &mut Book, name: &str, read: Cells, beside: Option<&Beside>) -> Result<Sheet, Unreadable> {
    let (sheet, has_blank) = read?;
    let told = beside.filter(|_| is_only(book, name));
    let merged = told.and_then(Beside::merged).unwrap_or_else(|| {
        let found = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        found.into_iter().map(Area::from).collect()
    });
    let hidden = beside.map(|beside| beside.hidden.clone()).unwrap_or_default();
    let may_have = has_blank && told.is_none_or(|told| told.has_formula);
    let sheet = if may_have && has_unread_formula(book, name)? {
        drop(sheet);
        let formulas = unread_formulas(book, name)?;
        cells(book, name, &formulas, 0)?.0
    } else {
        sheet
    };
    Ok(Sheet { merged, hidden, ..sheet })
}

/// Cells that are written together while the next ones are read.
const TOGETHER: usize = if cfg!(test) { 1 << 8 } else { 1 << 13 };

/// Cells with the numbers of their styles.
type Styled<'c> = Vec<(Cell<DataRef<'c>>, usize)>;

/// The cells of a sheet, formulas in the place of what these cells hold, and whether any cell is blank. There is room for so
/// many bytes of text from the start.
fn cells(book: &mut Book, name: &str, formulas: &BTreeMap<(u32, u32), String>, room: usize) -> Cells {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let formats = Formats::new(cells.styles());
    let mut writing = Writing { writer: Writer::new(name, room), formats, formulas, has_blank: false };
    let (mut ready, mut coming) = (Styled::new(), Styled::new());
    loop {
        let mut read = || {
            while coming.len() < TOGETHER {
                match cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
                    Some(cell) => coming.push(cell),
                    None => return Ok(false),
                }
            }
            Ok(true)
        };
        let mut written = Ok(());
        let goes_on = if ready.is_empty() {
            read()
        } else {
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| written = writing.put(&ready));
                read()
            })
        };
        // What is wrong with cells before comes first.
        written?;
        std::mem::swap(&mut ready, &mut coming);
        coming.clear();
        if !goes_on.as_ref().is_ok_and(|goes_on| *goes_on) {
            writing.put(&ready)?;
            return goes_on.map(|_| (writing.writer.finish(Vec::new()), writing.has_blank));
        }
    }
}

/// Writes cells as text.
struct Writing<'f> {
    writer: Writer,
    formats: Formats,
    formulas: &'f BTreeMap<(u32, u32), String>,
    has_blank: bool,
}

impl Writing<'_> {
    fn put(&mut self, cells: &Styled) -> Result<(), Unreadable> {
        let mut text = String::new();
        for (cell, style) in cells {
            self.has_blank |= matches!(cell.get_value(), DataRef::Empty);
            text.clear();
            self.formats.write(&mut text, cell.get_value(), *style);
            let formula = self.formulas.get(&cell.get_position());
            self.writer.put(cell.get_position(), formula.unwrap_or(&text))?;
        }
        Ok(())
    }
}

fn has_unread_formula(book: &mut Book, name: &str) -> Result<bool, Unreadable> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Formulas of cells that have no value.
fn unread_formulas(book: &mut Book, name: &str) -> Result<BTreeMap<(u32, u32), String>, Unreadable> {
    let mut formulas = BTreeMap::new();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell_with_formula().map_err(|error| damaged(&error))? {
        if let (Some(formula), DataRef::Empty) = (cell.formula, &cell.value) {
            formulas.insert(cell.pos, format!("={formula}"));
        }
    }
    Ok(formulas)
}
