//! From the written shape back to figures that can be compared. A result that was computed just now takes the same way,
//! so that it differs from a written one in nothing but what it says.

use std::collections::BTreeMap;

use super::convert::{held, shaped};
use super::shape;
use crate::compare::{Book, Criterion, Figure, Indicator, Input, Measure, Scheme, Standing, Step, Unit};
use crate::number::{Exact, NotADecimal};

/// The figures of a result that was computed just now.
pub fn computed(book: &crate::scorebook::Scorebook) -> Option<Book> {
    comparable(&shaped(book, held))
}

/// The figures of a written result; `None` where a number, a period or a reference is none.
pub fn comparable<F>(book: &shape::Scorebook<F>) -> Option<Book> {
    let parts = book.parts.iter().flatten().map(|part| Some((part.id.clone(), comparable(&part.result)?)));
    let apart: Vec<&str> = book.dimensions.iter().filter(|dimension| dimension.apart).map(|dimension| dimension.id.as_str()).collect();
    let criterion = |criterion: &shape::Criterion| {
        Some(Criterion {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            indicator: criterion.indicator.clone(),
            points: criterion.points.parse().ok()?,
            rule: criterion.rule.clone(),
            target: criterion.target.clone(),
            in_total: !apart.contains(&criterion.dimension.as_str()),
        })
    };
    let factors: BTreeMap<&str, Exact> =
        book.indicators.iter().filter_map(|indicator| Some((indicator.id.as_str(), indicator.factor.parse().ok()?))).collect();
    Some(Book {
        title: book.assessment.title.clone(),
        period: book.assessment.period.parse().ok()?,
        column: book.assessment.unit.clone(),
        scheme: Scheme {
            title: book.assessment.criteria_title.clone(),
            status: book.assessment.status.clone(),
            unverified: book.provenance.unverified.len(),
        },
        points_decimals: book.assessment.points_decimals,
        indicators: book.indicators.iter().map(indicator).collect(),
        criteria: book.criteria.iter().map(criterion).collect::<Option<_>>()?,
        units: book.units.iter().map(|unit| self::unit(book, unit, &factors)).collect::<Option<_>>()?,
        inputs: book.provenance.inputs.iter().map(input).collect(),
        options: book.provenance.options.iter().map(|option| (option.key.clone(), option.value.clone())).collect(),
        catalogues: book.provenance.catalogues.clone(),
        parts: parts.collect::<Option<_>>()?,
    })
}

fn indicator(written: &shape::Indicator) -> Indicator {
    Indicator {
        id: written.id.clone(),
        name: written.name.clone(),
        formula: (written.numerator.clone(), written.denominator.clone(), written.factor.clone()),
        unit: written.unit.clone(),
        decimals: written.decimals,
    }
}

fn input(written: &shape::Input) -> Input {
    Input { role: written.role.clone(), path: written.path.clone(), sha256: written.sha256.clone() }
}

fn unit<F>(book: &shape::Scorebook<F>, unit: &shape::Unit, factors: &BTreeMap<&str, Exact>) -> Option<Unit> {
    let measures: Vec<Measure> = unit.measures.iter().map(|one| measure(one, factors)).collect::<Option<_>>()?;
    let step = |row: &shape::Adjustment| Some(Step { step: row.step.clone(), id: row.id.clone(), points: row.points.parse().ok()? });
    // A row for each criterion, found by its id.
    let figure = |criterion: &shape::Criterion| {
        let score = unit.scores.iter().find(|score| score.criterion == criterion.id)?;
        let is_scored =
            |measure: &Measure| criterion.indicator.as_ref() == Some(&measure.indicator) && score.window.as_ref() == Some(&measure.window);
        Some(Figure {
            state: score.state,
            shown: score.shown.clone(),
            measure: measures.iter().position(is_scored),
            points: exact(score.points.as_ref()).ok()?,
            is_judged: !score.judged.is_empty(),
        })
    };
    Some(Unit {
        key: unit.unit.clone(),
        name: unit.name.clone(),
        peer_group: unit.peer_group.clone(),
        standing: Standing {
            total: exact(unit.total.as_ref()).ok()?,
            rank: unit.rank,
            grade: unit.grade.clone(),
            is_provisional: !unit.provisional.is_empty(),
        },
        figures: book.criteria.iter().map(figure).collect::<Option<_>>()?,
        steps: unit.adjustments.iter().map(step).collect::<Option<_>>()?,
        measures,
    })
}

/// A number that may be absent.
fn exact(written: Option<&String>) -> Result<Option<Exact>, NotADecimal> {
    written.map(|written| written.parse()).transpose()
}

fn measure(written: &shape::Measure, factors: &BTreeMap<&str, Exact>) -> Option<Measure> {
    let (numerator, denominator) = (exact(written.numerator.as_ref()).ok()?, exact(written.denominator.as_ref()).ok()?);
    let value = match &written.value {
        None => None,
        Some(number) => {
            let digits = number.to_string();
            let factor = factors.get(written.indicator.as_str());
            Some(quotient(&digits, numerator.as_ref(), denominator.as_ref(), factor).or_else(|| digits.parse().ok())?)
        }
    };
    Some(Measure {
        indicator: written.indicator.clone(),
        window: written.window.clone(),
        value,
        numerator,
        denominator,
        state: written.state,
        months: (written.months_met, written.months_required),
    })
}

/// The value before it was written as the nearest double: N × factor / D, or the mean N / D, where its digits are these.
fn quotient(digits: &str, numerator: Option<&Exact>, denominator: Option<&Exact>, factor: Option<&Exact>) -> Option<Exact> {
    let (numerator, one) = (numerator?, Exact::one());
    let denominator = denominator.unwrap_or(&one);
    let is_it = |value: &Exact| value.shortest().parse::<Exact>().ok() == digits.parse::<Exact>().ok();
    [factor.unwrap_or(&one), &one].into_iter().filter_map(|factor| (numerator * factor).checked_div(denominator)).find(is_it)
}
