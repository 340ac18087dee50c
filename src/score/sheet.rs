//! The sheet of a unit: which criteria stand on it, and what it is worth (SCHEMES 5).

use crate::formula::{Condition, Truth};
use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::criteria::{Criteria, Criterion};
use crate::text::Text;

/// Units with a sheet of their own.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// Name in reports.
    pub name: Text,
    /// The units of the class; the first class whose condition holds is a unit's.
    pub scope: Condition,
    /// Points of the class's sheet.
    pub full_points: Exact,
    /// Points of each dimension on it.
    pub dimension_points: Vec<Exact>,
}

/// What one unit is scored on.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// Index of its class; `None` where the scheme has no classes, or none is the unit's.
    pub class: Option<usize>,
    /// Points of the whole sheet.
    pub full_points: &'a Exact,
    /// Points of each dimension on it.
    pub dimension_points: Vec<Exact>,
}

impl Criteria {
    /// The class of a unit.
    pub fn class_of(&self, unit: &Unit) -> Option<usize> {
        self.classes.iter().position(|class| holds(&class.scope, unit))
    }

    /// The sheet of a unit.
    pub fn sheet_of(&self, unit: &Unit) -> Sheet<'_> {
        let class = self.class_of(unit);
        if let Some(found) = class.map(|index| &self.classes[index]) {
            return Sheet { class, full_points: &found.full_points, dimension_points: found.dimension_points.clone() };
        }
        let dimension_points = self.dimensions.iter().map(|dimension| dimension.points.clone()).collect();
        Sheet { class, full_points: &self.full_points, dimension_points }
    }
}

impl Criterion {
    /// Whether it applies to a unit, by its attributes.
    pub fn applies_to_unit(&self, unit: &Unit) -> bool {
        self.applies_to.as_ref().is_none_or(|condition| holds(condition, unit))
    }

    /// Whether a unit is scored by it.
    pub fn asks(&self, criteria: &Criteria, unit: &Unit) -> bool {
        self.is_on(criteria.class_of(unit)) && self.applies_to_unit(unit)
    }

    /// Whether it stands on the sheet of a class at all, in this round.
    pub fn is_on(&self, class: Option<usize>) -> bool {
        self.is_due && self.classes.as_ref().is_none_or(|classes| class.is_some_and(|class| classes.contains(&class)))
    }
}

/// Whether a condition on attributes holds for a unit.
pub fn holds(condition: &Condition, unit: &Unit) -> bool {
    let attribute = |name: &str| unit.attributes.get(name)?.as_deref().filter(|value| !value.is_empty());
    condition.decide(&attribute, &|_| None) == Truth::True
}
