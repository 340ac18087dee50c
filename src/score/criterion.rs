//! One criterion and one unit: state → policy → rule → rounded points (SEMANTICS S2–S4, P2, P6, P7,
//! P9, P11, P12).

use crate::catalogue::Indicator;
use crate::formula::Window;
use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::criteria::{Criterion, Policy, Rule, States, Thresholds, Treatment};
use crate::score::deduct::deduct;
use crate::score::feed::Feed;
use crate::score::judged::judge;
use crate::score::judgement::Judgement;
use crate::score::kernel::{Baseline, Outcome, Ratio, Shown, Verdict, monitor};
use crate::score::peers::Peers;
use crate::score::task::{in_proportion, shown_target, task_target};
use crate::score::{part, phrases, reason};
use crate::scorebook::{MeasureResult, Score};
use crate::state::State;
use crate::text::{Lang, Said};

/// What a criterion came to for a unit, before it is printed.
#[derive(Debug, Clone)]
pub struct Scored {
    /// As the scorebook shows it.
    pub score: Score,
    /// Points before rounding; `None` where there are none.
    pub unrounded: Option<Exact>,
    /// False if its points leave the applicable points [R3].
    pub applicable: bool,
    /// True if the unit gets no total because of it.
    pub refused: bool,
    /// Why the unit is provisional because of it [S4].
    pub provisional: Option<Said>,
    /// The grade, where the rule gives one; verdicts read it [R7].
    pub grade: Option<String>,
}

/// Everything a criterion is scored against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Policy of the scheme.
    pub policy: &'a Policy,
    /// Treatment of states: the policy's, or the criterion's own while it is scored [S3].
    pub states: States,
    /// Indicators that measures refer to.
    pub indicators: &'a [&'a Indicator],
    /// The unit.
    pub unit: &'a Unit,
    /// Its measures.
    pub measures: &'a [MeasureResult],
    /// Judgements of this unit.
    pub judgements: &'a [&'a Judgement],
    /// Scored values of the peer group.
    pub peers: Peers<'a>,
    /// Totals of parts that belong to the unit.
    pub feeds: &'a [Feed],
}

/// What one rule came to.
pub(super) enum Result {
    Points(Verdict),
    /// Follows the policy of a state.
    State(State, Vec<Said>),
    /// Neither here nor there: left to the rule around it [P7].
    NotEvaluable(Vec<Said>),
}

/// Scores one criterion for one unit.
pub fn score(criterion: &Criterion, class: Option<usize>, context: Context) -> Scored {
    let rule = criterion.rule_of(context.unit);
    if !std::ptr::eq(rule, &raw const criterion.rule) {
        let case = Criterion { rule: rule.clone(), cases: Vec::new(), ..criterion.clone() };
        let mut scored = score(&case, class, context);
        scored.score.target = scored.score.target.or_else(|| rule.target());
        return scored;
    }
    let context = Context { states: criterion.states, ..context };
    let measure = criterion.indicator.and_then(|indicator| find(context, indicator, Window::Assessed));
    let mut scored = Scored {
        score: Score {
            is_on_sheet: criterion.is_on(class),
            state: measure.map_or(State::Reported, |(_, measure)| measure.state),
            points: None,
            shown: None,
            measure: measure.map(|(index, _)| index),
            reason: Vec::new(),
            judged: Vec::new(),
            light: None,
            next: None,
            full_at: None,
            target: measure.and_then(|(_, measure)| shown_target(rule, measure, context)),
        },
        unrounded: None,
        applicable: true,
        refused: false,
        provisional: None,
        grade: None,
    };
    if !scored.score.is_on_sheet {
        scored.score.state = State::NotApplicable;
        scored.applicable = false;
        scored.score.reason.push(Said::new(&phrases::NOT_ON_SHEET));
        return scored;
    }
    if !criterion.applies_to_unit(context.unit) {
        settle(&mut scored, criterion, context, State::NotApplicable, vec![Said::new(&phrases::DOES_NOT_APPLY)]);
        return scored;
    }
    let result = match &criterion.rule {
        Rule::Monitor => {
            watch(&mut scored, measure.map(|(_, measure)| measure), context);
            return scored;
        }
        rule if rule.is_judged() => judge(&mut scored, criterion, context),
        Rule::Deduct(list) => {
            scored.provisional = provisional_measures(criterion, context);
            deduct(list, &mut scored, criterion, context)
        }
        rule => {
            scored.provisional = provisional_measures(criterion, context);
            evaluate(rule, criterion.indicator, &criterion.points, context)
        }
    };
    match result {
        Result::Points(verdict) => earn(&mut scored, criterion, context.policy, verdict),
        Result::State(state, reasons) => settle(&mut scored, criterion, context, state, reasons),
        Result::NotEvaluable(reasons) => settle(&mut scored, criterion, context, State::NotApplicable, reasons),
    }
    scored
}

