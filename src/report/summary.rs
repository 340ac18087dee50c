//! The ranked table: `summary.csv` (DESIGN §5) and the ranking people see first.

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::report::figures::total;
use crate::report::table::{Cell, Column, Kind, Style, Table, paragraph};
use crate::scorebook::{Adjustment, Scorebook, UnitResult};
use crate::text::{Text, list};

/// `summary.csv`: a row per unit, by peer group and rank.
pub fn file(book: &Scorebook) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("name", Kind::Text),
        ("peer_group", Kind::Text),
        ("total", Kind::Points),
        ("full_points", Kind::Exact),
        ("rank", Kind::Count),
        ("grade", Kind::Text),
        ("veto", Kind::Text),
        ("provisional", Kind::Flag),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for unit in ranked(book) {
        table.push(vec![
            Cell::text(unit.key.as_str()),
            Cell::text(unit.name.clone()),
            Cell::text(unit.peer_group.as_str()),
            total(book, unit),
            Cell::exact(&unit.full_points),
            rank(unit),
            Cell::maybe(unit.grade.clone()),
            Cell::text(unit.vetoes.join("; ")),
            Cell::Flag(!unit.provisional.is_empty()),
        ]);
    }
    table
}

/// The ranking for people: a section per peer group; dimension sums and adjustments add up to the
/// total [R2].
pub fn ranking(book: &Scorebook) -> Table {
    // Asked once: what is needed is found by a look at every unit.
    let parts: Vec<Parts> = Parts::all().filter(|part| part.is_needed(book)).collect();
    let mut table = Table::new(title(book), parts.iter().flat_map(|part| part.columns(book)).collect());
    table.across = across(book, &parts);
    let mut group = None;
    let grouped = book.units.iter().any(|unit| !unit.peer_group.is_empty());
    for unit in ranked(book) {
        if grouped && group != Some(&unit.peer_group) {
            group = Some(&unit.peer_group);
            table.section(group_heading(&unit.peer_group));
        }
        table.push(parts.iter().flat_map(|part| part.cells(book, unit)).collect());
    }
    table.notes = super::sources::remarks(book);
    table.notes.extend(provisional(book));
    table
}

/// The column of the total adds up those of the dimensions in it and of the adjustments [R2].
fn across(book: &Scorebook, parts: &[Parts]) -> BTreeMap<usize, Vec<usize>> {
    let (mut added, mut total, mut at) = (Vec::new(), None, 0);
    for part in parts {
        let columns = part.columns(book).len();
        match part {
            Parts::Dimensions => {
                let top = book.dimensions.iter().filter(|dimension| dimension.within.is_none());
                added.extend((at..at + columns).zip(top).filter(|(_, dimension)| dimension.in_total).map(|(column, _)| column));
            }
            Parts::Adjustments => added.push(at),
            Parts::Total => total = Some(at),
            Parts::Rank | Parts::Key | Parts::Name | Parts::Grade | Parts::Remarks => {}
        }
        at += columns;
    }
    total.map(|total| (total, added)).into_iter().collect()
}

/// Makes the names in the ranking lead to the sheets of the units.
pub(super) fn lead(table: &mut Table, book: &Scorebook) {
    let Some(name) = table.columns.iter().position(|column| column.id == "name") else { return };
    let mut units = order(book).into_iter();
    for row in table.rows.iter_mut().filter(|row| row.style == Style::Body) {
        if let (Some(cell), Some(at)) = (row.cells.get_mut(name), units.next()) {
            *cell = cell.clone().leading(format!("u{at}"));
        }
    }
}

/// Units whose reasons for being provisional are told below the ranking.
const REASONS_SHOWN: usize = 5;

