//! Catalogue files → items, indicators and checks, with every name in them looked up.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::assessment::checks::Checks;
use crate::assessment::names::{BuiltInNames, KnownNames};
use crate::assessment::rates;
use crate::catalogue::{self, Catalogue, Form, Level};
use crate::codes::catalogue as codes;
use crate::definition::builtin;
use crate::definition::catalogue::{self as spec, CatalogueFile};
use crate::definition::{self, Located};
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::formula::{self, Formula, Names, ScopeOperands};
use crate::number::Exact;
use crate::period::Lookback;
use crate::registry::Registry;

/// A catalogue file as read.
#[derive(Debug)]
pub struct CatalogueText {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its content.
    pub content: CatalogueFile,
    /// True for one that comes with the program.
    pub is_builtin: bool,
}

impl CatalogueText {
    /// `id@version`, as the provenance lists it.
    pub fn reference(&self) -> String {
        let version = self.content.catalogue.version.as_ref().map_or(1, |version| version.value);
        format!("{}{}@{version}", if self.is_builtin { builtin::PREFIX } else { "" }, self.content.catalogue.id.value)
    }
}

/// The catalogues that one criteria file names.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// As written; all that come with the program if there are none.
    pub references: &'a [Located<String>],
    /// The criteria file.
    pub file: &'a Arc<SourceFile>,
    /// The folder that paths start from.
    pub folder: &'a Path,
}

/// Reads the catalogues that criteria files name, and those they require, each once.
pub fn read_all(named: &[Named], diagnostics: &mut Vec<Diagnostic>) -> Vec<CatalogueText> {
    let mut found: Vec<CatalogueText> = Vec::new();
    let mut wanted: Vec<(String, Option<Origin>, &Path)> = Vec::new();
    for Named { references, file, folder } in named {
        wanted.extend(references.iter().map(|name| (name.value.clone(), Some(name.origin(file)), *folder)));
        if references.is_empty() {
            wanted.extend(builtin::CATALOGUES.iter().map(|builtin| (builtin.reference(), None, *folder)));
        }
    }
    let mut at = 0;
    while let Some((reference, origin, folder)) = wanted.get(at).cloned() {
        // Schemes of one assessment may name the same file.
        let is_known = wanted.iter().take(at).any(|(known, _, place)| *known == reference && *place == folder);
        at += 1;
        if is_known {
            continue;
        }
        let Some(text) = read_one(&reference, origin, folder, diagnostics) else { continue };
        let id = &text.content.catalogue.id.value;
        if let Some(known) = found.iter().find(|known| known.content.catalogue.id.value == *id) {
            if known.file.text != text.file.text {
                let diagnostic = Diagnostic::new(&codes::TWO_FILES, text.content.catalogue.id.origin(&text.file)).with("id", id.clone());
                diagnostics.push(diagnostic.with("other", known.file.path.clone()));
            }
            continue;
        }
        for required in &text.content.catalogue.requires {
            wanted.push((format!("{}{}", builtin::PREFIX, required.value), Some(required.origin(&text.file)), folder));
        }
        found.push(text);
    }
    found
}

