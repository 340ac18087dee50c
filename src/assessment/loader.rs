//! Reads an assessment: its own file, its criteria and those of its parts, tables and data, in one pass.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assessment::ahead::Ahead;
use crate::assessment::catalogue::{self, CatalogueText, Named};
use crate::assessment::corrections::CorrectionReader;
use crate::assessment::criteria::{self, CriteriaResolver, unverified, used_indicators};
use crate::assessment::files::{display_path, read_bytes, sha256};
use crate::assessment::mixed::{Other, compose, folder_around};
use crate::assessment::names::KnownNames;
use crate::assessment::parts::{self, Task};
use crate::assessment::records::Asked;
use crate::assessment::terms::{self, Deciding, Figures};
use crate::assessment::units::{self, UnitNames};
use crate::assessment::waivers::WaiverReader;
use crate::assessment::{Assessment, Part, Request, alone, examples, names_baseline, scheme_examples};
use crate::catalogue::{Catalogue, Level};
use crate::codes::{assessment as codes, registry as registry_codes};
use crate::compare::Cause;
use crate::definition::overrides::Override;
use crate::definition::schema::Kind;
use crate::definition::{self, AssessmentFile, CriteriaFile, Document, Located};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::Finding;
use crate::intake::correction::Correction;
use crate::intake::source::Source;
use crate::measure::roster::Roster;
use crate::measure::window::{MONTHS_AT_MOST, Windows};
use crate::period::Span;
use crate::registry::Registry;
use crate::score::criteria::Criteria;
use crate::scorebook::{Input, Provenance};
use crate::text::{Text, nearest};

/// Reads everything once, and remembers what it read.
pub(super) struct Loader<'a> {
    pub(super) request: &'a Request,
    has_data: bool,
    /// Where some things are those of another assessment.
    pub(super) other: Option<Other<'a>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) inputs: Vec<Input>,
    /// What decides the figures.
    pub(super) deciding: Deciding,
    pub(super) folder: PathBuf,
}

/// What the main scheme and its parts have in common.
struct Common {
    file: Arc<SourceFile>,
    texts: Vec<CatalogueText>,
    catalogue: Catalogue,
    names: KnownNames,
    registry: Arc<Registry>,
    noticed: Vec<Finding>,
    sources: Vec<Source>,
    corrections: Vec<Correction>,
    definitions: String,
}

/// A scheme as read, and what it is to be used for.
struct Scheme {
    file: Arc<SourceFile>,
    content: CriteriaFile,
    folder: PathBuf,
}

impl<'a> Loader<'a> {
    pub(super) fn new(request: &'a Request, has_data: bool) -> Self {
        Self {
            request,
            has_data,
            other: None,
            diagnostics: Vec::new(),
            inputs: Vec::new(),
            deciding: Deciding::default(),
            folder: PathBuf::new(),
        }
    }

    pub(super) fn run(&mut self) -> Option<Assessment> {
        let (written, file) = self.written()?;
        let mut tasks = parts::tasks(written, &file, &mut self.diagnostics);
        self.leave_aside(&mut tasks);
        // Every file is read before anything is resolved, so that all that is wrong is said at once.
        let schemes: Vec<Option<Scheme>> = tasks.iter().map(|task| self.scheme(&task.written, &file)).collect();
        let main = &tasks.first()?.written;
        let folder = self.folder_of(Cause::Data);
        // Of a scheme that cannot be read one wants to hear before the data were looked at.
        let is_wanted = !matches!(self.request.figures, Figures::Terms(_)) && schemes.iter().all(Option::is_some);
        let read = if is_wanted { main.source.as_slice() } else { &[] };
        let (ahead, registry) = Ahead::of((read, &file, &folder), || self.registry(main, &file, &tasks.first()?.unit));
        let windows: Vec<Option<Windows>> = tasks.iter().map(|task| self.windows(&task.written, &file)).collect();
        let levels: Vec<Level> = tasks.iter().map(|task| self.level(&task.written, &file, &task.unit)).collect();
        let schemes = schemes.into_iter().collect::<Option<Vec<Scheme>>>()?;
        let named: Vec<Named> = schemes.iter().map(Scheme::catalogues).collect();
        let texts = catalogue::read_all(&named, &mut self.diagnostics);
        self.note_catalogues(&texts);
        let (registry, noticed) = registry?;
        let (catalogue, names) = catalogue::resolve(&texts, &registry, &mut self.diagnostics);
        // Those of the built-in catalogues cannot change; the tests recompute them.
        examples::check(alone::own_texts(&texts), &catalogue, &names, &mut self.diagnostics);
        let asked = Asked::new(&windows, &tasks.first()?.unit);
        let (sources, definitions) = self.sources(main, &file, (&names, &catalogue), (&registry, &asked, &ahead));
        let corrections = CorrectionReader { registry: &registry, names: &names, catalogue: &catalogue };
        let corrections = self.corrections(main, &file, &corrections);
        let registry = Arc::new(registry);
        let common = Common { file, texts, catalogue, names, registry, noticed, sources, corrections, definitions };
        let all = tasks.iter().zip(&schemes).zip(windows.into_iter().zip(levels));
        let resolved: Vec<Option<Assessment>> =
            all.map(|((task, scheme), (windows, level))| self.resolve(task, scheme, windows, level, &common)).collect();
        let mut resolved = resolved.into_iter().collect::<Option<Vec<_>>>()?;
        for one in &mut resolved {
            one.provenance.inputs.clone_from(&self.inputs);
        }
        let mut main = resolved.remove(0);
        let ids = tasks.iter().skip(1).filter_map(|task| task.id.clone());
        main.parts = ids.zip(resolved).map(|((id, name), assessment)| Part { id, name, assessment }).collect();
        let first = schemes.first()?;
        parts::check((&first.content, &first.file), &main, (&tasks, &common.file), &mut self.diagnostics);
        Some(main)
    }

