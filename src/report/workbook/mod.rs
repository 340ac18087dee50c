//! The report as a workbook: the sheets of the report for a browser, to be filtered, printed and added up again.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::dossier::Dossier;
use crate::report::File;
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

/// Units with a sheet each, at most: past some hundreds nobody finds a sheet among the tabs, and opening takes long.
const UNITS: usize = 250;
/// Rows of a list, at most: a spreadsheet program takes a million rows of a sheet and is slow long before; the CSV files have all.
const ROWS: usize = 100_000;

/// The workbook of a result.
pub(super) fn file<'a>(dossier: &'a Dossier, lang: Lang) -> File<'a> {
    // The writer of the format sends its bytes between threads, which `out` cannot; held whole they are the packed ones.
    File::new("report.xlsx", move |out| out.write_all(&bytes(dossier, lang, ROWS).map_err(io::Error::other)?))
}

/// The packed workbook with at most so many rows in a list, the same on every run.
fn bytes(dossier: &Dossier, lang: Lang, rows: usize) -> Result<Vec<u8>, XlsxError> {
    let book = Book { dossier, lang, rows, places: Places::of(dossier, lang) };
    let mut workbook = Workbook::new();
    // No clock: the same result is the same file.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(cell::clean(&book.title())).set_creation_datetime(&date));
    for sheet in [chapters::summary(&book)?, chapters::shares(&book)?, chapters::comparison(&book)?] {
        workbook.push_worksheet(sheet);
    }
    for at in 0..book.places.units() {
        workbook.push_worksheet(chapters::unit(&book, at)?);
    }
    let lists = [chapters::indicators, chapters::adjustments, chapters::findings, chapters::definitions];
    for list in lists {
        workbook.push_worksheet(list(&book)?);
    }
    workbook.save_to_buffer()
}

/// What every sheet knows.
struct Book<'a> {
    dossier: &'a Dossier<'a>,
    lang: Lang,
    /// Rows of a list, at most.
    rows: usize,
    places: Places,
}

impl Book<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The title on every printed page.
    fn title(&self) -> String {
        let head = &self.dossier.book.head;
        format!("{} · {}", head.title.get(self.lang), head.period)
    }
}
