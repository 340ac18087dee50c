//! Every criterion of every unit side by side: value, points, place among peers, change since the baseline.

use crate::dossier::Dossier;
use crate::report::scored::Scored;
use crate::report::summary::order;
use crate::report::table::{Cell, Column, Kind, Table};
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
    let mut columns = vec![
        Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("group", Text::new("同类组", "Peer group"), Kind::Text).spare(4),
    ];
    columns.extend(Scored::columns());
    columns.extend(Scored::columns_of_peers(2));
    columns.extend(Scored::columns_of_change());
    columns.push(Column::new("state", Text::new("数据状态", "State"), Kind::Text).spare(3));
    columns
}

fn push(table: &mut Table, dossier: &Dossier, criterion: usize, order: &[usize]) {
    for at in order {
        if let (Some(unit), Some(scored)) = (dossier.book.units.get(*at), Scored::of(dossier, *at, criterion)) {
            table.push(row(&scored, unit, format!("s{at}-{criterion}")));
        }
    }
}

fn row(scored: &Scored, unit: &UnitResult, place: String) -> Vec<Cell> {
    let mut cells =
        vec![Cell::text(scored.head.name.clone()), Cell::text(unit.name.clone()).leading(place), Cell::text(unit.peer_group.as_str())];
    cells.extend(scored.figures());
    cells.extend(scored.among_peers());
    cells.extend(scored.since_baseline());
    cells.push(Cell::text(scored.score.state.word()));
    cells
}
