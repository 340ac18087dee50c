//! Points by criterion: `scores.csv` (DESIGN §5) and the score sheet of one unit.

use crate::report::sources;
use crate::report::summary::{self, adjustment_points};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::{CriterionHead, MeasureResult, Score, Scorebook, UnitResult};
use crate::text::Text;

/// `scores.csv`: every criterion on the sheet of every unit, one row each.
pub fn file(book: &Scorebook) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("dimension", Kind::Text),
        ("criterion", Kind::Text),
        ("indicator", Kind::Text),
        ("value", Kind::Value),
        ("numerator", Kind::Exact),
        ("denominator", Kind::Exact),
        ("state", Kind::Text),
        ("target", Kind::Text),
        ("points", Kind::Points),
        ("full_points", Kind::Exact),
        ("reason", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for unit in &book.units {
        for (criterion, score) in book.criteria.iter().zip(&unit.scores).filter(|(_, score)| score.is_on_sheet) {
            table.push(record(book, unit, criterion, score));
        }
    }
    table
}

fn record(book: &Scorebook, unit: &UnitResult, criterion: &CriterionHead, score: &Score) -> Vec<Cell> {
    let measure = measure(unit, score);
    let exact = |part: Option<&_>| part.map_or(Cell::Empty, Cell::exact);
    vec![
        Cell::text(unit.key.as_str()),
        Cell::maybe(book.dimensions.get(criterion.dimension).map(|dimension| dimension.id.as_str())),
        Cell::text(criterion.id.as_str()),
        Cell::maybe(criterion.indicator.and_then(|at| book.indicators.get(at)).map(|indicator| indicator.id.as_str())),
        value(book, unit, score),
        exact(measure.and_then(|measure| measure.numerator.as_ref())),
        exact(measure.and_then(|measure| measure.denominator.as_ref())),
        Cell::text(score.state.id()),
        Cell::maybe(target(criterion, score)),
        points(book, score),
        Cell::exact(&criterion.points),
        Cell::reason(&score.reason),
    ]
}

/// The target of a unit: its own, else that of all.
fn target(criterion: &CriterionHead, score: &Score) -> Option<Text> {
    score.target.as_deref().map(Text::from).or_else(|| criterion.target.clone())
}

/// The score sheet of one unit: dimensions with their sums, then every row that changes the total,
/// then the total. The printed rows add up [R2].
pub fn sheet(book: &Scorebook, unit: &UnitResult) -> Table {
    let mut table = Table::new(title(book, unit), columns());
    for (at, dimension) in book.dimensions.iter().enumerate() {
        table.section(indented(&dimension.name, dimension.depth));
        for (criterion, score) in
            book.criteria.iter().zip(&unit.scores).filter(|(criterion, score)| criterion.dimension == at && score.is_on_sheet)
        {
            table.push(vec![
                Cell::text(criterion.name.clone()),
                value(book, unit, score),
                Cell::maybe(target(criterion, score)),
                points(book, score),
                Cell::exact(&criterion.points),
                Cell::reason(&score.reason),
            ]);
        }
        if let Some(subtotal) = unit.dimensions.get(at) {
            let label = Text::new("小计", "Subtotal");
            table.total(sum(label, Cell::points(&subtotal.points, book.head.points_decimals), Cell::exact(&subtotal.applicable)));
        }
    }
    if !unit.adjustments.is_empty() {
        table.section(Text::new("调整", "Adjustments"));
    }
    for row in &unit.adjustments {
        let reason = Cell::reason(&row.reason);
        let name = Cell::text(super::adjustments::step_word(row.step));
        table.push(vec![name, Cell::Empty, Cell::Empty, adjustment_points(book, row), Cell::Empty, reason]);
    }
    table.section(Text::new("合计", "Result"));
    let total = unit
        .total
        .as_ref()
        .map_or_else(|| Cell::Missing(Text::new("无总分", "no total")), |total| Cell::points(total, book.head.points_decimals));
    table.total(sum(Text::new("总分", "Total"), total, Cell::exact(&unit.full_points)));
    table.notes = summary::outcome(unit);
    table.notes.extend(provisional(unit));
    table.notes.extend(sources::remarks(book));
    table
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("target", Text::new("目标", "Target"), Kind::Text).spare(1),
        Column::new("points", Text::new("得分", "Points"), Kind::Points),
        Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
        Column::new("reason", Text::new("说明", "Reason"), Kind::Text),
    ]
}

fn sum(label: Text, points: Cell, full: Cell) -> Vec<Cell> {
    vec![Cell::text(label), Cell::Empty, Cell::Empty, points, full, Cell::Empty]
}

fn title(book: &Scorebook, unit: &UnitResult) -> Text {
    let rank = |zh: bool| match (unit.rank, zh) {
        (Some(rank), true) => format!(" · 第 {rank} 名"),
        (Some(rank), false) => format!(" · rank {rank}"),
        (None, _) => String::new(),
    };
    let with = |name: &str, rank: String| format!("{name} · {}{rank}", book.head.period);
    Text::new(with(&unit.name.zh, rank(true)), with(&unit.name.en, rank(false)))
}

fn indented(name: &Text, depth: usize) -> Text {
    let indent = "  ".repeat(depth);
    Text::new(format!("{indent}{}", name.zh), format!("{indent}{}", name.en))
}

/// Why the result may still change [S4].
fn provisional(unit: &UnitResult) -> Vec<Text> {
    let reasons = unit.provisional.iter().map(|said| super::table::paragraph(std::slice::from_ref(said)));
    reasons.map(|why| Text::new(format!("暂定：{}", why.zh), format!("Provisional: {}", why.en))).collect()
}

fn measure<'a>(unit: &'a UnitResult, score: &Score) -> Option<&'a MeasureResult> {
    score.measure.and_then(|at| unit.measures.get(at))
}

/// The value scored: a measure's, a judgement as written, or the state that stands for it.
fn value(book: &Scorebook, unit: &UnitResult, score: &Score) -> Cell {
    let figure = measure(unit, score).and_then(|measure| {
        let head = book.indicators.get(measure.indicator)?;
        Some(Cell::value(measure.value.as_ref()?, head.decimals, head.unit.clone()))
    });
    figure.or_else(|| score.shown.clone().map(Cell::text)).unwrap_or_else(|| Cell::state(score.state))
}

fn points(book: &Scorebook, score: &Score) -> Cell {
    match &score.points {
        Some(points) => Cell::points(points, book.head.points_decimals),
        None => Cell::Missing(Text::same("–")),
    }
}
