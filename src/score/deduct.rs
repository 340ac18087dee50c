//! `deduct` for one unit: what each entry of the list finds, in measures and judgements (SEMANTICS P12).

use std::result::Result as Either;

use crate::catalogue::unit_word;
use crate::formula::Window;
use crate::number::Exact;
use crate::score::criteria::{Criterion, Treatment};
use crate::score::criterion::{Context, Result, Scored, as_policy, find, usable};
use crate::score::deduction::{Counted, Deduction, DeductionKind};
use crate::score::judged::{deciding, outstanding, shown_rows, without_evidence};
use crate::score::judgement::{JudgedValue, yes_or_no};
use crate::score::kernel::{Lost, Shown, deduct as take_off};
use crate::score::phrases;
use crate::state::State;
use crate::text::{Said, Text};

/// Why an entry cannot be evaluated.
enum Stop {
    /// The criterion follows this state.
    State(State, Vec<Said>),
    /// Nobody has judged it yet.
    NotJudged,
    /// No evidence was found: the criterion earns nothing.
    NoEvidence,
}

/// Full points less the list; one missing value makes the criterion missing.
pub(super) fn deduct(list: &[Deduction], scored: &mut Scored, criterion: &Criterion, context: Context) -> Result {
    scored.score.judged = shown_rows(criterion, context);
    let lost: Either<Vec<_>, Stop> =
        list.iter().map(|entry| Ok((entry.name.clone(), of_entry(&entry.kind, criterion, context)?))).collect();
    match lost {
        Ok(lost) => Result::Points(take_off(lost, &criterion.points)),
        Err(Stop::State(state, reasons)) => Result::State(state, reasons),
        Err(Stop::NotJudged) => outstanding(scored, criterion),
        Err(Stop::NoEvidence) => Result::Points(without_evidence()),
    }
}

fn of_entry(kind: &DeductionKind, criterion: &Criterion, context: Context) -> Either<Lost, Stop> {
    let items = Text::new("项", "items");
    let judged_shown = Shown { unit: &items, decimals: 0 };
    let lost = match kind {
        DeductionKind::Steps { indicator, rule } => return measured(*indicator, context, |value, shown| rule.lost(value, shown)),
        DeductionKind::When { indicator, rule } => return measured(*indicator, context, |value, shown| rule.lost(value, shown)),
        DeductionKind::Each { of: Counted::Measured(indicator), rule } => {
            return measured(*indicator, context, |value, shown| rule.lost(value, shown));
        }
        DeductionKind::Each { of: Counted::Judged(part), rule } => {
            judged(part, criterion, context, |text| Some(rule.lost(&text.parse().ok()?, &judged_shown)))?
        }
        DeductionKind::Discretion { part, rule } => judged(part, criterion, context, |text| rule.lost(&text.parse().ok()?))?,
        DeductionKind::Absent { of, rule } => {
            let mut absent = Vec::new();
            for part in of {
                let is_there = judged(part, criterion, context, yes_or_no)?;
                absent.extend((is_there == Some(false)).then(|| Text::same(part)));
            }
            Some(rule.lost(&absent))
        }
    };
    Ok(lost.unwrap_or_else(|| Lost::nothing(Said::new(&phrases::JUDGED_NOT_APPLICABLE))))
}

/// What a value costs. Where there is none, the policy of its state decides; what does not apply and would be
/// left out, or counts in full, costs nothing.
fn measured(indicator: usize, context: Context, lost: impl Fn(&Exact, &Shown) -> Lost) -> Either<Lost, Stop> {
    let Some((_, measure)) = find(context, indicator, Window::Assessed) else {
        return Err(Stop::State(State::Missing, Vec::new()));
    };
    let described = context.indicators[indicator];
    let unit = unit_word(&described.unit);
    if let Some(value) = usable(measure) {
        let value = as_policy(value, described, context.policy);
        return Ok(lost(&value, &Shown { unit: &unit, decimals: described.decimals }));
    }
    let is_let_off = matches!(measure.state, State::NotApplicable | State::ZeroDenominator | State::TooSmall)
        && matches!(context.states.of(measure.state), Some(Treatment::Full | Treatment::Rescale));
    if !is_let_off {
        return Err(Stop::State(measure.state, measure.reasons.clone()));
    }
    let mut lost = Lost::nothing(Said::new(&phrases::STATE).with("state", measure.state.word()));
    lost.reason.push(Said::new(&phrases::NOTHING_LOST));
    Ok(lost)
}

/// What a judge wrote to a part of the criterion; `None` where it does not apply.
fn judged<T>(part: &str, criterion: &Criterion, context: Context, read: impl Fn(&str) -> Option<T>) -> Either<Option<T>, Stop> {
    let row = deciding(criterion, part, context).ok_or(Stop::NotJudged)?;
    match &row.value {
        JudgedValue::NotApplicable => Ok(None),
        JudgedValue::NoEvidence => Err(Stop::NoEvidence),
        JudgedValue::Recused => Err(Stop::NotJudged),
        JudgedValue::Given(text) => read(text.trim()).map(Some).ok_or(Stop::NotJudged),
    }
}
