//! One organisation of a unit, with everything needed to look at what it reported.

use std::cell::OnceCell;

use crate::formula::{ItemId, Window};
use crate::measure::plan::View;
use crate::measure::roster::Membership;
use crate::measure::series::{Reach, Reported, Rows};

/// A member of a unit, as indicators look at it.
#[derive(Debug)]
pub struct Member<'a> {
    /// Its belonging to the unit.
    pub of: &'a Membership,
    /// What is known of everybody.
    pub view: View<'a>,
    /// Its rows as they stand in each window: they are the same for all items, and found when they are first asked for.
    rows: [OnceCell<Rows>; Window::ALL.len()],
}

impl<'a> Member<'a> {
    /// Nothing of it was looked at yet.
    pub fn new(of: &'a Membership, view: View<'a>) -> Self {
        Self { of, view, rows: Default::default() }
    }

    /// What it reported of an item in the months of a window; nothing of a window that there is not.
    pub(super) fn reported(&self, id: ItemId, window: Window) -> Reported<'_> {
        let (dataset, rows) = (self.view.dataset, self.rows[window as usize].get_or_init(|| self.rows_in(window)));
        // Persons of shorter spans do not add up, nor are those of a quarter those of the year.
        if dataset.counts_persons(id) { rows.whole(dataset.cells_of(id)) } else { rows.all(dataset.cells_of(id)) }
    }

    fn rows_in(&self, window: Window) -> Rows {
        let (months, belongs) = (self.view.roster.windows.span(window), self.of.belongs(window));
        let rows = self.view.dataset.rows(self.of.organisation);
        Rows::new(rows.filter_map(|(span, row)| Some((Reach::of(span, months?, belongs)?, row))).collect())
    }
}
