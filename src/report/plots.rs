//! Which charts a result has, and the numbers in them.

use crate::dossier::Dossier;
use crate::formula::Window;
use crate::measure::interval::funnel::Significance;
use crate::number::Exact;
use crate::report::chart::{About, Bar, Bars, Dot, Dots, Funnel, Limits, Line, Point, Trend};
use crate::report::figures::{figure, measure, target, target_number, target_shown, total, value_shown};
use crate::report::summary::order;
use crate::scorebook::{IndicatorHead, Scorebook, UnitResult};
use crate::standing::funnel::{FunnelPoint, funnel as spread};
use crate::text::{Lang, Text};

/// Units up to which a chart can be read; the tables hold all.
const READABLE: usize = 60;
/// Lines up to which a trend can be read.
const LINES: usize = 8;
/// Months with a value that make a trend.
const MONTHS_AT_LEAST: usize = 3;

/// The ranking as bars of dimensions; `None` of too many units to be read, or of none with a total.
pub(super) fn ranking(dossier: &Dossier, lang: Lang) -> Option<Bars> {
    let book = dossier.book;
    if book.units.len() > READABLE || book.units.iter().all(|unit| unit.total.is_none()) {
        return None;
    }
    let top: Vec<usize> =
        (0..book.dimensions.len()).filter(|at| book.dimensions[*at].within.is_none() && book.dimensions[*at].in_total).collect();
    let is_adjusted = book.units.iter().any(|unit| !unit.adjustments.is_empty());
    let mut parts: Vec<String> = top.iter().map(|at| book.dimensions[*at].name.get(lang).to_owned()).collect();
    parts.extend(is_adjusted.then(|| Text::new("调整", "Adjustments").get(lang).to_owned()));
    let bar = |unit: &UnitResult| {
        let mut points: Vec<f64> = top.iter().map(|at| unit.dimensions.get(*at).map_or(0.0, |subtotal| subtotal.points.to_f64())).collect();
        points.extend(is_adjusted.then(|| unit.adjusted().to_f64()));
        Bar {
            label: unit.name.get(lang).to_owned(),
            parts: points,
            total: unit.total.as_ref().map(Exact::to_f64),
            shown: total(book, unit).shown(lang),
        }
    };
    let bars: Vec<Bar> = order(book).into_iter().filter_map(|at| book.units.get(at)).map(bar).collect();
    let title = Text::new("总分与各维度得分", "Totals by dimension").get(lang).to_owned();
    let description = bars.iter().map(|bar| format!("{} {}", bar.label, bar.shown)).collect::<Vec<_>>().join(sign(lang));
    Some(Bars { about: About { title, description }, parts, bars })
}

/// The values of a criterion's indicator with intervals and baselines; `None` without two values to compare.
pub(super) fn dots(dossier: &Dossier, criterion: usize, lang: Lang) -> Option<Dots> {
    let book = dossier.book;
    let head = book.criteria.get(criterion)?;
    let indicator = book.indicators.get(head.indicator?)?;
    let at = head.indicator?;
    let units = on_sheet(book, criterion);
    if units.len() > READABLE {
        return None;
    }
    let dots: Vec<Dot> = units.iter().filter_map(|(place, unit)| dot(dossier, (*place, unit), (criterion, at), lang)).collect();
    let values = dots.iter().filter(|dot| dot.now.is_some()).count() + dots.iter().filter(|dot| dot.before.is_some()).count();
    if values < 2 {
        return None;
    }
    let said = dots.iter().map(|dot| format!("{} {}", dot.label, dot.shown)).collect::<Vec<_>>().join(sign(lang));
    Some(Dots {
        about: About { title: about(head.name.get(lang), indicator, ("本期与基期", "value and baseline"), lang), description: said },
        target: common_target(dossier, criterion, &units, lang),
        together: together(dossier, at, indicator, lang),
        dots,
        keys: [("本期值", "value"), ("基期值", "baseline"), ("95% 区间", "95 % interval")]
            .map(|(zh, en)| Text::new(zh, en).get(lang).to_owned()),
    })
}

/// The units that have a criterion on their sheet, in the order of the ranking.
fn on_sheet(book: &Scorebook, criterion: usize) -> Vec<(usize, &UnitResult)> {
    let units = order(book).into_iter().filter_map(|at| Some((at, book.units.get(at)?)));
    units.filter(|(_, unit)| unit.scores.get(criterion).is_some_and(|score| score.is_on_sheet)).collect()
}

fn dot(dossier: &Dossier, (at, unit): (usize, &UnitResult), (criterion, indicator): (usize, usize), lang: Lang) -> Option<Dot> {
    let score = unit.scores.get(criterion)?;
    let now = measure(unit, score).filter(|measure| measure.indicator == indicator && measure.window == Window::Assessed);
    let place = dossier.standing.units.get(at)?.places.get(indicator)?;
    let before = place.baseline.and_then(|at| unit.measures.get(at));
    Some(Dot {
        label: unit.name.get(lang).to_owned(),
        now: now.and_then(|measure| measure.value.as_ref()).map(Exact::to_f64),
        shown: value_shown(dossier.book, unit, score).shown(lang),
        before: before.and_then(|measure| measure.value.as_ref()).map(Exact::to_f64),
        interval: now.and_then(|measure| measure.interval.as_ref()).map(|interval| (interval.lower, interval.upper)),
    })
}

