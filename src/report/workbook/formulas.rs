//! Sums as formulas: only where what they add up gives exactly what stands in the cell.

use rust_xlsxwriter::utility::row_col_to_cell;

use crate::number::Exact;
use crate::report::table::{Cell, Kind, Table};
use crate::report::workbook::cell::double;

/// Parts of a sum at most: programs take 255.
const PARTS: usize = 250;

/// Where the cells of a table stand on its sheet.
pub(super) struct Grid<'a> {
    /// Row of the first row of the table.
    pub(super) first: u32,
    /// Columns of the table that are shown, from left to right.
    pub(super) shown: &'a [usize],
}

impl Grid<'_> {
    fn place(&self, (row, column): (usize, usize)) -> Option<(u32, u16)> {
        let column = self.shown.iter().position(|shown| *shown == column)?;
        Some((self.first + u32::try_from(row).ok()?, u16::try_from(column).ok()?))
    }
}

/// A formula and its result.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) formula: String,
    pub(super) result: String,
}

/// The sum that this cell of the table is, if it is one.
pub(super) fn sum(table: &Table, at: (usize, usize), grid: &Grid) -> Option<Sum> {
    let (row, column) = at;
    let (total, decimals) = points(table, at)?;
    let cells: Vec<(usize, usize)> = match table.sums.get(&row) {
        Some(rows) => rows.iter().map(|row| (*row, column)).collect(),
        None => table.across.get(&column)?.iter().map(|column| (row, *column)).collect(),
    };
    let added: Exact = cells.iter().filter_map(|at| points(table, *at)).map(|(points, _)| points).fold(Exact::zero(), |sum, one| sum + one);
    let ranges = ranges(&cells.iter().filter_map(|at| grid.place(*at)).collect::<Vec<_>>());
    if added != total || ranges.is_empty() || ranges.len() > PARTS {
        return None;
    }
    // The parts are doubles; rounded to the decimals of the points, their sum is the double of the printed one.
    Some(Sum { formula: format!("=ROUND(SUM({}),{decimals})", ranges.join(",")), result: total.fixed(decimals) })
}

/// The points as they stand in a cell, and their decimals.
fn points(table: &Table, (row, column): (usize, usize)) -> Option<(Exact, u32)> {
    let cell = table.rows.get(row)?.cells.get(column)?;
    let Cell::Number(number) = cell.parts().0 else { return None };
    let decimals = number.decimals.filter(|_| table.columns.get(column).is_some_and(|column| column.kind == Kind::Points))?;
    double(number, Kind::Points)?;
    Some((number.exact.fixed(decimals).parse().ok()?, decimals))
}

/// Neighbours in a row or a column as ranges, in the order of the sheet.
fn ranges(cells: &[(u32, u16)]) -> Vec<String> {
    let mut cells = cells.to_vec();
    cells.sort_unstable();
    let mut found: Vec<[(u32, u16); 2]> = Vec::new();
    for cell in cells {
        match found.last_mut() {
            Some([first, last]) if first.0 == cell.0 && (last.0, last.1 + 1) == cell => *last = cell,
            Some([first, last]) if first.1 == cell.1 && (last.0 + 1, last.1) == cell => *last = cell,
            _ => found.push([cell, cell]),
        }
    }
    let name = |(row, column)| row_col_to_cell(row, column);
    found.into_iter().map(|[first, last]| if first == last { name(first) } else { format!("{}:{}", name(first), name(last)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Column;
    use crate::text::Text;

    fn points(text: &str) -> Vec<Cell> {
        vec![Cell::text("x"), Cell::points(&text.parse().expect("a number"), 2)]
    }

    fn table(rows: &[&str], of: Vec<usize>, total: &str) -> Table {
        let mut table = Table::new(Text::default(), vec![Column::plain("a", Kind::Text), Column::plain("points", Kind::Points)]);
        for row in rows {
            table.push(points(row));
        }
        table.total_of(of, points(total));
        table
    }

    const GRID: Grid = Grid { first: 3, shown: &[0, 1] };

    /// Rows 0, 1 and 3 stand in lines 4, 5 and 7.
    #[test]
    fn neighbours_are_added_as_a_range() {
        let table = table(&["0.10", "0.20", "5", "0.30"], vec![0, 1, 3], "0.60");
        let expected = Sum { formula: "=ROUND(SUM(B4:B5,B7),2)".to_owned(), result: "0.60".to_owned() };
        assert_eq!(sum(&table, (4, 1), &GRID), Some(expected));
    }

    #[test]
    fn a_sum_that_does_not_come_out_stays_a_number() {
        assert_eq!(sum(&table(&["1", "2"], vec![0, 1], "3.01"), (2, 1), &GRID), None);
        assert_eq!(sum(&table(&["1", "2"], vec![], "0"), (2, 1), &GRID), None);
        assert_eq!(sum(&table(&["1", "2"], vec![0, 1], "3"), (2, 0), &GRID), None, "words are no sum");
    }

    #[test]
    fn a_row_is_added_across() {
        let columns = ["a", "b", "c", "d"].map(|id| Column::plain(id, Kind::Points)).to_vec();
        let mut table = Table::new(Text::default(), columns);
        let cell = |text: &str| Cell::points(&text.parse().expect("a number"), 1);
        table.push(vec![cell("1"), cell("7"), Cell::Missing(Text::same("n/a")), cell("1")]);
        table.across.insert(3, vec![0, 2]);
        let grid = Grid { first: 3, shown: &[0, 1, 2, 3] };
        assert_eq!(sum(&table, (0, 3), &grid).map(|sum| sum.formula), Some("=ROUND(SUM(A4,C4),1)".to_owned()));
        assert_eq!(sum(&table, (0, 1), &grid), None);
    }
}
