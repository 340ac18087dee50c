//! Opens data files as mapped tables: one of a text, one of each sheet of a workbook.

use rayon::prelude::*;

use crate::codes::data as codes;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::encoding::{Decoded, Encoding, decode};
use crate::intake::form::Form;
use crate::intake::mapping::{self, Mapping, map};
use crate::intake::pieces::Text;
use crate::intake::rows::{self, Known, Met, Sink};
use crate::intake::source::{DataFile, Layout, OrganisationFrom, Source};
use crate::intake::table::{Delimiter, Head, Table};
use crate::intake::unreadable::Unreadable;
use crate::intake::whose;
use crate::intake::workbook::{self, Sheet, Workbook, is_named_as_workbook};

/// A table with what its columns mean, or a form.
pub struct Opened<'t> {
    /// What it is.
    pub content: Content<'t>,
    /// File and sheet.
    pub place: Place,
}

/// What a file or a sheet holds.
pub enum Content<'t> {
    /// A table, and its columns; `None` where organisation or period cannot be found.
    Table(Box<Table<'t>>, Option<Mapping>),
    /// Labels and values.
    Form(Form),
}

impl Opened<'_> {
    /// Reads everything through a sink.
    pub fn read(&self, source: &Source, known: Known, sink: &mut impl Sink, findings: &mut Vec<Finding>) -> Met {
        match &self.content {
            Content::Table(table, Some(mapping)) => rows::read(table, mapping, source, known, &self.place, sink, findings),
            Content::Table(_, None) => Met::default(),
            Content::Form(form) => form.read(source, known, &self.place, sink, findings),
        }
    }
}

/// Files that are opened at the same time, at most; and their bytes for each thread, unless it is one file alone.
const FILES: usize = 256;
const BYTES: u64 = 1 << 20;

/// Opens the files of a source on all cores and hands them over one after another.
pub fn each_file(files: &[DataFile], source: &Source, known: Known, mut read: impl FnMut(&DataFile, Tables)) {
    let opener = Opener { source, known };
    let mut batches = batches(files).peekable();
    let mut unpacked = batches.peek().map(|batch| opener.unpack_all(batch)).unwrap_or_default();
    while let Some(batch) = batches.next() {
        let opened = opener.open_all(batch, &unpacked);
        let mut coming = Vec::new();
        let read_all = || batch.iter().zip(opened).for_each(|(file, tables)| read(file, tables));
        match batches.peek() {
            // Two large files are never held at the same time.
            Some(next) if batch.len() > 1 && next.len() > 1 => rayon::in_place_scope(|scope| {
                scope.spawn(|_| coming = opener.unpack_all(next));
                read_all();
            }),
            next => {
                read_all();
                unpacked.clear();
                coming = next.map(|next| opener.unpack_all(next)).unwrap_or_default();
            }
        }
        unpacked = coming;
    }
}

fn batches(files: &[DataFile]) -> impl Iterator<Item = &[DataFile]> {
    let most = BYTES.saturating_mul(u64::try_from(rayon::current_num_threads()).unwrap_or(1));
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut bytes = 0_u64;
        let fits = |file: &&DataFile| {
            bytes = bytes.saturating_add(file.content.on_disk);
            bytes <= most
        };
        let count = rest.iter().take(FILES).take_while(fits).count().max(1);
        let (batch, behind) = rest.split_at_checked(count)?;
        rest = behind;
        Some(batch)
    })
}

/// Opens one file and hands its tables over one by one. The name of what the bytes turned out to be.
pub fn with_tables(
    file: &DataFile,
    source: &Source,
    known: Known,
    findings: &mut Vec<Finding>,
    use_it: impl FnMut(Opened, &mut Vec<Finding>),
) -> Result<&'static str, Unreadable> {
    let opener = Opener { source, known };
    let unpacked = opener.unpack(file);
    opener.open(file, &unpacked).read(findings, use_it)
}

/// A file whose text can be read.
enum Unpacked<'f> {
    Text(Decoded<'f>),
    Book(Workbook),
}

/// What was found in a file so far.
#[derive(Default)]
struct Found<'u> {
    /// Its tables, each with what was said before it was opened, and of how it looks.
    tables: Vec<(Vec<Finding>, Opened<'u>)>,
    /// What is said behind the last one.
    said: Vec<Finding>,
}

impl<'u> Found<'u> {
    fn add(&mut self, opened: Opened<'u>) {
        self.tables.push((std::mem::take(&mut self.said), opened));
    }
}

