//! Worked examples of a scheme, `[[example]]`, scored again by the rules they are about (SCHEMES 6).

use std::sync::Arc;

use crate::assessment::examples::{Computed, Given, compute, describe};
use crate::assessment::names::KnownNames;
use crate::catalogue::{Catalogue, Indicator};
use crate::codes::criteria as codes;
use crate::definition::criteria::{CriteriaFile, Example, Judged};
use crate::definition::located::{Entries, Number};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::{self, Formula, Node, Term, Window};
use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::period::Span;
use crate::score::bonus::earned_with;
use crate::score::criteria::{Criteria, Criterion};
use crate::score::criterion::{Context, score};
use crate::score::extra::Bonus;
use crate::score::judgement::{JudgedValue, Judgement, Stage};
use crate::score::peers::Peers;
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::{Text, nearest};

/// Scores every example of the scheme again.
pub(super) fn check(
    file: &Arc<SourceFile>,
    content: &CriteriaFile,
    criteria: &Criteria,
    catalogue: &Catalogue,
    names: &KnownNames,
    window: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let checker = Checker { file, criteria, catalogue, names, window };
    let written: Vec<&str> =
        content.dimension.iter().flat_map(|dimension| dimension.criterion.iter()).filter_map(|criterion| criterion.key()).collect();
    for example in &content.example {
        let id = example.criterion.value.as_str();
        let is_resolved = criteria.criteria.iter().any(|known| known.id == id);
        // A criterion with an error of its own has not been resolved: its examples wait.
        if written.contains(&id) && !is_resolved {
            continue;
        }
        if let Err(diagnostic) = checker.example(example, diagnostics) {
            diagnostics.push(diagnostic);
        }
    }
}

struct Checker<'a> {
    file: &'a Arc<SourceFile>,
    criteria: &'a Criteria,
    catalogue: &'a Catalogue,
    names: &'a KnownNames,
    window: Span,
}

