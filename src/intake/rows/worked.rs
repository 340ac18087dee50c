//! What is worked out of rows before it is known whose they are.

use super::items::Numbered;
use super::repeats::{Before, Repeated, Repeats};
use crate::intake::cell::{Digits, Quick};
use crate::intake::mapping::Values;
use crate::intake::persons::Named;
use crate::intake::table::{Batch, Reused};

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
    /// Takes the next rows.
    pub(super) fn see(&mut self, rows: &Batch, values: &Values, repeats: &Repeats) {
        repeats.see(rows, &mut self.before, &mut self.repeats);
        match values {
            Values::Wide(columns) => {
                for row in rows.rows() {
                    self.cells.extend(columns.iter().map(|column| digits(row.bytes_from(column.index)).of_shape(&column.shape)));
                }
            }
            Values::Long { item, unit, values } => {
                match unit {
                    None => rows.column(*item).for_each(|name| self.items.see(name, &[])),
                    Some(unit) => rows.column(*item).zip(rows.column(*unit)).for_each(|(name, unit)| self.items.see(name, unit)),
                }
                match values.as_slice() {
                    [column] => self.digits.extend(rows.column_from(column.index).map(digits)),
                    columns => rows.rows().for_each(|row| {
                        self.digits.extend(columns.iter().map(|column| digits(row.bytes_from(column.index))));
                    }),
                }
            }
        }
    }
}

#[inline]
fn digits((bytes, length): (&[u8], usize)) -> Digits {
    Digits::read(bytes, length)
}