/// The tables of a file.
pub struct Tables<'u> {
    file: &'u DataFile,
    found: Found<'u>,
    /// Name of what the bytes turned out to be, if they can be read.
    kind: Result<&'static str, Unreadable>,
    /// The encoding of the source, where not all of the file was looked at.
    unseen: Option<Encoding>,
}

impl Tables<'_> {
    /// Hands them over one by one. The name of what the bytes turned out to be.
    pub fn read(self, findings: &mut Vec<Finding>, mut use_it: impl FnMut(Opened, &mut Vec<Finding>)) -> Result<&'static str, Unreadable> {
        for (said, opened) in self.found.tables {
            findings.extend(said);
            use_it(opened, findings);
        }
        findings.extend(self.found.said);
        // What was read so far is nothing, if the rest cannot be read.
        let content = &self.file.content;
        let kind = match self.unseen.filter(|_| !content.is_unseen()) {
            Some(declared) => decode(content, declared).map(|decoded| decoded.encoding.name()),
            None => self.kind,
        };
        content.fault().map_or(kind, |fault| Err(fault.clone()))
    }
}

struct Opener<'a> {
    source: &'a Source,
    known: Known<'a>,
}

impl Opener<'_> {
    fn unpack_all<'f>(&self, files: &'f [DataFile]) -> Vec<Result<Unpacked<'f>, Unreadable>> {
        match files {
            [file] => vec![self.unpack(file)],
            files => files.par_iter().map(|file| self.unpack(file)).collect(),
        }
    }

    fn unpack<'f>(&self, file: &'f DataFile) -> Result<Unpacked<'f>, Unreadable> {
        if is_named_as_workbook(&file.path) {
            return open_workbook(file, self.source).map(Unpacked::Book);
        }
        decode(&file.content, self.source.encoding).map(Unpacked::Text)
    }

    fn open_all<'u>(&self, files: &'u [DataFile], unpacked: &'u [Result<Unpacked, Unreadable>]) -> Vec<Tables<'u>> {
        match (files, unpacked) {
            ([file], [unpacked]) => vec![self.open(file, unpacked)],
            (files, unpacked) => files.par_iter().zip(unpacked).map(|(file, unpacked)| self.open(file, unpacked)).collect(),
        }
    }

    /// The tables of a file, their headers read.
    fn open<'u>(&self, file: &'u DataFile, unpacked: &'u Result<Unpacked, Unreadable>) -> Tables<'u> {
        let mut found = Found::default();
        // Even to find its header more of it may be looked at.
        let unseen = file.content.is_unseen().then_some(self.source.encoding);
        let place = Place { file: Some(file.path.as_str().into()), ..Place::default() };
        let kind = match unpacked {
            Ok(Unpacked::Text(decoded)) => self.text(decoded, place, &mut found),
            Ok(Unpacked::Book(book)) => self.book(book, &place, &mut found),
            Err(fault) => Err(fault.clone()),
        };
        Tables { file, found, kind, unseen }
    }

    fn text<'u>(&self, decoded: &'u Decoded, place: Place, found: &mut Found<'u>) -> Result<&'static str, Unreadable> {
        if self.is_form() {
            let form = Form::new(Table::rows_of(decoded.text(), self.source.delimiter));
            found.add(Opened { content: Content::Form(form), place });
        } else {
            let labels = |cells: &[String]| mapping::labels(cells, self.source);
            let table = Table::of(decoded.text(), self.source.delimiter, self.head(&labels), place.clone());
            let table = table.map_err(|why| decoded.to_end().err().unwrap_or(why))?;
            self.table(table, None, place, found);
        }
        Ok(decoded.encoding.name())
    }

    fn book<'u>(&self, book: &'u Workbook, place: &Place, found: &mut Found<'u>) -> Result<&'static str, Unreadable> {
        note_sheets(book, self.source, place, &mut found.said);
        let is_one = book.sheets.iter().filter(|sheet| !sheet.is_blank()).count() < 2;
        // One sheet of a workbook must be data; a second one may be a cover or a list of words.
        let is_sifted = !is_one && self.source.sheet.is_none();
        let are_data: Vec<bool> = book.sheets.iter().map(|sheet| is_sifted && self.is_data(sheet)).collect();
        let has_data = are_data.contains(&true);
        for (sheet, is_data) in book.sheets.iter().zip(are_data).filter(|(sheet, _)| is_one || !sheet.is_blank()) {
            let place = Place { sheet: Some(sheet.name.as_str().into()), ..place.clone() };
            if is_sifted && has_data && !is_data {
                found.said.push(Finding::new(&codes::SHEET_LEFT_OUT, place));
            } else if self.is_form() {
                let form = Form::new(Table::rows_of(Text::Held(&sheet.text), Delimiter::Tab));
                found.add(Opened { content: Content::Form(form), place });
            } else {
                let labels = |cells: &[String]| mapping::labels(cells, self.source);
                let table = Table::of_sheet(sheet, self.head(&labels), place.clone())?;
                self.table(table, Some(sheet), place, found);
            }
        }
        Ok(book.kind.name())
    }

    fn is_form(&self) -> bool {
        matches!(self.source.layout, Layout::Form { .. })
    }

    fn head<'h>(&self, labels: &'h dyn Fn(&[String]) -> Option<Vec<usize>>) -> Head<'h> {
        self.source.header.map_or(Head::Holding(labels), |(first, last)| Head::Rows(first, last))
    }

    /// Finds out what the columns mean.
    fn table<'u>(&self, mut table: Table<'u>, sheet: Option<&Sheet>, place: Place, found: &mut Found<'u>) {
        let findings = &mut found.said;
        findings.append(&mut table.findings);
        let path = place.file.as_deref().unwrap_or_default();
        let whose = match &self.source.organisation {
            OrganisationFrom::Fixed(organisation) => Ok(Some(*organisation)),
            OrganisationFrom::FileName => whose::in_path(path, self.known).map(Some).ok_or(path),
            _ => Ok(None),
        };
        let mapping = match whose {
            Ok(whose) => map(&table, self.source, (self.known.vocabulary, whose), &place, findings),
            Err(path) => {
                findings.push(Finding::new(&codes::WHOSE_UNKNOWN, place.clone()).with("written", path));
                None
            }
        };
        if let (Some(mapping), Some(sheet)) = (&mapping, sheet) {
            let (labels, figures) = (mapping.labels(), mapping.figures());
            table.fill_down(&sheet.merged, &labels);
            table.note_merged_figures(&sheet.merged, &figures);
            table.note_hidden(sheet, &[labels, figures].concat());
            findings.append(&mut table.findings);
        }
        found.add(Opened { content: Content::Table(Box::new(table), mapping), place });
    }

    /// True for a sheet that is read: a table with labels, or a form with items.
    fn is_data(&self, sheet: &Sheet) -> bool {
        if self.is_form() {
            return Form::new(Table::rows_of(Text::Held(&sheet.text), Delimiter::Tab)).has_items(self.source, self.known);
        }
        let labels = |cells: &[String]| mapping::labels(cells, self.source);
        let table = Table::of_sheet(sheet, self.head(&labels), Place::default());
        let headers = |table: Table| table.columns.iter().map(|column| column.header.to_string()).collect::<Vec<_>>();
        let Ok(names) = table.map(headers) else { return false };
        let is_list = || self.source.layout == Layout::Wide && mapping::is_list_of_organisations(names.iter().map(String::as_str));
        labels(&names).is_some() && !is_list()
    }
}

