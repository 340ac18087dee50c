//! How single figures stand in the sheets that people read: values, points, targets.

use crate::number::Exact;
use crate::report::table::{Cell, paragraph};
use crate::scorebook::{CriterionHead, IndicatorHead, MeasureResult, Score, Scorebook, UnitResult};
use crate::text::{Lang, Text};

/// The measure behind a score.
pub(super) fn measure<'a>(unit: &'a UnitResult, score: &Score) -> Option<&'a MeasureResult> {
    score.measure.and_then(|at| unit.measures.get(at))
}

/// The value scored: a measure's, a judgement as written, or the state that stands for it.
pub(super) fn value(book: &Scorebook, unit: &UnitResult, score: &Score) -> Cell {
    let figure = measure(unit, score).and_then(|measure| {
        let head = book.indicators.get(measure.indicator)?;
        Some(figure(head, measure.value.as_ref()?))
    });
    figure.or_else(|| score.shown.clone().map(Cell::text)).unwrap_or_else(|| Cell::state(score.state))
}

/// The same for people: yes and no are words of the report's language, not of the judge's.
pub(super) fn value_shown(book: &Scorebook, unit: &UnitResult, score: &Score) -> Cell {
    let value = value(book, unit, score);
    match value.shown(Lang::En).as_str() {
        "yes" => Cell::Flag(true),
        "no" => Cell::Flag(false),
        _ => value,
    }
}

/// A value as its indicator is shown.
pub(super) fn figure(head: &IndicatorHead, value: &Exact) -> Cell {
    Cell::value(value, head.decimals, head.unit.clone())
}

/// Points, or a dash where there are none to give.
pub(super) fn points(book: &Scorebook, points: Option<&Exact>) -> Cell {
    points.map_or_else(|| Cell::Missing(Text::same("–")), |points| Cell::points(points, book.head.points_decimals))
}

/// The total, or that there is none.
pub(super) fn total(book: &Scorebook, unit: &UnitResult) -> Cell {
    match &unit.total {
        Some(total) => Cell::points(total, book.head.points_decimals),
        None => Cell::Missing(Text::new("无总分", "no total")),
    }
}

/// The target of a unit: its own, else that of all.
pub(super) fn target(criterion: &CriterionHead, score: &Score) -> Option<Text> {
    score.target.as_deref().map(Text::from).or_else(|| criterion.target.clone())
}

/// The number a target is, if it is one.
pub(super) fn target_number(target: &Text) -> Option<Exact> {
    target.en.trim_end_matches(['%', '‰']).parse().ok()
}

/// The same with the unit of what it is asked of.
pub(super) fn target_shown(book: &Scorebook, criterion: &CriterionHead, score: &Score) -> Cell {
    let Some(target) = target(criterion, score) else { return Cell::Empty };
    let unit = criterion.indicator.and_then(|at| book.indicators.get(at)).map(|head| &head.unit);
    let with = |text: &str, lang| match unit.map(|unit| unit.get(lang)) {
        Some(unit) if !unit.is_empty() && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '–')) => {
            let gap = if matches!(unit, "%" | "‰") { "" } else { " " };
            format!("{text}{gap}{unit}")
        }
        _ => text.to_owned(),
    };
    Cell::text(Text::new(with(&target.zh, Lang::Zh), with(&target.en, Lang::En)))
}

/// "3402 / 4860 × 100 = 70.00%": the definition with the numbers in it.
pub(super) fn calculation(head: &IndicatorHead, measure: &MeasureResult) -> Cell {
    let Some(numerator) = &measure.numerator else { return Cell::Empty };
    let below = measure.denominator.as_ref().map(|below| format!(" / {}", below.shortest())).unwrap_or_default();
    let factor = if head.factor == Exact::one() { String::new() } else { format!(" × {}", head.factor) };
    let sum = format!("{}{below}{factor}", numerator.shortest());
    let is_plain = below.is_empty() && factor.is_empty();
    let with = |lang| match &measure.value {
        Some(value) if !is_plain => format!("{sum} = {}", figure(head, value).shown(lang)),
        _ => sum.clone(),
    };
    Cell::text(Text::new(with(Lang::Zh), with(Lang::En)))
}

/// The name of a method in words.
pub(super) fn method(id: &str) -> Text {
    match id {
        "wilson-95" => Text::new("Wilson 法，95%", "Wilson, 95 %"),
        "byar-95" => Text::new("Byar 法，95%", "Byar, 95 %"),
        "exact-95" => Text::new("精确法，95%", "exact, 95 %"),
        other => Text::same(other),
    }
}

/// Sentences under a heading word: "Provisional: …".
pub(super) fn provisional(unit: &UnitResult) -> Vec<Text> {
    let reasons = unit.provisional.iter().map(|said| paragraph(std::slice::from_ref(said)));
    reasons.map(|why| Text::new(format!("暂定：{}", why.zh), format!("Provisional: {}", why.en))).collect()
}
