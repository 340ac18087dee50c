//! Tables and lists cut to what a printed notice can hold; the files beside it have the rest.

use crate::report::table::{Style, Table};
use crate::text::Text;

/// Rows of a table, at most.
const ROWS: usize = 200;
/// Lines of a list, at most.
const LINES: usize = 50;

/// The table with these columns only.
pub(super) fn only(mut table: Table, ids: &[&str]) -> Table {
    let keep: Vec<bool> = table.columns.iter().map(|column| ids.contains(&column.id.as_str())).collect();
    let mut at = keep.iter();
    table.columns.retain(|_| at.next() == Some(&true));
    for row in table.rows.iter_mut().filter(|row| row.style != Style::Section) {
        let mut at = keep.iter();
        row.cells.retain(|_| at.next() == Some(&true));
    }
    table
}

/// The first rows, and a note on the rest.
pub(super) fn limited(mut table: Table) -> Table {
    let count = table.rows.iter().filter(|row| row.style == Style::Body).count();
    if count <= ROWS {
        return table;
    }
    let mut seen = 0;
    table.rows.retain(|row| {
        seen += usize::from(row.style == Style::Body);
        seen <= ROWS && !(seen == ROWS && row.style == Style::Section)
    });
    let rest = count - ROWS;
    let note = Text::new(
        format!("以上为前 {ROWS} 行，其余 {rest} 行见结果文件夹中的 summary.csv 和 report.html。"),
        format!("These are the first {ROWS} rows; summary.csv and report.html in the result folder have the other {rest}."),
    );
    table.notes.insert(0, note);
    table
}

/// The first lines, and a last one on the rest.
pub(super) fn lines(mut all: Vec<Text>) -> Vec<Text> {
    let rest = all.len().saturating_sub(LINES);
    if rest > 0 {
        all.truncate(LINES);
        all.push(Text::new(
            format!("另有 {rest} 个考核对象，见结果文件夹中的 report.html。"),
            format!("{rest} more units: report.html in the result folder has them."),
        ));
    }
    all
}
