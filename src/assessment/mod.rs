//! From files as written to an assessment with nothing left open: all defaults, paths and names; every diagnostic in one pass.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::catalogue::{Catalogue, Indicator, Level};
use crate::definition::overrides::Override;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::Finding;
use crate::formula::{Formula, Window};
use crate::intake::correction::Correction;
use crate::intake::source::Source;
use crate::measure::Wanted;
use crate::measure::roster::Roster;
use crate::period::Lookback;
use crate::registry::Registry;
use crate::score::criteria::Criteria;
use crate::score::judgement::Judgement;
use crate::scorebook::Provenance;
use crate::text::{Lang, Text};

mod ahead;
mod allowed;
pub mod alone;
pub mod catalogue;
mod checks;
mod classes;
mod codes_checked;
mod columns;
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
mod loader;
mod mixed;
pub mod names;
mod outcome;
mod parts;
mod rates;
mod records;
pub mod registry;
pub mod rules;
mod scheme_examples;
pub mod several;
pub mod sources;
mod tables;
mod targets;
mod tasks;
pub mod terms;
pub mod units;
mod waivers;

pub use findings::registry_findings;
pub use mixed::load_mixed;

use catalogue::CatalogueText;
use criteria::used_indicators;
use criterion::is_summable;
use loader::Loader;
use terms::Figures;

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
    pub registry: Arc<Registry>,
    /// Units, members, windows.
    pub roster: Roster,
    /// Data, in memory.
    pub sources: Vec<Source>,
    /// Judgements.
    pub judgements: Vec<Judgement>,
    /// Corrections of reported values.
    pub corrections: Vec<Correction>,
    /// Fingerprint of the definitions that decide the figures, as a terms file names it.
    pub definitions: String,
    /// What is to be noted about the registry.
    pub noticed: Vec<Finding>,
    /// Definitions read so far, options, catalogues.
    pub provenance: Provenance,
    /// Scorings of their own that are finished first [R8]; they have no parts themselves.
    pub parts: Vec<Part>,
}

/// A scoring of its own, whose totals the main scheme may look at.
#[derive(Debug)]
pub struct Part {
    /// Id, by which `score.part` names it.
    pub id: String,
    /// Name in reasons: its own title, else the id.
    pub name: Text,
    /// The whole of it, with the data of the main one.
    pub assessment: Assessment,
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

    /// Units, members and windows over the months that an indicator is taken over.
    pub fn roster_over(&self, over: Lookback) -> Cow<'_, Roster> {
        let windows = self.roster.windows.over(over);
        if windows == self.roster.windows {
            return Cow::Borrowed(&self.roster);
        }
        Cow::Owned(self.roster.over(&self.registry, &self.unit, windows, self.criteria.policy.baseline_members))
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
    /// Where the figures come from.
    pub figures: Figures,
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
    let mut loader = Loader::new(request, has_data);
    let assessment = loader.run();
    let has_errors = loader.diagnostics.iter().any(Diagnostic::is_error);
    if let (true, Some(assessment)) = (has_errors, &assessment) {
        loader.diagnostics.extend(faults::unreadable(assessment));
    }
    faults::sort_by_place(&mut loader.diagnostics);
    // What the main scheme and its parts share is wrong once.
    loader.diagnostics.dedup();
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
    let named = catalogue::Named { references: &[], file: &SourceFile::new("", ""), folder: Path::new("") };
    let texts = catalogue::read_all(&[named], &mut diagnostics);
    let (catalogue, names) = catalogue::resolve(&texts, &Registry::default(), &mut diagnostics);
    (texts, catalogue, names, diagnostics)
}

fn names_baseline(indicator: &Indicator) -> bool {
    indicator.formulas().any(|formula| formula.windows().contains(&Window::Baseline))
}
