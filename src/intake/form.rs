//! A form: one sheet of one organisation, labels with values beside them.
//!
//! A value stands right of its label, units in between passed over, or below it where labels stand side by
//! side. `[source.cells]` names addresses and labels; other labels find their item by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Cell, Problem, Unit, header_unit};
use crate::intake::mapping::Outside;
use crate::intake::period_text;
use crate::intake::persons;
use crate::intake::rows::{Known, Met, Sink, Who};
use crate::intake::source::{FormCell, FormSpot, Layout, PeriodFrom, Source};
use crate::intake::table::Top;
use crate::period::Span;
use crate::text::normalise;

mod figures;
mod heads;
mod whose;

use figures::Figures;

/// A sheet, or a text, cell by cell.
pub struct Form {
    rows: Vec<Top>,
}

/// A cell, by its position among the rows read.
type At = (usize, usize);

/// Labels beside which the period stands.
const PERIOD: &[&str] = &["period", "期间", "年月", "统计期间", "报告期", "填报期间", "所属期", "年度", "年份"];

impl Form {
    /// A form of these rows.
    pub fn new(rows: Vec<Top>) -> Self {
        Self { rows }
    }

    /// True if some label is an item, or a place of one is named.
    pub fn has_items(&self, source: &Source, known: Known) -> bool {
        !explicit(source).is_empty() || self.cells().any(|(_, text)| item_of(text, known).is_some())
    }

    /// Hands over every figure. What is wrong with single cells is for the sink to say.
    pub fn read(&self, source: &Source, known: Known, place: &Place, sink: &mut impl Sink, findings: &mut Vec<Finding>) -> Met {
        findings.extend(self.rows.iter().flat_map(|row| persons::in_cells(row, place)));
        let Ok(period) = self.period(source, known, place, findings) else { return Met::default() };
        let whose = self.whose(source, known, place, period, findings);
        match (whose, period) {
            (Ok(organisation), Some(span)) => {
                let who = Who::Organisation(organisation);
                Figures::new(self, source, known, (who, span)).read(place, sink, findings);
            }
            (Err(written), _) => findings.push(Finding::new(&codes::WHOSE_UNKNOWN, place.clone()).with("written", written)),
            (_, None) => findings.push(Finding::new(&codes::NO_PERIOD, place.clone())),
        }
        Met::default()
    }

    /// The period of the form, if it is known; `Err` where two are named, and the findings say so.
    fn period(&self, source: &Source, known: Known, place: &Place, findings: &mut Vec<Finding>) -> Result<Option<Span>, ()> {
        let in_path = || place.file.as_deref().and_then(period_text::find_in_path).map(|written| written.span);
        let year = in_path().map(|span| span.first().year());
        let read = |text: &str| {
            let whole = period_text::parse(text, year).map(|written| written.span);
            whole.or_else(|| period_text::find_in(text).map(|found| found.written.span))
        };
        match &source.period {
            PeriodFrom::Fixed(span) => Ok(Some(*span)),
            PeriodFrom::FileName => Ok(in_path()),
            PeriodFrom::Spot(spot) => Ok(self.spot(spot).and_then(|text| read(&text))),
            PeriodFrom::Find | PeriodFrom::Column(_) | PeriodFrom::Parts { .. } => {
                let labelled = self.labelled(&|text| PERIOD.contains(&text));
                if let Some(span) = labelled.iter().find_map(|text| read(text)) {
                    return Ok(Some(span));
                }
                let outside = Outside::of(&self.titles(known), place);
                if outside.is_empty() { Ok(None) } else { outside.settle(place, findings).map(Some).ok_or(()) }
            }
        }
    }

    /// The rows above the figures, and above the names over them; without plain numbers.
    fn titles(&self, known: Known) -> Vec<Top> {
        let first = self.cells().find(|(_, text)| item_of(text, known).is_some()).map(|(at, _)| at);
        let end = first.map_or(TITLES, |at| self.head_row(at).unwrap_or(at.0)).min(TITLES);
        let words = |row: &Top| Top { line: row.line, cells: row.cells.iter().filter(|cell| !is_figure(cell)).cloned().collect() };
        self.rows.iter().take(end).map(words).collect()
    }

    /// What stands beside the labels that fit, or behind their colon.
    fn labelled(&self, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for ((row, column), text) in self.cells() {
            match text.split_once([':', '\u{ff1a}']) {
                Some((label, value)) if fits(&normalise(label)) && !value.trim().is_empty() => found.push(value.trim().to_owned()),
                _ if fits(&normalise(plain(text))) => {
                    let cells = self.rows.get(row).and_then(|row| row.cells.get(column + 1..)).unwrap_or_default();
                    // A label without anything beside it is followed by the next label.
                    let is_label = |cell: &&String| {
                        let plain = normalise(plain(cell));
                        cell.ends_with([':', '\u{ff1a}']) || whose::is_label(&plain) || heads::is_head(&plain)
                    };
                    found.extend(cells.iter().find(|cell| !cell.is_empty()).filter(|cell| !is_label(cell)).cloned());
                }
                _ => {}
            }
        }
        found
    }

    /// The text at an address, or beside a label.
    fn spot(&self, spot: &FormSpot) -> Option<String> {
        match spot {
            FormSpot::Address(line, column) => {
                let row = self.rows.iter().find(|row| row.line == *line)?;
                Some(row.cells.get(*column)?.clone())
            }
            FormSpot::Label(label) => {
                let wanted = normalise(plain(label));
                self.labelled(&|text| text == wanted).into_iter().next()
            }
        }
    }