impl Checker<'_> {
    fn example(&self, example: &Example, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Diagnostic> {
        let id = &example.criterion;
        let Some(criterion) = self.criteria.criteria.iter().find(|known| known.id == id.value) else {
            let near = nearest(&id.value, self.criteria.criteria.iter().map(|known| known.id.as_str()));
            return Err(Diagnostic::new(&codes::EXAMPLE_CRITERION, id.origin(self.file)).with("id", id.value.clone()).suggest(near));
        };
        let mut given = self.figures(&example.given, diagnostics);
        let baseline = self.figures(&example.baseline, diagnostics);
        given.extend(baseline.iter().map(|(formula, value)| (formula.clone().and_then(of_baseline), *value)));
        let mut measures = Vec::new();
        let at = self.criteria.criteria.iter().position(|known| known.id == criterion.id).unwrap_or_default();
        let bonuses = self.criteria.extras.bonuses.iter().filter(|bonus| bonus.criterion == Some(at));
        let counted = bonuses.clone().flat_map(Bonus::indicators);
        for index in criterion.indicators().into_iter().chain(counted) {
            measures.push(self.measure(index, Window::Assessed, &given, example)?);
            // Without figures the baseline does not apply [P6].
            if criterion.rule.needs_baseline() && !baseline.is_empty() {
                measures.push(self.measure(index, Window::Baseline, &baseline, example)?);
            } else if criterion.rule.needs_baseline() {
                measures.push(measure(index, Window::Baseline, self.window, State::NotApplicable, None));
            }
        }
        let parts: Vec<&str> = bonuses.flat_map(Bonus::judged_parts).collect();
        let judgements = self.judgements(criterion, &parts, example)?;
        let (points, bonus) = self.points((at, criterion), &measures, &judgements);
        let sides = [("points", &example.expect.points, points), ("bonus", &example.expect.bonus, bonus)];
        let differing = sides.into_iter().find_map(|(what, expected, found)| Some((what, expected.as_ref()?, found)).filter(differs));
        differing.map_or(Ok(()), |(what, expected, found)| {
            let found = found.map_or_else(|| Text::new("无", "none"), |found| Text::same(found.to_string()));
            let diagnostic = Diagnostic::new(&codes::EXAMPLE_DIFFERS, expected.origin(self.file)).with("what", what);
            Err(diagnostic.with("id", id.value.clone()).with("found", found).with("expected", expected.value.to_string()))
        })
    }

    /// What each figure is of. A name that is not known is said.
    fn figures<'e>(&self, written: &'e Entries<Number>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Option<Formula>, &'e Exact)> {
        let figure = |(key, value): &'e (crate::definition::located::Words, Number)| {
            let (formula, found) = formula::read_formula(&key.value, &key.origin(self.file), self.names);
            diagnostics.extend(found.into_iter().filter(Diagnostic::is_error));
            (formula, &value.value)
        };
        written.iter().map(figure).collect()
    }

    fn measure(&self, index: usize, window: Window, given: &Given, example: &Example) -> Result<MeasureResult, Diagnostic> {
        let indicator = &self.catalogue.indicators[index];
        match compute(indicator, given) {
            Ok(computed) => Ok(measure(index, window, self.window, State::Reported, Some(computed))),
            Err(None) => Ok(measure(index, window, self.window, State::ZeroDenominator, None)),
            Err(Some(node)) => {
                let diagnostic = Diagnostic::new(&codes::EXAMPLE_INCOMPLETE, example.criterion.origin(self.file));
                Err(diagnostic.with("id", example.criterion.value.clone()).with("name", describe(&node, self.catalogue)))
            }
        }
    }

    /// A judgement stands under the id of the criterion, or under the name of its part.
    fn judgements(&self, criterion: &Criterion, of_bonus: &[&str], example: &Example) -> Result<Vec<Judgement>, Diagnostic> {
        let judgement = |(name, value): &(crate::definition::located::Words, crate::definition::Located<Judged>)| {
            let is_part = criterion.rule.judged_parts().iter().chain(of_bonus).any(|part| *part == name.value);
            if name.value != criterion.id && !is_part {
                let diagnostic = Diagnostic::new(&codes::EXAMPLE_JUDGED, name.origin(self.file));
                return Err(diagnostic.with("name", name.value.clone()).with("id", criterion.id.clone()));
            }
            let written = match &value.value {
                Judged::Number(number) => number.to_string(),
                Judged::Word(word) => word.clone(),
            };
            Ok(Judgement {
                unit: String::new(),
                criterion: criterion.id.clone(),
                part: if is_part { name.value.clone() } else { String::new() },
                value: JudgedValue::read(&written).unwrap_or(JudgedValue::Given(written)),
                judge: String::new(),
                stage: Stage::Review,
                evidence: "example".to_owned(),
                reason: String::new(),
                file: self.file.path.clone(),
                row: 1,
            })
        };
        example.judged.iter().map(judgement).collect()
    }

    /// Points and bonus.
    fn points(
        &self,
        (at, criterion): (usize, &Criterion),
        measures: &[MeasureResult],
        judgements: &[Judgement],
    ) -> (Option<Exact>, Option<Exact>) {
        let indicators: Vec<&Indicator> = self.catalogue.indicators.iter().collect();
        let judgements: Vec<&Judgement> = judgements.iter().collect();
        let attributes = std::collections::BTreeMap::new();
        let unit = Unit {
            key: String::new(),
            name: Text::default(),
            short_name: None,
            own_row: None,
            attributes,
            is_ranked: true,
            targets: Vec::new(),
        };
        let policy = &self.criteria.policy;
        // An example is about a unit that the criterion applies to.
        let criterion = Criterion { applies_to: None, classes: None, ..criterion.clone() };
        let context = Context {
            policy,
            states: policy.states,
            indicators: &indicators,
            unit: &unit,
            measures,
            judgements: &judgements,
            peers: Peers::default(),
        };
        (score(&criterion, None, context).score.points, Some(earned_with(self.criteria, at, context)))
    }
}

/// The figure as a formula of the assessed window names it: `visits@baseline`.
fn of_baseline(formula: Formula) -> Option<Formula> {
    let Node::Total(term) = formula.node else { return None };
    Some(Formula { node: Node::Total(Term { window: Window::Baseline, ..term }), ..formula })
}

fn differs((_, expected, found): &(&str, &Number, Option<Exact>)) -> bool {
    found.as_ref() != Some(&expected.value)
}

/// A complete measure with these figures.
fn measure(indicator: usize, window: Window, span: Span, state: State, computed: Option<Computed>) -> MeasureResult {
    let (numerator, denominator, value) = match computed {
        Some(computed) => (Some(computed.numerator), Some(computed.denominator), Some(computed.value)),
        None => (None, None, None),
    };
    MeasureResult {
        indicator,
        window,
        span,
        value,
        numerator,
        denominator,
        state,
        enough: true,
        months_met: 1,
        months_required: 1,
        interval: None,
        reasons: Vec::new(),
        touches_rejected: false,
    }
}
