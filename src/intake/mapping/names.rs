//! What a column may be called, whose names stand in one row or several.

use crate::intake::cell::Unit;
use crate::intake::period_text;
use crate::intake::table::{Column, means_another_figure};
use crate::period::Span;

/// What a column may be called, and the period that one of its names is.
pub(in crate::intake) struct Names {
    /// The likely ones first.
    pub(in crate::intake) spellings: Vec<Spelling>,
    pub(super) span: Option<Span>,
}

/// One of them.
pub(in crate::intake) struct Spelling {
    /// As it is looked up.
    pub(in crate::intake) text: String,
    /// The names above it that are no part of it; blank without.
    pub(super) above: String,
}

impl Names {
    /// Of names in several rows first the whole, then less and less of the upper ones; a period and a unit
    /// among them are no part of the name.
    pub(in crate::intake) fn of(column: &Column) -> Self {
        let whole = Spelling { text: column.header.to_string(), above: String::new() };
        if column.levels.len() < 2 {
            return Self { spellings: vec![whole], span: None };
        }
        let span = column.levels.iter().find_map(|name| period(name));
        // A month of a longer period: which one is not said.
        if span.is_some_and(|span| span.len() > 1) && column.levels.iter().any(|name| MONTH.contains(&name.as_str())) {
            return Self { spellings: vec![whole], span };
        }
        let unit = |name: &str| Unit::parse_bracketed(name);
        let is_name = |name: &&str| period(name).is_none() && unit(name).is_none_or(|unit| unit == Unit::Times(0));
        let names: Vec<&str> = column.levels.iter().map(String::as_str).filter(is_name).collect();
        let mut spellings = vec![whole];
        for from in 0..names.len() {
            let (above, part) = names.split_at(from);
            let plain: Vec<&str> = part.iter().copied().filter(|name| unit(name).is_none()).collect();
            let above: Vec<&str> = above.iter().copied().filter(|name| unit(name).is_none()).collect();
            for text in [part.join("/"), part.concat(), plain.join("/"), plain.concat()] {
                if !text.is_empty() && !spellings.iter().any(|known: &Spelling| known.text == text) {
                    spellings.push(Spelling { text, above: above.join("/") });
                }
            }
        }
        // What stands below the name of an item may say which figure of it this is: 本月, 上年同期.
        let own: Vec<&str> =
            names.iter().copied().filter(|name| unit(name).is_none() && !is_neutral(name) && !means_another_figure(name)).collect();
        let others: Vec<&str> = names.iter().copied().filter(|name| means_another_figure(name)).collect();
        for text in [own.join("/"), own.concat()] {
            if !text.is_empty() && !spellings.iter().any(|known| known.text == text) {
                spellings.push(Spelling { text, above: others.join("/") });
            }
        }
        Self { spellings, span }
    }
}

/// Names of one month.
const MONTH: &[&str] = &["本月", "本月数", "当月"];
/// Names that say nothing about the figure.
const NEUTRAL: &[&str] = &["其中", "本月", "本期", "当月", "当期", "本月数", "本期数", "指标", "指标名称", "项目", "统计项目", "数据"];

/// True for a name that says nothing about the figure.
pub(super) fn is_neutral(name: &str) -> bool {
    NEUTRAL.contains(&name.trim_end_matches([':', '\u{ff1a}']))
}

/// The period that a name is: 2025年1-9月累计 is the one of 2025年1-9月, which runs from January.
fn period(name: &str) -> Option<Span> {
    let read = |text: &str| period_text::parse(text, None).map(|written| written.span);
    let from_january = || name.strip_suffix("累计").and_then(read).filter(|span| span.len() > 1 && span.first().month() == 1);
    read(name).or_else(from_january)
}
