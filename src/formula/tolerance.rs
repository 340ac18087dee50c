//! The difference that a comparison lets pass.

use super::condition::Compare;
use crate::number::Exact;

/// How far two sides may be apart and still count as equal. Either bound suffices; one of 0 allows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerance {
    /// In the unit of the sides.
    pub absolute: Exact,
    /// As a share of the larger side's magnitude.
    pub relative: Exact,
}

impl Tolerance {
    /// Nothing is let pass.
    pub fn none() -> Self {
        Self { absolute: Exact::zero(), relative: Exact::zero() }
    }

    /// Whether the comparison holds, or fails by no more than is let pass. What must differ must differ: `!=` knows no
    /// tolerance.
    pub fn holds(&self, compare: Compare, left: &Exact, right: &Exact) -> bool {
        compare.holds(left.cmp(right)) || (compare != Compare::NotEqual && self.covers(left, right))
    }

    fn covers(&self, left: &Exact, right: &Exact) -> bool {
        let apart = (left - right).abs();
        let allows = |bound: &Exact| !bound.is_zero() && apart <= *bound;
        allows(&self.absolute) || allows(&(&self.relative * &left.abs().max(right.abs())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(tolerance: (&str, &str), left: &str, compare: Compare, right: &str) -> bool {
        let exact = |text: &str| text.parse::<Exact>().expect("a number");
        let tolerance = Tolerance { absolute: exact(tolerance.0), relative: exact(tolerance.1) };
        tolerance.holds(compare, &exact(left), &exact(right))
    }

    /// N4: the bounds are compared exactly, edges included. 261 938.5 + 46 656.1 = 308 594.6 beside 308 594.7.
    #[test]
    fn either_bound_lets_a_difference_pass() {
        assert!(!holds(("0", "0"), "308594.6", Compare::Equal, "308594.7"));
        assert!(holds(("0.1", "0"), "308594.6", Compare::Equal, "308594.7"));
        assert!(!holds(("0.09", "0"), "308594.6", Compare::Equal, "308594.7"));
        assert!(holds(("0", "0.1"), "90", Compare::Equal, "100"));
        assert!(!holds(("0", "0.1"), "89", Compare::Equal, "100"));
        assert!(holds(("0", "0.1"), "-100", Compare::AtLeast, "-90"));
        assert!(holds(("1", "0"), "11", Compare::AtMost, "10"));
    }

    /// Without a tolerance `<` stays strict, and nothing excuses `!=`.
    #[test]
    fn no_tolerance_changes_nothing() {
        assert!(!holds(("0", "0"), "1", Compare::Less, "1"));
        assert!(!holds(("0", "0"), "0", Compare::Less, "0"));
        assert!(!holds(("5", "0"), "1", Compare::NotEqual, "1"));
        assert!(holds(("5", "0"), "1", Compare::NotEqual, "2"));
    }
}