fn read_one(reference: &str, origin: Option<Origin>, folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<CatalogueText> {
    let is_builtin = reference.starts_with(builtin::PREFIX);
    let file = if is_builtin {
        builtin::find(builtin::CATALOGUES, reference, origin)
    } else {
        definition::load(&folder.join(reference)).map_err(|diagnostic| Diagnostic { origin: diagnostic.origin.or(origin), ..diagnostic })
    };
    match file {
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
        Ok(file) => {
            let (content, mut found) = definition::read::<CatalogueFile>(&file);
            diagnostics.append(&mut found);
            content.map(|content| CatalogueText { file, content, is_builtin })
        }
    }
}

/// Looks up every name and checks every definition.
pub fn resolve(texts: &[CatalogueText], registry: &Registry, diagnostics: &mut Vec<Diagnostic>) -> (Catalogue, KnownNames) {
    let names = names(texts, registry);
    (resolve_with(texts, &names, diagnostics), names)
}

/// The names that these catalogues and a registry define.
pub(super) fn names(texts: &[CatalogueText], registry: &Registry) -> KnownNames {
    let items = texts.iter().flat_map(|text| text.content.item.iter().map(|item| &item.value));
    let constants = texts.iter().flat_map(|text| text.content.constant.iter().map(|constant| &constant.value));
    KnownNames::new(items, constants, registry)
}

/// The same with names at hand.
pub(super) fn resolve_with(texts: &[CatalogueText], names: &KnownNames, diagnostics: &mut Vec<Diagnostic>) -> Catalogue {
    unique_ids(texts, diagnostics);
    let items = || texts.iter().flat_map(|text| text.content.item.iter().map(move |item| (text, item)));
    let mut catalogue = Catalogue::default();
    let built_in = BuiltInNames(names);
    let resolver = |text| Resolver::new(text, names, &built_in);
    for (text, item) in items() {
        let resolver = resolver(text);
        catalogue.items.push(resolver.item(&item.value, diagnostics));
    }
    let mut first_item = 0;
    for text in texts {
        let resolver = resolver(text);
        let (first_indicator, first_check) = (catalogue.indicators.len(), catalogue.checks.len());
        for written in &text.content.indicator {
            let Some(indicator) = resolver.indicator(&written.value, diagnostics) else { continue };
            diagnostics.extend(rates::check(&written.value, &indicator, &catalogue.items, &text.file));
            catalogue.indicators.push(indicator);
        }
        let checks = Checks { text, names: resolver.names, items: &catalogue.items };
        let resolved: Vec<_> = text.content.check.iter().filter_map(|check| checks.resolve(&check.value, diagnostics)).collect();
        catalogue.checks.extend(resolved);
        let items = first_item..first_item + text.content.item.len();
        first_item = items.end;
        let (indicators, checks) = (first_indicator..catalogue.indicators.len(), first_check..catalogue.checks.len());
        catalogue.parts.push(part(text, items, indicators, checks));
    }
    catalogue
}

/// A file as one of the parts of a catalogue, with its entries by index.
fn part(text: &CatalogueText, items: Range<usize>, indicators: Range<usize>, checks: Range<usize>) -> catalogue::Part {
    let head = &text.content.catalogue;
    let constant = |written: &Located<spec::Constant>| catalogue::Constant {
        id: written.value.id.value.clone(),
        name: written.value.name.clone(),
        value: written.value.value.value.clone(),
        basis: written.value.basis.to_vec(),
    };
    catalogue::Part {
        id: head.id.value.clone(),
        reference: text.reference(),
        title: head.title.clone(),
        requires: head.requires.iter().map(|name| name.value.clone()).collect(),
        basis: head.basis.to_vec(),
        items,
        indicators,
        checks,
        constants: text.content.constant.iter().map(constant).collect(),
    }
}

/// Items, indicators and constants share one name space: an id means one thing in a formula, a
/// criterion and a report.
fn unique_ids(texts: &[CatalogueText], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, &Arc<SourceFile>> = BTreeMap::new();
    for text in texts {
        let content = &text.content;
        let ids = content.item.iter().map(|item| &item.value.id);
        let ids = ids.chain(content.indicator.iter().map(|indicator| &indicator.value.id));
        let ids =
            ids.chain(content.constant.iter().map(|constant| &constant.value.id)).chain(content.check.iter().map(|check| &check.value.id));
        for id in ids {
            if let Some(other) = seen.insert(&id.value, &text.file) {
                let diagnostic = Diagnostic::new(&codes::DUPLICATE_ID, id.origin(&text.file));
                diagnostics.push(diagnostic.with("id", id.value.clone()).with("file", other.path.clone()));
            }
        }
    }
}

struct Resolver<'a> {
    text: &'a CatalogueText,
    names: &'a dyn Names,
}

impl<'a> Resolver<'a> {
    fn new(text: &'a CatalogueText, names: &'a KnownNames, built_in: &'a BuiltInNames<'a>) -> Self {
        let names: &dyn Names = if text.is_builtin { built_in } else { names };
        Self { text, names }
    }

    /// Warnings about a built-in catalogue are not the user's to mend: a scope may name a kind of
    /// organisation that this registry happens not to have.
    fn keep(&self, found: Vec<Diagnostic>, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.extend(found.into_iter().filter(|diagnostic| !self.text.is_builtin || diagnostic.is_error()));
    }

