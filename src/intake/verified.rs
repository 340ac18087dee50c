//! Verified figures over reported ones: the former count [S1].

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Time, unit_word};
use crate::codes::assessment as codes;
use crate::dataset::{Cell, Dataset, Key, Replaced};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::behind::{Behind, about, kept};
use crate::intake::correction::figure;
use crate::intake::cumulative::{Cumulative, total_of};
use crate::intake::reading::Reading;
use crate::intake::rows::Known;
use crate::intake::source::Stage;
use crate::period::Span;
use crate::trace::Traced;

/// Values that were verified as something else than what was reported; running totals by January..m.
pub(super) fn differing(reported: &Reading, verified: &Reading) -> Vec<Key> {
    let totals = verified.totals.totals().filter(|(key, now)| reported.totals.get(*key) != *now).map(|(key, _)| key);
    let values = verified.dataset.cells().filter(|(key, now)| reported.dataset.get(*key) != *now).map(|(key, _)| key);
    totals.chain(values).collect()
}

/// Puts verified running totals over reported ones [T5].
pub(super) fn lay_totals(
    (totals, dataset): (&mut Cumulative, &mut Dataset),
    verified: &Cumulative,
    behind: &Behind,
    known: Known,
    findings: &mut Vec<Finding>,
) {
    for (key, now) in verified.totals() {
        // A figure of the same months may stand there without being a running total.
        let stands = [totals.get(key), dataset.get(key)].into_iter().find(|cell| *cell != Cell::Missing);
        let was = stands.unwrap_or(Cell::Missing);
        totals.mark_verified(key);
        if was == now {
            totals.set(key, now);
            continue;
        }
        let over = Over { key, was, now, cell: kept(&behind.at(key, Stage::Verified)), is_running_total: true, known };
        match over.judge(findings) {
            Some(replaced) => {
                totals.replace(key, now);
                dataset.record(key, replaced);
            }
            None => totals.set(key, Cell::Rejected),
        }
    }
}

/// What was reported for other spans of months that were verified, with one of those: T3 would rather
/// take one reported year than twelve verified months, and the verified ones count. Those derived from
/// the same running totals fit together [T5].
pub(super) fn overlapped(verified: &Dataset, dataset: &Dataset, derived: &BTreeSet<Key>, known: Known) -> BTreeMap<Key, Key> {
    let mut found = BTreeMap::new();
    for ((organisation, span, item), _) in verified.cells() {
        let is_stock = known.vocabulary.catalogue.item(item).time == Time::Stock;
        let is_derived = derived.contains(&(organisation, span, item));
        let meets = |other: Span| if is_stock { other.last() == span.last() } else { other.overlaps(span) };
        let others = dataset.series(organisation, item).map(|(other, _)| (organisation, other, item));
        let contradicts = |key: &Key| meets(key.1) && !(is_derived && derived.contains(key));
        for key in others.filter(|key| contradicts(key) && verified.get(*key) == Cell::Missing) {
            found.entry(key).or_insert((organisation, span, item));
        }
    }
    found
}

/// What was verified, running totals brought to differences.
pub(super) struct Verified<'a> {
    /// The figures.
    pub(super) dataset: &'a Dataset,
    /// The cells behind those that differ.
    pub(super) behind: &'a Behind,
    /// Organisations and items.
    pub(super) known: Known<'a>,
}

impl Verified<'_> {
    /// Puts verified figures over reported ones.
    pub(super) fn lay(&self, dataset: &mut Dataset, findings: &mut Vec<Finding>) {
        for (key, now) in self.dataset.cells() {
            let was = dataset.get(key);
            if now == was {
                continue;
            }
            let mut cells = self.behind.at(key, Stage::Verified);
            cells.retain(|cell| !cell.is_running_total);
            let own = kept(&cells).or(cells.last().copied());
            // Of a difference of running totals all was said, unless it is another than a month's own figure.
            let said = was == Cell::Missing || dataset.replacement(key).is_some();
            let Some(cell) = own.or_else(|| self.total(key).filter(|_| !said)) else {
                dataset.set(key, now);
                continue;
            };
            let over = Over { key, was, now, cell: Some(cell), is_running_total: false, known: self.known };
            match over.judge(findings) {
                Some(replaced) => dataset.replace(key, now, replaced),
                None => dataset.set(key, Cell::Rejected),
            }
        }
    }

    /// Where a verified figure stands; of a difference, its running total.
    pub(super) fn place(&self, key: Key) -> Place {
        let cell = self.behind.at(key, Stage::Verified).last().copied().or_else(|| self.total(key));
        cell.map_or_else(Place::default, |cell| cell.place.clone())
    }

    /// The verified running total at the end of a difference.
    fn total(&self, key: Key) -> Option<&Traced> {
        self.behind.at(total_of(key)?, Stage::Verified).into_iter().rfind(|cell| cell.is_running_total)
    }

    /// Takes away what was reported for other spans of verified months.
    pub(super) fn withdraw<'k>(&self, dataset: &mut Dataset, keys: impl Iterator<Item = &'k Key>, findings: &mut Vec<Finding>) {
        for key in keys {
            dataset.set(*key, Cell::Missing);
            findings.push(about(&codes::VERIFIED_OVER, Place::default(), *key, (false, self.known)));
        }
    }
}

/// A verified figure over a reported one.
struct Over<'a> {
    key: Key,
    was: Cell,
    now: Cell,
    cell: Option<&'a Traced>,
    is_running_total: bool,
    known: Known<'a>,
}

impl Over<'_> {
    /// What replaces the reported figure; `None` if what was verified cannot be read: then neither counts,
    /// for the reported one is what was found to be otherwise.
    fn judge(&self, findings: &mut Vec<Finding>) -> Option<Replaced> {
        let item: ItemId = self.key.2;
        let unit = unit_word(&self.known.vocabulary.catalogue.item(item).unit);
        let place = self.cell.map_or_else(Place::default, |cell| cell.place.clone());
        let (was, now) = (figure(self.was, item, self.known), figure(self.now, item, self.known));
        let about = |code| about(code, Place { value: None, ..place.clone() }, self.key, (self.is_running_total, self.known));
        if self.now == Cell::Rejected {
            findings.push(about(&codes::VERIFIED_UNREADABLE).with("was", was.text(&unit)));
            return None;
        }
        findings.push(about(&codes::VERIFIED).with("was", was.text(&unit)).with("now", now.text(&unit)));
        let note = place.file.as_deref().unwrap_or_default().to_owned();
        Some(Replaced { was, now, is_running_total: self.is_running_total, place, note })
    }
}