pub(super) fn find(context: Context<'_>, indicator: usize, window: Window) -> Option<(usize, &MeasureResult)> {
    context.measures.iter().enumerate().find(|(_, measure)| measure.indicator == indicator && measure.window == window)
}

/// Rounds and prints the points [P9].
fn earn(scored: &mut Scored, criterion: &Criterion, policy: &Policy, verdict: Verdict) {
    let points = verdict.points.round(policy.points_decimals, policy.rounding);
    scored.score.reason.extend(verdict.reason);
    scored.score.reason.push(reason::earned(&points, &criterion.points, policy.points_decimals));
    scored.score.points = Some(points);
    scored.unrounded = Some(verdict.points);
    scored.grade = verdict.grade;
}

/// Treats a state that no value scores [S3].
fn settle(scored: &mut Scored, criterion: &Criterion, context: Context, state: State, reasons: Vec<Said>) {
    scored.score.state = state;
    scored.score.reason.push(Said::new(&phrases::STATE).with("state", state.word()));
    let word = state.word();
    scored.score.reason.extend(reasons.into_iter().filter(|said| said.render(Lang::En) != word.en));
    let fixed = |points: Exact| Verdict { points, grade: None, reason: Vec::new() };
    match criterion.states.of(state).unwrap_or(Treatment::Zero) {
        Treatment::Zero => earn(scored, criterion, context.policy, fixed(Exact::zero())),
        Treatment::Full => {
            scored.score.reason.push(Said::new(&phrases::TREATED_AS_FULL));
            earn(scored, criterion, context.policy, fixed(criterion.points.clone()));
        }
        Treatment::Rescale => {
            scored.applicable = false;
            scored.score.reason.push(Said::new(&phrases::RESCALED).with("full", criterion.points.to_string()));
        }
        Treatment::Refuse => {
            scored.refused = true;
            scored.score.reason.push(Said::new(&phrases::REFUSED));
        }
    }
}

/// A monitored value affects neither total nor provisional mark [P11].
fn watch(scored: &mut Scored, measure: Option<&MeasureResult>, context: Context) {
    scored.applicable = false;
    let Some(measure) = measure else { return };
    let indicator = context.indicators[measure.indicator];
    let unit = crate::catalogue::unit_word(&indicator.unit);
    if let Some(value) = &measure.value {
        scored.score.reason.push(monitor::monitored(value, &Shown { unit: &unit, decimals: indicator.decimals }));
    } else {
        scored.score.reason.push(Said::new(&phrases::STATE).with("state", measure.state.word()));
        scored.score.reason.extend(measure.reasons.iter().cloned());
    }
}

/// Evaluates a rule against an indicator's measure; `full` are the points it can give.
pub(super) fn evaluate(rule: &Rule, indicator: Option<usize>, full: &Exact, context: Context) -> Result {
    match rule {
        Rule::BestOf(rules) => best_of(rules, indicator, full, context),
        Rule::Mix(parts) => mix(parts, indicator, full, context),
        Rule::Part(rule) => part::part(rule, full, context),
        rule => simple(rule, indicator, full, context),
    }
}

