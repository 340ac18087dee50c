//! The period of a table that says it nowhere in its rows and columns: in its path, its sheet, its title [T1].

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::period_text;
use crate::intake::table::Top;
use crate::period::Span;

/// The periods that stand outside the table.
#[derive(Debug, Default)]
pub(in crate::intake) struct Outside {
    /// In the path of the file.
    pub(super) path: Option<Span>,
    /// What the sheet is called.
    sheet: Option<Span>,
    /// In the rows above the column names.
    titles: Vec<Span>,
}

/// What a cell says that names a time, but not the one of the figures.
const OTHER_TIMES: &[&str] = &[
    "有效期",
    "文号",
    "〔",
    "号)",
    "号\u{ff09}",
    "制定",
    "批准",
    "填表日期",
    "填报日期",
    "报出日期",
    "报送日期",
    "制表日期",
    "打印",
    "导出",
    "生成",
];

/// The periods in the cells of these rows.
fn in_titles(rows: &[Top]) -> Vec<Span> {
    let mut spans = Vec::new();
    let is_other = |cell: &str| OTHER_TIMES.iter().any(|word| cell.contains(word));
    for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| !is_other(cell)) {
        for span in period_text::spans_in(cell) {
            if !spans.contains(&span) {
                spans.push(span);
            }
        }
    }
    spans
}

impl Outside {
    /// Of rows of titles, and of the path and the sheet.
    pub(in crate::intake) fn of(titles: &[Top], place: &Place) -> Self {
        let path = place.file.as_deref().and_then(period_text::find_in_path).map(|written| written.span);
        let titles = in_titles(titles);
        let year = one_year(path.iter().chain(&titles));
        let read = |name: &str| period_text::parse(name, year).or_else(|| period_text::find_in(name).map(|found| found.written));
        let sheet = place.sheet.as_deref().and_then(read).map(|written| written.span);
        Self { path, sheet, titles }
    }

    /// True if there is none.
    pub(in crate::intake) fn is_empty(&self) -> bool {
        self.path.is_none() && self.sheet.is_none() && self.titles.is_empty()
    }

    /// The year that all of them name.
    pub(super) fn year(&self) -> Option<i32> {
        self.path.map(|span| span.first().year()).or_else(|| one_year(self.sheet.iter().chain(&self.titles)))
    }

    /// The narrowest of them, if it lies within the others; else, and where there is none, the finding says so.
    pub(in crate::intake) fn settle(&self, place: &Place, findings: &mut Vec<Finding>) -> Option<Span> {
        let all = || self.path.iter().chain(&self.sheet).chain(&self.titles).copied();
        let Some(narrowest) = all().min_by_key(|span| span.len()) else {
            findings.push(Finding::new(&codes::NO_PERIOD, place.clone()));
            return None;
        };
        if !all().all(|span| span.contains(narrowest)) {
            findings.push(Finding::new(&codes::PERIODS_DIFFER, place.clone()).with("periods", self.listed()));
            return None;
        }
        let is_sheets_alone = self.path != Some(narrowest) && !self.titles.contains(&narrowest);
        if is_sheets_alone {
            findings.push(Finding::new(&codes::PERIOD_FROM_SHEET, place.clone()).with("period", narrowest.to_string()));
        }
        Some(narrowest)
    }

    fn listed(&self) -> crate::text::Text {
        let one = |zh: &str, en: &str, span: &Span| crate::text::Text::new(format!("{zh} {span}"), format!("{span} in the {en}"));
        let path = self.path.iter().map(|span| one("路径", "path", span));
        let sheet = self.sheet.iter().map(|span| one("工作表名", "name of the sheet", span));
        let titles = self.titles.iter().map(|span| one("标题", "title", span));
        let all: Vec<_> = path.chain(sheet).chain(titles).collect();
        crate::text::list(&all)
    }
}

fn one_year<'s>(spans: impl Iterator<Item = &'s Span>) -> Option<i32> {
    let mut years: Vec<i32> = spans.flat_map(|span| [span.first().year(), span.last().year()]).collect();
    years.dedup();
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
