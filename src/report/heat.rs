//! Shares of points by unit and dimension: where it is strong and weak at a glance.

use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::summary::{group_heading, order, with_points};
use crate::report::table::{Cell, Column, Kind, Table, Tone};
use crate::scorebook::{Scorebook, Subtotal, UnitResult};
use crate::text::Text;

/// A row per unit, by peer group and rank; in each dimension the share of the applicable points that it earned.
pub fn table(dossier: &Dossier) -> Table {
    let book = dossier.book;
    let mut columns = vec![Column::new("name", Text::new("考核对象", "Unit"), Kind::Text)];
    columns.extend(
        book.dimensions
            .iter()
            .map(|dimension| Column::new(dimension.id.as_str(), with_points(&dimension.name, &dimension.points), Kind::Value)),
    );
    columns.push(Column::new("total", Text::new("总分", "Total"), Kind::Value));
    let mut table = Table::new(Text::new("各维度得分率", "Shares of points by dimension"), columns);
    let grouped = book.units.iter().any(|unit| !unit.peer_group.is_empty());
    let mut group = None;
    for (at, unit) in order(book).into_iter().filter_map(|at| Some((at, book.units.get(at)?))) {
        if grouped && group != Some(&unit.peer_group) {
            group = Some(&unit.peer_group);
            table.section(group_heading(&unit.peer_group));
        }
        table.push(row(book, at, unit));
    }
    table.notes.push(Text::new(
        "得分率＝得分÷适用分值；颜色越深，得分率越高。总分含加分、扣分等调整，得分率可超过100%。",
        "Points earned of those applicable; the darker, the more. The total includes bonuses and penalties and may pass 100%.",
    ));
    table
}

fn row(book: &Scorebook, at: usize, unit: &UnitResult) -> Vec<Cell> {
    let mut cells = vec![Cell::text(unit.name.clone()).leading(format!("u{at}"))];
    let of_dimension = |subtotal: &Subtotal| share(Some(&subtotal.points), &subtotal.applicable);
    cells.extend((0..book.dimensions.len()).map(|at| unit.dimensions.get(at).map_or(Cell::Empty, of_dimension)));
    cells.push(share(unit.total.as_ref(), &unit.full_points));
    cells
}

/// A share in percent, shaded by fifths.
fn share(points: Option<&Exact>, of: &Exact) -> Cell {
    let Some(points) = points else { return Cell::Missing(Text::new("无总分", "no total")) };
    let Some(share) = points.checked_div(of) else { return Cell::Missing(Text::new("不适用", "n/a")) };
    let fifths = (&share * &Exact::from(5)).floor().clamp_to(&Exact::zero(), &Exact::from(5));
    let fifths = fifths.to_i64().and_then(|fifths| u8::try_from(fifths).ok());
    Cell::value(&(&share * &Exact::from(100)), 1, Text::same("%")).shaded(fifths.map(Tone::Share))
}
