//! Corrections of reported values and verified figures: applied over the exports, before any check [S1].

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Time;
use crate::code::Severity;
use crate::codes::assessment as codes;
use crate::dataset::{Cell, Dataset, Key, Replaced};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Shape};
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::{Text, normalise};
use crate::trace::{self, Traced};

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

/// Applies corrections. One whose old value is not what was reported rejects the value: neither counts.
pub fn apply(dataset: &mut Dataset, corrections: &[Correction], sources: &[Source], known: Known, findings: &mut Vec<Finding>) {
    if corrections.is_empty() {
        return;
    }
    let by_key: BTreeMap<Key, &Correction> = corrections.iter().map(|correction| (correction.key, correction)).collect();
    let wanted = |organisation: OrgId, span: Span, item: ItemId| by_key.contains_key(&(organisation, span, item));
    let mut reported: BTreeMap<Key, Vec<Traced>> = BTreeMap::new();
    // A running total is not the figure of its month: what its rows leave for the month is.
    for traced in trace::cells(sources, known, &wanted).into_iter().filter(|traced| !traced.is_running_total) {
        reported.entry(traced.key).or_default().push(traced);
    }
    let mut said = Vec::new();
    for correction in corrections {
        let cells = reported.get(&correction.key).map_or(&[][..], Vec::as_slice);
        apply_one(dataset, correction, cells, known, &mut said);
    }
    // What was wrong with a cell that was replaced no longer matters; the correction says what stood there.
    let replaced: BTreeSet<Place> =
        by_key.into_keys().filter(|key| dataset.replacement(*key).is_some()).map(|key| place(key, known)).collect();
    findings.retain(|one| {
        let Place { organisation, period, item, .. } = one.place.clone();
        let about = Place { organisation, period, item, ..Place::default() };
        one.severity() < Severity::Error || !one.code.id().starts_with("value/") || !replaced.contains(&about)
    });
    findings.append(&mut said);
    dataset.index(known.registry.organisations().len());
}

fn apply_one(dataset: &mut Dataset, correction: &Correction, cells: &[Traced], known: Known, findings: &mut Vec<Finding>) {
    let key = correction.key;
    let stands = dataset.get(key);
    let was = was(stands, cells, known, key);
    let place = Place { file: Some(correction.file.clone()), row: Some(correction.row), ..place(key, known) };
    let finding = |code| about(Finding::new(code, place.clone()), key, known);
    let nothing = || Text::new("无", "nothing");
    let shown = |text: &str| if text.is_empty() { nothing() } else { Text::same(text) };
    if let Some(old) = correction.old.as_ref().filter(|old| !is_reported(old, stands, cells)) {
        // Which of the two is right nobody can say from here.
        dataset.set(key, Cell::Rejected);
        let stated = if old.cell == Cell::Missing { nothing() } else { Text::same(&old.written) };
        findings.push(finding(&codes::CORRECTION_OLD).with("old", stated).with("found", shown(&was)));
        return;
    }
    if correction.old.is_none() && stands == Cell::Missing && cells.is_empty() {
        findings.push(finding(&codes::CORRECTION_NOTHING).with("new", correction.written.clone()));
    }
    let new = if correction.new == Cell::Missing { nothing() } else { Text::same(&correction.written) };
    let ground = format!("{}:{}", correction.file, correction.row);
    let note = if correction.note.is_empty() { ground } else { correction.note.clone() };
    findings.push(finding(&codes::CORRECTION_APPLIED).with("was", shown(&was)).with("now", new).with("note", note.clone()));
    let (now, file) = (if correction.new == Cell::Missing { String::new() } else { correction.written.clone() }, correction.file.clone());
    dataset.replace(key, correction.new, Replaced { was, now, file, row: correction.row, note });
}

/// Corrections as cells with a place, beside the cells of the exports.
pub fn cells(corrections: &[Correction], wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    let is_wanted = |correction: &&Correction| wanted(correction.key.0, correction.key.1, correction.key.2);
    let traced = |correction: &Correction| {
        let column = Some(correction.column.clone());
        let place = Place { file: Some(correction.file.clone()), row: Some(correction.row), column, ..Place::default() };
        let parsed = cell::parse(correction.written.as_bytes(), &correction.shape);
        Traced { key: correction.key, place, written: correction.written.clone(), parsed, is_running_total: false }
    };
    corrections.iter().filter(is_wanted).map(traced).collect()
}

