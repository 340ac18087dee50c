//! Where the column names stand: in the first row, in rows that are named, or in the first rows that hold
//! what they must; and what several rows of merged names together say.

use crate::intake::cell::Unit;
use crate::intake::width::is_blank;
use crate::intake::workbook::Area;

/// Where the column names stand.
#[derive(Clone, Copy)]
pub enum Head<'h> {
    /// In the first row that is not blank.
    First,
    /// In these rows, from 1.
    Rows(u64, u64),
    /// In the first row for which this finds the columns that label a row, and in rows of merged names
    /// around it; in the first row that is not blank where there is none.
    Holding(&'h dyn Fn(&[String]) -> Option<Vec<usize>>),
}

/// Rows looked at for column names.
pub(super) const SAMPLE: usize = 60;
/// Rows that merged names take at most.
const LEVELS: usize = 3;

/// A row as cells, without the blanks around them.
#[derive(Debug, Clone)]
pub struct Top {
    /// Its line, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Rows of column names, first and last, as positions among the rows near the top.
pub(super) type Block = (usize, usize);

impl Top {
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().enumerate().map(|(column, cell)| (column, cell.as_str())).filter(|(_, cell)| !cell.is_empty())
    }
}

/// The rows of names around row `at`, whose `labels` are the columns that name what a row is about.
pub(super) fn block(tops: &[Top], at: usize, labels: &[usize]) -> Block {
    let row = |index: usize| tops.get(index);
    let (mut first, mut last) = (at, at);
    while last - first + 1 < LEVELS && row(last + 1).is_some_and(|below| is_lower(below, tops.get(last), labels)) {
        last += 1;
    }
    while last - first + 1 < LEVELS && first > 0 && row(first - 1).is_some_and(|above| is_upper(above, tops.get(first), labels)) {
        first -= 1;
    }
    (first, last)
}

/// A second row of names: nothing under the labels, words elsewhere, and a name above that they divide, or
/// units alone.
fn is_lower(below: &Top, above: Option<&Top>, labels: &[usize]) -> bool {
    let Some(above) = above else { return false };
    let is_word = |text: &str| text.chars().any(char::is_alphabetic);
    let divides = below.filled().any(|(column, _)| above.cell(column).is_empty());
    let are_units = below.filled().all(|(_, cell)| Unit::parse_bracketed(cell).is_some());
    labels.iter().all(|label| below.cell(*label).is_empty())
        && below.filled().next().is_some()
        && below.filled().all(|(_, cell)| is_word(cell) || are_units)
        && (divides || are_units)
}

/// A row of names that each stand over several columns; titles and notes stand over the labels or hold a colon.
fn is_upper(above: &Top, below: Option<&Top>, labels: &[usize]) -> bool {
    let Some(below) = below else { return false };
    let spans = |column: usize| !below.cell(column).is_empty() && !below.cell(column + 1).is_empty() && above.cell(column + 1).is_empty();
    let behind = labels.iter().max().copied().unwrap_or(0);
    above.filled().next().is_some()
        && above.filled().all(|(column, cell)| column > behind && !cell.contains([':', '\u{ff1a}']))
        && above.filled().any(|(column, _)| spans(column))
}

/// The names of every column from the top row of names to the bottom one, those of one text once. A name
/// that stands over several columns holds for each: as far as its cell was merged, where that is known,
/// else up to the next name.
pub(super) fn levels(rows: &[Top], merged: &[Area], width: usize) -> Vec<Vec<String>> {
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); width];
    let inside: Vec<&Area> = merged.iter().filter(|area| rows.iter().any(|row| area.rows.0 == row.line)).collect();
    for (at, row) in rows.iter().enumerate() {
        let mut last: Option<(usize, &str)> = None;
        for (column, names) in columns.iter_mut().enumerate() {
            let own = row.cell(column);
            if !own.is_empty() {
                last = Some((column, own));
            }
            let is_divided = rows.get(at + 1..).unwrap_or_default().iter().any(|lower| !lower.cell(column).is_empty());
            let is_over = |(from, _): &(usize, &str)| {
                let spans = |area: &&Area| area.rows.0 == row.line && area.columns.0 == *from && area.columns.1 >= column;
                if inside.is_empty() { is_divided } else { inside.iter().any(spans) }
            };
            let name = if own.is_empty() { last.filter(is_over).map(|(_, name)| name) } else { Some(own) };
            add(names, name.unwrap_or_default());
        }
    }
    columns
}

