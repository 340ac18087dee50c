//! One cell of a number column: what people write, as whole steps of the item [N1].
//!
//! Clean cells (a sign, digits, a point) take a path without allocation; everything else, from
//! full-width digits to `1.2万人次`, is read in `written.rs` and recorded. A cell that is not plainly
//! one number is rejected, never guessed. Negative numbers are read as such, also in counts:
//! whether they make sense is for the checks to say.

use crate::dataset;
use crate::number::Exact;

mod notes;
mod unit;
mod written;

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
    const UNCLEAN: Self = Self(i64::MAX);

    /// Looks at a cell.
    #[inline]
    pub fn read(cell: &[u8], shape: &Shape) -> Self {
        Digits::read(cell).of_shape(shape)
    }

    /// The number, if it is a clean one.
    #[inline]
    pub fn steps(self) -> Option<i64> {
        (self != Self::UNCLEAN && self != Self::BLANK).then_some(self.0)
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

/// A cell as far as it can be read before its item is known: a number as it is written, or a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    number: Quick,
    places: u8,
}

impl Digits {
    /// Looks at a cell.
    #[inline]
    pub fn read(cell: &[u8]) -> Self {
        match digits(cell) {
            Some((mantissa, places)) => Self { number: Quick(mantissa), places: u8::try_from(places).unwrap_or(u8::MAX) },
            None if cell.is_empty() => Self { number: Quick::BLANK, places: 0 },
            None => Self { number: Quick::UNCLEAN, places: 0 },
        }
    }

    /// What the cell is in the steps of an item.
    #[inline]
    pub fn of_shape(self, shape: &Shape) -> Quick {
        match self.number.steps() {
            Some(mantissa) => steps(mantissa, usize::from(self.places), shape).map_or(Quick::UNCLEAN, Quick),
            None => self.number,
        }
    }
}

/// Reads one cell.
#[inline]
pub fn parse(cell: &[u8], shape: &Shape) -> Parsed {
    Quick::read(cell, shape).parsed(cell, shape)
}

/// A number of digits with an optional minus and point, which has nothing to repair, and how many of the digits stand behind
/// the point.
#[inline]
fn digits(cell: &[u8]) -> Option<(i64, usize)> {
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    // 18 digits cannot overflow.
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (whole, rest) = leading_digits(digits, 0);
    let (mantissa, places) = match rest {
        [] => (whole, 0),
        [b'.', fraction @ ..] if digits.len() > 1 => match leading_digits(fraction, whole) {
            (mantissa, []) => (mantissa, fraction.len()),
            _ => return None,
        },
        _ => return None,
    };
    Some((if is_negative { -mantissa } else { mantissa }, places))
}

/// The number in the steps of an item, if it has no more decimals and is not too large.
#[inline]
fn steps(mantissa: i64, places: usize, shape: &Shape) -> Option<i64> {
    let power = i64::from(shape.decimals) + i64::from(shape.multiplier_power) - i64::try_from(places).ok()?;
    let steps = if power == 0 { mantissa } else { mantissa.checked_mul(*POWERS.get(usize::try_from(power).ok()?)?)? };
    (steps.abs() <= MOST_STEPS).then_some(steps)
}

/// `value` with the digits at the front of `text` behind it, and what follows them.
#[inline]
fn leading_digits(mut text: &[u8], mut value: i64) -> (i64, &[u8]) {
    while let [byte @ b'0'..=b'9', rest @ ..] = text {
        value = value * 10 + i64::from(*byte - b'0');
        text = rest;
    }
    (value, text)
}

const POWERS: [i64; 16] = {
    let mut powers = [1; 16];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

#[cfg(test)]
mod tests;
