//! From sums to a value and its state (SEMANTICS N5, F8–F10, S2, C4).

use crate::catalogue::{Form, Indicator, Pooling};
use crate::formula::{self, Formula, Fraction, Node, Problem};
use crate::measure::held::Amount;
use crate::measure::interval::{self, Confidence};
use crate::measure::plan::{Plan, View};
use crate::measure::reasons::{self, Wording};
use crate::measure::roster::Unit;
use crate::measure::slots::Share;
use crate::measure::tally::Tally;
use crate::measure::terms::Total;
use crate::measure::{Limits, phrases};
use crate::number::Exact;
use crate::registry::OrgId;
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::{Lang, Said, Text};

/// A computed quotient, or why there is none.
enum Outcome {
    Value(Quotient),
    Problem(Problem),
}

/// N, D and N × factor / D.
struct Quotient {
    numerator: Exact,
    denominator: Option<Exact>,
    value: Result<Exact, Problem>,
}

/// The measure of one unit.
pub(super) fn conclude(
    (index, unit): (usize, &Unit),
    plan: &Plan,
    tally: &Tally,
    totals: &[Total],
    limits: &Limits,
    (view, wording): (View, &mut Wording),
) -> MeasureResult {
    let outcome = match plan.indicator.pooling {
        Pooling::Pooled => pooled(plan, unit, tally, totals, view),
        Pooling::Mean => mean(tally, totals),
    };
    let mut reasons = Vec::new();
    let state = state(plan, tally, &outcome, limits, (view, wording), &mut reasons);
    reasons.extend(untargeted(plan, unit, view));
    reasons.shrink_to_fit();
    let (numerator, denominator, value) = match outcome {
        Outcome::Value(quotient) => (Some(quotient.numerator), quotient.denominator, quotient.value.ok()),
        Outcome::Problem(_) => (None, None, None),
    };
    // A value that is rejected or has nothing behind it is not shown as a value; the two figures
    // that make it impossible are.
    let shown = !matches!(state, State::NotApplicable | State::Missing);
    let value = value.filter(|_| shown && !matches!(state, State::ZeroDenominator | State::Rejected));
    // Money and days are no independent events: limits from their amounts would be far too narrow [I2].
    let is_counted = plan.terms().all(|term| view.catalogue.item(term.item).is_counted());
    let figures = value.as_ref().and(numerator.as_ref().zip(denominator.as_ref())).filter(|_| is_counted);
    let interval = figures.and_then(|(n, d)| interval::of(plan.indicator, n, d, Confidence::P95));
    let windows = &view.roster.windows;
    MeasureResult {
        indicator: index,
        window: plan.window,
        span: windows.span(plan.window).unwrap_or(windows.assessed),
        value,
        numerator: numerator.filter(|_| shown),
        denominator: denominator.filter(|_| shown),
        state,
        enough: is_enough(tally, limits),
        months_met: tally.met,
        months_required: tally.required,
        interval,
        reasons,
        touches_rejected: tally.touches_rejected,
    }
}

/// The targets a formula asks for that the unit does not have.
fn untargeted(plan: &Plan, unit: &Unit, view: View) -> Vec<Said> {
    let windows = &view.roster.windows;
    let span = windows.span(plan.window).unwrap_or(windows.assessed);
    let mut found = Vec::new();
    for formula in plan.indicator.formulas() {
        formula.node.leaves(&mut |leaf| match leaf {
            Node::Target(item) if unit.target(&view.catalogue.item(*item).id, span).is_none() => {
                found.push(Said::new(&phrases::NO_TARGET).with("item", view.catalogue.item(*item).name.clone()));
            }
            _ => {}
        });
    }
    found
}

/// Adds the value one organisation has by itself, if it has one; an impossible one is remembered
/// [F9, F10].
pub(super) fn add_own(tally: &mut Tally, plan: &Plan, share: &Share, organisation: OrgId, view: View) {
    let leaf = |leaf: &Node| match leaf {
        Node::Total(term) => {
            let at = plan.sums.iter().position(|candidate| *candidate == term).ok_or(Problem::Missing)?;
            let amount = share.sums[at].as_ref().ok_or(Problem::Missing)?;
            Ok(Fraction::whole(amount.in_units(view.catalogue.item(term.item).decimals)))
        }
        Node::Each(_) => {
            let at = plan.eaches.iter().position(|candidate| candidate.node == leaf).ok_or(Problem::Missing)?;
            share.eaches[at].clone().map(Fraction::whole)
        }
        Node::Count(count) => {
            let at = plan.counts.iter().position(|candidate| *candidate == count).ok_or(Problem::Missing)?;
            Ok(Fraction::whole(Exact::from(i64::from(share.counts[at]))))
        }
        other => plan.constant(other, view),
    };
    let own = quotient(plan.indicator, &leaf);
    if let Some(fault) = fault(plan.indicator, &own) {
        let name = view.registry.get(organisation).name.as_str();
        let said = || Said::new(&phrases::OWN_FAULT).with("organisation", name).with("fault", fault.text());
        tally.own_fault = tally.own_fault.take().or_else(|| Some(said()));
    } else if let Outcome::Value(Quotient { value: Ok(value), .. }) = own {
        tally.own_values.push(as_printed(value));
    }
}

