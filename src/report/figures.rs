//! How single figures stand in the sheets that people read: values, intervals, changes, ranks.

use crate::number::Exact;
use crate::report::table::{Cell, paragraph};
use crate::scorebook::{CriterionHead, IndicatorHead, Interval, MeasureResult, Score, Scorebook, UnitResult};
use crate::standing::{Change, Place};
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

/// "68.70–71.27 (Wilson, 95 %)".
pub(super) fn interval(head: &IndicatorHead, interval: Option<&Interval>) -> Cell {
    let Some(interval) = interval else { return Cell::Empty };
    let decimals = head.decimals as usize;
    let limits = format!("{:.decimals$}–{:.decimals$}", interval.lower, interval.upper);
    let method = method(interval.method);
    Cell::text(Text::new(format!("{limits}（{}）", method.zh), format!("{limits} ({})", method.en)))
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

/// Whether the interval about a value holds a reference, so that the two cannot be told apart.
pub(super) fn holds(interval: &Interval, reference: &Exact) -> bool {
    (interval.lower..=interval.upper).contains(&reference.to_f64())
}

/// What a value cannot be told apart from: its target, the figure of all its peers together.
pub(super) fn indistinct((criterion, score): (&CriterionHead, &Score), measure: &MeasureResult, together: Option<&Exact>) -> Cell {
    let Some(interval) = &measure.interval else { return Cell::Empty };
    let target = target(criterion, score).and_then(|target| target.en.trim_end_matches(['%', '‰']).parse::<Exact>().ok());
    let of_target = target.or_else(|| score.full_at.clone()).filter(|target| holds(interval, target));
    let of_peers = together.filter(|average| holds(interval, average));
    Cell::text(match (of_target, of_peers) {
        (Some(_), Some(_)) => Text::new("与目标、同类平均均无显著差别", "neither target nor peers"),
        (Some(_), None) => Text::new("与目标无显著差别", "not from target"),
        (None, Some(_)) => Text::new("与同类平均无显著差别", "not from peers"),
        (None, None) => Text::default(),
    })
}

/// "+2.40 percentage points".
pub(super) fn change(head: &IndicatorHead, change: Option<&Change>) -> Cell {
    let Some(change) = change else { return Cell::Empty };
    let by = signed(&change.by, head.decimals);
    let unit = &head.unit;
    let is_share = unit.zh == "%" || unit.zh == "‰";
    Cell::text(match is_share {
        true if unit.zh == "%" => Text::new(format!("{by} 个百分点"), format!("{by} pp")),
        true => Text::new(format!("{by} 个千分点"), format!("{by} per-mille points")),
        false => Text::new(format!("{by} {}", unit.zh), format!("{by} {}", unit.en)),
    })
}

/// "+3.6%" of the baseline.
pub(super) fn percent(change: Option<&Change>) -> Cell {
    let percent = change.and_then(|change| change.percent.as_ref());
    percent.map_or(Cell::Empty, |percent| Cell::text(format!("{}%", signed(percent, 1))))
}

fn signed(number: &Exact, decimals: u32) -> String {
    let digits = number.fixed(decimals);
    if digits.starts_with('-') || digits.bytes().all(|digit| matches!(digit, b'0' | b'.')) { digits } else { format!("+{digits}") }
}

/// "2 / 12": the place among peers that have a value.
pub(super) fn rank(place: Option<&Place>, count: Option<usize>) -> Cell {
    match (place.and_then(|place| place.rank), count) {
        (Some(rank), Some(count)) => Cell::text(format!("{rank} / {count}")),
        _ => Cell::Empty,
    }
}

/// What the next band needs, and full points.
pub(super) fn next(book: &Scorebook, head: Option<&IndicatorHead>, score: &Score) -> Cell {
    let Some(head) = head else { return Cell::Empty };
    let shown = |value: &Exact, lang| figure(head, value).shown(lang);
    let mut said = Vec::new();
    if let Some(next) = &score.next {
        let points = next.points.fixed(book.head.points_decimals);
        said.push(Text::new(
            format!("{} → {points} 分", shown(&next.value, Lang::Zh)),
            format!("{} → {points} points", shown(&next.value, Lang::En)),
        ));
    }
    if let Some(full) = score.full_at.as_ref().filter(|full| score.next.as_ref().is_none_or(|next| next.value != **full)) {
        said.push(Text::new(format!("满分需 {}", shown(full, Lang::Zh)), format!("full at {}", shown(full, Lang::En))));
    }
    let join = |get: fn(&Text) -> &str, sign: &str| said.iter().map(get).collect::<Vec<_>>().join(sign);
    Cell::text(Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; ")))
}

/// Sentences under a heading word: "Provisional: …".
pub(super) fn provisional(unit: &UnitResult) -> Vec<Text> {
    let reasons = unit.provisional.iter().map(|said| paragraph(std::slice::from_ref(said)));
    reasons.map(|why| Text::new(format!("暂定：{}", why.zh), format!("Provisional: {}", why.en))).collect()
}
