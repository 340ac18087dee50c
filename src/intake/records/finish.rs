//! From tallies to figures: what is zero, what is missing, what is rejected [S1].

use std::collections::BTreeSet;

use super::count::Pass;
use super::figures::{Crowd, Figure, Group, Tally};
use super::{Counted, Derived, Way, amounts};
use crate::catalogue::Item;
use crate::code::Code;
use crate::dataset::Cell;
use crate::finding::{Finding, Place};
use crate::intake::cell::MOST_STEPS;
use crate::intake::source::Source;
use crate::number::Exact;
use crate::period::{Month, Span};
use crate::registry::OrgId;

/// Figures that are 0 by silence.
#[derive(Debug, Default)]
pub(super) struct Silent {
    /// How many.
    pub(super) figures: u64,
    /// Of whom.
    pub(super) organisations: BTreeSet<OrgId>,
}

type All = Vec<((OrgId, Span, crate::formula::ItemId), Figure)>;

impl Pass<'_> {
    /// The figures, and everything that was noticed.
    pub(super) fn finish(mut self, source: &Source) -> Counted {
        // There may be millions: in a list that grows they would be held twice.
        let mut figures = All::with_capacity(self.records.items.iter().map(|item| self.room(item)).sum());
        let mut silent = Silent::default();
        for (number, item) in self.records.items.iter().enumerate() {
            match item.way {
                Way::Count | Way::Sum(_) => self.by_month((number, item), &mut figures),
                Way::Distinct(_) => self.by_span((number, item), &mut figures, &mut silent),
            }
            if !matches!(item.way, Way::Distinct(_)) {
                self.say_zero(item, &mut figures, &mut silent);
            }
        }
        figures.sort_unstable_by_key(|(key, _)| *key);
        let findings = self.report(source, &silent);
        Counted { figures, findings, encodings: self.encodings, places: self.places }
    }

    /// How many figures of an item there are at most.
    fn room(&self, item: &Derived) -> usize {
        match item.way {
            Way::Count | Way::Sum(_) => {
                let has_rows = |group: &&Group| group.column == item.organisation;
                self.figures.groups.iter().filter(has_rows).count() + self.silent_months(item).count()
            }
            Way::Distinct(_) => self.known.registry.organisations().len() * self.records.spans.len(),
        }
    }

    fn item(&self, item: &Derived) -> &Item {
        self.known.vocabulary.catalogue.item(item.item)
    }

    /// What has rows.
    fn by_month(&mut self, (number, item): (usize, &Derived), figures: &mut All) {
        for at in 0..self.figures.groups.len() {
            let group = self.figures.groups[at];
            if group.column != item.organisation {
                continue;
            }
            let tally = self.figures.tally(at, number);
            let of = self.item(item);
            let (cell, said) = match item.way {
                _ if tally.faults > 0 => (Cell::Rejected, None),
                Way::Sum(_) => amounts::settled(tally.sum, of),
                Way::Count | Way::Distinct(_) => (whole(tally.rows, of), None),
            };
            if let Some((code, exact)) = said {
                let finding = self.about_sum((code, &exact), cell, item, (group, tally));
                self.findings.push(finding);
            }
            figures.push(((group.organisation, Span::month(group.month), item.item), Figure { cell, tally, is_silent: false }));
        }
    }

    /// What is said of a sum that is no value as it stands.
    fn about_sum(&self, (code, exact): (&'static Code, &Exact), cell: Cell, item: &Derived, (group, tally): (Group, Tally)) -> Finding {
        let of = self.item(item);
        let Way::Sum(column) = item.way else { return Finding::new(code, Place::default()) };
        let place = self.place_of(tally.first[0], Some(column));
        let finding = Finding::new(code, self.whose_place(place, group.organisation, group.month, item)).with("value", exact.to_string());
        match cell {
            Cell::Value(steps) => finding.with("read", Exact::from_steps(i128::from(steps), of.decimals).to_string()),
            _ => finding,
        }
    }

    /// The place with organisation, month and item.
    pub(super) fn whose_place(&self, place: Place, organisation: OrgId, month: Month, item: &Derived) -> Place {
        Place {
            organisation: Some(self.known.registry.get(organisation).code.clone()),
            period: Some(month.to_string().into()),
            item: Some(self.item(item).id.clone()),
            ..place
        }
    }

    /// Persons, over each span of which every month was reported.
    fn by_span(&self, (number, item): (usize, &Derived), figures: &mut All, silent: &mut Silent) {
        for organisation in self.known.registry.ids() {
            let is_silent = self.may_be_silent(organisation, item);
            for (at, span) in self.records.spans.iter().enumerate() {
                let group = |month| Group { column: item.organisation, organisation, month };
                let exists = |month: &Month| self.known.registry.get(organisation).exists_in(*month);
                let has_row = |month: &Month| self.figures.has(group(*month));
                let is_reported = |month: Month| has_row(&month) || is_silent && self.covers(month);
                let months = || span.months().filter(exists);
                if months().next().is_none() || !months().all(is_reported) {
                    continue;
                }
                let tally = self.figures.crowd(Crowd { item: number, organisation, span: at }).unwrap_or_default();
                let persons = u64::try_from(tally.sum).unwrap_or(u64::MAX);
                let cell = if tally.faults > 0 { Cell::Rejected } else { whole(persons, self.item(item)) };
                let has_rows = months().any(|month| has_row(&month));
                if !has_rows {
                    silent.figures += 1;
                    silent.organisations.insert(organisation);
                }
                figures.push(((organisation, *span, item.item), Figure { cell, tally, is_silent: !has_rows }));
            }
        }
    }

    fn covers(&self, month: Month) -> bool {
        self.records.covers.is_some_and(|covers| covers.has(month))
    }

    /// Who has no row in a month that the register holds in full has 0.
    fn say_zero(&self, item: &Derived, figures: &mut All, silent: &mut Silent) {
        for (organisation, month) in self.silent_months(item) {
            silent.figures += 1;
            silent.organisations.insert(organisation);
            let figure = Figure { cell: Cell::Value(0), tally: Tally::default(), is_silent: true };
            figures.push(((organisation, Span::month(month), item.item), figure));
        }
    }

    /// Organisations and months without a row, where that means 0.
    fn silent_months(&self, item: &Derived) -> impl Iterator<Item = (OrgId, Month)> {
        let organisations = self.known.registry.ids().filter(move |id| self.may_be_silent(*id, item));
        let months = move |organisation: OrgId| {
            let exists = move |month: &Month| self.known.registry.get(organisation).exists_in(*month);
            let has_row = move |month: &Month| self.figures.has(Group { column: item.organisation, organisation, month: *month });
            let all = self.records.covers.into_iter().flat_map(Span::months);
            all.filter(move |month| exists(month) && !has_row(month)).map(move |month| (organisation, month))
        };
        organisations.flat_map(months)
    }

    /// Whether no row of an organisation may mean 0: not where it need not report, nor where rows could not be credited.
    fn may_be_silent(&self, organisation: OrgId, item: &Derived) -> bool {
        let is_in_doubt = |whose: Option<OrgId>| self.doubtful.contains(&(item.organisation, whose));
        let is_expected = self.records.is_expected(self.known.registry.get(organisation), self.item(item));
        is_expected && !is_in_doubt(None) && !is_in_doubt(Some(organisation))
    }
}

/// A number of rows or persons as a value of an item.
fn whole(count: u64, item: &Item) -> Cell {
    let steps = i64::try_from(count).ok().and_then(|count| count.checked_mul(10_i64.checked_pow(item.decimals)?));
    steps.filter(|steps| *steps <= MOST_STEPS).map_or(Cell::Rejected, Cell::Value)
}
