//! The report as a workbook: the sheets of the report for a browser, to be filtered, printed and added up again.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::dossier::Dossier;
use crate::report::table::Table;
use crate::report::{File, SLOWEST};
use crate::text::Lang;

mod cell;
mod chapters;
mod formulas;
mod names;
mod places;
mod sheet;
mod styles;
#[cfg(test)]
mod tests;

use places::Places;
use sheet::Sheet;

/// Units with a sheet each, at most: past some hundreds nobody finds a sheet among the tabs, and opening takes long.
const UNITS: usize = 250;
/// Rows of a list that are held; those of a longer one go to a nameless temporary file as they come.
const HELD: usize = 20_000;
/// Rows of a list, at most: a spreadsheet program takes a million rows of a sheet and is slow long before; the CSV files have all.
const ROWS: usize = 100_000;

/// The workbook of a result.
pub(super) fn file<'a>(dossier: &'a Dossier, lang: Lang) -> File<'a> {
    // The writer of the format sends its bytes between threads, which `out` cannot; held whole they are the packed ones.
    File::new(SLOWEST, move |out| out.write_all(&bytes(dossier, lang, ROWS).map_err(io::Error::other)?))
}

/// A workbook of tables, a sheet for each.
pub(super) fn of_tables(name: &str, title: String, tables: Vec<Table>, lang: Lang) -> File<'static> {
    File::new(name, move |out| out.write_all(&sheets(&title, &tables, lang).map_err(io::Error::other)?))
}

fn sheets(title: &str, tables: &[Table], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let places = Places::named(tables.iter().map(|table| table.title.get(lang)));
    let frame = Frame { lang, title: title.to_owned(), places };
    let mut workbook = started(title)?;
    for (at, table) in tables.iter().enumerate() {
        workbook.push_worksheet(Sheet::of(&frame, frame.places.sheet(at), table)?.close(1)?);
    }
    workbook.save_to_buffer()
}

/// The packed workbook with at most so many rows in a list, the same on every run.
fn bytes(dossier: &Dossier, lang: Lang, rows: usize) -> Result<Vec<u8>, XlsxError> {
    let head = &dossier.book.head;
    let title = format!("{} · {}", head.title.get(lang), head.period);
    let book = Book { dossier, rows, frame: Frame { lang, title, places: Places::of(dossier, lang) } };
    let mut workbook = started(&book.frame.title)?;
    for sheet in [chapters::summary(&book)?, chapters::shares(&book)?] {
        workbook.push_worksheet(sheet);
    }
    let comparison = chapters::comparison(&book, &mut workbook)?;
    workbook.push_worksheet(comparison);
    for at in 0..book.frame.places.units() {
        workbook.push_worksheet(chapters::unit(&book, at)?);
    }
    for list in [chapters::indicators, chapters::adjustments, chapters::findings] {
        let sheet = list(&book, &mut workbook)?;
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(chapters::definitions(&book)?);
    workbook.save_to_buffer()
}

/// An empty workbook. No clock: the same result is the same file.
fn started(title: &str) -> Result<Workbook, XlsxError> {
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(cell::clean(title)).set_creation_datetime(&date));
    Ok(workbook)
}

/// A result on its way into a workbook.
struct Book<'a> {
    dossier: &'a Dossier<'a>,
    /// Rows of a list, at most.
    rows: usize,
    frame: Frame,
}

/// What every sheet knows.
struct Frame {
    lang: Lang,
    /// The title on every printed page.
    title: String,
    places: Places,
}

impl Frame {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
