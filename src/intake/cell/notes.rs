//! What is recorded about a cell: repairs that were made, problems that reject it.

use super::{Cell, Parsed, Shape};
use crate::code::Code;
use crate::codes::value;
use crate::finding::{Finding, Place};

/// Something that had to be understood before the cell was a number, or a missing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum Repair {
    /// Full-width digits or signs.
    FullWidth,
    /// `1,234` or `1 234`.
    Thousands,
    /// A unit behind the number, or a currency sign before it.
    Unit,
    /// `%` or `‰` of an item whose unit is %.
    PercentSign,
    /// `−5`, `△5`, `(5)`.
    NegativeMark,
    /// A leading apostrophe.
    TextPrefix,
    /// `3.2e4`.
    Scientific,
    /// More decimals than the item has [N2].
    Rounded,
    /// `—`, `…`, `N/A`: no figure [D1].
    MissingMark,
    /// `#DIV/0!`, `#N/A`: a formula that failed [D1].
    FailedFormula,
}

impl Repair {
    const ALL: [Self; 10] = [
        Self::FullWidth,
        Self::Thousands,
        Self::Unit,
        Self::PercentSign,
        Self::NegativeMark,
        Self::TextPrefix,
        Self::Scientific,
        Self::Rounded,
        Self::MissingMark,
        Self::FailedFormula,
    ];

    /// The code under which it is recorded.
    pub fn code(self) -> &'static Code {
        match self {
            Self::FullWidth => &value::FULL_WIDTH,
            Self::Thousands => &value::THOUSANDS_SEPARATOR,
            Self::Unit => &value::UNIT_IN_CELL,
            Self::PercentSign => &value::PERCENT_SIGN,
            Self::NegativeMark => &value::NEGATIVE_MARK,
            Self::TextPrefix => &value::TEXT_PREFIX,
            Self::Scientific => &value::SCIENTIFIC,
            Self::Rounded => &value::ROUNDED,
            Self::MissingMark => &value::MISSING_MARK,
            Self::FailedFormula => &value::FAILED_FORMULA,
        }
    }
}

/// The repairs of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs(u16);

impl Repairs {
    /// No repair.
    pub const NONE: Self = Self(0);

    /// Adds one.
    pub fn add(&mut self, repair: Repair) {
        self.0 |= 1 << repair as u16;
    }

    /// True if there was nothing to repair.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The repairs, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.into_iter().filter(move |repair| self.0 & (1 << *repair as u16) != 0)
    }
}

/// Why a cell is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Not one number: `约3万`, `30余`, `1,23`.
    NotANumber,
    /// A fraction in a count [N2].
    Fraction,
    /// More than 10^15 steps [N3].
    TooLarge,
    /// A unit in the header and in the cell [N6].
    UnitTwice,
    /// `%` or `‰` in an item whose unit is not % [N6].
    Percent,
    /// A unit other than % in an item whose unit is % [N6].
    UnitDiffers,
}

impl Problem {
    /// The code under which it is reported.
    pub fn code(self) -> &'static Code {
        match self {
            Self::NotANumber => &value::NOT_A_NUMBER,
            Self::Fraction => &value::FRACTION,
            Self::TooLarge => &value::TOO_LARGE,
            Self::UnitTwice => &value::UNIT_TWICE,
            Self::Percent => &value::PERCENT,
            Self::UnitDiffers => &value::UNIT_DIFFERS,
        }
    }
}

impl Parsed {
    /// What is to be recorded about the cell `written`, at `place`; nothing for a clean one.
    pub fn findings(self, written: &str, shape: &Shape, place: &Place) -> Vec<Finding> {
        let place = Place { value: Some(written.into()), ..place.clone() };
        let about = |code| Finding::new(code, place.clone()).with("value", excerpt(written));
        if let Cell::Rejected(problem) = self.cell {
            return vec![about(problem.code())];
        }
        let finding = |repair: Repair| match self.value(shape) {
            Some(value) => about(repair.code()).with("read", value.to_string()),
            None => about(repair.code()),
        };
        self.repairs.iter().map(finding).collect()
    }
}

/// Characters of a cell that a message shows.
const SHOWN: usize = 40;

fn excerpt(written: &str) -> String {
    let written = written.trim();
    match written.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", written.get(..end).unwrap_or_default()),
        None => written.to_owned(),
    }
}