/// Why results are provisional [S4]; all reasons stand on the units' sheets.
pub(super) fn provisional(book: &Scorebook) -> Vec<Text> {
    let open: Vec<&UnitResult> = book.units.iter().filter(|unit| !unit.provisional.is_empty()).collect();
    let reason = |unit: &&UnitResult| {
        let why = paragraph(&unit.provisional);
        Text::new(format!("暂定：{}，{}", unit.name.zh, why.zh), format!("Provisional: {}, {}", unit.name.en, why.en))
    };
    let mut notes: Vec<Text> = open.iter().take(REASONS_SHOWN).map(reason).collect();
    if let Some(more) = open.len().checked_sub(REASONS_SHOWN).filter(|more| *more > 0) {
        notes.push(Text::new(format!("另有 {more} 个考核对象的结果是暂定的"), format!("{more} more results are provisional")));
    }
    notes
}

/// Units in the order of [`order`].
pub(super) fn ranked(book: &Scorebook) -> impl Iterator<Item = &UnitResult> {
    order(book).into_iter().filter_map(|at| book.units.get(at))
}

/// Indices of units by peer group, then rank; those without a rank last; ties by key [R4].
pub(super) fn order(book: &Scorebook) -> Vec<usize> {
    let mut order: Vec<usize> = (0..book.units.len()).collect();
    order.sort_by_key(|at| {
        let unit = &book.units[*at];
        (unit.peer_group.as_str(), unit.rank.is_none(), unit.rank, unit.key.as_str())
    });
    order
}

pub(super) fn title(book: &Scorebook) -> Text {
    let period = book.head.period;
    let with_period = |title: &str| format!("{title} · {period}");
    Text::new(with_period(&book.head.title.zh), with_period(&book.head.title.en))
}

pub(super) fn group_heading(group: &str) -> Text {
    if group.is_empty() { Text::new("(无同类组)", "(no peer group)") } else { Text::same(group) }
}

pub(super) fn rank(unit: &UnitResult) -> Cell {
    unit.rank.map_or_else(|| Cell::Missing(Text::same("–")), Cell::count)
}

/// The groups of columns of the ranking, left to right.
#[derive(Clone, Copy)]
enum Parts {
    Rank,
    Key,
    Name,
    Dimensions,
    Adjustments,
    Total,
    Grade,
    Remarks,
}

impl Parts {
    fn all() -> impl Iterator<Item = Self> {
        use Parts::{Adjustments, Dimensions, Grade, Key, Name, Rank, Remarks, Total};
        [Rank, Key, Name, Dimensions, Adjustments, Total, Grade, Remarks].into_iter()
    }

    /// The columns of this group.
    fn columns(self, book: &Scorebook) -> Vec<Column> {
        let full = |name: &Text| with_points(name, &book.head.full_points);
        match self {
            Self::Rank => vec![Column::new("rank", Text::new("名次", "Rank"), Kind::Count)],
            Self::Key => vec![Column::new("unit", Text::new("编号", "Unit"), Kind::Text).spare(2)],
            Self::Name => vec![Column::new("name", Text::new("考核对象", "Name"), Kind::Text)],
            Self::Dimensions => dimension_columns(book),
            Self::Adjustments => vec![Column::new("adjustments", Text::new("调整", "Adjusted"), Kind::Points).spare(1)],
            Self::Total => vec![Column::new("total", full(&Text::new("总分", "Total")), Kind::Points)],
            Self::Grade => vec![Column::new("grade", Text::new("等级", "Grade"), Kind::Text)],
            Self::Remarks => vec![Column::new("remarks", Text::new("备注", "Remarks"), Kind::Text)],
        }
    }

    fn cells(self, book: &Scorebook, unit: &UnitResult) -> Vec<Cell> {
        let decimals = book.head.points_decimals;
        match self {
            Self::Rank => vec![rank(unit)],
            Self::Key => vec![Cell::text(unit.key.as_str())],
            Self::Name => vec![Cell::text(unit.name.clone())],
            Self::Dimensions => dimension_cells(book, unit),
            Self::Adjustments if unit.adjustments.is_empty() => vec![Cell::Empty],
            Self::Adjustments => vec![Cell::points(&unit.adjusted(), decimals)],
            Self::Total => vec![total(book, unit)],
            Self::Grade => vec![Cell::maybe(unit.grade.clone())],
            Self::Remarks => vec![remarks(unit)],
        }
    }

