//! What stands over the columns of figures of a form: periods, 本期, 上年同期, a unit.

use super::{At, Form, is_value};
use crate::intake::cell::{Unit, header_unit};
use crate::intake::period_text;
use crate::intake::source::Source;
use crate::intake::table::means_another_figure;
use crate::intake::width::is_blank;
use crate::period::Span;
use crate::text::normalise;

/// What a column of figures holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Figures of this period.
    Period(Span),
    /// Figures of the period of the form.
    Current,
    /// Others: last year's, running totals, targets, changes.
    Another,
    /// No figures: a line number.
    Aside,
    /// Nothing over it says.
    Unknown,
}

/// What stands over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) text: String,
    pub(super) meaning: Meaning,
    pub(super) unit: Option<Unit>,
}

/// Over the labels of a form.
const LABELS: &[&str] = &["项目", "指标", "指标名称", "项目名称", "统计项目", "统计指标", "内容", "指标内容", "item"];
/// Over figures of the form's own period.
const CURRENT: &[&str] = &[
    "本期",
    "本期数",
    "本月",
    "本月数",
    "当月",
    "当期",
    "本季",
    "本季度",
    "本年",
    "本年度",
    "本年数",
    "数值",
    "值",
    "数量",
    "数据",
    "实际",
    "实际数",
    "实际值",
    "实绩",
    "完成数",
    "完成值",
    "填报数",
    "填报值",
    "value",
];
const MONTH: &[&str] = &["本月", "本月数", "当月"];
/// Words for a span of so many months.
const SPANS: &[(&[&str], usize)] = &[(MONTH, 1), (&["本季", "本季度"], 3), (&["本年", "本年度", "本年数"], 12)];
const ASIDE: &[&str] = &["行次", "序号", "代码", "指标代码", "编码", "编号", "行号"];

/// True for a word that stands over a column of a form, normalised.
pub(super) fn is_head(name: &str) -> bool {
    [LABELS, CURRENT, ASIDE, &["单位", "计量单位", "备注", "说明"]].iter().any(|words| words.contains(&name)) || means_another_figure(name)
}

impl Form {
    /// What stands over a column of figures beside a label.
    pub(super) fn head(&self, label: At, column: usize, of_form: Span, source: &Source) -> Head {
        let names: Vec<&str> = self.names_over(label, column);
        let text = names.join("/");
        let unit = names.iter().find_map(|name| header_unit(name).unit.or_else(|| Unit::parse_bracketed(name)));
        let is = |words: &[&str]| names.iter().any(|name| words.contains(&normalise(header_unit(name).base).as_str()));
        let period = names
            .iter()
            .find_map(|name| period_text::parse(header_unit(name).base, Some(of_form.first().year())))
            .map(|written| written.span);
        let told = if source.cumulative { text.replace("累计", "") } else { text.clone() };
        let meaning = match period {
            _ if means_another_figure(&told) => Meaning::Another,
            // A month of a longer period: which one is not said.
            Some(span) if span.len() > 1 && is(MONTH) => Meaning::Unknown,
            Some(span) => Meaning::Period(span),
            None if is(ASIDE) => Meaning::Aside,
            // 本月 in a form of a year is another figure, as 本年 is in one of a month.
            None if SPANS.iter().any(|(words, months)| is(words) && of_form.len() != *months) => Meaning::Another,
            None if is(CURRENT) || told.len() < text.len() => Meaning::Current,
            None => Meaning::Unknown,
        };
        Head { text, meaning, unit }
    }

    /// The names over a column: of the row that heads the labels, and of rows of names below it.
    fn names_over(&self, (row, label): At, column: usize) -> Vec<&str> {
        let Some(first) = self.head_row((row, label)) else { return Vec::new() };
        let is_names = |at: &usize| *at == first || self.text((*at, label)).is_empty() && self.is_row_of_names(*at, label);
        let rows: Vec<usize> = (first..row).take_while(is_names).collect();
        let mut names = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let own = self.text((*row, column));
            // A name over several columns holds up to the next one.
            let left = || (label + 1..column).rev().map(|left| self.text((*row, left))).find(|text| !text.is_empty());
            let is_divided = at + 1 < rows.len();
            let name = if own.is_empty() && is_divided { left().unwrap_or_default() } else { own };
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The row of names over a label.
    pub(super) fn head_row(&self, (row, label): At) -> Option<usize> {
        let is_head = |at: &usize| LABELS.contains(&normalise(self.text((*at, label))).as_str());
        (0..row).rev().find(is_head).or_else(|| self.bare_head(row, label))
    }

    /// A row of names without one over the labels: right above the first of them.
    fn bare_head(&self, row: usize, label: usize) -> Option<usize> {
        let first = (0..row).rev().take_while(|at| !self.text((*at, label)).is_empty()).last().unwrap_or(row);
        let above = first.checked_sub(1)?;
        (self.text((above, label)).is_empty() && self.is_row_of_names(above, label)).then_some(above)
    }

    fn is_row_of_names(&self, row: usize, label: usize) -> bool {
        let cells = self.rows.get(row).and_then(|row| row.cells.get(label + 1..)).unwrap_or_default();
        let mut filled = cells.iter().map(|cell| cell.trim_matches(is_blank)).filter(|cell| !cell.is_empty()).peekable();
        let is_name = |cell: &str| !is_value(cell) || period_text::parse(cell, None).is_some();
        filled.peek().is_some() && filled.all(|cell| is_name(cell) && !cell.contains([':', '\u{ff1a}']))
    }
}
