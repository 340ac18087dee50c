//! Reports: sheet builders over the [`Scorebook`] and renderers of their one [`Table`] model.
//!
//! A sheet arranges figures and computes none; a renderer returns bytes and opens no file.

use std::io;

use crate::report::table::Table;
use crate::report::terminal::Screen;
use crate::scorebook::Scorebook;
use crate::text::Lang;

pub mod adjustments;
pub mod aliases;
pub mod catalogue;
pub mod csv;
pub mod explain;
pub mod findings;
#[cfg(test)]
mod fixture;
pub mod json;
mod layout;
pub mod manifest;
pub mod markdown;
pub mod measures;
pub mod notices;
pub mod scores;
mod sources;
pub mod summary;
pub mod table;
pub mod terminal;
#[cfg(test)]
mod tests;

/// How a table goes to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Table,
    /// For spreadsheets.
    Csv,
    /// An array of objects, for scripts.
    Json,
    /// For documents.
    Markdown,
}

/// The table in the format asked for.
pub fn render(table: &Table, format: Format, screen: &Screen) -> io::Result<Vec<u8>> {
    match format {
        Format::Table => Ok(terminal::render(table, screen).into_bytes()),
        Format::Csv => csv::render(table, screen.lang),
        Format::Json => json::records(table, screen.lang),
        Format::Markdown => Ok(markdown::render(table, screen.lang).into_bytes()),
    }
}

/// The files of a result that holds measures only, the manifest last.
pub fn measure_files(book: &Scorebook, lang: Lang) -> io::Result<Vec<(String, Vec<u8>)>> {
    with_manifest(book, lang, Vec::new(), &[("measures.csv", measures::file(book)), ("findings.csv", findings::file(book))])
}

/// Every file of a result folder with its bytes, the manifest last (DESIGN §5).
pub fn files(book: &Scorebook, lang: Lang) -> io::Result<Vec<(String, Vec<u8>)>> {
    let tables = [
        ("summary.csv", summary::file(book)),
        ("scores.csv", scores::file(book)),
        ("measures.csv", measures::file(book)),
        ("adjustments.csv", adjustments::file(book)),
        ("findings.csv", findings::file(book)),
    ];
    with_manifest(book, lang, vec![("scorebook.json".to_owned(), json::scorebook(book)?)], &tables)
}

fn with_manifest(
    book: &Scorebook,
    lang: Lang,
    mut files: Vec<(String, Vec<u8>)>,
    tables: &[(&str, Table)],
) -> io::Result<Vec<(String, Vec<u8>)>> {
    for (name, table) in tables {
        files.push(((*name).to_owned(), csv::render(table, lang)?));
    }
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).chain([manifest::NAME.to_owned()]).collect();
    files.push((manifest::NAME.to_owned(), manifest::render(book, lang, &names)?));
    Ok(files)
}
