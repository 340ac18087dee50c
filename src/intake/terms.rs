//! Figures that were summed elsewhere, one source at a time: rows of a terms file as the values its cells come to, so that all
//! that follows (verified figures, running totals, corrections, checks) is as with files.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{data, sql, terms as codes, value};
use crate::dataset::{self, Key};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Cell, MOST_STEPS, Parsed, Problem, Repairs, Shape};
use crate::intake::period_text;
use crate::intake::rows::Known;
use crate::intake::source::{Layout, Source};
use crate::number::{Exact, Rounding};
use crate::period::Span;
use crate::registry::OrgId;
use crate::terms::{Counts, NOWHERE, Row, Terms};
use crate::text::Text;
use crate::text::person::masked;
use crate::trace::Traced;

mod labels;

use labels::{Label, Labels};

/// What a terms file says of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summed {
    /// Path of the terms file.
    pub file: String,
    /// The figures, in the order of the file.
    pub figures: Vec<Figure>,
    /// Items that count persons, as the source defines them.
    pub persons: Vec<ItemId>,
    /// What is wrong with figures, or was where they were summed.
    pub findings: Vec<Finding>,
}

/// A figure of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Whose, when, what.
    pub key: Key,
    /// What the cells come to.
    pub cell: dataset::Cell,
    /// The value as it stands in the file, or what stands in its place.
    pub written: Box<str>,
    /// Line of the terms file.
    pub line: u64,
}

/// Column of the values.
const VALUE: &str = "value";

impl Figure {
    /// Where it stands.
    pub fn place(&self, summed: &Summed) -> Place {
        Place { file: Some(summed.file.as_str().into()), row: Some(self.line), column: Some(VALUE.into()), ..Place::default() }
    }
}

/// Items that count persons, by the definitions of a source.
pub fn of_persons(source: &Source) -> Vec<ItemId> {
    match &source.layout {
        Layout::Records(register) => register.of_persons().collect(),
        _ => Vec::new(),
    }
}

/// What the rows of a terms file mean for each source, in the order of the sources.
///
/// # Errors
/// Rows that name no source or item of the assessment, contradict the source or stand for a figure that has one.
pub fn resolve(terms: &Terms, sources: &[Source], known: Known) -> Result<Vec<Summed>, Vec<Diagnostic>> {
    let ids = known.vocabulary.catalogue.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), ItemId(at))).collect();
    let mut resolver =
        Resolver { terms, known, ids, found: Vec::new(), sources: sources.iter().map(|source| OfSource::new(source, terms)).collect() };
    for row in &terms.rows {
        resolver.take(row);
        if resolver.found.len() >= TOLD {
            break;
        }
    }
    let Resolver { sources, mut found, .. } = resolver;
    found.extend(sources.iter().filter_map(|source| source.repeated_in(terms, known)));
    if found.is_empty() { Ok(sources.into_iter().map(|source| source.finish(known)).collect()) } else { Err(found) }
}

/// Problems of one file that are told.
const TOLD: usize = 20;

struct Resolver<'a> {
    terms: &'a Terms,
    known: Known<'a>,
    ids: BTreeMap<&'a str, ItemId>,
    sources: Vec<OfSource<'a>>,
    found: Vec<Diagnostic>,
}

/// One source on its way.
struct OfSource<'a> {
    source: &'a Source,
    summed: Summed,
    labels: Labels<'a>,
    unread: BTreeSet<&'a str>,
    repeated: u64,
    rounded: u64,
    /// Rows that count nowhere, with the line that says so first.
    nowhere: Option<(u64, u64)>,
}

impl<'a> OfSource<'a> {
    fn new(source: &'a Source, terms: &Terms) -> Self {
        let summed = Summed { file: terms.file.clone(), persons: of_persons(source), ..Summed::default() };
        Self { source, summed, labels: Labels::default(), unread: BTreeSet::new(), repeated: 0, rounded: 0, nowhere: None }
    }

    fn finish(mut self, known: Known) -> Summed {
        let place = || Place { file: Some(self.summed.file.as_str().into()), ..Place::default() };
        let mut findings = self.labels.findings(self.source, &place(), known);
        if self.repeated > 0 {
            findings.push(Finding::new(&value::REPEATED, place()).with("count", self.repeated.to_string()));
        }
        if self.rounded > 0 {
            findings.push(Finding::new(&codes::ROUNDED, place()).with("count", self.rounded.to_string()));
        }
        if let Some((line, count)) = self.nowhere {
            findings.push(Finding::new(&sql::NOT_COUNTED, Place { row: Some(line), ..place() }).with("count", count.to_string()));
        }
        self.summed.findings.extend(findings);
        self.summed
    }
}