fn open_workbook(file: &DataFile, source: &Source) -> Result<Workbook, Unreadable> {
    let pattern = source.sheet.as_ref().and_then(|sheet| glob::Pattern::new(sheet).ok());
    let is_wanted = |name: &str| source.sheet.as_deref() == Some(name) || pattern.as_ref().is_some_and(|pattern| pattern.matches(name));
    workbook::read(&file.content.whole()?, source.sheet.is_some().then_some(&is_wanted))
}

fn note_sheets(book: &Workbook, source: &Source, place: &Place, findings: &mut Vec<Finding>) {
    if let (Some(sheet), true) = (&source.sheet, book.sheets.is_empty()) {
        let near = crate::text::nearest(sheet, book.names.iter().map(String::as_str));
        let finding = Finding::new(&codes::NO_SUCH_SHEET, place.clone()).with("sheet", sheet.clone());
        findings.push(finding.with("sheets", book.names.join(" · ")).suggest(near));
    }
    for sheet in &book.hidden {
        let place = Place { sheet: Some(sheet.as_str().into()), ..place.clone() };
        findings.push(Finding::new(&codes::HIDDEN_SHEET, place).with("sheet", sheet.clone()));
    }
}

/// Why a file is no table, if it is none. Nothing is read beyond its header.
pub fn refusal(file: &DataFile, source: &Source) -> Option<Diagnostic> {
    let read = if is_named_as_workbook(&file.path) {
        open_workbook(file, source).map(|_| ())
    } else {
        decode(&file.content, source.encoding).and_then(|decoded| {
            decoded.to_end()?;
            Table::of(decoded.text(), source.delimiter, Head::First, Place::default()).map(|_| ())
        })
    };
    read.err().map(|unreadable| unreadable.diagnostic(&file.path))
}