    /// What the run has no use for is not read.
    fn leave_aside(&self, tasks: &mut [Task]) {
        let is_scored = self.has_data && self.request.figures.are_scored();
        for task in tasks.iter_mut().filter(|_| !is_scored) {
            task.written.judgements.clear();
            task.written.corrections.clear();
        }
        for task in tasks.iter_mut().filter(|_| !self.has_data) {
            task.written.source.clear();
        }
    }

    /// The options that the manifest remembers.
    fn options(&self) -> Vec<(String, String)> {
        let mut options: Vec<(String, String)> =
            self.request.overrides.iter().map(|option| ("set".to_owned(), option.text.clone())).collect();
        if let Figures::Terms(path) = &self.request.figures {
            options.push((Figures::OPTION.to_owned(), terms::shown(path, &self.folder)));
        }
        options
    }

    /// One scheme with everything it is used for; `None` where its period could not be read.
    fn resolve(&mut self, task: &Task, scheme: &Scheme, windows: Option<Windows>, level: Level, common: &Common) -> Option<Assessment> {
        let Common { file, texts, names, registry, .. } = common;
        let (content, criteria_file) = (&scheme.content, &scheme.file);
        let (written, unit) = (&task.written, task.unit.as_str());
        let units = self.units(written, file);
        let mut catalogue = common.catalogue.clone();
        let unit_names = UnitNames { known: names, units: &units };
        let window = windows.as_ref().map(|windows| windows.assessed);
        let resolver = CriteriaResolver { file: criteria_file, content, names: unit_names, unit, level, window };
        let (criteria, mut allowed) = resolver.resolve(&mut catalogue, &mut self.diagnostics);
        self.baseline_needed(written, file, &criteria, &catalogue);
        let windows = windows?;
        let read = (criteria_file, content, &**texts);
        allowed.extend(alone::lints_of_a_run(read, &criteria, &catalogue, windows.assessed, &mut self.diagnostics));
        if !content.example.is_empty() {
            scheme_examples::over_a_year(&resolver, &common.catalogue, names, &mut self.diagnostics);
        }
        let mut roster = Roster::new(registry, unit, windows, criteria.policy.baseline_members);
        if let Some(scope) = &task.scope {
            parts::keep(scope, file, unit_names, (registry, unit), &mut roster, &mut self.diagnostics);
        }
        // An empty registry and a column that is not there have their own diagnostics.
        let has_column = unit == "code" || registry.attributes().iter().any(|name| name == unit);
        if let (false, Some(column)) = (has_column || task.id.is_none(), &written.unit) {
            let columns = registry.attributes();
            let near = nearest(unit, columns.iter().map(String::as_str));
            let diagnostic = Diagnostic::new(&registry_codes::NO_UNIT_COLUMN, column.origin(file)).with("unit", unit);
            self.diagnostics.push(diagnostic.with("columns", columns.join(", ")).suggest(near));
        }
        if roster.units.is_empty() && has_column && !registry.organisations().is_empty() {
            let origin = task.scope.as_ref().or(written.unit.as_ref()).map(|unit| unit.origin(file));
            self.diagnostics.push(Diagnostic::new(&codes::NO_UNITS, origin).with("unit", unit));
        }
        units.apply(&mut roster, &mut self.diagnostics);
        let not_ranked = written.units.as_ref().and_then(|units| units.not_ranked.as_ref()).map(|scope| (scope, file));
        units::settle((content, criteria_file), not_ranked, (unit_names, &criteria), registry, &mut roster, &mut self.diagnostics);
        let reader = WaiverReader { file, registry, names, window: windows.assessed };
        roster.waivers = written.waiver.iter().filter_map(|waiver| reader.read(waiver, &mut self.diagnostics)).collect();
        self.targets(written, file, (&catalogue, names), &criteria, &mut roster);
        let judgements = self.judgements(written, file, &criteria, (&roster, registry));
        let provenance = Provenance {
            inputs: Vec::new(),
            options: self.options(),
            catalogues: texts.iter().map(CatalogueText::reference).collect(),
            unverified: unverified(&criteria, content, &catalogue),
            allowed,
            signed: content.criteria.signed.clone(),
        };
        Some(Assessment {
            title: if self.request.inline.is_some() { criteria.title.clone() } else { written.title.clone() },
            unit: unit.to_owned(),
            level,
            lang: written.lang,
            catalogue,
            criteria,
            registry: Arc::clone(registry),
            roster,
            sources: common.sources.clone(),
            judgements,
            corrections: common.corrections.clone(),
            definitions: common.definitions.clone(),
            noticed: common.noticed.clone(),
            provenance,
            parts: Vec::new(),
        })
    }

