//! The score sheet of one unit: every criterion with the numbers in it, every row that changes the total, the total.

use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::adjustments::step_word;
use crate::report::figures::{points, provisional, total};
use crate::report::scored::Scored;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{scores, sources, summary};
use crate::scorebook::{CriterionHead, UnitResult};
use crate::text::Text;

/// The sheet of the unit at this index: dimensions with their sums, adjustments, the total. The printed rows add up [R2].
pub fn sheet(dossier: &Dossier, at: usize) -> Table {
    let Some(unit) = dossier.book.units.get(at) else { return Table::default() };
    let book = dossier.book;
    let printed = printed(&book.criteria);
    let mut table = Table::new(title(dossier, unit), columns(&printed));
    let sheet = Sheet { dossier, unit, at, printed };
    let mut of_total = Vec::new();
    // A parent's sum stands below its heading, before the rows of its children.
    let mut sums: Vec<(Option<usize>, Vec<usize>)> = vec![(None, Vec::new()); book.dimensions.len()];
    for (index, dimension) in book.dimensions.iter().enumerate() {
        table.section(scores::indented(&dimension.name, dimension.depth));
        for (criterion, scored) in sheet.of_dimension(index) {
            let row = table.rows.len();
            let within = std::iter::successors(Some(index), |at| book.dimensions.get(*at)?.counts_in);
            within.for_each(|within| sums[within].1.push(row));
            of_total.extend(dimension.in_total.then_some(row));
            table.push(sheet.row(criterion, &scored));
        }
        if let Some(subtotal) = unit.dimensions.get(index) {
            sums[index].0 = Some(table.rows.len());
            let points = points(book, Some(&subtotal.points));
            table.total(sum(&table.columns, &Text::new("小计", "Subtotal"), &points, &subtotal.applicable));
        }
    }
    sheet.adjustments(&mut table, &mut of_total);
    table.section(Text::new("合计", "Result"));
    table.total_of(of_total, sum(&table.columns, &Text::new("总分", "Total"), &total(book, unit), &unit.full_points));
    table.sums.extend(sums.into_iter().filter_map(|(row, of)| Some((row?, of))));
    table.notes = summary::outcome(unit);
    table.notes.extend(provisional(unit));
    table.notes.extend(sources::remarks(book));
    table
}

struct Sheet<'a> {
    dossier: &'a Dossier<'a>,
    unit: &'a UnitResult,
    at: usize,
    /// Columns of the published sheet that any criterion has.
    printed: Vec<&'a str>,
}

impl<'a> Sheet<'a> {
    /// The criteria of a dimension that stand on the unit's sheet.
    fn of_dimension(&self, dimension: usize) -> impl Iterator<Item = (usize, Scored<'a>)> {
        let (dossier, unit) = (self.dossier, self.at);
        let all = dossier.book.criteria.iter().enumerate().filter(move |(_, head)| head.dimension == dimension);
        all.filter_map(move |(at, _)| Some((at, Scored::of(dossier, unit, at)?)))
    }

    fn row(&self, criterion: usize, scored: &Scored) -> Vec<Cell> {
        let (head, score) = (scored.head, scored.score);
        let mut cells = vec![Cell::text(head.name.clone()).leading(format!("s{}-{criterion}", self.at)), scored.calculation()];
        cells.extend(scored.figures());
        cells.push(scored.lost());
        cells.extend(scored.among_peers());
        cells.extend([scored.next(), Cell::reason(&score.reason)]);
        let of_column = |id: &&str| Cell::maybe(head.printed.iter().find(|(column, _)| column == id).map(|(_, text)| text.clone()));
        cells.extend(self.printed.iter().map(of_column));
        cells
    }

    /// Every row between the dimension sums and the total [R2].
    fn adjustments(&self, table: &mut Table, of_total: &mut Vec<usize>) {
        if !self.unit.adjustments.is_empty() {
            table.section(Text::new("调整", "Adjustments"));
        }
        for row in &self.unit.adjustments {
            let cell = |column: &Column| match column.id.as_str() {
                "criterion" => Cell::text(step_word(row.step)),
                "points" => points(self.dossier.book, Some(&row.points)),
                "reason" => Cell::reason(&row.reason),
                _ => Cell::Empty,
            };
            of_total.push(table.rows.len());
            table.push(table.columns.iter().map(cell).collect());
        }
    }
}

fn columns(printed: &[&str]) -> Vec<Column> {
    let mut columns = vec![
        Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("calculation", Text::new("口径与数据", "Numbers"), Kind::Text).spare(3),
    ];
    columns.extend(Scored::columns());
    columns.push(Column::new("lost", Text::new("失分", "Lost"), Kind::Points).spare(2));
    columns.extend(Scored::columns_of_peers(3));
    columns.push(Column::new("next", Text::new("再得分需", "Next"), Kind::Text).spare(3));
    columns.push(Column::new("reason", Text::new("说明", "Reason"), Kind::Text));
    columns.extend(printed.iter().map(|id| Column::new(*id, printed_word(id), Kind::Text).spare(5)));
    columns
}

/// A row of sums.
fn sum(columns: &[Column], label: &Text, points: &Cell, full: &Exact) -> Vec<Cell> {
    let cell = |column: &Column| match column.id.as_str() {
        "criterion" => Cell::text(label.clone()),
        "points" => points.clone(),
        "full_points" => Cell::exact(full),
        _ => Cell::Empty,
    };
    columns.iter().map(cell).collect()
}

/// Columns of the published sheet, in the order in which criteria name them.
pub(super) fn printed(criteria: &[CriterionHead]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for (column, _) in criteria.iter().flat_map(|criterion| &criterion.printed) {
        if !found.contains(&column.as_str()) {
            found.push(column);
        }
    }
    found
}

/// The heading of a column of the published sheet.
pub(super) fn printed_word(id: &str) -> Text {
    match id {
        "requirement" => Text::new("考核要求", "Requirement"),
        "method" => Text::new("考核方法", "Method"),
        "scoring" => Text::new("评分标准", "Scoring"),
        "data_source" => Text::new("数据来源", "Data source"),
        "responsible" => Text::new("责任单位", "Responsible"),
        "note" => Text::new("备注", "Note"),
        other => Text::same(other),
    }
}

fn title(dossier: &Dossier, unit: &UnitResult) -> Text {
    let rank = |zh: bool| match (unit.rank, zh) {
        (Some(rank), true) => format!(" · 第 {rank} 名"),
        (Some(rank), false) => format!(" · rank {rank}"),
        (None, _) => String::new(),
    };
    let with = |name: &str, rank: String| format!("{name} · {}{rank}", dossier.book.head.period);
    Text::new(with(&unit.name.zh, rank(true)), with(&unit.name.en, rank(false)))
}
