//! A form: one sheet of one organisation, labels with values beside them.
//!
//! A value stands right of its label, units in between passed over, or below it where labels stand side by
//! side. `[source.cells]` names addresses and labels; other labels find their item by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Cell, Problem, Unit, header_unit};
use crate::intake::mapping::{ValueColumn, shape};
use crate::intake::period_text;
use crate::intake::rows::{Known, Met, Seen, Sink, Who};
use crate::intake::source::{FormCell, FormSpot, Layout, OrganisationFrom, PeriodFrom, Source};
use crate::intake::table::Top;
use crate::intake::whose;
use crate::period::Span;
use crate::registry::{Found, OrgId, canonical_column};
use crate::text::normalise;

/// A sheet, or a text, cell by cell.
pub struct Form {
    rows: Vec<Top>,
}

/// A cell, by its position among the rows read.
type At = (usize, usize);

/// Labels beside which the period stands.
const PERIOD: &[&str] = &["period", "期间", "年月", "统计期间", "报告期", "填报期间", "所属期", "年度", "年份"];
/// Labels beside which the organisation stands, other than those of a registry.
const ORGANISATION: &[&str] = &["填报单位", "填报机构", "填表单位", "报送单位", "报送机构"];

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
        let period = self.period(source, place);
        let whose = self.whose(source, known, place, period);
        match (whose, period) {
            (Ok(organisation), Some(span)) => {
                let who = Who::Organisation(organisation);
                if sink.wants(who, span) {
                    self.figures(source, known, (who, span), place, sink, findings);
                }
            }
            (Err(written), _) => findings.push(Finding::new(&codes::WHOSE_UNKNOWN, place.clone()).with("written", written)),
            (_, None) => findings.push(Finding::new(&codes::NO_PERIOD, place.clone())),
        }
        Met::default()
    }

    fn figures(
        &self,
        source: &Source,
        known: Known,
        (who, span): (Who, Span),
        place: &Place,
        sink: &mut impl Sink,
        findings: &mut Vec<Finding>,
    ) {
        let doubtful = self.doubtful(known);
        let mut unclear: Vec<String> = Vec::new();
        let mut is_unclear = |label: At, value: At| {
            let is_unclear = value.0 == label.0 && doubtful.contains(&label.1);
            if is_unclear {
                let figures = self.right_of(label).into_iter().map(|(column, _)| self.text((label.0, column))).collect::<Vec<_>>();
                unclear.push(format!("{}: {}", self.text(label), figures.join(" / ")));
            }
            is_unclear
        };
        let mut used: Vec<At> = Vec::new();
        let mut take = |item: ItemId, label: &str, at: At, unit: Option<Unit>| {
            let shape = shape(known.vocabulary, item, header_unit(label).unit.or(unit));
            let written = self.text(at).as_bytes();
            let column = ValueColumn { index: at.1, header: label.to_owned(), item, shape, span: None, by_part: false };
            let line = self.rows.get(at.0).map_or(0, |row| row.line);
            sink.take(Seen { who, span, column: &column, parsed: cell::parse(written, &shape), written, line });
        };
        for FormCell { item, spot } in explicit(source) {
            let found = match spot {
                FormSpot::Address(line, column) => self.rows.iter().position(|row| row.line == *line).map(|row| ((row, *column), None)),
                FormSpot::Label(label) => {
                    let at = self.find(label);
                    let found = at.and_then(|at| self.beside(at, known));
                    if at.zip(found).is_some_and(|(at, (value, _))| is_unclear(at, value)) {
                        continue;
                    }
                    found
                }
            };
            match (found, spot) {
                (Some((at, unit)), _) => {
                    used.push(at);
                    take(*item, &known.vocabulary.catalogue.item(*item).name.zh, at, unit);
                }
                (None, FormSpot::Label(label)) => {
                    findings.push(Finding::new(&codes::NO_LABEL, place.clone()).with("label", label.clone()));
                }
                (None, FormSpot::Address(..)) => {}
            }
        }
        let mut others = Vec::new();
        for (at, text) in self.cells() {
            let value = self.beside(at, known).filter(|(value, _)| !used.contains(value));
            match (item_of(text, known), value) {
                (Some(item), Some((value, unit))) if !explicit(source).iter().any(|cell| cell.item == item) => {
                    if !is_unclear(at, value) {
                        take(item, text, value, unit);
                    }
                    used.push(value);
                }
                (None, Some((value, _))) if is_name(text) && is_figure(self.text(value)) => others.push((value, text)),
                _ => {}
            }
        }
        if !unclear.is_empty() {
            let finding = Finding::new(&codes::SEVERAL_FIGURES, place.clone()).with("count", unclear.len().to_string());
            findings.push(finding.with("labels", unclear.join(" · ")));
        }
        others.retain(|(value, _)| !used.contains(value) && !doubtful.contains(&value.1));
        if !others.is_empty() {
            let labels: Vec<&str> = others.iter().map(|(_, label)| *label).collect();
            let finding = Finding::new(&codes::OTHER_LABELS, place.clone()).with("count", labels.len().to_string());
            findings.push(finding.with("labels", labels.join(" · ")));
        }
    }

    /// The organisation, or what was written in its place.
    fn whose(&self, source: &Source, known: Known, place: &Place, period: Option<Span>) -> Result<OrgId, String> {
        let path = place.file.as_deref().unwrap_or_default();
        // A former name goes by the time of the figures.
        let find = |written: &str| match period {
            Some(span) => known.registry.find_in(written, span).map(Found::organisation),
            None => known.registry.find(written),
        };
        match &source.organisation {
            OrganisationFrom::Fixed(organisation) => Ok(*organisation),
            OrganisationFrom::Spot(spot) => {
                let written = self.spot(spot).unwrap_or_default();
                find(&written).ok_or(written)
            }
            OrganisationFrom::Find => {
                let is_label = |text: &str| matches!(canonical_column(text).as_str(), "code" | "name") || ORGANISATION.contains(&text);
                let labelled = self.labelled(&is_label);
                match labelled.iter().find_map(|written| find(written)) {
                    Some(organisation) => Ok(organisation),
                    None => whose::in_path(path, known).ok_or_else(|| labelled.first().cloned().unwrap_or_else(|| path.to_owned())),
                }
            }
            OrganisationFrom::FileName | OrganisationFrom::Column(_) => whose::in_path(path, known).ok_or_else(|| path.to_owned()),
        }
    }

    fn period(&self, source: &Source, place: &Place) -> Option<Span> {
        let in_path = || place.file.as_deref().and_then(period_text::find_in_path).map(|written| written.span);
        let year = in_path().map(|span| span.first().year());
        let read = |text: &str| {
            let whole = period_text::parse(text, year).map(|written| written.span);
            whole.or_else(|| period_text::find_in(text).map(|found| found.written.span))
        };
        match &source.period {
            PeriodFrom::Fixed(span) => Some(*span),
            PeriodFrom::FileName => in_path(),
            PeriodFrom::Spot(spot) => read(&self.spot(spot)?),
            PeriodFrom::Find | PeriodFrom::Column(_) | PeriodFrom::Parts { .. } => {
                let labelled = self.labelled(&|text| PERIOD.contains(&text));
                let mut titles = self.rows.iter().take(TITLES).flat_map(|row| &row.cells);
                let in_title = || titles.find_map(|text| period_text::find_in(text)).map(|found| found.written.span);
                labelled.iter().find_map(|text| read(text)).or_else(in_title).or_else(in_path)
            }
        }
    }

    /// What stands beside the labels that fit, or behind their colon.
    fn labelled(&self, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for ((row, column), text) in self.cells() {
            match text.split_once([':', '\u{ff1a}']) {
                Some((label, value)) if fits(&normalise(label)) && !value.trim().is_empty() => found.push(value.trim().to_owned()),
                _ if fits(&normalise(plain(text))) => {
                    let cells = self.rows.get(row).and_then(|row| row.cells.get(column + 1..)).unwrap_or_default();
                    found.extend(cells.iter().find(|cell| !cell.is_empty()).cloned());
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
    fn doubtful(&self, known: Known) -> BTreeSet<usize> {
        let mut by_column: BTreeMap<usize, (BTreeSet<usize>, bool, bool)> = BTreeMap::new();
        for (at, _) in self.cells().filter(|(_, text)| item_of(text, known).is_some()) {
            let right = self.right_of(at);
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

    /// The value that belongs to a label, and the unit between them.
    fn beside(&self, (row, column): At, known: Known) -> Option<(At, Option<Unit>)> {
        let mut unit = None;
        let cells = self.rows.get(row)?.cells.get(column + 1..).unwrap_or_default();
        for (offset, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            if is_value(text) {
                return Some(((row, column + 1 + offset), unit));
            }
            match Unit::parse_bracketed(text) {
                Some(found) => unit = Some(found),
                None => break,
            }
        }
        // Labels side by side have their values below them.
        let next = cells.first().map_or("", String::as_str);
        let below = (row + 1, column);
        let is_side_by_side = !next.is_empty() && !is_value(next) && unit.is_none();
        let is_last = cells.iter().all(String::is_empty) && column > 0;
        let holds = is_value(self.text(below)) && item_of(self.text(below), known).is_none();
        ((is_side_by_side || is_last) && holds).then_some((below, None))
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
    let name = crate::intake::totals::strip_numbering(name);
    known.vocabulary.find(name).or_else(|| known.vocabulary.find(header_unit(name).base))
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
