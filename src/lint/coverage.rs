//! Which bands and branches of a scheme its worked examples go through, and which none reaches.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Indicator};
use crate::formula::Window;
use crate::lint::branches::{Branch, all, reached};
use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::bonus::earned_with;
use crate::score::criteria::{Criteria, Criterion, Rule};
use crate::score::criterion::{Context, Scored, as_policy, score};
use crate::score::feed::Feed;
use crate::score::judgement::{JudgedValue, Judgement};
use crate::score::peers::Peers;
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::Text;

/// A worked example with its figures computed: ready to be scored.
#[derive(Debug, Clone, Default)]
pub struct Worked {
    /// Id of the criterion.
    pub criterion: String,
    /// What its indicators come to.
    pub measures: Vec<MeasureResult>,
    /// What was judged.
    pub judgements: Vec<Judgement>,
    /// Values of the peer group by indicator, the example's own among them.
    pub peers: BTreeMap<usize, Vec<Exact>>,
    /// Totals of parts.
    pub feeds: Vec<Feed>,
    /// The unit: its attributes, by which a case may hold, and its own targets.
    pub unit: Unit,
}

impl Worked {
    /// Scores a criterion by this example, as one of a unit that the criterion applies to.
    pub fn score(&self, criterion: &Criterion, criteria: &Criteria, catalogue: &Catalogue) -> Scored {
        let criterion = Criterion { applies_to: None, classes: None, is_due: true, ..criterion.clone() };
        self.among(criteria, catalogue, |context| score(&criterion, None, context))
    }

    /// The bonus earned with the criterion at this index.
    pub fn bonus(&self, criterion: usize, criteria: &Criteria, catalogue: &Catalogue) -> Exact {
        self.among(criteria, catalogue, |context| earned_with(criteria, criterion, context))
    }

    fn among<T>(&self, criteria: &Criteria, catalogue: &Catalogue, find: impl FnOnce(Context) -> T) -> T {
        let indicators: Vec<&Indicator> = catalogue.indicators.iter().collect();
        let judgements: Vec<&Judgement> = self.judgements.iter().collect();
        let policy = &criteria.policy;
        find(Context {
            policy,
            states: policy.states,
            indicators: &indicators,
            unit: &self.unit,
            measures: &self.measures,
            judgements: &judgements,
            peers: Peers::among(&self.peers),
            feeds: &self.feeds,
        })
    }

    /// The peer group's values of an indicator.
    pub(super) fn values(&self, indicator: usize) -> &[Exact] {
        self.peers.get(&indicator).map_or(&[], Vec::as_slice)
    }
}

/// What an example says of a criterion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) criterion: &'a Criterion,
    pub(super) worked: &'a Worked,
    pub(super) criteria: &'a Criteria,
    pub(super) catalogue: &'a Catalogue,
}

impl<'a> Facts<'a> {
    pub(super) fn measure(&self, indicator: Option<usize>, window: Window) -> Option<&'a MeasureResult> {
        self.worked.measures.iter().find(|measure| Some(measure.indicator) == indicator && measure.window == window)
    }

    /// The value as rules see it [P2].
    pub(super) fn value(&self, indicator: Option<usize>, window: Window) -> Option<Exact> {
        let measure = self.measure(indicator, window)?;
        let indicator = self.catalogue.indicators.get(measure.indicator)?;
        measure.value.as_ref().map(|value| as_policy(value, indicator, &self.criteria.policy))
    }

    /// What was judged of a part; the criterion itself is the blank part.
    pub(super) fn judged(&self, part: &str) -> Option<&'a str> {
        let row = self.worked.judgements.iter().find(|row| row.part == part)?;
        match &row.value {
            JudgedValue::Given(text) => Some(text.trim()),
            JudgedValue::NotApplicable | JudgedValue::NoEvidence | JudgedValue::Recused => None,
        }
    }
}

/// How far the examples of a criterion reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Id of the criterion.
    pub criterion: String,
    /// Name of the criterion.
    pub name: Text,
    /// Its rule.
    pub rule: &'static str,
    /// Branches that some example goes through.
    pub reached: Vec<Text>,
    /// Branches that none does.
    pub missed: Vec<Text>,
}