    /// Whether any unit has something to show in this group.
    fn is_needed(self, book: &Scorebook) -> bool {
        let any = |has: fn(&UnitResult) -> bool| book.units.iter().any(has);
        match self {
            Self::Rank | Self::Name | Self::Dimensions | Self::Total => true,
            Self::Key => any(|unit| unit.name != Text::same(unit.key.as_str())),
            Self::Adjustments => any(|unit| !unit.adjustments.is_empty()),
            Self::Grade => any(|unit| unit.grade.is_some()),
            Self::Remarks => any(|unit| remarks(unit) != Cell::Empty),
        }
    }
}

/// A heading with the points behind it; where classes differ in them there are none to show.
pub(super) fn with_points(name: &Text, points: &Exact) -> Text {
    if points.is_zero() {
        return name.clone();
    }
    Text::new(format!("{} ({points})", name.zh), format!("{} ({points})", name.en))
}

/// Top dimensions with their full points.
fn dimension_columns(book: &Scorebook) -> Vec<Column> {
    let top = book.dimensions.iter().filter(|dimension| dimension.within.is_none());
    top.map(|dimension| {
        let heading = with_points(&dimension.name, &dimension.points);
        if dimension.in_total {
            return Column::new(dimension.id.as_str(), heading, Kind::Points).spare(1);
        }
        let apart = Text::new(format!("{}，另计", heading.zh), format!("{}, apart", heading.en));
        Column::new(dimension.id.as_str(), apart, Kind::Points).spare(3)
    })
    .collect()
}

fn dimension_cells(book: &Scorebook, unit: &UnitResult) -> Vec<Cell> {
    let top = book.dimensions.iter().zip(&unit.dimensions).filter(|(dimension, _)| dimension.within.is_none());
    top.map(|(_, subtotal)| {
        if subtotal.applicable.is_zero() {
            Cell::Missing(Text::new("不适用", "n/a"))
        } else {
            Cell::points(&subtotal.points, book.head.points_decimals)
        }
    })
    .collect()
}

/// What must be known beside the figures: why there is no total, vetoes, the provisional mark [S4].
pub(super) fn remarks(unit: &UnitResult) -> Cell {
    let mut remarks: Vec<Text> = unit.no_total.iter().map(|said| paragraph(std::slice::from_ref(said))).collect();
    if !unit.vetoes.is_empty() {
        let ids = unit.vetoes.join(", ");
        remarks.push(Text::new(format!("否决：{ids}"), format!("veto: {ids}")));
    }
    remarks.extend(unit.verdicts.iter().map(|stated| stated.states.clone()));
    remarks.extend(disqualified(unit));
    if !unit.provisional.is_empty() {
        remarks.push(Text::new("暂定", "provisional"));
    }
    Cell::text(list(&remarks))
}

fn disqualified(unit: &UnitResult) -> impl Iterator<Item = Text> {
    unit.disqualified.iter().map(|from| Text::new(format!("取消{}资格", from.zh), format!("out of the running for {}", from.en)))
}

/// What follows from vetoes, verdicts and grades, beside the grade itself.
pub(super) fn outcome(unit: &UnitResult) -> Vec<Text> {
    let verdicts = unit.verdicts.iter().map(|stated| {
        let why = paragraph(&stated.reason);
        Text::new(format!("{}（{}）", stated.states.zh, why.zh), format!("{} ({})", stated.states.en, why.en))
    });
    verdicts.chain(disqualified(unit)).chain(unit.grade_notes.iter().map(|said| paragraph(std::slice::from_ref(said)))).collect()
}

/// Points of an adjustment row, for the sheets that print it.
pub(super) fn adjustment_points(book: &Scorebook, row: &Adjustment) -> Cell {
    Cell::points(&row.points, book.head.points_decimals)
}