fn pooled(plan: &Plan, unit: &Unit, tally: &Tally, totals: &[Total], view: View) -> Outcome {
    let leaf = |leaf: &Node| match leaf {
        Node::Total(term) => {
            let at = plan.sums.iter().position(|candidate| *candidate == term).ok_or(Problem::Missing)?;
            let decimals = view.catalogue.item(term.item).decimals;
            let averages = tally.averages[at].iter();
            let averages = averages.map(|(months, weighted)| Amount::Average { weighted: *weighted, months: *months }.in_units(decimals));
            // Nobody contributed: the operand is missing, which is not 0.
            let steps = (totals[at].count > 0).then(|| Exact::from_steps(totals[at].steps, decimals));
            steps.into_iter().chain(averages).reduce(|sum, part| sum + part).map(Fraction::whole).ok_or(Problem::Missing)
        }
        Node::Each(_) => {
            let at = plan.eaches.iter().position(|candidate| candidate.node == leaf).ok_or(Problem::Missing)?;
            let formed = tally.eaches[at].as_ref().map_err(Problem::clone)?;
            sum_by_halves(formed).map(Fraction::whole).ok_or(Problem::Missing)
        }
        Node::Count(count) => {
            let at = plan.counts.iter().position(|candidate| *candidate == count).ok_or(Problem::Missing)?;
            Ok(Fraction::whole(Exact::from(tally.counts[at])))
        }
        Node::Target(item) => {
            let windows = &view.roster.windows;
            let span = windows.span(plan.window).unwrap_or(windows.assessed);
            let target = unit.target(&view.catalogue.item(*item).id, span);
            target.map(|target| Fraction::whole(target.value.clone())).ok_or(Problem::Missing)
        }
        other => plan.constant(other, view),
    };
    quotient(plan.indicator, &leaf)
}

/// The plain average of the organisations' own values [F9].
fn mean(tally: &Tally, totals: &[Total]) -> Outcome {
    let own_values = &tally.own_values;
    if tally.own_fault.is_some() {
        return Outcome::Problem(Problem::Missing);
    }
    if own_values.is_empty() {
        let sums = totals.iter().zip(&tally.averages).any(|(total, averages)| total.count == 0 && averages.is_empty());
        let eaches = tally.eaches.iter().any(|each| each.as_ref().is_ok_and(Vec::is_empty));
        // An operand nobody contributed to is missing; else all are 0/0, and so is their average.
        return Outcome::Problem(if sums || eaches { Problem::Missing } else { Problem::ZeroDenominator { numerator: Exact::zero() } });
    }
    let (numerator, denominator) = (own_values.iter().sum::<Exact>(), Exact::from(own_values.len()));
    let value = Fraction { numerator: numerator.clone(), denominator: denominator.clone() }.value();
    Outcome::Value(Quotient { numerator, denominator: Some(denominator), value })
}

/// The sum of quotients; `None` of none. Their common denominator may be long: by halves, only the
/// last few additions meet it.
fn sum_by_halves(quotients: &[Exact]) -> Option<Exact> {
    match quotients {
        [] => None,
        [single] => Some(single.clone()),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            Some(sum_by_halves(left)? + sum_by_halves(right)?)
        }
    }
}

/// A quotient of one organisation as printed, with 28 digits where it does not end [N5]: sums of
/// thousands of them then stay decimal numbers.
fn as_printed(value: Exact) -> Exact {
    if value.is_decimal() { value } else { value.to_string().parse().unwrap_or(value) }
}

/// Brings both formulas to one fraction N/D; the division is the last step [N4, N5].
fn quotient(indicator: &Indicator, leaf: &dyn Fn(&Node) -> Result<Fraction, Problem>) -> Outcome {
    let evaluate = |formula: &Formula| formula::evaluate(&formula.node, &mut |node: &Node| leaf(node));
    let (numerator, denominator) = match (evaluate(&indicator.numerator), indicator.denominator.as_ref().map(evaluate).transpose()) {
        (Ok(numerator), Ok(denominator)) => (numerator, denominator),
        (Err(above), Err(below)) => return Outcome::Problem(above.min(below)),
        (Err(problem), _) | (_, Err(problem)) => return Outcome::Problem(problem),
    };
    let (n, d) = match &denominator {
        // A formula that divides has a denominator, also where it happens to be 1.
        None if indicator.numerator.node.divides() => (numerator.numerator, Some(numerator.denominator)),
        None => (numerator.numerator, None),
        Some(below) => {
            let crossed = numerator.numerator.checked_mul(&below.denominator).zip(numerator.denominator.checked_mul(&below.numerator));
            let Some((n, d)) = crossed else { return Outcome::Problem(Problem::TooLarge) };
            (n, Some(d))
        }
    };
    let Some(scaled) = n.checked_mul(&indicator.factor) else { return Outcome::Problem(Problem::TooLarge) };
    let value = Fraction { numerator: scaled, denominator: d.clone().unwrap_or_else(Exact::one) }.value();
    Outcome::Value(Quotient { numerator: n, denominator: d, value })
}

