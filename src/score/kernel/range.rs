//! `range`: best between two limits, points off outside.

use super::loss::Miss;
use super::shown::before_word;
use super::{Loss, Lost, Problem, Shown, Verdict};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// Full points from `low` to `high`, both included; outside, points off by steps [P3, P4].
///
/// *Bed occupancy 85 to 93, every 1 lose 0.5, exact: 83 → 1 point off, 95 → 1 point off.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lower limit, in the display unit.
    pub low: Exact,
    /// The upper limit, in the display unit; not below `low`.
    pub high: Exact,
    /// What a step outside costs; `per = "percent"` is percent of the limit that is missed.
    pub loss: Loss,
}

impl Range {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        self.lost(value, shown).from_full(full_points)
    }

    /// The points lost, for lists of deductions that share one full mark.
    pub fn lost(&self, value: &Exact, shown: &Shown) -> Lost {
        if *value < self.low {
            return self.loss.of(Miss { value, edge: &self.low, name: &reason::EDGE_LOW }, shown);
        }
        if *value > self.high {
            return self.loss.of(Miss { value, edge: &self.high, name: &reason::EDGE_HIGH }, shown);
        }
        let said = Said::new(&reason::RANGE_WITHIN)
            .with("value", shown.beside(value, &[&self.low, &self.high]))
            .with("low", before_word(&shown.threshold(&self.low, value)))
            .with("high", before_word(&shown.threshold(&self.high, value)));
        Lost::nothing(said)
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let order = || Problem::new(&criteria::RANGE_ORDER, "low").with("low", self.low.to_string()).with("high", self.high.to_string());
        let mut problems = self.loss.check(&[("low", &self.low), ("high", &self.high)]);
        problems.extend((self.low > self.high).then(order));
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::super::{Count, Per};
    use super::*;
    use crate::text::{Lang, Text};

    fn occupancy(count: Count, per: Per) -> Range {
        Range { low: x("85"), high: x("93"), loss: Loss { every: x("1"), lose: x("0.5"), count, lose_most: None, per } }
    }

    fn score(rule: &Range, value: &str) -> Verdict {
        let unit = Text::same("%");
        rule.score(&x(value), &x("5"), &percent(&unit))
    }

    /// P3, P4, domain S14: both limits are inside; 1.5 points outside either cost 1.5, 1 or 2 steps.
    #[test]
    fn points_fall_on_both_sides() {
        for value in ["85", "90", "93"] {
            assert_eq!(score(&occupancy(Count::Exact, Per::Points), value).points, x("5"), "{value}");
        }
        for (count, points) in [(Count::Exact, "4.25"), (Count::Floor, "4.5"), (Count::Ceil, "4")] {
            assert_eq!(score(&occupancy(count, Per::Points), "83.5").points, x(points), "{count:?} below");
            assert_eq!(score(&occupancy(count, Per::Points), "94.5").points, x(points), "{count:?} above");
        }
        assert_eq!(score(&occupancy(Count::Exact, Per::Points), "60").points, x("0"));
    }

    /// P4: in percent of the limit missed: 83.3 is 2 % below 85.
    #[test]
    fn percent_is_taken_of_the_limit_that_is_missed() {
        assert_eq!(score(&occupancy(Count::Exact, Per::Percent), "83.3").points, x("4"));
        assert_eq!(score(&occupancy(Count::Exact, Per::Percent), "94.86").points, x("4"));
    }

    #[test]
    fn the_reason_names_the_limit_that_is_missed() {
        let verdict = score(&occupancy(Count::Exact, Per::Points), "95");
        assert_eq!(said(&verdict, Lang::Zh), "95.00%，高于上限 93%，差 2.00 个百分点，每差 1 个百分点扣 0.5 分，扣 1 分");
        let verdict = score(&occupancy(Count::Exact, Per::Points), "84");
        assert_eq!(
            said(&verdict, Lang::En),
            "84.00% is 1.00 percentage points below the lower limit of 85%: 0.5 points off per percentage point, 0.5 points lost"
        );
        assert_eq!(said(&score(&occupancy(Count::Exact, Per::Points), "93"), Lang::Zh), "93.00%，在 85% 至 93% 之间");
    }

    #[test]
    fn limits_stand_in_order() {
        let mut rule = occupancy(Count::Floor, Per::Percent);
        rule.low = x("94");
        assert_eq!(ids(&rule.check()), [("criteria/range-order", "low")]);
        rule.low = x("0");
        assert_eq!(ids(&rule.check()), [("criteria/percent-of-zero", "low")]);
        assert_eq!(ids(&occupancy(Count::Floor, Per::Points).check()), []);
    }
}
