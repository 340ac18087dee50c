//! The cells behind values that need a word: found again together, in one pass over the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::codes::value as codes;
use crate::dataset::{self, Key, meet, period};
use crate::finding::{Finding, Place};
use crate::intake::cell::Cell;
use crate::intake::rows::Known;
use crate::intake::source::{Source, Stage};
use crate::text::{Lang, Text};
use crate::trace::{self, Traced};

/// Cells by the value they are of, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Behind(BTreeMap<Key, Vec<Traced>>);

impl Behind {
    /// Finds the cells of these values; running totals go by January..m.
    pub(super) fn find(sources: &[Source], known: Known, wanted: &BTreeSet<Key>) -> Self {
        let mut found = Self::default();
        if wanted.is_empty() {
            return found;
        }
        let is_wanted = |organisation, span, item| wanted.contains(&(organisation, span, item));
        for traced in trace::cells(sources, known, &is_wanted) {
            found.0.entry(traced.key).or_default().push(traced);
        }
        found
    }

    /// With the cells of other values that were found later.
    pub(super) fn and(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }

    /// The cells of one value.
    pub(super) fn of(&self, key: Key) -> &[Traced] {
        self.0.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Those of one stage that hold something.
    pub(super) fn at(&self, key: Key, stage: Stage) -> Vec<&Traced> {
        self.of(key).iter().filter(|cell| cell.stage == stage && cell.parsed.cell != Cell::Missing).collect()
    }
}

/// Which of several cells of one value counts [D2]; `None` where they contradict each other.
pub(super) fn kept<'t>(cells: &[&'t Traced]) -> Option<&'t Traced> {
    let mut kept: (dataset::Cell, Option<&Traced>) = (dataset::Cell::Missing, None);
    for traced in cells {
        let now = as_cell(traced);
        let (cell, put) = meet(kept.0, now, traced.prefer);
        let is_kept = match put {
            dataset::Put::Same => true,
            dataset::Put::Chosen => traced.prefer == Some(dataset::Prefer::First),
            dataset::Put::New | dataset::Put::Conflict => false,
        };
        let used = if is_kept { kept.1 } else { Some(*traced) };
        kept = (cell, used.filter(|_| put != dataset::Put::Conflict));
    }
    kept.1
}

/// What a cell counts as.
pub(super) fn as_cell(traced: &Traced) -> dataset::Cell {
    traced.parsed.cell.into()
}

/// Organisation, period and item of a value.
pub(super) fn place_of((organisation, span, item): Key, known: Known) -> Place {
    Place {
        organisation: Some(known.registry.get(organisation).code.clone()),
        period: Some(span.to_string().into()),
        item: Some(known.vocabulary.catalogue.item(item).id.clone()),
        ..Place::default()
    }
}

/// A finding about a value, at a place of a file; its message names the organisation, the item and the
/// period.
pub(super) fn about(code: &'static Code, at: Place, key: Key, (is_running_total, known): (bool, Known)) -> Finding {
    let Place { organisation, period: span, item, .. } = place_of(key, known);
    let finding = Finding::new(code, Place { organisation, period: span, item, ..at });
    let item = known.vocabulary.catalogue.item(key.2);
    finding
        .with("organisation", known.registry.get(key.0).name.clone())
        .with("item", item.name.clone())
        .with("period", period(key.1, is_running_total))
}

/// Cells that do not count because something else stands in their place.
#[derive(Debug, Default, Clone)]
pub struct Superseded(BTreeMap<Place, Instead>);

/// What stands in the place of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// A correction.
    Corrected(Place),
    /// A verified figure.
    Verified(Place),
    /// Another cell that a source prefers [D2].
    Preferred(Place),
}

impl Instead {
    /// In words, with the place.
    pub fn text(&self) -> Text {
        let (zh, en, place) = match self {
            Self::Corrected(place) => ("已更正", "corrected", place),
            Self::Verified(place) => ("以核实数为准", "verified", place),
            Self::Preferred(place) => ("按 prefer 另取", "another is preferred", place),
        };
        Text::new(format!("{zh}：{}", place.location()), format!("{en}: {}", place.location()))
    }
}

impl Superseded {
    /// Notes that a cell does not count.
    pub(super) fn add(&mut self, cell: &Place, instead: Instead) {
        self.0.insert(cell.of_cell(), instead);
    }

    /// What stands in the place of a cell.
    pub fn get(&self, cell: &Place) -> Option<&Instead> {
        if self.0.is_empty() { None } else { self.0.get(&cell.of_cell()) }
    }

    /// What is wrong with cells that do not count rejects nothing: it is only noted [S6].
    pub(super) fn retract(&self, findings: &mut [Finding]) {
        if self.0.is_empty() {
            return;
        }
        for finding in findings {
            let is_error = finding.severity() == crate::code::Severity::Error;
            let is_of_cell = is_error && ["value/", "terms/"].iter().any(|area| finding.code.id().starts_with(area));
            let Some(instead) = self.get(&finding.place).filter(|_| is_of_cell) else { continue };
            let problem = Text::new(finding.message.render(Lang::Zh), finding.message.render(Lang::En));
            let noted = Finding::new(&codes::SUPERSEDED, finding.place.clone());
            *finding = noted.with("problem", problem).with("instead", instead.text());
        }
    }
}