/// What makes a value impossible [F10, N3].
enum Fault {
    /// N is not between 0 and D.
    OutOfRange { n: Exact, d: Exact },
    /// N or D of a rate is below 0.
    Negative { n: Exact, d: Exact },
    /// N ≠ 0 over 0.
    WithoutBase { n: Exact },
    /// Beyond 28 digits.
    TooLarge,
}

impl Fault {
    fn said(&self) -> Said {
        match self {
            Self::OutOfRange { n, d } => Said::new(&phrases::OUT_OF_RANGE).with("n", n.to_string()).with("d", d.to_string()),
            Self::Negative { n, d } => Said::new(&phrases::NEGATIVE).with("n", n.to_string()).with("d", d.to_string()),
            Self::WithoutBase { n } => Said::new(&phrases::WITHOUT_BASE).with("n", n.to_string()).with("d", "0"),
            Self::TooLarge => Said::new(&phrases::TOO_LARGE),
        }
    }

    fn text(&self) -> Text {
        let said = self.said();
        Text::new(said.render(Lang::Zh), said.render(Lang::En))
    }
}

/// F10: a proportion lies between 0 and 1, neither part of a rate below 0; a proportion, rate or mean needs a base.
fn fault(indicator: &Indicator, outcome: &Outcome) -> Option<Fault> {
    let needs_base = indicator.form.needs_base();
    match outcome {
        Outcome::Problem(Problem::TooLarge) => Some(Fault::TooLarge),
        // A base of 0 inside the formula is the same fault as a denominator of 0.
        Outcome::Problem(Problem::ZeroDenominator { numerator }) => {
            (needs_base && !numerator.is_zero()).then(|| Fault::WithoutBase { n: numerator.clone() })
        }
        Outcome::Problem(_) | Outcome::Value(Quotient { denominator: None, .. }) => None,
        Outcome::Value(Quotient { numerator: n, denominator: Some(d), .. }) => match indicator.form {
            Form::Rate if n.is_negative() || d.is_negative() => Some(Fault::Negative { n: n.clone(), d: d.clone() }),
            _ if needs_base && d.is_zero() && !n.is_zero() => Some(Fault::WithoutBase { n: n.clone() }),
            Form::Proportion if n.is_negative() || n > d => Some(Fault::OutOfRange { n: n.clone(), d: d.clone() }),
            _ => None,
        },
    }
}

/// The first state of S2 that holds, with its reasons.
fn state(
    plan: &Plan,
    tally: &Tally,
    outcome: &Outcome,
    limits: &Limits,
    (view, wording): (View, &mut Wording),
    reasons: &mut Vec<Said>,
) -> State {
    if let Some(at) = tally.held.iter().position(|held| !held) {
        let name = |id| view.catalogue.item(id).id.to_string();
        let term = plan.sums.get(at).map_or_else(|| plan.indicator.numerator.text.clone(), |term| term.describe(&name));
        reasons.push(Said::new(&phrases::NOBODY_IN_SCOPE).with("term", term));
        return State::NotApplicable;
    }
    // In a mean of own values the organisations' values are held to F10, their average is not.
    let impossible = match plan.indicator.pooling {
        Pooling::Pooled => fault(plan.indicator, outcome).map(|fault| fault.said()),
        Pooling::Mean => tally.own_fault.clone(),
    };
    if let Some(said) = impossible {
        reasons.push(said);
        return State::Rejected;
    }
    let enough = is_enough(tally, limits);
    wording.gaps(tally, view, reasons);
    if tally.unmet_rejected && (!enough || matches!(outcome, Outcome::Problem(Problem::Missing))) {
        return State::Rejected;
    }
    if tally.required > 0 && tally.met == 0 || matches!(outcome, Outcome::Problem(Problem::Missing)) {
        return State::Missing;
    }
    if !enough {
        return State::Incomplete;
    }
    let Outcome::Value(Quotient { value: Ok(_), denominator, .. }) = outcome else {
        reasons.push(Said::new(&phrases::ZERO_DENOMINATOR));
        return State::ZeroDenominator;
    };
    if let Some(denominator) = denominator.as_ref().filter(|denominator| **denominator < limits.min_denominator) {
        reasons.push(Said::new(&phrases::TOO_SMALL).with("d", denominator.to_string()).with("least", limits.min_denominator.to_string()));
        return State::TooSmall;
    }
    reasons::replaced(tally, view, reasons);
    match (tally.met == tally.required, tally.n_replaced) {
        (false, _) => State::Incomplete,
        (true, 0) => State::Reported,
        (true, _) => State::Corrected,
    }
}

/// C4: completeness reaches the minimum.
fn is_enough(tally: &Tally, limits: &Limits) -> bool {
    Exact::from(tally.met) >= &limits.min_completeness * &Exact::from(tally.required)
}
