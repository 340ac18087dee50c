//! Organisations by short names, as far as rows named them: one core learns them, all look them up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::columns::{Stands, trimmed};
use crate::intake::mixed::Mixed;
use crate::intake::short::short;
use crate::intake::table::Record;
use crate::registry::OrgId;

/// Organisations by the numbers of their names, in whatever month.
pub(super) type Names = HashMap<u128, OrgId, Mixed>;

/// What was learned so far. Whoever looks a name up too early asks once more, so that it does not matter when.
#[derive(Default)]
pub(super) struct Learned(Mutex<Arc<Names>>);

impl Learned {
    /// Shows the names that are known now.
    pub(super) fn show(&self, names: Names) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(names);
    }

    fn now(&self) -> Arc<Names> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The organisations of the rows of a stretch.
#[derive(Default)]
pub(super) struct Found {
    names: Arc<Names>,
    /// By row, then by column that is looked at.
    all: Vec<Option<OrgId>>,
}

impl Found {
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Looks up whom a row names in these columns.
    #[inline]
    pub(super) fn see(&mut self, record: &Record, columns: &[&Stands], learned: &Learned) {
        if self.all.is_empty() {
            self.names = learned.now();
        }
        let names = &self.names;
        let of = |stands: &&Stands| names.get(&short(trimmed(record.bytes(stands.index)))?).copied();
        self.all.extend(columns.iter().map(of));
    }

    /// Those of a row that were found, by column that was looked at.
    #[inline]
    pub(super) fn of(&self, row: usize, columns: usize) -> &[Option<OrgId>] {
        &self.all[row * columns..(row + 1) * columns]
    }
}
