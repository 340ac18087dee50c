//! What rows showed so far of names and texts: one core learns it, all look it up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::columns::{Stands, trimmed};
use super::day::month_of;
use super::kinds::{FirstTexts, Kind, kind};
use crate::intake::mixed::Mixed;
use crate::intake::short::short;
use crate::intake::table::{Record, Reused};
use crate::period::Month;
use crate::registry::OrgId;

/// Organisations by the numbers of their names, in whatever month.
pub(super) type Names = HashMap<u128, OrgId, Mixed>;

/// What is known.
#[derive(Default)]
pub(super) struct Lore {
    /// Who bears short names.
    pub(super) names: Names,
    /// What stands in columns with conditions.
    pub(super) texts: FirstTexts,
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

    fn now(&self) -> Arc<Lore> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The columns that all cores look at.
pub(super) struct Looked<'s> {
    /// The date.
    pub(super) date: Option<&'s Stands>,
    /// Those that name organisations.
    pub(super) named: Vec<&'s Stands>,
    /// Those with conditions on texts.
    pub(super) texts: Vec<&'s Stands>,
}

/// What is seen of the rows of a stretch, by row.
#[derive(Default)]
pub(super) struct Seen {
    lore: Arc<Lore>,
    months: Vec<Option<Month>>,
    kinds: Vec<Option<Kind>>,
    /// By row, then by column that names organisations.
    organisations: Vec<Option<OrgId>>,
}

impl Reused for Seen {
    fn clear(&mut self) {
        self.months.clear();
        self.kinds.clear();
        self.organisations.clear();
    }
}

impl Seen {
    /// Looks at a row.
    #[inline]
    pub(super) fn look(&mut self, record: &Record, looked: &Looked, learned: &Learned) {
        if self.months.is_empty() {
            self.lore = learned.now();
        }
        let Lore { names, texts } = &*self.lore;
        self.months.push(looked.date.and_then(|date| month(trimmed(record.bytes(date.index)), date)));
        self.kinds.push(kind(record, &looked.texts, texts));
        let of = |stands: &&Stands| names.get(&short(trimmed(record.bytes(stands.index)))?).copied();
        self.organisations.extend(looked.named.iter().map(of));
    }

    /// The month of the date of a row, if it has one, its kind, and whom it names, by column that was looked at.
    #[inline]
    pub(super) fn of(&self, row: usize, columns: usize) -> (Option<Month>, Option<Kind>, &[Option<OrgId>]) {
        let organisations = &self.organisations[row * columns..(row + 1) * columns];
        (self.months[row], self.kinds[row], organisations)
    }
}

/// The month of a date; none of a cell that repeats the name of its column.
#[inline]
fn month(cell: &[u8], date: &Stands) -> Option<Month> {
    if cell == date.header.as_bytes() { None } else { month_of(cell) }
}
