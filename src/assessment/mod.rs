//! From files as written to an assessment with nothing left open: all defaults, paths and names; every diagnostic in one pass.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::catalogue::{Catalogue, Indicator, Level};
use crate::codes::assessment as codes;
use crate::definition::overrides::Override;
use crate::definition::schema::Kind;
use crate::definition::{self, AssessmentFile, CriteriaFile, Document, Located};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::Finding;
use crate::formula::{Formula, Window};
use crate::intake::correction::Correction;
use crate::intake::source::Source;
use crate::measure::Wanted;
use crate::measure::roster::Roster;
use crate::measure::window::{MONTHS_AT_MOST, Windows};
use crate::period::Span;
use crate::registry::Registry;
use crate::score::criteria::Criteria;
use crate::score::judgement::Judgement;
use crate::scorebook::{Input, Provenance};
use crate::text::{Lang, Text};

mod allowed;
pub mod alone;
pub mod catalogue;
mod checks;
mod classes;
mod codes_checked;
mod corrections;
pub mod criteria;
mod criterion;
mod deductions;
pub mod dividing;
mod examples;
mod extras;
mod faults;
pub mod files;
mod findings;
mod judged_rules;
pub mod judgements;
pub mod names;
mod outcome;
pub mod registry;
pub mod rules;
mod scheme_examples;
pub mod sources;
mod tables;
mod targets;
mod tasks;
pub mod units;
mod waivers;

pub use findings::registry_findings;

use catalogue::CatalogueText;
use corrections::CorrectionReader;
use criteria::{CriteriaResolver, unverified, used_indicators};
use criterion::is_summable;
use files::{display_path, read_bytes, sha256};
use units::UnitNames;
use waivers::WaiverReader;

/// One run's definition with nothing left open (考核任务).
#[derive(Debug)]
pub struct Assessment {
    /// Title.
    pub title: Text,
    /// Registry column that says who is scored.
    pub unit: String,
    /// Level of the units.
    pub level: Level,
    /// Language of written files.
    pub lang: Option<Lang>,
    /// Items, indicators and checks.
    pub catalogue: Catalogue,
    /// The scheme.
    pub criteria: Criteria,
    /// Organisations.
    pub registry: Registry,
    /// Units, members, windows.
    pub roster: Roster,
    /// Data, in memory.
    pub sources: Vec<Source>,
    /// Judgements.
    pub judgements: Vec<Judgement>,
    /// Corrections of reported values.
    pub corrections: Vec<Correction>,
    /// What is to be noted about the registry.
    pub noticed: Vec<Finding>,
    /// Definitions read so far, options, catalogues.
    pub provenance: Provenance,
}

impl Assessment {
    /// Indices of the indicators the scheme uses.
    pub fn scored_indicators(&self) -> Vec<usize> {
        used_indicators(&self.criteria)
    }

    /// Indices of other indicators that can be computed at this level with the windows there are.
    pub fn other_indicators(&self) -> Vec<usize> {
        let scored = self.scored_indicators();
        let possible = |indicator: &Indicator| {
            indicator.level <= self.level
                && is_summable(indicator, &self.unit)
                && (self.roster.windows.baseline.is_some() || !names_baseline(indicator))
        };
        let all = self.catalogue.indicators.iter().enumerate();
        all.filter(|(index, indicator)| !scored.contains(index) && possible(indicator)).map(|(index, _)| index).collect()
    }

    /// The indicators the scheme uses, each with every window in which it looks at them.
    pub fn looked_at(&self) -> Vec<(&Indicator, Wanted)> {
        let windows = |index: usize| self.criteria.windows_of(index, &self.roster.units).into_iter().map(move |window| (index, window));
        let all = self.scored_indicators().into_iter().flat_map(windows);
        all.map(|(index, window)| (&self.catalogue.indicators[index], window)).collect()
    }

    /// The baseline where there is one, and the other earlier windows that scored indicators name.
    fn earlier_windows(&self) -> BTreeSet<Window> {
        let scored = self.scored_indicators();
        let named = scored.iter().filter_map(|index| self.catalogue.indicators.get(*index)).flat_map(Indicator::formulas);
        let mut windows: BTreeSet<Window> = named.flat_map(Formula::windows).collect();
        windows.insert(Window::Baseline);
        windows.remove(&Window::Assessed);
        windows
    }
}

