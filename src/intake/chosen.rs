//! Several values of one figure: all are named, and the one that the sources choose (SEMANTICS D2).

use std::collections::BTreeMap;

use crate::codes::value as codes;
use crate::dataset::{Cell, Dataset, Key, Prefer};
use crate::finding::{Finding, Place};
use crate::intake::behind::{Behind, Instead, Superseded, as_cell, kept, place_of};
use crate::intake::cumulative::total_of;
use crate::intake::rows::Known;
use crate::intake::source::Stage;
use crate::number::Exact;
use crate::trace::Traced;

/// Names every value of a key, the one that counts, and how far they are apart.
pub(super) fn report(key: Key, stage: Stage, behind: &Behind, superseded: &mut Superseded, known: Known) -> Option<Finding> {
    let cells = behind.at(key, stage);
    let used = kept(&cells)?;
    for other in cells.iter().filter(|other| as_cell(other) != as_cell(used)) {
        superseded.add(&other.place, Instead::Preferred(used.place.clone()));
    }
    let values = cells.iter().filter_map(|cell| steps(as_cell(cell))).collect();
    let said: Vec<String> = cells.iter().map(|cell| format!("{} ({})", cell.written, cell.place.location())).collect();
    Some(finding((key, known), used, &said, (&used.written, values)))
}

fn finding((key, known): (Key, Known), used: &Traced, said: &[String], (chosen, values): (&str, Vec<i128>)) -> Finding {
    let apart = values.iter().max().zip(values.iter().min()).map_or(0, |(most, least)| most - least);
    let Place { organisation, period, item, .. } = place_of(key, known);
    let place = Place { organisation, period, item, value: Some(used.written.as_str().into()), ..used.place.clone() };
    let decimals = known.vocabulary.catalogue.item(key.2).decimals;
    let finding = Finding::new(&codes::CHOSEN, place).with("cells", said.join(" ≠ "));
    finding.with("chosen", chosen).with("difference", Exact::from_steps(apart, decimals).to_string())
}

/// Names all cells of a key that holds different values [D2].
pub(super) fn conflict(key: Key, cells: &[&Traced], known: Known) -> Option<Finding> {
    let first = cells.first()?;
    let said: Vec<String> = cells.iter().map(|cell| format!("{} ({})", cell.written, cell.place.location())).collect();
    let Place { organisation, period, item, .. } = place_of(key, known);
    let place = Place { organisation, period, item, ..first.place.clone() };
    Some(Finding::new(&codes::CONFLICT, place).with("cells", said.join(" ≠ ")))
}

/// Values that stand in the files and follow from running totals, too, with what follows [T5].
pub(super) type Collisions = BTreeMap<Key, Cell>;

/// Settles them by what is read later [D2].
pub(super) fn settle(
    collisions: &Collisions,
    behind: &Behind,
    dataset: &mut Dataset,
    superseded: &mut Superseded,
    known: Known,
) -> Vec<Finding> {
    let collided = collisions.iter().filter_map(|(key, difference)| Collided::new(*key, *difference, behind, known));
    collided.filter_map(|collided| collided.settle(dataset, superseded)).collect()
}

/// A figure that stands in a file, and what follows from running totals.
struct Collided<'a> {
    key: Key,
    difference: Cell,
    /// The cells of the figure, and of the running total at its end.
    plain: Vec<&'a Traced>,
    totals: Vec<&'a Traced>,
    known: Known<'a>,
}

impl<'a> Collided<'a> {
    fn new(key: Key, difference: Cell, behind: &'a Behind, known: Known<'a>) -> Option<Self> {
        let total = total_of(key)?;
        let of = |key: Key, is_running_total: bool| {
            let cells = behind.at(key, Stage::Reported).into_iter();
            cells.filter(|cell| cell.is_running_total == is_running_total).collect()
        };
        Some(Self { key, difference, plain: of(key, false), totals: of(total, true), known })
    }

    fn settle(&self, dataset: &mut Dataset, superseded: &mut Superseded) -> Option<Finding> {
        let (own, running) = (kept(&self.plain).or(self.plain.last().copied())?, *self.totals.last()?);
        // What its own cells come to: where they contradict each other, that is no value.
        let stands = dataset.get(self.key);
        let is_own_first = own.order < running.order;
        let (first, last) = if is_own_first { (own, running) } else { (running, own) };
        let Some(prefer) = last.prefer else {
            dataset.set(self.key, Cell::Rejected);
            let (one, other) = if is_own_first { (&self.plain, &self.totals) } else { (&self.totals, &self.plain) };
            let all: Vec<&Traced> = one.iter().chain(other).copied().collect();
            return conflict(self.key, &all, self.known);
        };
        let used = if prefer == Prefer::First { first } else { last };
        let cell = if used.is_running_total { self.difference } else { stands };
        if used.is_running_total {
            superseded.add(&own.place, Instead::Preferred(running.place.clone()));
        }
        dataset.set(self.key, cell);
        // Of cells that contradict each other all was said.
        if !used.is_running_total && kept(&self.plain).is_none() {
            return None;
        }
        let of_total = format!("{} ({} − …, {})", self.shown(self.difference), running.written, running.place.location());
        let of_own = format!("{} ({})", own.written, own.place.location());
        let said = if is_own_first { vec![of_own, of_total] } else { vec![of_total, of_own] };
        let values = [stands, self.difference].into_iter().filter_map(steps).collect();
        Some(finding((self.key, self.known), used, &said, (&self.shown(cell), values)))
    }

    fn shown(&self, cell: Cell) -> String {
        let decimals = self.known.vocabulary.catalogue.item(self.key.2).decimals;
        steps(cell).map_or_else(|| "–".to_owned(), |steps| Exact::from_steps(steps, decimals).to_string())
    }
}

fn steps(cell: Cell) -> Option<i128> {
    if let Cell::Value(steps) = cell { Some(i128::from(steps)) } else { None }
}