/// Every criterion that is scored, in the order of the scheme.
pub fn coverage(criteria: &Criteria, catalogue: &Catalogue, examples: &[Worked]) -> Vec<Covered> {
    let covered = |(at, criterion): (usize, &Criterion)| {
        let of_it = examples.iter().filter(|worked| worked.criterion == criterion.id);
        let keys: Vec<String> = of_it.flat_map(|worked| keys(at, Facts { criterion, worked, criteria, catalogue })).collect();
        let (reached, missed): (Vec<Branch>, Vec<Branch>) =
            branches(at, criteria, catalogue).into_iter().partition(|branch| keys.contains(&branch.key));
        let names = |branches: Vec<Branch>| branches.into_iter().map(|branch| branch.name).collect();
        let rule = criterion.rule.name();
        Covered { criterion: criterion.id.clone(), name: criterion.name.clone(), rule, reached: names(reached), missed: names(missed) }
    };
    let all = criteria.criteria.iter().enumerate().map(covered);
    all.filter(|covered| !covered.reached.is_empty() || !covered.missed.is_empty()).collect()
}

/// The state that an example can bring about: a denominator of 0.
const ZERO: &str = "zero-denominator";

/// The rules a unit may be scored by: those of the cases in their order, then the criterion's own unless a case always holds.
fn rules(criterion: &Criterion) -> Vec<(Option<usize>, &Rule)> {
    let always = criterion.cases.iter().position(|(scope, _)| scope.is_none());
    let cases = criterion.cases.iter().take(always.map_or(usize::MAX, |at| at + 1)).enumerate();
    let own = always.is_none().then_some((None, &criterion.rule));
    // A case that always holds stands where the criterion's own rule would.
    let number = |at: usize| (always != Some(at)).then_some(at);
    cases.map(|(at, (_, rule))| (number(at), rule)).chain(own).collect()
}

fn branches(at: usize, criteria: &Criteria, catalogue: &Catalogue) -> Vec<Branch> {
    let criterion = &criteria.criteria[at];
    let mut branches: Vec<Branch> = Vec::new();
    for (case, rule) in rules(criterion) {
        branches.extend(all(rule).into_iter().map(|branch| match case {
            None => branch,
            Some(case) => {
                let name = Text::new(format!("情形 {}：{}", case + 1, branch.name.zh), format!("case {}: {}", case + 1, branch.name.en));
                Branch { key: in_case(case, &branch.key), name }
            }
        }));
    }
    let divides = criterion.indicator.and_then(|index| catalogue.indicators.get(index)).is_some_and(|one| one.denominator.is_some());
    if divides && !branches.is_empty() {
        branches.push(Branch { key: ZERO.to_owned(), name: State::ZeroDenominator.word() });
    }
    if criteria.extras.bonuses.iter().any(|bonus| bonus.criterion == Some(at)) {
        let bonus = |key: &str, zh: &str, en: &str| Branch { key: key.to_owned(), name: Text::new(zh, en) };
        branches.extend([bonus(BONUS, "加分", "a bonus"), bonus(NO_BONUS, "不加分", "no bonus")]);
    }
    branches
}

const BONUS: &str = "bonus";
const NO_BONUS: &str = "no-bonus";

fn in_case(case: usize, key: &str) -> String {
    format!("case {case}/{key}")
}

fn keys(at: usize, facts: Facts) -> Vec<String> {
    let Facts { criterion, worked, criteria, catalogue } = facts;
    let own = facts.measure(criterion.indicator, Window::Assessed);
    if own.is_some_and(|measure| measure.state == State::ZeroDenominator) {
        return vec![ZERO.to_owned()];
    }
    let rule = criterion.rule_of(&worked.unit);
    let case = rules(criterion).into_iter().find(|(_, one)| std::ptr::eq(*one, rule)).and_then(|(case, _)| case);
    let keys = reached(rule, &criterion.points, criterion.indicator, facts);
    let mut keys: Vec<String> = keys.into_iter().map(|key| case.map_or(key.clone(), |case| in_case(case, &key))).collect();
    if criteria.extras.bonuses.iter().any(|bonus| bonus.criterion == Some(at)) {
        let is_earned = !worked.bonus(at, criteria, catalogue).is_zero();
        keys.push(if is_earned { BONUS } else { NO_BONUS }.to_owned());
    }
    keys
}
