//! `[[source]]` as written → files and what their columns and rows mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::assessment::ahead::Ahead;
use crate::assessment::files::{display_path, read_standard_input, unreadable};
use crate::assessment::names::KnownNames;
use crate::assessment::records::Asked;
use crate::assessment::terms::Figures;
use crate::codes::{assessment as codes, terms as terms_codes};
use crate::definition::source::{self as spec, ColumnTarget, PeriodSource, Spot};
use crate::definition::{Located, located::Words};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::{ItemId, NameKind, Names};
use crate::intake::encoding::Encoding;
use crate::intake::source::{
    ColumnUse, DataFile, DeclaredTotal, FormCell, FormSpot, ItemFrom, Layout, Mapped, OrganisationFrom, PeriodFrom, Source, Stage, Written,
    YearPart,
};
use crate::intake::table::Delimiter;
use crate::intake::totals::strip_numbering;
use crate::period::Span;
use crate::registry::{OrgId, Registry};
use crate::score::kernel::read_date;
use crate::text::{Text, nearest, normalise};

/// What sources are resolved against.
pub struct SourceResolver<'a> {
    /// The assessment file.
    pub file: &'a Arc<SourceFile>,
    /// The folder that paths are relative to.
    pub folder: &'a Path,
    /// Items by name.
    pub names: &'a KnownNames,
    /// Organisations.
    pub registry: &'a Registry,
    /// What registers are counted for.
    pub asked: &'a Asked,
    /// Where the figures come from.
    pub figures: &'a Figures,
    /// What was looked at already.
    pub ahead: &'a Ahead,
}

