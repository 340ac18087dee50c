//! Which charts a result has, and the numbers in them.

use crate::dossier::Dossier;
use crate::formula::Window;
use crate::number::Exact;
use crate::report::chart::{About, Bar, Bars, Dot, Dots};
use crate::report::figures::{figure, measure, target, total, value};
use crate::report::summary::order;
use crate::scorebook::{IndicatorHead, UnitResult};
use crate::text::{Lang, Text};

/// Units up to which a chart can be read; the tables hold all.
const READABLE: usize = 60;

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
    let units: Vec<(usize, &UnitResult)> = order(book).into_iter().filter_map(|at| Some((at, book.units.get(at)?))).collect();
    let units: Vec<_> = units.into_iter().filter(|(_, unit)| unit.scores.get(criterion).is_some_and(|score| score.is_on_sheet)).collect();
    let dots: Vec<Dot> = units.iter().filter_map(|(place, unit)| dot(dossier, (*place, unit), (criterion, at), lang)).collect();
    let values = dots.iter().filter(|dot| dot.now.is_some()).count() + dots.iter().filter(|dot| dot.before.is_some()).count();
    if values < 2 || dots.len() > READABLE {
        return None;
    }
    let said = dots.iter().map(|dot| format!("{} {}", dot.label, dot.shown)).collect::<Vec<_>>().join(sign(lang));
    Some(Dots {
        about: About { title: titled(head.name.get(lang), indicator, lang), description: said },
        target: common_target(dossier, criterion, &units, lang),
        together: together(dossier, at, indicator, lang),
        dots,
        keys: [("本期值", "value"), ("基期值", "baseline"), ("95% 区间", "95 % interval")]
            .map(|(zh, en)| Text::new(zh, en).get(lang).to_owned()),
    })
}

fn dot(dossier: &Dossier, (at, unit): (usize, &UnitResult), (criterion, indicator): (usize, usize), lang: Lang) -> Option<Dot> {
    let score = unit.scores.get(criterion)?;
    let now = measure(unit, score).filter(|measure| measure.indicator == indicator && measure.window == Window::Assessed);
    let place = dossier.standing.units.get(at)?.places.get(indicator)?;
    let before = place.baseline.and_then(|at| unit.measures.get(at));
    Some(Dot {
        label: unit.name.get(lang).to_owned(),
        now: now.and_then(|measure| measure.value.as_ref()).map(Exact::to_f64),
        shown: value(dossier.book, unit, score).shown(lang),
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
    let number: Exact = first.en.trim_end_matches(['%', '‰']).parse().ok()?;
    let label = Text::new(format!("目标 {}", first.zh), format!("target {}", first.en));
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

/// "下转率 (%)".
pub(super) fn titled(name: &str, head: &IndicatorHead, lang: Lang) -> String {
    match (head.unit.get(lang), lang) {
        ("", _) => name.to_owned(),
        (unit, Lang::Zh) => format!("{name}（{unit}）"),
        (unit, Lang::En) => format!("{name} ({unit})"),
    }
}

fn sign(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "；" } else { "; " }
}
