//! What the readers of definition files other than an assessment share: the folder, the files read, what is wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assessment::dividing::sheet::{Names, Sheet};
use crate::assessment::files::{display_path, on_disk, read_bytes, read_text, sha256};
use crate::assessment::{faults, sources};
use crate::codes::{assessment as assessment_codes, input as codes};
use crate::definition::assessment::Table;
use crate::definition::located::{Number, Words};
use crate::definition::{self, read};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::number::Exact;
use crate::period::Span;
use crate::scorebook::{Input, Provenance};
use crate::text::Filled;

/// Reads a definition file and the tables it names.
#[derive(Debug, Default)]
pub(super) struct Desk {
    folder: PathBuf,
    inputs: Vec<Input>,
    /// Everything wrong so far.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Desk {
    /// The content of the definition file at `path`, which may be the folder that holds one called `name`.
    pub(super) fn definition<T: serde::de::DeserializeOwned>(&mut self, path: &Path, name: &str) -> Option<(T, Arc<SourceFile>)> {
        let path = if path.is_dir() { path.join(name) } else { path.to_path_buf() };
        self.folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let file = definition::load(&path).map_err(|diagnostic| self.diagnostics.push(diagnostic)).ok()?;
        let shown = display_path(&path, &self.folder);
        if let Ok(bytes) = read_bytes(&path, &shown) {
            self.note(&shown, "definition", (sha256(&bytes), bytes.len() as u64));
        }
        let (content, mut found) = read(&file);
        self.diagnostics.append(&mut found);
        Some((content?, file))
    }

    /// A table that the definition file names.
    pub(super) fn sheet(&mut self, written: &Table, file: &Arc<SourceFile>, role: &'static str, names: Names) -> Option<Sheet> {
        let encoding = sources::encoding(written.encoding.as_ref(), file, &mut self.diagnostics);
        let full = self.folder.join(&written.path.value);
        let shown = display_path(&full, &self.folder);
        match read_text(&full, &shown, encoding, written.sheet.as_ref().map(|sheet| sheet.value.as_str())) {
            Ok((text, table)) => {
                self.note(&shown, role, on_disk(&table));
                Sheet::read(&text, names, &mut self.diagnostics)
            }
            Err(diagnostic) => {
                self.diagnostics.push(Diagnostic { origin: Some(written.path.origin(file)), ..diagnostic });
                None
            }
        }
    }

    /// A table that a flag names.
    pub(super) fn sheet_at(&mut self, path: &Path, role: &'static str, names: Names) -> Option<Sheet> {
        let shown = path.display().to_string();
        match read_text(path, &shown, crate::intake::encoding::Encoding::Auto, None) {
            Ok((text, table)) => {
                self.note(&display_path(path, &self.folder), role, on_disk(&table));
                Sheet::read(&text, names, &mut self.diagnostics)
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// A period in canonical spelling.
    pub(super) fn period(&mut self, written: &Words, file: &Arc<SourceFile>) -> Option<Span> {
        let span = written.value.parse().ok();
        if span.is_none() {
            let diagnostic = Diagnostic::new(&assessment_codes::NOT_A_PERIOD, written.origin(file));
            self.diagnostics.push(diagnostic.with("value", written.value.clone()));
        }
        span
    }

    /// A number of a definition that is not below 0.
    pub(super) fn not_negative(&mut self, written: &Number, file: &Arc<SourceFile>, what: impl Into<Filled>) -> Option<Exact> {
        if written.is_negative() {
            let diagnostic = Diagnostic::new(&codes::NEGATIVE, written.origin(file)).with("what", what);
            self.diagnostics.push(diagnostic.with("value", written.value.to_string()));
            return None;
        }
        Some(written.value.clone())
    }

    /// A number of a definition that counts pieces.
    pub(super) fn pieces(&mut self, written: &Number, file: &Arc<SourceFile>, what: &str) -> Option<i64> {
        let exact = self.not_negative(written, file, format!("`{what}`"))?;
        let whole = pieces(&exact);
        if whole.is_none() {
            let diagnostic = Diagnostic::new(&codes::NOT_WHOLE, written.origin(file)).with("what", format!("`{what}`"));
            self.diagnostics.push(diagnostic.with("value", exact.to_string()));
        }
        whole
    }

    /// The files read, for the manifest.
    pub(super) fn provenance(&mut self) -> Provenance {
        Provenance { inputs: std::mem::take(&mut self.inputs), ..Provenance::default() }
    }

    /// What was found, file by file; the result only if no error is among it.
    pub(super) fn close<T>(mut self, result: Option<T>) -> (Option<T>, Vec<Diagnostic>) {
        faults::sort_by_place(&mut self.diagnostics);
        let has_errors = self.diagnostics.iter().any(Diagnostic::is_error);
        (result.filter(|_| !has_errors), self.diagnostics)
    }

    fn note(&mut self, shown: &str, role: &'static str, (sha256, bytes): (String, u64)) {
        self.inputs.push(Input { path: shown.to_owned(), role, sha256, bytes, encoding: None, received: None });
    }
}

/// The number as pieces: whole, 0 to 10^15.
pub(super) fn pieces(number: &Exact) -> Option<i64> {
    number.to_i64().filter(|whole| (0..=1_000_000_000_000_000).contains(whole))
}
