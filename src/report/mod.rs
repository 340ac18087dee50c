//! Reports: sheet builders over the [`Scorebook`] and renderers of their one [`Table`] model.
//!
//! A sheet arranges figures and computes none; a renderer returns bytes and opens no file.

use std::borrow::Cow;
use std::io;

use crate::assessment::Assessment;
use crate::compare::Comparison;
use crate::dossier::Dossier;
use crate::finding::Finding;
use crate::forms::Form;
use crate::monitor::Monitor;
use crate::pay::Allocation;
use crate::period::Span;
use crate::rectification::Entry;
use crate::report::table::Table;
use crate::report::terminal::Screen;
use crate::scorebook::{Delivery, Provenance, Scorebook};
use crate::targets::changes::Change;
use crate::targets::{Plan, Target};
use crate::text::{Lang, Text};

pub mod adjustments;
pub mod aliases;
pub mod batch;
pub mod catalogue;
pub mod chart;
pub mod compare;
pub mod comparison;
pub mod completeness;
pub mod csv;
pub mod definitions;
pub mod explain;
mod facts;
mod figures;
pub mod findings;
#[cfg(test)]
pub(crate) mod fixture;
pub mod forms;
pub mod handbook;
pub mod heat;
mod html;
pub mod json;
mod layout;
pub mod manifest;
pub mod markdown;
pub mod measures;
pub mod monitor;
pub mod notice;
pub mod notices;
pub mod pay;
mod plots;
mod publication;
pub mod returns;
pub mod scheme;
mod scored;
pub mod scores;
mod sources;
pub mod summary;
pub mod table;
pub mod targets;
pub mod terminal;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod unit;
pub mod verify;
mod workbook;

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

/// A file of a result folder, written when there is a place for it: a long one is never held whole.
pub struct File<'a> {
    /// Name, `/` between folders.
    pub name: String,
    /// Writes the content.
    pub write: Writer<'a>,
}

/// A table of a result.
type Sheet = fn(&Scorebook) -> Table;

/// The file of a result that takes longest to write.
pub const SLOWEST: &str = "report.xlsx";

/// What writes the content of a file; several files are written at once.
pub type Writer<'a> = Box<dyn Fn(&mut dyn io::Write) -> io::Result<()> + Send + Sync + 'a>;

impl<'a> File<'a> {
    /// A file of these bytes.
    pub fn of(name: impl Into<String>, bytes: impl AsRef<[u8]> + Send + Sync + 'a) -> Self {
        Self::new(name, move |out| out.write_all(bytes.as_ref()))
    }

    fn new(name: impl Into<String>, write: impl Fn(&mut dyn io::Write) -> io::Result<()> + Send + Sync + 'a) -> Self {
        Self { name: name.into(), write: Box::new(write) }
    }

    /// A table that is made when it is written, and gone then.
    fn made(name: &str, table: Sheet, book: &'a Scorebook, lang: Lang) -> Self {
        Self::new(name, move |out| {
            let table = table(book);
            csv::write(&table.columns, table.records(), lang, out)
        })
    }

    fn sheet(name: &str, table: Table, lang: Lang) -> Self {
        Self::new(name, move |out| csv::write(&table.columns, table.records(), lang, out))
    }
}

/// The files of a result that holds measures only, the manifest last.
pub fn measure_files(book: &Scorebook, lang: Lang) -> io::Result<Vec<File<'_>>> {
    with_manifest(book, lang, vec![File::made("measures.csv", measures::file, book, lang), findings_file(book, lang)])
}

/// The files of a check: findings, who has reported what, and a return list per institution.
pub fn check_files<'a>(book: &'a Scorebook, deliveries: &[Delivery], about: &returns::About, lang: Lang) -> io::Result<Vec<File<'a>>> {
    let mut files = vec![findings_file(book, lang), File::sheet("completeness.csv", completeness::file(deliveries), lang)];
    let findings: Vec<Finding> = book.findings.iter().map(Cow::into_owned).collect();
    files.extend(returns::files(&findings, about, lang)?);
    with_manifest(book, lang, files)
}

/// Every file of a result folder, the manifest last (DESIGN §5).
pub fn files<'a>(dossier: &'a Dossier, lang: Lang) -> io::Result<Vec<File<'a>>> {
    let book = dossier.book;
    let mut files = vec![File::new("scorebook.json", |out| json::scorebook(book, out))];
    files.extend(sheets(book, lang));
    files.extend(html::files(dossier, lang));
    files.push(workbook::file(dossier, lang));
    files.push(notice::file(dossier, lang));
    files.extend(publication::files(dossier, lang));
    for (part, of_part) in book.parts.iter().zip(&dossier.parts) {
        let of_part = sheets(of_part.book, lang)
            .chain(html::files(of_part, lang))
            .chain([workbook::file(of_part, lang), notice::file(of_part, lang)])
            .map(|file| File { name: format!("parts/{}/{}", part.id, file.name), ..file });
        files.extend(of_part);
    }
    with_manifest(book, lang, files)
}

