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
use crate::text::Text;
use crate::trace::Traced;

/// Names every value of a key, the one that counts, and how far they are apart.
pub(super) fn report(key: Key, stage: Stage, behind: &Behind, superseded: &mut Superseded, known: Known) -> Option<Finding> {
    let cells = behind.at(key, stage);
    let used = kept(&cells)?;
    for other in cells.iter().filter(|other| as_cell(other) != as_cell(used)) {
        superseded.add(&other.place, Instead::Preferred(used.place.clone()));
    }
    let values = cells.iter().filter_map(|cell| steps(as_cell(cell))).collect();
    Some(finding((key, known), used, listed(&cells), (&used.written, values)))
}

/// A cell and where it stands.
fn shown(cell: &Traced) -> String {
    format!("{} ({})", cell.written, cell.place.location())
}

/// Cells that a message lists.
const LISTED: usize = 8;

/// Cells that differ; of many each value once, with how many cells there are beyond those that are listed.
fn listed(cells: &[&Traced]) -> Text {
    let is_first = |at: &usize| cells.len() <= LISTED || !cells[..*at].iter().any(|cell| as_cell(cell) == as_cell(cells[*at]));
    let said: Vec<String> = (0..cells.len()).filter(is_first).take(LISTED).map(|at| shown(cells[at])).collect();
    let (more, said) = (cells.len() - said.len(), said.join(" ≠ "));
    if more == 0 {
        Text::same(said)
    } else {
        Text::new(format!("{said} ≠ ……（另有 {more} 处）"), format!("{said} ≠ … ({more} more)"))
    }
}

fn finding((key, known): (Key, Known), used: &Traced, said: Text, (chosen, values): (&str, Vec<i128>)) -> Finding {
    let apart = values.iter().max().zip(values.iter().min()).map_or(0, |(most, least)| most - least);
    let Place { organisation, period, item, .. } = place_of(key, known);
    let place = Place { organisation, period, item, value: Some(used.written.as_str().into()), ..used.place.clone() };
    let decimals = known.vocabulary.catalogue.item(key.2).decimals;
    let finding = Finding::new(&codes::CHOSEN, place).with("cells", said);
    finding.with("chosen", chosen).with("difference", Exact::from_steps(apart, decimals).to_string())
}

/// Names all cells of a key that holds different values [D2].
pub(super) fn conflict(key: Key, cells: &[&Traced], known: Known) -> Option<Finding> {
    let first = cells.first()?;
    let Place { organisation, period, item, .. } = place_of(key, known);
    let place = Place { organisation, period, item, ..first.place.clone() };
    Some(Finding::new(&codes::CONFLICT, place).with("cells", listed(cells)))
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
        let said = if is_own_first { [shown(own), of_total] } else { [of_total, shown(own)] };
        let values = [stands, self.difference].into_iter().filter_map(steps).collect();
        Some(finding((self.key, self.known), used, said.join(" ≠ ").into(), (&self.shown(cell), values)))
    }

    fn shown(&self, cell: Cell) -> String {
        let decimals = self.known.vocabulary.catalogue.item(self.key.2).decimals;
        steps(cell).map_or_else(|| "–".to_owned(), |steps| Exact::from_steps(steps, decimals).to_string())
    }
}

fn steps(cell: Cell) -> Option<i128> {
    if let Cell::Value(steps) = cell { Some(i128::from(steps)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::ItemId;
    use crate::intake::cell;
    use crate::period::Span;
    use crate::registry::OrgId;

    /// Ten cells of one value and one of another are two values.
    #[test]
    fn a_message_lists_every_value_and_says_how_many_more_cells_there_are() {
        let cell = |value: i64, row: u64| Traced {
            key: (OrgId(0), "2025".parse::<Span>().expect("a year"), ItemId(0)),
            place: Place { file: Some("a.csv".into()), row: Some(row), column: Some("n".into()), ..Place::default() },
            written: value.to_string(),
            parsed: cell::Parsed { cell: cell::Cell::Value(value), repairs: cell::Repairs::NONE },
            is_running_total: false,
            multiplier_power: 0,
            stage: Stage::Reported,
            prefer: None,
            order: 0,
        };
        let of = |values: &[i64]| {
            let cells: Vec<Traced> = (2..).zip(values).map(|(row, value)| cell(*value, row)).collect();
            listed(&cells.iter().collect::<Vec<_>>())
        };
        assert_eq!(of(&[7, 7, 8]), Text::same("7 (a.csv:2, n) ≠ 7 (a.csv:3, n) ≠ 8 (a.csv:4, n)"));
        let eleven = of(&[7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8]);
        assert_eq!(eleven.zh, "7 (a.csv:2, n) ≠ 8 (a.csv:12, n) ≠ ……（另有 9 处）");
        assert_eq!(eleven.en, "7 (a.csv:2, n) ≠ 8 (a.csv:12, n) ≠ … (9 more)");
        assert!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9]).en.ends_with("≠ 8 (a.csv:9, n) ≠ … (1 more)"));
    }
}
