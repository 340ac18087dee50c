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
pub(super) fn block(tops: &[Top], at: usize, labels: &[usize], merged: &[Area]) -> Block {
    let row = |index: usize| tops.get(index);
    let (mut first, mut last) = (at, at);
    let is_next = |last: usize| row(last + 1).is_some_and(|below| is_lower(below, tops.get(last), labels, merged));
    let is_of_units = |last: usize| row(last + 1).is_some_and(is_unit_row);
    while last - first + 1 < LEVELS && is_next(last) && !is_of_units(last) {
        last += 1;
    }
    let lowest = last;
    // Units below the names are a row of their own.
    if is_next(last) && is_of_units(last) {
        last += 1;
    }
    while lowest - first + 1 < LEVELS && first > 0 && row(first - 1).is_some_and(|above| is_upper(above, tops.get(first), labels)) {
        first -= 1;
    }
    (first, last)
}

/// A second row of names: nothing under the labels, words elsewhere, and a name above that they divide, or
/// labels merged with the cells below them; or a row of units alone.
fn is_lower(below: &Top, above: Option<&Top>, labels: &[usize], merged: &[Area]) -> bool {
    let Some(above) = above else { return false };
    if is_unit_row(below) {
        return labels.iter().all(|label| below.cell(*label).is_empty() || is_unit_word(below.cell(*label)));
    }
    let is_word = |text: &str| text.chars().any(char::is_alphabetic);
    let divides = below.filled().any(|(column, _)| above.cell(column).is_empty());
    let reaches_down = |area: &Area| area.rows.0 <= above.line && area.rows.1 >= below.line;
    let is_merged = merged.iter().any(|area| reaches_down(area) && labels.contains(&area.columns.0));
    labels.iter().all(|label| below.cell(*label).is_empty())
        && below.filled().next().is_some()
        && below.filled().all(|(_, cell)| is_word(cell))
        && (divides || is_merged)
}

/// A row of names over groups of columns: one stands over several, or each column has its own, or one says
/// that what is below it is another figure, or the scale of it. Titles and notes stand over the labels or
/// hold a colon.
fn is_upper(above: &Top, below: Option<&Top>, labels: &[usize]) -> bool {
    let Some(below) = below else { return false };
    let next = |column: usize| below.filled().map(|(next, _)| next).find(|next| *next > column);
    let spans = |column: usize| next(column).is_some_and(|next| above.cell(next).is_empty());
    let behind = labels.iter().max().copied().unwrap_or(0);
    let is_over_names =
        above.filled().all(|(column, cell)| column > behind && !below.cell(column).is_empty() && !cell.contains([':', '\u{ff1a}']));
    let are_all_headed = || below.filled().filter(|(column, _)| *column > behind).all(|(column, _)| !above.cell(column).is_empty());
    let has_several = || above.filled().nth(1).is_some();
    let is_telling = |cell: &str| means_another_figure(cell) || has_several() && Unit::parse_bracketed(cell).is_some();
    above.filled().next().is_some()
        && is_over_names
        && (above.filled().any(|(column, cell)| spans(column) || is_telling(cell)) || has_several() && are_all_headed())
}

/// Units, and nothing else but the word for them.
fn is_unit_row(row: &Top) -> bool {
    let is_unit = |cell: &str| Unit::parse_bracketed(cell).is_some();
    row.filled().any(|(_, cell)| is_unit(cell)) && row.filled().all(|(_, cell)| is_unit(cell) || is_unit_word(cell))
}

fn is_unit_word(cell: &str) -> bool {
    matches!(cell.trim_matches(|c: char| is_bracket(c) || is_blank(c)), "单位" | "计量单位" | "数量单位")
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '\u{ff08}' | '\u{ff09}')
}

/// What a heading says whose figures are not those of the period as they were reached.
const ANOTHER: &[&str] = &[
    "累计", "上年", "去年", "同期", "上期", "上月", "基期", "目标", "计划", "任务", "预算", "预计", "增减", "增长", "增幅", "同比", "环比",
    "占比", "比重",
];

/// True for a heading under which stand figures of another kind: 上年同期, 本年累计, 目标值, 增减(%).
pub fn means_another_figure(heading: &str) -> bool {
    let plain = SERVICES.iter().fold(heading.to_owned(), |text, service| text.replace(service, ""));
    ANOTHER.iter().any(|word| plain.contains(word))
}

