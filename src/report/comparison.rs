//! Every criterion of every unit side by side: value, points, place among peers, change since the baseline.

use crate::dossier::Dossier;
use crate::report::figures::{change, figure, indistinct, interval, measure, percent, points, rank, target_shown, value_shown};
use crate::report::summary::order;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::unit::light;
use crate::scorebook::UnitResult;
use crate::text::Text;

/// All criteria, each with the units whose sheet it stands on, by peer group and rank.
pub fn table(dossier: &Dossier) -> Table {
    let mut table = Table::new(Text::new("指标对比", "Comparison by criterion"), columns());
    let order = order(dossier.book);
    for criterion in 0..dossier.book.criteria.len() {
        push(&mut table, dossier, criterion, &order);
    }
    table
}

/// One criterion.
pub fn of_criterion(dossier: &Dossier, criterion: usize) -> Table {
    let name = dossier.book.criteria.get(criterion).map(|head| head.name.clone()).unwrap_or_default();
    let mut table = Table::new(name, columns());
    push(&mut table, dossier, criterion, &order(dossier.book));
    table
}

/// The columns of every criterion.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("group", Text::new("同类组", "Peer group"), Kind::Text).spare(4),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("interval", Text::new("区间", "Interval"), Kind::Text).spare(4),
        Column::new("indistinct", Text::new("统计判断", "Cannot be told from"), Kind::Text).spare(4),
        Column::new("target", Text::new("目标", "Target"), Kind::Text).spare(1),
        Column::new("points", Text::new("得分", "Points"), Kind::Points),
        Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
        Column::new("rank", Text::new("同类名次", "Among peers"), Kind::Text).spare(2),
        Column::new("median", Text::new("同类中位数", "Peer median"), Kind::Value).spare(2),
        Column::new("baseline", Text::new("基期值", "Baseline"), Kind::Value).spare(3),
        Column::new("change", Text::new("较基期", "Change"), Kind::Text).spare(3),
        Column::new("percent", Text::new("变化率", "Change in %"), Kind::Text).spare(3),
        Column::new("state", Text::new("数据状态", "State"), Kind::Text).spare(3),
    ]
}

fn push(table: &mut Table, dossier: &Dossier, criterion: usize, order: &[usize]) {
    for at in order {
        let Some(unit) = dossier.book.units.get(*at) else { continue };
        if unit.scores.get(criterion).is_some_and(|score| score.is_on_sheet) {
            table.push(row(dossier, criterion, *at, unit));
        }
    }
}

fn row(dossier: &Dossier, criterion: usize, at: usize, unit: &UnitResult) -> Vec<Cell> {
    let book = dossier.book;
    let (head, score) = (&book.criteria[criterion], &unit.scores[criterion]);
    let measured = measure(unit, score).and_then(|measure| Some((measure, book.indicators.get(measure.indicator)?)));
    let field = measured.and_then(|(measure, _)| dossier.standing.field(measure.indicator, unit));
    let place = measured.and_then(|(measure, _)| dossier.standing.units.get(at)?.places.get(measure.indicator));
    let before = place.and_then(|place| unit.measures.get(place.baseline?)?.value.as_ref());
    let shown = |value: Option<&_>| measured.zip(value).map_or(Cell::Empty, |((_, indicator), value)| figure(indicator, value));
    let changed = place.and_then(|place| place.change.as_ref());
    vec![
        Cell::text(head.name.clone()),
        Cell::text(unit.name.clone()).leading(format!("s{at}-{criterion}")),
        Cell::text(unit.peer_group.as_str()),
        value_shown(book, unit, score).shaded(light(score)),
        measured.map_or(Cell::Empty, |(measure, indicator)| interval(indicator, measure.interval.as_ref())),
        measured.map_or(Cell::Empty, |(measure, indicator)| {
            indistinct((head, score), measure, field.and_then(|field| field.together(&indicator.factor)).as_ref())
        }),
        target_shown(book, head, score),
        points(book, score.points.as_ref()),
        Cell::exact(&head.points),
        rank(place, field.map(|field| field.count)),
        shown(field.and_then(|field| field.median.as_ref())),
        shown(before),
        measured.map_or(Cell::Empty, |(_, indicator)| change(indicator, changed)),
        percent(changed),
        Cell::text(score.state.word()),
    ]
}