/// A rule on one value.
fn simple(rule: &Rule, indicator: Option<usize>, full: &Exact, context: Context) -> Result {
    let Some((_, measure)) = indicator.and_then(|indicator| find(context, indicator, Window::Assessed)) else {
        return Result::State(State::Missing, Vec::new());
    };
    let Some(value) = usable(measure) else {
        return Result::State(measure.state, measure.reasons.clone());
    };
    let described = context.indicators[measure.indicator];
    let unit = crate::catalogue::unit_word(&described.unit);
    let shown = Shown { unit: &unit, decimals: described.decimals };
    let value = as_policy(value, described, context.policy);
    let verdict = match rule {
        Rule::Ratio(rule) => rule.score(&value, full, &shown),
        Rule::Task { item, direction, .. } => {
            let Some(target) = task_target(rule, measure, context) else {
                return Result::State(State::Missing, vec![Said::new(&phrases::NO_TARGET).with("item", item.as_str())]);
            };
            let mut verdict = Ratio { target, direction: *direction }.score(&value, full, &shown);
            verdict.reason.extend(in_proportion(rule, measure, context));
            verdict
        }
        Rule::Linear(rule) => rule.score(&value, full, &shown),
        Rule::Bands(rule) => rule.score(&value, full, &shown),
        Rule::Steps(rule) => rule.score(&value, full, &shown),
        Rule::Tiers(rule) => rule.score(&value, full, &shown),
        Rule::Range(rule) => rule.score(&value, full, &shown),
        Rule::Peer(rule) => return compared(rule.score(&value, context.peers.of(measure.indicator), full, &shown)),
        Rule::Percentile(rule) => return compared(rule.score(&value, context.peers.of(measure.indicator), full, &shown)),
        Rule::Rank(rule) => return compared(rule.score(&value, context.peers.of(measure.indicator), full, &shown)),
        Rule::Improve { rule, or_else } => {
            let baseline = match baseline(measure, context) {
                Ok(found) => found,
                Err((state, reasons)) if rule.plateau.as_ref().is_none_or(|plateau| !rule.direction.reaches(&value, plateau)) => {
                    let said = Said::new(&phrases::BASELINE_STATE).with("state", state.word());
                    // Whatever the baseline lacks, the criterion follows `missing` [P6].
                    return Result::State(State::Missing, std::iter::once(said).chain(reasons).collect());
                }
                Err(_) => None,
            };
            let base = baseline.map(|(base, numerator)| (as_policy(base, described, context.policy), numerator));
            let base = base.as_ref().map_or(Baseline::NotApplicable, |(value, numerator)| Baseline::Measured { value, numerator });
            let substitute = || or_else.as_ref().map(|rule| into_outcome(evaluate(rule, indicator, full, context)));
            return compared(match rule.score(&value, base, full, &shown) {
                Outcome::OrElse(cause) => Outcome::OrElse(cause).settle(substitute()),
                outcome => outcome,
            });
        }
        _ => return Result::State(State::Missing, Vec::new()),
    };
    Result::Points(verdict)
}

fn compared(outcome: Outcome) -> Result {
    match outcome {
        Outcome::Evaluated(verdict) => Result::Points(verdict),
        Outcome::OrElse(said) | Outcome::NotEvaluable(said) => Result::NotEvaluable(vec![said]),
    }
}

fn into_outcome(result: Result) -> Outcome {
    match result {
        Result::Points(verdict) => Outcome::Evaluated(verdict),
        Result::State(_, mut reasons) | Result::NotEvaluable(mut reasons) => {
            Outcome::NotEvaluable(if reasons.is_empty() { Said::new(&phrases::NO_VALUE) } else { reasons.swap_remove(0) })
        }
    }
}

/// The value, if its state lets a rule see it [S2].
pub fn usable(measure: &MeasureResult) -> Option<&Exact> {
    let scored = match measure.state {
        State::Reported | State::Corrected => true,
        State::Incomplete => measure.enough,
        _ => false,
    };
    measure.value.as_ref().filter(|_| scored)
}

/// A value and its numerator.
type Base<'a> = (&'a Exact, &'a Exact);

/// The baseline's value and numerator; `Ok(None)` where it does not apply [P6].
fn baseline<'a>(measure: &MeasureResult, context: Context<'a>) -> std::result::Result<Option<Base<'a>>, (State, Vec<Said>)> {
    let Some((_, base)) = find(context, measure.indicator, Window::Baseline) else {
        return Err((State::Missing, Vec::new()));
    };
    if let Some(value) = usable(base) {
        return Ok(Some((value, base.numerator.as_ref().unwrap_or(value))));
    }
    match base.state {
        State::NotApplicable | State::ZeroDenominator | State::TooSmall => Ok(None),
        state => Err((state, base.reasons.clone())),
    }
}

