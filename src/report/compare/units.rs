//! Units of one result side by side.

use super::{column, grade, none, plain, points, provisional, rank, schemes, total};
use crate::compare::{Beside, Figure, Measure, Unit};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::text::Text;

/// Units that stand in one table.
const UNITS: usize = 3;

/// Criteria by units for people: as many tables as are needed to stay readable.
pub(super) fn sheets(of: &Beside) -> Vec<Table> {
    let chosen: Vec<usize> = (0..of.units.len()).collect();
    let mut tables: Vec<Table> = chosen.chunks(UNITS).map(|block| sheet(of, block)).collect();
    if let Some(last) = tables.last_mut() {
        let units = of.units.iter().filter_map(|at| of.book.units.get(*at));
        last.notes.extend(provisional(units.map(|unit| (&unit.name, unit.standing.is_provisional))));
        last.notes.extend(schemes(std::slice::from_ref(&of.book.scheme)));
        last.notes.push(Text::new("各条的名次按得分在同类组中排列", "Ranks in a criterion are by points within the peer group"));
    }
    tables
}

fn sheet(of: &Beside, block: &[usize]) -> Table {
    let book = &of.book;
    let title = Text::new(format!("{} · {}", book.title.zh, book.period), format!("{} · {}", book.title.en, book.period));
    let mut columns = vec![column("criterion", "标准", "Criterion", Kind::Text), column("full_points", "满分", "of", Kind::Exact)];
    for at in block {
        let name = of.name(*at);
        let heading = |zh: &str, en: &str| Text::new(format!("{} {zh}", name.zh), format!("{} {en}", name.en));
        columns.push(Column::new(format!("value_{}", at + 1), heading("指标值", "value"), Kind::Value).spare(1));
        columns.push(Column::new(format!("points_{}", at + 1), heading("得分", "points"), Kind::Points));
        columns.push(Column::new(format!("rank_{}", at + 1), Text::new("名次", "Rank"), Kind::Count).spare(1));
    }
    let mut table = Table::new(title, columns);
    for row in &of.rows {
        let Some(criterion) = book.criteria.get(row.criterion) else { continue };
        let mut cells = vec![Cell::text(named(&criterion.id, &criterion.name)), Cell::exact(&criterion.points)];
        for at in block {
            let unit = of.units.get(*at).and_then(|unit| book.units.get(*unit));
            let figure = unit.and_then(|unit| Some((unit, unit.figures.get(row.criterion)?)));
            cells.push(figure.map_or_else(none, |(unit, figure)| value(of, unit, figure)));
            cells.push(points(figure.and_then(|(_, figure)| figure.points.as_ref()), book.points_decimals));
            cells.push(row.cells.get(*at).and_then(|cell| cell.rank).map_or_else(none, Cell::count));
        }
        table.push(cells);
    }
    let mut sums = vec![Cell::text(Text::new("总分", "Total")), Cell::Empty];
    for at in block {
        let standing = of.units.get(*at).and_then(|unit| book.units.get(*unit)).map(|unit| &unit.standing);
        sums.extend([grade(standing), total(standing, book.points_decimals), rank(standing)]);
    }
    table.total(sums);
    table
}

/// Id and name in one cell; an id that is the name is not said twice.
pub(super) fn named(id: &str, name: &Text) -> Text {
    let with = |name: &str| if name == id { name.to_owned() } else { format!("{id} {name}") };
    Text::new(with(&name.zh), with(&name.en))
}

fn value(of: &Beside, unit: &Unit, figure: &Figure) -> Cell {
    let measure = figure.measure.and_then(|at| unit.measures.get(at));
    let shown = |measure: &Measure| {
        let head = of.book.indicator(&measure.indicator)?;
        Some(Cell::value(measure.value.as_ref()?, head.decimals, head.unit.clone()))
    };
    measure.and_then(shown).or_else(|| figure.shown.clone().map(Cell::text)).unwrap_or_else(|| Cell::state(figure.state))
}

/// Columns of `units.csv`.
const UNIT_ROWS: &[(&str, Kind)] = &[
    ("unit", Kind::Text),
    ("name", Kind::Text),
    ("row", Kind::Text),
    ("criterion", Kind::Text),
    ("criterion_name", Kind::Text),
    ("indicator", Kind::Text),
    ("value", Kind::Value),
    ("measured_in", Kind::Text),
    ("judged", Kind::Text),
    ("state", Kind::Text),
    ("points", Kind::Points),
    ("full_points", Kind::Exact),
    ("rank", Kind::Count),
    ("grade", Kind::Text),
];

/// `units.csv`: a row per unit and criterion, and one for the total.
pub(super) fn file(of: &Beside) -> Table {
    let mut table = plain(UNIT_ROWS);
    let book = &of.book;
    for (at, unit) in of.units.iter().enumerate().filter_map(|(at, unit)| Some((at, book.units.get(*unit)?))) {
        let keys = || [Cell::text(unit.key.as_str()), Cell::text(unit.name.clone())];
        for row in &of.rows {
            let (Some(criterion), Some(figure)) = (book.criteria.get(row.criterion), unit.figures.get(row.criterion)) else { continue };
            let measure = figure.measure.and_then(|at| unit.measures.get(at));
            let head = measure.and_then(|measure| book.indicator(&measure.indicator));
            let rest = [
                Cell::text("criterion"),
                Cell::text(criterion.id.as_str()),
                Cell::text(criterion.name.clone()),
                Cell::maybe(criterion.indicator.as_deref()),
                super::number(measure.and_then(|measure| measure.value.as_ref())),
                Cell::maybe(head.map(|head| head.unit.clone())),
                Cell::maybe(figure.shown.clone()),
                Cell::text(figure.state.id()),
                points(figure.points.as_ref(), book.points_decimals),
                Cell::exact(&criterion.points),
                row.cells.get(at).and_then(|cell| cell.rank).map_or(Cell::Empty, Cell::count),
                Cell::Empty,
            ];
            table.push(keys().into_iter().chain(rest).collect());
        }
        let mut cells: Vec<Cell> = keys().into();
        cells.push(Cell::text("total"));
        cells.extend(vec![Cell::Empty; 7]);
        let standing = Some(&unit.standing);
        cells.extend([total(standing, book.points_decimals), Cell::Empty, rank(standing), grade(standing)]);
        table.push(cells);
    }
    table
}
