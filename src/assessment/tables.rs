//! The tables an assessment names beside its data: registry, units, judgements, corrections.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::assessment::ahead::Ahead;
use crate::assessment::corrections::CorrectionReader;
use crate::assessment::files::{display_path, on_disk, read_text};
use crate::assessment::loader::Loader;
use crate::assessment::mixed::cause_of;
use crate::assessment::names::KnownNames;
use crate::assessment::records::Asked;
use crate::assessment::sources::SourceResolver;
use crate::assessment::terms::Figures;
use crate::assessment::units::UnitsTable;
use crate::assessment::{judgements, registry, sources, targets};
use crate::catalogue::Catalogue;
use crate::codes::assessment as codes;
use crate::compare::Cause;
use crate::definition::{self, AssessmentFile, Located};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::Finding;
use crate::intake::correction::Correction;
use crate::intake::source::{Layout, Source};
use crate::measure::roster::{Roster, Unit};
use crate::period::Lookback;
use crate::registry::Registry;
use crate::score::criteria::{Criteria, Rule};
use crate::score::judgement::Judgement;
use crate::scorebook::Input;

/// Where a table stands that the assessment names.
#[derive(Clone, Copy)]
struct TableFile<'a> {
    path: &'a Located<String>,
    encoding: Option<&'a Located<String>>,
    sheet: Option<&'a Located<String>>,
}

impl<'a> From<&'a definition::assessment::Table> for TableFile<'a> {
    fn from(table: &'a definition::assessment::Table) -> Self {
        Self { path: &table.path, encoding: table.encoding.as_ref(), sheet: table.sheet.as_ref() }
    }
}