impl SourceResolver<'_> {
    /// Resolves the source of this number and reads its files into memory.
    pub fn resolve(&self, number: usize, written: &Located<spec::Source>, diagnostics: &mut Vec<Diagnostic>) -> Source {
        self.refuse_misplaced_keys(written, diagnostics);
        let mut files = self.own_files(&written.path, diagnostics);
        let layout = self.layout(written, &mut files, diagnostics);
        Source {
            number,
            files,
            layout,
            organisation: self.organisation_from(written, diagnostics),
            period: self.period(written, diagnostics),
            columns: self.columns(written, diagnostics),
            rows: self.rows(written, diagnostics),
            written: names(written),
            totals: written.totals.iter().filter_map(|total| self.total(total, diagnostics)).collect(),
            cumulative: written.cumulative.as_ref().is_some_and(|cumulative| cumulative.value),
            stage: match written.stage.as_ref().map(|stage| stage.value) {
                Some(spec::Stage::Verified) => Stage::Verified,
                _ => Stage::Reported,
            },
            received: self.date(written.received.as_ref(), diagnostics),
            due: self.date(written.due.as_ref(), diagnostics),
            prefer: written.prefer.as_ref().map(|prefer| prefer.value),
            sheet: written.sheet.as_ref().map(|sheet| sheet.value.clone()),
            header: written.header.as_ref().map(|header| (u64::from(header.value.first), u64::from(header.value.last))),
            encoding: encoding(written.encoding.as_ref(), self.file, diagnostics),
            delimiter: self.delimiter(written.delimiter.as_ref(), diagnostics),
        }
    }

    fn layout(&self, written: &Located<spec::Source>, files: &mut Vec<DataFile>, diagnostics: &mut Vec<Diagnostic>) -> Layout {
        let column = |spot: Option<&Located<Spot>>| Some(spot?.value.column.as_ref()?.value.clone());
        let item = written.item.as_ref();
        match written.layout.as_ref().map(|layout| layout.value) {
            None | Some(spec::Layout::Wide) => Layout::Wide,
            Some(spec::Layout::Long) => {
                let value = written.value.value.as_ref().map(|name| name.column.value.clone());
                Layout::Long { item: column(item), value }
            }
            Some(spec::Layout::Crosstab) => {
                let fixed = item.and_then(|item| item.value.value.as_ref());
                let item = match (fixed, column(item)) {
                    (Some(id), _) => self.item(id, diagnostics).map_or(ItemFrom::Find, ItemFrom::Fixed),
                    (None, Some(header)) => ItemFrom::Column(header),
                    (None, None) => ItemFrom::Find,
                };
                Layout::Crosstab { item }
            }
            Some(spec::Layout::Records) => self.register(written, files, diagnostics).unwrap_or(Layout::Wide),
            Some(spec::Layout::Form) => {
                let cell = |(id, spot): &(Words, Words), diagnostics: &mut Vec<Diagnostic>| {
                    Some(FormCell { item: self.item(id, diagnostics)?, spot: FormSpot::parse(&spot.value) })
                };
                Layout::Form { cells: written.cells.iter().filter_map(|entry| cell(entry, diagnostics)).collect() }
            }
        }
    }

    fn organisation_from(&self, written: &spec::Source, diagnostics: &mut Vec<Diagnostic>) -> OrganisationFrom {
        match written.organisation.as_ref().map(|spot| &spot.value) {
            Some(Spot { column: Some(header), .. }) => OrganisationFrom::Column(header.value.clone()),
            Some(Spot { value: Some(code), .. }) => {
                self.organisation(code, diagnostics).map_or(OrganisationFrom::Find, OrganisationFrom::Fixed)
            }
            Some(Spot { file_name: Some(_), .. }) => OrganisationFrom::FileName,
            Some(Spot { cell: Some(spot), .. }) => OrganisationFrom::Spot(FormSpot::parse(&spot.value)),
            Some(Spot { label: Some(label), .. }) => OrganisationFrom::Spot(FormSpot::Label(label.value.clone())),
            _ => OrganisationFrom::Find,
        }
    }

    /// Keys that mean nothing in the layout of the source.
    fn refuse_misplaced_keys(&self, written: &spec::Source, diagnostics: &mut Vec<Diagnostic>) {
        let layout = written.layout.as_ref().map_or(spec::Layout::Wide, |layout| layout.value);
        let is_form = layout == spec::Layout::Form;
        let mut refuse = |key: &str, layout: &str, at: Option<std::ops::Range<usize>>| {
            if let Some(at) = at {
                let diagnostic = Diagnostic::new(&codes::NOT_IN_LAYOUT, crate::diagnostic::Origin::new(self.file, at));
                diagnostics.push(diagnostic.with("key", key).with("layout", layout));
            }
        };
        let span = |words: Option<&Words>| words.map(|words| words.span.clone());
        if let Some(spot) = written.organisation.as_ref().filter(|_| !is_form) {
            refuse("organisation.cell", "form", span(spot.value.cell.as_ref()));
            refuse("organisation.label", "form", span(spot.value.label.as_ref()));
        }
        if let Some(spot) = written.organisation.as_ref().filter(|_| is_form) {
            refuse("organisation.column", "wide, long, crosstab", span(spot.value.column.as_ref()));
        }
        if let Some(Located { value: PeriodSource::Cell(at) | PeriodSource::Label(at), .. }) = written.period.as_ref().filter(|_| !is_form)
        {
            refuse("period.cell, period.label", "form", Some(at.span.clone()));
        }
        if let Some(spot) = &written.item {
            if layout != spec::Layout::Crosstab {
                refuse("item.value", "crosstab", span(spot.value.value.as_ref()));
            }
            refuse("item.cell", "–", span(spot.value.cell.as_ref()));
            refuse("item.label", "–", span(spot.value.label.as_ref()));
            refuse("item.file_name", "–", spot.value.file_name.as_ref().map(|_| spot.span.clone()));
            if matches!(layout, spec::Layout::Wide | spec::Layout::Form | spec::Layout::Records) {
                refuse("item.column", "long, crosstab", span(spot.value.column.as_ref()));
            }
        }
        let is_register = layout == spec::Layout::Records;
        let first = |words: Option<&Words>| span(words);
        if is_register {
            let values = "wide, long, crosstab, form";
            refuse("columns", values, first(written.columns.iter().next().map(|(header, _)| header)));
            refuse("rows", values, first(written.rows.iter().next().map(|(label, _)| label)));
            refuse("totals", values, first(written.totals.first().map(|total| &total.row)));
            refuse("value", "long", span(written.value.as_ref().map(|name| &name.column)));
            refuse("cumulative", values, written.cumulative.as_ref().map(|cumulative| cumulative.span.clone()));
        } else {
            refuse("key", "records", first(written.key.first()));
            refuse("covers", "records", span(written.covers.as_ref()));
            refuse("matched", "records", written.matched.as_ref().map(|matched| matched.span.clone()));
            refuse("items", "records", first(written.items.first().map(|item| &item.item)));
        }
        if is_form {
            let tables = "wide, long, crosstab";
            refuse("rows", tables, written.rows.iter().next().map(|(label, _)| label.span.clone()));
            refuse("totals", tables, written.totals.first().map(|total| total.row.span.clone()));
        } else {
            refuse("cells", "form", written.cells.iter().next().map(|(item, _)| item.span.clone()));
        }
    }

    /// An item by its id or name.
    pub(super) fn item(&self, written: &Words, diagnostics: &mut Vec<Diagnostic>) -> Option<ItemId> {
        let found = self.names.item(&written.value);
        if found.is_none() {
            let near = nearest(&written.value, self.names.candidates(NameKind::Figure));
            let diagnostic = Diagnostic::new(&codes::UNKNOWN_ITEM, written.origin(self.file)).with("item", written.value.clone());
            diagnostics.push(diagnostic.suggest(near));
        }
        found.map(|found| found.id)
    }

    fn date(&self, written: Option<&Words>, diagnostics: &mut Vec<Diagnostic>) -> Option<NaiveDate> {
        let written = written?;
        let date = read_date(&written.value);
        if date.is_none() {
            let diagnostic = Diagnostic::new(&codes::SOURCE_DATE, written.origin(self.file));
            diagnostics.push(diagnostic.with("value", written.value.clone()));
        }
        date
    }

    /// The files of a source; at one place of several there may be none.
    fn own_files(&self, path: &Words, diagnostics: &mut Vec<Diagnostic>) -> Vec<DataFile> {
        let before = diagnostics.len();
        let files = self.files(path, diagnostics);
        if *self.figures == Figures::AtOnePlace {
            for diagnostic in diagnostics.iter_mut().skip(before).filter(|one| std::ptr::eq(one.code, &raw const codes::NO_FILE)) {
                *diagnostic = Diagnostic::new(&terms_codes::NO_FILE, path.origin(self.file)).with("path", path.value.clone());
            }
        }
        files
    }

    pub(super) fn files(&self, path: &Words, diagnostics: &mut Vec<Diagnostic>) -> Vec<DataFile> {
        if matches!(self.figures, Figures::Terms(_)) {
            return Vec::new();
        }
        if path.value == "-" {
            let read = read_standard_input();
            diagnostics
                .extend(read.as_ref().err().cloned().map(|diagnostic| Diagnostic { origin: Some(path.origin(self.file)), ..diagnostic }));
            return read.into_iter().collect();
        }
        let found = self.ahead.found(path, self.file, self.folder);
        diagnostics.extend(found.diagnostics);
        found.files
    }

    pub(super) fn span(&self, written: &Words, diagnostics: &mut Vec<Diagnostic>) -> Option<Span> {
        let span = written.value.parse().ok();
        if span.is_none() {
            diagnostics.push(Diagnostic::new(&codes::NOT_A_PERIOD, written.origin(self.file)).with("value", written.value.clone()));
        }
        span
    }

    fn period(&self, written: &spec::Source, diagnostics: &mut Vec<Diagnostic>) -> PeriodFrom {
        match written.period.as_ref().map(|period| &period.value) {
            None => PeriodFrom::Find,
            Some(PeriodSource::Column(header)) => PeriodFrom::Column(header.value.clone()),
            Some(PeriodSource::Parts { year, part, counts }) => {
                let counts = match counts {
                    spec::YearPart::Month => YearPart::Month,
                    spec::YearPart::Quarter => YearPart::Quarter,
                };
                PeriodFrom::Parts { year: year.value.clone(), part: part.value.clone(), counts }
            }
            Some(PeriodSource::Value(value)) => self.span(value, diagnostics).map_or(PeriodFrom::Find, PeriodFrom::Fixed),
            Some(PeriodSource::FileName(_)) => PeriodFrom::FileName,
            Some(PeriodSource::Cell(at)) => PeriodFrom::Spot(FormSpot::parse(&at.value)),
            Some(PeriodSource::Label(label)) => PeriodFrom::Spot(FormSpot::Label(label.value.clone())),
        }
    }

    fn columns(&self, written: &spec::Source, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, ColumnUse> {
        let mut columns = BTreeMap::new();
        for (header, target) in written.columns.iter() {
            let found = match &target.value {
                ColumnTarget::Skip => Some(ColumnUse::Skip),
                ColumnTarget::Item { item, period } => {
                    let span = period.as_ref().map(|period| self.span(period, diagnostics));
                    self.item(item, diagnostics).map(|item| ColumnUse::Item(item, span.flatten()))
                }
            };
            if let Some(found) = found {
                columns.insert(normalise(&header.value), found);
            }
        }
        columns
    }

    fn organisation(&self, written: &Words, diagnostics: &mut Vec<Diagnostic>) -> Option<OrgId> {
        let found = self.registry.find(&written.value).or_else(|| self.registry.find(strip_numbering(&written.value)));
        if found.is_none() {
            let diagnostic = Diagnostic::new(&codes::UNKNOWN_ROW, written.origin(self.file)).with("label", written.value.clone());
            diagnostics.push(diagnostic.suggest(self.registry.nearest(&written.value)));
        }
        found
    }

    fn rows(&self, written: &spec::Source, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, OrgId> {
        let row = |(label, code): &(Words, Words), diagnostics: &mut Vec<Diagnostic>| {
            Some((normalise(&label.value), self.organisation(code, diagnostics)?))
        };
        written.rows.iter().filter_map(|entry| row(entry, diagnostics)).collect()
    }

    fn total(&self, written: &spec::TotalRow, diagnostics: &mut Vec<Diagnostic>) -> Option<DeclaredTotal> {
        let row = self.organisation(&written.row, diagnostics);
        let parts: Vec<Option<OrgId>> = written.parts.iter().map(|part| self.organisation(part, diagnostics)).collect();
        Some(DeclaredTotal { row: row?, parts: parts.into_iter().collect::<Option<_>>()? })
    }

    fn delimiter(&self, written: Option<&Words>, diagnostics: &mut Vec<Diagnostic>) -> Delimiter {
        match written.map(|written| (written, written.value.as_str())) {
            None => Delimiter::Auto,
            Some((_, ",")) => Delimiter::Comma,
            Some((_, "\t" | "\\t" | "tab")) => Delimiter::Tab,
            Some((_, ";")) => Delimiter::Semicolon,
            Some((written, _)) => {
                diagnostics.push(Diagnostic::new(&codes::BAD_DELIMITER, written.origin(self.file)).with("value", written.value.clone()));
                Delimiter::Auto
            }
        }
    }
}

/// The encoding a file of the assessment is said to have; found by its bytes if nothing is said.
pub(super) fn encoding(written: Option<&Words>, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Encoding {
    let Some(written) = written else { return Encoding::Auto };
    written.value.parse().unwrap_or_else(|_| {
        let near = nearest(&written.value, Encoding::NAMES.iter().copied());
        diagnostics.push(Diagnostic::new(&codes::BAD_ENCODING, written.origin(file)).with("value", written.value.clone()).suggest(near));
        Encoding::Auto
    })
}

fn names(source: &spec::Source) -> Written {
    let mapped = |written: &str| Mapped { key: normalise(written), written: written.to_owned() };
    Written {
        columns: source.columns.iter().map(|(header, _)| mapped(&header.value)).collect(),
        rows: source.rows.iter().map(|(label, _)| mapped(&label.value)).collect(),
    }
}

/// The files a path or pattern stands for, in byte order of their paths. What cannot be used as one, no
/// match, and folders that cannot be looked into are said.
pub(super) fn matching(path: &Words, file: &Arc<SourceFile>, folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let say = |code| Diagnostic::new(code, path.origin(file)).with("path", path.value.clone());
    let pattern = folder.join(&path.value);
    // Only the path as written is a pattern; the folder's name is a name.
    let around = glob::Pattern::escape(&folder.to_string_lossy());
    let escaped =
        if around.is_empty() || Path::new(&path.value).is_absolute() { path.value.clone() } else { format!("{around}/{}", path.value) };
    let found = match glob::glob(&escaped) {
        Ok(found) => found,
        Err(problem) => {
            diagnostics.push(say(&codes::BAD_GLOB).with("problem", glob_problem(problem.msg)));
            return Vec::new();
        }
    };
    // A name that holds [ or ] is a pattern to glob and still a file.
    let (mut paths, unread) = if pattern.exists() { (vec![pattern], Vec::new()) } else { listed(found) };
    let shut = !unread.is_empty();
    diagnostics.extend(unread.iter().map(|error| {
        let shown = display_path(error.path(), folder);
        Diagnostic { origin: Some(path.origin(file)), ..unreadable(error.error(), &shown) }
    }));
    // What a spreadsheet program leaves beside a file that is open is no data.
    paths.retain(|path| path.file_name().is_none_or(|name| !name.to_string_lossy().starts_with("~$")));
    paths.sort_by(|a, b| display_path(a, folder).as_bytes().cmp(display_path(b, folder).as_bytes()));
    if paths.is_empty() && !shut {
        diagnostics.push(say(&codes::NO_FILE));
    }
    paths
}

/// The files found, and the folders that could not be looked into.
pub(super) fn listed(found: glob::Paths) -> (Vec<PathBuf>, Vec<glob::GlobError>) {
    let (mut paths, mut unread) = (Vec::new(), Vec::new());
    for entry in found {
        match entry {
            Ok(path) => paths.push(path),
            Err(error) => unread.push(error),
        }
    }
    (paths, unread)
}

/// What the pattern's reader says, in both languages.
fn glob_problem(said: &str) -> Text {
    if said.contains("range") {
        Text::new("[ ] 没有写完", "a range in [ ] is not complete")
    } else {
        Text::new("** 应单独成为一级，如 exports/**/*.csv", "** stands between two slashes, as in exports/**/*.csv")
    }
}
