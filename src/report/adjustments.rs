//! The rows between criteria and total: `adjustments.csv` (DESIGN §5, R2).

use crate::report::summary::{adjustment_points, order};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::Scorebook;
use crate::text::Text;

/// `adjustments.csv`: with `scores.csv` it sums to the totals.
pub fn file(book: &Scorebook) -> Table {
    let columns = [("unit", Kind::Text), ("step", Kind::Text), ("id", Kind::Text), ("points", Kind::Points), ("reason", Kind::Text)];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for unit in &book.units {
        for row in &unit.adjustments {
            table.push(vec![
                Cell::text(unit.key.as_str()),
                Cell::text(row.step),
                Cell::text(row.id.as_str()),
                adjustment_points(book, row),
                Cell::reason(&row.reason),
            ]);
        }
    }
    table
}

/// The same for people: by peer group and rank, with names and words.
pub(super) fn sheet(book: &Scorebook) -> Table {
    let columns = vec![
        Column::new("name", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("unit", Text::new("编号", "Key"), Kind::Text),
        Column::new("step", Text::new("事项", "Step"), Kind::Text),
        Column::new("id", Text::new("所属", "Belongs to"), Kind::Text),
        Column::new("points", Text::new("得分", "Points"), Kind::Points),
        Column::new("reason", Text::new("说明", "Reason"), Kind::Text),
    ];
    let mut table = Table::new(Text::new("总分调整", "Adjustments"), columns);
    for (at, unit) in order(book).into_iter().filter_map(|at| Some((at, book.units.get(at)?))) {
        for row in &unit.adjustments {
            table.push(vec![
                Cell::text(unit.name.clone()).leading(format!("u{at}")),
                Cell::text(unit.key.as_str()),
                Cell::text(step_word(row.step)),
                Cell::text(row.id.as_str()),
                adjustment_points(book, row),
                Cell::reason(&row.reason),
            ]);
        }
    }
    table
}

/// A step in words.
pub(super) fn step_word(step: &str) -> Text {
    let (zh, en) = match step {
        "rescale" => ("折算", "Rescaling"),
        "bonus" => ("加分", "Bonus"),
        "penalty" => ("扣分", "Penalty"),
        "veto" => ("一票否决", "Veto"),
        "joint" => ("连带责任", "Joint accountability"),
        other => (other, other),
    };
    Text::new(zh, en)
}
