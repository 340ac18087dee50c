//! What rows showed so far of names and texts: one core learns it, all look it up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::kinds::{FirstTexts, Wants};
use crate::registry::OrgId;
use crate::text::mixed::Mixed;

/// Organisations by the numbers of their names, in whatever month.
pub(super) type Names = HashMap<u128, OrgId, Mixed>;

/// What is known.
#[derive(Default)]
pub(super) struct Lore {
    /// Who bears short names.
    pub(super) names: Names,
    /// What stands in columns with conditions.
    pub(super) texts: FirstTexts,
    /// What is needed of rows, by their kind.
    pub(super) wants: Vec<Wants>,
}

/// What was learned so far. Whoever looks something up too early asks once more, so that it does not matter when.
#[derive(Default)]
pub(super) struct Learned {
    shown: Mutex<Arc<Lore>>,
}

impl Learned {
    /// Shows what is known now.
    pub(super) fn show(&self, lore: Lore) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(lore);
    }

    /// What is known now.
    pub(super) fn now(&self) -> Arc<Lore> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
