//! `deduct` for one unit: what each entry of the list finds, in measures and judgements (SEMANTICS P12).

use std::result::Result as Either;

use crate::catalogue::unit_word;
use crate::formula::Window;
use crate::number::Exact;
use crate::score::criteria::{Criterion, Treatment};
use crate::score::criterion::{Context, Result, Scored, as_policy, find, usable};
use crate::score::deduction::{Counted, Deduction, DeductionKind};
use crate::score::judged::{deciding, lacks_evidence, outstanding, shown_rows, without_evidence};
use crate::score::judgement::{JudgedValue, Judgement, yes_or_no};
use crate::score::kernel::{Lost, Shown, deduct as take_off};
use crate::score::phrases;
use crate::state::State;
use crate::text::{Said, Text};

/// What an entry finds.
pub(super) enum Found<T> {
    /// What its value comes to.
    Value(T),
    /// It does not apply, for these reasons.
    Excused(Vec<Said>),
}

/// Why an entry cannot be evaluated.
pub(super) enum Stop {
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
    let parts = list.iter().flat_map(|entry| entry.kind.judged());
    let rows: Vec<&Judgement> = parts.filter_map(|part| deciding(&criterion.id, part, context)).collect();
    if lacks_evidence(&rows, context) {
        return Result::Points(without_evidence());
    }
    let lost: Either<Vec<_>, Stop> =
        list.iter().map(|entry| Ok((entry.name.clone(), of_entry(&entry.kind, &criterion.id, context)?))).collect();
    match lost {
        Ok(lost) => Result::Points(take_off(lost, &criterion.points)),
        Err(Stop::State(state, reasons)) => Result::State(state, reasons),
        Err(Stop::NotJudged) => outstanding(scored, criterion),
        Err(Stop::NoEvidence) => Result::Points(without_evidence()),
    }
}

fn of_entry(kind: &DeductionKind, criterion: &str, context: Context) -> Either<Lost, Stop> {
    let found = match kind {
        DeductionKind::Steps { indicator, rule } => measured(*indicator, context, |value, shown| rule.lost(value, shown))?,
        DeductionKind::When { indicator, rule } => measured(*indicator, context, |value, shown| rule.lost(value, shown))?,
        DeductionKind::Each { of, rule } => counted(of, criterion, context, |value, shown| rule.lost(value, shown))?,
        DeductionKind::Discretion { part, rule } => judged(part, criterion, context, |text| rule.lost(&text.parse().ok()?))?,
        DeductionKind::Absent { of, rule } => {
            let mut absent = Vec::new();
            for part in of {
                if let Found::Value(false) = judged(part, criterion, context, yes_or_no)? {
                    absent.push(Text::same(part));
                }
            }
            Found::Value(rule.lost(&absent))
        }
    };
    Ok(match found {
        Found::Value(lost) => lost,
        Found::Excused(mut reason) => {
            reason.push(Said::new(&phrases::NOTHING_LOST));
            Lost { points: Exact::zero(), reason }
        }
    })
}

/// What a count comes to, measured or judged.
pub(super) fn counted<T>(of: &Counted, id: &str, context: Context, read: impl Fn(&Exact, &Shown) -> T) -> Either<Found<T>, Stop> {
    let items = Text::new("项", "items");
    match of {
        Counted::Measured(indicator) => measured(*indicator, context, read),
        Counted::Judged(part) => judged(part, id, context, |text| Some(read(&text.parse().ok()?, &Shown { unit: &items, decimals: 0 }))),
    }
}

/// What a value comes to. Where there is none, the policy of its state decides; what does not apply and would be
/// left out, or counts in full, is excused.
fn measured<T>(indicator: usize, context: Context, read: impl Fn(&Exact, &Shown) -> T) -> Either<Found<T>, Stop> {
    let Some((_, measure)) = find(context, indicator, Window::Assessed) else {
        return Err(Stop::State(State::Missing, Vec::new()));
    };
    let described = context.indicators[indicator];
    let unit = unit_word(&described.unit);
    if let Some(value) = usable(measure) {
        let value = as_policy(value, described, context.policy);
        return Ok(Found::Value(read(&value, &Shown { unit: &unit, decimals: described.decimals })));
    }
    let is_let_off = matches!(measure.state, State::NotApplicable | State::ZeroDenominator | State::TooSmall)
        && matches!(context.states.of(measure.state), Some(Treatment::Full | Treatment::Rescale));
    if is_let_off {
        return Ok(Found::Excused(vec![Said::new(&phrases::STATE).with("state", measure.state.word())]));
    }
    Err(Stop::State(measure.state, measure.reasons.clone()))
}

/// What a judge wrote to a part.
pub(super) fn judged<T>(part: &str, id: &str, context: Context, read: impl Fn(&str) -> Option<T>) -> Either<Found<T>, Stop> {
    let row = deciding(id, part, context).ok_or(Stop::NotJudged)?;
    match &row.value {
        JudgedValue::NotApplicable => Ok(Found::Excused(vec![Said::new(&phrases::JUDGED_NOT_APPLICABLE)])),
        JudgedValue::NoEvidence => Err(Stop::NoEvidence),
        JudgedValue::Recused => Err(Stop::NotJudged),
        JudgedValue::Given(text) => read(text.trim()).map(Found::Value).ok_or(Stop::NotJudged),
    }
}