/// Services and groups of people that have such a word in their names.
const SERVICES: &[&str] = &["计划生育", "计划免疫", "计划怀孕", "目标人群"];

/// The names of every column from the top row of names to the bottom one, those of one text once. A name
/// that stands over several columns holds for each: as far as its cell was merged, where that is known,
/// else up to the next name.
pub(super) fn levels(rows: &[Top], merged: &[Area], width: usize) -> Vec<Vec<String>> {
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); width];
    let inside: Vec<&Area> = merged.iter().filter(|area| rows.iter().any(|row| area.rows.0 == row.line)).collect();
    let are_merged = inside.iter().any(|area| area.columns.0 < area.columns.1);
    for (at, row) in rows.iter().enumerate() {
        let is_of_units = at > 0 && is_unit_row(row);
        let mut last: Option<(usize, &str)> = None;
        for (column, names) in columns.iter_mut().enumerate() {
            let own = row.cell(column);
            if !own.is_empty() {
                last = Some((column, own));
            }
            let is_divided = rows.get(at + 1..).unwrap_or_default().iter().any(|lower| !lower.cell(column).is_empty());
            let is_over = |(from, _): &(usize, &str)| {
                let area = inside.iter().find(|area| area.rows.0 == row.line && area.columns.0 == *from);
                match area {
                    Some(area) => area.columns.1 >= column,
                    None => !are_merged && is_divided && !is_of_units,
                }
            };
            let name = if own.is_empty() { last.filter(is_over).map(|(_, name)| name) } else { Some(own) };
            if !(is_of_units && is_unit_word(name.unwrap_or_default())) {
                add(names, name.unwrap_or_default());
            }
        }
    }
    columns
}

/// A unit below a name goes behind it in brackets, as it stands in a header of one row.
fn add(names: &mut Vec<String>, name: &str) {
    if name.is_empty() || names.last().is_some_and(|above| above == name) {
        return;
    }
    let plain = name.trim_matches(|c: char| is_bracket(c) || is_blank(c));
    match names.last_mut() {
        // A unit above all names stays what it is.
        Some(above) if Unit::parse_bracketed(above).is_some() => names.push(name.to_owned()),
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
        let found = block(&tops, at, labels, &[]);
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

    /// N6: units below three rows of names are a fourth one; its first cell may say so.
    #[test]
    fn units_below_three_rows_of_names_are_read() {
        let rows = ["code,医疗,,,", ",门诊,,住院,", ",人次,收入,人次,收入", "单位,人次,万元,人次,万元", "E1,1,2,3,4"];
        let names = "code 医疗/门诊/人次 医疗/门诊/收入(万元) 医疗/住院/人次 医疗/住院/收入(万元)";
        case(&rows, 0, &[0], (0, 3), names);
    }

    /// S6: a heading over one column is a row of names where every column has one, or where it says that what is below
    /// is another figure.
    #[test]
    fn headings_over_single_columns_are_rows_of_names() {
        case(&[",本期,上年同期", "code,a,b"], 1, &[0], (0, 1), "code 本期/a 上年同期/b");
        case(&[",,本年累计", "code,a,b"], 1, &[0], (0, 1), "code a 本年累计/b");
        case(&[",,万元", "code,a,b"], 1, &[0], (1, 1), "code a b");
        case(&[",人次,万元", "code,a,b"], 1, &[0], (0, 1), "code 人次/a 万元/b");
        case(&[",,2025年1月", "code,a,b"], 1, &[0], (1, 1), "code a b");
    }

    #[test]
    fn other_figures_are_known_by_their_headings() {
        for (heading, is_another) in
            [("上年同期", true), ("本年累计", true), ("目标值", true), ("比上年增减(%)", true), ("计划免疫", false), ("住院", false)]
        {
            assert_eq!(means_another_figure(heading), is_another, "{heading}");
        }
    }

    #[test]
    fn merged_areas_say_how_far_a_name_goes() {
        let rows = tops(&["code,门诊,,,", ",人次,收入,床位,其他"]);
        let merged = [Area { rows: (1, 1), columns: (1, 2) }, Area { rows: (1, 2), columns: (0, 0) }];
        let joined: Vec<String> = levels(&rows, &merged, 5).iter().map(|names| names.join("/")).collect();
        assert_eq!(joined, ["code", "门诊/人次", "门诊/收入", "床位", "其他"]);
    }
}