/// The tables of one result.
fn sheets(book: &Scorebook, lang: Lang) -> impl Iterator<Item = File<'_>> {
    let tables: [(&str, Sheet); 4] = [
        ("summary.csv", summary::file),
        ("scores.csv", scores::file),
        ("measures.csv", measures::file),
        ("adjustments.csv", adjustments::file),
    ];
    tables.into_iter().map(move |(name, table)| File::made(name, table, book, lang)).chain([findings_file(book, lang)])
}

/// Lights, what is to be put right, findings, and the manifest.
pub fn monitor_files<'a>(book: &'a Scorebook, found: &Monitor, entries: &[Entry], lang: Lang) -> io::Result<Vec<File<'a>>> {
    let files = vec![
        File::sheet("monitor.csv", monitor::file(book, found), lang),
        File::sheet("rectification.csv", monitor::list_file(book, entries), lang),
        findings_file(book, lang),
    ];
    with_manifest(book, lang, files)
}

/// The workbooks of collection forms by institution, and the manifest.
pub fn form_files(forms: &[Form], assessment: &Assessment, lang: Lang) -> io::Result<Vec<File<'static>>> {
    let mut names = returns::FileNames::default();
    let mut files = Vec::new();
    for form in forms {
        let name = form.code.as_deref().map_or_else(|| "forms".to_owned(), |code| names.of(code));
        files.push(File::of(format!("{name}.xlsx"), forms::workbook(form, lang).map_err(io::Error::other)?));
    }
    close(assessment.roster.windows.assessed, &assessment.provenance, lang, files)
}

/// The targets, what changed where an earlier version was named, and the manifest.
pub fn target_files(
    plan: &Plan,
    targets: &[Target],
    changes: Option<&[Change]>,
    provenance: &Provenance,
    lang: Lang,
) -> io::Result<Vec<File<'static>>> {
    let mut files = vec![File::sheet("targets.csv", targets::file(plan, targets), lang)];
    files.extend(changes.map(|changes| File::sheet("changes.csv", targets::changes_file(changes), lang)));
    close(plan.period, provenance, lang, files)
}

/// Amounts, units, pools, people where there are any, and the manifest.
pub fn pay_files(plan: &crate::pay::Plan, allocation: &Allocation, provenance: &Provenance, lang: Lang) -> io::Result<Vec<File<'static>>> {
    let mut files = vec![
        File::sheet("amounts.csv", pay::amounts(plan, allocation), lang),
        File::sheet("units.csv", pay::units(plan, allocation), lang),
        File::sheet("pools.csv", pay::pools(plan, allocation), lang),
    ];
    if !allocation.personal.is_empty() {
        files.push(File::sheet("persons.csv", pay::persons(plan, allocation), lang));
    }
    close(plan.scores.period, provenance, lang, files)
}

/// The tables of a comparison, and the manifest.
pub fn compare_files(comparison: &Comparison, period: Span, provenance: &Provenance, lang: Lang) -> io::Result<Vec<File<'static>>> {
    let mut files: Vec<File> = compare::files(comparison).into_iter().map(|(name, table)| File::sheet(name, table, lang)).collect();
    let title = Text::new(format!("对比 · {period}"), format!("Comparison · {period}")).get(lang).to_owned();
    files.push(html::of_tables("compare.html", title.clone(), compare::sheets(comparison), lang));
    files.push(workbook::of_tables("compare.xlsx", title, compare::sheets(comparison), lang));
    close(period, provenance, lang, files)
}

fn findings_file(book: &Scorebook, lang: Lang) -> File<'_> {
    File::new("findings.csv", move |out| findings::write(&book.findings, lang, out))
}

fn with_manifest<'a>(book: &Scorebook, lang: Lang, files: Vec<File<'a>>) -> io::Result<Vec<File<'a>>> {
    close(book.head.period, &book.provenance, lang, files)
}

/// The files, and the manifest that names them.
fn close<'a>(period: Span, provenance: &Provenance, lang: Lang, mut files: Vec<File<'a>>) -> io::Result<Vec<File<'a>>> {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).chain([manifest::NAME.to_owned()]).collect();
    files.push(File::of(manifest::NAME, manifest::of(period, provenance, lang, &names)?));
    Ok(files)
}
