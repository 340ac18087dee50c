//! Cumulative reports: a row for month m covers January..m (SEMANTICS T5).

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::period as codes;
use crate::dataset::{Cell, Dataset, Key, Prefer, Put, meet};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::rows::Known;
use crate::period::{Month, Span};
use crate::registry::OrgId;

/// Running totals as reported, until all files are read.
#[derive(Debug, Default)]
pub(super) struct Cumulative {
    reported: BTreeMap<(OrgId, ItemId, i32), BTreeMap<Month, Cell>>,
}

/// What is wrong with a running total as it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its period does not begin in January.
    NotFromJanuary(Box<Finding>),
    /// Another value was reported for the same months [D2].
    Conflict,
    /// The same, and the source says which of them counts: this one.
    Chosen(Cell),
}

impl Cumulative {
    /// Takes one running total: its period is a month m or January..m.
    pub(super) fn put(&mut self, organisation: OrgId, item: ItemId, span: Span, cell: Cell, prefer: Option<Prefer>) -> Result<(), Fault> {
        let from_january = span.first().month() == 1 && span.first().year() == span.last().year();
        if span.len() > 1 && !from_january {
            let finding = Finding::new(&codes::NOT_FROM_JANUARY, Place::default()).with("period", span.to_string());
            return Err(Fault::NotFromJanuary(Box::new(finding)));
        }
        if cell != Cell::Missing {
            let months = self.reported.entry((organisation, item, span.last().year())).or_default();
            let known = months.entry(span.last()).or_insert(cell);
            if *known != cell {
                let (kept, put) = meet(*known, cell, prefer);
                *known = kept;
                return Err(if put == Put::Chosen { Fault::Chosen(kept) } else { Fault::Conflict });
            }
        }
        Ok(())
    }

    /// Turns running totals into values of the months between two of them: the value of a..b is
    /// C(b) − C(a−1). A total below an earlier one is rejected; what
    /// is said of it stands beside its organisation, month and item.
    pub(super) fn settle(&self, dataset: &mut Dataset, known: Known, conflicts: &mut BTreeSet<Key>) -> BTreeMap<Key, Finding> {
        let mut fallen = BTreeMap::new();
        for ((organisation, id, _), months) in &self.reported {
            let mut before: Option<(Month, i64)> = None;
            let mut rejected: Option<Month> = None;
            for (month, cell) in months {
                // Without a usable total before it, a total counts from January [T5].
                let start = before.map_or(month.plus(1 - month.month().cast_signed()), |(last, _)| last.plus(1));
                let Some(span) = Span::new(start, *month) else { continue };
                let value = match (cell, before) {
                    (Cell::Value(steps), Some((_, earlier))) if *steps < earlier => {
                        let item = known.vocabulary.catalogue.item(*id);
                        let place = Place {
                            organisation: Some(known.registry.get(*organisation).code.clone()),
                            period: Some(month.to_string()),
                            item: Some(item.id.clone()),
                            ..Place::default()
                        };
                        let shown = |steps: i64| crate::number::Exact::from_steps(i128::from(steps), item.decimals).to_string();
                        let finding = Finding::new(&codes::CUMULATIVE_FELL, place).with("item", item.name.clone());
                        let finding = finding.with("later", shown(*steps)).with("earlier", shown(earlier));
                        fallen.extend(Span::new(*month, *month).map(|span| ((*organisation, span, *id), finding)));
                        Cell::Rejected
                    }
                    (Cell::Value(steps), earlier) => {
                        before = Some((*month, *steps));
                        Cell::Value(steps - earlier.map_or(0, |(_, earlier)| earlier))
                    }
                    _ => Cell::Rejected,
                };
                let since_rejected = rejected.and_then(|month| Span::new(month.plus(1), span.last()));
                rejected = if value == Cell::Rejected { Some(*month) } else { None };
                let row = dataset.row(*organisation, span);
                if dataset.put(row, *id, value, None) == Put::Conflict {
                    conflicts.insert((*organisation, span, *id));
                }
                // The months since a rejected total would need it: their value is rejected, not absent.
                if let Some(span) = since_rejected {
                    let row = dataset.row(*organisation, span);
                    dataset.put(row, *id, Cell::Rejected, None);
                }
            }
        }
        fallen
    }
}
