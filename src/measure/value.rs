//! From sums to a value and its state (SEMANTICS N5, F8–F10, S2, C4).

use crate::catalogue::{Form, Indicator, Pooling};
use crate::formula::{self, Formula, Fraction, Node, Problem};
use crate::measure::gaps::months_text;
use crate::measure::interval::wilson;
use crate::measure::slots::{Plan, Share, View};
use crate::measure::tally::Tally;
use crate::measure::terms::Total;
use crate::measure::{Limits, phrases};
use crate::number::Exact;
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::{Said, Text};

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
pub fn conclude(index: usize, plan: &Plan, tally: &Tally, totals: &[Total], limits: &Limits, view: View) -> MeasureResult {
    let outcome = match plan.indicator.pooling {
        Pooling::Pooled => pooled(plan, tally, totals, view),
        Pooling::Mean => mean(plan.indicator, &tally.own_values),
    };
    let mut reasons = Vec::new();
    let state = state(plan, tally, &outcome, limits, view, &mut reasons);
    let (numerator, denominator, value) = match outcome {
        Outcome::Value(quotient) => (Some(quotient.numerator), quotient.denominator, quotient.value.ok()),
        Outcome::Problem(_) => (None, None, None),
    };
    // A value that is rejected or has nothing behind it is not shown as a value.
    let shown = !matches!(state, State::NotApplicable | State::Missing);
    let value = value.filter(|_| shown && state != State::ZeroDenominator);
    let interval = interval(plan.indicator, numerator.as_ref(), denominator.as_ref()).filter(|_| value.is_some());
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

/// The value one organisation would have by itself [F9]; `None` where it has none.
pub fn of_organisation(plan: &Plan, share: &Share, view: View) -> Option<Exact> {
    let leaf = |node: &Node| match node {
        Node::Total(term) => {
            let at = plan.sums.iter().position(|candidate| *candidate == term).ok_or(Problem::Missing)?;
            let amount = share.sums[at].as_ref().ok_or(Problem::Missing)?;
            Ok(Fraction::whole(amount.in_units(view.catalogue.item(term.item).decimals)))
        }
        Node::Each(_) => {
            let at = plan.eaches.iter().position(|candidate| *candidate == node).ok_or(Problem::Missing)?;
            share.eaches[at].clone().map(Fraction::whole).ok_or(Problem::Missing)
        }
        Node::Count(count) => {
            let at = plan.counts.iter().position(|candidate| *candidate == count).ok_or(Problem::Missing)?;
            Ok(Fraction::whole(Exact::from(i64::from(share.counts[at]))))
        }
        other => constant(other, plan, view),
    };
    match quotient(plan.indicator, &leaf) {
        Outcome::Value(quotient) if in_range(plan.indicator, &quotient) => quotient.value.ok(),
        _ => None,
    }
}

fn pooled(plan: &Plan, tally: &Tally, totals: &[Total], view: View) -> Outcome {
    if let Some(problem) = &tally.problem {
        return Outcome::Problem(problem.clone());
    }
    let leaf = |node: &Node| match node {
        Node::Total(term) => {
            let at = plan.sums.iter().position(|candidate| *candidate == term).ok_or(Problem::Missing)?;
            let decimals = view.catalogue.item(term.item).decimals;
            let (average, n_averages) = &tally.averages[at];
            // Nobody contributed: the operand is missing, which is not 0.
            if totals[at].count + n_averages == 0 {
                return Err(Problem::Missing);
            }
            Ok(Fraction::whole(&Exact::from_steps(totals[at].steps, decimals) + &(average * &Exact::from_steps(1, decimals))))
        }
        Node::Each(_) => {
            let at = plan.eaches.iter().position(|candidate| *candidate == node).ok_or(Problem::Missing)?;
            let (total, count) = &tally.eaches[at];
            if *count == 0 { Err(Problem::Missing) } else { Ok(Fraction::whole(total.clone())) }
        }
        Node::Count(count) => {
            let at = plan.counts.iter().position(|candidate| *candidate == count).ok_or(Problem::Missing)?;
            Ok(Fraction::whole(Exact::from(tally.counts[at])))
        }
        other => constant(other, plan, view),
    };
    quotient(plan.indicator, &leaf)
}

fn constant(node: &Node, plan: &Plan, view: View) -> Result<Fraction, Problem> {
    let span = view.roster.windows.span(plan.window).unwrap_or(view.roster.windows.assessed);
    match node {
        Node::WindowDays => Ok(Fraction::whole(Exact::from(span.days()))),
        Node::WindowMonths => Ok(Fraction::whole(Exact::from(span.len()))),
        _ => Err(Problem::Missing),
    }
}

/// The plain average of the organisations' own values, each as printed with 28 digits [F9].
fn mean(indicator: &Indicator, own_values: &[Exact]) -> Outcome {
    if own_values.is_empty() {
        return Outcome::Problem(Problem::Missing);
    }
    let printed = own_values.iter().map(|value| value.to_string().parse().unwrap_or_else(|_| value.clone())).collect::<Vec<Exact>>();
    let (numerator, denominator) = (printed.iter().sum::<Exact>(), Exact::from(own_values.len()));
    let value = Fraction { numerator: numerator.clone(), denominator: denominator.clone() }.value();
    debug_assert!(indicator.pooling == Pooling::Mean);
    Outcome::Value(Quotient { numerator, denominator: Some(denominator), value })
}

/// Brings both formulas to one fraction N/D; the division is the last step [N4, N5].
fn quotient(indicator: &Indicator, leaf: &dyn Fn(&Node) -> Result<Fraction, Problem>) -> Outcome {
    let evaluate = |formula: &Formula| formula::evaluate(&formula.node, &mut |node: &Node| leaf(node));
    let numerator = match evaluate(&indicator.numerator) {
        Ok(fraction) => fraction,
        Err(problem) => return Outcome::Problem(problem),
    };
    let denominator = match indicator.denominator.as_ref().map(evaluate).transpose() {
        Ok(fraction) => fraction,
        Err(problem) => return Outcome::Problem(problem),
    };
    let one = Exact::one();
    let (n, d) = match &denominator {
        None if numerator.denominator == one => (numerator.numerator, None),
        None => (numerator.numerator, Some(numerator.denominator)),
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

fn needs_base(indicator: &Indicator) -> bool {
    matches!(indicator.form, Form::Proportion | Form::Mean) && indicator.pooling == Pooling::Pooled
}

/// F10: a proportion lies between 0 and 1; a proportion or mean needs a base.
fn in_range(indicator: &Indicator, quotient: &Quotient) -> bool {
    out_of_range(indicator, quotient).is_none()
}

fn out_of_range(indicator: &Indicator, quotient: &Quotient) -> Option<Said> {
    let denominator = quotient.denominator.as_ref()?;
    let show = |said: Said| said.with("n", quotient.numerator.to_string()).with("d", denominator.to_string());
    if needs_base(indicator) && denominator.is_zero() && !quotient.numerator.is_zero() {
        return Some(show(Said::new(&phrases::WITHOUT_BASE)));
    }
    let proportion = indicator.form == Form::Proportion && indicator.pooling == Pooling::Pooled;
    (proportion && (quotient.numerator.is_negative() || quotient.numerator > *denominator)).then(|| show(Said::new(&phrases::OUT_OF_RANGE)))
}

/// The first state of S2 that holds, with its reasons.
fn state(plan: &Plan, tally: &Tally, outcome: &Outcome, limits: &Limits, view: View, reasons: &mut Vec<Said>) -> State {
    if let Some(at) = tally.held.iter().position(|held| !held) {
        let name = |id| view.catalogue.item(id).id.clone();
        let term = plan.sums.get(at).map_or_else(|| plan.indicator.numerator.text.clone(), |term| term.describe(&name));
        reasons.push(Said::new(&phrases::NOBODY_IN_SCOPE).with("term", term));
        return State::NotApplicable;
    }
    if let Outcome::Value(quotient) = outcome
        && let Some(said) = out_of_range(plan.indicator, quotient)
    {
        reasons.push(said);
        return State::Rejected;
    }
    match outcome {
        Outcome::Problem(Problem::TooLarge) => {
            reasons.push(Said::new(&phrases::TOO_LARGE));
            return State::Rejected;
        }
        // A base of 0 inside the formula is the same fault as a denominator of 0 [F10].
        Outcome::Problem(Problem::ZeroDenominator { numerator }) if needs_base(plan.indicator) && !numerator.is_zero() => {
            reasons.push(Said::new(&phrases::WITHOUT_BASE).with("n", numerator.to_string()).with("d", "0"));
            return State::Rejected;
        }
        _ => {}
    }
    let complete = tally.met == tally.required;
    let enough = is_enough(tally, limits);
    explain_gaps(tally, view, reasons);
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
    if complete { State::Reported } else { State::Incomplete }
}

/// C4: completeness reaches the minimum.
fn is_enough(tally: &Tally, limits: &Limits) -> bool {
    Exact::from(tally.met) >= &limits.min_completeness * &Exact::from(tally.required)
}

fn explain_gaps(tally: &Tally, view: View, reasons: &mut Vec<Said>) {
    if tally.met < tally.required {
        let share = Exact::from(tally.met).checked_div(&Exact::from(tally.required)).unwrap_or_else(Exact::zero);
        let percent = (&share * &Exact::from(100)).fixed_with(2, crate::number::Rounding::Down);
        reasons.push(
            Said::new(&phrases::COMPLETENESS)
                .with("met", tally.met.to_string())
                .with("required", tally.required.to_string())
                .with("percent", percent),
        );
    }
    for (organisation, gap) in &tally.gaps {
        let span = view.roster.windows.span(gap.window).unwrap_or(view.roster.windows.assessed);
        let phrase = match gap {
            gap if gap.rejected != 0 => &phrases::GAP_REJECTED,
            gap if gap.older.is_some() => &phrases::GAP_OLDER,
            gap if gap.sticks_out != 0 => &phrases::GAP_STICKS_OUT,
            _ => &phrases::GAP_MISSING,
        };
        let mut said = Said::new(phrase)
            .with("organisation", Text::same(organisation_name(view, *organisation)))
            .with("item", view.catalogue.item(gap.item).name.clone())
            .with("months", months_text(span, gap.months));
        if let (Some(position), true) = (gap.older, std::ptr::eq(phrase, &raw const phrases::GAP_OLDER)) {
            let month = span.first().plus(i32::try_from(position).unwrap_or(0));
            said = said.with("older", month.to_string());
        }
        reasons.push(said);
    }
    if tally.n_gaps > tally.gaps.len() {
        reasons.push(Said::new(&phrases::MORE_GAPS).with("n", (tally.n_gaps - tally.gaps.len()).to_string()));
    }
    if tally.undecided {
        reasons.push(Said::new(&phrases::UNDECIDED));
    }
}

fn organisation_name(view: View, organisation: crate::registry::OrgId) -> String {
    view.registry.get(organisation).name.clone()
}

fn interval(indicator: &Indicator, numerator: Option<&Exact>, denominator: Option<&Exact>) -> Option<crate::scorebook::Interval> {
    if indicator.form != Form::Proportion || indicator.pooling == Pooling::Mean {
        return None;
    }
    wilson(numerator?.to_f64(), denominator?.to_f64(), indicator.factor.to_f64())
}
