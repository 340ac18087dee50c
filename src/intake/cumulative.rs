//! Cumulative reports: a row for month m covers January..m (SEMANTICS T5).

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::period as codes;
use crate::dataset::{Cell, Key, Prefer, Put, meet};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::rows::Known;
use crate::number::Exact;
use crate::period::{Month, Span};
use crate::registry::OrgId;

/// Running totals as reported, until all files are read.
#[derive(Debug, Default)]
pub(super) struct Cumulative {
    reported: BTreeMap<(OrgId, ItemId, i32), BTreeMap<Month, Cell>>,
    /// Totals that were corrected or verified.
    replaced: BTreeSet<(OrgId, ItemId, Month)>,
    /// Totals that were verified.
    verified: BTreeSet<(OrgId, ItemId, Month)>,
}

/// A value between two running totals.
#[derive(Debug)]
pub(super) struct Difference {
    /// Whose, when, what.
    pub key: Key,
    /// C(b) − C(a−1); rejected where the later total is, or lacks the earlier.
    pub cell: Cell,
    /// Spans of the corrected and verified totals it hangs on.
    pub of: Vec<Span>,
    /// True if the later total was verified.
    pub is_verified: bool,
    /// True for months that need a total that was rejected: what else is known of them stands.
    pub is_filler: bool,
}

/// January..m of a running total, written as its month m or in full; `None` for another period.
pub(crate) fn total_span(span: Span) -> Option<Span> {
    let january = Month::new(span.last().year(), 1)?;
    (span.len() == 1 || span.first() == january).then(|| Span::new(january, span.last())).flatten()
}

/// The running total at the end of a value.
pub(super) fn total_of((organisation, span, item): Key) -> Option<Key> {
    Some((organisation, total_span(Span::month(span.last()))?, item))
}

impl Cumulative {
    /// Takes one running total: its period is a month m or January..m, everything else is said.
    pub(super) fn put(
        &mut self,
        organisation: OrgId,
        item: ItemId,
        span: Span,
        cell: Cell,
        prefer: Option<Prefer>,
    ) -> Result<Put, Box<Finding>> {
        if total_span(span).is_none() {
            let finding = Finding::new(&codes::NOT_FROM_JANUARY, Place::default()).with("period", span.to_string());
            return Err(Box::new(finding));
        }
        if cell == Cell::Missing {
            return Ok(Put::New);
        }
        let months = self.reported.entry((organisation, item, span.last().year())).or_default();
        let known = months.entry(span.last()).or_insert(Cell::Missing);
        let (kept, put) = meet(*known, cell, prefer);
        *known = kept;
        Ok(put)
    }

    /// The running totals, each with its key.
    pub(super) fn totals(&self) -> impl Iterator<Item = (Key, Cell)> {
        let key = |organisation, item, month| total_span(Span::month(month)).map(|span| (organisation, span, item));
        self.reported.iter().flat_map(move |((organisation, item, _), months)| {
            months.iter().filter_map(move |(month, cell)| Some((key(*organisation, *item, *month)?, *cell)))
        })
    }

    /// The running total that ends with this span.
    pub(super) fn get(&self, (organisation, span, item): Key) -> Cell {
        let months = self.reported.get(&(organisation, item, span.last().year()));
        months.and_then(|months| months.get(&span.last())).copied().unwrap_or(Cell::Missing)
    }

    /// True if the organisation reports running totals of the item in the year of this span.
    pub(super) fn has_year(&self, (organisation, span, item): Key) -> bool {
        self.reported.contains_key(&(organisation, item, span.last().year()))
    }

    /// Puts a total in the place of what stands there.
    pub(super) fn replace(&mut self, key: Key, cell: Cell) {
        self.set(key, cell);
        self.replaced.insert((key.0, key.2, key.1.last()));
    }

    /// Marks a total as one that was verified.
    pub(super) fn mark_verified(&mut self, (organisation, span, item): Key) {
        self.verified.insert((organisation, item, span.last()));
    }

    /// Puts a total whatever stands there.
    pub(super) fn set(&mut self, (organisation, span, item): Key, cell: Cell) {
        let months = self.reported.entry((organisation, item, span.last().year())).or_default();
        if cell == Cell::Missing {
            months.remove(&span.last());
        } else {
            months.insert(span.last(), cell);
        }
    }

    /// Hands over the values of the months between two running totals, year by year: the value of
    /// a..b is C(b) − C(a−1). A total below an earlier one is rejected; what is said of it stands
    /// beside its key.
    pub(super) fn settle(&self, known: Known, mut take: impl FnMut(Difference)) -> BTreeMap<Key, Finding> {
        let mut fallen = BTreeMap::new();
        for ((organisation, id, _), months) in &self.reported {
            let mut before: Option<(Month, i64)> = None;
            let mut rejected: Option<Month> = None;
            for (month, cell) in months {
                // Without a usable total before it, a total counts from January [T5].
                let start = before.map_or(month.plus(1 - month.month().cast_signed()), |(last, _)| last.plus(1));
                let Some(span) = Span::new(start, *month) else { continue };
                let hangs_on = self.hangs_on(*organisation, *id, (before.map_or(start, |(last, _)| last), *month));
                let value = match (cell, before) {
                    (Cell::Value(steps), Some((_, earlier))) if *steps < earlier => {
                        let key = total_span(Span::month(*month)).map(|span| (*organisation, span, *id));
                        fallen.extend(key.map(|key| (key, fell(key, (*steps, earlier), known))));
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
                let is_verified = self.verified.contains(&(*organisation, *id, *month));
                take(Difference { key: (*organisation, span, *id), cell: value, of: hangs_on, is_verified, is_filler: false });
                // The months since a rejected total would need it: their value is rejected, not absent.
                if let Some(span) = since_rejected {
                    let key = (*organisation, span, *id);
                    take(Difference { key, cell: Cell::Rejected, of: Vec::new(), is_verified: false, is_filler: true });
                }
            }
        }
        fallen
    }

    /// The totals between these months that were replaced; one that was withdrawn counts, too.
    fn hangs_on(&self, organisation: OrgId, item: ItemId, (first, last): (Month, Month)) -> Vec<Span> {
        if self.replaced.is_empty() {
            return Vec::new();
        }
        let months = self.replaced.range((organisation, item, first)..=(organisation, item, last));
        months.filter_map(|(_, _, month)| total_span(Span::month(*month))).collect()
    }
}

fn fell((organisation, span, id): Key, (later, earlier): (i64, i64), known: Known) -> Finding {
    let item = known.vocabulary.catalogue.item(id);
    let place = Place {
        organisation: Some(known.registry.get(organisation).code.clone()),
        period: Some(span.last().to_string().into()),
        item: Some(item.id.clone()),
        ..Place::default()
    };
    let shown = |steps: i64| Exact::from_steps(i128::from(steps), item.decimals).to_string();
    let finding = Finding::new(&codes::CUMULATIVE_FELL, place).with("item", item.name.clone());
    finding.with("later", shown(later)).with("earlier", shown(earlier))
}