/// What the command line says besides the files.
#[derive(Debug, Default)]
pub struct Request {
    /// The assessment file, or the folder that holds one.
    pub path: PathBuf,
    /// `--set`.
    pub overrides: Vec<Override>,
    /// An assessment written by flags instead of a file.
    pub inline: Option<String>,
}

/// Reads and resolves everything. Without errors there is an assessment.
pub fn load(request: &Request) -> (Option<Assessment>, Vec<Diagnostic>) {
    load_with(request, true)
}

/// The same before there are any data: sources, judgements and corrections are left aside.
pub fn load_definitions(request: &Request) -> (Option<Assessment>, Vec<Diagnostic>) {
    load_with(request, false)
}

fn load_with(request: &Request, has_data: bool) -> (Option<Assessment>, Vec<Diagnostic>) {
    let mut loader = Loader { request, has_data, diagnostics: Vec::new(), inputs: Vec::new(), folder: PathBuf::new() };
    let assessment = loader.run();
    let has_errors = loader.diagnostics.iter().any(Diagnostic::is_error);
    if let (true, Some(assessment)) = (has_errors, &assessment) {
        loader.diagnostics.extend(faults::unreadable(assessment));
    }
    faults::sort_by_place(&mut loader.diagnostics);
    (assessment.filter(|_| !has_errors), loader.diagnostics)
}

/// The catalogues that come with the program, resolved without a registry.
pub fn built_in() -> Result<Catalogue, Vec<Diagnostic>> {
    let (_, catalogue, _, diagnostics) = read_built_in();
    if diagnostics.iter().any(Diagnostic::is_error) { Err(diagnostics) } else { Ok(catalogue) }
}

/// What is wrong with the worked examples of the catalogues that come with the program.
pub fn built_in_examples() -> Vec<Diagnostic> {
    let (texts, catalogue, names, mut diagnostics) = read_built_in();
    examples::check(&texts, &catalogue, &names, &mut diagnostics);
    diagnostics
}

fn read_built_in() -> (Vec<CatalogueText>, Catalogue, names::KnownNames, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let texts = catalogue::read_all(&[], &SourceFile::new("", ""), Path::new(""), &mut diagnostics);
    let (catalogue, names) = catalogue::resolve(&texts, &Registry::default(), &mut diagnostics);
    (texts, catalogue, names, diagnostics)
}

struct Loader<'a> {
    request: &'a Request,
    has_data: bool,
    diagnostics: Vec<Diagnostic>,
    inputs: Vec<Input>,
    folder: PathBuf,
}

