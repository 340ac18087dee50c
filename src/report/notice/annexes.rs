//! The annexes: shares of points by dimension, points by criterion.

use super::{Block, tables};
use crate::dossier::Dossier;
use crate::report::figures::{points, total};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{heat, summary};
use crate::scorebook::{DimensionHead, Scorebook, UnitResult};
use crate::text::Text;

/// Units side by side in one table of points.
const ABREAST: usize = 10;
/// Units in all tables of points.
const UNITS: usize = 60;

fn titles() -> [Text; 2] {
    [
        Text::new("附件 1　各维度得分率", "Annex 1. Shares of points by dimension"),
        Text::new("附件 2　各指标得分", "Annex 2. Points by criterion"),
    ]
}

/// What is annexed, as the notice names it.
pub(super) fn list() -> [Block; 2] {
    [Block::Paragraph(Text::new("附件：", "Annexes:")), Block::List(titles().to_vec())]
}

/// The annexes themselves.
pub(super) fn blocks(dossier: &Dossier) -> Vec<Block> {
    let [first, second] = titles().map(Block::Chapter);
    let mut shares = heat::table(dossier);
    shares.title = Text::default();
    // Shading is for screens.
    shares.notes.truncate(0);
    shares.notes.push(Text::new(
        "得分与适用分值之比；总分含加减分，可超过 100%。",
        "Points in percent of those applicable. The total includes bonuses and penalties and may pass 100%.",
    ));
    let mut blocks = vec![first, Block::Table(tables::limited(shares)), second];
    blocks.extend(by_criterion(dossier.book));
    blocks
}

/// Criteria from top to bottom, units from left to right, a few at a time.
fn by_criterion(book: &Scorebook) -> Vec<Block> {
    let order = summary::order(book);
    let shown: Vec<&UnitResult> = order.iter().take(UNITS).filter_map(|at| book.units.get(*at)).collect();
    let mut blocks: Vec<Block> = shown.chunks(ABREAST).map(|units| Block::Table(sheet(book, units))).collect();
    if order.len() > UNITS {
        blocks.push(Block::Paragraph(Text::new(
            format!("以上为前 {UNITS} 个考核对象，其余 {} 个见结果文件夹中的 scores.csv。", order.len() - UNITS),
            format!("These are the first {UNITS} units; scores.csv in the result folder has the other {}.", order.len() - UNITS),
        )));
    }
    blocks
}

fn sheet(book: &Scorebook, units: &[&UnitResult]) -> Table {
    let mut columns = vec![
        Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
    ];
    columns.extend(units.iter().map(|unit| Column::new(unit.key.as_str(), unit.name.clone(), Kind::Points)));
    let mut table = Table::new(Text::default(), columns);
    for (at, dimension) in book.dimensions.iter().enumerate() {
        let gives_points = |index: &usize| book.criteria[*index].dimension == at && !book.criteria[*index].points.is_zero();
        let of_dimension: Vec<usize> = (0..book.criteria.len()).filter(gives_points).collect();
        if !of_dimension.is_empty() {
            table.section(section(dimension));
        }
        for index in of_dimension {
            table.push(row(book, units, index));
        }
    }
    adjustments(&mut table, book, units);
    let full = if book.head.full_points.is_zero() { Cell::Empty } else { Cell::exact(&book.head.full_points) };
    let totals = units.iter().map(|unit| total(book, unit));
    table.total([Cell::text(Text::new("总分", "Total")), full].into_iter().chain(totals).collect());
    table
}

fn section(dimension: &DimensionHead) -> Text {
    let name = &dimension.name;
    if dimension.in_total {
        return name.clone();
    }
    Text::new(format!("{}（另计，不进入总分）", name.zh), format!("{} (apart from the total)", name.en))
}

fn row(book: &Scorebook, units: &[&UnitResult], index: usize) -> Vec<Cell> {
    let criterion = &book.criteria[index];
    let of_unit = |unit: &&UnitResult| match unit.scores.get(index).filter(|score| score.is_on_sheet) {
        Some(score) => points(book, score.points.as_ref()),
        None => Cell::Empty,
    };
    [Cell::text(criterion.name.clone()), Cell::exact(&criterion.points)].into_iter().chain(units.iter().map(of_unit)).collect()
}

/// One row for all adjustments, so that a column adds up to its total [R2].
fn adjustments(table: &mut Table, book: &Scorebook, units: &[&UnitResult]) {
    if units.iter().all(|unit| unit.adjustments.is_empty()) {
        return;
    }
    let decimals = book.head.points_decimals;
    let sum = |unit: &UnitResult| if unit.adjustments.is_empty() { Cell::Empty } else { Cell::points(&unit.adjusted(), decimals) };
    let sums = units.iter().map(|unit| sum(unit));
    table.push([Cell::text(Text::new("调整", "Adjusted")), Cell::Empty].into_iter().chain(sums).collect());
}