impl<'a> Resolver<'a> {
    fn take(&mut self, row: &'a Row) {
        let Some(at) = self.sources.iter().position(|one| one.source.number == row.source) else {
            return self.say(row, "source", &row.source.to_string(), Text::new("不是考核任务的来源", "is no source of the assessment"));
        };
        let Some(item) = self.ids.get(&*row.item).copied() else {
            return self.say(row, "item", &row.item, Text::new("不是指标库的项目", "is no item of the catalogues"));
        };
        let (known, file) = (self.known, self.terms.file.as_str());
        let one = &mut self.sources[at];
        if &*row.period == NOWHERE {
            one.nowhere.get_or_insert((row.line, 0)).1 += row.counts.rows;
            return;
        }
        let Some(span) = row.period.parse().ok().or_else(|| period_text::parse(&row.period, None).map(|written| written.span)) else {
            one.note_period(row);
            return;
        };
        let organisation = match one.labels.find(&row.organisation, span, (row.line, one.source), known) {
            Label::Organisation(organisation) => organisation,
            Label::Nobody => return,
            Label::Several => {
                return self.say(
                    row,
                    "organisation",
                    &row.organisation,
                    Text::new(
                        "在来源的 rows 和名录中指不同的机构",
                        "means one organisation in the `rows` of the source and another in the registry",
                    ),
                );
            }
        };
        let key = (organisation, span, item);
        if row.counts.is_doubtful() && !row.value.is_empty() && one.source.prefer.is_none() {
            let what = Text::new("有值，却也有不一致或不能使用的单元格", "it has a value beside cells that conflict or were rejected");
            let diagnostic = Diagnostic::new(&codes::CONTRADICTION, None).with("file", file).with("row", row.line.to_string());
            self.found.push(diagnostic.with("what", what));
            return;
        }
        one.figure(row, key, known);
    }

    fn say(&mut self, row: &Row, column: &'static str, value: &str, what: Text) {
        let diagnostic = Diagnostic::new(&codes::CELL, None).with("file", self.terms.file.as_str()).with("row", row.line.to_string());
        self.found.push(diagnostic.with("column", column).with("value", masked(value).as_ref()).with("what", what));
    }
}

impl<'a> OfSource<'a> {
    /// A running total may be written as its month, or in full.
    fn key_of(&self, (organisation, span, item): Key, known: Known) -> Key {
        (organisation, self.source.span_of(item, span, known.vocabulary.catalogue), item)
    }

    /// What is said of a figure that stands in two rows.
    fn repeated_in(&self, terms: &Terms, known: Known) -> Option<Diagnostic> {
        let mut lines: Vec<(Key, u64)> = self.summed.figures.iter().map(|figure| (self.key_of(figure.key, known), figure.line)).collect();
        lines.sort_unstable();
        let again = lines.windows(2).find_map(|pair| match pair {
            [(one, first), (other, line)] if one == other => Some((*first, *line)),
            _ => None,
        });
        let (first, line) = again?;
        terms.rows.iter().find(|row| row.line == line).map(|row| row.again(first, &terms.file))
    }

    fn note_period(&mut self, row: &'a Row) {
        if self.unread.insert(&*row.period) {
            let place = Place {
                file: Some(self.summed.file.as_str().into()),
                row: Some(row.line),
                value: Some(row.period.to_string().into()),
                ..Place::default()
            };
            self.summed.findings.push(Finding::new(&data::UNKNOWN_PERIOD, place).with("value", &*row.period));
        }
    }

    fn figure(&mut self, row: &Row, key: Key, known: Known) {
        let decimals = known.vocabulary.catalogue.item(key.2).decimals;
        let counts = &row.counts;
        self.repeated += counts.repeated;
        let (cell, problem) = match number(&row.value, decimals) {
            None if counts.is_doubtful() => (dataset::Cell::Rejected, None),
            None => (dataset::Cell::Missing, None),
            Some(Number::Exact(steps)) => (dataset::Cell::Value(steps), None),
            Some(Number::Noisy(steps)) => {
                self.rounded += 1;
                (dataset::Cell::Value(steps), None)
            }
            Some(Number::Finer) => (dataset::Cell::Rejected, Some(&codes::INEXACT)),
            Some(Number::TooLarge) => (dataset::Cell::Rejected, Some(&value::TOO_LARGE)),
        };
        let written = if row.value.is_empty() { said(counts).into() } else { row.value.clone() };
        let figure = Figure { key, cell, written, line: row.line };
        let place = placed(figure.place(&self.summed), key, known);
        if let Some(code) = problem {
            let finding =
                Finding::new(code, Place { value: Some(row.value.to_string().into()), ..place.clone() }).with("value", &*row.value);
            let is_finer = std::ptr::eq(code, &raw const codes::INEXACT);
            self.summed.findings.push(if is_finer { finding.with("decimals", decimals.to_string()) } else { finding });
        }
        self.summed.findings.extend(doubt(row, cell, key, known).map(|finding| Finding { place: place.clone(), ..finding }));
        self.summed.figures.push(figure);
    }
}

/// A number beside an item's step.
#[derive(Debug, PartialEq, Eq)]
enum Number {
    /// A whole number of steps.
    Exact(i64),
    /// One, but for the noise of binary fractions.
    Noisy(i64),
    /// It has more decimals than the item.
    Finer,
    /// It has too many digits [N3].
    TooLarge,
}