impl Loader<'_> {
    pub(super) fn registry(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>, unit: &str) -> Option<(Registry, Vec<Finding>)> {
        let registry_file = self.table((&written.organisations).into(), file, "registry")?;
        Some(registry::resolve(&registry_file, unit, &mut self.diagnostics))
    }

    /// A table the assessment names, as text.
    fn table(&mut self, written: TableFile, file: &Arc<SourceFile>, role: &'static str) -> Option<Arc<SourceFile>> {
        let full = self.folder_of(cause_of(role)).join(&written.path.value);
        self.table_at(&full, written, file, role)
    }

    fn table_at(&mut self, full: &Path, written: TableFile, file: &Arc<SourceFile>, role: &'static str) -> Option<Arc<SourceFile>> {
        let path = written.path;
        let encoding = sources::encoding(written.encoding, file, &mut self.diagnostics);
        let shown = display_path(full, &self.folder_of(cause_of(role)));
        match read_text(full, &shown, encoding, written.sheet.map(|sheet| sheet.value.as_str())) {
            Ok((text, file)) => {
                if role == "registry" {
                    self.deciding.note(role, text.text.as_bytes());
                }
                let (sha256, bytes) = on_disk(&file);
                self.inputs.push(Input { path: shown, role, sha256, bytes, encoding: None, received: None });
                Some(text)
            }
            Err(diagnostic) => {
                self.diagnostics.push(Diagnostic { origin: Some(path.origin(file)), ..diagnostic });
                None
            }
        }
    }

    pub(super) fn units(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>) -> UnitsTable {
        let Some(written) = &written.units else { return UnitsTable::default() };
        let Some(path) = &written.path else { return UnitsTable::default() };
        let table = self.table(TableFile { path, encoding: written.encoding.as_ref(), sheet: written.sheet.as_ref() }, file, "units");
        table.map(|table| UnitsTable::read(&table, &mut self.diagnostics)).unwrap_or_default()
    }

    /// The data: what is verified is laid over what was reported. With them, the fingerprint of what decides their figures.
    pub(super) fn sources(
        &mut self,
        written: &AssessmentFile,
        file: &Arc<SourceFile>,
        (names, catalogue): (&KnownNames, &Catalogue),
        (registry, asked, ahead): (&Registry, &Asked, &Ahead),
    ) -> (Vec<Source>, String) {
        let folder = self.folder_of(Cause::Data);
        let figures = &self.request.figures;
        let resolver = SourceResolver { file, folder: &folder, names, registry, asked, figures, ahead };
        let numbered = (1..).zip(&written.source);
        let mut sources: Vec<Source> = numbered.map(|(number, source)| resolver.resolve(number, source, &mut self.diagnostics)).collect();
        sources.sort_by_key(|source| source.stage);
        let has_registers = sources.iter().any(|source| matches!(source.layout, Layout::Records(_)));
        let definitions = self.deciding.fingerprint(&self.request.overrides, has_registers);
        match figures {
            Figures::Terms(path) => self.take_terms(path, &mut sources, &definitions, (catalogue, registry)),
            // A register without a file would say by silence that there was nothing to register.
            Figures::AtOnePlace => sources.retain(Source::has_own_files),
            Figures::Files | Figures::HandedOn => {}
        }
        (sources, definitions)
    }

    /// Each unit's own targets; what a criterion needs of them is there.
    pub(super) fn targets(
        &mut self,
        written: &AssessmentFile,
        file: &Arc<SourceFile>,
        known: (&Catalogue, &KnownNames),
        criteria: &Criteria,
        roster: &mut Roster,
    ) {
        if let Some(table) = written.targets.as_ref()
            && let Some(text) = self.table(table.into(), file, "targets")
        {
            let before = self.diagnostics.len();
            targets::apply(&text, known, roster, &mut self.diagnostics);
            // What is wrong in the file may be why a target is not there.
            if self.diagnostics.iter().skip(before).any(Diagnostic::is_error) {
                return;
            }
        }
        let origin = || written.targets.as_ref().map_or(&written.criteria, |table| &table.path).origin(file);
        for criterion in &criteria.criteria {
            let is_scored = |unit: &&Unit| criterion.asks(criteria, unit);
            for unit in roster.units.iter().filter(is_scored) {
                let Rule::Task { item, .. } = criterion.rule_of(unit) else { continue };
                let over =
                    criterion.indicator.and_then(|index| known.0.indicators.get(index)).map_or(Lookback::Period, |found| found.lookback);
                if unit.target(item, over.of(roster.windows.assessed)).is_none() {
                    let diagnostic = Diagnostic::new(&codes::TARGET_ABSENT, origin()).with("criterion", criterion.name.clone());
                    self.diagnostics.push(diagnostic.with("unit", unit.name.clone()).with("item", item.as_str()));
                }
            }
        }
    }

    pub(super) fn corrections(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>, reader: &CorrectionReader) -> Vec<Correction> {
        let mut all = Vec::new();
        let folder = self.folder_of(Cause::Corrections);
        for table in &written.corrections {
            let paths = sources::matching(&table.value.path, file, &folder, &mut self.diagnostics);
            for path in paths {
                if let Some(text) = self.table_at(&path, (&table.value).into(), file, "corrections") {
                    reader.read(&text, &mut all, &mut self.diagnostics);
                }
            }
        }
        all
    }

    pub(super) fn judgements(
        &mut self,
        written: &AssessmentFile,
        file: &Arc<SourceFile>,
        criteria: &Criteria,
        (roster, registry): (&Roster, &Registry),
    ) -> Vec<Judgement> {
        let mut all = Vec::new();
        let mut texts = BTreeMap::new();
        for table in &written.judgements {
            let Some(text) = self.table((&table.value).into(), file, "judgements") else { continue };
            all.extend(judgements::resolve(&text, criteria, (roster, registry), &mut self.diagnostics));
            texts.insert(text.path.clone(), text);
        }
        judgements::check_twice(&all, criteria, &texts, &mut self.diagnostics);
        judgements::check_reviewed(&all, &texts, &mut self.diagnostics);
        all
    }
}