    /// The scheme that a task names.
    fn scheme(&mut self, written: &AssessmentFile, file: &Arc<SourceFile>) -> Option<Scheme> {
        if written.criteria.value.starts_with(definition::builtin::PREFIX) {
            let known: Vec<Text> = definition::builtin::CATALOGUES.iter().map(|builtin| Text::same(builtin.reference())).collect();
            let diagnostic = Diagnostic::new(&codes::NO_BUILT_IN_CRITERIA, written.criteria.origin(file));
            self.diagnostics.push(diagnostic.with("catalogues", crate::text::list(&known)));
            return None;
        }
        let path = self.folder_of(Cause::Criteria).join(&written.criteria.value);
        let read = self.definition(&path, Some(written.criteria.origin(file)))?;
        let overrides = self.scheme_request().overrides.clone();
        let (content, file) = self.read::<CriteriaFile>(&read, Kind::Criteria, &overrides);
        Some(Scheme { file, content: content?, folder: folder_around(&path) })
    }

    /// The content, and the text that spans point into: the file followed by the flags that set
    /// something in it.
    fn read<T: serde::de::DeserializeOwned>(
        &mut self,
        file: &Arc<SourceFile>,
        kind: Kind,
        overrides: &[Override],
    ) -> (Option<T>, Arc<SourceFile>) {
        let document = Document::with_overrides(file, kind, overrides);
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
            self.deciding.note(role, &bytes);
            self.inputs.push(Input { path: shown, role, sha256: sha256(&bytes), bytes: bytes.len() as u64, encoding, received: None });
        }
    }

    /// The assessment as written: its own file, with what is taken from another one.
    fn written(&mut self) -> Option<(AssessmentFile, Arc<SourceFile>)> {
        let request = self.request;
        let (file, own) = self.assessment_file(request)?;
        let (written, file) = self.read(&file, Kind::Assessment, &request.overrides);
        let Some((request, causes)) = self.other.as_ref().map(|other| (other.request, other.causes)) else { return Some((written?, file)) };
        let (other_file, folder) = self.assessment_file(request)?;
        let (other, _) = self.read(&other_file, Kind::Assessment, &request.overrides);
        self.other = Some(Other { request, causes, folder });
        self.folder = own;
        Some((compose(&written?, &other?, causes), file))
    }

    /// The file of a request, and its folder, from which paths are shown meanwhile.
    fn assessment_file(&mut self, request: &Request) -> Option<(Arc<SourceFile>, PathBuf)> {
        let path = &request.path;
        if let Some(text) = &request.inline {
            self.folder.clone_from(path);
            return Some((SourceFile::new("<flags>", text.clone()), path.clone()));
        }
        let path = if path.is_dir() { path.join("assessment.toml") } else { path.clone() };
        self.folder = folder_around(&path);
        Some((self.definition(&path, None)?, folder_around(&path)))
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
        for text in texts.iter().filter(|text| text.is_builtin) {
            self.deciding.note("definition", text.file.text.as_bytes());
        }
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
}

impl Scheme {
    fn catalogues(&self) -> Named<'_> {
        Named { references: &self.content.criteria.catalogues, file: &self.file, folder: &self.folder }
    }
}
