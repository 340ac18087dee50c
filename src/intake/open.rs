//! Opens one data file as mapped tables: one of a text, one of each sheet of a workbook.

use crate::codes::data as codes;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::encoding::decode;
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
    Table(&'t Table<'t>, Option<Mapping>),
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

/// Decodes the file, reads the header of every table in it and hands the tables over one by one. The name
/// of what the bytes turned out to be.
pub fn with_tables(
    file: &DataFile,
    source: &Source,
    known: Known,
    findings: &mut Vec<Finding>,
    mut use_it: impl FnMut(Opened, &mut Vec<Finding>),
) -> Result<&'static str, Unreadable> {
    let place = Place { file: Some(file.path.as_str().into()), ..Place::default() };
    let opener = Opener { source, known };
    if !is_named_as_workbook(&file.path) {
        let decoded = decode(&file.content, source.encoding)?;
        if opener.is_form() {
            let form = Form::new(Table::rows_of(decoded.text(), source.delimiter));
            use_it(Opened { content: Content::Form(form), place }, findings);
        } else {
            let labels = |cells: &[String]| mapping::labels(cells, source);
            let table = Table::of(decoded.text(), source.delimiter, opener.head(&labels), place.clone());
            let table = table.map_err(|why| decoded.to_end().err().unwrap_or(why))?;
            opener.hand_over(table, None, place, findings, &mut use_it);
        }
        // What was read so far is nothing, if the rest cannot be read.
        return file.content.fault().map_or(Ok(decoded.encoding.name()), |fault| Err(fault.clone()));
    }
    let book = open_workbook(file, source)?;
    note_sheets(&book, source, &place, findings);
    let is_one = book.sheets.iter().filter(|sheet| !sheet.is_blank()).count() < 2;
    // One sheet of a workbook must be data; a second one may be a cover or a list of words.
    let is_sifted = !is_one && source.sheet.is_none();
    let are_data: Vec<bool> = book.sheets.iter().map(|sheet| is_sifted && opener.is_data(sheet)).collect();
    let has_data = are_data.contains(&true);
    for (sheet, is_data) in book.sheets.iter().zip(are_data).filter(|(sheet, _)| is_one || !sheet.is_blank()) {
        let place = Place { sheet: Some(sheet.name.as_str().into()), ..place.clone() };
        if is_sifted && has_data && !is_data {
            findings.push(Finding::new(&codes::SHEET_LEFT_OUT, place));
        } else if opener.is_form() {
            let form = Form::new(Table::rows_of(Text::Held(&sheet.text), Delimiter::Tab));
            use_it(Opened { content: Content::Form(form), place }, findings);
        } else {
            let labels = |cells: &[String]| mapping::labels(cells, source);
            let table = Table::of_sheet(sheet, opener.head(&labels), place.clone())?;
            opener.hand_over(table, Some(sheet), place, findings, &mut use_it);
        }
    }
    Ok(book.kind.name())
}

struct Opener<'a> {
    source: &'a Source,
    known: Known<'a>,
}

impl Opener<'_> {
    fn is_form(&self) -> bool {
        matches!(self.source.layout, Layout::Form { .. })
    }

    fn head<'h>(&self, labels: &'h dyn Fn(&[String]) -> Option<Vec<usize>>) -> Head<'h> {
        self.source.header.map_or(Head::Holding(labels), |(first, last)| Head::Rows(first, last))
    }

    fn hand_over(
        &self,
        mut table: Table,
        sheet: Option<&Sheet>,
        place: Place,
        findings: &mut Vec<Finding>,
        use_it: &mut impl FnMut(Opened, &mut Vec<Finding>),
    ) {
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
        use_it(Opened { content: Content::Table(&table, mapping), place }, findings);
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