impl Loader<'_> {
    fn run(&mut self) -> Option<Assessment> {
        let file = self.assessment_file()?;
        let (written, file): (Option<AssessmentFile>, _) = self.read(&file, Kind::Assessment);
        let mut written = written?;
        if !self.has_data {
            written.source.clear();
            written.judgements.clear();
            written.corrections.clear();
        }
        if written.criteria.value.starts_with(definition::builtin::PREFIX) {
            let known: Vec<Text> = definition::builtin::CATALOGUES.iter().map(|builtin| Text::same(builtin.reference())).collect();
            let diagnostic = Diagnostic::new(&codes::NO_BUILT_IN_CRITERIA, written.criteria.origin(&file));
            self.diagnostics.push(diagnostic.with("catalogues", crate::text::list(&known)));
            return None;
        }
        let criteria_path = self.folder.join(&written.criteria.value);
        let criteria_file = self.definition(&criteria_path, Some(written.criteria.origin(&file)));
        let read = criteria_file.map(|file| self.read::<CriteriaFile>(&file, Kind::Criteria));
        let unit = written.unit.as_ref().map_or_else(|| "code".to_owned(), |unit| crate::registry::canonical_column(&unit.value));
        let registry = self.registry(&written, &file, &unit);
        let windows = self.windows(&written, &file);
        let level = self.level(&written, &file, &unit);
        let (content, criteria_file) = read.and_then(|(content, file)| Some((content?, file)))?;
        let folder = criteria_path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let texts = catalogue::read_all(&content.criteria.catalogues, &criteria_file, &folder, &mut self.diagnostics);
        self.note_catalogues(&texts);
        let (registry, noticed) = registry?;
        let units = self.units(&written, &file);
        let (mut catalogue, names) = catalogue::resolve(&texts, &registry, &mut self.diagnostics);
        // Those of the built-in catalogues cannot change; the tests recompute them.
        examples::check(alone::own_texts(&texts), &catalogue, &names, &mut self.diagnostics);
        let unit_names = UnitNames { known: &names, units: &units };
        let window = windows.as_ref().map(|windows| windows.assessed);
        let resolver = CriteriaResolver { file: &criteria_file, content: &content, names: unit_names, unit: &unit, level, window };
        let (criteria, mut allowed) = resolver.resolve(&mut catalogue, &mut self.diagnostics);
        self.baseline_needed(&written, &file, &criteria, &catalogue);
        let windows = windows?;
        let read = (&criteria_file, &content, &*texts);
        allowed.extend(alone::lints_of_a_run(read, &criteria, &catalogue, windows.assessed, &mut self.diagnostics));
        scheme_examples::check(&criteria_file, &content, &criteria, &catalogue, &names, windows.assessed, &mut self.diagnostics);
        let mut roster = Roster::new(&registry, &unit, windows, criteria.policy.baseline_members);
        // An empty registry and a column that is not there have their own diagnostics.
        let has_column = unit == "code" || registry.attributes().contains(&unit);
        if roster.units.is_empty() && has_column && !registry.organisations().is_empty() {
            let origin = written.unit.as_ref().map(|unit| unit.origin(&file));
            self.diagnostics.push(Diagnostic::new(&codes::NO_UNITS, origin).with("unit", unit.clone()));
        }
        units.apply(&mut roster, &mut self.diagnostics);
        let not_ranked = written.units.as_ref().and_then(|units| units.not_ranked.as_ref()).map(|scope| (scope, &file));
        units::settle((&content, &criteria_file), not_ranked, (unit_names, &criteria), &registry, &mut roster, &mut self.diagnostics);
        let sources = self.sources(&written, &file, &names, &registry);
        self.refuse_later_tables(&written, &file);
        let reader = WaiverReader { file: &file, registry: &registry, names: &names, window: windows.assessed };
        roster.waivers = written.waiver.iter().filter_map(|waiver| reader.read(waiver, &mut self.diagnostics)).collect();
        self.targets(&written, &file, (&catalogue, &names), &criteria, &mut roster);
        let judgements = self.judgements(&written, &file, &criteria, &roster);
        let corrections =
            self.corrections(&written, &file, &CorrectionReader { registry: &registry, names: &names, catalogue: &catalogue });
        let provenance = Provenance {
            inputs: std::mem::take(&mut self.inputs),
            options: self.request.overrides.iter().map(|option| ("set".to_owned(), option.text.clone())).collect(),
            catalogues: texts.iter().map(CatalogueText::reference).collect(),
            unverified: unverified(&criteria, &content, &catalogue),
            allowed,
            signed: content.criteria.signed.clone(),
        };
        Some(Assessment {
            title: if self.request.inline.is_some() { criteria.title.clone() } else { written.title.clone() },
            unit,
            level,
            lang: written.lang,
            catalogue,
            criteria,
            registry,
            roster,
            sources,
            judgements,
            corrections,
            noticed,
            provenance,
        })
    }

    /// The content, and the text that spans point into: the file followed by the flags that set
    /// something in it.
    fn read<T: serde::de::DeserializeOwned>(&mut self, file: &Arc<SourceFile>, kind: Kind) -> (Option<T>, Arc<SourceFile>) {
        let document = Document::with_overrides(file, kind, &self.request.overrides);
        let (content, mut found) = document.read();
        self.diagnostics.append(&mut found);
        (content, document.file)
    }

    /// A definition file, remembered for the manifest.
    fn definition(&mut self, path: &Path, origin: Option<crate::diagnostic::Origin>) -> Option<Arc<SourceFile>> {
        match definition::load(path) {
            Ok(file) => {
                self.note(path, "definition", None);
                Some(file)
            }
            Err(diagnostic) => {
                self.diagnostics.push(Diagnostic { origin: diagnostic.origin.or(origin), ..diagnostic });
                None
            }
        }
    }

    fn note(&mut self, path: &Path, role: &'static str, encoding: Option<&'static str>) {
        let shown = display_path(path, &self.folder);
        if let Ok(bytes) = read_bytes(path, &shown) {
            self.inputs.push(Input { path: shown, role, sha256: sha256(&bytes), bytes: bytes.len() as u64, encoding });
        }
    }

    fn assessment_file(&mut self) -> Option<Arc<SourceFile>> {
        let path = &self.request.path;
        if let Some(text) = &self.request.inline {
            self.folder = path.clone();
            return Some(SourceFile::new("<flags>", text.clone()));
        }
        let path = if path.is_dir() { path.join("assessment.toml") } else { path.clone() };
        self.folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        self.definition(&path, None)
    }

    fn span(&mut self, written: &Located<String>, file: &Arc<SourceFile>) -> Option<Span> {
        let span: Option<Span> = written.value.parse().ok();
        match span {
            None => self.diagnostics.push(Diagnostic::new(&codes::NOT_A_PERIOD, written.origin(file)).with("value", written.value.clone())),
            Some(span) if span.len() > MONTHS_AT_MOST => {
                let diagnostic = Diagnostic::new(&codes::TOO_LONG, written.origin(file)).with("period", span.to_string());
                self.diagnostics.push(diagnostic.with("months", span.len().to_string()));
                return None;
            }
            Some(_) => {}
        }
        span
    }

    fn windows(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>) -> Option<Windows> {
        let assessed = self.span(&written.period, file);
        let baseline = match &written.baseline {
            Some(baseline) => Some(self.span(baseline, file)?),
            None => None,
        };
        let assessed = assessed?;
        let windows = Windows::new(assessed, baseline);
        if let (None, Some(base), Some(written)) = (&windows, baseline, &written.baseline) {
            let diagnostic = Diagnostic::new(&codes::BASELINE_LENGTH, written.origin(file)).with("period", assessed.to_string());
            let diagnostic = diagnostic.with("months", assessed.len().to_string()).with("baseline", base.to_string());
            self.diagnostics.push(diagnostic.with("base_months", base.len().to_string()));
        }
        windows
    }

    /// O9: the level that a unit column means, unless the file says it.
    fn level(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>, unit: &str) -> Level {
        if let Some(level) = written.unit_level {
            return level;
        }
        match unit {
            "code" => Level::Institution,
            "consortium" => Level::Consortium,
            "district" | "county" => Level::County,
            "city" => Level::City,
            _ => {
                let origin = written.unit.as_ref().map(|unit| unit.origin(file));
                self.diagnostics.push(Diagnostic::new(&codes::UNIT_LEVEL, origin).with("unit", unit));
                Level::Institution
            }
        }
    }

    fn note_catalogues(&mut self, texts: &[CatalogueText]) {
        for text in texts.iter().filter(|text| !text.is_builtin) {
            let path = PathBuf::from(&text.file.path);
            self.note(&path, "definition", None);
        }
    }

    /// What compares with a baseline needs one.
    fn baseline_needed(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>, criteria: &Criteria, catalogue: &Catalogue) {
        if written.baseline.is_some() {
            return;
        }
        let by_rule = criteria::needs_baseline(criteria).map(|criterion| criterion.name.clone());
        let used = used_indicators(criteria);
        let by_formula = used.iter().filter_map(|index| catalogue.indicators.get(*index)).find(|indicator| names_baseline(indicator));
        if let Some(name) = by_rule.or_else(|| by_formula.map(|indicator| indicator.name.clone())) {
            self.diagnostics.push(Diagnostic::new(&codes::NO_BASELINE, written.period.origin(file)).with("name", name));
        }
    }

    fn refuse_later_tables(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>) {
        let mut later = |what: &str, origin: Option<crate::diagnostic::Origin>| {
            if let Some(origin) = origin {
                self.diagnostics.push(Diagnostic::new(&codes::NOT_YET, origin).with("what", what));
            }
        };
        later("[[part]]", written.part.first().map(|part| part.origin(file)));
    }
}

fn names_baseline(indicator: &Indicator) -> bool {
    indicator.formulas().any(|formula| formula.windows().contains(&Window::Baseline))
}