/// Reads a value; `None` where there is none. A terms file with anything but numbers was refused.
fn number(text: &str, decimals: u32) -> Option<Number> {
    let parsed = cell::parse(text.as_bytes(), &Shape { decimals, multiplier_power: 0, percent: false });
    if let (Cell::Value(steps), true) = (parsed.cell, parsed.repairs.is_empty()) {
        return Some(Number::Exact(steps));
    }
    let exact: Exact = text.parse().ok()?;
    let steps = exact * Exact::from_steps(10_i128.pow(decimals), 0);
    let nearest = steps.round(0, Rounding::HalfUp);
    let apart = (&steps - &nearest).abs();
    let whole = nearest.to_i64().filter(|steps| steps.abs() <= MOST_STEPS);
    Some(match whole {
        None => Number::TooLarge,
        Some(steps) if apart.is_zero() => Number::Exact(steps),
        Some(steps) if apart < Exact::from_steps(1, NOISE) => Number::Noisy(steps),
        Some(_) => Number::Finer,
    })
}

/// Decimals of a step that are taken for noise.
const NOISE: u32 = 6;

/// What stands in the place of a value, by the names of the columns.
fn said(counts: &Counts) -> String {
    let both = [("conflicting", counts.conflicting), ("rejected", counts.rejected)];
    let said: Vec<String> = both.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} = {count}")).collect();
    said.join(", ")
}

/// What was wrong with the cells of a figure.
fn doubt(row: &Row, cell: dataset::Cell, key: Key, known: Known) -> Option<Finding> {
    let counts = &row.counts;
    let (code, count) = match cell {
        dataset::Cell::Value(_) if counts.is_doubtful() => (&codes::CHOSEN, counts.conflicting + counts.rejected),
        // Of a value that is rejected for its own sake that was said.
        dataset::Cell::Rejected if !row.value.is_empty() => return None,
        dataset::Cell::Rejected if counts.rejected > 0 => (&codes::REJECTED, counts.rejected),
        dataset::Cell::Rejected if counts.conflicting > 0 => (&codes::CONFLICTING, counts.conflicting + 1),
        _ => return None,
    };
    let finding = Finding::new(code, Place::default()).with("count", count.to_string()).with("period", key.1.to_string());
    let finding = finding.with("organisation", known.registry.get(key.0).name.clone());
    let finding = finding.with("item", known.vocabulary.catalogue.item(key.2).name.clone());
    Some(if row.value.is_empty() { finding } else { finding.with("value", &*row.value) })
}

/// The place with organisation, period and item.
fn placed(place: Place, (organisation, span, item): Key, known: Known) -> Place {
    Place {
        organisation: Some(known.registry.get(organisation).code.clone()),
        period: Some(span.to_string().into()),
        item: Some(known.vocabulary.catalogue.item(item).id.clone()),
        ..place
    }
}

/// The figures that are wanted, as cells.
pub fn traced(source: &Source, summed: &Summed, known: Known, wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    let cell = |figure: &Figure| {
        let (organisation, span, item) = figure.key;
        let (catalogue, span) = (known.vocabulary.catalogue, source.span_of(item, span, known.vocabulary.catalogue));
        let cell = match figure.cell {
            dataset::Cell::Missing => return None,
            dataset::Cell::Value(steps) => Cell::Value(steps),
            dataset::Cell::Rejected => Cell::Rejected(Problem::NotANumber),
        };
        wanted(organisation, span, item).then(|| Traced {
            key: (organisation, span, item),
            place: figure.place(summed),
            written: figure.written.to_string(),
            parsed: Parsed { cell, repairs: Repairs::NONE },
            is_running_total: source.has_running_total(item, catalogue),
            multiplier_power: 0,
            stage: source.stage,
            prefer: source.prefer,
            order: 0,
        })
    };
    summed.figures.iter().filter_map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N1: what an engine sums as binary fractions is the decimal it means, or no value.
    #[test]
    fn noise_of_binary_fractions_is_told_from_decimals_that_are_too_many() {
        for (text, decimals, expected) in [
            ("8300.75", 2, Number::Exact(830_075)),
            ("8300.750000000001", 2, Number::Noisy(830_075)),
            ("8300.749999999999", 2, Number::Noisy(830_075)),
            // A millionth of a step of 0.01 is 1e-8.
            ("8300.75000001", 2, Number::Finer),
            ("8300.750000009", 2, Number::Noisy(830_075)),
            ("8300.755", 2, Number::Finer),
            ("12", 0, Number::Exact(12)),
            ("12.0", 0, Number::Exact(12)),
            ("1.2E7", 0, Number::Exact(12_000_000)),
            ("-3.5", 1, Number::Exact(-35)),
            ("12.5", 0, Number::Finer),
            ("1000000000000000", 0, Number::Exact(MOST_STEPS)),
            ("1000000000000001", 0, Number::TooLarge),
            ("1e300", 2, Number::TooLarge),
        ] {
            assert_eq!(number(text, decimals), Some(expected), "{text}");
        }
        assert_eq!(number("", 0), None);
    }
}
