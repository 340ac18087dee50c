//! What is worked out of rows before it is known whose they are.

use super::items::Numbered;
use super::repeats::{Before, Repeated, Repeats};
use crate::intake::cell::{Digits, Quick};
use crate::intake::mapping::Values;
use crate::intake::persons::Named;
use crate::intake::table::{Record, Reused};

/// What is worked out of rows on all cores.
#[derive(Default)]
pub(super) struct Worked {
    /// Of a wide table, the cells of each row.
    pub(super) cells: Vec<Quick>,
    /// Of a long one, their items and the cells of each row.
    pub(super) items: Numbered,
    pub(super) digits: Vec<Digits>,
    /// Cells that name a person.
    pub(super) persons: Vec<Named>,
    /// What each row repeats of the row before.
    pub(super) repeats: Vec<Repeated>,
    before: Before,
}

impl Reused for Worked {
    fn clear(&mut self) {
        self.cells.clear();
        self.items.clear();
        self.digits.clear();
        self.persons.clear();
        self.repeats.clear();
        self.before.clear();
    }
}

impl Worked {
    /// Takes the next row.
    #[inline]
    pub(super) fn see(&mut self, record: &Record, values: &Values, repeats: &Repeats) {
        self.repeats.push(repeats.of(record, &mut self.before));
        match values {
            Values::Wide(columns) => {
                self.cells.extend(columns.iter().map(|column| digits(record, column.index).of_shape(&column.shape)));
            }
            Values::Long { item, unit, values } => {
                self.items.see(record.bytes(*item), unit.map(|unit| record.bytes(unit)));
                self.digits.extend(values.iter().map(|column| digits(record, column.index)));
            }
        }
    }
}

#[inline]
fn digits(record: &Record, index: usize) -> Digits {
    let (bytes, length) = record.from(index);
    Digits::read(bytes, length)
}