    fn find(&self, label: &str) -> Option<At> {
        let wanted = normalise(plain(label));
        self.cells().find(|(_, text)| normalise(plain(text)) == wanted).map(|(at, _)| at)
    }

    /// Columns of labels beside which it cannot be told which figure is meant: several stand in one row, or a
    /// blank was passed over on the way to a column that other labels do not use.
    fn doubtful(&self, labels: &[(At, &str, Option<ItemId>)]) -> BTreeSet<usize> {
        let mut by_column: BTreeMap<usize, (BTreeSet<usize>, bool, bool)> = BTreeMap::new();
        for (at, ..) in labels.iter().filter(|(.., item)| item.is_some()) {
            let right = self.right_of(*at);
            let (columns, has_several, has_gap) = by_column.entry(at.1).or_default();
            *has_several |= right.len() > 1;
            *has_gap |= right.iter().any(|(_, gap)| *gap);
            columns.extend(right.into_iter().map(|(column, _)| column));
        }
        let is_doubtful = |(columns, has_several, has_gap): &(BTreeSet<usize>, bool, bool)| *has_several || columns.len() > 1 && *has_gap;
        by_column.into_iter().filter(|(_, seen)| is_doubtful(seen)).map(|(column, _)| column).collect()
    }

    /// Columns of figures right of a label up to the next label, units passed over; true behind a blank.
    fn right_of(&self, (row, column): At) -> Vec<(usize, bool)> {
        let mut found = Vec::new();
        let mut has_gap = false;
        let cells = self.rows.get(row).and_then(|row| row.cells.get(column + 1..)).unwrap_or_default();
        for (at, text) in (column + 1..).zip(cells) {
            match () {
                () if text.is_empty() => has_gap = true,
                () if is_value(text) => found.push((at, has_gap)),
                () if Unit::parse_bracketed(text).is_some() => {}
                () => break,
            }
        }
        found
    }

    /// The units right of a label up to the next label, before and behind its figures.
    fn units_beside(&self, (row, column): At) -> Vec<Unit> {
        let cells = self.rows.get(row).and_then(|row| row.cells.get(column + 1..)).unwrap_or_default();
        let is_passed = |text: &&String| text.is_empty() || is_value(text) || Unit::parse_bracketed(text).is_some();
        cells.iter().take_while(is_passed).filter(|text| !is_value(text)).filter_map(|text| Unit::parse_bracketed(text)).collect()
    }

    /// The unit right or left of a cell.
    fn unit_about(&self, (row, column): At) -> Option<Unit> {
        let left = || column.checked_sub(1).and_then(|left| Unit::parse_bracketed(self.text((row, left))));
        Unit::parse_bracketed(self.text((row, column + 1))).or_else(left)
    }

    /// The value that belongs to a label.
    fn beside(&self, (row, column): At, known: Known) -> Option<At> {
        if let Some((value, _)) = self.right_of((row, column)).first() {
            return Some((row, *value));
        }
        let cells = self.rows.get(row)?.cells.get(column + 1..).unwrap_or_default();
        // Labels side by side have their values below them.
        let next = cells.first().map_or("", String::as_str);
        let below = (row + 1, column);
        let is_side_by_side = !next.is_empty() && Unit::parse_bracketed(next).is_none();
        let is_last = cells.iter().all(String::is_empty) && column > 0;
        let holds = is_value(self.text(below)) && item_of(self.text(below), known).is_none();
        ((is_side_by_side || is_last) && holds).then_some(below)
    }

    fn cells(&self) -> impl Iterator<Item = (At, &str)> {
        let cells = |(row, top): (usize, &'_ Top)| (row, top.cells.len());
        let positions = self.rows.iter().enumerate().map(cells).flat_map(|(row, count)| (0..count).map(move |column| (row, column)));
        positions.map(|at| (at, self.text(at))).filter(|(_, text)| !text.is_empty())
    }

    fn text(&self, (row, column): At) -> &str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", String::as_str)
    }
}

/// Rows near the top in which a title may name the period.
const TITLES: usize = 5;

fn explicit(source: &Source) -> &[FormCell] {
    match &source.layout {
        Layout::Form { cells } => cells,
        _ => &[],
    }
}

/// A label without the colon behind it and the mark of a part before it.
fn plain(label: &str) -> &str {
    label.trim().trim_end_matches([':', '\u{ff1a}'])
}

fn item_of(label: &str, known: Known) -> Option<ItemId> {
    let name = plain(label);
    let name = name.strip_prefix("其中").map_or(name, |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']));
    let bare = crate::intake::totals::strip_numbering(name);
    [name, bare].into_iter().find_map(|name| known.vocabulary.find(name).or_else(|| known.vocabulary.find(header_unit(name).base)))
}

fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && Unit::parse(text).is_none()
}

/// A number, a mark for none, or something that is meant as a number.
fn is_value(text: &str) -> bool {
    let shape = cell::Shape { decimals: 6, multiplier_power: 0, percent: true };
    let is_read = !matches!(cell::parse(text.as_bytes(), &shape).cell, Cell::Rejected(Problem::NotANumber));
    is_read || text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().count() < 12 || text.starts_with(['约', '近', '='])
}

fn is_figure(text: &str) -> bool {
    let shape = cell::Shape { decimals: 6, multiplier_power: 0, percent: true };
    matches!(cell::parse(text.as_bytes(), &shape).cell, Cell::Value(_))
}