/// A unit below a name goes behind it in brackets, as it stands in a header of one row.
fn add(names: &mut Vec<String>, name: &str) {
    if name.is_empty() || names.last().is_some_and(|above| above == name) {
        return;
    }
    let plain = name.trim_matches(|c: char| matches!(c, '(' | ')' | '\u{ff08}' | '\u{ff09}') || is_blank(c));
    match names.last_mut() {
        Some(above) if Unit::parse(plain).is_some_and(|unit| unit != Unit::Times(0)) => *above = format!("{above}({plain})"),
        Some(_) if plain != name && Unit::parse(plain).is_some() => {}
        _ => names.push(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops(rows: &[&str]) -> Vec<Top> {
        let cells = |row: &&str| row.split(',').map(str::to_owned).collect();
        (1..).zip(rows.iter().map(cells)).map(|(line, cells)| Top { line, cells }).collect()
    }

    #[track_caller]
    fn case(rows: &[&str], at: usize, labels: &[usize], block_is: Block, names: &str) {
        let tops = tops(rows);
        let found = block(&tops, at, labels);
        assert_eq!(found, block_is);
        let width = tops.iter().map(|top| top.cells.len()).max().unwrap_or(0);
        let joined: Vec<String> = levels(&tops[found.0..=found.1], &[], width).iter().map(|names| names.join("/")).collect();
        assert_eq!(joined.join(" "), names);
    }

    #[test]
    fn one_row_of_names_stays_one() {
        case(&["code,a,b", "E1,1,2"], 0, &[0], (0, 0), "code a b");
        case(&["code,a,b", ",x,y"], 0, &[0], (0, 0), "code a b");
        case(&["Title,,", "code,a,b", "E1,1,2"], 1, &[0], (1, 1), "code a b");
        case(&["表号:1,,", ",,单位：人", "code,a,b", "E1,1,2"], 2, &[0], (2, 2), "code a b");
    }

    #[test]
    fn names_over_several_columns_hold_for_each() {
        case(
            &["code,门诊,,住院,,备注", ",人次,收入,人次,收入,", "E1,1,2,3,4,"],
            0,
            &[0],
            (0, 1),
            "code 门诊/人次 门诊/收入 住院/人次 住院/收入 备注",
        );
        case(&[",门诊,,住院,", "code,人次,收入,人次,收入"], 1, &[0], (0, 1), "code 门诊/人次 门诊/收入 住院/人次 住院/收入");
        case(
            &["code,医疗,,,", ",门诊,,住院,", ",人次,收入,人次,收入"],
            0,
            &[0],
            (0, 2),
            "code 医疗/门诊/人次 医疗/门诊/收入 医疗/住院/人次 医疗/住院/收入",
        );
    }

    /// N6: a row of units under the names is the unit of each.
    #[test]
    fn units_below_the_names_go_behind_them() {
        case(&["code,visits,income", ",人次,万元", "E1,1,2"], 0, &[0], (0, 1), "code visits/人次 income(万元)");
    }

    #[test]
    fn merged_areas_say_how_far_a_name_goes() {
        let rows = tops(&["code,门诊,,,", ",人次,收入,床位,其他"]);
        let merged = [Area { rows: (1, 1), columns: (1, 2) }, Area { rows: (1, 2), columns: (0, 0) }];
        let joined: Vec<String> = levels(&rows, &merged, 5).iter().map(|names| names.join("/")).collect();
        assert_eq!(joined, ["code", "门诊/人次", "门诊/收入", "床位", "其他"]);
    }
}
