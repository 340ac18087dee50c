//! A scheme or a catalogue checked by itself, without registry, period or data; and what the linter has to say
//! of a scheme that is used.

use std::path::Path;
use std::sync::Arc;

use crate::assessment::allowed;
use crate::assessment::catalogue::{self, CatalogueText, Named};
use crate::assessment::criteria::{CriteriaResolver, used_indicators};
use crate::assessment::names::KnownNames;
use crate::assessment::scheme_examples::{self, OverAYear};
use crate::assessment::units::{UnitNames, UnitsTable};
use crate::assessment::{examples, faults};
use crate::catalogue::{Catalogue, Level};
use crate::code::Severity;
use crate::codes::lint as codes;
use crate::definition::overrides::Override;
use crate::definition::schema::Kind;
use crate::definition::{self, CriteriaFile, Document, Located};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::lint::{self, Covered, Own, Scheme};
use crate::number::Exact;
use crate::period::Span;
use crate::registry::Registry;
use crate::score::criteria::{Criteria, in_total};
use crate::scorebook::Allowed;
use crate::text::{Text, list};

/// What came of checking a definition by itself.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything that is wrong or doubtful, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What the scheme lets stand.
    pub allowed: Vec<Allowed>,
    /// How far its worked examples reach.
    pub coverage: Vec<Covered>,
    /// What each criterion weighs.
    pub weights: Vec<Weighed>,
}

/// What a criterion weighs in the total of a sheet.
#[derive(Debug)]
pub struct Weighed {
    /// Name of the class whose sheet it is, where there are classes.
    pub class: Option<Text>,
    /// Id of its dimension.
    pub dimension: String,
    /// Its id.
    pub criterion: String,
    /// Its name.
    pub name: Text,
    /// Its points.
    pub points: Exact,
    /// Its share of full points, in percent.
    pub share: Exact,
}

/// The criteria of the total with what they weigh, class by class.
fn weights(criteria: &Criteria) -> Vec<Weighed> {
    let mut sheets: Vec<(Option<usize>, &Exact)> =
        criteria.classes.iter().enumerate().map(|(index, class)| (Some(index), &class.full_points)).collect();
    if sheets.is_empty() {
        sheets.push((None, &criteria.full_points));
    }
    let mut weighed = Vec::new();
    for (class, full) in sheets {
        let counts = |at: usize| in_total(&criteria.dimensions, at);
        for criterion in criteria.criteria.iter().filter(|criterion| criterion.is_on(class) && counts(criterion.dimension)) {
            let Some(share) = (&criterion.points * &Exact::from(100)).checked_div(full) else { continue };
            weighed.push(Weighed {
                class: class.map(|index| criteria.classes[index].name.clone()),
                dimension: criteria.dimensions[criterion.dimension].id.clone(),
                criterion: criterion.id.clone(),
                name: criterion.name.clone(),
                points: criterion.points.clone(),
                share,
            });
        }
    }
    weighed
}

/// Checks a scheme. The years of its targets are compared with a period where one is given.
pub fn scheme(file: &Arc<SourceFile>, overrides: &[Override], period: Option<Span>) -> Checked {
    let mut checked = Checked::default();
    let document = Document::with_overrides(file, Kind::Criteria, overrides);
    let (content, mut found) = document.read::<CriteriaFile>();
    checked.diagnostics.append(&mut found);
    if let Some(content) = content {
        resolve_scheme(&document.file, &content, period, &mut checked);
    }
    faults::sort_by_place(&mut checked.diagnostics);
    checked
}

/// A scheme as meant, with the catalogues it uses, for those who describe it.
///
/// # Errors
/// Whatever is wrong with it.
pub fn scheme_definitions(file: &Arc<SourceFile>) -> Result<(Catalogue, Criteria), Vec<Diagnostic>> {
    let (content, mut found) = definition::read::<CriteriaFile>(file);
    let resolved = content.map(|content| resolve(file, &content, None, &mut found));
    match resolved {
        Some(scheme) if !found.iter().any(Diagnostic::is_error) => Ok((scheme.catalogue, scheme.criteria)),
        _ => Err(found),
    }
}

/// A catalogue as meant, with those it requires, and its id. `reference` is `builtin:NAME`, or a path from `folder`.
///
/// # Errors
/// Whatever is wrong with it.
pub fn catalogue_definitions(reference: &str, folder: &Path) -> Result<(Catalogue, String), Vec<Diagnostic>> {
    let mut found = Vec::new();
    let nowhere = SourceFile::new("", "");
    let references = [Located { value: reference.to_owned(), span: 0..0 }];
    let texts = catalogue::read_all(&[Named { references: &references, file: &nowhere, folder }], &mut found);
    // What was asked for comes first, then what it requires.
    let id = texts.first().map(|text| text.content.catalogue.id.value.clone());
    let (catalogue, _) = without_registry(&texts, &nowhere, &mut found);
    match id {
        Some(id) if !found.iter().any(Diagnostic::is_error) => Ok((catalogue, id)),
        _ => Err(found),
    }
}

