//! From the scorebook to its written shape; positions become ids.

use std::collections::BTreeMap;

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Number;
use serde_json::value::to_raw_value;

use super::shape;
use crate::catalogue::Basis;
use crate::code::Code;
use crate::finding::{Finding, Place};
use crate::number::Exact;
use crate::scorebook as book;
use crate::text::{Lang, Said, Text};

/// The written shape of a result. Its units are held, or made when they are asked for, as `units` has it.
pub(super) fn shaped<'a, U>(book: &'a book::Scorebook, units: fn(&'a book::Scorebook) -> U) -> shape::Scorebook<Findings<'a>, U> {
    let part = |part: &'a book::PartBook| shape::Part { id: part.id.clone(), result: shaped(&part.book, units) };
    shape::Scorebook {
        version: shape::VERSION,
        assessment: assessment(&book.head),
        indicators: book.indicators.iter().map(indicator).collect(),
        dimensions: book.dimensions.iter().map(|dimension| self::dimension(book, dimension)).collect(),
        criteria: book.criteria.iter().map(|criterion| self::criterion(book, criterion)).collect(),
        units: units(book),
        findings: Findings(&book.findings),
        codes: codes(book),
        provenance: (&book.provenance).into(),
        parts: (!book.parts.is_empty()).then(|| book.parts.iter().map(part).collect()),
    }
}

/// The written shape of all units.
pub(super) fn held(book: &book::Scorebook) -> Vec<shape::Unit> {
    book.units.iter().map(|unit| self::unit(book, unit)).collect()
}

/// Units that take their written shape one at a time.
pub(super) struct Units<'a>(&'a book::Scorebook);

impl<'a> Units<'a> {
    pub(super) fn of(book: &'a book::Scorebook) -> Self {
        Self(book)
    }
}

impl Serialize for Units<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.units.iter().map(|unit| self::unit(self.0, unit)))
    }
}

impl From<&Said> for shape::Said {
    fn from(said: &Said) -> Self {
        Self {
            id: said.phrase.id.to_owned(),
            zh: said.render(Lang::Zh),
            en: said.render(Lang::En),
            values: said.values().map(|(hole, value)| (hole.to_owned(), value.text())).collect(),
        }
    }
}

fn assessment(head: &book::Head) -> shape::Assessment {
    shape::Assessment {
        title: head.title.clone(),
        period: head.period.to_string(),
        baseline: head.baseline.map(|span| span.to_string()),
        unit: head.unit.clone(),
        criteria_title: head.criteria_title.clone(),
        status: head.status.clone(),
        basis: head.basis.clone(),
        full_points: head.full_points.to_string(),
        points_decimals: head.points_decimals,
    }
}

fn indicator(head: &book::IndicatorHead) -> shape::Indicator {
    shape::Indicator {
        id: head.id.clone(),
        name: head.name.clone(),
        numerator: head.formula.0.clone(),
        denominator: head.formula.1.clone(),
        factor: head.factor.to_string(),
        unit: head.unit.clone(),
        better: head.better,
        decimals: head.decimals,
        definition: head.definition.clone(),
        basis: head.basis.clone(),
    }
}

fn dimension_id(book: &book::Scorebook, at: usize) -> Option<String> {
    book.dimensions.get(at).map(|dimension| dimension.id.clone())
}

fn indicator_id(book: &book::Scorebook, at: usize) -> Option<String> {
    book.indicators.get(at).map(|indicator| indicator.id.clone())
}

fn dimension(book: &book::Scorebook, head: &book::DimensionHead) -> shape::Dimension {
    shape::Dimension {
        id: head.id.clone(),
        name: head.name.clone(),
        points: head.points.to_string(),
        within: head.within.and_then(|at| dimension_id(book, at)),
        apart: !head.in_total,
    }
}

fn criterion(book: &book::Scorebook, head: &book::CriterionHead) -> shape::Criterion {
    shape::Criterion {
        id: head.id.clone(),
        name: head.name.clone(),
        dimension: dimension_id(book, head.dimension).unwrap_or_default(),
        indicator: head.indicator.and_then(|at| indicator_id(book, at)),
        points: head.points.to_string(),
        rule: head.rule.to_owned(),
        target: head.target.clone(),
        printed: head.printed.iter().cloned().collect(),
    }
}

fn unit(book: &book::Scorebook, unit: &book::UnitResult) -> shape::Unit {
    let points = |points: &Exact| points.fixed(book.head.points_decimals);
    shape::Unit {
        unit: unit.key.to_string(),
        name: unit.name.clone(),
        peer_group: unit.peer_group.clone(),
        total: unit.total.as_ref().map(points),
        full_points: unit.full_points.to_string(),
        class: unit.class.clone(),
        no_total: unit.no_total.as_ref().map(shape::Said::from),
        rank: unit.rank,
        grade: unit.grade.clone(),
        grade_notes: said(&unit.grade_notes),
        vetoes: unit.vetoes.clone(),
        disqualified: unit.disqualified.clone(),
        verdicts: unit.verdicts.iter().map(verdict).collect(),
        provisional: said(&unit.provisional),
        dimensions: subtotals(book, unit),
        adjustments: unit.adjustments.iter().map(|row| adjustment(row, points(&row.points))).collect(),
        scores: book.criteria.iter().zip(&unit.scores).map(|(criterion, score)| self::score(book, unit, criterion, score)).collect(),
        measures: unit.measures.iter().map(|measure| self::measure(book, measure)).collect(),
    }
}

fn said(sentences: &[Said]) -> Vec<shape::Said> {
    sentences.iter().map(shape::Said::from).collect()
}