/// True if the old value is what the exports hold: as a number, or as it is written there.
fn is_reported(old: &Old, stands: Cell, cells: &[Traced]) -> bool {
    match old.cell {
        Cell::Missing => stands == Cell::Missing,
        Cell::Value(steps) => stands == Cell::Value(steps) || cells.iter().any(|traced| traced.parsed.cell == cell::Cell::Value(steps)),
        Cell::Rejected => cells.iter().any(|traced| normalise(&traced.written) == normalise(&old.written)),
    }
}

/// What was reported, as written; the figure where it follows from others.
fn was(stands: Cell, cells: &[Traced], known: Known, key: Key) -> String {
    let mut written: Vec<&str> = cells.iter().map(|traced| traced.written.as_str()).collect();
    written.dedup();
    match stands {
        Cell::Value(steps) if written.is_empty() => {
            Exact::from_steps(i128::from(steps), known.vocabulary.catalogue.item(key.2).decimals).to_string()
        }
        _ => written.join(" / "),
    }
}

/// Puts verified figures over reported ones: the former count.
pub fn verify(dataset: &mut Dataset, verified: &Dataset, sources: &[Source], known: Known, findings: &mut Vec<Finding>) {
    let items = known.vocabulary.catalogue.items.len();
    let mut differing: BTreeMap<Key, (Cell, Cell)> = BTreeMap::new();
    for (organisation, span, row) in verified.all_rows() {
        for item in (0..items).map(ItemId) {
            let (key, now) = ((organisation, span, item), verified.at(row, item));
            let was = dataset.get(key);
            if now != Cell::Missing && now != was {
                differing.insert(key, (was, now));
            }
        }
    }
    let wanted = |organisation: OrgId, span: Span, item: ItemId| differing.contains_key(&(organisation, span, item));
    let traced = trace::cells(sources, known, &wanted);
    for (key, (was, now)) in &differing {
        let decimals = known.vocabulary.catalogue.item(key.2).decimals;
        let shown = |cell: &Cell| match cell {
            Cell::Value(steps) => Text::same(Exact::from_steps(i128::from(*steps), decimals).to_string()),
            Cell::Missing => Text::new("无", "nothing"),
            Cell::Rejected => Text::new("被剔除的数值", "a rejected value"),
        };
        let cell = traced.iter().find(|cell| cell.key == *key);
        let (file, row) = cell.map_or((None, None), |cell| (cell.place.file.clone(), cell.place.row));
        let place = Place { file: file.clone(), row, ..place(*key, known) };
        let finding = about(Finding::new(&codes::VERIFIED, place), *key, known);
        findings.push(finding.with("was", shown(was)).with("now", shown(now)));
        let text = |cell: &Cell| if *cell == Cell::Missing { String::new() } else { shown(cell).zh };
        let note = file.clone().unwrap_or_default();
        let replaced = Replaced { was: text(was), now: text(now), file: file.unwrap_or_default(), row: row.unwrap_or(1), note };
        dataset.replace(*key, *now, replaced);
    }
    dataset.index(known.registry.organisations().len());
    withdraw(dataset, verified, known, findings);
}

/// Takes away what was reported for other spans of months that were verified: T3 would rather take one
/// reported year than twelve verified months, and the verified ones count.
fn withdraw(dataset: &mut Dataset, verified: &Dataset, known: Known, findings: &mut Vec<Finding>) {
    let catalogue = known.vocabulary.catalogue;
    let mut withdrawn: BTreeSet<Key> = BTreeSet::new();
    for (organisation, span, row) in verified.all_rows() {
        for item in (0..catalogue.items.len()).map(ItemId).filter(|item| verified.at(row, *item) != Cell::Missing) {
            let is_stock = catalogue.item(item).time == Time::Stock;
            let meets = |other: Span| if is_stock { other.last() == span.last() } else { other.overlaps(span) };
            let others = dataset.series(organisation, item).map(|(other, _)| other);
            let reported = others.filter(|other| meets(*other) && verified.get((organisation, *other, item)) == Cell::Missing);
            withdrawn.extend(reported.map(|other| (organisation, other, item)));
        }
    }
    for key in withdrawn {
        dataset.set(key, Cell::Missing);
        findings.push(about(Finding::new(&codes::VERIFIED_OVER, place(key, known)), key, known));
    }
}

fn place((organisation, span, item): Key, known: Known) -> Place {
    Place {
        organisation: Some(known.registry.get(organisation).code.clone()),
        period: Some(span.to_string()),
        item: Some(known.vocabulary.catalogue.item(item).id.clone()),
        ..Place::default()
    }
}

fn about(finding: Finding, (organisation, span, item): Key, known: Known) -> Finding {
    let (organisation, item) = (known.registry.get(organisation), known.vocabulary.catalogue.item(item));
    finding.with("organisation", organisation.name.clone()).with("item", item.name.clone()).with("period", span.to_string())
}