/// A scheme as meant, and what it was made of.
struct Resolved {
    texts: Vec<CatalogueText>,
    catalogue: Catalogue,
    names: KnownNames,
    criteria: Criteria,
    let_stand: Vec<Allowed>,
    worked: Option<OverAYear>,
}

fn resolve(file: &Arc<SourceFile>, content: &CriteriaFile, period: Option<Span>, found: &mut Vec<Diagnostic>) -> Resolved {
    let texts = catalogue::read_all(&[Named { references: &content.criteria.catalogues, file, folder: folder(file) }], found);
    let (mut catalogue, names) = without_registry(&texts, file, found);
    let units = UnitsTable::default();
    // Every indicator may be asked of the highest level, and summed where each row is a unit.
    let unit_names = UnitNames { known: &names, units: &units };
    let resolver = CriteriaResolver { file, content, names: unit_names, unit: "code", level: Level::City, window: period };
    let plain = catalogue.clone();
    let (criteria, let_stand) = resolver.resolve(&mut catalogue, found);
    let worked = scheme_examples::over_a_year(&resolver, &plain, &names, found);
    Resolved { texts, catalogue, names, criteria, let_stand, worked }
}

fn resolve_scheme(file: &Arc<SourceFile>, content: &CriteriaFile, period: Option<Span>, checked: &mut Checked) {
    let found = &mut checked.diagnostics;
    let Resolved { texts, catalogue, names, criteria, mut let_stand, worked } = resolve(file, content, period, found);
    examples::check(own_texts(&texts), &catalogue, &names, found);
    let own = own(&texts);
    let scheme = Scheme { file, content, criteria: &criteria, catalogue: &catalogue, own: &own };
    let errors = found.iter().filter(|one| one.is_error()).count();
    if errors > 0 {
        found.push(Diagnostic::new(&codes::AFTER_ERRORS, None).with("count", errors.to_string()));
    } else {
        let (mut lints, allowed) = lints(&scheme, period);
        found.append(&mut lints);
        let_stand.extend(allowed);
        checked.weights = weights(&criteria);
        checked.coverage = worked.map(|year| lint::coverage(&year.criteria, &year.catalogue, &year.worked)).unwrap_or_default();
        found.extend(not_covered(&checked.coverage));
        found.extend(own.iter().filter_map(|own| without_example(own)));
    }
    let level = used_indicators(&criteria).iter().filter_map(|index| catalogue.indicators.get(*index)).map(|one| one.level).max();
    found.push(not_asked(content, &own, level.unwrap_or(Level::Institution), period));
    checked.allowed = let_stand;
}

/// Checks a catalogue with those it requires.
pub fn catalogue(file: &Arc<SourceFile>) -> Checked {
    let mut checked = Checked::default();
    let found = &mut checked.diagnostics;
    let name = Path::new(&file.path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let named = Located { value: name, span: 0..0 };
    let texts = catalogue::read_all(&[Named { references: &[named], file, folder: folder(file) }], found);
    let (catalogue, names) = without_registry(&texts, file, found);
    examples::check(own_texts(&texts), &catalogue, &names, found);
    let own = own(&texts);
    let unknown: usize = own.iter().map(conditions).sum();
    if unknown > 0 {
        let diagnostic = Diagnostic::new(&codes::WITHOUT_REGISTRY, None).with("conditions", unknown.to_string());
        found.push(diagnostic.with("others", Text::default()));
    }
    for own in own {
        if !found.iter().any(Diagnostic::is_error) {
            lint::check_catalogue(&own, &catalogue, found);
            found.extend(without_example(&own));
        }
        checked.coverage.extend(own.content.indicator.iter().map(|indicator| {
            let example = || vec![Text::new("算例", "worked example")];
            let has_one = indicator.value.example.iter().next().is_some();
            let (reached, missed) = if has_one { (example(), Vec::new()) } else { (Vec::new(), example()) };
            let (criterion, name) = (indicator.value.id.value.clone(), indicator.value.name.clone());
            Covered { criterion, name, rule: "indicator", reached, missed }
        }));
    }
    faults::sort_by_place(found);
    checked
}

/// What the linter says of a scheme in use: only what depends on the period, and whether what is allowed
/// occurs. The rest is asked of the scheme alone.
pub(super) fn lints_of_a_run(
    (file, content, texts): (&Arc<SourceFile>, &CriteriaFile, &[CatalogueText]),
    criteria: &Criteria,
    catalogue: &Catalogue,
    period: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Allowed> {
    // Of a scheme with errors only a part has been resolved.
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Vec::new();
    }
    let own = own(texts);
    let (found, let_stand) = lints(&Scheme { file, content, criteria, catalogue, own: &own }, Some(period));
    let is_of_the_run = |one: &Diagnostic| !codes::ALL.contains(&one.code) || *one.code == codes::OTHER_YEAR;
    diagnostics.extend(found.into_iter().filter(is_of_the_run));
    let_stand
}

/// What the linter found, and what of it is let stand.
fn lints(scheme: &Scheme, period: Option<Span>) -> (Vec<Diagnostic>, Vec<Allowed>) {
    let mut found = lint::check(scheme);
    found.extend(period.into_iter().flat_map(|period| lint::other_years(scheme, period)));
    let let_stand = allowed::take_lints(scheme.file, &scheme.content.criteria.allow, period.is_some(), &mut found);
    (found, let_stand)
}

/// The catalogues that did not come with the program, as read.
pub(super) fn own_texts(texts: &[CatalogueText]) -> impl Iterator<Item = &CatalogueText> {
    texts.iter().filter(|text| !text.is_builtin)
}

/// The catalogues that did not come with the program.
fn own(texts: &[CatalogueText]) -> Vec<Own<'_>> {
    own_texts(texts).map(|text| Own { file: &text.file, content: &text.content }).collect()
}