fn subtotals(book: &book::Scorebook, unit: &book::UnitResult) -> Vec<shape::Subtotal> {
    let pairs = book.dimensions.iter().zip(&unit.dimensions);
    pairs
        .map(|(dimension, subtotal)| shape::Subtotal {
            dimension: dimension.id.clone(),
            points: subtotal.points.fixed(book.head.points_decimals),
            applicable: subtotal.applicable.to_string(),
        })
        .collect()
}

fn verdict(stated: &book::Stated) -> shape::Verdict {
    let reached = stated.reached.id().to_owned();
    shape::Verdict { id: stated.id.clone(), reached, states: stated.states.clone(), reason: said(&stated.reason) }
}

fn adjustment(row: &book::Adjustment, points: String) -> shape::Adjustment {
    shape::Adjustment { step: row.step.to_owned(), id: row.id.clone(), points, reason: said(&row.reason) }
}

fn score(book: &book::Scorebook, unit: &book::UnitResult, criterion: &book::CriterionHead, score: &book::Score) -> shape::Score {
    let measure = score.measure.and_then(|at| unit.measures.get(at));
    shape::Score {
        criterion: criterion.id.clone(),
        state: score.state,
        value: measure.and_then(|measure| measure.value.as_ref()).and_then(number),
        shown: score.shown.clone(),
        window: measure.map(|measure| measure.window.id().to_owned()),
        points: score.points.as_ref().map(|points| points.fixed(book.head.points_decimals)),
        reason: said(&score.reason),
        judged: score.judged.iter().map(judgement).collect(),
        light: score.light.map(str::to_owned),
        next: score.next.as_ref().map(|next| shape::Next { value: next.value.to_string(), points: next.points.to_string() }),
        full_at: score.full_at.as_ref().map(ToString::to_string),
        target: score.target.clone(),
    }
}

fn judgement(shown: &book::JudgementShown) -> shape::Judgement {
    shape::Judgement { stage: shown.stage.to_owned(), value: shown.value.clone(), judge: shown.judge.clone(), note: shown.note.clone() }
}

fn measure(book: &book::Scorebook, measure: &book::MeasureResult) -> shape::Measure {
    let interval =
        |interval: &book::Interval| shape::Interval { lower: interval.lower, upper: interval.upper, method: interval.method.to_owned() };
    shape::Measure {
        indicator: indicator_id(book, measure.indicator).unwrap_or_default(),
        window: measure.window.id().to_owned(),
        span: measure.span.to_string(),
        value: measure.value.as_ref().and_then(number),
        numerator: measure.numerator.as_ref().map(Exact::to_string),
        denominator: measure.denominator.as_ref().map(Exact::to_string),
        state: measure.state,
        months_met: measure.months_met,
        months_required: measure.months_required,
        interval: measure.interval.as_ref().map(interval),
        reasons: said(&measure.reasons),
        touches_rejected: measure.touches_rejected,
    }
}

fn number(value: &Exact) -> Option<Number> {
    super::number(&value.shortest())
}

/// Findings that take their written shape one at a time, a line each.
pub(super) struct Findings<'a>(&'a crate::finding::Findings);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for one in self.0.iter() {
            seq.serialize_element(&to_raw_value(&line(&one)).map_err(S::Error::custom)?)?;
        }
        seq.end()
    }
}

/// [`shape::Finding`] without a copy of anything.
#[derive(Serialize)]
struct Line<'a> {
    severity: &'static str,
    code: &'static str,
    place: &'a Place,
    message: &'a Said,
    suggestions: &'a [String],
}

fn line(finding: &Finding) -> Line<'_> {
    let Finding { code, place, message, suggestions, .. } = finding;
    Line { severity: finding.severity().id(), code: code.id(), place, message, suggestions }
}

fn codes(book: &book::Scorebook) -> BTreeMap<String, shape::Code> {
    let both = |of: &dyn Fn(Lang) -> &'static str| Text::new(of(Lang::Zh), of(Lang::En));
    let mut used: BTreeMap<&str, &Code> = BTreeMap::new();
    used.extend(book.findings.codes().into_iter().map(|(code, _)| (code.id(), code)));
    let texts = |code: &Code| shape::Code { expected: both(&|lang| code.expected(lang)), help: both(&|lang| code.help(lang)) };
    used.into_iter().map(|(id, code)| (id.to_owned(), texts(code))).collect()
}

impl From<&book::Provenance> for shape::Provenance {
    fn from(provenance: &book::Provenance) -> Self {
        let setting = |(key, value): &(String, String)| shape::Setting { key: key.clone(), value: value.clone() };
        let allowed = |allowed: &book::Allowed| shape::Allowed {
            code: allowed.code.to_owned(),
            message: (&allowed.message).into(),
            reason: allowed.reason.clone(),
        };
        let unverified = |(id, basis): &(String, Basis)| shape::Unverified { id: id.clone(), source: basis.clone() };
        Self {
            inputs: provenance.inputs.iter().map(input).collect(),
            options: provenance.options.iter().map(setting).collect(),
            catalogues: provenance.catalogues.clone(),
            unverified: provenance.unverified.iter().map(unverified).collect(),
            allowed: provenance.allowed.iter().map(allowed).collect(),
            signed: provenance.signed.clone(),
        }
    }
}

fn input(input: &book::Input) -> shape::Input {
    shape::Input {
        path: input.path.clone(),
        role: input.role.to_owned(),
        sha256: input.sha256.clone(),
        bytes: input.bytes,
        encoding: input.encoding.map(str::to_owned),
        received: input.received.clone(),
    }
}
