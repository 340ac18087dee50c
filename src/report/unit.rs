//! The score sheet of one unit: every criterion with the numbers in it, every row that changes the total, the total.

use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::adjustments::step_word;
use crate::report::figures::{
    calculation, indistinct, interval, measure, next, points, provisional, rank, target_shown, total, value_shown,
};
use crate::report::table::{Cell, Column, Kind, Table, Tone};
use crate::report::{scores, sources, summary};
use crate::scorebook::{CriterionHead, IndicatorHead, MeasureResult, Score, UnitResult};
use crate::standing::Place;
use crate::text::Text;

/// The sheet of the unit at this index: dimensions with their sums, adjustments, the total. The printed rows add up [R2].
pub fn sheet(dossier: &Dossier, at: usize) -> Table {
    let Some(unit) = dossier.book.units.get(at) else { return Table::default() };
    let book = dossier.book;
    let sheet = Sheet { dossier, unit, at, printed: printed(&book.criteria) };
    let mut table = Table::new(title(dossier, unit), sheet.columns());
    let mut of_total = Vec::new();
    // A parent's sum stands below its heading, before the rows of its children.
    let mut sums: Vec<(Option<usize>, Vec<usize>)> = vec![(None, Vec::new()); book.dimensions.len()];
    for (index, dimension) in book.dimensions.iter().enumerate() {
        table.section(scores::indented(&dimension.name, dimension.depth));
        for (criterion, head, score) in sheet.of_dimension(index) {
            let row = table.rows.len();
            let within = std::iter::successors(Some(index), |at| book.dimensions.get(*at)?.counts_in);
            within.for_each(|within| sums[within].1.push(row));
            of_total.extend(dimension.in_total.then_some(row));
            table.push(sheet.row(criterion, head, score));
        }
        if let Some(subtotal) = unit.dimensions.get(index) {
            sums[index].0 = Some(table.rows.len());
            let points = points(book, Some(&subtotal.points));
            table.total(sheet.sum(&Text::new("小计", "Subtotal"), &points, &subtotal.applicable));
        }
    }
    sheet.adjustments(&mut table, &mut of_total);
    table.section(Text::new("合计", "Result"));
    table.total_of(of_total, sheet.sum(&Text::new("总分", "Total"), &total(book, unit), &unit.full_points));
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
    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![
            Column::new("criterion", Text::new("指标", "Criterion"), Kind::Text),
            Column::new("calculation", Text::new("口径与数据", "Numbers"), Kind::Text).spare(3),
            Column::new("value", Text::new("指标值", "Value"), Kind::Value),
            Column::new("interval", Text::new("区间", "Interval"), Kind::Text).spare(4),
            Column::new("indistinct", Text::new("统计判断", "Cannot be told from"), Kind::Text).spare(4),
            Column::new("target", Text::new("目标", "Target"), Kind::Text).spare(1),
            Column::new("points", Text::new("得分", "Points"), Kind::Points),
            Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
            Column::new("lost", Text::new("失分", "Lost"), Kind::Points).spare(2),
            Column::new("rank", Text::new("同类名次", "Among peers"), Kind::Text).spare(3),
            Column::new("median", Text::new("同类中位数", "Peer median"), Kind::Value).spare(3),
            Column::new("next", Text::new("再得分需", "Next"), Kind::Text).spare(3),
            Column::new("reason", Text::new("说明", "Reason"), Kind::Text),
        ];
        columns.extend(self.printed.iter().map(|id| Column::new(*id, printed_word(id), Kind::Text).spare(5)));
        columns
    }

    /// The criteria of a dimension that stand on the unit's sheet.
    fn of_dimension(&self, dimension: usize) -> impl Iterator<Item = (usize, &'a CriterionHead, &'a Score)> {
        let all = self.dossier.book.criteria.iter().zip(&self.unit.scores).enumerate();
        all.filter(move |(_, (head, score))| head.dimension == dimension && score.is_on_sheet).map(|(at, (head, score))| (at, head, score))
    }

    fn row(&self, criterion: usize, head: &CriterionHead, score: &Score) -> Vec<Cell> {
        let book = self.dossier.book;
        let measured = measure(self.unit, score);
        let indicator = measured.and_then(|measure| book.indicators.get(measure.indicator));
        let both = indicator.zip(measured);
        let lost = score.points.as_ref().map(|points| &head.points - points).filter(|lost| !lost.is_zero());
        let mut cells = vec![
            Cell::text(head.name.clone()).leading(format!("s{}-{criterion}", self.at)),
            both.map_or(Cell::Empty, |(indicator, measure)| calculation(indicator, measure)),
            value_shown(book, self.unit, score).shaded(light(score)),
            both.map_or(Cell::Empty, |(indicator, measure)| interval(indicator, measure.interval.as_ref())),
            both.map_or(Cell::Empty, |both| self.indistinct((head, score), both)),
            target_shown(book, head, score),
            points(book, score.points.as_ref()),
            Cell::exact(&head.points),
            lost.map_or(Cell::Empty, |lost| Cell::points(&lost, book.head.points_decimals)),
        ];
        cells.extend(self.among_peers(measured));
        cells.push(next(book, indicator, score));
        cells.push(Cell::reason(&score.reason));
        let of_column = |id: &&str| Cell::maybe(head.printed.iter().find(|(column, _)| column == id).map(|(_, text)| text.clone()));
        cells.extend(self.printed.iter().map(of_column));
        cells
    }

    fn indistinct(&self, scored: (&CriterionHead, &Score), (indicator, measure): (&IndicatorHead, &MeasureResult)) -> Cell {
        let field = self.dossier.standing.field(measure.indicator, self.unit);
        indistinct(scored, measure, field.and_then(|field| field.together(&indicator.factor)).as_ref())
    }

    /// The place among peers, and their median.
    fn among_peers(&self, measured: Option<&MeasureResult>) -> [Cell; 2] {
        let book = self.dossier.book;
        let Some((measure, head)) = measured.and_then(|measure| Some((measure, book.indicators.get(measure.indicator)?))) else {
            return [Cell::Empty, Cell::Empty];
        };
        let field = self.dossier.standing.field(measure.indicator, self.unit);
        let place: Option<&Place> = self.dossier.standing.units.get(self.at).and_then(|unit| unit.places.get(measure.indicator));
        let median = field.and_then(|field| field.median.as_ref());
        let median = median.map_or(Cell::Empty, |median| super::figures::figure(head, median));
        [rank(place, field.map(|field| field.count)), median]
    }

    /// A row of sums.
    fn sum(&self, label: &Text, points: &Cell, full: &Exact) -> Vec<Cell> {
        let cell = |column: &Column| match column.id.as_str() {
            "criterion" => Cell::text(label.clone()),
            "points" => points.clone(),
            "full_points" => Cell::exact(full),
            _ => Cell::Empty,
        };
        self.columns().iter().map(cell).collect()
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
            table.push(self.columns().iter().map(cell).collect());
        }
    }
}

/// The shade of a value that passed a line.
pub(super) fn light(score: &Score) -> Option<Tone> {
    match score.light {
        Some("alarm") => Some(Tone::Alarm),
        Some("warn") => Some(Tone::Warn),
        _ => None,
    }
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