fn folder(file: &SourceFile) -> &Path {
    Path::new(&file.path).parent().unwrap_or(Path::new(""))
}

/// Resolves catalogues where nobody knows which attributes organisations have: any word may be one.
fn without_registry(texts: &[CatalogueText], file: &SourceFile, found: &mut Vec<Diagnostic>) -> (Catalogue, KnownNames) {
    let mut names = catalogue::names(texts, &Registry::default());
    let own = own_texts(texts).map(|text| text.file.text.as_str());
    names.take_for_granted(own.chain([file.text.as_str()]).flat_map(words));
    (catalogue::resolve_with(texts, &names, found), names)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// What cannot be checked here, once.
fn not_asked(content: &CriteriaFile, own: &[Own], level: Level, period: Option<Span>) -> Diagnostic {
    let criteria = || content.dimension.iter().flat_map(|dimension| &dimension.criterion);
    let cases = criteria().flat_map(|criterion| &criterion.case).filter(|case| case.scope.is_some()).count();
    let groups = usize::from(content.criteria.peer_group.is_some()) + usize::from(content.joint.is_some());
    let scopes = criteria().filter(|criterion| criterion.applies_to.is_some()).count() + content.class.len() + cases + groups;
    let conditions = scopes + own.iter().map(conditions).sum::<usize>();
    let period = match period {
        Some(period) => Text::new(format!("已与 {period} 核对"), format!("compared with {period}")),
        None => Text::new("未核对", "not compared"),
    };
    let level = level.word();
    let zh = format!("；考核对象至少为{}级；目标的年份{}", level.zh, period.zh);
    let en = format!("; units are at the lowest of the level {}; the years of targets are {}", level.en, period.en);
    let diagnostic = Diagnostic::new(&codes::WITHOUT_REGISTRY, None).with("conditions", conditions.to_string());
    diagnostic.with("others", Text::new(zh, en))
}

/// How many items and formulas of a catalogue ask for attributes.
fn conditions(own: &Own) -> usize {
    let items = own.content.item.iter().filter(|item| item.value.expected_from.is_some()).count();
    let formulas = own.content.indicator.iter().flat_map(|one| std::iter::once(&one.value.numerator).chain(&one.value.denominator));
    items + formulas.filter(|formula| formula.value.contains('[')).count()
}

fn not_covered(coverage: &[Covered]) -> Option<Diagnostic> {
    let (reached, missed): (usize, usize) =
        coverage.iter().fold((0, 0), |(reached, missed), one| (reached + one.reached.len(), missed + one.missed.len()));
    let diagnostic = Diagnostic::new(&codes::NOT_COVERED, None).with("criteria", coverage.len().to_string());
    (missed > 0).then(|| diagnostic.with("all", (reached + missed).to_string()).with("reached", reached.to_string()))
}

fn without_example(own: &Own) -> Option<Diagnostic> {
    let lacking = own.content.indicator.iter().filter(|indicator| indicator.value.example.iter().next().is_none());
    let names: Vec<Text> = lacking.map(|indicator| Text::same(indicator.value.id.value.as_str())).collect();
    let diagnostic = Diagnostic::new(&codes::WITHOUT_EXAMPLE, own.content.catalogue.id.origin(own.file));
    (!names.is_empty()).then(|| diagnostic.with("count", names.len().to_string()).with("names", list(&names)))
}

impl Checked {
    /// The worst of what was found.
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code.severity).max()
    }
}
