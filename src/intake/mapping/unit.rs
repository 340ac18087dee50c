//! The unit of a column, by all its names: behind the name, in a heading over it, in a row of units [N6].

use crate::intake::cell::{Measured, Unit, header_unit, measured_in};
use crate::intake::table::Column;

/// Two units of different scale over one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TwoUnits(pub(super) String, pub(super) String);

/// The unit that the names of a column state.
pub(super) fn own(column: &Column) -> Result<Option<Unit>, TwoUnits> {
    let mut found: Option<(Unit, &str)> = None;
    for name in &column.levels {
        let Some(unit) = in_name(name, column.levels.len() > 1) else { continue };
        match found {
            Some((known, first)) if known != unit => return Err(TwoUnits(first.to_owned(), name.clone())),
            _ => found = Some((unit, name)),
        }
    }
    Ok(found.map(|(unit, _)| unit))
}

/// A name that is nothing but a unit is one only among other names.
fn in_name(name: &str, has_others: bool) -> Option<Unit> {
    header_unit(name).unit.or_else(|| Unit::parse_bracketed(name).filter(|_| has_others))
}

/// What the unit of a column is of.
pub(super) fn measured(column: &Column) -> Option<Measured> {
    let bare = |name: &str| name.trim_matches(['(', ')', '\u{ff08}', '\u{ff09}']).to_owned();
    let alone = |name: &String| Unit::parse_bracketed(name).and_then(|_| measured_in(&format!("-({})", bare(name))));
    let of = |name: &String| measured_in(name).or_else(|| alone(name));
    column.levels.iter().find_map(of)
}
