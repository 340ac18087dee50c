//! Worked examples of a scheme, `[[example]]`, scored again by the rules they are about (SCHEMES 6).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assessment::criteria::CriteriaResolver;
use crate::assessment::examples::{Computed, Fault, Given, compute, describe};
use crate::assessment::names::KnownNames;
use crate::catalogue::Catalogue;
use crate::codes::criteria as codes;
use crate::definition::criteria::{CriteriaFile, Example, Judged};
use crate::definition::located::{Entries, Number, Words};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::{self, Formula, Node, Term, Window};
use crate::lint::Worked;
use crate::measure::roster::{Target, Unit};
use crate::number::Exact;
use crate::period::Span;
use crate::registry::{canonical_column, canonical_value};
use crate::score::criteria::{Criteria, Criterion, Rule};
use crate::score::criterion::as_policy;
use crate::score::extra::Bonus;
use crate::score::feed::Feed;
use crate::score::judgement::{JudgedValue, Judgement, Stage};
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::{Text, nearest};

/// What examples are scored by: a scheme over a whole year.
pub(super) struct OverAYear {
    pub(super) criteria: Criteria,
    pub(super) catalogue: Catalogue,
    pub(super) worked: Vec<Worked>,
}

/// Examples speak of a whole year, whatever the window: in a month, targets in proportion would be others.
pub(super) fn over_a_year(
    resolver: &CriteriaResolver,
    catalogue: &Catalogue,
    names: &KnownNames,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<OverAYear> {
    let year = Span::year(resolver.window.map_or(2000, |window| window.last().year()))?;
    let mut catalogue = catalogue.clone();
    // What is wrong with the scheme itself was said when it was resolved for the window.
    let (criteria, _) = CriteriaResolver { window: Some(year), ..*resolver }.resolve(&mut catalogue, &mut Vec::new());
    let worked = check(resolver.file, resolver.content, &criteria, &catalogue, names, year, diagnostics);
    Some(OverAYear { criteria, catalogue, worked })
}

/// Scores every example of the scheme again, and hands over those that can be scored.
fn check(
    file: &Arc<SourceFile>,
    content: &CriteriaFile,
    criteria: &Criteria,
    catalogue: &Catalogue,
    names: &KnownNames,
    window: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Worked> {
    let mut worked = Vec::new();
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
        match checker.example(example, diagnostics) {
            Ok((at, facts)) => {
                diagnostics.extend(checker.differing(example, at, &facts));
                worked.push(facts);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    worked
}

struct Checker<'a> {
    file: &'a Arc<SourceFile>,
    criteria: &'a Criteria,
    catalogue: &'a Catalogue,
    names: &'a KnownNames,
    window: Span,
}

impl Checker<'_> {
    /// The index of the criterion, and what the example's figures come to.
    fn example(&self, example: &Example, diagnostics: &mut Vec<Diagnostic>) -> Result<(usize, Worked), Diagnostic> {
        let id = &example.criterion;
        let Some(at) = self.criteria.criteria.iter().position(|known| known.id == id.value) else {
            let near = nearest(&id.value, self.criteria.criteria.iter().map(|known| known.id.as_str()));
            return Err(Diagnostic::new(&codes::EXAMPLE_CRITERION, id.origin(self.file)).with("id", id.value.clone()).suggest(near));
        };
        let criterion = &self.criteria.criteria[at];
        let mut given = self.figures(&example.given, diagnostics);
        let baseline = self.figures(&example.baseline, diagnostics);
        given.extend(baseline.iter().map(|(formula, value)| (formula.clone().and_then(of_baseline), *value)));
        let mut measures = Vec::new();
        let bonuses = self.criteria.extras.bonuses.iter().filter(|bonus| bonus.criterion == Some(at));
        let counted = bonuses.clone().flat_map(Bonus::indicators);
        let mut improved = BTreeSet::new();
        criterion.rules().for_each(|rule| compared_with_baseline(rule, criterion.indicator, &mut improved));
        for index in criterion.indicators().into_iter().chain(counted) {
            measures.push(self.measure(index, Window::Assessed, &given, example)?);
            // Without figures the baseline does not apply [P6].
            if improved.contains(&index) && !baseline.is_empty() {
                measures.push(self.measure(index, Window::Baseline, &baseline, example)?);
            } else if improved.contains(&index) {
                measures.push(measure(index, Window::Baseline, self.window, State::NotApplicable, None));
            }
        }
        let parts: Vec<&str> = bonuses.flat_map(Bonus::judged_parts).collect();
        let judgements = self.judgements(criterion, &parts, example)?;
        let peers = self.peers(criterion, example, &measures)?;
        Ok((at, Worked { criterion: criterion.id.clone(), measures, judgements, peers, feeds: feeds(example), unit: self.unit(example) }))
    }

    /// The unit of an example: what it states, and nothing else.
    fn unit(&self, example: &Example) -> Unit {
        let attribute = |(name, value): &(Words, Words)| {
            let name = canonical_column(&name.value);
            let value = canonical_value(&name, &value.value);
            (name, Some(value))
        };
        let target = |(item, number): &(Words, Number)| Target { item: item.value.clone(), span: self.window, value: number.value.clone() };
        Unit {
            key: String::new().into(),
            name: Text::default(),
            short_name: None,
            own_row: None,
            attributes: example.unit.iter().map(attribute).collect(),
            is_ranked: true,
            targets: example.targets.iter().map(target).collect(),
        }
    }

    /// The first thing that comes out otherwise than the example says.
    fn differing(&self, example: &Example, at: usize, worked: &Worked) -> Option<Diagnostic> {
        let criterion = &self.criteria.criteria[at];
        let scored = worked.score(criterion, self.criteria, self.catalogue).score;
        if example.expect.points.is_none() && example.expect.bonus.is_none() && example.expect.state.is_none() {
            return Some(Diagnostic::new(&codes::EXAMPLE_EXPECTS, example.expect.origin(self.file)).with("id", criterion.id.clone()));
        }
        if let Some(state) = example.expect.state.as_ref().filter(|state| state.value != scored.state.id()) {
            let diagnostic = Diagnostic::new(&codes::EXAMPLE_STATE, state.origin(self.file)).with("id", criterion.id.clone());
            return Some(diagnostic.with("found", scored.state.id()).with("expected", state.value.clone()));
        }
        let points = scored.points;
        let bonus = Some(worked.bonus(at, self.criteria, self.catalogue));
        let sides = [("points", &example.expect.points, points), ("bonus", &example.expect.bonus, bonus)];
        let differing = sides.into_iter().find_map(|(what, expected, found)| Some((what, expected.as_ref()?, found)).filter(differs));
        differing.map(|(what, expected, found)| {
            let found = found.map_or_else(|| Text::new("无", "none"), |found| Text::same(found.to_string()));
            let diagnostic = Diagnostic::new(&codes::EXAMPLE_DIFFERS, expected.origin(self.file)).with("what", what);
            diagnostic.with("id", criterion.id.clone()).with("found", found).with("expected", expected.value.to_string())
        })
    }

    /// The values that a rule compares with, the example's own among them [P8].
    fn peers(
        &self,
        criterion: &Criterion,
        example: &Example,
        measures: &[MeasureResult],
    ) -> Result<BTreeMap<usize, Vec<Exact>>, Diagnostic> {
        let Some(first) = example.peers.first() else { return Ok(BTreeMap::new()) };
        let mut compared = BTreeSet::new();
        criterion.rules().for_each(|rule| compared_with_peers(rule, criterion.indicator, &mut compared));
        let (Some(index), 1) = (compared.first().copied(), compared.len()) else {
            let diagnostic = Diagnostic::new(&codes::EXAMPLE_PEERS, first.origin(self.file)).with("id", criterion.id.clone());
            return Err(diagnostic.with("count", compared.len().to_string()));
        };
        let own = measures.iter().find(|measure| measure.indicator == index && measure.window == Window::Assessed);
        let own = own.and_then(|measure| measure.value.as_ref());
        let all = example.peers.iter().map(|peer| &peer.value).chain(own);
        let described = &self.catalogue.indicators[index];
        let values = all.map(|value| as_policy(value, described, &self.criteria.policy)).collect();
        Ok(BTreeMap::from([(index, values)]))
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
            Err(Fault::ZeroDenominator) => Ok(measure(index, window, self.window, State::ZeroDenominator, None)),
            Err(Fault::Rejected) => Ok(measure(index, window, self.window, State::Rejected, None)),
            Err(Fault::Lacking(node)) => {
                let place = if window == Window::Baseline {
                    Text::new("baseline（基期）", "`baseline`")
                } else {
                    Text::new("given（考核期）", "`given`")
                };
                let diagnostic = Diagnostic::new(&codes::EXAMPLE_INCOMPLETE, example.criterion.origin(self.file));
                Err(diagnostic
                    .with("id", example.criterion.value.clone())
                    .with("name", describe(&node, self.catalogue))
                    .with("window", place))
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
            let one = |(expert, written): (usize, String)| Judgement {
                unit: String::new(),
                criterion: criterion.id.clone(),
                part: if is_part { name.value.clone() } else { String::new() },
                value: JudgedValue::read(&written).unwrap_or(JudgedValue::Given(written)),
                judge: expert.to_string(),
                stage: Stage::Review,
                evidence: "example".to_owned(),
                reason: String::new(),
                file: self.file.path.clone(),
                row: 1,
            };
            Ok(written(&value.value).into_iter().enumerate().map(one).collect::<Vec<_>>())
        };
        let all: Vec<Vec<Judgement>> = example.judged.iter().map(judgement).collect::<Result<_, _>>()?;
        Ok(all.into_iter().flatten().collect())
    }
}

/// What was given, by each expert where there are several.
fn written(judged: &Judged) -> Vec<String> {
    match judged {
        Judged::Number(number) => vec![number.to_string()],
        Judged::Word(word) => vec![word.clone()],
        Judged::Several(all) => all.iter().flat_map(written).collect(),
    }
}

/// What the example says of parts.
fn feeds(example: &Example) -> Vec<Feed> {
    let feed = |(part, totals): &(crate::definition::located::Words, Vec<Number>)| {
        Feed::of_example(&part.value, totals.iter().map(|total| total.value.clone()))
    };
    example.parts.iter().map(feed).collect()
}

/// The indicators whose values a rule compares with those of the baseline.
fn compared_with_baseline(rule: &Rule, indicator: Option<usize>, found: &mut BTreeSet<usize>) {
    match rule {
        Rule::Improve { or_else, .. } => {
            found.extend(indicator);
            if let Some(rule) = or_else {
                compared_with_baseline(rule, indicator, found);
            }
        }
        Rule::BestOf(rules) => rules.iter().for_each(|rule| compared_with_baseline(rule, indicator, found)),
        Rule::Mix(parts) => parts.iter().for_each(|part| compared_with_baseline(&part.rule, part.indicator.or(indicator), found)),
        _ => {}
    }
}

/// The indicators whose values a rule compares with those of peers.
fn compared_with_peers(rule: &Rule, indicator: Option<usize>, found: &mut BTreeSet<usize>) {
    match rule {
        Rule::Peer(_) | Rule::Percentile(_) | Rule::Rank(_) => found.extend(indicator),
        Rule::BestOf(rules) => rules.iter().for_each(|rule| compared_with_peers(rule, indicator, found)),
        Rule::Mix(parts) => parts.iter().for_each(|part| compared_with_peers(&part.rule, part.indicator.or(indicator), found)),
        Rule::Improve { or_else: Some(rule), .. } => compared_with_peers(rule, indicator, found),
        _ => {}
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
