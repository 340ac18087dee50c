//! Indicator values: `measures.csv` (DESIGN §5) and the table for people.

use crate::number::Exact;
use crate::report::figures::method;
use crate::report::summary::order;
use crate::report::table::{Cell, Column, Kind, Number, Table};
use crate::scorebook::{IndicatorHead, Interval, MeasureResult, Scorebook, UnitResult};
use crate::text::Text;

/// `measures.csv`: every indicator of every unit and window, also unscored ones.
pub fn file(book: &Scorebook) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("indicator", Kind::Text),
        ("value", Kind::Value),
        ("numerator", Kind::Exact),
        ("denominator", Kind::Exact),
        ("state", Kind::Text),
        ("completeness", Kind::Value),
        ("lower", Kind::Value),
        ("upper", Kind::Value),
        ("method", Kind::Text),
        ("window", Kind::Text),
        ("reason", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for (unit, measure, indicator) in all(book) {
        let interval = measure.interval.as_ref();
        table.push(vec![
            Cell::text(unit.key.as_str()),
            Cell::text(indicator.id.as_str()),
            value(indicator, measure),
            digits(measure.numerator.as_ref()),
            digits(measure.denominator.as_ref()),
            Cell::text(measure.state.id()),
            digits(measure.completeness().as_ref()),
            interval.map_or(Cell::Empty, |interval| limit(interval.lower)),
            interval.map_or(Cell::Empty, |interval| limit(interval.upper)),
            Cell::maybe(interval.map(|interval| interval.method)),
            Cell::text(measure.span.to_string()),
            Cell::said(&measure.reasons),
        ]);
    }
    table
}

/// The values for people: a section per unit.
pub fn sheet(book: &Scorebook) -> Table {
    let columns = vec![
        Column::new("indicator", Text::new("指标", "Indicator"), Kind::Text),
        Column::new("window", Text::new("时段", "Window"), Kind::Text),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("numerator", Text::new("分子", "Numerator"), Kind::Exact).spare(2),
        Column::new("denominator", Text::new("分母", "Denominator"), Kind::Exact).spare(2),
        Column::new("completeness", Text::new("完整率", "Complete"), Kind::Value).spare(1),
        Column::new("reason", Text::new("说明", "Reason"), Kind::Text).spare(3),
    ];
    let mut table = Table::new(book.head.title.clone(), columns);
    let mut section = None;
    for (unit, measure, indicator) in all(book) {
        if section != Some(&unit.key) {
            section = Some(&unit.key);
            table.section(unit.name.clone());
        }
        table.push(vec![
            Cell::text(indicator.name.clone()),
            Cell::text(measure.span.to_string()),
            value(indicator, measure),
            digits(measure.numerator.as_ref()),
            digits(measure.denominator.as_ref()),
            measure.completeness().map_or(Cell::Empty, |share| percent(&share)),
            Cell::said(&measure.reasons),
        ]);
    }
    table.notes = super::sources::remarks(book);
    table
}

/// Columns of [`rows`].
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("indicator", Text::new("指标", "Indicator"), Kind::Text),
        Column::new("id", Text::new("编号", "Id"), Kind::Text),
        Column::new("window", Text::new("时段", "Window"), Kind::Text),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("numerator", Text::new("分子", "Numerator"), Kind::Exact),
        Column::new("denominator", Text::new("分母", "Denominator"), Kind::Exact),
        Column::new("state", Text::new("数据状态", "State"), Kind::Text),
        Column::new("completeness", Text::new("完整率", "Complete"), Kind::Value),
        Column::new("lower", Text::new("区间下限", "Lower limit"), Kind::Value),
        Column::new("upper", Text::new("区间上限", "Upper limit"), Kind::Value),
        Column::new("method", Text::new("区间方法", "Method"), Kind::Text),
        Column::new("reason", Text::new("说明", "Reason"), Kind::Text),
    ]
}

/// Every value of every unit for people, one by one, by peer group and rank: a large result has more than are held at once.
pub(super) fn rows(book: &Scorebook) -> impl Iterator<Item = Vec<Cell>> {
    let units = order(book).into_iter().filter_map(|at| Some((at, book.units.get(at)?)));
    units.flat_map(move |(at, unit)| unit.measures.iter().filter_map(move |measure| record(book, (at, unit), measure)))
}

fn record(book: &Scorebook, (at, unit): (usize, &UnitResult), measure: &MeasureResult) -> Option<Vec<Cell>> {
    let indicator = book.indicators.get(measure.indicator)?;
    let limit = |limit: fn(&Interval) -> f64| match measure.interval.as_ref().map(|interval| limit(interval).to_string().parse()) {
        Some(Ok(limit)) => Cell::value(&limit, indicator.decimals, indicator.unit.clone()),
        _ => Cell::Empty,
    };
    Some(vec![
        Cell::text(unit.name.clone()).leading(format!("u{at}")),
        Cell::text(indicator.name.clone()),
        Cell::text(indicator.id.as_str()),
        Cell::text(measure.span.to_string()),
        value(indicator, measure),
        digits(measure.numerator.as_ref()),
        digits(measure.denominator.as_ref()),
        Cell::text(measure.state.word()),
        measure.completeness().map_or(Cell::Empty, |share| percent(&share)),
        limit(|interval| interval.lower),
        limit(|interval| interval.upper),
        Cell::maybe(measure.interval.as_ref().map(|interval| method(interval.method))),
        Cell::said(&measure.reasons),
    ])
}

fn all(book: &Scorebook) -> impl Iterator<Item = (&UnitResult, &MeasureResult, &IndicatorHead)> {
    book.units.iter().flat_map(move |unit| {
        unit.measures.iter().filter_map(move |measure| Some((unit, measure, book.indicators.get(measure.indicator)?)))
    })
}

fn value(indicator: &IndicatorHead, measure: &MeasureResult) -> Cell {
    match &measure.value {
        Some(value) => Cell::value(value, indicator.decimals, indicator.unit.clone()),
        None => Cell::state(measure.state),
    }
}

fn digits(part: Option<&Exact>) -> Cell {
    part.map_or(Cell::Empty, Cell::exact)
}

/// A share as people read it; written it stays a share.
fn percent(share: &Exact) -> Cell {
    let exact = share * &Exact::from(100);
    Cell::Number(Number { exact, decimals: Some(1), unit: Text::same("%") })
}

/// A limit of an interval, which is a double by nature [N4]; its shortest text is its own.
fn limit(limit: f64) -> Cell {
    limit.to_string().parse().map_or(Cell::Empty, |exact| Cell::exact(&exact))
}
