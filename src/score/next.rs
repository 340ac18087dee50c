//! What a value would have to be to earn more: for lists of what is to be put right, and for those who ask why.

use crate::formula::Window;
use crate::number::{Exact, Rounding};
use crate::score::criteria::{Criterion, Rule};
use crate::score::criterion::{Context, Result, Scored, evaluate, find, usable};
use crate::score::kernel::{By, Count, Direction, Improve, Loss, Per, Rise, When};
use crate::score::task::task_target;
use crate::scorebook::{MeasureResult, Next};

/// Adds to a score the nearest value that earns more, and the nearest that earns full points. Both are found by scoring
/// again at the places where a rule changes; rules that compare with peers have none.
pub fn look_ahead(criterion: &Criterion, scored: &mut Scored, context: Context) {
    let Some(now) = scored.unrounded.clone().filter(|now| *now < criterion.points) else { return };
    let Some(indicator) = criterion.indicator else { return };
    let context = Context { states: criterion.states, ..context };
    let Some((at, measure)) = find(context, indicator, Window::Assessed) else { return };
    let Some(value) = usable(measure).cloned() else { return };
    let rule = criterion.rule_of(context.unit);
    if let Some(goal) = goal(rule, &criterion.points, measure, context) {
        // Every bit nearer the goal earns more, and the goal earns all: there is nothing to try.
        let value = shown_beyond(&goal, &value, &Exact::from_steps(1, context.indicators[indicator].decimals));
        scored.score.next = Some(Next { value: value.clone(), points: criterion.points.clone() });
        scored.score.full_at = Some(value);
        return;
    }
    let looked_at = criterion.indicators();
    let mut measures: Vec<MeasureResult> =
        context.measures.iter().filter(|measure| looked_at.contains(&measure.indicator)).cloned().collect();
    let own = context.measures[..at].iter().filter(|measure| looked_at.contains(&measure.indicator)).count();
    let step = Exact::from_steps(1, context.indicators[indicator].decimals);
    let mut points_at = |value: &Exact| {
        measures[own].value = Some(value.clone());
        match evaluate(rule, criterion.indicator, &criterion.points, Context { measures: &measures, ..context }) {
            Result::Points(verdict) => Some(verdict.points),
            _ => None,
        }
    };
    let mut found: Vec<(Exact, Exact, Exact)> = Vec::new();
    let site = Site { value: &value, step: &step, full: &criterion.points, measure, context };
    for edge in candidates(rule, site) {
        let Some(there) = points_at(&edge).filter(|there| *there > now) else { continue };
        for candidate in as_shown(&edge, &step) {
            if let Some(points) = points_at(&candidate).filter(|points| *points >= there) {
                found.push(((&candidate - &value).abs(), candidate, points));
            }
        }
    }
    // The nearest; of two as near, the one that earns more.
    found.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| other.2.cmp(&one.2)));
    let (policy, full) = (context.policy, &criterion.points);
    let printed = |(_, value, points): &(Exact, Exact, Exact)| Next {
        value: value.clone(),
        points: points.round(policy.points_decimals, policy.rounding),
    };
    scored.score.next = found.first().map(printed);
    scored.score.full_at = found.iter().find(|(_, _, points)| points == full).map(|(_, value, _)| value.clone());
}

/// The value that earns full points by a rule whose points rise steadily up to it; `None` for other rules.
fn goal(rule: &Rule, full: &Exact, measure: &MeasureResult, context: Context) -> Option<Exact> {
    match rule {
        Rule::Ratio(rule) => Some(rule.target.clone()),
        Rule::Task { .. } => task_target(rule, measure, context),
        Rule::Linear(rule) => Some(rule.full.clone()),
        Rule::Steps(rule) if rule.loss.count == Count::Exact => Some(rule.target.clone()),
        Rule::Tiers(rule) => rule.full_at(full),
        _ => None,
    }
}

/// The first value that can be shown at an edge or beyond it, seen from a value short of it.
fn shown_beyond(edge: &Exact, from: &Exact, step: &Exact) -> Exact {
    let shown = as_shown(edge, step);
    let beyond = |value: &&Exact| if edge > from { *value >= edge } else { *value <= edge };
    shown.iter().find(beyond).cloned().unwrap_or_else(|| edge.clone())
}

/// The values that can be shown about a place where a rule changes: four and a third sessions are four or five.
fn as_shown(candidate: &Exact, step: &Exact) -> Vec<Exact> {
    let Some(count) = candidate.checked_div(step).map(|count| count.round(0, Rounding::Down)) else { return Vec::new() };
    let down = &count * step;
    if down == *candidate {
        return vec![down];
    }
    let up = if candidate.is_negative() { &down - step } else { &down + step };
    vec![down, up]
}

