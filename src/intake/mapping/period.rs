//! The columns a row's period stands in: one, or a year and its month or quarter apart [T1].

use crate::finding::{Finding, Place};
use crate::intake::period_text;
use crate::intake::source::{PeriodFrom, YearPart};
use crate::intake::table::Table;
use crate::period::Span;
use crate::text::normalise;

use super::named;

/// The columns a row's period stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodColumns {
    /// The column of the year, where it stands apart.
    pub year: Option<usize>,
    /// The column of the whole period, or of its part of the year.
    pub column: usize,
    /// What a bare number in `column` counts; `None` where it is no part of a year.
    pub part: Option<YearPart>,
}

impl PeriodColumns {
    /// All of them, that of the year first.
    pub fn each(self) -> impl Iterator<Item = usize> {
        self.year.into_iter().chain([self.column])
    }
}

const WHOLE: &[&str] = &["period", "期间", "年月", "统计期间", "报告期", "时间"];
const YEAR: &[&str] = &["年份", "年度", "数据年份", "统计年份", "年", "year"];
const MONTH: &[&str] = &["月份", "统计月份", "月", "month"];
const QUARTER: &[&str] = &["季度", "季", "quarter"];

/// The period columns of a table. `Err`: a column that the source names is not there, and the findings
/// say so.
pub(super) fn columns(
    table: &Table,
    from: &PeriodFrom,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Result<Option<PeriodColumns>, NotThere> {
    let mut named = |header: &str| named(table, header, place, findings).ok_or(NotThere);
    match from {
        PeriodFrom::Column(header) => {
            let column = named(header)?;
            Ok(Some(PeriodColumns { year: None, column, part: part_of(header) }))
        }
        PeriodFrom::Parts { year, part, counts } => {
            let (year, column) = (named(year), named(part));
            Ok(Some(PeriodColumns { year: Some(year?), column: column?, part: Some(*counts) }))
        }
        PeriodFrom::Find => Ok(usual(table)),
        PeriodFrom::Fixed(_) | PeriodFrom::FileName | PeriodFrom::Spot(_) => Ok(None),
    }
}

/// A column that the source names is not there.
pub(super) struct NotThere;

/// Columns with usual names: one of whole periods, else a year with its month or quarter, else what there is.
fn usual(table: &Table) -> Option<PeriodColumns> {
    let find = |names: &[&str]| table.columns.iter().find(|column| names.contains(&normalise(&column.header).as_str()));
    let one = |index: usize, part| PeriodColumns { year: None, column: index, part };
    if let Some(column) = find(WHOLE) {
        return Some(one(column.index, None));
    }
    let year = find(YEAR).map(|column| column.index);
    let part = find(MONTH).or_else(|| find(QUARTER)).map(|column| (column.index, part_of(&column.header)));
    match (year, part) {
        (year, Some((column, part))) => Some(PeriodColumns { year, column, part }),
        (Some(year), None) => Some(one(year, None)),
        (None, None) => None,
    }
}

fn part_of(header: &str) -> Option<YearPart> {
    let plain = normalise(header);
    let is = |names: &[&str]| names.contains(&plain.as_str());
    if is(MONTH) {
        return Some(YearPart::Month);
    }
    is(QUARTER).then_some(YearPart::Quarter)
}

impl PeriodColumns {
    /// The period of the cells. `path_year` serves a column of months without a year.
    pub(in crate::intake) fn read(&self, year: &str, cell: &str, path_year: Option<i32>) -> Option<Span> {
        if self.year.is_none() {
            return self.part_or_whole(cell, path_year);
        }
        let year = period_text::parse(year, None)?.span;
        if Span::year(year.first().year()) != Some(year) {
            return None;
        }
        let span = self.part_or_whole(cell, Some(year.first().year()))?;
        year.contains(span).then_some(span)
    }

    fn part_or_whole(&self, cell: &str, year: Option<i32>) -> Option<Span> {
        let read = |text: &str| period_text::parse(text, year).map(|written| written.span);
        let counted = |part| {
            let number = cell.trim().trim_start_matches('0');
            read(&format!("{number}{}", if part == YearPart::Month { "月" } else { "季度" }))
        };
        read(cell).or_else(|| counted(self.part?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// T1: a year and its month or quarter in two columns are one period.
    #[test]
    fn a_year_and_its_part_are_one_period() {
        let read = |part, year: &str, cell: &str| {
            let columns = PeriodColumns { year: Some(0), column: 1, part: Some(part) };
            columns.read(year, cell, None).map_or("-".to_owned(), |span| span.to_string())
        };
        for (year, cell, period) in [
            ("2025", "6", "2025-06"),
            ("2025年", "06", "2025-06"),
            ("2025年度", "六月", "2025-06"),
            ("2025", "上半年", "2025H1"),
            ("2025", "2025-06", "2025-06"),
            ("2025", "13", "-"),
            ("2025", "", "-"),
            ("2025", "2024-06", "-"),
            ("2025-01", "6", "-"),
        ] {
            assert_eq!(read(YearPart::Month, year, cell), period, "{year} {cell}");
        }
        for (cell, period) in [("2", "2025Q2"), ("02", "2025Q2"), ("第二季度", "2025Q2"), ("Q2", "2025Q2"), ("5", "-")] {
            assert_eq!(read(YearPart::Quarter, "2025", cell), period, "{cell}");
        }
    }

    /// T1: a column of months without a year takes it from the path; a whole period needs none.
    #[test]
    fn a_month_alone_needs_a_year_from_elsewhere() {
        let columns = PeriodColumns { year: None, column: 0, part: Some(YearPart::Month) };
        let read = |cell: &str, year| columns.read("", cell, year).map(|span| span.to_string());
        assert_eq!(read("6", Some(2025)).as_deref(), Some("2025-06"));
        assert_eq!(read("6", None), None);
        assert_eq!(read("202506", None).as_deref(), Some("2025-06"));
    }
}