    fn item(&self, item: &spec::Item, diagnostics: &mut Vec<Diagnostic>) -> catalogue::Item {
        let expected_from = item.expected_from.as_ref().and_then(|scope| {
            let origin = scope.origin(&self.text.file);
            let (condition, found) = formula::read_scope(&scope.value, &origin, self.names, ScopeOperands::Attributes);
            self.keep(found, diagnostics);
            condition
        });
        let decimals = item
            .decimals
            .as_ref()
            .map_or(if matches!(item.unit.as_str(), "yuan" | "%" | "point" | "equivalent") { 2 } else { 0 }, |written| written.value);
        if let Some(written) = item.decimals.as_ref().filter(|written| written.value > 6) {
            diagnostics.push(Diagnostic::new(&codes::DECIMALS, written.origin(&self.text.file)).with("value", written.value.to_string()));
        }
        catalogue::Item {
            id: item.id.value.as_str().into(),
            name: item.name.clone(),
            aliases: item.aliases.iter().map(|alias| alias.value.clone()).collect(),
            unit: item.unit.value.clone(),
            decimals: decimals.min(6),
            time: item.time,
            additive: item.additive.unwrap_or(true),
            expected_from,
            definition: item.definition.clone(),
            basis: item.basis.to_vec(),
        }
    }

    fn formula(&self, written: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Formula> {
        let (formula, found) = formula::read_formula(&written.value, &written.origin(&self.text.file), self.names);
        self.keep(found, diagnostics);
        formula
    }

    fn indicator(&self, indicator: &spec::Indicator, diagnostics: &mut Vec<Diagnostic>) -> Option<catalogue::Indicator> {
        let numerator = self.formula(&indicator.numerator, diagnostics);
        let denominator = indicator.denominator.as_ref().map(|written| self.formula(written, diagnostics));
        if let (Some(denominator), Form::Count) = (&indicator.denominator, indicator.form) {
            diagnostics.push(
                Diagnostic::new(&codes::COUNT_WITH_DENOMINATOR, denominator.origin(&self.text.file)).with("id", indicator.id.value.clone()),
            );
        }
        if let Some(written) = indicator.decimals.as_ref().filter(|written| written.value > 6) {
            diagnostics.push(Diagnostic::new(&codes::DECIMALS, written.origin(&self.text.file)).with("value", written.value.to_string()));
        }
        let level = indicator.level.unwrap_or(Level::Institution);
        let checks = Checks { text: self.text, names: self.names, items: &[] };
        let plausible = indicator.plausible.as_ref().and_then(|band| checks.band(band, diagnostics));
        if let (Some(written), true) = (&indicator.plausible, level != Level::Institution) {
            let diagnostic = Diagnostic::new(&codes::PLAUSIBLE_LEVEL, written.origin(&self.text.file));
            diagnostics.push(diagnostic.with("id", indicator.id.value.clone()).with("level", level.word()));
        }
        let factor = indicator.factor.as_ref().map_or_else(Exact::one, |factor| factor.value.clone());
        Some(catalogue::Indicator {
            id: indicator.id.value.as_str().into(),
            name: indicator.name.clone(),
            numerator: numerator?,
            denominator: denominator.map_or(Some(None), |formula| formula.map(Some))?,
            factor,
            unit: indicator.unit.value.clone(),
            better: indicator.better,
            form: indicator.form,
            pooling: indicator.pooling.unwrap_or_default(),
            decimals: indicator
                .decimals
                .as_ref()
                .map_or(if indicator.form == Form::Count { 0 } else { 2 }, |decimals| decimals.value.min(6)),
            lookback: Lookback::Period,
            level,
            plausible,
            aliases: indicator.aliases.iter().map(|alias| alias.value.clone()).collect(),
            examples: indicator.example.iter().map(example).collect(),
            definition: indicator.definition.clone(),
            basis: indicator.basis.to_vec(),
        })
    }
}

fn example(written: &spec::IndicatorExample) -> catalogue::Example {
    let given = written.given.iter().map(|(name, number)| (name.value.clone(), number.value.clone())).collect();
    catalogue::Example { given, expect: written.expect.value.clone() }
}

/// Where an indicator's formulas stand, for diagnostics that arise when it is used.
pub fn origin_of(texts: &[CatalogueText], id: &str) -> Option<Origin> {
    texts.iter().find_map(|text| {
        let found = text.content.indicator.iter().find(|indicator| indicator.value.id.value == id)?;
        Some(found.value.numerator.origin(&text.file))
    })
}
