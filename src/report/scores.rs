//! Points by criterion: `scores.csv` (DESIGN §5).

use crate::report::figures::{measure, points, target, value};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::{CriterionHead, Score, Scorebook, UnitResult};
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
        points(book, score.points.as_ref()),
        Cell::exact(&criterion.points),
        Cell::reason(&score.reason),
    ]
}

/// The name, moved in by its depth in the tree.
pub(super) fn indented(name: &Text, depth: usize) -> Text {
    let indent = "  ".repeat(depth);
    Text::new(format!("{indent}{}", name.zh), format!("{indent}{}", name.en))
}
