//! One cell of a number column: what people write, as whole steps of the item [N1].
//!
//! Clean cells (a sign, digits, a point) take a path without allocation; everything else, from
//! full-width digits to `1.2万人次`, is read in `written.rs` and recorded. A cell that is not plainly
//! one number is rejected, never guessed. Negative numbers are read as such, also in counts:
//! whether they make sense is for the checks to say.

use crate::dataset;
use crate::number::Exact;

mod digits;
mod notes;
mod unit;
mod written;

pub use digits::Digits;
pub use notes::{Problem, Repair, Repairs};
pub use unit::{HeaderUnit, Measured, Unit, header_unit, measured_in, printed_step, unit_text};

/// Steps above which a value is rejected [N3].
pub const MOST_STEPS: i64 = 1_000_000_000_000_000;

/// How the cells of one column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Decimals of the item: the step is 10^-`decimals`, 0 to 6 [N1].
    pub decimals: u32,
    /// Power of ten of the unit in the header: 万 = 4, 亿 = 8, 千 = 3, 百万 = 6, ‰ = −1 (of an item in %);
    /// 0 without one [N6].
    pub multiplier_power: i32,
    /// True if the item's unit is %.
    pub percent: bool,
}

impl Shape {
    /// True if of a clean number nothing is to be said.
    pub fn is_plain(&self) -> bool {
        !self.percent && self.multiplier_power == 0
    }
}

/// What a cell of a number column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A number, in steps of 10^-decimals; at most [`MOST_STEPS`] either side of 0.
    Value(i64),
    /// Blank, or a mark that stands for "no figure" [D1].
    Missing,
    /// Something that is not one number of this item.
    Rejected(Problem),
}

impl From<Cell> for dataset::Cell {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Value(steps) => Self::Value(steps),
            Cell::Missing => Self::Missing,
            Cell::Rejected(_) => Self::Rejected,
        }
    }
}

/// A cell as read, with what had to be repaired to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// What the cell holds.
    pub cell: Cell,
    /// The repairs; none for a clean cell, a blank or a rejected cell.
    pub repairs: Repairs,
}

impl Parsed {
    const fn clean(cell: Cell) -> Self {
        Self { cell, repairs: Repairs::NONE }
    }

    /// The number, where there is one.
    pub fn value(self, shape: &Shape) -> Option<Exact> {
        match self.cell {
            Cell::Value(steps) => Some(Exact::from_steps(i128::from(steps), shape.decimals)),
            Cell::Missing | Cell::Rejected(_) => None,
        }
    }
}

/// A cell as far as it can be read at once: a clean number or a blank; else it is to be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quick(i64);

impl Quick {
    // Values never come near these [N3].
    const BLANK: Self = Self(i64::MIN);
    /// A cell that is to be read again.
    pub const UNCLEAN: Self = Self(i64::MAX);

    /// Looks at a cell.
    #[inline]
    pub fn read(cell: &[u8], shape: &Shape) -> Self {
        Digits::read(cell, cell.len()).of_shape(shape)
    }

    /// The number, if it is a clean one.
    #[inline]
    pub fn steps(self) -> Option<i64> {
        (self != Self::UNCLEAN && self != Self::BLANK).then_some(self.0)
    }

    /// True for a cell without anything in it.
    #[inline]
    pub fn is_blank(self) -> bool {
        self == Self::BLANK
    }

    /// True for a cell that is to be read again.
    #[inline]
    pub fn is_unclean(self) -> bool {
        self == Self::UNCLEAN
    }

    /// What the same cell holds.
    #[inline]
    pub fn parsed(self, cell: &[u8], shape: &Shape) -> Parsed {
        match self {
            Self::UNCLEAN => written::parse(cell, shape),
            Self::BLANK => Parsed::clean(Cell::Missing),
            Self(steps) => Parsed::clean(Cell::Value(steps)),
        }
    }
}

/// Reads one cell.
#[inline]
pub fn parse(cell: &[u8], shape: &Shape) -> Parsed {
    Quick::read(cell, shape).parsed(cell, shape)
}

#[cfg(test)]
mod tests;
