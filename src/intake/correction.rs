//! Corrections of reported values: applied over the exports, before any check [S1].

use crate::codes::assessment as codes;
use crate::dataset::{Cell, Dataset, Figure, Key, Replaced, period};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::behind::{Behind, about};
use crate::intake::cell::{self, Shape};
use crate::intake::cumulative::{Cumulative, total_span};
use crate::intake::rows::Known;
use crate::intake::source::Stage;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::{Text, list, normalise};
use crate::trace::Traced;

/// One recorded correction of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which value.
    pub key: Key,
    /// What the export is said to hold; `None` if that is not said.
    pub old: Option<Old>,
    /// The value that counts; `Missing` withdraws it.
    pub new: Cell,
    /// The same as written.
    pub written: String,
    /// How it is read: in the unit of the item, or in the one the corrections file states.
    pub shape: Shape,
    /// Who, when, why and by which document, as written.
    pub note: String,
    /// Path of the corrections file.
    pub file: String,
    /// Line from 1.
    pub row: u64,
    /// Header of the column of new values, as printed.
    pub column: String,
}

/// The old value a correction states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// As written.
    pub written: String,
    /// As read; `Rejected` if it is no number of the item.
    pub cell: Cell,
}

impl Correction {
    /// Where the new value stands.
    fn place(&self) -> Place {
        Place { file: Some(self.file.as_str().into()), row: Some(self.row), column: Some(self.column.as_str().into()), ..Place::default() }
    }

    /// The running total it would be of: January..m, whether written so or as its month m.
    pub(super) fn as_total(&self) -> Option<Key> {
        total_span(self.key.1).map(|span| (self.key.0, span, self.key.2))
    }
}

/// Applies corrections of running totals, before differences are taken [T5], and gives back the others. A
/// month is a running total where the organisation reports some in that year and no figure of the month,
/// nor was one verified.
pub(super) fn apply_to_totals<'c>(
    (totals, dataset, verified): (&mut Cumulative, &mut Dataset, &Dataset),
    corrections: &'c [Correction],
    behind: &Behind,
    known: Known,
    findings: &mut Vec<Finding>,
) -> Vec<&'c Correction> {
    let mut others = Vec::new();
    for correction in corrections {
        let has_own = [&*dataset, verified].into_iter().any(|data| data.get(correction.key) != Cell::Missing);
        let is_total = |key: &Key| totals.has_year(*key) && !has_own;
        let Some(key) = correction.as_total().filter(is_total) else {
            others.push(correction);
            continue;
        };
        let figure = Corrected { correction, key, is_running_total: true, stands: totals.get(key), cells: behind.of(key), known };
        match figure.judge(findings) {
            Some(replaced) => {
                totals.replace(key, correction.new);
                dataset.record(key, replaced);
            }
            None => totals.set(key, Cell::Rejected),
        }
    }
    others
}

/// Applies corrections of other values. One whose old value is not what was reported rejects the value:
/// neither counts. One of a period that was reported only as part of a longer one has no effect.
pub(super) fn apply(
    (dataset, totals): (&mut Dataset, &Cumulative),
    corrections: &[&Correction],
    behind: &Behind,
    known: Known,
    findings: &mut Vec<Finding>,
) {
    for correction in corrections {
        let (key, stands) = (correction.key, dataset.get(correction.key));
        let figure = Corrected { correction, key, is_running_total: false, stands, cells: behind.of(key), known };
        // What follows from running totals alone was not reported.
        let is_derived = totals.has_year(key) && !figure.cells.iter().any(|cell| !cell.is_running_total);
        let longer = if stands == Cell::Missing || is_derived { figure.longer(dataset, totals) } else { Vec::new() };
        if !longer.is_empty() {
            findings.push(figure.finding(&codes::CORRECTION_UNDER).with("longer", list(&longer)));
            continue;
        }
        match figure.judge(findings) {
            Some(replaced) => dataset.replace(key, correction.new, replaced),
            None => dataset.set(key, Cell::Rejected),
        }
    }
}

/// A correction beside the figure it is of.
struct Corrected<'a> {
    correction: &'a Correction,
    key: Key,
    is_running_total: bool,
    stands: Cell,
    cells: &'a [Traced],
    known: Known<'a>,
}

