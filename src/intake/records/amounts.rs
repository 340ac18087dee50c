//! Amounts of rows: read in the finest steps, added up whole, brought to the decimals of the item once [N1, N2].

use super::Test;
use super::columns::Stands;
use crate::catalogue::Item;
use crate::code::Code;
use crate::codes::{record as codes, value};
use crate::dataset;
use crate::finding::{Finding, Place};
use crate::intake::cell::{self, Cell, MOST_STEPS, Parsed, Repair, Shape};
use crate::number::{Exact, Rounding};

/// Decimals that are read of a cell, the most an item may have.
const FINEST: u32 = 6;

/// How the cells of a column are read for a sum.
pub(super) fn shape(column: &Stands, is_percent: bool) -> Shape {
    Shape { decimals: FINEST, multiplier_power: column.power, percent: is_percent }
}

/// The number of a cell, read for a condition; `None` for anything else.
fn number(written: &[u8]) -> Option<Exact> {
    let shape = Shape { decimals: FINEST, multiplier_power: 0, percent: false };
    let parsed = cell::parse(written, &shape);
    // A number that had to be rounded may lie on the other side of a limit.
    parsed.value(&shape).filter(|_| parsed.repairs.iter().all(|repair| repair != Repair::Rounded))
}

/// Whether the number of a cell lies between the limits; `None` where it is no number.
pub(super) fn lies_between(written: &[u8], test: &Test) -> Option<bool> {
    let Test::Between { at_least, at_most } = test else { return Some(false) };
    let number = number(written)?;
    Some(at_least.as_ref().is_none_or(|least| number >= *least) && at_most.as_ref().is_none_or(|most| number <= *most))
}

/// What is wrong with a cell that cannot be added up.
pub(super) fn fault(parsed: Parsed, written: &[u8], shape: &Shape, place: Place) -> Finding {
    match parsed.cell {
        Cell::Missing | Cell::Value(_) => Finding::new(&codes::NO_AMOUNT, place),
        Cell::Rejected(_) => {
            let found = parsed.findings(&String::from_utf8_lossy(written), shape, &place).into_iter().next();
            found.unwrap_or_else(|| Finding::new(&codes::NO_AMOUNT, place))
        }
    }
}

/// A sum in the finest steps as a value of an item, and what is to be said of it.
pub(super) fn settled(sum: i128, item: &Item) -> (dataset::Cell, Option<(&'static Code, Exact)>) {
    let exact = Exact::from_steps(sum, FINEST);
    let round = exact.round(item.decimals, Rounding::HalfUp);
    let steps = round.to_steps(item.decimals).filter(|steps| steps.abs() <= MOST_STEPS);
    match steps {
        None => (dataset::Cell::Rejected, Some((&value::TOO_LARGE, exact))),
        Some(_) if round != exact && item.decimals == 0 => (dataset::Cell::Rejected, Some((&value::FRACTION, exact))),
        Some(steps) if round != exact => (dataset::Cell::Value(steps), Some((&value::ROUNDED, exact))),
        Some(steps) => (dataset::Cell::Value(steps), None),
    }
}
