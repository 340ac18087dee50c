//! Comparisons that every organisation's values of one period must keep (SEMANTICS S5).

use crate::dataset::{Cell, Row};
use crate::formula::{Compare, ItemId, Rule, Tolerance};
use crate::quality::linear::Linear;
use crate::quality::own::{Ground, Own};
use crate::quality::record::Record;

/// Asks a rule of every organisation and period.
pub(super) fn check(rule: &Rule, tolerance: &Tolerance, record: &mut Record) {
    let view = record.view;
    let own = Own::new(rule.terms(), view);
    if own.is_idle() {
        return;
    }
    let sides = Sides::of(rule, record);
    for (organisation, span, row) in view.dataset.all_rows() {
        if let Some(true) = sides.as_ref().and_then(|sides| sides.hold(row, record)) {
            record.held();
            continue;
        }
        match own.ground(organisation, span, row) {
            Ground::None => {}
            Ground::Part => record.unevaluated(1),
            Ground::Full => match rule.holds(tolerance, &mut |node| own.leaf(node, organisation, span, row)) {
                Ok(true) => record.held(),
                Ok(false) => record.failed_by(organisation, span, &own.keys(organisation, span), None),
                Err(_) => record.unevaluated(1),
            },
        }
    }
}

/// A rule whose sides are plain sums. Large data cannot afford fractions for every row, and nearly
/// every row keeps the rule to the letter; the others are looked at again.
struct Sides {
    first: Linear,
    rest: Vec<(Compare, Linear)>,
}

impl Sides {
    fn of(rule: &Rule, record: &Record) -> Option<Self> {
        let catalogue = record.view.catalogue;
        let rest = rule.rest.iter().map(|(compare, side)| Some((*compare, Linear::of(side, catalogue)?)));
        Some(Self { first: Linear::of(&rule.first, catalogue)?, rest: rest.collect::<Option<_>>()? })
    }

    /// Whether the values of a row keep the rule without any tolerance; `None` where one is missing.
    fn hold(&self, row: Row, record: &Record) -> Option<bool> {
        let steps = |item: ItemId| match record.view.dataset.at(row, item) {
            Cell::Value(steps) => Some(steps),
            Cell::Missing | Cell::Rejected => None,
        };
        let mut left = self.first.value(steps)?;
        let mut holds = true;
        for (compare, side) in &self.rest {
            let right = side.value(steps)?;
            holds &= compare.holds(left.cmp(&right));
            left = right;
        }
        Some(holds)
    }
}