/// The target, where all have the same one and it is a number.
fn common_target(dossier: &Dossier, criterion: usize, units: &[(usize, &UnitResult)], lang: Lang) -> Option<(f64, String)> {
    let head = dossier.book.criteria.get(criterion)?;
    let mut targets = units.iter().filter_map(|(_, unit)| target(head, unit.scores.get(criterion)?));
    let first = targets.next()?;
    if targets.any(|other| other != first) {
        return None;
    }
    let shown = units.iter().find_map(|(_, unit)| Some(target_shown(dossier.book, head, unit.scores.get(criterion)?)));
    let shown = shown.map(|cell| cell.shown(lang)).unwrap_or_default();
    let number = target_number(&first)?;
    let label = Text::new(format!("目标 {shown}"), format!("target {shown}"));
    Some((number.to_f64(), label.get(lang).to_owned()))
}

/// The figure of the units together, where all are one peer group.
fn together(dossier: &Dossier, indicator: usize, head: &IndicatorHead, lang: Lang) -> Option<(f64, String)> {
    let groups = dossier.standing.fields.get(indicator)?;
    let field = groups.values().next().filter(|_| groups.len() == 1)?;
    let together = field.together(&head.factor)?;
    let shown = figure(head, &together).shown(lang);
    let label = Text::new(format!("合计 {shown}"), format!("together {shown}"));
    Some((together.to_f64(), label.get(lang).to_owned()))
}

/// Values against the size of what they are taken over; `None` where there are no limits to draw, or the units form groups.
pub(super) fn funnel(dossier: &Dossier, criterion: usize, lang: Lang) -> Option<Funnel> {
    let book = dossier.book;
    let head = book.criteria.get(criterion)?;
    let indicator = book.indicators.get(head.indicator?)?;
    let found = spread(book, &dossier.standing, head.indicator?)?;
    let name = |point: &FunnelPoint| book.units.get(point.unit).map(|unit| unit.name.get(lang).to_owned()).unwrap_or_default();
    let outside = |point: &FunnelPoint| {
        let outer = matches!(point.significance, Significance::Low998 | Significance::High998);
        (point.significance != Significance::Within, outer)
    };
    let points =
        found.points.iter().map(|point| Point { label: name(point), size: point.size, value: point.value, outside: outside(point) });
    let points: Vec<Point> = points.collect();
    let (_, centre) = together(dossier, head.indicator?, indicator, lang)?;
    Some(Funnel {
        about: About { title: about(head.name.get(lang), indicator, ("漏斗图", "funnel"), lang), description: outliers(&points, lang) },
        points,
        centre: (found.centre, centre),
        limits: found
            .limits
            .iter()
            .map(|(size, inner, outer)| Limits { size: *size, inner: (inner.lower, inner.upper), outer: (outer.lower, outer.upper) })
            .collect(),
        keys: [("95% 控制限", "95 % limits"), ("99.8% 控制限", "99.8 % limits")].map(|(zh, en)| Text::new(zh, en).get(lang).to_owned()),
        below: Text::new("分母", "denominator").get(lang).to_owned(),
    })
}

/// Who lies outside the inner limits.
fn outliers(points: &[Point], lang: Lang) -> String {
    let names: Vec<&str> = points.iter().filter(|point| point.outside.0).map(|point| point.label.as_str()).collect();
    match (names.is_empty(), lang) {
        (true, Lang::Zh) => "全部在 95% 控制限之内".to_owned(),
        (true, Lang::En) => "all lie within the 95 % limits".to_owned(),
        (false, Lang::Zh) => format!("在 95% 控制限之外：{}", names.join("、")),
        (false, Lang::En) => format!("outside the 95 % limits: {}", names.join(", ")),
    }
}

/// Values month by month; `None` of too many units to tell apart, or too few months.
pub(super) fn trend(dossier: &Dossier, criterion: usize, lang: Lang) -> Option<Trend> {
    let book = dossier.book;
    let head = book.criteria.get(criterion)?;
    let indicator = book.indicators.get(head.indicator?)?;
    let values = dossier.series.values.get(criterion)?;
    let of_unit = |at: usize| -> Vec<Option<f64>> {
        values.iter().map(|of_month| of_month.get(at).and_then(Option::as_ref).map(Exact::to_f64)).collect()
    };
    let units = on_sheet(book, criterion);
    let lines = units.iter().map(|(at, unit)| Line { label: unit.name.get(lang).to_owned(), values: of_unit(*at) });
    let lines: Vec<Line> = lines.filter(|line| line.values.iter().flatten().count() >= MONTHS_AT_LEAST).collect();
    if lines.is_empty() || units.len() > LINES {
        return None;
    }
    let said = |line: &Line| {
        let shown = |value: &Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.*}", indicator.decimals as usize));
        format!("{}: {}", line.label, line.values.iter().map(shown).collect::<Vec<_>>().join(", "))
    };
    Some(Trend {
        about: About {
            title: about(head.name.get(lang), indicator, ("逐月", "month by month"), lang),
            description: lines.iter().map(said).collect::<Vec<_>>().join(sign(lang)),
        },
        periods: dossier.series.months.iter().map(ToString::to_string).collect(),
        lines,
    })
}

/// "下转率（%）：漏斗图".
fn about(name: &str, head: &IndicatorHead, (zh, en): (&str, &str), lang: Lang) -> String {
    let name = titled(name, head, lang);
    match lang {
        Lang::Zh => format!("{name}：{zh}"),
        Lang::En => format!("{name}: {en}"),
    }
}

/// "下转率 (%)".
fn titled(name: &str, head: &IndicatorHead, lang: Lang) -> String {
    match (head.unit.get(lang), lang) {
        ("", _) => name.to_owned(),
        (unit, Lang::Zh) => format!("{name}（{unit}）"),
        (unit, Lang::En) => format!("{name} ({unit})"),
    }
}

fn sign(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "；" } else { "; " }
}