impl Corrected<'_> {
    /// What replaces the figure; `None` if the old value is another, for which of the two is right nobody
    /// can say from here.
    fn judge(&self, findings: &mut Vec<Finding>) -> Option<Replaced> {
        let unit = crate::catalogue::unit_word(&self.known.vocabulary.catalogue.item(self.key.2).unit);
        let was = self.was();
        if let Some(old) = self.correction.old.as_ref().filter(|old| !self.is_reported(old)) {
            let stated = match old.cell {
                Cell::Rejected => Figure::Written(old.written.clone()),
                cell => self.figure(cell),
            };
            let scaled = self.cells.iter().find(|cell| self.is_unscaled(old, cell.multiplier_power));
            let code = if scaled.is_some() { &codes::CORRECTION_OLD_UNIT } else { &codes::CORRECTION_OLD };
            let mut finding = self.finding(code).with("old", stated.text(&unit)).with("found", was.text(&unit));
            if let Some(cell) = scaled {
                let column = cell.place.column.clone().unwrap_or_default();
                finding = finding.with("written", cell.written.clone()).with("column", column);
            }
            findings.push(finding);
            return None;
        }
        let now = self.figure(self.correction.new);
        if self.correction.old.is_none() && self.stands == Cell::Missing && self.cells.is_empty() {
            findings.push(self.finding(&codes::CORRECTION_NOTHING).with("new", now.text(&unit)));
        }
        let ground = format!("{}:{}", self.correction.file, self.correction.row);
        let note = if self.correction.note.is_empty() { ground } else { self.correction.note.clone() };
        let finding = self.finding(&codes::CORRECTION_APPLIED).with("was", was.text(&unit)).with("now", now.text(&unit));
        findings.push(finding.with("note", note.clone()));
        Some(Replaced { was, now, is_running_total: self.is_running_total, place: self.correction.place(), note })
    }

    fn figure(&self, cell: Cell) -> Figure {
        figure(cell, self.key.2, self.known)
    }

    /// What was reported: the number, or what stands there and is none.
    fn was(&self) -> Figure {
        let mut written: Vec<&str> = self.cells.iter().map(|traced| traced.written.as_str()).collect();
        written.dedup();
        match self.stands {
            Cell::Rejected | Cell::Missing if !written.is_empty() => Figure::Written(written.join(" / ")),
            stands => self.figure(stands),
        }
    }

    /// True if the old value is what the exports hold: as a number, or as it is written there.
    fn is_reported(&self, old: &Old) -> bool {
        match old.cell {
            Cell::Missing => self.stands == Cell::Missing,
            Cell::Value(steps) => {
                let is_it = |traced: &Traced| traced.parsed.cell == cell::Cell::Value(steps);
                self.stands == Cell::Value(steps) || self.cells.iter().any(is_it)
            }
            Cell::Rejected => self.cells.iter().any(|traced| normalise(&traced.written) == normalise(&old.written)),
        }
    }

    /// True if the old value is the reported one without the unit of its column.
    fn is_unscaled(&self, old: &Old, power: i32) -> bool {
        let (Cell::Value(old), Cell::Value(stands)) = (old.cell, self.stands) else { return false };
        let times = |steps: i64| 10_i64.checked_pow(power.unsigned_abs()).and_then(|factor| steps.checked_mul(factor));
        match power {
            0 => false,
            1.. => times(old) == Some(stands),
            _ => times(stands) == Some(old),
        }
    }

    /// What was reported for periods that this one lies in, or overlaps [T3, T6].
    fn longer(&self, dataset: &Dataset, totals: &Cumulative) -> Vec<Text> {
        let (organisation, span, item) = self.key;
        let described = self.known.vocabulary.catalogue.item(item);
        let is_stock = described.time == crate::catalogue::Time::Stock;
        let unit = crate::catalogue::unit_word(&described.unit);
        if totals.has_year(self.key) {
            let total = (organisation, total_span(Span::month(span.last())).unwrap_or(span), item);
            let said = self.figure(totals.get(total)).text(&unit);
            return vec![with_figure(&period(total.1, true), &said)];
        }
        let meets = |other: Span| if is_stock { other.last() == span.last() } else { other.overlaps(span) && !span.contains(other) };
        let others = dataset.series(organisation, item).filter(|(other, _)| *other != span && meets(*other));
        others.map(|(other, cell)| with_figure(&period(other, false), &self.figure(cell).text(&unit))).collect()
    }

    fn finding(&self, code: &'static crate::code::Code) -> Finding {
        let place = Place { column: None, ..self.correction.place() };
        about(code, place, self.key, (self.is_running_total, self.known))
    }
}

fn with_figure(period: &Text, figure: &Text) -> Text {
    Text::new(format!("{}（{}）", period.zh, figure.zh), format!("{} ({})", period.en, figure.en))
}

/// A cell as corrections show it.
pub(super) fn figure(cell: Cell, item: ItemId, known: Known) -> Figure {
    match cell {
        Cell::Missing => Figure::Nothing,
        Cell::Rejected => Figure::Rejected,
        Cell::Value(steps) => Figure::Number(Exact::from_steps(i128::from(steps), known.vocabulary.catalogue.item(item).decimals)),
    }
}

/// Corrections as cells with a place, beside the cells of the exports.
pub fn cells(corrections: &[Correction], dataset: &Dataset, wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    let traced = |correction: &Correction| {
        let place = correction.place();
        let is_it = |key: &Key| dataset.replacement(*key).is_some_and(|replaced| replaced.is_running_total && replaced.place == place);
        let total = correction.as_total().filter(is_it);
        Traced {
            key: total.unwrap_or(correction.key),
            written: correction.written.clone(),
            parsed: cell::parse(correction.written.as_bytes(), &correction.shape),
            is_running_total: total.is_some(),
            multiplier_power: correction.shape.multiplier_power,
            stage: Stage::Reported,
            prefer: None,
            order: usize::MAX,
            place,
        }
    };
    corrections.iter().map(traced).filter(|traced| wanted(traced.key.0, traced.key.1, traced.key.2)).collect()
}