/// P2: the exact value, or the value rounded as displayed.
pub fn as_policy(value: &Exact, indicator: &Indicator, policy: &Policy) -> Exact {
    match policy.thresholds {
        Thresholds::Exact => value.clone(),
        Thresholds::Displayed => value.round(indicator.decimals, crate::number::Rounding::HalfUp),
    }
}

/// The best part that can be evaluated; the first among equals [P7].
fn best_of(rules: &[Rule], indicator: Option<usize>, full: &Exact, context: Context) -> Result {
    let mut best: Option<Verdict> = None;
    let mut state = None;
    let mut reasons = Vec::new();
    for rule in rules {
        match evaluate(rule, indicator, full, context) {
            Result::Points(verdict) => {
                if best.as_ref().is_none_or(|known| verdict.points > known.points) {
                    best = Some(verdict);
                }
            }
            Result::State(found, why) => {
                state.get_or_insert(found);
                reasons.extend(why);
            }
            Result::NotEvaluable(why) => reasons.extend(why),
        }
    }
    match (best, state) {
        (Some(verdict), _) => {
            let said = Said::new(&phrases::BEST_OF).with("n", rules.len().to_string());
            Result::Points(Verdict { reason: verdict.reason.into_iter().chain([said]).collect(), ..verdict })
        }
        (None, Some(state)) => Result::State(state, reasons),
        (None, None) => Result::NotEvaluable(reasons),
    }
}

/// Parts with points of their own; points of parts not evaluable are spread over the rest [P7].
fn mix(parts: &[crate::score::criteria::MixPart], indicator: Option<usize>, full: &Exact, context: Context) -> Result {
    let mut earned = Exact::zero();
    let mut evaluable = Exact::zero();
    let mut reasons = Vec::new();
    let mut states = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let heading = |points: String| {
            Said::new(&phrases::PART).with("number", (number + 1).to_string()).with("points", points).with("full", part.points.to_string())
        };
        let (points, why) = match evaluate(&part.rule, part.indicator.or(indicator), &part.points, context) {
            Result::Points(verdict) => (Some(verdict.points), verdict.reason),
            Result::NotEvaluable(why) => (None, why),
            Result::State(state, why) => {
                states.push(state);
                match context.states.of(state).unwrap_or(Treatment::Zero) {
                    Treatment::Zero => (Some(Exact::zero()), why),
                    Treatment::Full => (Some(part.points.clone()), why),
                    Treatment::Rescale => (None, why),
                    Treatment::Refuse => return Result::State(state, why),
                }
            }
        };
        reasons.extend(why);
        match points {
            Some(points) => {
                let shown = points.round(context.policy.points_decimals, context.policy.rounding);
                reasons.push(heading(shown.fixed(context.policy.points_decimals)));
                earned = &earned + &points;
                evaluable = &evaluable + &part.points;
            }
            None => reasons
                .push(Said::new(&phrases::PART_SPREAD).with("number", (number + 1).to_string()).with("full", part.points.to_string())),
        }
    }
    // A criterion all of whose parts share one state has that state.
    if states.len() == parts.len()
        && let Some(state) = states.first().filter(|first| states.iter().all(|state| state == *first))
    {
        return Result::State(*state, reasons);
    }
    match (&earned * full).checked_div(&evaluable) {
        Some(points) => Result::Points(Verdict { points, grade: None, reason: reasons }),
        None => Result::NotEvaluable(reasons),
    }
}

/// Why measures this criterion is scored by make the unit provisional [S4].
fn provisional_measures(criterion: &Criterion, context: Context) -> Option<Said> {
    if let Some(said) = criterion.rule.part_rules().into_iter().find_map(|rule| part::provisional(rule, context)) {
        return Some(said);
    }
    let windows: &[Window] = if criterion.rule.needs_baseline() { &[Window::Assessed, Window::Baseline] } else { &[Window::Assessed] };
    let touched = |indicator: &usize| {
        windows.iter().any(|window| {
            find(context, *indicator, *window).is_some_and(|(_, measure)| measure.touches_rejected || measure.state == State::Rejected)
        })
    };
    let indicator = criterion.indicators().into_iter().find(touched)?;
    Some(
        Said::new(&phrases::PROVISIONAL_REJECTED)
            .with("criterion", criterion.name.clone())
            .with("indicator", context.indicators[indicator].name.clone()),
    )
}
