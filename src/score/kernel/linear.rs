//! `linear`: points between two values (功效系数).

use super::problem::not_a_share;
use super::shown::before_word;
use super::{Better, Problem, Shown, Verdict, shown};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// Points that rise in a straight line between two values, either way round [P4].
///
/// full points × (base + (1 − base) × clamp((v − zero)/(full − zero), 0, 1)): at `zero` and before
/// it the share is `base`, at `full` and beyond it 1. *zero 30, full 60, base 0.6, v 45 at 10
/// points: 10 × (0.6 + 0.4 × 15/30) = 8.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linear {
    /// The value at which the scale starts, in the display unit.
    pub zero: Exact,
    /// The value that earns full points, in the display unit; not equal to `zero`.
    pub full: Exact,
    /// The share of full points at `zero`, 0 to 1.
    pub base: Exact,
}

impl Linear {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        let rest = &Exact::one() - &self.base;
        let way = (value - &self.zero).checked_div(&(&self.full - &self.zero)).unwrap_or_else(Exact::zero);
        let share = (&self.base + &(&rest * &way.clamp_to(&Exact::zero(), &Exact::one()))).clamp_to(&Exact::zero(), &Exact::one());
        let said = if way >= Exact::one() {
            Said::new(&reason::LINEAR_FULL)
                .with("value", shown.beside(value, &[&self.full]))
                .with("full", shown.threshold(&self.full, value))
        } else if way > Exact::zero() {
            Said::new(&reason::LINEAR_BETWEEN)
                .with("value", shown.beside(value, &[&self.zero, &self.full]))
                .with("zero", shown.threshold(&self.zero, value))
                .with("full", before_word(&shown.threshold(&self.full, value)))
                .with("base", shown::share(&self.base))
                .with("share", shown::share(&share))
        } else {
            Said::new(&reason::LINEAR_START)
                .with("value", shown.beside(value, &[&self.zero]))
                .with("zero", shown.threshold(&self.zero, value))
                .with("base", shown::share(&self.base))
        };
        Verdict::new(full_points * &share, said)
    }

    /// What is wrong with the parameters, for an indicator that is better in this way.
    pub fn check(&self, better: Better) -> Vec<Problem> {
        let against = match better {
            Better::Higher => self.full < self.zero,
            Better::Lower => self.full > self.zero,
            Better::Range | Better::Monitor => false,
        };
        let width = || Problem::new(&criteria::LINEAR_WIDTH, "full").with("value", self.full.to_string());
        let direction =
            || Problem::new(&criteria::AGAINST_DIRECTION, "full").with("full", self.full.to_string()).with("zero", self.zero.to_string());
        let problems = [(self.zero == self.full).then(width), against.then(direction), not_a_share("base", &self.base)];
        problems.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::*;
    use crate::text::{Lang, Text};

    fn linear(zero: &str, full: &str, base: &str) -> Linear {
        Linear { zero: x(zero), full: x(full), base: x(base) }
    }

    fn score(rule: &Linear, value: &str) -> Verdict {
        let unit = Text::same("%");
        rule.score(&x(value), &x("10"), &percent(&unit))
    }

    /// P3, P4, domain S9: at `zero` the base, halfway 8, at `full` everything, in either orientation.
    #[test]
    fn points_rise_in_a_straight_line() {
        for (value, points) in [("20", "6"), ("30", "6"), ("45", "8"), ("60", "10"), ("70", "10"), ("31.5", "6.2")] {
            assert_eq!(score(&linear("30", "60", "0.6"), value).points, x(points), "{value}");
        }
        for (value, points) in [("25", "0"), ("20", "0"), ("15", "5"), ("10", "10"), ("5", "10")] {
            assert_eq!(score(&linear("20", "10", "0"), value).points, x(points), "{value} falling");
        }
    }

    /// P1: display units smaller than 1: SCHEMES' zero 0.3, full 1.0 at 8 points; 0.9 % → 48/7.
    #[test]
    fn the_example_of_the_scheme_language_is_exact() {
        let unit = Text::same("%");
        let points = linear("0.3", "1.0", "0").score(&x("0.9"), &x("8"), &percent(&unit)).points;
        assert_eq!(&points * &Exact::from(7), Exact::from(48));
    }

    #[test]
    fn the_reason_names_both_ends() {
        let verdict = score(&linear("30", "60", "0.6"), "45");
        assert_eq!(said(&verdict, Lang::Zh), "45.00%，在起点 30%（满分的 60%）与满分值 60% 之间，计满分的 80%");
        assert_eq!(said(&verdict, Lang::En), "45.00% lies between 30% (60% of full points) and 60% (full points) and earns 80%");
        assert_eq!(
            said(&score(&linear("30", "60", "0.6"), "59.999"), Lang::Zh),
            "59.999%，在起点 30%（满分的 60%）与满分值 60% 之间，计满分的 99.999%"
        );
        assert_eq!(
            said(&score(&linear("20", "10", "0"), "25"), Lang::En),
            "25.00% is no better than 20%, where the scale starts, and earns 0% of full points"
        );
    }

    #[test]
    fn the_two_ends_differ_and_run_in_the_indicators_direction() {
        assert_eq!(ids(&linear("30", "30", "0").check(Better::Higher)), [("criteria/linear-width", "full")]);
        assert_eq!(ids(&linear("30", "60", "60").check(Better::Higher)), [("criteria/share-outside", "base")]);
        assert_eq!(ids(&linear("30", "60", "-0.1").check(Better::Range)), [("criteria/share-outside", "base")]);
        assert_eq!(ids(&linear("30", "60", "0").check(Better::Lower)), [("criteria/against-direction", "full")]);
        assert_eq!(ids(&linear("60", "30", "1").check(Better::Higher)), [("criteria/against-direction", "full")]);
        assert_eq!(ids(&linear("60", "30", "1").check(Better::Lower)), []);
    }
}