/// Where a rule is looked at.
#[derive(Clone, Copy)]
struct Site<'a> {
    value: &'a Exact,
    /// The smallest step that is shown.
    step: &'a Exact,
    /// What the rule can give.
    full: &'a Exact,
    measure: &'a MeasureResult,
    context: Context<'a>,
}

/// The values at which the points of a rule may change, on this side and beyond: edges, and the smallest displayed step to
/// either side of them.
fn candidates(rule: &Rule, site: Site) -> Vec<Exact> {
    let Site { value, step, measure, context, .. } = site;
    match rule {
        Rule::Ratio(rule) => vec![rule.target.clone()],
        Rule::Task { .. } => task_target(rule, measure, context).into_iter().collect(),
        Rule::Linear(rule) => vec![rule.full.clone()],
        Rule::Bands(bands) => bands.bands.iter().filter_map(|band| edge(&band.when)).flat_map(|edge| around(edge, step)).collect(),
        Rule::Steps(rule) => steps(&rule.target, (value, step), rule.direction, &rule.loss),
        Rule::Tiers(rule) => rule.full_at(site.full).into_iter().collect(),
        Rule::Range(rule) => {
            let below = steps(&rule.low, (value, step), Direction::Higher, &rule.loss);
            let above = steps(&rule.high, (value, step), Direction::Lower, &rule.loss);
            below.into_iter().chain(above).collect()
        }
        Rule::Improve { rule, or_else } => {
            let inner = or_else.iter().flat_map(|rule| candidates(rule, site));
            improved(rule, (step, measure), context).into_iter().chain(inner).collect()
        }
        Rule::BestOf(rules) => rules.iter().flat_map(|rule| candidates(rule, site)).collect(),
        Rule::Mix(parts) => {
            let own = parts.iter().filter(|part| part.indicator.is_none_or(|indicator| indicator == measure.indicator));
            own.flat_map(|part| candidates(&part.rule, Site { full: &part.points, ..site })).collect()
        }
        _ => Vec::new(),
    }
}

fn edge(when: &When) -> Option<&Exact> {
    match when {
        When::AtLeast(edge) | When::Above(edge) | When::AtMost(edge) | When::Below(edge) => Some(edge),
        When::Otherwise => None,
    }
}

/// The target, and the edges of the steps about the value.
fn steps(target: &Exact, (value, step): (&Exact, &Exact), direction: Direction, loss: &Loss) -> Vec<Exact> {
    // Where parts of a step count, every bit nearer the target earns more: the target is what to reach.
    if loss.count == Count::Exact {
        return vec![target.clone()];
    }
    let hundred = Exact::from(100);
    let every = match loss.per {
        Per::Points => Some(loss.every.clone()),
        Per::Percent => (target * &loss.every).checked_div(&hundred).map(|every| every.abs()),
    };
    let Some(every) = every.filter(|every| !every.is_zero()) else { return vec![target.clone()] };
    let shortfall = direction.gain(target, value);
    let Some(count) = shortfall.checked_div(&every).map(|count| count.round(0, Rounding::Down)) else {
        return vec![target.clone()];
    };
    // Beyond the most that is lost a value earns nothing until it is back within it.
    let most = loss.lose_most.as_ref().and_then(|most| most.checked_div(&loss.lose)).map(|most| most.round(0, Rounding::Down));
    let mut edges = vec![target.clone()];
    for from in [Some(count), most].into_iter().flatten().filter(|count| !count.is_negative()) {
        for back in 0..=2 {
            let count = &from - &Exact::from(back);
            if !count.is_negative() {
                let away = &every * &count;
                edges.extend(around(&if direction == Direction::Higher { target - &away } else { target + &away }, step));
            }
        }
    }
    edges
}

/// An edge, and the smallest displayed step to either side of it.
fn around(edge: &Exact, step: &Exact) -> [Exact; 3] {
    [edge - step, edge.clone(), edge + step]
}

/// The baseline, the value after the rise that is asked for, and the plateau.
fn improved(rule: &Improve, (step, measure): (&Exact, &MeasureResult), context: Context) -> Vec<Exact> {
    let mut edges: Vec<Exact> = rule.plateau.iter().cloned().collect();
    let base = find(context, measure.indicator, Window::Baseline).and_then(|(_, base)| usable(base));
    let Some(base) = base else { return edges };
    edges.push(base.clone());
    let amount = |change: &Exact| match rule.by {
        By::Points => Some(change.clone()),
        By::Percent => (&base.abs() * change).checked_div(&Exact::from(100)),
    };
    let rise = match &rule.rise {
        Rise::AtLeast(rise) => amount(rise),
        Rise::Any => Some(step.clone()),
    };
    let changes = rise.into_iter().chain(rule.least_change.as_ref().and_then(amount));
    edges.extend(changes.map(|by| if rule.direction == Direction::Higher { base + &by } else { base - &by }));
    edges
}
